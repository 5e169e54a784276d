/** How one reader is told things: words, money, days and names of charges in the reader's language and the region's forms. */
import type { LedgerLine, OpenLine, PageHead } from '../../src/api/resident/view';
import { dayFrom, dayNumber, daysInMonth, ymd } from '../../src/domain/calendar';
import { longDay, periodWords, shortDay } from '../../src/domain/dates';
import { display } from '../../src/domain/money';
import type { Cents, Day, Instant } from '../../src/domain/values';
import { type Words, wordsOf } from './words';

export interface Reader {
  readonly words: Words;
  readonly tag: string;
  readonly money: (amount: Cents) => string;
  readonly day: (on: Day) => string;
  readonly short: (on: Day) => string;
  /** `November 2026` of `2026-11`. */
  readonly month: (month: string) => string;
  /** `Nov`, with the year where it begins. */
  readonly shortMonth: (month: string) => string;
  readonly moment: (at: Instant) => string;
  readonly type: (type: string) => string;
  readonly source: (source: string) => string;
}

/** Platforms have the same name in every language. */
const PLATFORMS: Readonly<Record<string, string>> = {
  stripe: 'Stripe',
  paypal: 'PayPal',
  square: 'Square',
  plaid: 'Plaid',
  quickbooks: 'QuickBooks',
  xero: 'Xero',
  freshbooks: 'FreshBooks',
  'zoho-books': 'Zoho Books',
  appfolio: 'AppFolio',
  yardi: 'Yardi Breeze',
  'yardi-breeze': 'Yardi Breeze',
  rentmanager: 'Rent Manager',
};

export function readerOf({
  language,
  tag,
  currency,
  zone,
}: Pick<PageHead, 'language' | 'tag' | 'currency' | 'zone'>): Reader {
  const words = wordsOf(language);
  const { types, sources } = words.account;
  return {
    words,
    tag,
    money: (amount) => display(amount, currency, tag),
    day: (on) => longDay(on, tag),
    short: (on) => shortDay(on, tag),
    month: (month) => monthWords(month, tag),
    shortMonth: (month) => shortMonthWords(month, tag),
    moment: (at) => momentWords(at, zone, tag),
    type: (type) => own(types, type) ?? capital(type),
    source: (source) => own(PLATFORMS, source) ?? own(sources, source) ?? source,
  };
}

/** Names come from cells: `constructor` is no word of ours. */
const own = (record: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const firstOf = (month: string): Day => ymd(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);

function monthWords(month: string, tag: string): string {
  const first = firstOf(month);
  const days = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
  return capital(periodWords(first, dayFrom(dayNumber(first) + days), tag));
}

function shortMonthWords(month: string, tag: string): string {
  const options: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric', timeZone: 'UTC', calendar: 'gregory' };
  return new Intl.DateTimeFormat(tag, options).format(new Date(`${month}-01T00:00:00Z`));
}

function momentWords(at: Instant, zone: string, tag: string): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
    calendar: 'gregory',
  };
  return new Intl.DateTimeFormat(tag, options).format(new Date(at));
}

type Named = Pick<LedgerLine, 'kind' | 'type' | 'reason' | 'memo' | 'from' | 'until' | 'payer'>;

/** What a line of the ledger is: `Rent, November 2026`, `Payment, Stripe`. */
export function lineWords(reader: Reader, line: Named): string {
  const { account } = reader.words;
  if (line.kind === 'charge') return chargeWords(reader, line);
  if (line.kind === 'receipt') {
    const paid = account.kinds.receipt(reader.source(line.type));
    return line.payer ? `${paid}, ${line.payer}` : paid;
  }
  if (line.kind === 'reversal') return line.reason ? account.reversal[line.reason] : account.reversal.undone;
  if (line.kind === 'reinstatement') return account.kinds.reinstatement;
  const kinds = account.kinds as unknown as Readonly<Record<string, string>>;
  const credit = own(kinds, line.type);
  return withPeriod(reader, typeof credit === 'string' ? credit : account.kinds.credit, line);
}

/** `Rent, November 2026`; of a charge with words of its own, these as well. */
export function chargeWords(reader: Reader, charge: { type: string; memo?: string; from?: Day; until?: Day }): string {
  const named = withPeriod(reader, reader.type(charge.type), charge);
  return charge.memo ? `${named}: ${charge.memo}` : named;
}

/** A charge in a list to choose from. */
export const chargeOption = (reader: Reader, line: OpenLine): string =>
  `${chargeWords(reader, line)}: ${reader.money(line.openCents)}`;

function withPeriod(reader: Reader, name: string, { from, until }: { from?: Day; until?: Day }): string {
  return from && until ? reader.words.account.typeFor(name, periodWords(from, until, reader.tag)) : name;
}
