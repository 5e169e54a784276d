/**
 * Reads what staff export from Breeze: receipt registers, tenant ledgers and filled templates. Columns are found by their headers in
 * any order, below whatever title a report has; a line that cannot be read is a problem with its number, and sums are left out.
 */
import Papa from 'papaparse';
import { parseDay, ymd } from '../../../domain/calendar';
import { negate, parseAmount } from '../../../domain/money';
import type { Cents, Currency, Day } from '../../../domain/values';
import { ourNumber } from '../../wishes';

export interface ExportedLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly kind: 'charge' | 'receipt';
  readonly day: Day;
  /** Below nothing for what went back. */
  readonly amountCents: Cents;
  readonly tenant: string;
  readonly reference: string;
  /** Breeze's own number of the line; '' where the file has none. */
  readonly id: string;
  readonly property: string;
  readonly unit: string;
  readonly code: string;
  readonly notes: string;
  /** Our number, where the line came from the ledger. */
  readonly ours?: string;
}

export interface FileProblem {
  readonly line: number;
  readonly what: string;
}

export interface Exported {
  readonly lines: readonly ExportedLine[];
  readonly problems: readonly FileProblem[];
}

type Column =
  | 'day'
  | 'amount'
  | 'charges'
  | 'payments'
  | 'tenant'
  | 'reference'
  | 'id'
  | 'type'
  | 'property'
  | 'unit'
  | 'code'
  | 'notes';

/** Headers as letters and digits in lower case; the first of a column's that the file has is taken. */
const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  day: ['date', 'transactiondate', 'trandate', 'receiptdate', 'chargedate', 'postdate'],
  amount: ['amount', 'receiptamount', 'paymentamount', 'chargeamount', 'total'],
  charges: ['charges', 'charge', 'debit', 'debits'],
  payments: ['payments', 'payment', 'receipts', 'credit', 'credits'],
  tenant: ['tenantcode', 'residentcode', 'tcode', 'tenantid', 'customerid', 'personcode', 'tenant', 'resident'],
  reference: ['reference', 'ref', 'documentnumber', 'checknumber', 'check', 'checkno'],
  id: ['control', 'ctrl', 'transactionid', 'controlnumber'],
  type: ['transactiontype', 'type'],
  property: ['property', 'propertycode'],
  unit: ['unit', 'unitcode'],
  code: ['chargecode', 'code'],
  notes: ['notes', 'description', 'comment', 'remarks'],
};
/** Titles of reports stand above. */
const MAX_TITLE_LINES = 20;

type Places = { readonly [Each in Column]?: number };

const plain = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

function placesIn(row: readonly string[]): Places {
  const headers = row.map(plain);
  const found = Object.entries(HEADERS).flatMap(([column, names]) => {
    const name = names.find((each) => headers.includes(each));
    return name === undefined ? [] : [[column, headers.indexOf(name)] as const];
  });
  return Object.fromEntries(found) as Places;
}

const isHead = ({ day, amount, charges, payments, tenant }: Places): boolean =>
  day !== undefined && tenant !== undefined && (amount ?? charges ?? payments) !== undefined;

export interface ReadOptions {
  readonly currency: Currency;
  /** What lines are where the file does not say. */
  readonly kind?: 'charge' | 'receipt';
}

/** `text` may begin with a byte order mark, and be parted by commas, semicolons or tabs. */
export function readExport(text: string, options: ReadOptions): Exported {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimitersToGuess: [',', ';', '\t'] });
  const at = data.slice(0, MAX_TITLE_LINES).findIndex((row) => isHead(placesIn(row)));
  const head = data[at];
  if (!head) {
    const what = 'No line has headers for the day, the tenant and the amount.';
    return { lines: [], problems: [{ line: 1, what }] };
  }
  const places = placesIn(head);
  const lines: ExportedLine[] = [];
  const problems: FileProblem[] = [];
  data.slice(at + 1).forEach((row, index) => {
    const line = at + index + 2;
    const read = readRow(row, places, options);
    if (typeof read === 'string') problems.push({ line, what: read });
    else if (read) lines.push({ ...read, line });
  });
  return { lines, problems };
}

type Row = Omit<ExportedLine, 'line'>;

/** Undefined for a blank line, a sum or a repeated head; a text says what is wrong. */
function readRow(row: readonly string[], places: Places, options: ReadOptions): Row | string | undefined {
  const cell = (column: Column): string => {
    const place = places[column];
    const text = (place === undefined ? '' : (row[place] ?? '')).trim();
    return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
  };
  if (row.every((each) => each.trim() === '') || isHead(placesIn(row))) return undefined;
  const tenant = cell('tenant');
  const written = cell('day');
  if (
    tenant === '' ||
    /^(?:grand |sub-?)?total/i.test(tenant) ||
    (written === '' && /total|balance/i.test(row.join(' ')))
  )
    return undefined;
  const day = dayIn(written);
  if (!day) return `"${written}" is not a day such as 12/31/2026.`;
  const money = moneyIn(cell, options);
  if (typeof money === 'string') return money;
  const reference = cell('reference');
  const ours = ourNumber(reference);
  return {
    ...money,
    day,
    tenant,
    reference,
    id: cell('id'),
    property: cell('property'),
    unit: cell('unit'),
    code: cell('code'),
    notes: cell('notes'),
    ...(ours === undefined ? {} : { ours }),
  };
}

/** `12/2/2026` and `2026-12-02`; a year of two digits is not guessed. */
function dayIn(text: string): Day | undefined {
  const [, month, date, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: 0?0:00(?::00)?)?$/.exec(text) ?? [];
  return parseDay(year ? ymd(Number(year), Number(month), Number(date)) : text);
}

const KINDS: Readonly<Record<string, ExportedLine['kind']>> = {
  charge: 'charge',
  receipt: 'receipt',
  payment: 'receipt',
};

function moneyIn(
  cell: (column: Column) => string,
  { currency, kind }: ReadOptions,
): Pick<ExportedLine, 'kind' | 'amountCents'> | string {
  const [charges, payments] = [cell('charges'), cell('payments')];
  const isTwoSided = charges !== '' || payments !== '';
  if (isTwoSided && charges !== '' && payments !== '') {
    const [charge, paid] = [parseAmount(charges, currency), parseAmount(payments, currency)];
    if (charge !== 0 && paid !== 0) return 'The line has both a charge and a payment.';
    return charge === 0 ? amountIn(payments, currency, 'receipt') : amountIn(charges, currency, 'charge');
  }
  if (isTwoSided)
    return charges !== '' ? amountIn(charges, currency, 'charge') : amountIn(payments, currency, 'receipt');
  const word = cell('type').toLowerCase();
  const told = word === '' ? kind : KINDS[word];
  if (!told)
    return word === ''
      ? 'The line says neither charge nor receipt.'
      : `"${cell('type')}" is neither Charge nor Receipt.`;
  return amountIn(cell('amount'), currency, told);
}

function amountIn(
  text: string,
  currency: Currency,
  kind: ExportedLine['kind'],
): Pick<ExportedLine, 'kind' | 'amountCents'> | string {
  const isTrailing = /^[^-]*-$/.test(text);
  const amount = parseAmount(isTrailing ? text.slice(0, -1) : text, currency);
  if (amount === undefined) return `"${text}" is not an amount.`;
  if (amount === 0) return 'The amount is nothing.';
  return { kind, amountCents: isTrailing ? negate(amount) : amount };
}
