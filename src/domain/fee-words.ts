/** The words in which people agree late fees and days of grace: text of a cell to rule, and rule to text. */
import type { FeeRule, GraceRule } from './book';
import { addDays, dateOf, daysBetween, monthKey } from './calendar';
import { decimal, parseAmount } from './money';
import type { Cents, Currency, Day } from './values';

/** Shown beside a fee that cannot be read. */
export const FEE_EXAMPLES =
  'Type for example 50.00, 5% of rent, 10.00 a day, greater of 50.00 and 5% of rent, 50.00 plus 5.00 a day, ' +
  '25.00 from day 6, 50.00 from day 11, or none.';

/** `1,200.00`: money inside a sentence of the ledger; no symbol, the same in every language. */
export const amountText = (amount: Cents, currency: Currency): string =>
  decimal(amount, currency).replace(/\d(?=(\d{3})+(\.|$))/g, '$&,');

/** `1,200.00 USD`. */
export const moneyText = (amount: Cents, currency: Currency): string => `${amountText(amount, currency)} ${currency}`;

/** `5%`, `1.25%` from basis points. */
export const percentText = (basisPoints: number): string => `${basisPoints / 100}%`;

interface Token {
  readonly kind: 'number' | 'word' | 'mark';
  readonly text: string;
}

const TOKEN = /\s*(?:(\d+(?:[.,]\d+)*|[.,]\d+)|([A-Za-z]+)|([$€£¥₹%(),;+/]))/y;
const SYMBOLS = '$€£¥₹';
const DAILY = ['a day', 'per day', 'each day', 'every day', '/ day', 'daily', '/ d'];
const YEARLY = ['a year', 'per year', 'each year', '/ year', 'yearly', 'per annum'];
const OF_BALANCE = ['balance', 'open', 'unpaid', 'overdue', 'outstanding', 'past'];
/** A tier further away than a year is a typing error. */
const MOST_DAYS = 366;

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    if (match[1]) tokens.push({ kind: 'number', text: match[1] });
    else if (match[2]) tokens.push({ kind: 'word', text: match[2].toLowerCase() });
    else tokens.push({ kind: 'mark', text: match[3] ?? '' });
  }
  return tokens;
}

/** Reads tokens from left to right; a phrase that does not stand next is left for another reading. */
class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Takes a phrase such as `greater of`; words are separated by one space. */
  take(phrase: string): boolean {
    const words = phrase.split(' ');
    if (!words.every((word, i) => this.tokens[this.at + i]?.text === word)) return false;
    this.at += words.length;
    return true;
  }

  takeOne(phrases: readonly string[]): boolean {
    return phrases.some((phrase) => this.take(phrase));
  }

  number(): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'number') return undefined;
    this.at++;
    return token.text;
  }

  wholeNumber(): number | undefined {
    const text = this.number();
    return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  }
}

/**
 * Reads what a person wrote for a late fee or its cap. `none`, `0` and the empty text give `'none'`: no fee is agreed.
 * Undefined when it is not a fee in whole minor units of the currency: show {@link FEE_EXAMPLES}. A bare `5%` is of
 * rent.
 */
export function parseFee(text: string, currency: Currency): FeeRule | 'none' | undefined {
  const bare = text.trim();
  if (/^(none|no|no fee|no late fee|-|–|—|0+([.,]0+)?\s*%|)$/i.test(bare) || parseAmount(bare, currency) === 0)
    return 'none';
  const tokens = tokensOf(bare);
  if (!tokens) return undefined;
  const reader = new Reader(tokens);
  const rule = readRule(reader, currency);
  return reader.done ? rule : undefined;
}

function readRule(reader: Reader, currency: Currency): FeeRule | undefined {
  const first = readSum(reader, currency);
  if (!first || !reader.take('from day')) return first;
  return readTiers(reader, currency, first);
}

/** The reader stands behind the first tier's `from day`. */
function readTiers(reader: Reader, currency: Currency, first: FeeRule): FeeRule | undefined {
  const tiers: { fromDaysLate: number; rule: FeeRule }[] = [];
  for (let rule: FeeRule | undefined = first; rule; ) {
    const fromDaysLate = reader.wholeNumber();
    if (fromDaysLate === undefined || fromDaysLate > MOST_DAYS) return undefined;
    if (fromDaysLate <= (tiers[tiers.length - 1]?.fromDaysLate ?? -1)) return undefined;
    tiers.push({ fromDaysLate, rule });
    if (!reader.takeOne([', then', ', and', ',', ';', 'then', 'and'])) return { kind: 'tiers', tiers };
    rule = readSum(reader, currency);
    if (!reader.take('from day')) return undefined;
  }
  return undefined;
}

function readSum(reader: Reader, currency: Currency): FeeRule | undefined {
  const rules: FeeRule[] = [];
  do {
    const rule = readChoice(reader, currency);
    if (!rule) return undefined;
    rules.push(rule);
  } while (reader.takeOne(['plus', '+']));
  return rules.length === 1 ? rules[0] : { kind: 'sum', rules };
}

function readChoice(reader: Reader, currency: Currency): FeeRule | undefined {
  reader.take('the');
  if (reader.takeOne(['greater of', 'higher of', 'larger of'])) return readList(reader, currency, 'greater');
  if (reader.takeOne(['lesser of', 'lower of', 'smaller of'])) return readList(reader, currency, 'lesser');
  return readItem(reader, currency);
}

/** `A and B`, `A, B and C`; the item after `and` is the last. */
function readList(reader: Reader, currency: Currency, kind: 'greater' | 'lesser'): FeeRule | undefined {
  const rules: FeeRule[] = [];
  for (let last = false; ; ) {
    const rule = readItem(reader, currency);
    if (!rule) return undefined;
    rules.push(rule);
    if (last) return { kind, rules };
    last = reader.takeOne([', and', ', or', 'and', 'or']);
    if (!last && !reader.take(',')) return undefined;
  }
}

function readItem(reader: Reader, currency: Currency): FeeRule | undefined {
  if (reader.take('(')) {
    const rule = readRule(reader, currency);
    return reader.take(')') ? rule : undefined;
  }
  const money = readMoneyMark(reader, currency);
  const number = reader.number();
  if (number === undefined) return undefined;
  if (!money && reader.take('%')) return readPercent(reader, number);
  readMoneyMark(reader, currency);
  const amountCents = parseAmount(number, currency);
  if (amountCents === undefined || amountCents <= 0) return undefined;
  return { kind: reader.takeOne(DAILY) ? 'daily' : 'flat', amountCents };
}

/** A symbol, or this property's own currency code: another code is left standing, and so makes the text unreadable. */
const readMoneyMark = (reader: Reader, currency: Currency): boolean =>
  reader.takeOne([...SYMBOLS, currency.toLowerCase()]);

/** The reader stands behind the percent sign; at most two decimals and 100%. */
function readPercent(reader: Reader, number: string): FeeRule | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(number);
  if (!match) return undefined;
  const basisPoints = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  if (basisPoints <= 0 || basisPoints > 10_000) return undefined;
  const of = readBase(reader);
  if (!of) return undefined;
  const kind = reader.takeOne(DAILY) ? 'daily percent' : reader.takeOne(YEARLY) ? 'yearly percent' : 'percent';
  return { kind, basisPoints, of };
}

/** `of rent`, `of the unpaid rent`, `of balance`; nothing said means rent. */
function readBase(reader: Reader): 'rent' | 'balance' | undefined {
  if (!reader.take('of')) return 'rent';
  reader.take('the');
  reader.takeOne(['monthly', 'periodic', 'full']);
  if (reader.take('rent')) return 'rent';
  const balance = OF_BALANCE.some((word) => reader.take(word));
  if (!balance) return undefined;
  reader.takeOne(['due', 'balance', 'rent', 'amount']);
  return 'balance';
}

/** A fee rule in words that {@link parseFee} reads back to the same rule; `none` where no fee is agreed. */
export function feeWords(rule: FeeRule | undefined, currency: Currency): string {
  if (!rule) return 'none';
  switch (rule.kind) {
    case 'flat':
      return decimal(rule.amountCents, currency);
    case 'daily':
      return `${decimal(rule.amountCents, currency)} a day`;
    case 'percent':
      return `${percentText(rule.basisPoints)} of ${rule.of}`;
    case 'daily percent':
      return `${percentText(rule.basisPoints)} of ${rule.of} a day`;
    case 'yearly percent':
      return `${percentText(rule.basisPoints)} of ${rule.of} a year`;
    case 'greater':
    case 'lesser':
      return `${rule.kind} of ${listWords(rule.rules.map((each) => itemWords(each, currency)))}`;
    case 'sum':
      return rule.rules.map((each) => itemWords(each, currency)).join(' plus ');
    case 'tiers':
      return rule.tiers
        .map(({ fromDaysLate, rule: each }) => {
          const words = each.kind === 'tiers' ? itemWords(each, currency) : feeWords(each, currency);
          return `${words} from day ${fromDaysLate}`;
        })
        .join(', ');
  }
}

const COMPOSITE: readonly FeeRule['kind'][] = ['greater', 'lesser', 'sum', 'tiers'];

const itemWords = (rule: FeeRule, currency: Currency): string =>
  COMPOSITE.includes(rule.kind) ? `(${feeWords(rule, currency)})` : feeWords(rule, currency);

/** `A`, `A and B`, `A, B and C`. */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

// ---------------------------------------------------------------- grace

/** What a cell says, or why it cannot be read and what to type instead. */
export type Reading<T> = { readonly value: T } | { readonly reason: string; readonly fix: string };

const NUMBER_FIX = 'Type a whole number of days, such as 3, in Grace days.';

/**
 * Reads the two cells that say when a late fee may first be charged. The rule is `due + N` (fee from N days after the
 * due date) or `N full days` (N days are free, the due day not counted), with N the letter or a number; the letter
 * takes its days from the Grace days cell. Days without a rule are full days, the milder reading for the resident.
 */
export function parseGrace(ruleText: string, daysText: string): Reading<GraceRule> {
  const days = readDays(daysText);
  if (days === undefined) return { reason: `"${daysText.trim()}" is not a number of days.`, fix: NUMBER_FIX };
  if (ruleText.trim() === '') return { value: { kind: 'full days', days: days ?? 0 } };
  const shape = graceShape(ruleText);
  if (!shape) {
    return {
      reason: `"${ruleText.trim()}" is not a grace rule.`,
      fix: 'Type due + N or N full days, and the days in Grace days.',
    };
  }
  if (shape.days !== undefined && days !== null && shape.days !== days) {
    return {
      reason: `"${ruleText.trim()}" says ${shape.days} days, but Grace days says ${days}.`,
      fix: 'Make the two agree, or empty Grace days.',
    };
  }
  const agreed = shape.days ?? days;
  if (agreed === null) return { reason: `"${ruleText.trim()}" needs a number of days.`, fix: NUMBER_FIX };
  return { value: { kind: shape.kind, days: agreed } };
}

/** Null for an empty cell, undefined for one that is no number of days. */
function readDays(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const match = /^\s*(\d{1,3})(?:\.0+)?\s*(?:days?)?\s*$/i.exec(text);
  return match && Number(match[1]) <= MOST_DAYS ? Number(match[1]) : undefined;
}

function graceShape(text: string): { kind: GraceRule['kind']; days?: number } | undefined {
  const due = /^\s*due\s*(?:\+|plus)\s*(n|\d{1,3})?\s*(?:days?)?\s*$/i.exec(text);
  const full = /^\s*(n|\d{1,3})?\s*full\s+days?\s*$/i.exec(text);
  const match = due ?? full;
  if (!match) return undefined;
  const kind = due ? 'due plus' : 'full days';
  const written = match[1];
  if (written === undefined || /^n$/i.test(written)) return { kind };
  return Number(written) <= MOST_DAYS ? { kind, days: Number(written) } : undefined;
}

/** The first day on which a late fee may be charged under a lease's own terms; see {@link GraceRule}. */
export const firstFeeDay = (due: Day, grace: GraceRule): Day =>
  addDays(due, grace.kind === 'due plus' ? grace.days : grace.days + 1);

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}

/** `3 full days: rent due on the 1st can carry a fee from the 5th`; other months are named by date. */
export function graceWords(grace: GraceRule, exampleDue: Day): string {
  const first = firstFeeDay(exampleDue, grace);
  const days = grace.days === 1 ? '1 full day' : `${grace.days} full days`;
  const rule = grace.kind === 'due plus' ? `due + ${grace.days}` : days;
  const near = daysBetween(exampleDue, first) < 28;
  const from = near ? `the ${ordinal(dateOf(first))}` : first;
  const where = near && monthKey(first) !== monthKey(exampleDue) ? ' of the next month' : '';
  return `${rule}: rent due on the ${ordinal(dateOf(exampleDue))} can carry a fee from ${from}${where}`;
}
