/** The columns of a board: which of them holds which value of ours, and how a value goes into a column of each type. */
import { decimal } from '../../domain/money';
import type { LeaseStatus } from '../../domain/status';
import type { Cents, Currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, CredentialField } from '../connector';

type Kind = 'word' | 'amount' | 'day' | 'email' | 'phone';

interface Place {
  readonly label: string;
  /** The column's type where we make it. */
  readonly type: string;
  readonly kind: Kind;
  /** The text that is written; '' empties the cell. */
  readonly text: (status: LeaseStatus, account: Account) => string;
}

const money = (of: (status: LeaseStatus) => Cents | undefined) => (status: LeaseStatus) => {
  const amount = of(status);
  return amount === undefined ? '' : decimal(amount, status.currency as Currency);
};

const amount = (label: string, of: (status: LeaseStatus) => Cents | undefined): Place => ({
  ...{ label, type: 'numbers', kind: 'amount', text: money(of) },
});
const word = (label: string, text: Place['text']): Place => ({ label, type: 'text', kind: 'word', text });
const dayOf = (label: string, text: Place['text']): Place => ({ label, type: 'date', kind: 'day', text });

/** What of ours can stand on the board, by the second half of its name in the mapping. */
export const PLACES: Readonly<Record<string, Place>> = {
  LEASE: word('Lease', ({ leaseId }) => leaseId),
  STANDING: {
    ...{ label: 'Standing', type: 'status', kind: 'word' },
    text: ({ standing }, account) => labelsIn(account).get(standing) ?? standing,
  },
  BALANCE: amount('Balance', ({ balanceCents }) => balanceCents),
  UNPAID: amount('Unpaid', ({ unpaidCents }) => unpaidCents),
  DAYS_LATE: { label: 'Days late', type: 'numbers', kind: 'amount', text: ({ daysLate }) => String(daysLate) },
  RENT: amount('Rent', ({ rentCents }) => rentCents),
  NEXT_DUE: dayOf('Next due', ({ nextDue }) => nextDue),
  LAST_PAID: dayOf('Last payment', ({ lastPayment }) => lastPayment?.day ?? ''),
  LAST_AMOUNT: amount('Last amount', ({ lastPayment }) => lastPayment?.amountCents),
  AS_OF: dayOf('As of', ({ asOf }) => asOf),
  PROPERTY: word('Property', ({ property }) => property),
  UNIT: word('Unit', ({ unit }) => unit),
  EMAIL: { label: 'Email', type: 'email', kind: 'email', text: ({ email }) => email },
  PHONE: { label: 'Phone', type: 'phone', kind: 'phone', text: ({ phone }) => phone },
};

/** People may put these right on the board. */
const CONTACT = ['EMAIL', 'PHONE'];
export const OURS = Object.keys(PLACES).filter((name) => !CONTACT.includes(name));
/** What is chosen where a value is not to be written. */
export const NONE = 'none';

/** The id of a column that we make: small letters and underscores, at most twenty. */
const madeId = (name: string): string => `rent_${name.toLowerCase()}`;

/** The column that the owner has chosen for it, else the one that we make. */
export const columnOf = (account: Account, name: string): string =>
  (account[`MAP_${name}`] ?? '').trim() || madeId(name);

export const mapping: readonly CredentialField[] = Object.entries(PLACES).map(([name, { label }]) => ({
  name: `MAP_${name}`,
  label,
  help: `The column for it. Left empty: "${label}", once Make columns has made it; it is left out where there is none.`,
  ...{ secret: false, optional: true, pick: 'columns', maps: 'Columns' },
}));

/** `paid = Current; late = Overdue`: their label for a word of ours. */
function labelsIn({ MONDAY_LABELS: given = '' }: Account): ReadonlyMap<string, string> {
  const pairs = given.split(/[;\n]/).map((part) => part.split('=').map((side) => side.trim()));
  return new Map(pairs.flatMap(([ours, theirs]) => (ours && theirs ? [[ours, theirs] as const] : [])));
}

// ---------------------------------------------------------------- writing

/** A column of the board, as far as we write into it. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly type: string;
}

export const columnsIn = (board: Json): ReadonlyMap<string, Column> =>
  new Map(
    board.list('columns').map((column) => {
      const [id, title, type] = [column.str('id'), column.str('title'), column.str('type')];
      return [id, { id, title, type }] as const;
    }),
  );

/** Countries by the digits that their phone numbers begin with: Monday.com wants the country beside the number. */
const COUNTRIES: Readonly<Record<string, string>> = {
  ...{ '1': 'US', '27': 'ZA', '30': 'GR', '31': 'NL', '32': 'BE', '33': 'FR', '34': 'ES', '36': 'HU', '39': 'IT' },
  ...{ '40': 'RO', '41': 'CH', '43': 'AT', '44': 'GB', '45': 'DK', '46': 'SE', '47': 'NO', '48': 'PL', '49': 'DE' },
  ...{ '52': 'MX', '55': 'BR', '61': 'AU', '64': 'NZ', '65': 'SG', '81': 'JP', '91': 'IN', '351': 'PT', '353': 'IE' },
  ...{ '358': 'FI', '420': 'CZ', '852': 'HK', '971': 'AE', '972': 'IL' },
};

/** Undefined where no country is known by the number: then it is not written into a column for phones. */
function phoneValue(text: string): object | undefined {
  const digits = /^\+(\d[\d ()-]{5,18})$/.exec(text.trim())?.[1]?.replace(/\D/g, '') ?? '';
  const country = [3, 2, 1].map((length) => COUNTRIES[digits.slice(0, length)]).find((one) => one !== undefined);
  return country === undefined ? undefined : { phone: `+${digits}`, countryShortName: country };
}

const AS_JSON: Readonly<Record<string, (text: string) => unknown>> = {
  text: (text) => text,
  numbers: (text) => text,
  long_text: (text) => ({ text }),
  status: (label) => ({ label }),
  dropdown: (label) => ({ labels: [label] }),
  date: (date) => ({ date }),
  email: (email) => ({ email, text: email }),
  phone: phoneValue,
};

export const canHold = (type: string): boolean => Object.prototype.hasOwnProperty.call(AS_JSON, type);

/** The text in the JSON of the column's type; undefined is not written. Throws a fault for a type that holds none. */
export function valueFor({ title, type }: Column, text: string): unknown {
  const write = canHold(type) ? AS_JSON[type] : undefined;
  if (!write) return fail('rejected', `The column "${title}" is of the type ${type}, which takes no value of ours.`);
  if (text === '') return type === 'text' || type === 'numbers' ? '' : null;
  return write(text);
}

/** What goes into the item's columns that the board has. `withContact` writes mail and phone too. */
export function valuesOf(
  status: LeaseStatus,
  account: Account,
  board: ReadonlyMap<string, Column>,
  withContact: boolean,
): Readonly<Record<string, unknown>> {
  const names = withContact ? Object.keys(PLACES) : OURS;
  const taken = new Set<string>();
  const pairs = names.flatMap((name) => {
    const column = board.get(columnOf(account, name));
    if (!column) return [];
    if (taken.has(column.id)) return fail('rejected', `Two values cannot both go to the column "${column.title}".`);
    taken.add(column.id);
    const value = valueFor(column, (PLACES[name] as Place).text(status, account));
    return value === undefined ? [] : [[column.id, value] as const];
  });
  return Object.fromEntries(pairs);
}

// ---------------------------------------------------------------- reading

/** One form for each value, whoever wrote it: `1250.50` and `1250.5` are the same amount. */
function plain(kind: Kind, text: string): string {
  const given = text.trim();
  if (kind === 'day') return /^\d{4}-\d{2}-\d{2}/.exec(given)?.[0] ?? given;
  const number = kind === 'amount' ? /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(given) : null;
  if (!number) return given;
  const value = number[3] ? `${number[2]}.${number[3]}` : String(number[2]);
  return value === '0' ? value : `${number[1]}${value}`;
}

/** As {@link shownIn} reads it back, by what we call it: the id of a column says nothing to people, and its title may change. */
export const written = (status: LeaseStatus, account: Account): Readonly<Record<string, string>> =>
  Object.fromEntries(
    OURS.filter((name) => columnOf(account, name) !== NONE).map((name) => {
      const { label, kind, text } = PLACES[name] as Place;
      return [label, plain(kind, text(status, account))];
    }),
  );

/** What every cell is asked for. */
export const CELL = `id text ... on StatusValue { label } ... on DateValue { date } ... on NumbersValue { number }
  ... on EmailValue { email } ... on PhoneValue { phone }`;

/** A cell's own value where its type has one, else its text. */
function textIn(cell: Json): string {
  for (const name of ['label', 'date', 'email', 'phone']) {
    const found = cell.word(name);
    if (found !== undefined) return found;
  }
  const { value } = cell.at('number');
  return typeof value === 'number' ? String(value) : (cell.word('text') ?? '');
}

/** The cells of an item that are mapped, by the name of what they hold. */
export function shownIn(item: Json, account: Account): ReadonlyMap<string, string> {
  const cells = new Map(item.list('column_values').map((cell) => [cell.str('id'), textIn(cell)]));
  return new Map(
    Object.entries(PLACES).flatMap(([name, { kind }]) => {
      const text = cells.get(columnOf(account, name));
      return text === undefined ? [] : [[name, plain(kind, text)] as const];
    }),
  );
}
