/**
 * Files for Breeze: charges and receipts of the ledger as CSV, for staff to import. What columns a customer's template wants is not
 * public, so they are a list that may be given: each header with what stands under it.
 */
import Papa from 'papaparse';
import { decimal, negate } from '../../../domain/money';
import type { Cents, Currency, Day } from '../../../domain/values';

export interface FileLine {
  readonly kind: 'charge' | 'receipt';
  readonly property: string;
  readonly unit: string;
  /** As Breeze knows the household. */
  readonly tenant: string;
  readonly day: Day;
  /** Our number. */
  readonly reference: string;
  /** Below nothing for what goes back. */
  readonly amountCents: Cents;
  readonly currency: Currency;
  /** Of a charge. */
  readonly code?: string;
  readonly account?: string;
  readonly notes?: string;
}

export type Value =
  | Exclude<keyof FileLine, 'kind' | 'amountCents' | 'currency' | 'day'>
  | 'type'
  | 'date'
  | 'postMonth'
  | 'amount';
export type Columns = readonly (readonly [header: string, value: Value])[];

export const COLUMNS: Columns = [
  ['TransactionType', 'type'],
  ['Property', 'property'],
  ['Unit', 'unit'],
  ['TenantCode', 'tenant'],
  ['Date', 'date'],
  ['PostMonth', 'postMonth'],
  ['Reference', 'reference'],
  ['Amount', 'amount'],
  ['ChargeCode', 'code'],
  ['AccountCode', 'account'],
  ['Notes', 'notes'],
];

export interface FileOptions {
  readonly columns?: Columns;
  readonly dates?: 'MM/dd/yyyy' | 'yyyy-MM-dd';
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which readers of ours take off again. */
export const harmless = (text: string): string => (/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

export function writtenDay(on: Day, dates: FileOptions['dates']): string {
  const [year, month, date] = on.split('-');
  return dates === 'yyyy-MM-dd' ? on : `${month}/${date}/${year}`;
}

function writtenMonth(on: Day, dates: FileOptions['dates']): string {
  const [year, month] = on.split('-');
  return dates === 'yyyy-MM-dd' ? `${year}-${month}` : `${month}/${year}`;
}

function cell(line: FileLine, value: Value, dates: FileOptions['dates']): string {
  switch (value) {
    case 'type':
      return line.kind === 'charge' ? 'Charge' : 'Receipt';
    case 'date':
      return writtenDay(line.day, dates);
    case 'postMonth':
      return writtenMonth(line.day, dates);
    case 'amount':
      return decimal(line.amountCents, line.currency);
    default:
      return harmless(line[value] ?? '');
  }
}

const csv = (headers: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${Papa.unparse({ fields: [...headers], data: rows.map((row) => [...row]) }, { newline: '\r\n' })}\r\n`;

function exported(lines: readonly FileLine[], { columns = COLUMNS, dates }: FileOptions): string {
  const rows = lines.map((line) => columns.map(([, value]) => cell(line, value, dates)));
  return csv(
    columns.map(([header]) => header),
    rows,
  );
}

export const exportReceipts = (lines: readonly FileLine[], options: FileOptions = {}): string =>
  exported(
    lines.filter(({ kind }) => kind === 'receipt'),
    options,
  );

export const exportCharges = (lines: readonly FileLine[], options: FileOptions = {}): string =>
  exported(
    lines.filter(({ kind }) => kind === 'charge'),
    options,
  );

export interface Accounts {
  readonly cash: string;
  readonly receivable: string;
  /** Of a charge whose line names no account. */
  readonly income: string;
}

const JOURNAL = ['Date', 'PostMonth', 'Reference', 'Property', 'Account', 'Debit', 'Credit', 'Description'];

/** A journal for the general ledger: each line is entered on two accounts, and what goes back changes sides. */
export function exportJournal(lines: readonly FileLine[], accounts: Accounts, options: FileOptions = {}): string {
  const rows = lines.flatMap((line) => {
    const isCharge = line.kind === 'charge';
    const from = isCharge ? (line.account ?? accounts.income) : accounts.receivable;
    const to = isCharge ? accounts.receivable : accounts.cash;
    const isBack = line.amountCents < 0;
    return [entry(line, isBack ? from : to, 'debit', options), entry(line, isBack ? to : from, 'credit', options)];
  });
  return csv(JOURNAL, rows);
}

function entry(line: FileLine, account: string, side: 'debit' | 'credit', { dates }: FileOptions): readonly string[] {
  const { day, reference, property, amountCents, currency, notes = '' } = line;
  const amount = decimal(amountCents < 0 ? negate(amountCents) : amountCents, currency);
  const texts = [reference, property, account].map(harmless);
  const sides = side === 'debit' ? [amount, ''] : ['', amount];
  return [writtenDay(day, dates), writtenMonth(day, dates), ...texts, ...sides, harmless(notes)];
}
