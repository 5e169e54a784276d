/** Sends effects to platforms: all of them side by side, what builds on each other one after the other, and tells what came of each. */
import type { Account, Connector, Credentials, Effect, Flow } from '../connectors/connector';
import type { OutboxRow } from '../domain/book';
import { CALLBACK } from '../domain/effects';
import { booksName } from '../domain/mirror';
import { type Key, key } from '../domain/values';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, webhookOf } from '../run/app';
import { callCounter } from '../run/calls';
import { inboundAddress } from '../run/inbound-key';
import type { Kept } from '../run/told';
import type { Loaded } from '../sheet/load';
import { noteSending, noteSent } from './flight';
import type { GoodFor } from './pay-links';

const ATTEMPTS_MAX = 5;

/** What became of one row. */
export type Outcome =
  | { readonly state: 'sent'; readonly ref: string; readonly subject?: string }
  | { readonly state: 'failed'; readonly fault: string }
  | { readonly state: 'unsure'; readonly fault: string }
  | { readonly state: 'ready'; readonly fault: string; readonly notBefore?: number };

/** Of a platform, or the webhook of the row's property; undefined when they are not there. */
export function credentialsFor(app: App, connector: Connector, row: OutboxRow, own: Kept): Credentials | undefined {
  if (connector.id !== 'slack') return credentialsOf(app, connector, own);
  const url = webhookOf(app, row.property ?? '*');
  return url ? { SLACK_WEBHOOK_URL: url } : undefined;
}

/** What a row asks for; undefined when nothing here can do it. */
export const effectOf = (app: App, row: OutboxRow): Effect | undefined =>
  connectorOf(app, row.channel)?.effects?.[row.channel === 'slack' ? 'post' : row.kind];

/** For how long the page of a pay link is good, as its platform has it. */
export const goodForOf =
  (app: App): GoodFor =>
  (row) =>
    effectOf(app, row)?.goodForMs;

interface Sending {
  readonly row: OutboxRow;
  readonly effect: Effect;
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly account: Account;
}

/** All platforms side by side; what books are told of one lease goes one after the other, since each builds on the last. */
export function sendEffects(app: App, loaded: Loaded, rows: readonly OutboxRow[], outcomes: Map<Key, Outcome>): void {
  if (rows.length === 0) return;
  // All of the owner's properties at once: each read of one takes 30 ms, and a row needs half a dozen.
  const own = app.host.userStore.all();
  const sendings = rows.flatMap((row): Sending[] => {
    const connector = connectorOf(app, row.channel);
    const effect = effectOf(app, row);
    const credentials = connector && credentialsFor(app, connector, row, own);
    if (connector && effect && credentials)
      return [{ row, effect, connector, credentials, account: accountOf(app, connector, own) }];
    outcomes.set(row.key, { state: 'failed', fault: `Nothing here can do "${row.kind}" on ${row.channel}.` });
    return [];
  });
  for (const round of roundsOf(sendings)) sendRound(app, loaded, held(app, round, rows, outcomes), outcomes);
}

/** The first of each lease's books, then the second, and so on; everything else leaves in the first round. */
function roundsOf(sendings: readonly Sending[]): readonly (readonly Sending[])[] {
  const rounds: Sending[][] = [];
  const taken = new Map<string, number>();
  for (const sending of sendings) {
    const name = booksLine(sending.row);
    const at = name === undefined ? 0 : (taken.get(name) ?? 0);
    if (name !== undefined) taken.set(name, at + 1);
    rounds[at] = [...(rounds[at] ?? []), sending];
  }
  return rounds;
}

const booksLine = (row: OutboxRow): string | undefined =>
  booksName(row.key) === undefined ? undefined : `${row.channel} ${row.lease ?? ''}`;

/** What builds on something that could not be told yet waits with it. */
function held(
  app: App,
  round: readonly Sending[],
  rows: readonly OutboxRow[],
  outcomes: Map<Key, Outcome>,
): readonly Sending[] {
  return round.filter(({ row }) => {
    const name = booksLine(row);
    const waits = rows
      .filter((each) => name !== undefined && booksLine(each) === name)
      .map((each) => outcomes.get(each.key))
      .find((outcome) => outcome?.state === 'ready');
    if (app.mayGoOn() && waits?.state !== 'ready') return true;
    outcomes.set(row.key, waits?.state === 'ready' ? { ...waits, fault: '' } : { state: 'ready', fault: '' });
    return false;
  });
}

function sendRound(app: App, loaded: Loaded, sendings: readonly Sending[], outcomes: Map<Key, Outcome>): void {
  if (sendings.length === 0) return;
  noteSending(
    app,
    sendings.map(({ row }) => row.key),
  );
  const counter = callCounter(app);
  const jobs = sendings.map((sending) => ({
    connector: sending.connector,
    credentials: sending.credentials,
    flow: flowOf(app, sending, loaded.marks.workbookId),
  }));
  const { results, calls } = runFlows(jobs, clientDeps(app, counter.of));
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  results.forEach((result, index) => {
    const one = sendings[index];
    if (!one) return;
    outcomes.set(
      one.row.key,
      'value' in result ? { state: 'sent', ref: result.value } : faultOutcome(app, one.row, one.effect, result.fault),
    );
  });
  // Only what cannot be sent again need be remembered: a pay link's address is longer than a property takes sixty times.
  noteSent(
    app,
    sendings.flatMap(({ row, effect }) => {
      const outcome = outcomes.get(row.key);
      return effect.once === 'ask' && outcome?.state === 'sent' ? [[row.key, outcome.ref.slice(0, 60)] as const] : [];
    }),
  );
}

/** An address with a key must not lie in the Outbox: it joins the effect as it leaves. */
function inboundFor(app: App, row: OutboxRow): { readonly inbound?: string } {
  const address = row.kind === CALLBACK ? inboundAddress(app, row.channel) : undefined;
  return address ? { inbound: address } : {};
}

/** A copy of the file has the same keys: the workbook's id keeps the two apart at the vendor. */
const flowOf = (app: App, { effect, row, account }: Sending, workbookId: string): Flow<string> =>
  effect.run({
    key: key(`${workbookId.slice(0, 16)}:${row.key}`),
    payload: row.payload,
    now: app.host.clock.now(),
    account,
    attempt: row.attempts,
    ...inboundFor(app, row),
  });

function faultOutcome(app: App, row: OutboxRow, effect: Effect, fault: Fault): Outcome {
  const again = (seconds: number): Outcome => ({
    state: 'ready',
    fault: fault.message,
    notBefore: app.host.clock.now() + seconds * 1000,
  });
  if (fault.fault === 'busy') return again(fault.retryAfterSeconds ?? 60);
  const keyed = effect.once !== 'ask';
  if (fault.fault === 'down' || fault.fault === 'malformed') {
    if (!keyed)
      return {
        state: 'unsure',
        fault: `${fault.message} It may have arrived: look, then mark it sent or send it again.`,
      };
    return row.attempts < ATTEMPTS_MAX
      ? again(600)
      : { state: 'failed', fault: `${fault.message} Tried ${row.attempts} times.` };
  }
  const { message, code = '' } = fault;
  return { state: 'failed', fault: message.includes(code) ? message : `${message} (${code})` };
}
