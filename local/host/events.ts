/** Event objects, main side: what each kind of event tells, before the context gives it its live fields. */
import type { EventSpec } from './context/events';
import { DAY_MS } from './zone';

/** An edit as the workbook reports it. */
export interface EditSeen {
  readonly sheet: string;
  readonly a1: string;
  /** Only for a single cell. */
  readonly value?: unknown;
  readonly oldValue?: unknown;
}

/** Week of the year, Monday first, the week of the first Thursday being the first. */
function weekOfYear(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - newYear) / (7 * DAY_MS));
}

/** The event of a clock trigger: when it fired, in UTC. */
export function clockEvent(firedMs: number, triggerUid: string): EventSpec {
  const date = new Date(firedMs);
  return {
    authMode: 'FULL',
    hasSource: false,
    fields: {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      'day-of-month': date.getUTCDate(),
      'day-of-week': date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
      'week-of-year': weekOfYear(date),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      timezone: 'UTC',
      triggerUid,
    },
  };
}

/** The event of an edit; values are texts, and a cleared cell has none. */
export function editEvent(edit: EditSeen, user: string, triggerUid?: string): EventSpec {
  const text = (name: string, value: unknown) =>
    value === undefined || value === null || value === '' ? {} : { [name]: String(value) };
  return {
    authMode: triggerUid === undefined ? 'LIMITED' : 'FULL',
    user,
    hasSource: true,
    range: { sheet: edit.sheet, a1: edit.a1 },
    fields: {
      ...text('value', edit.value),
      ...text('oldValue', edit.oldValue),
      ...(triggerUid === undefined ? {} : { triggerUid }),
    },
  };
}

/** The event of opening the file, installing the add-on, or changing the file's structure. */
export function fileEvent(
  authMode: 'NONE' | 'LIMITED' | 'FULL',
  user: string,
  fields: Readonly<Record<string, unknown>> = {},
): EventSpec {
  return { authMode, user, hasSource: authMode !== 'NONE', fields };
}

export interface WebRequest {
  /** Query parameters; a name may have several values. */
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>;
  readonly pathInfo?: string;
  readonly body?: string;
  /** Content type of the body. */
  readonly type?: string;
}

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : [...value]);

/** The argument of doGet and doPost: no headers, no address of the caller. */
export function webEvent(request: WebRequest, isPost: boolean): Readonly<Record<string, unknown>> {
  const given = Object.entries(request.parameters ?? {}).map(([name, value]) => [name, list(value)] as const);
  const query = given.flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  const contents = request.body ?? '';
  const type = request.type ?? 'application/x-www-form-urlencoded';
  const fields = isPost && /x-www-form-urlencoded/i.test(type) ? [...new URLSearchParams(contents)] : [];
  const all = new Map<string, string[]>();
  for (const [name, values] of given) all.set(name, values);
  for (const [name, value] of fields) all.set(name, [...(all.get(name) ?? []), value]);
  const length = Buffer.byteLength(contents);
  return {
    queryString: query.join('&'),
    parameter: Object.fromEntries([...all].map(([name, values]) => [name, values[0] ?? ''])),
    parameters: Object.fromEntries(all),
    ...(request.pathInfo === undefined ? {} : { pathInfo: request.pathInfo }),
    contextPath: '',
    contentLength: isPost ? length : -1,
    ...(isPost ? { postData: { contents, length, name: 'postData', type } } : {}),
  };
}
