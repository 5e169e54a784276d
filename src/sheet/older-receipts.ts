/** Receipts that lie before the open tail of the Receipts tab, found by their keys. */
import type { ReceiptRow } from '../domain/book';
import { wholeOf } from '../domain/receipt-row';
import type { Host } from '../ports';
import { textOf } from './cells';
import { schemaCells } from './layout';
import type { Loaded } from './load';
import { layoutFor } from './requests';
import { receiptFrom } from './rows';
import { RECEIPTS } from './schema';

/** The rows of these keys and of their parts. At most two reads, and none where nothing lies before the tail. */
export function olderReceipts(host: Host, loaded: Loaded, keys: readonly string[]): readonly ReceiptRow[] {
  const end = loaded.marks.receiptsTailRow - 1;
  if (end < 2 || keys.length === 0) return [];
  const layout = layoutFor(loaded, RECEIPTS);
  const column = letters(layout.at.get('Key') ?? 0);
  const [stored] = host.workbook.read([`'${RECEIPTS.title}'!${column}2:${column}${end}`]);
  const wanted = new Set(keys);
  const rows = (stored ?? []).flatMap((row, index) => {
    const id = textOf(row[0]);
    return wanted.has(id) || wanted.has(wholeOf(id) ?? '') ? [index + 2] : [];
  });
  if (rows.length === 0) return [];
  const found = host.workbook.read(rows.map((row) => `'${RECEIPTS.title}'!A${row}:AZ${row}`));
  return rows.flatMap((row, index) => receiptFrom(schemaCells(layout, found[index]?.[0] ?? []), row) ?? []);
}

const A = 'A'.charCodeAt(0);
/** `A` of 0, `AA` of 26. */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(A + (column % 26));
