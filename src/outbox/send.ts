/** Sends effects to platforms: all of them side by side, what builds on each other one after the other, and tells what came of each. */
import type { Account, EffectContext } from '../connectors/connector';
import type { Once, OutboxRow } from '../domain/book';
import { CALLBACK } from '../domain/effects';
import { isMailedPage, wayOf } from '../domain/legs';
import { booksName } from '../domain/mirror';
import { isAwaited } from '../domain/pay-pages';
import type { Key } from '../domain/values';
import type { Fault } from '../http/types';
import { type App, accountOf, connectorOf, runNow } from '../run/app';
import { countedFlows } from '../run/flows';
import { inboundAddress } from '../run/inbound-key';
import { type PageLinks, pageLinks } from '../run/page-links';
import type { Kept } from '../run/told';
import type { Loaded } from '../sheet/load';
import { isAhead } from './ahead';
import { batched, type Sending } from './batch';
import { credentialsFor, effectOf, goodForOf, onceOf, vendorKey } from './effect';
import { noteSending, noteSent } from './flight';
import { after } from './order';
import { type Rendered, renderedOf, TEST } from './rendered';
import { noteSaid } from './said';
import { type Try, triesOf, tryOf } from './tries';

const ATTEMPTS_MAX = 5;
/** A sign-in that has ended waits for a person; the next look comes after so long. */
const SIGN_IN_SECONDS = 3600;

/** What became of one row. */
export type Outcome =
  | { readonly state: 'sent'; readonly ref: string; readonly subject?: string; readonly stamp?: string }
  | {
      /** The platform holds it; `said` is by what its words are known. */
      readonly state: 'scheduled';
      readonly ref: string;
      readonly subject?: string;
      readonly stamp?: string;
      readonly said?: string;
    }
  | {
      readonly state: 'failed';
      readonly fault: string;
      /** What the refusal says of the address, in a word of connectors/messages.ts. */
      readonly address?: string;
    }
  | { readonly state: 'unsure'; readonly fault: string; readonly stamp?: string }
  | {
      readonly state: 'ready';
      readonly fault: string;
      readonly notBefore?: number;
      /** It was to be held by its platform, which may have taken it. */
      readonly ahead?: true;
      /** Nothing was begun: it was no try. */
      readonly untried?: true;
      /** It may have left: what it said. */
      readonly tried?: Try;
    };

/** Not begun, for want of time: the next run takes it up. */
export const UNTRIED: Outcome = { state: 'ready', fault: '', untried: true };

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
    const outcome = each.kind === 'payLink' || isMailedPage(each) ? outcomes.get(each.key) : undefined;
    return outcome?.state === 'sent' ? { ...each, state: 'sent', vendorRef: outcome.ref } : each;
  });

function sendAll(app: App, loaded: Loaded, rows: readonly OutboxRow[], outcomes: Map<Key, Outcome>): void {
  if (rows.length === 0) return;
  // All of the owner's properties at once: each read of one takes 30 ms, and a row needs half a dozen.
  const own = app.host.userStore.all();
  const pageLink = pageLinks(app, own);
  const sendings = rows.flatMap((row): Sending[] => {
    const made = sendingOf(app, loaded, row, own, pageLink);
    if (made !== 'too late' && 'connector' in made) return [made];
    outcomes.set(row.key, made === 'too late' ? UNTRIED : { state: 'failed', fault: made.reason });
    return [];
  });
  const said = sendings.flatMap(({ row, rendered }) => (rendered ? [[row.key, tryOf(rendered)] as const] : []));
  if (said.length > 0) noteSaid(app, own, said);
  for (const round of roundsOf(sendings)) sendRound(app, held(app, round, rows, outcomes), outcomes);
}

type Made = Sending | { readonly reason: string } | 'too late';

function sendingOf(app: App, loaded: Loaded, row: OutboxRow, own: Kept, pageLink: PageLinks): Made {
  const connector = connectorOf(app, row.channel);
  const effect = effectOf(app, row);
  const credentials = connector && credentialsFor(app, connector, row, own);
  if (!connector || !effect || !credentials) return { reason: `Nothing here can do "${row.kind}" on ${row.channel}.` };
  const account = accountOf(app, connector, own);
  const ahead = isAhead(effect, account, row, app.host.clock.now());
  // What was claimed ahead of its moment, and is too late to be held, waits for that moment: now it may be night.
  if (!ahead && !isAwaited(row) && row.notBefore > app.host.clock.now()) return 'too late';
  const rendered = effect.carries ? wordsOf(app, loaded, row, pageLink) : undefined;
  if (rendered && 'reason' in rendered) return rendered;
  const context = contextOf(app, loaded, row, account, { ahead, ...(rendered ? { rendered } : {}) });
  return { row, effect, connector, credentials, context, ...(rendered ? { rendered } : {}) };
}

export const wordsOf = (
  app: App,
  { book, outbox }: Loaded,
  row: OutboxRow,
  pageLink: PageLinks,
): Rendered | { readonly reason: string } =>
  renderedOf({ book, run: runNow(app), outbox, goodFor: goodForOf(app), pageLink }, row);

interface Leaving {
  readonly ahead: boolean;
  readonly rendered?: Rendered;
}

function contextOf(app: App, loaded: Loaded, row: OutboxRow, account: Account, leaving: Leaving): EffectContext {
  const before = after(loaded.outbox, row);
  const { ahead, rendered } = leaving;
  return {
    key: vendorKey(loaded, row),
    payload: isAwaited(row) ? { ...row.payload, ...app.leadsBack } : row.payload,
    now: app.host.clock.now(),
    account,
    attempt: row.attempts,
    ...(typeof before === 'object' ? { after: before.ref } : {}),
    ...(rendered ? { message: rendered.message } : {}),
    ...(triesOf(row).length > 0 ? { tried: triesOf(row).flatMap(({ words }) => words ?? []) } : {}),
    ...(ahead ? { sendAt: row.notBefore } : {}),
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
    outcomes.set(row.key, waits?.state === 'ready' ? { ...waits, fault: '', untried: true } : UNTRIED);
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
  const groups = batched(sendings);
  const results = countedFlows<readonly (string | Fault)[]>(app, groups);
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
  const { row, rendered, context } = sending;
  const ahead = context.sendAt !== undefined;
  if (typeof came !== 'string') return notSent(app, sending, came);
  if (!rendered) return { state: ahead ? 'scheduled' : 'sent', ref: came };
  // What was found may be an earlier try, in the words of that.
  const others = triesOf(row).flatMap(({ content }) => (content === rendered.content ? [] : [content]));
  const stamp = [rendered.stamp, ...others].join(' or ');
  const said = { subject: rendered.subject, stamp };
  if (!ahead) return { state: 'sent', ref: came, ...said };
  return { state: 'scheduled', ref: came, ...said, said: others.length > 0 ? '' : rendered.content };
}

function notSent(app: App, { row, effect, rendered, context }: Sending, came: Fault): Outcome {
  const outcome = faultOutcome(app, row, onceOf(effect, context.account), came);
  const address = effect.refused?.(came);
  if (outcome.state === 'failed') return address ? { ...outcome, address } : outcome;
  if (outcome.state === 'unsure') return rendered ? { ...outcome, stamp: rendered.stamp } : outcome;
  const isUnknown = came.fault === 'down' || came.fault === 'malformed';
  return {
    ...outcome,
    ...(context.sendAt === undefined ? {} : { ahead: true as const }),
    ...(rendered && isUnknown ? { tried: tryOf(rendered) } : {}),
  };
}

type Missed = Extract<Outcome, { readonly fault: string }>;

function faultOutcome(app: App, row: OutboxRow, once: Once, fault: Fault): Missed {
  const again = (seconds: number): Missed => ({
    state: 'ready',
    fault: fault.message,
    notBefore: app.host.clock.now() + seconds * 1000,
  });
  const isLast = row.attempts >= ATTEMPTS_MAX;
  if (fault.fault === 'busy') return again(fault.retryAfterSeconds ?? 60);
  // Nothing was done, and books are kept in step again once somebody has signed in: they build on each other.
  if (fault.fault === 'auth' && booksName(row.key) !== undefined) return again(SIGN_IN_SECONDS);
  // A key that was revoked says nothing of the messages of a whole morning.
  if (fault.fault === 'auth' && isByItself(row) && !isLast) return again(SIGN_IN_SECONDS);
  const keyed = once !== 'ask';
  if (fault.fault === 'down' || fault.fault === 'malformed') {
    if (!keyed)
      return {
        state: 'unsure',
        fault: `${fault.message} It may have arrived: look, then mark it sent or send it again.`,
      };
    return isLast ? { state: 'failed', fault: `${fault.message} Tried ${row.attempts} times.` } : again(600);
  }
  const { message, code = '' } = fault;
  return { state: 'failed', fault: message.includes(code) ? message : `${message} (${code})` };
}

/** Nobody sits before the screen and waits for it. */
const isByItself = (row: OutboxRow): boolean =>
  (wayOf(row) !== undefined && row.kind !== TEST) || /^(?:standing|receipt|event|slack|told-task):/.test(row.key);
