/** A landlord's account at DocuSign with two templates, and the connector that sends from them. */
import { type DocusignState, docusign as sandbox } from '../../local/vendors/docusign';
import { consent, designTemplate, registerRedirect, uploadKey } from '../../local/vendors/docusign/people';
import { DEMO_ACCOUNT, DEMO_USER, type Envelope, INTEGRATION_KEY } from '../../local/vendors/docusign/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Account, Credentials } from '../../src/connectors/connector';
import { docusign } from '../../src/connectors/docusign';
import type { DeliveryPage, OpenMessage } from '../../src/connectors/messages';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { assertion, CONSENT, PRIVATE_PEM, PUBLIC_PEM, REDIRECT } from '../vendors/docusign-talk';
import { LawBench, type Rig } from './laws';

/** Wednesday, 2 December 2026, 15:00 UTC. */
export const START = Date.UTC(2026, 11, 2, 15);
export const MINUTE = 60_000;
export const DAY = 86_400_000;

export const ANNE = 'anne@example.com';
export const BOB = 'bob@example.com';
export const MANAGER = 'elm@landlord.example';
const TABS = ['text:Rent', 'text:Security deposit', 'text:Unit', 'text:START', 'text:Pet names', 'text:note'];

const offer = {
  leaseId: 'L-1',
  amountCents: 145_000,
  currency: 'USD',
  description: 'Rent, Elm House 4B',
  property: 'Elm House',
  unit: '4B',
  name: 'Anne Charleston, Bob Charleston',
  email: ANNE,
  frequency: 'monthly',
  due: '2027-01-01',
  successUrl: '',
  terms: {
    people: [
      { name: 'Anne Charleston', email: ANNE },
      { name: 'Bob Charleston', email: BOB },
    ],
    start: '2027-01-01',
    end: '2027-12-31',
    rentCents: 145_000,
    depositCents: 200_000,
    dueDay: 1,
    address: '4 Elm Street',
    manager: MANAGER,
  },
};

export type Offered = typeof offer & Record<string, unknown>;

/** Of one person, of a plan, and so on: what differs is given. */
export const leaseOffer = (more: Partial<Offered> = {}): Offered => ({ ...offer, ...more });
export const onePerson = { terms: { ...offer.terms, people: offer.terms.people.slice(0, 1) } };

export interface Office {
  readonly state: DocusignState;
  readonly credentials: Credentials;
  readonly account: Account;
}

export function start(nowMs: number): Office {
  const state = sandbox.start();
  uploadKey(state, PUBLIC_PEM);
  registerRedirect(state, REDIRECT);
  consent(state, CONSENT, nowMs);
  const signers = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      roleName: `Resident ${at + 1}`,
      ...(at === 0 ? { tabs: TABS } : {}),
    }));
  const landlord = { roleName: 'Landlord', routingOrder: 2 };
  const design = (name: string, count: number) =>
    designTemplate(state, { name, emailSubject: name, roles: [...signers(count), landlord] }, nowMs);
  const [two, one, plan] = [design('Lease for two', 2), design('Lease for one', 1), design('Payment plan', 2)];
  const chosen = {
    DOCUSIGN_INTEGRATION_KEY: INTEGRATION_KEY,
    DOCUSIGN_USER_ID: DEMO_USER,
    DOCUSIGN_ENVIRONMENT: 'demo',
    DOCUSIGN_LEASE_TEMPLATE: `${one}, ${two}`,
    DOCUSIGN_PLAN_TEMPLATE: plan,
  };
  return {
    state,
    credentials: { ...chosen, DOCUSIGN_PRIVATE_KEY: PRIVATE_PEM.pkcs1, ...tokenFor(state, nowMs) },
    account: { ...chosen, ACCOUNT_ID: DEMO_ACCOUNT, BASE_URI: 'https://demo.docusign.net' },
  };
}

/** As the sign-in has left it. */
function tokenFor(state: DocusignState, nowMs: number): Credentials {
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const reply = sandbox.handle(
    state,
    {
      method: 'POST',
      url: 'https://account-d.docusign.com/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type, assertion: assertion(nowMs) }).toString(),
    },
    nowMs,
  );
  const { access_token } = JSON.parse(reply.body) as { access_token: string };
  return { [ACCESS_TOKEN]: access_token, [EXPIRES_AT]: String(nowMs + 3_600_000) };
}

const none = (): never => {
  throw new Error('DocuSign knows no payments');
};

export const RIG: Rig<DocusignState> = {
  connector: docusign,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay: none,
  manyPages: 0,
  spoil: none,
  writes: [],
  refusals: [],
};

export const envelopesIn = (state: DocusignState): readonly Envelope[] => state.envelopes;

export const asking = (method: string, path: string, credentials: Credentials, body = ''): SandboxRequest => ({
  method,
  url: `https://demo.docusign.net/restapi/v2.1/accounts/${DEMO_ACCOUNT}${path}`,
  headers: {
    ...(credentials[ACCESS_TOKEN] ? { authorization: `Bearer ${credentials[ACCESS_TOKEN]}` } : {}),
    ...(body ? { 'content-type': 'application/json' } : {}),
  },
  body,
});

/** The office with the connector at work in it. */
export class Bench extends LawBench<DocusignState> {
  place: DeliveryPage['state'] | undefined;

  constructor() {
    super(RIG);
  }

  /** Runs an effect; gives its reference, or its fault. */
  does(kind: 'lease' | 'plan' | 'resend' | 'void', payload: object, { attempt = 1, name = kind as string } = {}) {
    const effect = docusign.effects?.[kind];
    if (!effect) throw new Error(`no effect ${kind}`);
    return this.run(
      effect.run({
        key: key(`offer:docusign:${name}`),
        payload: payload as Record<string, unknown>,
        now: instant(this.nowMs),
        account: this.account,
        attempt,
      }),
    );
  }

  /** The id of the envelope that was made. */
  sends(kind: 'lease' | 'plan', payload: object = leaseOffer(), name: string = kind): string {
    const result = this.does(kind, payload, { name });
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value.split(' ')[0] ?? '';
  }

  look(open: readonly OpenMessage[] = []) {
    const flow = docusign.deliveries?.pull(this.place, {
      since: instant(START - 30 * DAY),
      now: instant(this.nowMs),
      account: this.account,
      open,
    });
    if (!flow) throw new Error('no deliveries');
    return this.run(flow);
  }

  /** One page of news. */
  page(open?: readonly OpenMessage[]): DeliveryPage {
    const result = this.look(open);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.place = JSON.parse(JSON.stringify(result.value.state)) as DeliveryPage['state'];
    return result.value;
  }

  /** All news there are; the last word on each envelope. */
  news(open?: readonly OpenMessage[]) {
    const states = [this.place];
    const delivered: DeliveryPage['delivered'][number][] = [];
    const faults: DeliveryPage['faults'][number][] = [];
    for (let more = true; more; ) {
      if (states.length > 100) throw new Error('the feed does not end');
      const page = this.page(open);
      delivered.push(...page.delivered);
      faults.push(...page.faults);
      states.push(this.place);
      more = page.more;
    }
    return { delivered, faults, states, last: new Map(delivered.map((one) => [one.ref ?? '', one.state])) };
  }
}

/** An envelope as somebody else's application, or the owner, would have made it past us. */
export function foreign(bench: Bench, name: string): string {
  const id = bench.sends('lease', leaseOffer(), name);
  const at = bench.state.envelopes.findIndex((one) => one.envelopeId === id);
  bench.state.envelopes[at] = { ...bench.state.envelopes[at]!, customFields: [] };
  return id;
}

export const numberOf = (name: string): string => refOf(key(`offer:docusign:${name}`));
