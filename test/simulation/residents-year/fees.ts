/** The law of late fees at the end of the residents' year: one for a rent, from its day on, none in time, and one where nothing came. */
import { shift, wallClock } from '../days';
import type { EntryJson } from '../evidence';
import { FEE, type Home } from './house';
import { centsOf, entriesOf, type Look } from './laws';
import { backOf, total } from './truth';

/** What came in before a day by what the payers did: at least, without what went back, or at most. */
function cameBefore({ payments }: Look, home: Home, day: string, how: 'at least' | 'at most'): number {
  const own = payments.filter((each) => each.lease === home.id && wallClock(each.atMs, home.zone).day < day);
  return how === 'at most'
    ? total(own.filter(({ state }) => state !== 'failed').map(({ cents }) => cents))
    : total(own.filter(({ state }) => state === 'settled').map((each) => each.cents - backOf(each)));
}

/** Credits and money that managers recorded, up to a day; what takes a fee back is none of them. */
const givenBefore = (own: readonly EntryJson[], day: string): number =>
  -total(
    own
      .filter((entry) => entry.day < day && !entry.key.startsWith('void:'))
      .filter((entry) => entry.kind === 'credit' || (entry.kind === 'receipt' && entry.about?.startsWith('manual:')))
      .map(centsOf),
  );

export function feeFaults(at: Look, home: Home): readonly string[] {
  const own = entriesOf(at, home);
  const today = wallClock(at.diary.scene.now, home.zone).day;
  return own
    .filter((entry) => entry.kind === 'charge' && entry.type === 'rent')
    .flatMap((rent) => ofRent(at, home, own, rent, today));
}

function ofRent(at: Look, home: Home, own: readonly EntryJson[], rent: EntryJson, today: string): readonly string[] {
  const due = rent.due ?? rent.day;
  const feeDay = shift(due, FEE.afterDays);
  const fees = own.filter((entry) => entry.kind === 'charge' && entry.type === 'late fee' && entry.about === rent.key);
  const taken = own.filter((entry) => fees.some((fee) => entry.key === `void:${fee.key}`));
  const early = fees
    .filter((fee) => fee.day < feeDay)
    .map((fee) => `${fee.key} came on ${fee.day}, ${rent.key} was due ${due}`);
  const many =
    fees.length - taken.length > 1 ? [`${rent.key} has ${fees.length} fees, ${taken.length} taken back`] : [];
  // Days of a dispute do not count, and a plan may pause fees: then neither day nor money says what must be.
  if (at.diary.rests.some((each) => each.lease === home.id && each.charges.includes(rent.key)))
    return [...early, ...many];
  const owed = total(own.filter((entry) => entry.kind === 'charge' && (entry.due ?? entry.day) <= feeDay).map(centsOf));
  const given = givenBefore(own, feeDay);
  const [least, most] = [
    cameBefore(at, home, feeDay, 'at least') + given,
    cameBefore(at, home, feeDay, 'at most') + given,
  ];
  // What goes back later opens the rent anew, and what had come in time may lie on what fell due meanwhile.
  const wentBack = own.some((entry) => entry.kind === 'reversal' && entry.day >= feeDay);
  const unjust =
    fees.length > taken.length && !wentBack && least >= owed
      ? [`${rent.key} has a fee, though ${least} of ${owed} came in time`]
      : [];
  const missing = fees.length === 0 && shift(feeDay, 1) < today && most < centsOf(rent);
  return [
    ...early,
    ...many,
    ...unjust,
    ...(missing ? [`${rent.key} has no fee, though no more than ${most} came in time`] : []),
  ];
}
