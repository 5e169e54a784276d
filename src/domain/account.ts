/** One lease within a run: entries are posted to it one by one, and its state follows. */
import { allocate, itemOf, takeBack } from './allocation';
import {
  type Entry,
  type Item,
  LATE_FEE,
  type Lease,
  type LeaseState,
  type OpenCharge,
  type Property,
  RENT,
  RETURN_FEE,
  type Unspent,
} from './book';
import { localDay } from './calendar';
import { type ChargeContext, dueEntries, nextRent, nextRentDay } from './charges';
import { calendarDay, clocked, feeDay, feesRest, restsOf } from './fee-clock';
import { firstFeeDay } from './fee-words';
import { assessFee, mayCarryFee } from './fees';
import { firstLawfulDay, lawOf, limitReturnedFee } from './law';
import { firstFeeKey, fold, itemsOf } from './ledger';
import { rateOn } from './line-cost';
import { cents, decimal, least, minus, most, negate, sum } from './money';
import { allocateOn, outsideOf, paidAhead } from './plans';
import { pendingCents, pendingOf, type Run, type RunBook, stateOf, termsOf, unitsIn } from './run-book';
import { isDemanded, isDisputedLine, resting, type StandingFacts } from './standing';
import type { Cents, Day, Key } from './values';
import { key } from './values';

export interface Account {
  readonly book: RunBook;
  readonly run: Run;
  readonly lease: Lease;
  readonly property: Property;
  readonly today: Day;
  /** The click that acts: it ends every key, so that what a person does, undoes and does again are rows of their own. */
  readonly click?: string;
  readonly entries: Entry[];
  state: LeaseState;
  /** Fees that a person must first confirm. */
  readonly proposals: string[];
}

/** The lease's account on its property's present day. */
export function openAccount(
  book: RunBook,
  run: Run,
  lease: Lease,
  property: Property,
  state = stateOf(book, lease.id),
  today = localDay(run.now, property.zone),
): Account {
  return { book, run, lease, property, today, entries: [], state, proposals: [] };
}

export function post(account: Account, entry: Entry): void {
  const posted = account.click ? { ...entry, key: key(`${entry.key}:${account.click}`) } : entry;
  account.state = fold(account.state, posted);
  account.entries.push(posted);
}

export const entryBase = (account: Account) => ({
  lease: account.lease.id,
  property: account.property.name,
  currency: account.property.currency,
  postedAt: account.run.now,
  by: account.run.by,
});

const chargeContext = (account: Account): ChargeContext => ({
  property: account.property.name,
  currency: account.property.currency,
  postedAt: account.run.now,
  by: account.run.by,
  booksOpenOn: account.book.settings.booksOpenOn,
});

/** Posts every charge, credit and correction that is due; credits pay open charges at once. */
export function postDue(account: Account): void {
  for (const entry of dueEntries(
    chargeContext(account),
    account.lease,
    termsOf(account.book, account.lease),
    account.state,
    account.today,
  )) {
    post(account, entry.kind === 'credit' ? spendCredit(account, entry) : entry);
  }
}

export const upcomingRent = (account: Account) =>
  nextRent(chargeContext(account), account.lease, termsOf(account.book, account.lease), account.state, account.today);

/** The day of the next rent, without what it comes to. */
export const upcomingRentDay = (account: Pick<Account, 'book' | 'lease' | 'state' | 'today'>): Day | undefined =>
  nextRentDay({ booksOpenOn: account.book.settings.booksOpenOn }, account.lease, account.state, account.today);

/** No rule puts money on a line while it is disputed: what the resident pays is for what they do not dispute. */
export const payable = (state: LeaseState): readonly OpenCharge[] =>
  state.pauses.length === 0 ? state.charges : state.charges.filter((charge) => isDemanded(state, charge));

/** A credit first lowers what it is about, then whatever the lease's rule pays first. */
export function spendCredit(account: Account, entry: Entry & { kind: 'credit' }): Entry & { kind: 'credit' } {
  const target = account.state.charges.find((charge) => charge.key === entry.about && charge.openCents > 0);
  const onTarget = target
    ? allocate(account.lease.allocation, [target], entry.amountCents)
    : { items: [], leftCents: entry.amountCents };
  const others = payable(account.state).filter((charge) => charge !== target);
  return {
    ...entry,
    items: [...onTarget.items, ...spreadOver(account, others, onTarget.leftCents).items],
  };
}

/** Spends prepayments and credits that are left on what is open now. */
export function spendUnspent(account: Account): void {
  for (const money of oldestFirst(account.state.unspent)) spend(account, money);
}

/**
 * The same where a reversal reopened a charge: money that was ahead counts from its own day, so a fee that stood before that
 * day is due, and one that it came in time for is not.
 */
export function respendUnspent(account: Account): void {
  for (const money of oldestFirst(account.state.unspent)) {
    assessFees(account, money.on < account.today ? money.on : account.today, account.today);
    spend(account, money);
  }
}

const oldestFirst = (unspent: readonly Unspent[]): readonly Unspent[] =>
  unspent.length < 2 ? unspent : [...unspent].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

function spend(account: Account, money: Unspent): void {
  const { items } = spreadOver(account, payable(account.state), money.leftCents);
  if (items.length === 0) return;
  const left = decimal(money.leftCents, account.property.currency);
  post(account, {
    ...entryBase(account),
    kind: 'allocation',
    key: key(`allocate:${money.source}:${items[0]?.charge}:${left}`),
    receipt: money.source,
    items,
    day: account.today,
    why: `${left} left of ${money.source} pays what is now due.`,
  });
}

/** Money over charges by the lease's rule, and by its plan while one runs. */
export const spreadOver = ({ lease, state }: Account, charges: readonly OpenCharge[], amount: Cents) =>
  allocateOn(state, lease.allocation, charges, amount);

/** The first day on which a late fee on this charge may come, by the terms and the law. */
export function firstFeeDayOf(account: Pick<Account, 'lease' | 'property'>, due: Day): Day {
  const agreed = firstFeeDay(due, account.lease.fees.grace);
  const law = lawOf(account.property.jurisdiction);
  if (!law?.verified) return agreed;
  const lawful = firstLawfulDay(law, due, account.lease.frequency);
  return lawful > agreed ? lawful : agreed;
}

/** What the standing of the account is judged by. */
export const standingFacts = (account: Account): StandingFacts => ({
  lease: account.lease,
  state: account.state,
  today: account.today,
  pendingCents: pendingCents(account.book, account.lease.id),
  firstFeeDay: (charge) => firstFeeDayOf(account, charge.due),
});

/**
 * Posts late fees that stand by `through`. Money initiated before the first fee date holds the fee off, money that has not
 * settled included. `dated` is the day the entries carry; left out, each is dated by its rule. A paid charge is asked only
 * where `alsoPaid` says so.
 */
export function assessFees(
  account: Account,
  through: Day,
  dated?: Day,
  alsoPaid?: (charge: OpenCharge) => boolean,
): void {
  const { lease, property } = account;
  if (!lease.fees.late || resting(lease, account.state, through)) return;
  const law = lawOf(property.jurisdiction);
  for (const charge of account.state.charges) {
    if (
      !mayCarryFee(lease.fees, charge.type) ||
      charge.due > through ||
      (charge.openCents === 0 && !alsoPaid?.(charge)) ||
      isDisputedLine(account.state, charge) ||
      feesRest(charge, through) ||
      hadFee(account.state, charge) ||
      standsAhead(account.state, charge, through)
    )
      continue;
    const rests = restsOf(charge);
    const covers = clocked(rests, [...charge.covers, ...pendingCovers(account)]);
    const facts = (counted: Day) => ({
      charge: { ...charge, covers },
      today: counted,
      rentCents: rentOf(account, charge.key),
      frequency: lease.frequency,
      currency: property.currency,
      unitsInProperty: unitsIn(account.book, property.name),
    });
    const fee = assessFee(lease.fees, law, facts(feeDay(rests, through)));
    if (fee.verdict === 'none') continue;
    // Only time makes a fee grow: what was assessed once is not assessed again because the debt or its days look different now.
    const before =
      charge.feeCents > 0 && charge.feeOn
        ? most(assessFee(lease.fees, law, facts(feeDay(rests, charge.feeOn))).cents, charge.feeCents)
        : cents(0);
    const more = minus(fee.cents, before);
    if (more <= 0) continue;
    const accrues =
      fee.firstDay < feeDay(rests, through) && assessFee(lease.fees, law, facts(fee.firstDay)).cents < fee.cents;
    if (fee.verdict === 'propose')
      account.proposals.push(`${charge.key}: ${fee.why}${fee.note ? `. ${fee.note}` : ''}`);
    else postFee(account, charge.key, more, dated ?? (accrues ? through : calendarDay(rests, fee.firstDay)), fee.why);
  }
}

/** It was paid and forgotten, and its fee with it, before it reopened: what that fee came to is not known any more. */
const hadFee = ({ once }: LeaseState, charge: OpenCharge): boolean =>
  charge.feeCents === 0 && once.includes(firstFeeKey(charge.key));

/** Money that went to a plan before it was due there is as good as on this charge. */
const standsAhead = (state: LeaseState, charge: OpenCharge, through: Day): boolean => {
  const open = outsideOf(state, charge);
  return open > 0 && open === charge.openCents && paidAhead(state, through) >= open;
};

/** The first fee day of a charge, later by the days on which fees on it rested. */
const feeDayOf = (account: Account, charge: OpenCharge): Day =>
  calendarDay(restsOf(charge), firstFeeDayOf(account, charge.due));

function postFee(account: Account, about: Key, amountCents: Cents, day: Day, why: string): void {
  post(account, {
    ...entryBase(account),
    kind: 'charge',
    type: LATE_FEE,
    key: feeKey(account.state, about, day),
    amountCents,
    due: day,
    day,
    about,
    why,
  });
}

/** The first fee of a charge is named by the charge, the next by their days; one that was taken back keeps its name. */
function feeKey({ charges }: LeaseState, about: Key, day: Day): Key {
  const first = firstFeeKey(about);
  const known = (name: Key) => charges.some((charge) => charge.key === name);
  if (!known(first) && !charges.some((charge) => charge.key === about && charge.feeCents > 0)) return first;
  const dated = key(`${first}:${day}`);
  let name = dated;
  for (let again = 2; known(name); again++) name = key(`${dated}:${again}`);
  return name;
}

const pendingCovers = (account: Account) =>
  pendingOf(account.book, account.lease.id).map((row) => ({
    on: localDay(row.initiatedAt, account.property.zone),
    amountCents: row.amountCents,
    source: row.key,
  }));

function rentOf(account: Account, charge: Key): Cents {
  const period = account.state.periods.find((each) => each.charge === charge);
  if (!period) return account.lease.rentCents;
  return rateOn(termsOf(account.book, account.lease), RENT, period.from, period.rateCents);
}

/** Takes back a fee that the money, as it turns out, had come in time to avert. */
export function withdrawFees(account: Account): void {
  for (const charge of account.state.charges) {
    if (charge.feeCents <= 0 || !mayCarryFee(account.lease.fees, charge.type)) continue;
    const fees = account.state.charges.filter((fee) => fee.type === LATE_FEE && fee.about === charge.key);
    const firstDay = feeDayOf(account, charge);
    if (inTimeFor(account, charge, firstDay) < charge.totalCents) continue;
    for (const fee of fees) {
      // What a person waived of it, or what was taken back before, is not given twice.
      const amount = minus(fee.totalCents, fee.feeCents);
      if (amount <= 0) continue;
      const credit = {
        ...entryBase(account),
        kind: 'credit' as const,
        type: 'adjustment' as const,
        key: key(`void:${fee.key}`),
        amountCents: amount,
        items: [],
        day: account.today,
        about: fee.key,
        why: `The money for ${charge.key} was initiated before ${firstDay}: no late fee.`,
      };
      freeMoney(account, fee, minus(amount, fee.openCents), `${fee.key} is taken back`);
      post(account, spendCredit(account, credit));
    }
  }
}

/** What had been paid on a charge that is taken back becomes money ahead, and is spent again from its own day. */
export function freeMoney(account: Account, charge: OpenCharge, amount: Cents, cause: string): void {
  let left = amount;
  for (const cover of [...charge.covers].reverse()) {
    const part = least(left, cover.amountCents);
    if (part <= 0 || lowers(cover.source, charge.key)) continue;
    left = minus(left, part);
    post(account, {
      ...entryBase(account),
      kind: 'allocation',
      key: key(`free:${charge.key}:${cover.source}`),
      receipt: cover.source,
      items: [itemOf(charge, negate(part))],
      day: account.today,
      why: `${cause}: what ${cover.source} paid on it is free again.`,
    });
  }
}

/** Credits that make a charge come to less are named by it; what else lies on it is money that can lie elsewhere. */
export const lowers = (source: Key, charge: Key): boolean =>
  ['credit', 'adjust', 'void', 'undo'].some((name) => `${source}:`.startsWith(`${name}:${charge}:`));

/** Fees after money initiated on a day went back: also one that this money had averted on a charge that other money paid late. */
export function assessFeesAgain(account: Account, initiated: Day): void {
  assessFees(account, account.today, account.today, (charge) => {
    const firstDay = feeDayOf(account, charge);
    const takenBack = account.state.charges.some(
      (fee) => fee.type === LATE_FEE && fee.about === charge.key && fee.feeCents > 0,
    );
    return takenBack && initiated < firstDay && inTimeFor(account, charge, firstDay) < charge.totalCents;
  });
}

/**
 * Money initiated before a day that is on a charge, or lies on a fee or unspent only because later money had paid the charge
 * before this money was seen.
 */
function inTimeFor({ state }: Account, charge: OpenCharge, firstDay: Day): Cents {
  const fees = state.charges.filter((fee) => fee.type === LATE_FEE && fee.about === charge.key);
  const covers = [charge, ...fees].flatMap((each) => each.covers);
  const put = covers.filter((cover) => cover.on < firstDay).map((cover) => cover.amountCents);
  const ahead = state.unspent.filter((money) => money.kind === 'receipt' && money.on < firstDay);
  return sum([...put, ...ahead.map((money) => money.leftCents)]);
}

/** The fee for a returned payment, limited by law; a proposal until the terms are confirmed or the law is verified. */
export function postReturnFee(account: Account, receipt: Key, why: string): void {
  const { lease, property } = account;
  if (lease.fees.returnedCents <= 0) return;
  const law = lawOf(property.jurisdiction);
  const id = key(`return-fee:${receipt}`);
  if (account.state.once.includes(id)) return;
  if (!law?.verified && !lease.fees.confirmed) {
    account.proposals.push(`${id}: returned payment fee ${decimal(lease.fees.returnedCents, property.currency)}`);
    return;
  }
  const { cents: amountCents, limitedBy } = limitReturnedFee(law, lease.fees.returnedCents);
  if (amountCents <= 0) return;
  post(account, {
    ...entryBase(account),
    kind: 'charge',
    type: RETURN_FEE,
    key: id,
    amountCents,
    due: account.today,
    day: account.today,
    about: receipt,
    why: limitedBy ? `${why} Limited to ${decimal(amountCents, property.currency)} by ${limitedBy}.` : why,
  });
}

/** Money of a receipt taken back: first what is unspent, then from charges, last put first; the rest reopens a debt of its own. */
export function itemsTakenBack(
  account: Account,
  receipt: Key,
  amount: Cents,
  remembered: readonly Item[],
): readonly Item[] {
  const unspent = account.state.unspent.find((each) => each.source === receipt)?.leftCents ?? cents(0);
  const fromCharges = minus(amount, least(unspent, amount));
  const known = itemsOf(account.state, receipt);
  const first = takeBack(known, fromCharges);
  const older = remembered.filter((item) => !known.some((each) => each.charge === item.charge));
  const second = takeBack(older, first.leftCents);
  const items = [...first.items, ...second.items];
  if (second.leftCents === 0) return items;
  const lost: Item = {
    charge: key(`reversed:${receipt}`),
    amountCents: second.leftCents,
    due: account.today,
    type: 'reversed payment',
    ofCents: second.leftCents,
  };
  return [...items, lost];
}
