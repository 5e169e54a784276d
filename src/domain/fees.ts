/** Late fees: what the agreed terms come to for one late charge, and what the law leaves of it. */
import { type FeePolicy, type FeeRule, type Frequency, LATE_FEE, type OpenCharge, RETURN_FEE } from './book';
import { addDays, daysBetween } from './calendar';
import { amountText, feeWords, firstFeeDay, percentText } from './fee-words';
import { citationOf, firstLawfulDay, type Law, type Limit, limit } from './law';
import { cents, fraction, minus, percent, sum, ZERO } from './money';
import type { Cents, Currency, Day } from './values';

export { firstFeeDay } from './fee-words';

/** What a fee rule is reckoned from, for one charge. */
export interface FeeFacts {
  readonly dueDay: Day;
  readonly firstFeeDay: Day;
  /** The last day that counts, itself included. */
  readonly today: Day;
  /** Rent of the whole period. */
  readonly rentCents: Cents;
  /** What was unpaid of the charge at the start of the first fee day: the base of a percent of balance. */
  readonly openCents: Cents;
}

/**
 * The fee owed in all by `facts.today`, with neither cap nor law; nothing before the first fee day. Amounts are rounded
 * half up once. It never falls as days pass: of tiers, the highest that was reached counts.
 */
export function feeOwed(rule: FeeRule, facts: FeeFacts): Cents {
  if (facts.today < facts.firstFeeDay) return ZERO;
  switch (rule.kind) {
    case 'flat':
      return rule.amountCents;
    case 'percent':
      return percent(baseOf(rule.of, facts), rule.basisPoints);
    case 'daily':
      return cents(rule.amountCents * feeDays(facts));
    case 'daily percent':
      return fraction(baseOf(rule.of, facts), rule.basisPoints * feeDays(facts), 10_000);
    case 'yearly percent':
      return fraction(baseOf(rule.of, facts), rule.basisPoints * feeDays(facts), 10_000 * YEAR_DAYS);
    case 'greater':
      return cents(Math.max(...rule.rules.map((each) => feeOwed(each, facts))));
    case 'lesser':
      return cents(Math.min(...rule.rules.map((each) => feeOwed(each, facts))));
    case 'sum':
      return sum(rule.rules.map((each) => feeOwed(each, facts)));
    case 'tiers':
      return highestTier(rule.tiers, facts)?.owedCents ?? ZERO;
  }
}

const YEAR_DAYS = 365;
const baseOf = (of: 'rent' | 'balance', facts: FeeFacts): Cents => (of === 'rent' ? facts.rentCents : facts.openCents);
/** Days from the first fee day through today. */
const feeDays = (facts: FeeFacts): number => daysBetween(facts.firstFeeDay, facts.today) + 1;

type Tiers = Extract<FeeRule, { kind: 'tiers' }>['tiers'];

interface ReachedTier {
  readonly rule: FeeRule;
  readonly facts: FeeFacts;
  readonly owedCents: Cents;
}

/** A tier's own daily amounts count from the day on which the tier begins. */
function highestTier(tiers: Tiers, facts: FeeFacts): ReachedTier | undefined {
  return tiers
    .map(({ fromDaysLate, rule }) => {
      const begins = addDays(facts.dueDay, fromDaysLate);
      const own = begins > facts.firstFeeDay ? { ...facts, firstFeeDay: begins } : facts;
      return { rule, facts: own, owedCents: feeOwed(rule, own) };
    })
    .filter((tier) => tier.facts.firstFeeDay <= facts.today)
    .reduce<ReachedTier | undefined>(
      (best, tier) => (best && best.owedCents > tier.owedCents ? best : tier),
      undefined,
    );
}

/** The arithmetic of {@link feeOwed} in words: `5% of rent 1,200.00 = 60.00`. */
export function feeArithmetic(rule: FeeRule, facts: FeeFacts, currency: Currency): string {
  const money = (amount: Cents): string => amountText(amount, currency);
  const total = money(feeOwed(rule, facts));
  const parts = (rules: readonly FeeRule[]): string[] =>
    rules.map((each) => `(${feeArithmetic(each, facts, currency)})`);
  switch (rule.kind) {
    case 'flat':
      return total;
    case 'percent':
      return `${percentText(rule.basisPoints)} of ${rule.of} ${money(baseOf(rule.of, facts))} = ${total}`;
    case 'daily':
      return `${money(rule.amountCents)} a day x ${daysText(feeDays(facts))} = ${total}`;
    case 'daily percent':
    case 'yearly percent': {
      const base = `${percentText(rule.basisPoints)} of ${rule.of} ${money(baseOf(rule.of, facts))}`;
      return `${base} a ${rule.kind === 'daily percent' ? 'day' : 'year'} x ${daysText(feeDays(facts))} = ${total}`;
    }
    case 'greater':
    case 'lesser':
      return `${rule.kind} of ${parts(rule.rules).join(' and ')} = ${total}`;
    case 'sum':
      return `${parts(rule.rules).join(' + ')} = ${total}`;
    case 'tiers': {
      const tier = highestTier(rule.tiers, facts);
      const late = `${daysText(daysBetween(facts.dueDay, facts.today))} late`;
      return tier ? `${late}: ${feeArithmetic(tier.rule, tier.facts, currency)}` : `${late}: ${total}`;
    }
  }
}

const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

// ---------------------------------------------------------------- one charge, the lease's terms and the law

/** Whether a charge of this type may carry a late fee at all. A fee never carries a fee, whatever the policy says. */
export const mayCarryFee = (policy: FeePolicy, type: string): boolean =>
  type !== LATE_FEE && type !== RETURN_FEE && policy.appliesTo.includes(type);

/** One charge as the ledger has it, and what the rules ask of its lease and property. */
export interface ChargeFacts {
  /** `covers` may include money on its way: it stops the fee from the civil day on which it was initiated. */
  readonly charge: Pick<OpenCharge, 'due' | 'totalCents' | 'covers'>;
  readonly today: Day;
  /** Rent of the whole period, even where the charge is a part of it. */
  readonly rentCents: Cents;
  readonly frequency: Frequency;
  readonly currency: Currency;
  readonly unitsInProperty?: number;
  /** The central bank's rate in basis points, given by a person; only yearly-interest laws ask for it. */
  readonly baseRateBasisPoints?: number;
}

export interface Assessment {
  /** The total that should stand for this charge by today; what was assessed before is part of it. */
  readonly cents: Cents;
  /** The arithmetic and what limited it, or why there is no fee. */
  readonly why: string;
  readonly firstDay: Day;
  /** `post`: it may be charged. `propose`: a person decides. */
  readonly verdict: 'post' | 'propose' | 'none';
  /** What a person should know or do. */
  readonly note?: string;
}

/**
 * The late fee that should stand for one charge. A verified law always limits; an unverified one limits what is
 * proposed until a person has confirmed the property's fee terms. The later of the two first fee days holds. Whether
 * the charge's type carries fees is asked before, with {@link mayCarryFee}; what was assessed already is the caller's
 * to subtract.
 */
export function assessFee(policy: FeePolicy, law: Law | undefined, facts: ChargeFacts): Assessment {
  const { due } = facts.charge;
  const agreedDay = firstFeeDay(due, policy.grace);
  if (!policy.late) return noFee(agreedDay, 'no late fee is agreed');
  const binding = law && (law.verified || !policy.confirmed) ? law : undefined;
  if (binding?.cap.kind === 'prohibited') {
    return noFee(agreedDay, `late fees are prohibited by ${citationOf(binding)}`, binding.note);
  }
  const lawfulDay = binding ? firstLawfulDay(binding, due, facts.frequency) : agreedDay;
  const lawIsLater = lawfulDay > agreedDay;
  const firstDay = lawIsLater ? lawfulDay : agreedDay;
  if (facts.today < firstDay) {
    const by = binding && lawIsLater ? ` by ${citationOf(binding)}` : '';
    return noFee(firstDay, `the first fee day is ${firstDay}${by}`);
  }
  const openCents = unpaidAtStartOf(firstDay, facts.charge);
  const leastCents = Math.max(1, policy.minimumCents);
  if (openCents < leastCents) return noFee(firstDay, unpaidWords(openCents, policy, facts.currency));
  const today = lastFeeDay(facts, leastCents);
  const feeFacts = { dueDay: due, firstFeeDay: firstDay, today, rentCents: facts.rentCents, openCents };
  const allowed = binding && limit(binding, { ...feeFacts, ...lawFacts(facts, today), fee: policy.late });
  const { total, why } = limited(policy.late, policy.cap, allowed, feeFacts, facts.currency);
  if (total === 0) return noFee(firstDay, why, allowed?.note);
  return { cents: total, why, firstDay, ...verdictOf(policy, law, allowed) };
}

const noFee = (firstDay: Day, why: string, note?: string): Assessment => ({
  cents: ZERO,
  why,
  firstDay,
  verdict: 'none',
  ...(note === undefined ? {} : { note }),
});

function unpaidWords(openCents: Cents, policy: FeePolicy, currency: Currency): string {
  if (openCents <= 0) return 'paid before the first fee day';
  const [open, least] = [amountText(openCents, currency), amountText(policy.minimumCents, currency)];
  return `unpaid ${open} is below the minimum of ${least}`;
}

/** Money initiated on a day counts from the next one: a payment on the first fee day itself comes too late. */
function unpaidAtStartOf(on: Day, charge: ChargeFacts['charge']): Cents {
  return minus(
    charge.totalCents,
    sum(charge.covers.filter((cover) => cover.on < on).map((cover) => cover.amountCents)),
  );
}

/** Today, or the day of the payment that brought the charge below the amount from which fees run. */
function lastFeeDay(facts: ChargeFacts, leastCents: number): Day {
  const days = facts.charge.covers.map((cover) => cover.on).filter((on) => on < facts.today);
  const ended = days.sort().find((on) => unpaidAtStartOf(addDays(on, 1), facts.charge) < leastCents);
  return ended ?? facts.today;
}

function lawFacts(facts: ChargeFacts, today: Day) {
  const { charge, frequency, currency, unitsInProperty, baseRateBasisPoints } = facts;
  const overdueCentDays = centDays(charge, today);
  return {
    due: charge.due,
    overdueCentDays,
    frequency,
    currency,
    ...(unitsInProperty === undefined ? {} : { unitsInProperty }),
    ...(baseRateBasisPoints === undefined ? {} : { baseRateBasisPoints }),
  };
}

/** Unpaid cents at the end of each day after the due date through `today`, added up. */
function centDays(charge: ChargeFacts['charge'], today: Day): number {
  const firstDay = addDays(charge.due, 1);
  const mostDays = daysBetween(firstDay, today) + 1;
  const daysFrom = (on: Day): number => Math.max(0, Math.min(mostDays, daysBetween(on, today) + 1));
  const paid = charge.covers.reduce((total, cover) => total + cover.amountCents * daysFrom(cover.on), 0);
  return Math.max(0, charge.totalCents * daysFrom(firstDay) - paid);
}

/** The agreed fee, then the lease's cap, then the law's. */
function limited(
  late: FeeRule,
  cap: FeeRule | undefined,
  allowed: Limit | undefined,
  facts: FeeFacts,
  currency: Currency,
): { total: Cents; why: string } {
  let total = feeOwed(late, facts);
  let why = feeArithmetic(late, facts, currency);
  const capCents = cap ? feeOwed(cap, facts) : total;
  if (capCents < total) {
    total = capCents;
    why += `; limited to ${amountText(total, currency)} by the agreed cap (${feeWords(cap, currency)})`;
  }
  if (allowed?.capCents !== undefined && allowed.capCents < total) {
    total = allowed.capCents;
    why += `; limited to ${amountText(total, currency)} by ${allowed.citation}`;
  }
  return { total, why };
}

const CONFIRM = 'Look at the fee terms of the property and confirm them.';
const ASK_PLACE =
  'Which law limits late fees here is not known. Say the jurisdiction of the property, or confirm its fee terms.';

type Verdict = Pick<Assessment, 'verdict' | 'note'>;

/** A figure that the law needs, or a rule that nobody verified, makes a fee a proposal; "reasonable" posts with a note. */
function verdictOf(policy: FeePolicy, law: Law | undefined, allowed: Limit | undefined): Verdict {
  if (!law && !policy.confirmed) return { verdict: 'propose', note: ASK_PLACE };
  if (!law) return { verdict: 'post', note: 'No law is known for this property; charged on the confirmed terms.' };
  const about = `${law.jurisdiction}, ${citationOf(law)}`;
  if (!law.verified && policy.confirmed) {
    return { verdict: 'post', note: `The rule of ${about} is not verified; charged on the confirmed terms.` };
  }
  const said = allowed?.note === undefined ? '' : `${about}: ${allowed.note}.`;
  if (!law.verified) {
    const missing = allowed?.note === undefined ? '' : ` Moreover, ${allowed.note}.`;
    return { verdict: 'propose', note: `The rule of ${about} is not verified.${missing} ${CONFIRM}` };
  }
  if (allowed?.needs === 'figure') return { verdict: 'propose', note: said };
  return said === '' ? { verdict: 'post' } : { verdict: 'post', note: said };
}
