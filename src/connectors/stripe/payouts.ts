/** What Stripe sent to the landlord's bank: a deposit there is many receipts less fees, refunds and disputes. */
import { localDay } from '../../domain/calendar';
import { negate, sum } from '../../domain/money';
import { currency, zone } from '../../domain/values';
import { isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import type { Flow, Payout, PullContext } from '../connector';
import { get, idOf, listed, PAGE, WAVE } from './api';

const PATH = '/v1/balance_transactions';
/** A bank's own feed goes back no further where it is new. */
const LOOK_BACK_SECONDS = 90 * 86_400;
const UTC = zone('Etc/UTC');

/**
 * Payouts of the last 90 days that did not come back. Gross is what payers paid less what went back to them; gross less
 * fee is the payout. A payout made by hand names no payments: its gross is then its amount.
 */
export function* payouts({ since, now }: PullContext): Flow<readonly Payout[]> {
  const created = { gte: Math.max(0, Math.floor(since / 1000), Math.floor(now / 1000) - LOOK_BACK_SECONDS) };
  const sent = yield* listed(PATH, { type: 'payout', created });
  const back = [
    ...(yield* listed(PATH, { type: 'payout_failure', created })),
    ...(yield* listed(PATH, { type: 'payout_cancel', created })),
  ];
  const undone = new Set(back.map(payoutId));
  const standing = sent.filter((each) => !undone.has(payoutId(each)));
  const holds = (payout: Json) => ({ payout: payoutId(payout) });
  const outcomes = yield* askEach(standing, (payout) => get(PATH, { ...holds(payout), limit: PAGE }), WAVE);
  const found: Payout[] = [];
  for (const [payout, outcome] of outcomes)
    found.push(payoutOf(payout, isFault(outcome) ? [] : yield* listed(PATH, holds(payout), outcome)));
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
