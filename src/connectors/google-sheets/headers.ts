/** Makes the tabs and headers that a mirror needs and that the spreadsheet lacks: nothing that stands there is changed. */
import { digestOf } from '../../domain/audit';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import { type Account, type AccountSeen, asked, type Choice, type Effect, type Flow } from '../connector';
import * as api from './api';
import { headersOf, KINDS, madeFields, NONE, plain, titleOf } from './columns';
import { type Head, headerRowOf, headsOf } from './tab';

const FIELDS = 'properties.title,sheets.properties(sheetId,title,sheetType,hidden)';
/** Room for a year of a small portfolio; the grid grows as rows come. */
const ROWS = 1000;
/** No other spreadsheet has all of these tabs. */
const LEDGER_TABS = ['Leases', 'Ledger', 'Outbox', 'Log'];

interface Shape {
  readonly title: string;
  readonly tabs: readonly { readonly sheetId: number; readonly title: string; readonly isHidden: boolean }[];
}

function* shapeOf(account: Account): Flow<Shape> {
  const body = bodyOf(yield* asked(api.shape(account, FIELDS)), 'spreadsheet');
  const tabs = body.list('sheets').flatMap((sheet) => {
    const properties = sheet.at('properties');
    if (properties.opt('sheetType') !== 'GRID') return [];
    const sheetId = properties.has('sheetId') ? properties.int('sheetId') : 0;
    return [{ sheetId, title: properties.str('title'), isHidden: properties.at('hidden').value === true }];
  });
  if (LEDGER_TABS.every((title) => tabs.some((tab) => tab.title === title)))
    return fail('rejected', 'This spreadsheet is a rent ledger itself. The mirror needs a spreadsheet of its own.');
  return { title: body.str('properties.title'), tabs };
}

/** The tabs to choose from. */
export function* tabChoices(account: Account): Flow<readonly Choice[]> {
  const { tabs } = yield* shapeOf(account);
  const found = tabs.map(({ title, isHidden }) => ({
    id: title,
    name: title,
    ...(isHidden ? { note: 'hidden' } : {}),
  }));
  return [...found, { id: NONE, name: 'None', note: 'nothing of this kind is written' }];
}

interface Gap {
  readonly title: string;
  /** Undefined where there is no such tab. */
  readonly head?: Head;
  readonly headerRow: number;
  readonly missing: readonly string[];
  readonly columns: number;
}

/** What each tab of the mirror lacks. */
function* gapsOf(account: Account, { tabs }: Shape): Flow<readonly Gap[]> {
  const headers = headersOf(account);
  const wanted = KINDS.flatMap((kind) => {
    const title = titleOf(kind, account);
    return title === undefined ? [] : [{ kind, title }];
  });
  const isThere = (title: string) => tabs.some((tab) => plain(tab.title) === plain(title));
  const there = wanted.filter(({ title }) => isThere(title)).map(({ title }) => title);
  const heads = there.length === 0 ? [] : yield* headsOf(account, there);
  return wanted.map(({ kind, title }) => {
    const head = heads.find((each) => plain(each.title) === plain(title));
    const headerRow = head ? rowFor(head, headers(kind.key)) : 0;
    const shown = (head?.top[headerRow] ?? []).map(plain);
    const fields = madeFields(kind);
    const missing = fields
      .filter((field) => !headers(field).some((each) => shown.includes(plain(each))))
      .map((field) => headers(field)[0] as string);
    return { title, headerRow, missing, columns: fields.length, ...(head ? { head } : {}) };
  });
}

/** Where no row has the key's header yet, the first that has anything is the header's. */
function rowFor(head: Head, keyHeaders: readonly string[]): number {
  const first = head.top.findIndex((cells) => cells.some((cell) => cell !== ''));
  return headerRowOf(head, keyHeaders) ?? Math.max(first, 0);
}

/** Finds the spreadsheet, and says in its name what it lacks. */
export function* seen(account: Account): Flow<AccountSeen> {
  const shape = yield* shapeOf(account);
  const lacks = (yield* gapsOf(account, shape)).flatMap(({ title, head, missing }) => {
    if (!head) return [`no tab "${title}" yet`];
    return missing.length > 0 ? [`"${title}" has no ${few(missing)}`] : [];
  });
  return { name: [shape.title, ...lacks].join('; '), mode: 'live' };
}

/** A name has room for some. */
const NAMED = 5;
const few = (names: readonly string[]): string =>
  names.length <= NAMED ? names.join(', ') : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;

// ---------------------------------------------------------------- making them

/** Everything in one batch, so that no tab is left without its headers. A second time finds nothing to do. */
export const headers: Effect = {
  once: 'natural-id',
  *run({ account }) {
    const shape = yield* shapeOf(account);
    const gaps = yield* gapsOf(account, shape);
    const requests: object[] = [];
    const taken = new Set(shape.tabs.map(({ sheetId }) => sheetId));
    for (const gap of gaps) {
      if (gap.head && gap.missing.length > 0) requests.push(...(yield* added(account, gap, gap.head)));
      if (!gap.head) requests.push(...made(gap, taken));
    }
    if (requests.length > 0) yield* asked(api.change(account, requests));
    return `${gaps.map(({ title, columns }) => `${title}: ${columns} columns`).join(', ')} ${api.pageOf(account)}`;
  },
};

const typed = (texts: readonly string[], start: object): object => ({
  updateCells: { start, rows: [{ values: texts.map(api.cell) }], fields: 'userEnteredValue' },
});

/** A new tab. Its number is ours to choose, so that the headers can come in the same batch. */
function made({ title, missing }: Gap, taken: Set<number>): object[] {
  let sheetId = Number.parseInt(digestOf(title).slice(0, 7), 16);
  while (taken.has(sheetId)) sheetId++;
  taken.add(sheetId);
  const gridProperties = { rowCount: ROWS, columnCount: missing.length, frozenRowCount: 1 };
  return [{ addSheet: { properties: { sheetId, title, gridProperties } } }, typed(missing, { sheetId })];
}

/** Right of everything that stands in the tab, in whatever row: no column of somebody's becomes ours by its new header. */
function* added(account: Account, { headerRow, missing }: Gap, head: Head): Flow<object[]> {
  const body = bodyOf(yield* asked(api.columnsIn(account, [api.whole(head.title)])), 'values');
  const used = body.at('valueRanges.0').items('values').length;
  const more = used + missing.length - head.columnCount;
  const { sheetId } = head;
  const room = more > 0 ? [{ appendDimension: { sheetId, dimension: 'COLUMNS', length: more } }] : [];
  return [...room, typed(missing, { sheetId, rowIndex: headerRow, columnIndex: used })];
}
