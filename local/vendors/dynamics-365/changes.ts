/** Change tracking: all rows first, then by each delta link what was written or deleted since. */
import type { SandboxReply } from '../sandbox';
import { optionsOf, selectedOf } from './address';
import { badQuery, odata, refused } from './errors';
import { mustHave } from './gate';
import { pageSizeOf, readSkipToken, skipToken, withToken } from './lists';
import { contextOf, shown } from './shapes';
import { DAY_MS, type Deletion, type Desk, type Row } from './state';
import type { Table } from './tables';

interface Span {
  /** Versions above the one and up to the other. */
  readonly from: number;
  readonly upTo: number;
  /** When the other was the newest one. */
  readonly atMs: number;
  /** Version of the last that was told, and whether that was a deletion. */
  readonly told: number;
  readonly deleted: boolean;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `919042!08/22/2017 08:10:44` */
function deltaToken(version: number, ms: number): string {
  const at = new Date(ms);
  const day = [at.getUTCMonth() + 1, at.getUTCDate()].map(twoDigits).join('/');
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(twoDigits).join(':');
  return `${version}!${day}/${at.getUTCFullYear()} ${clock}`;
}

function readDeltaToken(desk: Desk, token: string): number {
  const [, version, month, day, year, clock] = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) ([\d:]{8})$/.exec(token) ?? [];
  const atMs = Date.parse(`${year}-${month}-${day}T${clock}Z`);
  if (version === undefined || Number.isNaN(atMs) || Number(version) > desk.state.version)
    throw badQuery('The delta token is not valid.');
  if (atMs < desk.nowMs - desk.state.changesKeptDays * DAY_MS)
    throw refused(
      400,
      '0x80044352',
      'Version stamp associated with the client has expired. Please perform a full sync.',
    );
  return Number(version);
}

const UNSUPPORTED = ['$filter', '$orderby', '$expand', '$top'];

function checkTracked(desk: Desk, table: Table, url: URL): void {
  const bad = UNSUPPORTED.find((name) => url.searchParams.has(name));
  if (bad) throw badQuery(`The "${bad}" query parameter isn't supported when Change Tracking is enabled.`);
  if (!desk.state.tables[table.name]!.tracksChanges)
    throw badQuery(
      `Change tracking is not enabled for the entity '${table.name}'. Enable change tracking for the entity to use the ` +
        'odata.track-changes preference.',
    );
}

function spanOf(desk: Desk, options: Readonly<Record<string, string>>): { readonly span: Span; readonly page: number } {
  if (options.$skiptoken !== undefined) {
    const { page, cookie } = readSkipToken<Span>(options.$skiptoken);
    return { span: cookie, page };
  }
  const from = options.$deltatoken === undefined ? 0 : readDeltaToken(desk, options.$deltatoken);
  const span = { from, upTo: desk.state.version, atMs: desk.nowMs, told: 0, deleted: false };
  return { span, page: 1 };
}

type Change = { readonly row: Row } | { readonly deletion: Deletion };

const byVersion = (a: { readonly version: number }, b: { readonly version: number }): number => a.version - b.version;

/** What is still to be told: rows by their version, then deletions, which the first read of all has none of. */
function changesIn(desk: Desk, table: Table, span: Span): readonly Change[] {
  const within = (version: number) => version > span.from && version <= span.upTo;
  const rows = desk.state.rows[table.name]!.filter(
    (row) => within(row.version) && !span.deleted && row.version > span.told,
  ).sort(byVersion);
  const deletions = desk.state.deletions
    .filter((each) => each.table === table.name && span.from > 0 && within(each.version))
    .filter((each) => !span.deleted || each.version > span.told)
    .sort(byVersion);
  return [...rows.map((row) => ({ row })), ...deletions.map((deletion) => ({ deletion }))];
}

/** Is this a request of change tracking? */
export const isTracked = (url: URL, preferences: ReadonlyMap<string, string>): boolean =>
  preferences.has('odata.track-changes') || url.searchParams.has('$deltatoken');

export function changed(desk: Desk, table: Table, url: URL, preferences: ReadonlyMap<string, string>): SandboxReply {
  mustHave(desk, 'Read', table);
  checkTracked(desk, table, url);
  const options = optionsOf(url, ['$select', '$deltatoken', '$skiptoken']);
  const select = selectedOf(desk, table, options.$select);
  const { span, page } = spanOf(desk, options);
  const all = changesIn(desk, table, span);
  const some = all.slice(0, pageSizeOf(preferences));
  const isDelta = options.$deltatoken !== undefined;
  const context = contextOf(desk, table, select);
  const last = some.at(-1);
  const told = (change: Change) =>
    'row' in change
      ? shown(desk, table, change.row, select)
      : {
          '@odata.context': `${contextOf(desk, table)}/$deletedEntity`,
          id: change.deletion.id,
          reason: 'deleted',
        };
  const rest: Span | undefined =
    last && some.length < all.length
      ? { ...span, told: 'row' in last ? last.row.version : last.deletion.version, deleted: 'deletion' in last }
      : undefined;
  return odata(
    200,
    {
      '@odata.context': isDelta ? `${context}/$delta` : context,
      ...(rest
        ? { '@odata.nextLink': withToken(desk, url, '$skiptoken', skipToken(page + 1, rest)) }
        : { '@odata.deltaLink': withToken(desk, url, '$deltatoken', deltaToken(span.upTo, span.atMs)) }),
      value: some.map(told),
    },
    preferences.has('odata.track-changes') ? { 'preference-applied': 'odata.track-changes' } : {},
  );
}
