/** A HubSpot account that was signed in to, the payloads that it is told, and its mirror as the ledger reads it. */
import { hubspot as sandbox } from '../../local/vendors/hubspot';
import * as people from '../../local/vendors/hubspot/people';
import { CLIENT_ID, CLIENT_SECRET, type HubspotState, SCOPES } from '../../local/vendors/hubspot/state';
import type { Account, Connector, EffectContext, FeedState } from '../../src/connectors/connector';
import { hubspot } from '../../src/connectors/hubspot';
import type { MirrorRow } from '../../src/connectors/mirror';
import { cents } from '../../src/domain/money';
import type { LeaseStatus, TaskNote } from '../../src/domain/status';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { statusOf as statusAnywhere, taskOf as taskAnywhere } from './told-samples';

export const START = Date.UTC(2026, 11, 2, 15);
const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
export const MINUTE = 60_000;

export const statusOf = (lease: string, more: Partial<LeaseStatus> = {}): LeaseStatus =>
  statusAnywhere(lease, {
    residents: 'Ann Lee, Bob Lee',
    email: `${lease.toLowerCase()}@example.com`,
    unpaidCents: cents(125_000),
    rentCents: cents(125_000),
    ...more,
  });

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote =>
  taskAnywhere(lease, {
    task: key(`task:late-1:${lease}:2026-12`),
    email: `${lease.toLowerCase()}@example.com`,
    detail: 'Five days late <first time>',
    owner: 'casey@landlord.example',
    ...more,
  });

export function signIn(state: HubspotState, nowMs: number) {
  people.registerRedirect(state, REDIRECT);
  const asked = { client_id: CLIENT_ID, redirect_uri: REDIRECT, scope: SCOPES.join(' '), state: 's' };
  const url = `https://app.hubspot.com/oauth/authorize?${new URLSearchParams(asked)}`;
  const page = sandbox.handle(state, { method: 'GET', url, headers: {}, body: '' }, nowMs);
  const code = new URL(page.headers.location ?? '').searchParams.get('code') ?? '';
  const application = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uri: REDIRECT };
  const reply = sandbox.handle(
    state,
    {
      method: 'POST',
      url: 'https://api.hubapi.com/oauth/v1/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, ...application }).toString(),
    },
    nowMs,
  );
  const { access_token, refresh_token } = JSON.parse(reply.body) as Record<string, string>;
  const credentials = {
    HUBSPOT_CLIENT_ID: CLIENT_ID,
    HUBSPOT_CLIENT_SECRET: CLIENT_SECRET,
    [ACCESS_TOKEN]: access_token ?? '',
    [EXPIRES_AT]: String(nowMs + 1_800_000),
  };
  return { credentials, refresh: refresh_token ?? '' };
}

export const rigWith = (
  more: Partial<Rig<HubspotState>> = {},
  settings: Account = {},
  connector: Connector = hubspot,
): Rig<HubspotState> => ({
  connector,
  sandbox,
  startMs: START,
  currency: 'USD',
  start(nowMs) {
    const state = sandbox.start();
    return { state, account: { HUBSPOT_PORTAL: '48120337', ...settings }, ...signIn(state, nowMs) };
  },
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
  ...more,
});

type Payload = EffectContext['payload'];

/** Effects as the Outbox lets them go, several at once, and the mirror read as the ledger reads it. */
export class HubspotBench extends LawBench<HubspotState> {
  mirrored: FeedState | undefined;

  constructor(settings: Account = {}) {
    super(rigWith({}, settings));
  }

  /** Two minutes pass, and with them the limits. */
  tell(effect: 'standing' | 'task', ...payloads: readonly object[]): readonly (string | Fault)[] {
    this.nowMs += 2 * MINUTE;
    const contexts = payloads.map(
      (payload, at): EffectContext => ({
        key: key(`mirror:${at}`),
        payload: JSON.parse(JSON.stringify(payload)) as Payload,
        now: instant(this.nowMs),
        account: this.account,
        attempt: 1,
      }),
    );
    const result = this.run(effectOf(hubspot, effect).batch!.run(contexts));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  setUp(): FlowResult<string> {
    this.nowMs += 2 * MINUTE;
    return this.effect({ effect: 'setup', payload: () => ({}), count: () => 0 }, 1);
  }

  pullMirror() {
    this.nowMs += MINUTE;
    const result = this.run(
      hubspot.mirror!.pull!(this.mirrored, {
        since: instant(START - 30 * 86_400_000),
        now: instant(this.nowMs),
        account: this.account,
      }),
    );
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.mirrored = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** The last word on each lease's contact. */
  drainMirror(): ReadonlyMap<string, MirrorRow> {
    const rows = new Map<string, MirrorRow>();
    for (let more = true, pages = 0; more; pages++) {
      if (pages > 100) throw new Error('the mirror does not end');
      const page = this.pullMirror();
      for (const row of page.rows) rows.set(row.leaseId, row);
      more = page.more;
    }
    return rows;
  }

  /** The contact that bears the lease's id. */
  contact(lease: string) {
    return this.state.contacts.find((one) => !one.archived && one.properties.rent_ledger_id === lease);
  }

  /** Methods and paths of what was sent since the last look. */
  asked(): string[] {
    return this.sent.splice(0).map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/\/\d+/g, '/ID')}`);
  }
}
