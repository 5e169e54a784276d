/** An account at Pipedrive with the connector signed in to it, and the payloads that it is told. */
import { type PipedriveState, pipedrive as sandbox } from '../../local/vendors/pipedrive';
import { LEDGER_KEY } from '../../local/vendors/pipedrive/fields';
import * as people from '../../local/vendors/pipedrive/people';
import { INDEX_MS } from '../../local/vendors/pipedrive/search-index';
import { CLIENT_ID, CLIENT_SECRET, type Deal, TOKEN } from '../../local/vendors/pipedrive/state';
import type { Account, Credentials, EffectContext, FeedState } from '../../src/connectors/connector';
import type { MirrorPage, MirrorRow } from '../../src/connectors/mirror';
import { pipedrive } from '../../src/connectors/pipedrive';
import { cents } from '../../src/domain/money';
import type { LeaseStatus, ReceiptNote, TaskNote } from '../../src/domain/status';
import { instant, key, leaseId } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { runFlows } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import type { HttpReply, HttpRequest } from '../../src/ports';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { noteOf as noteAnywhere, statusOf as statusAnywhere, taskOf as taskAnywhere } from './told-samples';

export const START = Date.UTC(2026, 11, 7, 15);
export const REDIRECT = 'https://script.google.com/macros/s/rig/exec';

const about = (lease: string) => ({
  residents: 'Ann Lee, Bo Lee',
  email: `${lease.toLowerCase()}@home.example`,
});

export const statusOf = (lease: string, more: Partial<LeaseStatus> = {}): LeaseStatus =>
  statusAnywhere(lease, { ...about(lease), ...more });

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote =>
  taskAnywhere(lease, {
    ...about(lease),
    detail: 'Rent < due & unpaid.\nSecond line.',
    owner: 'bo@landlord.example',
    ...more,
  });

export const noteOf = (lease: string, more: Partial<ReceiptNote> = {}): ReceiptNote =>
  noteAnywhere('stripe:pi_1', {
    leaseId: leaseId(lease),
    residents: about(lease).residents,
    balanceCents: cents(125_050),
    ...more,
  });

// ---------------------------------------------------------------- the account

/** The owner agrees in the browser; the script takes the code. */
export function signedIn(state: PipedriveState, nowMs: number): { credentials: Credentials; refresh: string } {
  people.registerPipedriveRedirect(state, REDIRECT);
  const oauth = pipedrive.oauth!;
  const entered = { PIPEDRIVE_CLIENT_ID: CLIENT_ID, PIPEDRIVE_CLIENT_SECRET: CLIENT_SECRET };
  const page = { method: 'GET', url: oauth.authorize(entered, REDIRECT, 's'), headers: {}, body: '' };
  const { location = '' } = sandbox.handle(state, page, nowMs).headers;
  const code = new URL(location).searchParams.get('code') ?? '';
  const {
    access,
    refresh = '',
    expiresInSeconds,
  } = oauth.read(
    fetched(state, oauth.request(entered, { kind: 'code', code, redirect: REDIRECT, returned: {} }), nowMs),
  );
  const until = String(nowMs + expiresInSeconds * 1000);
  return { credentials: { ...entered, [ACCESS_TOKEN]: access, [EXPIRES_AT]: until }, refresh };
}

export const byToken: Credentials = { PIPEDRIVE_API_TOKEN: TOKEN };

function fetched(state: PipedriveState, request: HttpRequest, nowMs: number): HttpReply {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const type: Record<string, string> = request.contentType ? { 'content-type': request.contentType } : {};
  const { method, url, body = '' } = request;
  return sandbox.handle(state, { method, url, headers: { ...headers, ...type }, body }, nowMs);
}

/** What the test call says of the account with these choices. */
export function tested(state: PipedriveState, credentials: Credentials, chosen: Account = {}, nowMs = START) {
  const [result] = runFlows([{ connector: pipedrive, credentials, flow: pipedrive.test!(chosen) }], {
    transport: { fetchAll: (requests) => requests.map((request) => fetched(state, request, nowMs)) },
    now: () => instant(nowMs),
    mayGoOn: () => true,
    note: () => undefined,
  }).results;
  if (!result) throw new Error('one job gives one result');
  return result;
}

export function accountIn(state: PipedriveState, credentials: Credentials, chosen: Account = {}): Account {
  const result = tested(state, credentials, chosen);
  if ('fault' in result) throw new Error(result.fault.message);
  return { ...chosen, ...result.value.found };
}

export const rig = (more: Partial<Rig<PipedriveState>> = {}, chosen: Account = {}): Rig<PipedriveState> => ({
  connector: pipedrive,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: (nowMs) => {
    const state = sandbox.start();
    const { credentials, refresh } = signedIn(state, nowMs);
    people.typePipedriveDeal(
      state,
      { title: 'Known', pipeline_id: 2, custom_fields: { [LEDGER_KEY]: 'L-1' } },
      nowMs - INDEX_MS,
    );
    return { state, credentials, refresh, account: accountIn(state, credentials, chosen) };
  },
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
  ...more,
});

/** The figures of a deal are told, tasks and receipts sent, and changes read; each call takes a quarter of a second. */
export class PipedriveBench extends LawBench<PipedriveState> {
  seen: FeedState | undefined;

  constructor(chosen: Account = {}) {
    super(rig({}, chosen));
    this.answer = (_request, reply) => this.slowly(reply);
  }

  slowly<T>(reply: () => T): T {
    this.nowMs += 250;
    return reply();
  }

  private context(name: string, payload: object, attempt: number): EffectContext {
    const plain = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
    return { key: key(name), payload: plain, now: instant(this.nowMs), account: this.account, attempt };
  }

  /** Tells standings as the Outbox does: together. */
  tell(...statuses: readonly object[]): readonly (string | Fault)[] {
    const contexts = statuses.map((status, at) => this.context(`standing:${at}`, status, 1));
    const result = this.run(effectOf(pipedrive, 'standing').batch!.run(contexts));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  send(effect: 'task' | 'receipt', payload: object, attempt = 1, name = `${effect}:1`): FlowResult<string> {
    return this.run(effectOf(pipedrive, effect).run(this.context(name, payload, attempt)));
  }

  pullMirror(): MirrorPage {
    const context = { since: instant(START - 86_400_000), now: instant(this.nowMs), account: this.account };
    const result = this.run(pipedrive.mirror!.pull!(this.seen, context));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.seen = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** The last word on each lease, and every state on the way. */
  changes(): { rows: Map<string, MirrorRow>; faults: MirrorPage['faults'][number][]; states: FeedState[] } {
    const rows = new Map<string, MirrorRow>();
    const faults: MirrorPage['faults'][number][] = [];
    const states: FeedState[] = [];
    for (let more = true; more; ) {
      if (states.length > 100) throw new Error('the feed does not end');
      const page = this.pullMirror();
      for (const row of page.rows) rows.set(row.leaseId, row);
      faults.push(...page.faults);
      states.push(this.seen!);
      more = page.more;
    }
    return { rows, faults, states };
  }

  dealsOf(lease: string): Deal[] {
    return this.state.deals.filter(({ custom, isDeleted }) => custom[LEDGER_KEY] === lease && !isDeleted);
  }

  dealOf(lease: string): Deal {
    const [deal, another] = this.dealsOf(lease);
    if (!deal || another) throw new Error(`${lease} has ${another ? 'several deals' : 'no deal'}`);
    return deal;
  }

  /** A request for each call, without its query. */
  get calls(): string[] {
    return this.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  }

  wait(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}
