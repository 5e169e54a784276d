/** The fold: a lease's open items, derived from its journal and from nothing else. */
import {
  type Cover,
  DEPOSIT,
  type Entry,
  effectCents,
  type Item,
  LATE_FEE,
  type LeaseState,
  type OpenCharge,
  type Unspent,
} from './book';
import { addDays, daysBetween } from './calendar';
import { depositLine, periodCharged, periodCredited } from './charged-periods';
import { cents, minus, plus, sum, ZERO } from './money';
import { planStepped } from './plan-steps';
import { livePlan } from './plans';
import { assert, type Cents, type Day, type Key, key, type LeaseId } from './values';

/** Paid charges are kept this long after they were due and paid: bank returns come within 60 days, disputes within about 120. */
const PAID_KEPT_DAYS = 120;

export function emptyState(lease: LeaseId): LeaseState {
  return {
    lease,
    balanceCents: ZERO,
    charges: [],
    unspent: [],
    depositHeldCents: ZERO,
    periods: [],
    once: [],
    rungs: [],
    released: [],
    disputed: [],
    pauses: [],
  };
}

/** Folds entries of one lease, in journal order, onto its state. */
export const foldAll = (state: LeaseState, entries: readonly Entry[]): LeaseState => entries.reduce(fold, state);

/** The state after one more entry. */
export function fold(state: LeaseState, entry: Entry): LeaseState {
  const next = { ...state, balanceCents: plus(state.balanceCents, effectCents(entry)) };
  switch (entry.kind) {
    case 'charge':
      return charged(next, entry);
    case 'receipt':
      return paid(next, entry.receipt, 'receipt', entry.day, entry.amountCents, entry.items);
    case 'credit':
      return credited(next, entry);
    case 'reversal': {
      const back = feeCountsAgain(unpaid(next, entry.receipt, entry.amountCents, entry.items), entry);
      return entry.reason === 'disputed'
        ? { ...back, disputed: withKey(back.disputed, entry.receipt) }
        : settleDispute(back, entry.receipt, entry.reason);
    }
    case 'reinstatement':
      return {
        ...paid(next, entry.receipt, 'receipt', entry.from, entry.amountCents, entry.items),
        disputed: without(next.disputed, entry.receipt),
      };
    case 'allocation':
      return moved(next, entry.receipt, entry.day, entry.items);
    case 'due':
      return {
        ...next,
        charges: next.charges.map((each) => (each.key === entry.about ? fallsDue(each, entry.due) : each)),
      };
    case 'deposit':
      return deposited(next, entry);
    case 'rung':
      return { ...next, rungs: reached(next, entry.rung, entry.about, entry.day) };
    case 'release':
      return { ...next, released: [...next.released, `${entry.rung}|${entry.about}`] };
    case 'pause':
      return { ...next, pauses: paused(next, entry) };
    case 'plan':
      return planStepped(next, entry);
  }
}

function charged(state: LeaseState, entry: Entry & { kind: 'charge' }): LeaseState {
  const charge: OpenCharge = {
    key: entry.key,
    type: entry.type,
    due: entry.due,
    totalCents: entry.amountCents,
    openCents: entry.amountCents,
    about: entry.about,
    covers: [],
    feeCents: ZERO,
  };
  const withCharge = { ...state, charges: [...state.charges, charge] };
  if (entry.type === LATE_FEE && entry.about && !isLateFee(state, entry.about))
    return { ...withCharge, charges: feeAssessed(withCharge.charges, entry.about, entry.amountCents, entry.day) };
  if (entry.from && entry.until)
    return {
      ...withCharge,
      periods: periodCharged(
        withCharge.periods,
        entry.type,
        entry.key,
        entry.from,
        entry.until,
        entry.rateCents ?? entry.amountCents,
        entry.amountCents,
        entry.about,
      ),
    };
  if (entry.type === DEPOSIT)
    return { ...withCharge, periods: [...withCharge.periods, depositLine(entry.key, entry.due, entry.amountCents)] };
  return { ...withCharge, once: [...withCharge.once, entry.key] };
}

/** A fee that a person raised is a charge of its own about the fee, and no fee on a fee. */
const isLateFee = (state: LeaseState, charge: Key): boolean =>
  state.charges.some((each) => each.key === charge && each.type === LATE_FEE);

function feeAssessed(charges: readonly OpenCharge[], about: Key, fee: Cents, on: Day): readonly OpenCharge[] {
  return charges.map((charge) =>
    charge.key === about
      ? {
          ...charge,
          feeCents: plus(charge.feeCents, fee),
          feeOn: !charge.feeOn || on > charge.feeOn ? on : charge.feeOn,
        }
      : charge,
  );
}

function credited(state: LeaseState, entry: Entry & { kind: 'credit' }): LeaseState {
  const paidBy = paid(state, entry.key, 'credit', entry.day, entry.amountCents, entry.items);
  const periods =
    entry.from && entry.until ? periodCredited(paidBy.periods, entry, entry.from, entry.until) : paidBy.periods;
  const charges = feeLowered(paidBy.charges, entry);
  const once = entry.type === 'concession' && !entry.from ? [...paidBy.once, entry.key] : paidBy.once;
  return { ...paidBy, periods, charges, once };
}

/**
 * A late fee remembers what of it was waived or taken back. One that was taken back, because the money had come in time
 * after all, may be assessed again if that money bounces; one that a person waived may not.
 */
function feeLowered(charges: readonly OpenCharge[], { type, about, amountCents }: Entry & { kind: 'credit' }) {
  if (type !== 'adjustment' && type !== 'waiver') return charges;
  const fee = charges.find((charge) => charge.key === about && charge.type === LATE_FEE);
  if (!fee) return charges;
  return charges.map((charge) => {
    if (charge.key === fee.key) return { ...charge, feeCents: plus(charge.feeCents, amountCents) };
    if (type === 'waiver' || charge.key !== fee.about) return charge;
    return { ...charge, feeCents: minus(charge.feeCents, amountCents) };
  });
}

/** The opposite of {@link feeLowered}, for a credit on a late fee that is taken back. */
function feeCountsAgain(state: LeaseState, { reason, items }: Entry & { kind: 'reversal' }): LeaseState {
  if (reason !== 'waiver undone' && reason !== 'adjustment undone') return state;
  const charges = items
    .filter((item) => item.type === LATE_FEE)
    .reduce<LeaseState['charges']>((all, item) => {
      const fee = all.find((charge) => charge.key === item.charge);
      return all.map((charge) => {
        if (charge === fee) return { ...charge, feeCents: minus(charge.feeCents, item.amountCents) };
        if (reason === 'waiver undone' || charge.key !== fee?.about) return charge;
        return { ...charge, feeCents: plus(charge.feeCents, item.amountCents) };
      });
    }, state.charges);
  return { ...state, charges };
}

/** A fee for so many days late stays a fee for so many days late: it is neither charged again nor forgotten. */
function fallsDue(charge: OpenCharge, due: Day): OpenCharge {
  if (!charge.feeOn) return { ...charge, due };
  return { ...charge, due, feeOn: addDays(charge.feeOn, daysBetween(charge.due, due)) };
}

function paid(
  state: LeaseState,
  source: Key,
  kind: Unspent['kind'],
  on: Day,
  amount: Cents,
  items: readonly Item[],
): LeaseState {
  const spent = sum(items.map((item) => item.amountCents));
  const left = minus(amount, spent);
  assert(left >= 0, `${source} pays more than it is`);
  const before = state.unspent.find((each) => each.source === source);
  const others = before ? state.unspent.filter((each) => each !== before) : state.unspent;
  const leftNow = plus(left, before?.leftCents ?? ZERO);
  const unspent = leftNow > 0 ? [...others, { source, kind, on: before?.on ?? on, leftCents: leftNow }] : others;
  return { ...put(state, source, on, items, kind), unspent };
}

/** Puts money on charges; a negative amount takes it off again. */
function put(
  state: LeaseState,
  source: Key,
  on: Day,
  items: readonly Item[],
  kind: Unspent['kind'] = 'receipt',
): LeaseState {
  if (items.length === 0) return state;
  const charges = [...state.charges];
  let held = state.depositHeldCents;
  for (const item of items) {
    const at = charges.findIndex((charge) => charge.key === item.charge);
    const charge = charges[at] ?? forgotten(item);
    const open = minus(charge.openCents, item.amountCents);
    assert(open >= 0 && open <= charge.totalCents, `${item.charge} would be paid beyond its amount by ${source}`);
    const cover: Cover = { on, amountCents: item.amountCents, source, ...(kind === 'credit' ? { credit: true } : {}) };
    // What reopens falls due when it did, also where its due day was moved and it was forgotten since.
    const due = charge.openCents === 0 && item.amountCents < 0 ? item.due : charge.due;
    const changed = { ...charge, due, openCents: open, covers: covered(charge.covers, cover) };
    if (at < 0) charges.push(changed);
    else charges[at] = changed;
    if (item.type === DEPOSIT) held = plus(held, item.amountCents);
  }
  return { ...state, charges, depositHeldCents: held };
}

/** A charge that was paid and forgotten, as the item that now reopens it remembers it. */
function forgotten(item: Item): OpenCharge {
  return {
    key: item.charge,
    type: item.type,
    due: item.due,
    totalCents: item.ofCents,
    openCents: ZERO,
    covers: [],
    feeCents: ZERO,
  };
}

function covered(covers: OpenCharge['covers'], more: Cover): OpenCharge['covers'] {
  const mine = covers.find((cover) => cover.source === more.source);
  const others = mine ? covers.filter((cover) => cover !== mine) : covers;
  const now = cents((mine?.amountCents ?? 0) + more.amountCents);
  return now > 0 ? [...others, { ...more, on: mine?.on ?? more.on, amountCents: now }] : others;
}

function unpaid(state: LeaseState, source: Key, amount: Cents, items: readonly Item[]): LeaseState {
  const fromCharges = sum(items.map((item) => item.amountCents));
  const fromUnspent = minus(amount, fromCharges);
  const unspent = state.unspent
    .map((each) => (each.source === source ? { ...each, leftCents: minus(each.leftCents, fromUnspent) } : each))
    .filter((each) => each.leftCents !== 0);
  const taken = items.map((item) => ({ ...item, amountCents: cents(-item.amountCents) }));
  return { ...put(state, source, '' as Day, taken), unspent };
}

function moved(state: LeaseState, source: Key, on: Day, items: readonly Item[]): LeaseState {
  const net = sum(items.map((item) => item.amountCents));
  const before = state.unspent.find((each) => each.source === source);
  const left = cents((before?.leftCents ?? 0) - net);
  assert(left >= 0, `${source} has not that much unspent`);
  // Moved money keeps the day on which it was initiated, wherever it lay.
  const lay = state.charges.flatMap((charge) => charge.covers).find((cover) => cover.source === source);
  const since = before?.on ?? lay?.on ?? on;
  const kind = before?.kind ?? (lay?.credit ? 'credit' : 'receipt');
  const others = state.unspent.filter((each) => each.source !== source);
  const unspent: readonly Unspent[] = left > 0 ? [...others, { source, kind, on: since, leftCents: left }] : others;
  return { ...put(state, source, since, items, kind), unspent };
}

function deposited(state: LeaseState, entry: Entry & { kind: 'deposit' }): LeaseState {
  const sign = entry.type === 'refunded' || entry.type === 'withheld' ? -1 : 1;
  const held = cents(state.depositHeldCents + sign * entry.amountCents);
  const periods =
    entry.type === 'opening' ? [...state.periods, depositLine(entry.key, entry.day, entry.amountCents)] : state.periods;
  return { ...state, depositHeldCents: held, periods };
}

function reached(state: LeaseState, rung: string, about: Key, on: Day): LeaseState['rungs'] {
  const times =
    state.rungs
      .filter((each) => each.rung === rung && each.about === about)
      .reduce((all, each) => Math.max(all, each.times), 0) + 1;
  return [...state.rungs.filter((each) => each.rung !== rung || each.about !== about), { rung, about, on, times }];
}

function paused(state: LeaseState, entry: Entry & { kind: 'pause' }): LeaseState['pauses'] {
  const others = state.pauses.filter((pause) => pause.type !== entry.type || pause.about !== entry.about);
  if (!entry.begins) return others;
  const dated = entry.until ? { until: entry.until, since: entry.day } : {};
  return [...others, { type: entry.type, about: entry.about, ...dated }];
}

const settleDispute = (state: LeaseState, receipt: Key, reason: string): LeaseState =>
  reason === 'dispute lost' ? { ...state, disputed: without(state.disputed, receipt) } : state;
const withKey = (keys: readonly Key[], one: Key) => (keys.includes(one) ? keys : [...keys, one]);
const without = (keys: readonly Key[], one: Key) => keys.filter((each) => each !== one);

/** What a receipt's money pays at present, oldest put first. */
export function itemsOf(state: LeaseState, source: Key): readonly Item[] {
  return state.charges.flatMap((charge) =>
    charge.covers
      .filter((cover) => cover.source === source)
      .map((cover) => ({
        charge: charge.key,
        amountCents: cover.amountCents,
        due: charge.due,
        type: charge.type,
        ofCents: charge.totalCents,
      })),
  );
}

/** Forgets what no rule will ask for again, so that Openings do not grow with history. Open items are never forgotten. */
export function prune(state: LeaseState, today: Day): LeaseState {
  const cutoff = addDays(today, -PAID_KEPT_DAYS);
  const covered = new Set(livePlan(state)?.parts.map((part) => part.charge));
  const mayReopen = (charge: OpenCharge) =>
    charge.due > cutoff || covered.has(charge.key) || charge.covers.some((cover) => cover.on > cutoff);
  const charges = state.charges.filter((charge) => charge.openCents > 0 || mayReopen(charge));
  const isOld = state.plan?.closedOn !== undefined && state.plan.closedOn <= cutoff;
  if (charges.length === state.charges.length && state.rungs.length === 0 && !isOld) return state;
  const known = new Set(charges.map((charge) => charge.key));
  const last = state.rungs.reduce((newest, each) => (each.on > newest ? each.on : newest), '' as Day);
  // The newest stays: a debt that is owed again years later does not climb from it downwards.
  const rungs = state.rungs.filter((each) => known.has(each.about) || each.on > cutoff || each.on === last);
  const { plan, ...others } = state;
  return {
    ...others,
    ...(plan && !isOld ? { plan } : {}),
    charges,
    once: withFees(state, known),
    rungs,
    released: state.released.filter((each) => known.has(each.slice(each.indexOf('|') + 1) as Key)),
  };
}

/** Of late fees that are forgotten their first name stays: a charge that reopens has had its fee. */
function withFees({ charges, once }: LeaseState, known: ReadonlySet<Key>): LeaseState['once'] {
  const names = charges.flatMap(({ key: id, type, about }) =>
    type === LATE_FEE && about && !known.has(id) ? [firstFeeKey(about)] : [],
  );
  return names.reduce(withKey, once);
}

/** The name of the first late fee on a charge. */
export const firstFeeKey = (about: Key): Key => key(`fee:${about}`);

/** What two ways of arriving at a lease's state must agree on: {@link prune} may forget paid charges, nothing else. */
export function canonical(state: LeaseState): string {
  const charges = state.charges
    .filter((charge) => charge.openCents > 0)
    .map((charge) => [charge.key, charge.type, charge.due, charge.totalCents, charge.openCents]);
  const unspent = state.unspent.map((each) => [each.source, each.leftCents]);
  const plan = livePlan(state);
  const byKey = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  return JSON.stringify([
    state.lease,
    state.balanceCents,
    charges.sort(byKey),
    unspent.sort(byKey),
    state.depositHeldCents,
    state.periods,
    state.disputed,
    ...(plan ? [[plan.key, plan.state, plan.missed]] : []),
  ]);
}

/** Law: balance = unpaid charges less unspent money. Returns what is wrong, or undefined. */
export function imbalance(state: LeaseState): string | undefined {
  const open = sum(state.charges.map((charge) => charge.openCents));
  const left = sum(state.unspent.map((each) => each.leftCents));
  return open - left === state.balanceCents
    ? undefined
    : `${state.lease}: balance ${state.balanceCents} but open charges ${open} less unspent ${left}`;
}
