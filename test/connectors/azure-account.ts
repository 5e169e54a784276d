/** An account at Azure for connector tests: a resource group in which both workflows lie, and an application that may. */
import { azureLogicApps as sandbox } from '../../local/vendors/azure-logic-apps';
import {
  type AzureState,
  CLIENT_ID,
  CLIENT_SECRET,
  GROUP,
  SUBSCRIPTION,
  TENANT,
} from '../../local/vendors/azure-logic-apps/state';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import { eventsAt, TICK } from '../../src/connectors/azure-logic-apps/definitions';
import type { Account, Credentials, EffectContext } from '../../src/connectors/connector';
import type { RentEvent } from '../../src/domain/status';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { AzureTalk } from '../vendors/azure-talk';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const WEB = 'https://script.google.com/macros/s/rig/exec';
export const INBOUND = `${WEB}?platform=azure-logic-apps&key=0123456789abcdef0123456789abcdef`;

export const MANAGED: Account = {
  AZURE_TENANT: TENANT,
  AZURE_CLIENT_ID: CLIENT_ID,
  AZURE_SUBSCRIPTION: SUBSCRIPTION,
  AZURE_RESOURCE_GROUP: GROUP,
  AZURE_REGION: 'eastus',
};

/** A resource group with nothing in it. */
export const empty = (): { state: AzureState; credentials: Credentials; account: Account } => ({
  state: sandbox.start(),
  credentials: { ...MANAGED, AZURE_CLIENT_SECRET: CLIENT_SECRET },
  account: MANAGED,
});

function withWorkflows(nowMs: number): AzureTalk {
  const talk = new AzureTalk(nowMs);
  talk.put('rent-ledger-events', eventsAt('manual'));
  const parameters = { webAppUrl: { value: WEB }, inboundKey: { value: 'k'.repeat(64) } };
  talk.put('rent-ledger-tick', TICK, { parameters });
  return talk;
}

/** Both workflows are there, and the application is connected. */
export const installed = (nowMs: number) => ({ ...empty(), state: withWorkflows(nowMs).state });

/** Only the address of the trigger was entered. */
export function addressed(nowMs: number) {
  const talk = withWorkflows(nowMs);
  return { state: talk.state, credentials: { AZURE_TRIGGER_URL: talk.address('rent-ledger-events') }, account: {} };
}

export const rentEvent = (more: Partial<RentEvent> = {}): Readonly<Record<string, unknown>> => ({
  id: 'late:L-104:rent:L-104:2026-12',
  type: 'lease.late',
  at: START,
  property: 'Maple Street',
  lease: 'L-104',
  unit: '2B',
  currency: 'USD',
  amountCents: 125_000,
  balanceCents: 125_000,
  standing: 'late',
  daysLate: 1,
  rung: '',
  ref: '',
  ...more,
});

export const rig: Rig<AzureState> = {
  connector: azureLogicApps,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: installed,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
};

/** The connector, an account, and a clock; effects are done under names. */
export class AzureBench extends LawBench<AzureState> {
  constructor(start: Rig<AzureState>['start'] = installed) {
    super({ ...rig, start });
  }

  contextOf(name: string, payload: object, more: Partial<EffectContext> = {}): EffectContext {
    const { account, nowMs } = this;
    const told = payload as Readonly<Record<string, unknown>>;
    return { key: key(name), payload: told, now: instant(nowMs), account, attempt: 1, inbound: INBOUND, ...more };
  }

  wish(
    kind: string,
    payload: object = {},
    more: Partial<EffectContext> & { readonly name?: string } = {},
  ): FlowResult<string> {
    const { name = `${kind}:1`, ...rest } = more;
    return this.run(effectOf(azureLogicApps, kind).run(this.contextOf(name, payload, rest)));
  }

  /** Runs of the workflow of events. */
  get runs() {
    return this.state.workflows.find(({ name }) => name === 'rent-ledger-events')?.runs ?? [];
  }

  get asked(): string[] {
    return this.sent.map(({ method, url }) => `${method} ${new URL(url).hostname.split('.')[0]}`);
  }
}
