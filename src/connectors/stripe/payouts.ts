/** What Stripe sent to the landlord's bank: a deposit there is many receipts less fees, refunds and disputes. */
import { localDay } from '../../domain/calendar';
import { negate, sum } from '../../domain/money';
import { currency, zone } from '../../domain/values';
import type { Params } from '../../http/encode';
import { fail, isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage, inWaves, type Page } from '../../http/paging';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Flow, Payout, PullContext } from '../connector';
import { get, idOf, listOf, PAGE, WAVE } from './api';

const PATH = '/v1/balance_transactions';
/** A list of this many pages is not one landlord's. */
const MAX_PAGES = 50;
/** A bank's own feed goes back no further where it is new. */
const LOOK_BACK_SECONDS = 90 * 86_400;
const UTC = zone('Etc/UTC');

/**
 * Payouts of the last 90 days that did not come back. Gross is what payers paid less what went back to them; gross less
 * fee is the payout. A payout made by hand names no payments: its gross is then its amount.
 */
export function* payouts({ since, now }: PullContext): Flow<readonly Payout[]> {
  const created = { gte: Math.max(0, Math.floor(since / 1000), Math.floor(now / 1000) - LOOK_BACK_SECONDS) };
  const sent = yield* everyOne({ type: 'payout', created });
  const back = [
    ...(yield* everyOne({ type: 'payout_failure', created })),
    ...(yield* everyOne({ type: 'payout_cancel', created })),
  ];
  const undone = new Set(back.map(payoutId));
  const standing = sent.filter((each) => !undone.has(payoutId(each)));
  const holding = standing.map((each) => ({ payout: payoutId(each) }));
  const outcomes = yield* inWaves(
    holding.map((filter) => listed(filter)),
    WAVE,
  );
  const found: Payout[] = [];
  for (const [index, payout] of standing.entries()) {
    const [outcome, filter] = [outcomes[index], holding[index]];
    const holds = outcome && filter && !isFault(outcome) ? yield* rest(filter, outcome) : [];
    found.push(payoutOf(payout, holds));
  }
  return found;
}

const payoutId = (movement: Json): string =>
  idOf(movement, 'source') ?? movement.at('source').wrong('the id of a payout');

function payoutOf(payout: Json, all: readonly Json[]): Payout {
  const holds = all.filter((each) => each.str('type') !== 'payout');
  const amountCents = negate(payout.minor('net'));
  return {
    id: payoutId(payout),
    amountCents,
    currency: currency(payout.str('currency')),
    // Stripe dates payouts by UTC midnight.
    arrivalDay: localDay(payout.unixSeconds('available_on'), UTC),
    feeCents: sum(holds.map((each) => each.minor('fee'))),
    grossCents: holds.length > 0 ? sum(holds.map((each) => each.minor('amount'))) : amountCents,
  };
}

const listed = (filter: Params, after?: string): HttpRequest =>
  get(PATH, { ...filter, limit: PAGE, starting_after: after });

const everyOne = (filter: Params): Flow<readonly Json[]> => everyPage(listed(filter), pageFor(filter), MAX_PAGES);

function* rest(filter: Params, first: HttpReply): Flow<readonly Json[]> {
  const { items, next } = pageFor(filter)(first);
  return next ? [...items, ...(yield* everyPage(next, pageFor(filter), MAX_PAGES))] : items;
}

function pageFor(filter: Params): (reply: HttpReply) => Page<Json> {
  return (reply) => {
    const { items, hasMore } = listOf(reply, PATH);
    const last = items[items.length - 1]?.str('id');
    if (hasMore && last === undefined) return fail('malformed', `An empty page of ${PATH} says that more follows.`);
    return hasMore ? { items, next: listed(filter, last) } : { items };
  };
}
