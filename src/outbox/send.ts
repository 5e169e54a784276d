/** Sends effects to platforms: all of them side by side, what builds on each other one after the other, and tells what came of each. */
import type { Account, Connector, Credentials, Effect, EffectContext } from '../connectors/connector';
import type { Once, OutboxRow } from '../domain/book';
import { CALLBACK } from '../domain/effects';
import { wayOf } from '../domain/legs';
import { booksName } from '../domain/mirror';
import { type Instant, type Key, key } from '../domain/values';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, runNow, webhookOf } from '../run/app';
import { callCounter } from '../run/calls';
import { inboundAddress } from '../run/inbound-key';
import type { Kept } from '../run/told';
import type { Loaded } from '../sheet/load';
import { batched, type Sending } from './batch';
import { after, handedOver } from './claim';
import { noteSending, noteSent } from './flight';
import type { GoodFor } from './pay-links';
import { type Rendered, renderedOf } from './rendered';

const ATTEMPTS_MAX = 5;
/** A sign-in that has ended waits for a person; the next look comes after so long. */
const SIGN_IN_SECONDS = 3600;

/** What became of one row. */
export type Outcome =
  | { readonly state: 'sent' | 'scheduled'; readonly ref: string; readonly subject?: string; readonly stamp?: string }
  | {
      readonly state: 'failed';
      readonly fault: string;
      /** What the refusal says of the address, in a word of connectors/messages.ts. */
      readonly address?: string;
    }
  | { readonly state: 'unsure'; readonly fault: string; readonly stamp?: string }
  | { readonly state: 'ready'; readonly fault: string; readonly notBefore?: number };

/** Of a platform, or for an alert the webhook of the row's property; undefined when they are not there. */
export function credentialsFor(app: App, connector: Connector, row: OutboxRow, own: Kept): Credentials | undefined {
  if (connector.id !== 'slack') return credentialsOf(app, connector, own);
  if (row.kind !== ALERT) {
    const entered = credentialsOf(app, connector, own);
    return entered?.SLACK_BOT_TOKEN ? entered : undefined;
  }
  const url = webhookOf(app, row.property ?? '*');
  return url ? { SLACK_WEBHOOK_URL: url } : undefined;
}

/** The line that a property's Slack webhook gets. */
const ALERT = 'alert';

/** What a row asks for; undefined when nothing here can do it. */
export function effectOf(app: App, row: OutboxRow): Effect | undefined {
  const effects = connectorOf(app, row.channel)?.effects;
  const way = wayOf(row);
  if (way !== undefined) return effects?.[way === 'email' ? 'mail' : 'text'];
  return effects?.[row.channel === 'slack' && row.kind === ALERT ? 'post' : row.kind];
}

/** How an effect stays once at this account. */
export const onceOf = (effect: Effect, account: Account): Once => effect.onceFor?.(account) ?? effect.once;

/** For how long the page of a pay link is good, as its platform has it. */
export const goodForOf =
  (app: App): GoodFor =>
  (row) =>
    effectOf(app, row)?.goodForMs;

/**
 * All platforms side by side; what books are told of one lease goes one after the other, since each builds on the last. Messages
 * leave after the pages to pay on that they carry.
 */
export function sendEffects(app: App, loaded: Loaded, rows: readonly OutboxRow[], outcomes: Map<Key, Outcome>): void {
  const others = rows.filter((row) => wayOf(row) === undefined);
  const messages = rows.filter((row) => wayOf(row) !== undefined);
  sendAll(app, loaded, others, outcomes);
  sendAll(app, { ...loaded, outbox: withLinks(loaded.outbox, outcomes) }, messages, outcomes);
}

/** Pay links that were made a moment ago are not on the tab yet, and the message is to carry them. */
export const withLinks = (outbox: readonly OutboxRow[], outcomes: ReadonlyMap<Key, Outcome>): readonly OutboxRow[] =>
  outbox.map((each): OutboxRow => {
    const outcome = each.kind === 'payLink' ? outcomes.get(each.key) : undefined;
    return outcome?.state === 'sent' ? { ...each, state: 'sent', vendorRef: outcome.ref } : each;
  });

function sendAll(app: App, loaded: Loaded, rows: readonly OutboxRow[], outcomes: Map<Key, Outcome>): void {
  if (rows.length === 0) return;
  // All of the owner's properties at once: each read of one takes 30 ms, and a row needs half a dozen.
  const own = app.host.userStore.all();
  const sendings = rows.flatMap((row): Sending[] => {
    const made = sendingOf(app, loaded, row, own);
    if ('connector' in made) return [made];
    outcomes.set(row.key, { state: 'failed', fault: made.reason });
    return [];
  });
  for (const round of roundsOf(sendings)) sendRound(app, held(app, round, rows, outcomes), outcomes);
}

function sendingOf(app: App, loaded: Loaded, row: OutboxRow, own: Kept): Sending | { readonly reason: string } {
  const connector = connectorOf(app, row.channel);
  const effect = effectOf(app, row);
  const credentials = connector && credentialsFor(app, connector, row, own);
  if (!connector || !effect || !credentials) return { reason: `Nothing here can do "${row.kind}" on ${row.channel}.` };
  const rendered = effect.carries ? wordsOf(app, loaded, row) : undefined;
  if (rendered && 'reason' in rendered) return rendered;
  const account = accountOf(app, connector, own);
  const context = contextOf(app, loaded, row, account, effect, rendered);
  return { row, effect, connector, credentials, context, ...(rendered ? { rendered } : {}) };
}

const wordsOf = (app: App, { book, outbox }: Loaded, row: OutboxRow): Rendered | { readonly reason: string } =>
  renderedOf({ book, run: runNow(app), outbox, goodFor: goodForOf(app) }, row);

/** A copy of the file has the same keys: the workbook's id keeps the two apart at the vendor. */
export const vendorKey = ({ marks }: Loaded, row: OutboxRow): Key => key(`${marks.workbookId.slice(0, 16)}:${row.key}`);

function contextOf(
  app: App,
  loaded: Loaded,
  row: OutboxRow,
  account: Account,
  effect: Effect,
  rendered: Rendered | undefined,
): EffectContext {
  const now = app.host.clock.now();
  const before = after(loaded.outbox, row);
  const early = handedOver(effect, row, now, loaded.book.settings.handOverHours) && effect.schedule?.may(account);
  return {
    key: vendorKey(loaded, row),
    payload: row.payload,
    now,
    account,
    attempt: row.attempts,
    ...(typeof before === 'object' ? { after: before.ref } : {}),
    ...(rendered ? { message: rendered.message } : {}),
    ...(early ? { sendAt: row.notBefore as Instant } : {}),
    ...inboundFor(app, row),
  };
}

/** An address with a key must not lie in the Outbox: it joins the effect as it leaves. */
function inboundFor(app: App, row: OutboxRow): { readonly inbound?: string } {
  const address = row.kind === CALLBACK || row.payload.inbound === true ? inboundAddress(app, row.channel) : undefined;
  return address ? { inbound: address } : {};
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

function sendRound(app: App, sendings: readonly Sending[], outcomes: Map<Key, Outcome>): void {
  if (sendings.length === 0) return;
  const isAsk = ({ effect, context }: Sending): boolean => onceOf(effect, context.account) === 'ask';
  noteSending(
    app,
    sendings.filter(isAsk).map(({ row }) => row.key),
  );
  const counter = callCounter(app);
  const groups = batched(sendings);
  const { results, calls } = runFlows<readonly (string | Fault)[]>(
    groups.map(({ connector, credentials, flow }) => ({ connector, credentials, flow })),
    clientDeps(app, counter.of),
  );
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  results.forEach((result, index) => {
    groups[index]?.sendings.forEach((sending, at) => {
      const came = 'value' in result ? result.value[at] : result.fault;
      if (came !== undefined) outcomes.set(sending.row.key, outcomeOf(app, sending, came));
    });
  });
  // Only what cannot be sent again need be remembered: a pay link's address is longer than a property takes sixty times.
  noteSent(
    app,
    sendings.filter(isAsk).flatMap(({ row }) => {
      const outcome = outcomes.get(row.key);
      return outcome?.state === 'sent' ? [[row.key, outcome.ref.slice(0, 60)] as const] : [];
    }),
  );
}

function outcomeOf(app: App, sending: Sending, came: string | Fault): Outcome {
  const { row, effect, rendered, context } = sending;
  const said = rendered ? { subject: rendered.subject, stamp: rendered.stamp } : {};
  if (typeof came !== 'string') {
    const outcome = faultOutcome(app, row, onceOf(effect, context.account), came);
    const address = effect.refused?.(came);
    if (outcome.state === 'failed' && address) return { ...outcome, address };
    return outcome.state === 'unsure' && rendered ? { ...outcome, stamp: rendered.stamp } : outcome;
  }
  return { state: context.sendAt === undefined ? 'sent' : 'scheduled', ref: came, ...said };
}

function faultOutcome(app: App, row: OutboxRow, once: Once, fault: Fault): Outcome {
  const again = (seconds: number): Outcome => ({
    state: 'ready',
    fault: fault.message,
    notBefore: app.host.clock.now() + seconds * 1000,
  });
  if (fault.fault === 'busy') return again(fault.retryAfterSeconds ?? 60);
  // Nothing was done, and books are kept in step again once somebody has signed in: they build on each other.
  if (fault.fault === 'auth' && booksName(row.key) !== undefined) return again(SIGN_IN_SECONDS);
  const keyed = once !== 'ask';
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
