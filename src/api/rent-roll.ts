/** Import of rent rolls: a CSV table of any known program becomes rows for our tabs, or reasons why not. */
import { cents, decimal, ZERO } from '../domain/money';
import type { Cents, Currency, Day } from '../domain/values';
import { bare, type ImportKind, isOwn, type OwnKind, ownTab, recognise } from './import-headers';
import {
  chargeType,
  type DateOrder,
  type Occupancy,
  type Read,
  readDay,
  readDueDay,
  readFrequency,
  readMoney,
} from './rent-roll/cells';
import type { CsvTable } from './rent-roll/csv';
import { leaseIds } from './rent-roll/ids';
import { gather, type Mapping, type UnitRecord } from './rent-roll/units';

export type { DateOrder } from './rent-roll/cells';
export { type CsvRow, type CsvTable, csvText, readCsv, tableOf } from './rent-roll/csv';

export interface ImportDefaults {
  /** For rows that name no property. */
  readonly property: string;
  readonly currency: Currency;
  readonly dateOrder: DateOrder;
  readonly today: Day;
  /** First day of a lease for rows that give none; without it such rows are refused. */
  readonly start?: Day;
  /** Corrections that a person made to {@link recognise}'s mapping: fact to their columns. */
  readonly mapping?: Mapping;
}

/** A row for a tab: our header to text. Days are ISO, amounts plain decimals; empty cells are left out. */
export type ImportedRow = Readonly<Record<string, string>>;

export interface ImportResult {
  readonly tables: readonly {
    readonly tab: string;
    readonly rows: readonly ImportedRow[];
    /** The file's row of each of them. */
    readonly fileRows: readonly number[];
  }[];
  /** Rows that ought to be leases and cannot be read; `row` is the file's row. */
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  /** Rows that are rightly no leases: vacant units, applicants, past residents. */
  readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  /** What the person should know before saying yes. */
  readonly notes: readonly string[];
}

/** Turns a table into rows for our tabs; pure. Files with our own headers pass through with their texts untouched. */
export function toRows(kind: ImportKind, table: CsvTable, defaults: ImportDefaults): ImportResult {
  const mapping = { ...recognise(table.headers).mapping, ...defaults.mapping };
  return isOwn(kind) ? ownRows(kind, table, mapping) : leaseRows(kind, table, mapping, defaults);
}

function ownRows(kind: OwnKind, table: CsvTable, mapping: Mapping): ImportResult {
  const tab = ownTab(kind);
  const places = tab.columns.flatMap(({ header }) => {
    const theirs = (mapping[header] ?? [header])[0];
    const at = theirs === undefined ? -1 : table.headers.indexOf(theirs);
    return at < 0 ? [] : [{ header, at }];
  });
  const written = table.rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const rows = written.map(({ cells }) => {
    const filled = places.filter(({ at }) => (cells[at] ?? '') !== '');
    return Object.fromEntries(filled.map(({ header, at }) => [header, cells[at]!]));
  });
  const unknown = table.headers.filter((header, at) => header !== '' && !places.some((place) => place.at === at));
  const notes = unknown.length === 0 ? [] : [`Columns left out, since ${tab.title} has none: ${unknown.join(', ')}.`];
  const fileRows = written.map((each) => each.row);
  return { tables: [{ tab: tab.title, rows, fileRows }], refused: [], skipped: [], notes };
}

// ---------------------------------------------------------------- other programs' rent rolls

const SKIPPED: Readonly<Record<Exclude<Occupancy, 'occupied' | 'notice'>, string>> = {
  vacant: 'Vacant unit: there is no lease.',
  model: 'Model unit: there is no lease.',
  down: 'Unit out of use: there is no lease.',
  applicant: 'Applicant or future resident: enter the lease when it begins.',
  past: 'Past resident: the lease has ended.',
};

interface Draft {
  readonly row: number;
  readonly given: string;
  readonly property: string;
  readonly unit: string;
  readonly residents: string;
  readonly cells: ImportedRow;
  /** Scheduled charges besides rent; their Lease ID is not known yet. */
  readonly terms: readonly ImportedRow[];
  readonly notes: readonly string[];
}

function leaseRows(kind: ImportKind, table: CsvTable, mapping: Mapping, defaults: ImportDefaults): ImportResult {
  const { records, totalRows } = gather(table.headers, table.rows, mapping);
  const drafts: Draft[] = [];
  const seen = new Map<string, number>();
  const refused: { row: number; reasons: readonly string[] }[] = [];
  const skipped: { row: number; reason: string }[] = [];
  for (const record of records) {
    const reason = notALease(record);
    if (reason !== undefined) {
      skipped.push({ row: record.row, reason });
      continue;
    }
    const draft = draftLease(kind, record, defaults);
    const twice = 'reasons' in draft ? undefined : sameId(seen, draft);
    if ('reasons' in draft) refused.push({ row: record.row, reasons: draft.reasons });
    else if (twice) refused.push({ row: record.row, reasons: [twice] });
    else drafts.push(draft);
  }
  const ids = leaseIds(drafts);
  const leases = drafts.map((draft, index): ImportedRow => ({ 'Lease ID': ids[index]!, ...draft.cells }));
  const terms = drafts.flatMap((draft, index) =>
    draft.terms.map((term): ImportedRow => ({ 'Lease ID': ids[index]!, ...term })),
  );
  const termRows = drafts.flatMap((draft) => draft.terms.map(() => draft.row));
  const tables = [
    { tab: 'Leases', rows: leases, fileRows: drafts.map((draft) => draft.row) },
    ...(terms.length === 0 ? [] : [{ tab: 'Terms', rows: terms, fileRows: termRows }]),
  ];
  return { tables, refused, skipped, notes: [...fileNotes(records, totalRows), ...drafts.flatMap((d) => d.notes)] };
}

function notALease(record: UnitRecord): string | undefined {
  const { occupancy } = record;
  if (occupancy !== undefined && occupancy !== 'occupied' && occupancy !== 'notice') return SKIPPED[occupancy];
  return record.text('Residents') === '' && record.text('Unit') !== '' ? SKIPPED.vacant : undefined;
}

/** Remembers the file's own Lease IDs with their rows; the reason when an ID comes a second time. */
function sameId(seen: Map<string, number>, draft: Draft): string | undefined {
  if (draft.given === '') return undefined;
  const earlier = seen.get(draft.given);
  if (earlier === undefined) {
    seen.set(draft.given, draft.row);
    return undefined;
  }
  return `Lease ID "${draft.given}" stands in row ${earlier} already. Give each lease one row.`;
}

function fileNotes(records: readonly UnitRecord[], totalRows: number): string[] {
  const owing = records.filter((record) => /[1-9]/.test(record.text('Balance'))).length;
  const notes: string[] = [];
  if (totalRows > 0) notes.push(`${totalRows} rows of totals were left out.`);
  if (owing > 0) {
    notes.push(
      `${owing} rows show a balance. Balances are not imported: enter what is owed as a one-off on the Terms tab.`,
    );
  }
  return notes;
}

/** Collects the reasons of all cells of a row, so that a person mends it once. */
class Reasons {
  readonly list: string[] = [];

  take<T>(read: Read<T>): T | undefined {
    if ('value' in read) return read.value;
    this.list.push(read.reason);
    return undefined;
  }
}

function draftLease(kind: ImportKind, record: UnitRecord, defaults: ImportDefaults): Draft | { reasons: string[] } {
  const reasons = new Reasons();
  const { text } = record;
  const [property, unit, residents] = [record.property || defaults.property, text('Unit'), names(kind, record)];
  if (property === '') reasons.list.push('The row names no property.');
  if (unit === '') reasons.list.push('The row names no unit.');
  if (residents === '') reasons.list.push('The row names no resident.');
  const day = (fact: string) => reasons.take(readDay(fact, text(fact), defaults.dateOrder));
  const start = day('Start') ?? day('Move in') ?? defaults.start;
  // A day that cannot be read has given its own reason already.
  const noDay = text('Start') === '' && text('Move in') === '';
  if (!start && noDay) reasons.list.push('There is no first day of the lease.');
  const end = endOf(day('Move out'), day('Lease end'), defaults.today);
  const rent = rentOf(record, defaults.currency, reasons);
  const depositCents = sumOf('Deposit', record.texts('Deposit'), defaults.currency, reasons);
  const cells = filled({
    Property: property,
    Unit: unit,
    Residents: residents,
    Email: commas(text('Email')),
    Phone: text('Phone'),
    Rent: rent.rentCents === undefined ? '' : decimal(rent.rentCents, defaults.currency),
    Frequency: reasons.take(readFrequency(text('Frequency'))) ?? '',
    'Due day': reasons.take(readDueDay(text('Due day'), defaults.dateOrder)) ?? '',
    Start: start ?? '',
    End: end.day ?? '',
    Deposit: depositCents === undefined ? '' : decimal(depositCents, defaults.currency),
    Language: text('Language'),
    Notes: text('Notes'),
  });
  if (reasons.list.length > 0) return { reasons: reasons.list };
  const terms = rent.terms.map((term) => ({ ...term, From: start ?? '', Every: 'period' }));
  const at = `Row ${record.row}: `;
  const notes = [...end.notes, ...rent.notes, ...statusNotes(record)].map((note) => at + note);
  return { row: record.row, given: text('Lease ID'), property, unit, residents, cells, terms, notes };
}

const filled = (cells: ImportedRow): ImportedRow =>
  Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== ''));

const commas = (text: string): string => text.replace(/\s*[;\r\n]+\s*/g, ', ');

/** Residents' names. AppFolio and Yardi write "Last, First"; our commas separate people. */
function names(kind: ImportKind, record: UnitRecord): string {
  const parts = record.texts('Residents').filter((each) => each !== '');
  // First and last name in columns of their own are one person.
  if (record.texts('Name parts').length > 0) return parts.join(' ');
  const [main = '', ...others] = parts;
  const turned = kind === 'appfolio' || kind === 'yardi' ? main.replace(/^([^,]+),\s*([^,]+)$/, '$2 $1') : main;
  return commas([turned, ...others].join(', '));
}

/**
 * The last day lived in. A lease whose agreed end has passed while the resident is still listed runs month to month.
 */
function endOf(moveOut: Day | undefined, leaseEnd: Day | undefined, today: Day): { day?: Day; notes: string[] } {
  if (moveOut) return { day: moveOut, notes: [] };
  if (!leaseEnd) return { notes: [] };
  if (leaseEnd >= today) return { day: leaseEnd, notes: [] };
  return { notes: [`the agreed end ${leaseEnd} has passed, so the lease is taken as month to month.`] };
}

function statusNotes(record: UnitRecord): string[] {
  const notes: string[] = [];
  const given = bare(record.text('Status'));
  if (record.occupancy === 'notice' && record.text('Move out') === '') {
    notes.push('notice was given but no move-out day; enter the End when it is known.');
  }
  if (given === 'evict' || given === 'eviction') notes.push('an eviction is under way; consider a hold.');
  return notes;
}

interface RentFound {
  readonly rentCents: Cents | undefined;
  readonly terms: readonly ImportedRow[];
  readonly notes: readonly string[];
}

/** Rent from its own column, or the sum of a unit's charge lines for rent; the other lines become Terms. */
function rentOf(record: UnitRecord, currency: Currency, reasons: Reasons): RentFound {
  if (record.charges.length === 0) {
    const rentCents = reasons.take(readMoney('Rent', record.text('Rent'), currency));
    if (record.text('Rent') === '') reasons.list.push('There is no rent.');
    return { rentCents, terms: [], notes: [] };
  }
  let rentCents = ZERO;
  const [terms, notes]: [ImportedRow[], string[]] = [[], []];
  for (const { row, code, amount } of record.charges) {
    const value = reasons.take(readMoney(`Charge ${code} in row ${row}`, amount, currency));
    const type = chargeType(code);
    if (value === undefined || value === 0) continue;
    if (type === 'rent') rentCents = cents(rentCents + value);
    else if (value > 0) terms.push({ Type: type, Amount: decimal(value, currency), Memo: code });
    else notes.push(`the credit ${code} of ${decimal(value, currency)} is not imported; enter it on the Terms tab.`);
  }
  if (rentCents < 0) reasons.list.push('The charges for rent come to less than nothing.');
  return { rentCents, terms, notes };
}

function sumOf(header: string, texts: readonly string[], currency: Currency, reasons: Reasons): Cents | undefined {
  const values = texts.map((text) => reasons.take(readMoney(header, text, currency)));
  const known = values.filter((value): value is Cents => value !== undefined);
  return known.length === 0 ? undefined : cents(known.reduce((total, each) => total + each, 0));
}
