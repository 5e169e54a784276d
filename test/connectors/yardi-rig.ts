/** Yardi for tests: an account at the sandbox by either way, wishes about its households, and what stands there of ours. */
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { GATEWAY_HOST, yardiBreeze as sandbox, VOYAGER_HOST, type YardiState } from '../../local/vendors/yardi-breeze';
import { enteredFrom } from '../../src/api/connect';
import type { Account, Connector, Credentials } from '../../src/connectors/connector';
import { yardiBreeze } from '../../src/connectors/yardi-breeze';
import { creditNumber, invoiceNumber, paymentNumber } from '../../src/domain/books';
import { key } from '../../src/domain/values';

/** Thursday, 10 December 2026. */
export const START = Date.UTC(2026, 11, 10, 15);

const CHARGE = key('rent:L-1:2026-12');
const RECEIPT = key('stripe:pi_1');
export const RL = invoiceNumber(CHARGE);
export const RP = paymentNumber(RECEIPT, CHARGE);
export const RC = creditNumber(key('waiver:1'), CHARGE);

type Payload = Readonly<Record<string, unknown>>;

export const CUSTOMER = {
  leaseId: 'L-1',
  id: '5001',
  name: 'Ada Park (L-1)',
  residents: 'Ada Park',
  email: 'ada@example.com',
  property: 'Harbor Court',
  unit: '11',
};
const shared = { customer: CUSTOMER, currency: 'USD', gone: false };

export const invoiceWish = (more: Payload = {}): Payload => ({
  ...shared,
  number: RL,
  amountCents: 125_000,
  day: '2026-12-01',
  due: '2026-12-01',
  type: 'rent',
  description: 'rent, Harbor Court 11, due 2026-12-01',
  ...more,
});
export const paymentWish = (more: Payload = {}): Payload => ({
  ...shared,
  number: RP,
  amountCents: 125_000,
  day: '2026-12-02',
  invoice: RL,
  source: 'stripe',
  reference: 'pi_1',
  ...more,
});
export const creditWish = (more: Payload = {}): Payload => ({
  ...shared,
  number: RC,
  amountCents: 5_000,
  day: '2026-12-03',
  invoice: RL,
  reason: 'Broken heater',
  ...more,
});

export interface Opened {
  readonly state: YardiState;
  readonly credentials: Credentials;
  readonly account: Account;
}

/** What the owner has entered, completed as the card does, and the part of it that is no secret. */
export function entered(connector: Connector, given: Credentials): Pick<Opened, 'credentials' | 'account'> {
  const read = enteredFrom(connector, given);
  if (read.reason !== undefined) throw new Error(read.reason);
  const open = connector.credentials.filter(({ secret }) => secret === false).map(({ name }) => name);
  const account = Object.fromEntries(Object.entries(read.entered).filter(([name]) => open.includes(name)));
  return { credentials: read.entered, account };
}

function fresh(): YardiState {
  const state = sandbox.start();
  sandbox.load!(state, SMALL_PORTFOLIO, START);
  return state;
}

export function gatewayWorld(more: Credentials = {}): Opened {
  const state = fresh();
  state.gateway.setUp.perMinute = 10_000;
  const given = { GATEWAY_URL: `https://${GATEWAY_HOST}`, GATEWAY_SECRET: 'gw-breeze-4fd1b6', ...more };
  return { state, ...entered(yardiBreeze, given) };
}

export function voyagerWorld(more: Credentials = {}): Opened {
  const state = fresh();
  const { UserName, Password, ServerName, Database, InterfaceEntity, InterfaceLicense } = state.voyager.credentials;
  const given = {
    YARDI_PROFILE: 'voyager',
    VOYAGER_URL: `https://${VOYAGER_HOST}/${state.voyager.client}`,
    VOYAGER_USER: UserName,
    VOYAGER_PASSWORD: Password,
    VOYAGER_SERVER: ServerName,
    VOYAGER_DATABASE: Database,
    VOYAGER_ENTITY: InterfaceEntity,
    VOYAGER_LICENSE: InterfaceLicense,
    ...more,
  };
  return { state, ...entered(yardiBreeze, given) };
}
