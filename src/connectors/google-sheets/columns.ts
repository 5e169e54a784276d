/** The columns of a mirror: what of ours may stand in them, under which header, and how a payload fills them. */
import { toNumber } from '../../domain/money';
import type { LeaseStatus, ReceiptNote } from '../../domain/status';
import { fail } from '../../http/faults';
import type { Account } from '../connector';

export type Cell = string | number;
/** Our fields by name, each with what the cell of a payload holds. */
type Fields<T> = Readonly<Record<string, (told: T) => Cell>>;

const RESIDENTS: Fields<LeaseStatus> = {
  Lease: (told) => told.leaseId,
  Property: (told) => told.property,
  Unit: (told) => told.unit,
  Residents: (told) => told.residents,
  Currency: (told) => told.currency,
  Balance: (told) => toNumber(told.balanceCents, told.currency),
  Unpaid: (told) => toNumber(told.unpaidCents, told.currency),
  Processing: (told) => toNumber(told.processingCents, told.currency),
  Standing: (told) => told.standing,
  'Days late': (told) => told.daysLate,
  Rent: (told) => toNumber(told.rentCents, told.currency),
  'Next due': (told) => told.nextDue,
  'Last rung': (told) => told.lastRung,
  'Last payment': ({ lastPayment }) => lastPayment?.day ?? '',
  'Last amount': ({ lastPayment, currency }) => (lastPayment ? toNumber(lastPayment.amountCents, currency) : ''),
  'Last source': ({ lastPayment }) => lastPayment?.source ?? '',
  'Last reference': ({ lastPayment }) => lastPayment?.reference ?? '',
  'As of': (told) => told.asOf,
  Email: (told) => told.email,
  Phone: (told) => told.phone,
};

const PAYMENTS: Fields<ReceiptNote> = {
  Receipt: (told) => told.receipt,
  Lease: (told) => told.leaseId,
  Property: (told) => told.property,
  Unit: (told) => told.unit,
  Residents: (told) => told.residents,
  Day: (told) => told.day,
  Currency: (told) => told.currency,
  Amount: (told) => toNumber(told.amountCents, told.currency),
  State: (told) => told.state,
  Reversed: (told) => toNumber(told.reversedCents, told.currency),
  Source: (told) => told.source,
  Reference: (told) => told.reference,
  Matched: (told) => told.matched,
  Pays: (told) => told.allocated.join('; '),
  Balance: (told) => toNumber(told.balanceCents, told.currency),
};

/** Written where a person has made the column, and never put there by us: the fewer copies of an address the better. */
const ONLY_IF_WANTED = ['Email', 'Phone'];

/** One tab of the mirror: a row for each key. */
export interface Kind<T> {
  readonly name: 'residents' | 'payments';
  /** The connection's setting that names the tab, and the tab where it names none. */
  readonly setting: string;
  readonly usual: string;
  readonly fields: Fields<T>;
  /** The field by which a row is found again. */
  readonly key: string;
  /** A day in a row of which a later one must not be overwritten by an earlier one. */
  readonly day?: string;
}

export const residents: Kind<LeaseStatus> = {
  name: 'residents',
  setting: 'SHEETS_RESIDENTS_TAB',
  usual: 'Residents',
  fields: RESIDENTS,
  key: 'Lease',
  day: 'As of',
};

export const payments: Kind<ReceiptNote> = {
  name: 'payments',
  setting: 'SHEETS_PAYMENTS_TAB',
  usual: 'Payments',
  fields: PAYMENTS,
  key: 'Receipt',
};

export const KINDS = [residents, payments] as const;
/** What the tab's setting says where that half of the mirror is not wanted. */
export const NONE = 'none';

/** The title of the tab; undefined where the owner wants none. */
export function titleOf(
  { setting, usual }: Pick<Kind<never>, 'setting' | 'usual'>,
  account: Account,
): string | undefined {
  const title = (account[setting] ?? '').trim() || usual;
  return title.toLowerCase() === NONE ? undefined : title;
}

/** The fields for which a header is made. */
export const madeFields = ({ fields }: Pick<Kind<never>, 'fields'>): readonly string[] =>
  Object.keys(fields).filter((name) => !ONLY_IF_WANTED.includes(name));

// ---------------------------------------------------------------- headers

/** As headers are compared: people type them in any case, and with blanks to spare. */
export const plain = (header: string): string => header.trim().replace(/\s+/g, ' ').toLowerCase();

const ALL = [...new Set(KINDS.flatMap(({ fields }) => Object.keys(fields)))];

/**
 * `Balance = Owed; Lease = Flat; Lease = Contract`: the headers that stand for a field of ours, several where the tabs call it
 * differently. A field that is not named goes by its own name. Throws a fault that says what is wrong with it.
 */
export function headersOf(account: Account): (field: string) => readonly string[] {
  const mapped = new Map<string, string[]>();
  for (const part of (account.SHEETS_COLUMNS ?? '').split(/[;\n]/)) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const [ours, theirs] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    const field = ALL.find((each) => plain(each) === plain(ours));
    if (!field || theirs.trim() === '') return fail('rejected', wrong(part.trim(), field === undefined));
    mapped.set(field, [...(mapped.get(field) ?? []), theirs.trim()]);
  }
  return (field) => mapped.get(field) ?? [field];
}

const wrong = (part: string, isUnknown: boolean): string =>
  isUnknown
    ? `The columns name "${part}", but there is no such field. There are: ${ALL.join(', ')}.`
    : `The columns say "${part}": write it as "Balance = their header".`;

/** What a payload puts into the columns that there are; the order is the fields'. */
export const cellsOf = <T>({ fields }: Kind<T>, told: T): ReadonlyMap<string, Cell> =>
  new Map(Object.entries(fields).map(([name, cell]) => [name, cell(told)]));
