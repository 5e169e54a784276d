/** The core's host in plain Node, on a local world's own workbook and shared properties: to write years of history quickly. */
import { createHmac, randomUUID } from 'node:crypto';
import type { World } from '../../local/world';
import { connectors } from '../../src/connectors';
import { instant } from '../../src/domain/values';
import type { Cell, Host, Store, Workbook, WorkbookShape } from '../../src/ports';
import type { App } from '../../src/run/app';

type Json = Record<string, unknown>;

interface SheetJson {
  readonly properties: {
    readonly sheetId: number;
    readonly title: string;
    readonly hidden?: boolean;
    readonly gridProperties: { readonly rowCount: number; readonly columnCount: number };
  };
}

/** A property store over plain values, which it changes. */
export function storeOf(values: Record<string, string>): Store {
  return {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value;
    },
    setAll: (more) => void Object.assign(values, more),
    remove: (name) => {
      delete values[name];
    },
    all: () => ({ ...values }),
  };
}

function shapeOf(reply: Json): WorkbookShape {
  const { title, locale, timeZone } = reply.properties as Record<string, string>;
  const sheets = (reply.sheets as readonly SheetJson[]).map(({ properties }) => ({
    id: properties.sheetId ?? 0,
    title: properties.title,
    rows: properties.gridProperties.rowCount,
    columns: properties.gridProperties.columnCount,
    hidden: properties.hidden ?? false,
  }));
  return {
    id: String(reply.spreadsheetId),
    title: title ?? '',
    locale: locale ?? '',
    timeZone: timeZone ?? '',
    sheets,
  };
}

function workbookOf(world: World): Workbook {
  const api = (method: string, params: Json, body?: Json) => world.workbook.api(method, params, body) as Json;
  const render = { valueRenderOption: 'UNFORMATTED_VALUE', dateTimeRenderOption: 'SERIAL_NUMBER' };
  return {
    read(ranges) {
      const { valueRanges } = api('spreadsheets.values.batchGet', { ranges, ...render, majorDimension: 'ROWS' });
      return (valueRanges as readonly { values?: Cell[][] }[]).map((range) => range.values ?? []);
    },
    commit: (requests) => (api('spreadsheets.batchUpdate', {}, { requests }).replies ?? []) as unknown[],
    get: (fields, ranges) => api('spreadsheets.get', { fields, ...(ranges ? { ranges } : {}) }),
    shape: () =>
      shapeOf(
        api('spreadsheets.get', {
          fields:
            'spreadsheetId,properties(title,locale,timeZone),sheets.properties(sheetId,title,hidden,gridProperties(rowCount,columnCount))',
        }),
      ),
  };
}

const hmacOf = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('hex');

const absent = (what: string) => () => {
  throw new Error(`the bench's history has no ${what}`);
};

/** A host whose clock stands where `now` says. Nothing leaves it: it has no network, mail or triggers. */
function hostOf(world: World, now: () => number): Host {
  world.properties.document ??= {};
  return {
    workbook: workbookOf(world),
    transport: { fetchAll: absent('network') },
    userStore: storeOf({}),
    documentStore: storeOf(world.properties.document),
    cache: { get: () => undefined, put: () => undefined, remove: () => undefined },
    pageCache: { get: () => undefined, put: () => undefined, remove: () => undefined },
    selection: { current: () => undefined },
    lock: { take: () => true, release: () => undefined },
    clock: { now: () => instant(now()) },
    mail: { send: absent('mail'), remaining: () => 0, perDay: () => 0 },
    triggers: {
      list: () => [],
      everyMinutes: absent('triggers'),
      everyHour: absent('triggers'),
      onEdit: absent('triggers'),
      after: absent('triggers'),
      remove: absent('triggers'),
    },
    digest: { hmac: hmacOf, uuid: randomUUID, base64url: absent('mail'), rs256: absent('keys') },
    session: {
      activeUser: () => world.owner,
      effectiveUser: () => world.owner,
      webAddress: () => world.webAppUrl,
      token: absent('keys'),
    },
    note: () => undefined,
  };
}

/** A job's app at a moment. */
export function nodeApp(world: World, by: string, nowMs: number): App {
  const host = hostOf(world, () => nowMs);
  return { host, connectors, run: { id: `${by}-${nowMs.toString(36)}`, by, now: instant(nowMs) }, mayGoOn: () => true };
}
