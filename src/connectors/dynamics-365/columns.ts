/** Columns of contacts that hold values of ours: which, in what form, and how they read back. */
import { decimal, toNumber } from '../../domain/money';
import type { LeaseStatus } from '../../domain/status';
import type { Cents } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Account, CredentialField } from '../connector';

type Form = 'text' | 'money' | 'whole' | 'day';

interface Value {
  readonly field: string;
  readonly label: string;
  /** The column where none is chosen; '' where it is not written then. */
  readonly usual: string;
  readonly form: Form;
  readonly of: (told: LeaseStatus) => string | number;
  readonly help: string;
}

const value = (field: string, label: string, form: Form, of: Value['of'], usual = ''): Value => ({
  field: `MAP_${field}`,
  label,
  form,
  of,
  usual,
  help: `${KINDS[form]}. ${usual === '' ? 'Not written when left empty.' : `${usual} when left empty; "none" for none.`}`,
});

/** What such a column is called in Power Apps. */
const KINDS: Readonly<Record<Form, string>> = {
  text: 'A column of text',
  money: 'A column of currency, decimals or text',
  whole: 'A column of whole numbers or text',
  day: 'A column of date only, or text',
};

const VALUES: readonly Value[] = [
  value('STANDING', 'Standing', 'text', (told) => told.standing, 'new_rentstatus'),
  value('BALANCE', 'Balance', 'money', (told) => told.balanceCents, 'new_rentbalance'),
  value('NEXT_DUE', 'Next due', 'day', (told) => told.nextDue, 'new_rentdue'),
  value('UNPAID', 'Unpaid', 'money', (told) => told.unpaidCents),
  value('DAYS_LATE', 'Days late', 'whole', (told) => told.daysLate),
  value('RENT', 'Rent', 'money', (told) => told.rentCents),
  value('LAST_PAID', 'Last payment', 'day', ({ lastPayment }) => lastPayment?.day ?? ''),
  value('LAST_AMOUNT', 'Last amount', 'money', ({ lastPayment }) => lastPayment?.amountCents ?? ''),
  value('RESIDENTS', 'Residents', 'text', (told) => told.residents),
  value('AS_OF', 'As of', 'day', (told) => told.asOf),
];

export const mappings: readonly CredentialField[] = VALUES.map(({ field, label, help }) => ({
  name: field,
  label,
  help,
  secret: false,
  optional: true,
  pick: 'fields',
  maps: 'Columns of contacts',
}));

const NONE = 'none';

interface Mapped extends Value {
  readonly column: string;
  /** As the table's definition has it; undefined where the connection was not tested since. */
  readonly type: string | undefined;
}

/** The columns that are written, each once. */
export function mapped(account: Account): readonly Mapped[] {
  const types = typesIn(account);
  const found = VALUES.flatMap((each): Mapped[] => {
    const column = (account[each.field] ?? '').trim() || each.usual;
    return column === '' || column.toLowerCase() === NONE ? [] : [{ ...each, column, type: types.get(column) }];
  });
  const twice = found.find(({ column }, at) => found.findIndex((each) => each.column === column) < at);
  return twice ? fail('rejected', `The column ${twice.column} is chosen for two values.`) : found;
}

/** `new_rentstatus=String;new_rentbalance=Money`, as the test call has found them. */
export const typesText = (types: ReadonlyMap<string, string>): string =>
  [...types].map(([column, type]) => `${column}=${type}`).join(';');

const typesIn = ({ COLUMN_TYPES: text = '' }: Account): ReadonlyMap<string, string> =>
  new Map(text.split(';').flatMap((part) => (part === '' ? [] : [part.split('=') as [string, string]])));

const TEXTS = ['String', 'Memo'];
const FITS: Readonly<Record<Form, readonly string[]>> = {
  text: TEXTS,
  money: ['Money', 'Decimal', 'Double', ...TEXTS],
  whole: ['Integer', 'Decimal', ...TEXTS],
  day: ['DateTime', ...TEXTS],
};

/** Types of columns that hold a value of ours in some form. */
export const USABLE: readonly string[] = [...new Set(Object.values(FITS).flat())];

/** Why the columns that are there do not do; '' where they do. `types` are those of the table. */
export function unfit(account: Account, types: ReadonlyMap<string, string>): readonly string[] {
  return mapped(account).flatMap(({ column, label, form }) => {
    const type = types.get(column);
    if (type === undefined) return [`contacts have no column ${column} for ${label}`];
    return FITS[form].includes(type) ? [] : [`${column} is of the type ${type}, which cannot hold ${label}`];
  });
}

const isText = ({ type, form }: Mapped): boolean => (type === undefined ? form === 'text' : TEXTS.includes(type));

const LONGEST = 100;

function cellOf(one: Mapped, told: LeaseStatus): string | number | null {
  const value = one.of(told);
  if (value === '') return null;
  if (one.form === 'money')
    return isText(one) ? decimal(value as Cents, told.currency) : toNumber(value as Cents, told.currency);
  const text = String(value);
  if (one.form === 'whole') return isText(one) ? text : value;
  return one.form === 'text' ? [...text].slice(0, LONGEST).join('') : text;
}

/** The members of a write; null empties a column. */
export const cells = (told: LeaseStatus, account: Account): Readonly<Record<string, string | number | null>> =>
  Object.fromEntries(mapped(account).map((one) => [one.column, cellOf(one, told)]));

/** A cell as it is compared: the same number is the same text. */
export const plain = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? cell : String(cell);
};

export const written = (told: LeaseStatus, account: Account): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(cells(told, account)).map(([column, cell]) => [column, plain(cell)]));
