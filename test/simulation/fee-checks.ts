/** The laws of fees: agreed, confirmed, lawful, at most one, none in time, and one where nothing stood in its way. */
import { type DayText, shift, wallClock } from './days';
import { type Case, cellAt, type EntryJson, moneyOf, type Truth, total, truthOf } from './evidence';
import { agreedFeeDay, feeOf, LAWS, rateOf } from './model';

export function feeFaults(one: Case): string[] {
  const fees = one.entries.filter((entry) => entry.type === 'late fee' && entry.kind === 'charge');
  const voids = one.entries.filter((entry) => entry.kind === 'credit' && fees.some((fee) => fee.key === entry.about));
  const charges = one.entries.filter(
    (entry) => entry.kind === 'charge' && entry.type === 'rent' && entry.about === null,
  );
  const stray = fees
    .filter((fee) => !charges.some((charge) => charge.key === fee.about))
    .map((fee) => `${fee.key} is for no charge of rent`);
  return [...stray, ...charges.flatMap((charge) => oneFee(one, charge, fees, voids)), ...returnFeeFaults(one)];
}

function oneFee(one: Case, charge: EntryJson, fees: readonly EntryJson[], voids: readonly EntryJson[]): string[] {
  const mine = fees.filter((fee) => fee.about === charge.key);
  const taken = voids.filter((credit) => mine.some((fee) => fee.key === credit.about));
  const net = total([...mine, ...taken].map((entry) => moneyOf(one, entry)));
  const { property } = one;
  const law = LAWS[property.jurisdiction];
  const feeDay = agreedFeeDay(charge.due ?? '', property);
  const faults: string[] = [];
  const tell = (what: string) => faults.push(`${one.lease.id}: ${charge.key} ${what}`);
  if (property.fee.kind !== 'growing' && mine.length - taken.length > 1)
    tell(`has ${mine.length} fees and ${taken.length} withdrawals`);
  if (net !== 0 && property.fee.kind === 'none') tell('has a fee that nobody agreed on');
  if (net !== 0 && !law && !property.confirmed) tell('has a fee on terms that nobody confirmed');
  if (law && net > Math.ceil(law.most(rentOn(one, charge)))) tell(`has fees of ${net}, more than the law allows`);
  for (const fee of mine) {
    if (fee.day < feeDay) tell(`has a fee on ${fee.day}, before the grace ends on ${feeDay}`);
    if (law && fee.day < shift(charge.due ?? '', law.lateness))
      tell(`has a fee on ${fee.day}, before the law allows one`);
  }
  if (net !== 0 && paidInTime(one, charge, feeDay)) tell(`was paid in time and has fees of ${net}`);
  const should = mustHaveFee(one, charge, feeDay) ? feeOf(property, rentOn(one, charge)) : undefined;
  if (should !== undefined && net !== should) tell(`was never paid: its fee must be ${should} and is ${net}`);
  return faults;
}

const rentOn = (one: Case, charge: EntryJson): number =>
  rateOf(one.lease, one.lived.plan.terms, 'rent', cellAt(one)(charge.from ?? ''))(charge.from ?? '');

const paidBefore = (one: Case, day: DayText): Truth[] =>
  truthOf(one.lived).filter((each) => each.lease === one.lease.id && wallClock(each.atMs, one.property.zone).day < day);

/** True when, oldest first, the money sent before the first fee day pays this charge and all that fell due up to its day. */
function paidInTime(one: Case, charge: EntryJson, feeDay: DayText): boolean {
  if (
    one.lease.allocation !== '' ||
    truthOf(one.lived).some((each) => each.lease === one.lease.id && each.reversals.length > 0)
  )
    return false;
  const paid = total(
    paidBefore(one, feeDay)
      .filter((each) => each.status === 'settled')
      .map((each) => each.amountCents),
  );
  const owed = one.entries.filter((entry) => entry.kind === 'charge' && (entry.due ?? '') <= (charge.due ?? ''));
  return paid >= total(owed.map((entry) => moneyOf(one, entry)));
}

/** True when nothing at all stood in the way: agreed and confirmed, no law, no money, no credit, no hold, and the day is long past. */
function mustHaveFee(one: Case, charge: EntryJson, feeDay: DayText): boolean {
  const { lived, lease, property, entries } = one;
  const free = property.confirmed && LAWS[property.jurisdiction] === undefined;
  const held = lived.past.holds.some((hold) => hold.lease === lease.id);
  const credited =
    entries.some((entry) => entry.kind === 'credit') ||
    entries.some((entry) => entry.about === charge.key && entry.type !== 'late fee');
  return free && !held && !credited && feeDay < shift(one.today, -1) && paidBefore(one, feeDay).length === 0;
}

function returnFeeFaults(one: Case): string[] {
  const fees = one.entries.filter((entry) => entry.type === 'returned payment fee');
  return fees.flatMap((fee) => [
    ...(fees.filter((each) => each.about === fee.about).length > 1 ? [`${fee.about} has two return fees`] : []),
    ...(moneyOf(one, fee) > one.property.returnedCents ? [`${fee.key} is more than was agreed`] : []),
  ]);
}
