/** The rows of a rent roll gathered into one record per resident or vacant unit: sections, totals, charge lines. */
import { type Occupancy, readOccupancy } from './cells';
import type { CsvRow } from './csv';

/** Our fact to their column texts, see `recognise`. */
export type Mapping = Readonly<Record<string, readonly string[]>>;

export interface ChargeLine {
  readonly row: number;
  readonly code: string;
  readonly amount: string;
}

export interface UnitRecord {
  readonly row: number;
  /** The trimmed text under a fact's column; '' when there is none. Several columns are joined by ", ". */
  readonly text: (fact: string) => string;
  /** Every column of a fact apart. */
  readonly texts: (fact: string) => readonly string[];
  readonly property: string;
  readonly occupancy: Occupancy | undefined;
  readonly charges: ChargeLine[];
}

export interface Gathered {
  readonly records: readonly UnitRecord[];
  /** Rows of totals and subtotals that were left out. */
  readonly totalRows: number;
}

const TOTAL = /^(grand\s+|sub\s*)?totals?\b|\btotals?:?$/i;

/** Walks the rows once. Property headings and sections hold for the rows under them. */
export function gather(headers: readonly string[], rows: readonly CsvRow[], mapping: Mapping): Gathered {
  const places = placesOf(headers, mapping);
  const records: UnitRecord[] = [];
  let totalRows = 0;
  let property = '';
  let section: Occupancy | undefined;
  for (const { row, cells } of rows) {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const first = filled[0];
    if (first === undefined) continue;
    if (isTotal(filled)) {
      totalRows++;
      continue;
    }
    if (filled.length === 1 && isTitle(headers, first)) {
      const status = readOccupancy(first);
      if (status) section = status;
      else property = first;
      continue;
    }
    const texts = (fact: string) => (places[fact] ?? []).map((at) => (cells[at] ?? '').trim());
    const text = (fact: string) =>
      texts(fact)
        .filter((each) => each !== '')
        .join(', ');
    const charge = chargeLine(row, text);
    const current = records[records.length - 1];
    if (charge && current && text('Unit') === '' && text('Residents') === '') {
      current.charges.push(charge);
      continue;
    }
    property = text('Property') || property;
    const occupancy = readOccupancy(text('Status')) ?? readOccupancy(text('Residents')) ?? section;
    records.push({ row, text, texts, property, occupancy, charges: charge ? [charge] : [] });
  }
  return { records, totalRows };
}

function placesOf(headers: readonly string[], mapping: Mapping): Record<string, number[]> {
  const places: Record<string, number[]> = {};
  for (const [fact, columns] of Object.entries(mapping)) {
    places[fact] = columns.map((column) => headers.indexOf(column)).filter((at) => at >= 0);
  }
  return places;
}

/** A file of one or two columns has no titles between its rows: its rows look just like them. */
const isTitle = (headers: readonly string[], text: string): boolean =>
  headers.length > 2 && !/^[\d.,$()-]+$/.test(text);

/** "Total", "Grand Total" or "Maple Court Total" in front, and otherwise mostly numbers: no unit is called that. */
function isTotal(filled: readonly string[]): boolean {
  if (!TOTAL.test(filled[0]!)) return false;
  return filled.slice(1).every((text) => /^[\d\s.,$€£%()#/-]+$/.test(text) || /units?$|total/i.test(text));
}

function chargeLine(row: number, text: (fact: string) => string): ChargeLine | undefined {
  const [code, amount] = [text('Charge code'), text('Charge amount')];
  if (code === '' || amount === '' || TOTAL.test(code)) return undefined;
  return { row, code, amount };
}
