/** The escalation ladder: rungs as data, the newest that its conditions call for, never a burst, never down within one debt. */
import { LATE_FEE, type LeaseState, type OpenCharge, RETURN_FEE } from './book';
import { addDays, daysBetween } from './calendar';
import { least, minus, sum, ZERO } from './money';
import { instalmentsDue, isInstalment, missedFrom, nextInstalment, outside, paidAhead, runningPlan } from './plans';
import { isDisputedLine, isPromised } from './standing';
import { type Cents, type Day, type Key, key } from './values';

export interface Rung {
  readonly name: string;
  readonly days: number;
  /** `signed`: the day on which the lease was signed; such a rung is about no debt. */
  readonly from: 'due' | 'first fee' | 'signed';
  readonly minimumCents: Cents;
  readonly minimumUnpaid: number;
  /** Repeats every so many days; 0 is once. */
  readonly everyDays: number;
  /** At most so many times; 0 is without end. */
  readonly timesMax: number;
  /** `resident`: as the lease's Notify by says. */
  readonly channel: 'resident' | 'email' | 'sms' | 'both' | 'task';
  readonly template: string;
  readonly task: string;
  readonly release: boolean;
}

/** What a rung looks at: a charge that is unpaid, or the next one that will fall due. */
export interface Debt {
  readonly charge: Key;
  readonly due: Day;
  readonly firstFeeDay: Day;
  readonly openCents: Cents;
  /** The resident has promised to pay it by a day to come: tasks go on, and no reminder does. */
  readonly promised?: true;
}

export interface RungCall {
  readonly rung: Rung;
  readonly about: Key;
  /** The day for which it stands. */
  readonly on: Day;
  readonly time: number;
}

const FEES = [LATE_FEE, RETURN_FEE];

/**
 * The debts that rungs count from; fees alone start no ladder, and a line under dispute rests. While a plan runs, its instalments
 * stand in place of what it covers: those that are due and the next one, less money under way.
 */
export function debtsOf(
  state: LeaseState,
  today: Day,
  upcoming: Debt | undefined,
  firstFeeDay: (charge: OpenCharge) => Day,
  pendingCents: Cents = ZERO,
): readonly Debt[] {
  const open = outside(state, state.charges)
    .filter(
      (charge) =>
        charge.openCents > 0 && charge.due <= today && !FEES.includes(charge.type) && !isDisputedLine(state, charge),
    )
    .map((charge) => ({
      charge: charge.key,
      due: charge.due,
      firstFeeDay: firstFeeDay(charge),
      openCents: charge.openCents,
      ...(isPromised(state, charge, today) ? { promised: true as const } : {}),
    }));
  // Of debts due on the same day the last one counts: the deposit never speaks before the rent.
  open.sort((a, b) => Number(b.charge.startsWith('deposit:')) - Number(a.charge.startsWith('deposit:')));
  const debts = upcoming ? [...open, upcoming] : open;
  return runningPlan(state) ? planDebts(state, today, debts, pendingCents) : debts;
}

/** Money that went to the plan before its day is taken off the other debts, the oldest first. */
function planDebts(state: LeaseState, today: Day, others: readonly Debt[], pendingCents: Cents): readonly Debt[] {
  const plan = runningPlan(state);
  if (!plan) return others;
  let ahead = paidAhead(state, today);
  const left = [...others]
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    .flatMap((debt) => {
      const off = least(ahead, debt.openCents);
      ahead = minus(ahead, off);
      return off < debt.openCents ? [{ ...debt, openCents: minus(debt.openCents, off) }] : [];
    });
  const next = nextInstalment(state, today, pendingCents);
  const instalments = [...instalmentsDue(state, today, pendingCents), ...(next ? [next] : [])];
  const asDebt = ({ key: charge, due, openCents }: OpenCharge): Debt => ({
    charge,
    due,
    firstFeeDay: missedFrom(plan, due),
    openCents,
  });
  return [...left, ...instalments.map(asDebt)];
}

/**
 * The one rung that this run takes: the newest-dated one up to today whose conditions hold and which comes after the last
 * rung taken. Rungs missed in between are overtaken, so an outage ends in one message. What a plan had held back comes first
 * once it has ended without being paid.
 */
export function nextRung(
  ladder: readonly Rung[],
  debts: readonly Debt[],
  state: LeaseState,
  today: Day,
): RungCall | undefined {
  const isRunning = runningPlan(state) !== undefined;
  // What was said of instalments is no rung of the debt that stands again.
  const taken = state.rungs.filter((each) => isAboutDebt(each) && (isRunning || !isInstalment(each.about)));
  return (
    heldBack(ladder, debts, state, today) ?? newestAfter(lastOf(taken), callsOf(ladder, debts, debts, state, today))
  );
}

/** The rung at which the ladder stands for what a plan covered, as long as none was taken for it since. */
function heldBack(ladder: readonly Rung[], debts: readonly Debt[], state: LeaseState, today: Day) {
  const { plan } = state;
  if (!plan || (plan.state !== 'broken' && plan.state !== 'ended') || !plan.acceptedOn) return undefined;
  const covered = new Set<Key>(plan.parts.map((part) => part.charge));
  const own = debts.filter((debt) => covered.has(debt.charge));
  const calls = callsOf(ladder, own, debts, state, today).filter((call) => plan.closedOn && call.on <= plan.closedOn);
  return newestAfter(lastOf(state.rungs.filter((each) => covered.has(each.about))), calls);
}

const lastOf = (rungs: LeaseState['rungs']): Day | undefined =>
  rungs.reduce<Day | undefined>((newest, each) => (!newest || each.on > newest ? each.on : newest), undefined);

function newestAfter(last: Day | undefined, calls: readonly RungCall[]): RungCall | undefined {
  const best = calls.reduce<RungCall | undefined>(
    (newest, call) => (newest && call.on < newest.on ? newest : call),
    undefined,
  );
  return best && (!last || best.on > last) ? best : undefined;
}

/** Every rung that some debts call for; its conditions are asked of all that is owed. */
function callsOf(
  ladder: readonly Rung[],
  asking: readonly Debt[],
  debts: readonly Debt[],
  state: LeaseState,
  today: Day,
): readonly RungCall[] {
  const due = debts.filter((debt) => debt.due <= today);
  const unpaidCents = sum(due.map((debt) => debt.openCents));
  return asking.flatMap((debt) =>
    ladder.flatMap((rung) => {
      // A notice asks for the debt itself, which a plan that runs does not.
      const isHeld = (rung.release && isInstalment(debt.charge)) || (debt.promised && rung.channel !== 'task');
      const call = isHeld ? undefined : callOf(rung, debt, state, today);
      if (!call) return [];
      const upcoming = debt.due > today;
      const enough =
        (upcoming ? debt.openCents : unpaidCents) >= rung.minimumCents &&
        (upcoming ? 1 : due.length) >= rung.minimumUnpaid;
      return enough ? [call] : [];
    }),
  );
}

function callOf(rung: Rung, debt: Debt, state: LeaseState, today: Day): RungCall | undefined {
  if (rung.from === 'signed') return undefined;
  const first = addDays(rung.from === 'due' ? debt.due : debt.firstFeeDay, rung.days);
  // A reminder that money will fall due is for before; anything else waits until it has fallen due.
  if (debt.due > today ? rung.days >= 0 || rung.from !== 'due' : first < debt.due) return undefined;
  if (first > today) return undefined;
  const on = newestRepeat(rung, first, today);
  const taken = state.rungs.find((each) => each.rung === rung.name && each.about === debt.charge);
  if (taken && (rung.everyDays <= 0 || taken.on >= on)) return undefined;
  return { rung, about: debt.charge, on, time: (taken?.times ?? 0) + 1 };
}

/** A rung repeats on fixed days, at most so many; after an outage the newest of them stands, and those before are overtaken. */
function newestRepeat({ everyDays, timesMax }: Rung, first: Day, today: Day): Day {
  if (everyDays <= 0) return first;
  const repeats = Math.floor(daysBetween(first, today) / everyDays);
  return addDays(first, everyDays * (timesMax > 0 ? Math.min(repeats, timesMax - 1) : repeats));
}

const SIGNED = 'signed:';
/** False of what counts from the day of signature. */
export const isAboutDebt = ({ about }: { readonly about: Key }): boolean => !about.startsWith(SIGNED);

/** What is older is no news: a day of signature that somebody enters late starts nothing. */
const SIGNED_DAYS = 14;

/** The rungs that count from the day of signature and are due today, each once; none while that day is not known. */
export function signedRungs(
  ladder: readonly Rung[],
  lease: { readonly id: string; readonly signedOn?: Day },
  state: LeaseState,
  today: Day,
): readonly RungCall[] {
  const { signedOn } = lease;
  if (signedOn === undefined) return [];
  const about = key(`${SIGNED}${lease.id}:${signedOn}`);
  return ladder
    .filter((rung) => rung.from === 'signed')
    .map((rung): RungCall => ({ rung, about, on: addDays(signedOn, rung.days), time: 1 }))
    .filter(({ on }) => on <= today && daysBetween(on, today) <= SIGNED_DAYS)
    .filter(({ rung }) => !state.rungs.some((each) => each.rung === rung.name && each.about === about));
}

/** Ordered conditions of a delinquency state, worst last; thresholds are inclusive (days >= N), as Kill Bill's overdue states. */
export interface Condition {
  readonly ageDays?: number;
  readonly count?: number;
  readonly balanceCents?: Cents;
}

/** The worst state whose conditions all hold; undefined is clear. */
export function worstState<Name extends string>(
  states: readonly { readonly name: Name; readonly when: Condition }[],
  facts: { readonly ageDays?: number; readonly count: number; readonly balanceCents: Cents },
): Name | undefined {
  const holds = ({ when }: { when: Condition }) =>
    (when.ageDays === undefined || (facts.ageDays !== undefined && facts.ageDays >= when.ageDays)) &&
    (when.count === undefined || facts.count >= when.count) &&
    (when.balanceCents === undefined || facts.balanceCents >= when.balanceCents);
  return [...states].reverse().find(holds)?.name;
}
