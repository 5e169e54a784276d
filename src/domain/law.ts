/** What the law of a place allows: the first lawful fee day, the most it allows, and whether a person must look. */
import type { FeeRule, Frequency } from './book';
import { addBusinessDays, addDays, dateOf, daysBetween, isWeekend, monthlyAnchor, monthOf, yearOf } from './calendar';
import { amountText, listWords, percentText } from './fee-words';
import { type Cap, LAWS, type Law, type LawGrace } from './law-rules';
import { cents, least, most, plus, ZERO } from './money';
import { once } from './once';
import { type Cents, type Currency, type Day, never, currency as toCurrency } from './values';

export type { Law } from './law-rules';

/** What a limit depends on, for one late charge. */
export interface LawFacts {
  readonly due: Day;
  /** The last day for which a fee is asked. */
  readonly today: Day;
  /** Rent of the whole period. For rents that are not monthly this is below a month's rent: the milder figure. */
  readonly rentCents: Cents;
  /** What was unpaid of the charge at the start of the first fee day: the law's amount past due. */
  readonly openCents: Cents;
  /** The unpaid cents of each day after the due date through today, added up: the base of yearly interest. */
  readonly overdueCentDays: number;
  readonly frequency: Frequency;
  readonly currency: Currency;
  /** The fee that is agreed; some laws allow one method among several. */
  readonly fee?: FeeRule;
  /** Undefined where nobody has said; the stricter figure is then taken. */
  readonly unitsInProperty?: number;
  /** The central bank's rate in basis points, given by a person. */
  readonly baseRateBasisPoints?: number;
}

export interface Limit {
  /** The most in all for the charge by today; undefined where the law has no figure or one is missing. */
  readonly capCents?: Cents;
  readonly firstDay: Day;
  readonly prohibited: boolean;
  readonly citation: string;
  /** `confirmation`: a person judges, once. `figure`: no fee can be checked until a figure is given. */
  readonly needs?: 'confirmation' | 'figure';
  readonly note?: string;
}

/** Years of 365 days: the only year length that the pack's interest rules have been read with. */
const YEAR_DAYS = 365;

const keyOf = (jurisdiction: string): string => segmentsOf(jurisdiction).join('-');
const byKey = once(() => new Map<string, Law>(LAWS.map((law) => [keyOf(law.jurisdiction), law])));
const countries = once(() => [...new Set(LAWS.map((law) => segmentsOf(law.jurisdiction)[0] ?? ''))]);
/** Rules found so far, by the words asked with: a run asks the same few for every charge. */
const found = new Map<string, Law | undefined>();

/** Country, region, place in capitals. `GB` is `UK`; a place of two words is one segment. */
function segmentsOf(jurisdiction: string): string[] {
  const [country, region, ...place] = jurisdiction
    .trim()
    .toUpperCase()
    .split(/[\s_-]+/)
    .filter((part) => part !== '');
  const segments = [country === 'GB' ? 'UK' : country, region, place.join('')];
  return segments.filter((segment): segment is string => segment !== undefined && segment !== '');
}

/**
 * The rule of a jurisdiction: `US-TX` in any case, `TX` where no other country of the pack has that region. A place
 * that has no rule of its own has its region's. Undefined for an empty, unknown or ambiguous code (`CA` is
 * a country here).
 */
export function lawOf(jurisdiction: string): Law | undefined {
  if (!found.has(jurisdiction)) found.set(jurisdiction, lookedUp(jurisdiction));
  return found.get(jurisdiction);
}

/** The jurisdictions that have a rule, in the order of their codes. */
export const codesOnFile = (): readonly string[] => LAWS.map((law) => law.jurisdiction).sort();

function lookedUp(jurisdiction: string): Law | undefined {
  const segments = segmentsOf(jurisdiction);
  const known = countries().includes(segments[0] ?? '');
  const readings = known ? [segments] : countries().map((country) => segmentsOf([country, ...segments].join('-')));
  const laws = readings
    .map((reading) => byKey().get(reading.join('-')) ?? byKey().get(reading.slice(0, 2).join('-')))
    .filter((law): law is Law => law !== undefined);
  return laws.length === 1 ? laws[0] : undefined;
}

/** The first day on which the law lets a late fee be charged. Legal holidays are not known here. */
export function firstLawfulDay(law: Law, due: Day, frequency: Frequency): Day {
  const grace: LawGrace = law.grace;
  switch (grace.kind) {
    case 'lateness':
      return addDays(due, frequency === 'weekly' ? (grace.weeklyDays ?? grace.days) : grace.days);
    case 'weekend moves': {
      const lastFree = addDays(due, grace.freeDays);
      return addDays(isWeekend(lastFree) ? addBusinessDays(lastFree, 1) : lastFree, 1);
    }
    case 'business days':
      return addDays(addBusinessDays(due, grace.freeDays), 1);
  }
}

/** What a law allows for one late charge by `facts.today`, whether or not the rule is verified. */
export function limit(law: Law, facts: LawFacts): Limit {
  const firstDay = firstLawfulDay(law, facts.due, facts.frequency);
  const base = { firstDay, citation: citationOf(law), prohibited: law.cap.kind === 'prohibited' };
  if (base.prohibited || facts.today < firstDay) return { ...base, capCents: ZERO };
  if (law.currency !== facts.currency) {
    const note = `the rule of ${law.jurisdiction} counts in ${law.currency}, this property in ${facts.currency}`;
    return { ...base, needs: 'figure', note };
  }
  return { ...base, ...figureOf(law.cap, facts, firstDay) };
}

/** The citation, or the jurisdiction where none is known. */
export const citationOf = (law: Law): string => law.citation || law.jurisdiction;

type Figure = Pick<Limit, 'capCents' | 'needs' | 'note'>;

function figureOf(cap: Cap, facts: LawFacts, firstDay: Day): Figure {
  switch (cap.kind) {
    case 'flat':
      return { capCents: cents(cap.amountCents) };
    case 'percent':
      return { capCents: wholeCents(baseOf(cap.of, facts), cap.basisPoints, 10_000) };
    case 'percent a month': {
      const months = Math.ceil(daysBetween(facts.due, facts.today) / 30);
      return { capCents: wholeCents(baseOf(cap.of, facts), cap.basisPoints * months, 10_000) };
    }
    case 'base and percent above': {
      const above = most(cents(facts.rentCents - cap.aboveRentCents), ZERO);
      return { capCents: plus(cents(cap.baseCents), wholeCents(above, cap.basisPoints, 10_000)) };
    }
    case 'daily': {
      const days = daysBetween(cap.counts === 'from due day' ? facts.due : firstDay, facts.today) + 1;
      return { capCents: cents(Math.min(cap.maxCents, cap.firstCents + cap.afterCents * (days - 1))) };
    }
    case 'lesser':
    case 'greater':
      return combined(cap, facts, firstDay);
    case 'by rent':
      return figureOf(facts.rentCents <= cap.upToRentCents ? cap.low : cap.high, facts, firstDay);
    case 'by units':
      return byUnits(cap, facts, firstDay);
    case 'by frequency':
      return figureOf(facts.frequency === 'weekly' ? cap.weekly : cap.longer, facts, firstDay);
    case 'percent by blocks':
      return byBlocks(cap, facts, firstDay);
    case 'yearly interest over base':
      return interest(cap.basisPoints, facts);
    case 'reasonable':
      return { needs: 'confirmation', note: 'the law asks for a reasonable fee: a person decides whether this one is' };
    case 'none found':
    case 'unknown':
      return { needs: 'confirmation', note: 'no rule was found' };
    case 'prohibited':
      return { capCents: ZERO };
    case 'none statewide':
      return {};
    default:
      return never(cap);
  }
}

const baseOf = (of: 'rent' | 'past due', facts: LawFacts): Cents => (of === 'rent' ? facts.rentCents : facts.openCents);

/** Rounded down: half a cent above a legal maximum is above it. */
const wholeCents = (amount: number, numerator: number, denominator: number): Cents =>
  cents(Number((BigInt(amount) * BigInt(numerator)) / BigInt(denominator)));

function combined(cap: Extract<Cap, { caps: readonly Cap[] }>, facts: LawFacts, firstDay: Day): Figure {
  const figures = cap.caps.map((each) => figureOf(each, facts, firstDay));
  return figures.reduce((chosen, each) => {
    if (chosen.capCents === undefined) return chosen;
    if (each.capCents === undefined) return each;
    const pick = cap.kind === 'lesser' ? least : most;
    return { capCents: pick(chosen.capCents, each.capCents) };
  });
}

function byUnits(cap: Extract<Cap, { kind: 'by units' }>, facts: LawFacts, firstDay: Day): Figure {
  if (facts.unitsInProperty !== undefined) {
    return figureOf(facts.unitsInProperty <= cap.upToUnits ? cap.few : cap.many, facts, firstDay);
  }
  const note = 'the number of units is not known, so the stricter figure holds';
  return { ...combined({ kind: 'lesser', caps: [cap.few, cap.many] }, facts, firstDay), note };
}

/** A percent fee may grow by one block at a time, and only while its rental period runs. */
function byBlocks(cap: Extract<Cap, { kind: 'percent by blocks' }>, facts: LawFacts, firstDay: Day): Figure {
  if (facts.fee?.kind !== 'percent' && facts.fee?.kind !== 'daily percent') {
    return {
      needs: 'confirmation',
      note: 'the law asks for a reasonable amount: a person decides whether this one is',
    };
  }
  const lastOfPeriod = addDays(nextDue(facts.due, facts.frequency), -1);
  const days = Math.min(daysBetween(firstDay, facts.today), daysBetween(firstDay, lastOfPeriod)) + 1;
  const blocks = Math.ceil(days / cap.blockDays);
  return { capCents: wholeCents(facts.rentCents, cap.basisPoints * blocks, 10_000) };
}

const MONTHS: Readonly<Record<'monthly' | 'quarterly' | 'yearly', number>> = { monthly: 1, quarterly: 3, yearly: 12 };

function nextDue(due: Day, frequency: Frequency): Day {
  if (frequency === 'weekly') return addDays(due, 7);
  if (frequency === 'fortnightly') return addDays(due, 14);
  return monthlyAnchor(yearOf(due), monthOf(due), dateOf(due), MONTHS[frequency]);
}

function interest(overBaseBasisPoints: number, facts: LawFacts): Figure {
  if (facts.baseRateBasisPoints === undefined) {
    return { needs: 'figure', note: "the central bank's base rate is needed to know the most that may be charged" };
  }
  const basisPoints = facts.baseRateBasisPoints + overBaseBasisPoints;
  return { capCents: wholeCents(facts.overdueCentDays, basisPoints, 10_000 * YEAR_DAYS) };
}

/**
 * The fee for a returned payment, limited by the law where it has a figure. `bankCostCents` is what the bank charged
 * for the return; some laws let it be passed on above the figure. An unverified rule does not limit.
 */
export function limitReturnedFee(
  law: Law | undefined,
  feeCents: Cents,
  bankCostCents: Cents = ZERO,
): { readonly cents: Cents; readonly limitedBy?: string } {
  const returned = law?.verified ? law.returned : undefined;
  if (!law || !returned) return { cents: feeCents };
  const cap = plus(cents(returned.maxCents), returned.plusBankCost ? bankCostCents : ZERO);
  return feeCents <= cap ? { cents: feeCents } : { cents: cap, limitedBy: citationOf(law) };
}

/** One sentence for people: from when, how much, where it is written, and whether it was verified. */
export function lawWords(law: Law): string {
  const trust = law.verified ? '' : '; not verified, so a person must confirm the fee terms';
  const cap = capWords(law.cap, toCurrency(law.currency));
  if (law.cap.kind === 'prohibited') return `${law.jurisdiction}: ${cap} (${citationOf(law)})${trust}.`;
  return `${law.jurisdiction}: ${graceOf(law.grace)}; ${cap} (${citationOf(law)})${trust}.`;
}

function graceOf(grace: LawGrace): string {
  if (grace.kind === 'business days') return `a late fee only after ${grace.freeDays} business days`;
  const days = grace.kind === 'lateness' ? grace.days : grace.freeDays + 1;
  const from = `a late fee from ${days} ${days === 1 ? 'day' : 'days'} after the due date`;
  if (grace.kind === 'weekend moves') return `${from}, later when the last free day falls on a weekend`;
  return grace.weeklyDays === undefined ? from : `${from} (${grace.weeklyDays} for weekly rents)`;
}

/** What is said of a law without a figure. */
const WITHOUT_FIGURE: Readonly<Partial<Record<Cap['kind'], string>>> = {
  prohibited: 'no late fee at all',
  reasonable: 'as much as is reasonable',
  'none statewide': 'no maximum is set',
  'none found': 'no rule was found',
  unknown: 'the rule is not known',
};

const capWords = (cap: Cap, currency: Currency): string =>
  WITHOUT_FIGURE[cap.kind] ?? `at most ${figureWords(cap, currency)}`;

function figureWords(cap: Cap, currency: Currency): string {
  const money = (amount: number): string => amountText(cents(amount), currency);
  const words = (each: Cap): string => figureWords(each, currency);
  switch (cap.kind) {
    case 'flat':
      return money(cap.amountCents);
    case 'percent':
      return `${percentText(cap.basisPoints)} of the ${baseWords(cap.of)}`;
    case 'percent a month':
      return `${percentText(cap.basisPoints)} of the ${baseWords(cap.of)} a month`;
    case 'base and percent above':
      return `${money(cap.baseCents)} plus ${percentText(cap.basisPoints)} of rent above ${money(cap.aboveRentCents)}`;
    case 'daily':
      return `${dailyWords(cap, money)}, ${money(cap.maxCents)} in all`;
    case 'lesser':
    case 'greater':
      return `the ${cap.kind} of ${listWords(cap.caps.map(words))}`;
    case 'by rent':
      return `${words(cap.low)} up to a rent of ${money(cap.upToRentCents)}, ${words(cap.high)} above`;
    case 'by units':
      return `${words(cap.few)} in properties of up to ${cap.upToUnits} units, ${words(cap.many)} in larger ones`;
    case 'by frequency':
      return `${words(cap.longer)}, for weekly rents ${words(cap.weekly)}`;
    case 'percent by blocks':
      return `${percentText(cap.basisPoints)} of the rent for each ${cap.blockDays} days begun, or a reasonable amount`;
    case 'yearly interest over base':
      return `yearly interest of ${percentText(cap.basisPoints)} over the base rate on what is overdue`;
    default:
      return WITHOUT_FIGURE[cap.kind] ?? cap.kind;
  }
}

const baseWords = (of: 'rent' | 'past due'): string => (of === 'rent' ? 'rent' : 'amount past due');

function dailyWords(cap: Extract<Cap, { kind: 'daily' }>, money: (amount: number) => string): string {
  if (cap.firstCents === cap.afterCents) return `${money(cap.firstCents)} a day`;
  return `${money(cap.firstCents)} on the first day and ${money(cap.afterCents)} on each further day`;
}
