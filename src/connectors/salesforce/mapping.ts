/** Which value of ours stands in which field of a contact, how it is written, and how it reads back. */
import { toNumber } from '../../domain/money';
import type { LeaseStatus } from '../../domain/status';
import type { Json } from '../../http/json';
import type { Account, CredentialField } from '../connector';
import { fieldName } from './api';

type Cell = string | number | null;

export type Kind = 'text' | 'money' | 'number' | 'day';

export interface Value {
  readonly name: string;
  readonly label: string;
  /** The field where none is chosen; '' where it is then not written. */
  readonly usual: string;
  readonly kind: Kind;
  readonly of: (status: LeaseStatus) => string | number;
}

/** Texts longer than that are cut: no field that does for one is shorter. */
export const TEXT_LENGTH = 255;

const value = (name: string, label: string, usual: string, kind: Kind, of: Value['of']): Value => ({
  name: `MAP_${name}`,
  label,
  usual,
  kind,
  of,
});

export const VALUES: readonly Value[] = [
  value('STANDING', 'Standing', 'Rent_Status__c', 'text', ({ standing }) => standing),
  value('BALANCE', 'Balance', 'Rent_Balance__c', 'money', ({ balanceCents, currency }) =>
    toNumber(balanceCents, currency),
  ),
  value('NEXT_DUE', 'Next due', 'Rent_Due_Date__c', 'day', ({ nextDue }) => nextDue),
  value('UNPAID', 'Unpaid', '', 'money', ({ unpaidCents, currency }) => toNumber(unpaidCents, currency)),
  value('DAYS_LATE', 'Days late', '', 'number', ({ daysLate }) => daysLate),
  value('RENT', 'Rent', '', 'money', ({ rentCents, currency }) => toNumber(rentCents, currency)),
  value('LAST_PAID', 'Last payment', '', 'day', ({ lastPayment }) => lastPayment?.day ?? ''),
  value('LAST_AMOUNT', 'Last payment, amount', '', 'money', ({ lastPayment, currency }) =>
    lastPayment ? toNumber(lastPayment.amountCents, currency) : '',
  ),
  value('AS_OF', 'As of', '', 'day', ({ asOf }) => asOf),
  value('UNIT', 'Property and unit', '', 'text', ({ property, unit }) => [property, unit].filter(Boolean).join(', ')),
  value('RESIDENTS', 'Residents', '', 'text', ({ residents }) => residents),
];

const NONE = 'none';

/** The field in which the lease's id stands: the key of a contact. */
export const keyField = (account: Account): string => fieldName(account.SALESFORCE_KEY || 'Rent_Ledger_Id__c');

/** The field of a task in which its mark stands. */
export const taskField = (account: Account): string => fieldName(account.SALESFORCE_TASK_KEY || 'Rent_Ledger_Id__c');

/** Where residents' phones stand. */
export const PHONES = ['MobilePhone', 'Phone', 'HomePhone'] as const;
export const phoneField = ({ SALESFORCE_PHONE: chosen }: Account): string =>
  PHONES.find((one) => one === chosen) ?? PHONES[0];

export type Mapped = readonly [field: string, value: Value];

/** The field that the owner has chosen for a value; '' where none is. */
export const chosen = (account: Account, { name }: Value): string => (account[name] ?? '').trim();

/** The values that are to be written, each with its field. */
export const wanted = (account: Account): readonly Mapped[] =>
  VALUES.flatMap((each) => {
    const field = chosen(account, each) || each.usual;
    return field === '' || field.toLowerCase() === NONE ? [] : [[fieldName(field), each] as const];
  });

/** Those that are written: not where the check has not found the usual field. */
export function mapped(account: Account): readonly Mapped[] {
  const lacking = (account.SALESFORCE_LACKS ?? '').split(' ');
  return wanted(account).filter(([field, each]) => chosen(account, each) !== '' || !lacking.includes(field));
}

/** A text as Salesforce keeps it, in one line. In a composite call `@{` would begin a reference to another part. */
export const kept = (text: string, length: number): string =>
  text.replace(/\s+/g, ' ').replace(/@\{/g, '@ {').trim().slice(0, length).trim();

/** The figures of a lease as they are sent. Salesforce trims texts and keeps no empty ones. */
export function figuresOf(status: LeaseStatus, account: Account): Record<string, Cell> {
  return Object.fromEntries(
    mapped(account).map(([field, { of }]) => {
      const cell = of(status);
      const sent = typeof cell === 'string' ? kept(cell, TEXT_LENGTH) : cell;
      return [field, sent === '' ? null : sent];
    }),
  );
}

const shown = (cell: Cell): string => (cell === null ? '' : String(cell));

export const written = (status: LeaseStatus, account: Account): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(figuresOf(status, account)).map(([field, cell]) => [field, shown(cell)]));

/** The same fields of a contact as it is there. Throws a fault that names one of another type. */
export function fieldsIn(row: Json, account: Account): Readonly<Record<string, string>> {
  return Object.fromEntries(mapped(account).map(([field, { kind }]) => [field, textIn(row, field, kind)]));
}

function textIn(row: Json, field: string, kind: Kind): string {
  if (!row.has(field)) return '';
  if (kind === 'text' || kind === 'day') return row.str(field);
  const found = row.at(field);
  return typeof found.value === 'number' ? shown(found.value) : found.wrong('a number');
}

const USUAL = '; "none" to leave it out';

const field = ({ name, label, usual }: Value): CredentialField => ({
  name,
  label,
  help: usual === '' ? 'Not written when left empty' : `${usual} when left empty${USUAL}`,
  secret: false,
  optional: true,
  pick: 'fields',
  maps: 'Contact fields',
});

export const mappingFields: readonly CredentialField[] = VALUES.map(field);
