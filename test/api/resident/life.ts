/** One lease that lives in a small world, and what a link of it reads. */
import type { OneLease } from '../../../src/api/resident/lease';
import { openAccount } from '../../../src/domain/account';
import type { Lease, PaymentSeen } from '../../../src/domain/book';
import { addDays, day, instantOf } from '../../../src/domain/calendar';
import { cents } from '../../../src/domain/money';
import { type Day, key, leaseId } from '../../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay, see, stateIn, type World } from '../../domain/small-world';
import { optionsOf } from '../../domain/story';

export const L1 = leaseId('L1');
export const FIRST = day('2026-01-01');

export function worldOf(
  words: string,
  more: Partial<Lease> = {},
  change: (world: World) => void = () => undefined,
): World {
  const world = newWorld();
  world.ladder = [];
  change(world);
  world.leases.push({ ...leaseFrom(world, 'L1', optionsOf(words.split(' '), [])), ...more });
  return world;
}

export const RENT = 'rent 1000.00 due 1 start 2026-01-01 grace 3 fee 40.00 returned 25.00';

/** What a resident does on a day of the life, and what becomes of it. */
export interface Payment {
  readonly after: number;
  readonly amount: number;
  readonly fate: 'settled' | 'pending' | 'returned';
}

export const DAYS_TO_RETURN = 6;

/** Lives through the days, looking every `step` days; each payment is seen on its day, a return some days later. */
export function live(world: World, days: number, payments: readonly Payment[], step = 3): void {
  for (let after = 0; after <= days; after++) {
    const today = addDays(FIRST, after);
    const seen = payments.flatMap((payment, index) => seenOn(world, payment, index, after));
    if (after % step === 0 || after === days) runDay(world, nothingTold(), today);
    if (seen.length > 0) see(world, nothingTold(), seen, instantOf(today, 12, 0, world.property.zone));
  }
}

function seenOn(world: World, payment: Payment, index: number, after: number): readonly PaymentSeen[] {
  const at = instantOf(addDays(FIRST, payment.after), 11, 0, world.property.zone);
  const id = `p${index}`;
  const base: PaymentSeen = {
    key: key(`stripe:${id}`),
    source: 'stripe',
    externalId: id,
    amountCents: cents(payment.amount),
    currency: world.property.currency,
    state: payment.fate === 'pending' ? 'pending' : 'settled',
    initiatedAt: at,
    leaseRef: 'L1',
    reversals: [],
  };
  if (after === payment.after) return [base];
  if (payment.fate !== 'returned' || after !== payment.after + DAYS_TO_RETURN) return [];
  const back = instantOf(addDays(FIRST, after), 10, 0, world.property.zone);
  const reversal = { key: key(`stripe:re-${id}`), amountCents: base.amountCents, at: back, detail: 'no funds' };
  return [{ ...base, reversals: [{ ...reversal, reason: 'returned', state: 'final' }] }];
}

/** What is read for a link; `since` leaves older rows of the journal out, as the reader does. */
export function read(world: World, since?: Day): OneLease {
  const lease = world.leases.find((each) => each.id === L1);
  if (!lease) throw new Error('no lease L1');
  const run = { id: 'page', by: 'resident page', now: instantOf(world.today, 15, 0, world.property.zone) };
  const account = openAccount(bookOf(world), run, lease, world.property, stateIn(world, L1), world.today);
  const mine = world.journal.filter((entry) => entry.lease === L1);
  const entries = since === undefined ? mine : mine.filter((entry) => entry.day >= since);
  return {
    link: { row: 2, id: 'a'.repeat(32), lease: L1, address: lease.emails[0] ?? '', version: 1 },
    account,
    entries,
    older: entries.length < mine.length,
    receipts: [...world.receipts.values()].sort((a, b) => b.initiatedAt - a.initiatedAt),
    platforms: [],
  };
}
