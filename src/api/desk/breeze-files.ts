/** Files for Breeze and from it, for every customer: the ledger as a file that staff import, and what they export held against it. */

import { pairsIn } from '../../connectors/gateway/profile';
import { CODES } from '../../connectors/yardi-breeze/codes';
import { readExport } from '../../connectors/yardi-breeze/csv/read';
import { exportCharges, exportJournal, exportReceipts } from '../../connectors/yardi-breeze/csv/write';
import type { ReceiptRow } from '../../domain/book';
import { parseDay } from '../../domain/calendar';
import { decimal } from '../../domain/money';
import { stateOf } from '../../domain/run-book';
import { customerAt } from '../../domain/telling';
import type { Day } from '../../domain/values';
import { maskMemo } from '../../http/redact';
import { type App, accountOf, connectorOf } from '../../run/app';
import { textOf } from '../../sheet/cells';
import { type Loaded, loadBook } from '../../sheet/load';
import { layoutFor } from '../../sheet/requests';
import { receiptFrom } from '../../sheet/rows';
import { rowsWhere } from '../../sheet/rows-of';
import { RECEIPTS } from '../../sheet/schema';
import { type Place, placesFor } from '../account';
import { entriesOf } from '../export';
import { csvText } from '../rent-roll';
import { checked, type Missing } from './breeze/check';
import type { BreezeCheck, BreezeFile, BreezeKind } from './breeze/files';
import { BREEZE, isTheirs, type LedgerLine, ledgerLines } from './breeze/lines';
import { whoseLines } from './breeze/whose';
import type { Calls } from './contract';
import { previewMany } from './money/record-many';
import type { Refusal } from './told';
import { sumsOf, sumsText } from './words';

type Asked = Calls['breezeFile']['args'];

/** Charges by the day on which they are due, money by the day on which it was put on a charge or taken off it. */
export function breezeFile(app: App, asked: Asked): BreezeFile | Refusal {
  const [from, until] = [parseDay(asked.from), parseDay(asked.until)];
  if (!from || !until || from > until) return { refused: 'Choose a first day, and a last one that is not before it.' };
  const loaded = loadBook(app.host);
  const places = placesFor(app, loaded.book);
  const all = ledgerLines(loaded.book, places, entriesOf(app, loaded));
  const isIn = (day: Day) => day >= from && day <= until;
  const days = all.lines.filter((line) => isIn(line.day) && isOf(asked.kind, line));
  const { currency } = loaded.book.settings;
  const coded = codedLines(app, days);
  const lines = coded.filter((line) => line.currency === currency);
  return {
    name: `breeze-${asked.kind}-${from}-${until}.csv`,
    text: textOfKind(asked, lines),
    lines: lines.length,
    remarks: [
      ...untenanted(loaded, lines),
      ...uncoded(app, asked.kind, lines),
      ...some(coded.length - lines.length, `not in ${currency}`),
      ...some(all.deposits.filter(isIn).length, 'of deposits'),
      ...(asked.kind === 'charges' ? [] : waiting(loaded, places)),
    ],
  };
}

const isOf = (kind: BreezeKind, line: LedgerLine): boolean =>
  kind === 'journal' || (kind === 'charges') === (line.kind === 'charge');

function textOfKind({ kind, cash, receivable, income }: Asked, lines: readonly LedgerLine[]): string {
  if (kind === 'receipts') return exportReceipts(lines);
  if (kind === 'charges') return exportCharges(lines);
  const accounts = { cash: cash || 'Cash', receivable: receivable || 'Receivable', income: income || 'Income' };
  return exportJournal(lines, accounts);
}

/** As the owner entered them on the card, or the usual ones. */
function codesOf(app: App): ReadonlyMap<string, string> {
  const connector = connectorOf(app, BREEZE);
  const given = connector ? accountOf(app, connector).GATEWAY_CODES : '';
  return new Map(pairsIn(given || CODES));
}

function codedLines(app: App, lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const codes = codesOf(app);
  return lines.map((line) => (line.kind === 'charge' ? { ...line, code: codes.get(line.type) ?? line.type } : line));
}

const some = (count: number, which: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? 'line' : 'lines'} ${which} ${count === 1 ? 'is' : 'are'} left out.`];

const NAMED = 8;
const listed = (names: Iterable<string>): string => {
  const all = [...new Set(names)];
  return all.length > NAMED ? `${all.slice(0, NAMED).join(', ')} and ${all.length - NAMED} more` : all.join(', ');
};

function untenanted({ book }: Loaded, lines: readonly LedgerLine[]): readonly string[] {
  const bare = lines.map(({ lease }) => lease).filter((lease) => customerAt(book, lease, BREEZE) === '');
  return bare.length === 0
    ? []
    : [`No tenant code is on the Links tab for ${listed(bare)}: the lease id stands in its place.`];
}

function uncoded(app: App, kind: BreezeKind, lines: readonly LedgerLine[]): readonly string[] {
  const codes = codesOf(app);
  const types = lines.flatMap(({ kind: what, type }) => (what === 'charge' && !codes.has(type) ? [type] : []));
  return kind !== 'charges' || types.length === 0
    ? []
    : [`No charge code is known for ${listed(types)}: the type stands in its place.`];
}

function waiting({ book }: Loaded, places: readonly Place[]): readonly string[] {
  const left = places.flatMap(({ lease, property: { currency } }) =>
    stateOf(book, lease.id)
      .unspent.filter(({ kind, source }) => kind === 'receipt' && !isTheirs(source))
      .map(({ leftCents: cents }) => ({ cents, currency })),
  );
  return left.length === 0
    ? []
    : [`Money ahead is not in the file until it lies on a charge: ${sumsText(sumsOf(left))}.`];
}

/** So many are offered at once: a list holds no more. */
const MOST = 500;

/** Nothing is written. Payments that are not here come as a list, which `recordMany` judges and records once. */
export function breezeCheck(app: App, { text }: { readonly text: string }): BreezeCheck | Refusal {
  const loaded = loadBook(app.host);
  const { book } = loaded;
  const places = placesFor(app, book);
  const { currency } = book.settings;
  const { missing, ...found } = checked({
    exported: readExport(text, { currency, kind: 'receipt' }),
    ledger: ledgerLines(book, places, entriesOf(app, loaded)).lines,
    receipts: allReceipts(app, loaded),
    places,
    whose: whoseLines(book, places),
    currency,
  });
  if (missing.length === 0) return { ...found, remarks: [] };
  if (isConnected(loaded)) return { ...found, remarks: [comesText(missing.length)] };
  const list = listOf(missing.slice(0, MOST));
  const read = previewMany(app, { text: list });
  if ('refused' in read) return read;
  const rest = missing.length - MOST;
  const remarks = rest > 0 ? [`${rest} more can be recorded when the file is checked again.`] : [];
  return { ...found, remarks, record: { text: list, read } };
}

/** What it reads by itself would be here twice. */
const isConnected = ({ connections }: Loaded): boolean =>
  connections.some(({ platform, cells }) => platform === BREEZE && !['', 'not connected'].includes(textOf(cells[1])));

const comesText = (count: number): string =>
  `${count} ${count === 1 ? 'payment is' : 'payments are'} not here. ` +
  `Yardi Breeze is connected and brings them by itself, so they are not recorded from a file.`;

function allReceipts(app: App, loaded: Loaded): readonly ReceiptRow[] {
  const end = loaded.marks.receiptsTailRow - 1;
  const older = rowsWhere(app.host, layoutFor(loaded, RECEIPTS), 'Key', end, (id) => id !== '');
  return [...older.flatMap(({ row, cells }) => receiptFrom(cells, row) ?? []), ...loaded.book.receipts];
}

const HEADERS = ['Lease', 'Amount', 'Method', 'Reference', 'Date', 'Memo'];

function listOf(missing: readonly Missing[]): string {
  const rows = missing.map(({ payment: { line, amountCents, name }, place: { lease, property } }) => {
    const memo = maskMemo([line.reference, line.notes].join(' ').replace(/\s+/g, ' ').trim());
    return [lease.id, decimal(amountCents, property.currency), 'other', name, line.day, memo];
  });
  return csvText(HEADERS, rows, HEADERS);
}
