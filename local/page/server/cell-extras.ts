/** What a cell shows besides its text: a link, and a sparkline. */
import { type Effective, isFormula } from '../../host/workbook/cells';
import { parseReference, tokenize } from '../../host/workbook/formula-tokens';
import { type Json, obj } from '../../host/workbook/json';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { CellView } from '../grid-types';

/** `#gid=3&range=A5` leads to a tab of this file. */
const INSIDE = /^#gid=(\d+)/;

export function linkOf(state: WorkbookState, format: Json | undefined): Pick<CellView, 'link'> {
  const uri = String(obj(obj(format?.textFormat).link).uri ?? '');
  const gid = INSIDE.exec(uri)?.[1];
  if (gid !== undefined) {
    const sheet = state.find(Number(gid));
    return sheet === undefined ? {} : { link: `./#tab/${encodeURIComponent(sheet.title)}` };
  }
  return /^https?:\/\//.test(uri) ? { link: uri } : {};
}

/** Google's colour of a sparkline that names none. */
const PLAIN_COLOUR = '#0b57d0';

export function sparkOf(state: WorkbookState, sheet: Sheet, row: number, column: number): Pick<CellView, 'spark'> {
  const entered = sheet.cell(row, column);
  if (!isFormula(entered) || !/^=SPARKLINE\(/i.test(entered.f)) return {};
  const [data = [], options = []] = (tokenize(entered.f.slice(1)) ?? [])
    .filter((token) => token.kind === 'ref')
    .map((token) => blockAt(state, sheet, token.text));
  const wanted = new Map(options.map(([name, value]) => [String(name), value]));
  const numbers = data.flat().map((value) => (typeof value === 'number' ? value : null));
  const known = numbers.filter((value): value is number => value !== null);
  const least = numberOr(wanted.get('ymin'), Math.min(...known));
  const most = numberOr(wanted.get('ymax'), Math.max(...known));
  const scaled = (value: number) => Math.min(1, Math.max(0, (value - least) / (most - least || 1)));
  return {
    spark: {
      values: numbers.map((value) => (value === null ? null : scaled(value))),
      kind: wanted.get('charttype') === 'column' ? 'column' : 'line',
      colour: String(wanted.get('color') ?? PLAIN_COLOUR),
    },
  };
}

const numberOr = (value: Effective | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

function blockAt(state: WorkbookState, sheet: Sheet, text: string): readonly (readonly Effective[])[] {
  const { from, to = from } = parseReference(text);
  const [top = 0, left = 0] = [from.row, from.column];
  const rows = (to.row ?? top) - top + 1;
  const columns = (to.column ?? left) - left + 1;
  return Array.from({ length: rows }, (_, down) =>
    Array.from({ length: columns }, (_unused, across) => state.effective(sheet, top + down, left + across)),
  );
}
