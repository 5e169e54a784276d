/** A Salesforce organisation that the owner has signed in to, and the payloads that are told to it. */
import { type SalesforceState, salesforce as sandbox } from '../../local/vendors/salesforce';
import { HOST } from '../../local/vendors/salesforce/fresh';
import * as people from '../../local/vendors/salesforce/people';
import type { Row } from '../../local/vendors/salesforce/state';
import type { Account, EffectContext, FeedState } from '../../src/connectors/connector';
import type { MirrorRow } from '../../src/connectors/mirror';
import { salesforce } from '../../src/connectors/salesforce';
import type { LeaseStatus, TaskNote } from '../../src/domain/status';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { statusOf as statusAnywhere, taskOf as taskAnywhere } from './told-samples';

export const START = Date.UTC(2026, 11, 2, 15);
const REDIRECT = 'https://script.google.com/macros/s/rig/exec';

/** The owner agrees on Salesforce's page, and the script's page ends the sign-in. */
export const signedIn =
  (more: Account = {}, host = HOST) =>
  (nowMs: number) => {
    const state = sandbox.start();
    const { clientId, clientSecret } = people.orgAt(state, host).app;
    const entered = { SALESFORCE_DOMAIN: host, ...more };
    const secrets = { SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret };
    const { oauth } = salesforce;
    if (!oauth) throw new Error('no sign-in');
    people.registerRedirect(state, REDIRECT, host);
    const back = people.allow(state, oauth.authorize({ ...entered, ...secrets }, REDIRECT, 's1'), nowMs);
    const code = new URL(back).searchParams.get('code') ?? '';
    const grant = { kind: 'code' as const, code, redirect: REDIRECT, returned: {} };
    const { contentType = '', body = '', url } = oauth.request({ ...entered, ...secrets }, grant);
    const reply = sandbox.handle(state, { method: 'POST', url, headers: { 'content-type': contentType }, body }, nowMs);
    const { access, refresh = '', expiresInSeconds, found } = oauth.read(reply);
    const account: Account = { ...entered, ...found };
    const token = { [ACCESS_TOKEN]: access, [EXPIRES_AT]: String(nowMs + expiresInSeconds * 1000) };
    return { state, credentials: { ...entered, ...secrets, ...token }, account, refresh };
  };

export const rigWith = (
  start: Rig<SalesforceState>['start'] = signedIn(),
  more: Partial<Rig<SalesforceState>> = {},
): Rig<SalesforceState> => ({
  connector: salesforce,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
  ...more,
});

const HOUSEHOLD = { residents: 'Ann Mary Lee, Tom Lee' };

export const statusOf = (lease: string, more: Partial<LeaseStatus> = {}): LeaseStatus =>
  statusAnywhere(lease, { ...HOUSEHOLD, email: 'ann@example.com, tom@example.com', ...more });

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote =>
  taskAnywhere(lease, {
    ...HOUSEHOLD,
    task: key(`task:late-1:${lease}:2026-12`),
    detail: 'Six days late.',
    owner: '',
    ...more,
  });

/** Every value of ours, each in a field of the administrator's. */
export const ALL_MAPPED: Account = {
  MAP_UNPAID: 'Unpaid__c',
  MAP_DAYS_LATE: 'Days_Late__c',
  MAP_RENT: 'Rent__c',
  MAP_LAST_PAID: 'Last_Paid__c',
  MAP_LAST_AMOUNT: 'Last_Amount__c',
  MAP_AS_OF: 'As_Of__c',
  MAP_UNIT: 'Flat__c',
  MAP_RESIDENTS: 'Household__c',
};

export function makeAllFields(state: SalesforceState): void {
  const money = { type: 'currency', precision: 16, scale: 2 } as const;
  const text = { type: 'string', length: 255 } as const;
  const fields = {
    Unpaid__c: money,
    Rent__c: money,
    Last_Amount__c: money,
    Days_Late__c: { type: 'double', precision: 5, scale: 0 },
    Last_Paid__c: { type: 'date' },
    As_Of__c: { type: 'date' },
    Flat__c: text,
    Household__c: text,
  } as const;
  for (const [name, field] of Object.entries(fields)) people.makeField(state, 'Contact', { name, ...field });
}

export const fault = (kind: string, message: unknown) => ({
  fault: expect.objectContaining({ fault: kind, message }),
});

/** One organisation, and the effects as the Outbox lets them go: several at once. */
export class CrmBench extends LawBench<SalesforceState> {
  constructor(more: Account = {}, host = HOST) {
    super(rigWith(signedIn(more, host)));
  }

  contexts(payloads: readonly object[]): EffectContext[] {
    return payloads.map((payload, at) => ({
      key: key(`crm:${at}`),
      payload: JSON.parse(JSON.stringify(payload)) as EffectContext['payload'],
      now: instant(this.nowMs),
      account: this.account,
      attempt: 1,
    }));
  }

  tell(effect: 'standing' | 'task', ...payloads: readonly object[]): readonly unknown[] {
    const { batch } = effectOf(salesforce, effect);
    if (!batch) throw new Error('it goes alone');
    this.nowMs += 60_000;
    const result = this.run(batch.run(this.contexts(payloads))) as FlowResult<readonly unknown[]>;
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  /** The ids in the references of what was told. */
  ids(...outcomes: readonly unknown[]): string[] {
    return outcomes.map((one) => String(one).split(' ')[0] ?? '');
  }

  contacts(): Row[] {
    return Object.values(people.orgAt(this.state).records.Contact).filter((row) => row.IsDeleted !== true);
  }

  tasks(): Row[] {
    return Object.values(people.orgAt(this.state).records.Task).filter((row) => row.IsDeleted !== true);
  }

  contact(lease: string): Row {
    const found = people.contactOf(this.state, lease);
    if (!found) throw new Error(`no contact of ${lease}`);
    return found;
  }

  /** One page of what has changed. */
  look() {
    const flow = salesforce.mirror?.pull?.(this.feed, {
      since: instant(START - 86_400_000),
      now: instant(this.nowMs),
      account: this.account,
    });
    if (!flow) throw new Error('no mirror');
    const result = this.run(flow);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.feed = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** Looks until there is no more; every row, and every state on the way. */
  drainRows(): { rows: MirrorRow[]; states: (FeedState | undefined)[] } {
    const rows: MirrorRow[] = [];
    const states: (FeedState | undefined)[] = [this.feed];
    for (let more = true; more; ) {
      if (states.length > 50) throw new Error('it does not end');
      const page = this.look();
      expect(page.faults).toEqual([]);
      rows.push(...page.rows);
      states.push(this.feed);
      more = page.more;
    }
    return { rows, states };
  }

  /** Methods and paths of what was sent since. */
  asked(): string[] {
    return this.sent
      .splice(0)
      .map(({ method, url }) => `${method} ${url.replace(/^.*\/v66\.0/, '').replace(/\?.*$/, '')}`);
  }
}
