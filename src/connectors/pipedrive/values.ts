/** What of ours can stand in a deal's fields: its name and usual field, the types that bear it, and how each is written and read. */
import { decimal, digitsOf, toNumber } from '../../domain/money';
import type { StandingWord } from '../../domain/standing';
import type { LeaseStatus } from '../../domain/status';
import { type Cents, type Currency, currency } from '../../domain/values';

/** Of what kind a value is. */
type Kind = 'word' | 'money' | 'count' | 'day';

interface Value {
  readonly label: string;
  /** The name of the deal field where the owner has chosen none. */
  readonly usual: string;
  readonly kind: Kind;
  of(status: LeaseStatus): string | number;
}

export const VALUES: Readonly<Record<string, Value>> = {
  STANDING: { label: 'Standing', usual: 'Rent standing', kind: 'word', of: ({ standing }) => standing },
  BALANCE: { label: 'Balance', usual: 'Rent balance', kind: 'money', of: ({ balanceCents }) => balanceCents },
  UNPAID: { label: 'Unpaid', usual: 'Rent unpaid', kind: 'money', of: ({ unpaidCents }) => unpaidCents },
  DAYS_LATE: { label: 'Days late', usual: 'Days late', kind: 'count', of: ({ daysLate }) => daysLate },
  NEXT_DUE: { label: 'Next due', usual: 'Rent next due', kind: 'day', of: ({ nextDue }) => nextDue },
  LAST_DAY: {
    label: 'Last payment',
    usual: 'Rent last payment',
    kind: 'day',
    of: (told) => told.lastPayment?.day ?? '',
  },
  LAST_AMOUNT: {
    ...{ label: 'Last amount', usual: 'Rent last amount', kind: 'money' },
    of: ({ lastPayment }) => lastPayment?.amountCents ?? '',
  },
  RENT: { label: 'Rent', usual: 'Rent', kind: 'money', of: ({ rentCents }) => rentCents },
  AS_OF: { label: 'As of', usual: 'Rent as of', kind: 'day', of: ({ asOf }) => asOf },
};

export const WORDS: readonly StandingWord[] = [
  ...(['paid', 'due', 'grace', 'late', 'partial', 'processing', 'plan', 'disputed', 'hold', 'notice'] as const),
];

// ---------------------------------------------------------------- fields

/** A field of deals that bears one of our values. */
export interface Field {
  readonly value: string;
  /** 40 hexadecimal digits. */
  readonly code: string;
  readonly name: string;
  readonly type: string;
  /** Of a choice: our word, by the id of its option. */
  readonly words?: Readonly<Record<string, string>>;
}

const TEXTS = ['varchar', 'varchar_auto', 'text'];
const SUITS: Readonly<Record<Kind, readonly string[]>> = {
  word: [...TEXTS, 'enum'],
  money: [...TEXTS, 'monetary', 'double'],
  count: [...TEXTS, 'double'],
  day: [...TEXTS, 'date'],
};

/** A field of this type can bear the value. */
export const suits = (value: string, type: string): boolean => SUITS[kindOf(value)].includes(type);
const kindOf = (value: string): Kind => VALUES[value]?.kind ?? 'word';

/** Types in which the lease's id can stand so that the search finds it. */
export const isKeyType = (type: string): boolean => TEXTS.includes(type);

/** As Pipedrive takes it; null empties the field. */
export function wireOf({ value, type, words }: Field, status: LeaseStatus): unknown {
  const told = VALUES[value]?.of(status) ?? '';
  if (told === '') return null;
  if (kindOf(value) === 'money') {
    const amount = told as Cents;
    const number = toNumber(amount, status.currency);
    if (type === 'monetary') return { value: number, currency: status.currency };
    return type === 'double' ? number : decimal(amount, status.currency);
  }
  if (type === 'double') return told;
  const option = type === 'enum' && Object.entries(words ?? {}).find(([, word]) => word === told);
  return type === 'enum' ? (option ? Number(option[0]) : null) : String(told);
}

/** What stands in a field, in words that are the same for what we write and for what is read back. */
export function textOf({ type, words }: Pick<Field, 'type' | 'words'>, wire: unknown): string {
  if (wire === null || wire === undefined || wire === '') return '';
  if (type === 'enum') return words?.[String(wire)] ?? `option ${String(wire)}`;
  if (typeof wire !== 'object') return String(wire);
  const { value, currency: code } = wire as { readonly value?: unknown; readonly currency?: unknown };
  if (value === null || value === undefined) return '';
  return typeof code === 'string' ? `${padded(String(value), currency(code))} ${code}` : String(value);
}

/** `1250.5` as `1250.50`. */
function padded(number: string, of: Currency): string {
  const [whole = '', part = ''] = number.split('.');
  const digits = digitsOf(of);
  return digits === 0 && part === '' ? whole : `${whole}.${part.padEnd(digits, '0')}`;
}
