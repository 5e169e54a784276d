/** Cells of the Ledger and the Log as text of a packet, and back as the cells that their digests are taken of. */
import { chainText, digestOf, rowDigest } from '../audit';
import { decimal, fromNumber } from '../money';
import { type Currency, currency as currencyOf } from '../values';
import { LEDGER_HEADERS, LOG_HEADERS, type PartColumn, type PartRow } from './parts';

export type SheetCell = string | number | boolean;
export type SheetRow = readonly SheetCell[];

const CURRENCY_AT = LEDGER_HEADERS.findIndex(({ header }) => header === 'Currency');
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** `1200.00`; a number that is no amount of its currency stays as it is. */
function figureText(value: number, currency: Currency): string {
  const cents = fromNumber(value, currency);
  const text = cents === undefined ? '' : decimal(cents, currency);
  return Number(text) === value && text !== '' ? text : String(value);
}

export const ledgerTexts = (cells: SheetRow): string[] => {
  const code = currencyOf(String(cells[CURRENCY_AT] ?? ''));
  return LEDGER_HEADERS.map((_, at) => {
    const cell = cells[at] ?? '';
    return typeof cell === 'number' ? figureText(cell, code) : String(cell);
  });
};

export const logTexts = (cells: SheetRow): string[] => LOG_HEADERS.map((_, at) => String(cells[at] ?? ''));

const back = (columns: readonly PartColumn[], texts: PartRow): SheetRow =>
  columns.map(({ figure }, at) => {
    const text = texts[at] ?? '';
    return figure && NUMBER.test(text) ? Number(text) : text;
  });

export const ledgerCells = (texts: PartRow): SheetRow => back(LEDGER_HEADERS, texts);
export const logCells = (texts: PartRow): SheetRow => back(LOG_HEADERS, texts);

/** The digest of a row of the Ledger, from the texts of a packet. */
export const ledgerDigest = (texts: PartRow): string => rowDigest(ledgerCells(texts));

/** The digest of a line of the Log in its chain, from the texts of a packet. */
export const lineDigest = (before: string, texts: PartRow): string => digestOf(chainText(before, logCells(texts)));
