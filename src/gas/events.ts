/** Apps Script's event objects as plain values; what is not there is left out. */
import type { Edit, Posted } from '../ports';

/** The edit event of an installed trigger. */
export function editOf(e: unknown): Edit {
  const event = e as Partial<GoogleAppsScript.Events.SheetsOnEdit>;
  const range = event.range;
  const value = (event as { value?: unknown }).value;
  const before = (event as { oldValue?: unknown }).oldValue;
  const single = range !== undefined && range.getNumRows() === 1 && range.getNumColumns() === 1;
  return {
    tab: range?.getSheet().getName() ?? '',
    a1: range?.getA1Notation() ?? '',
    user: event.user?.getEmail() ?? '',
    ...(single
      ? { before: before === undefined ? '' : String(before), after: value === undefined ? '' : String(value) }
      : {}),
  };
}

/** The post event; undefined when it has no body. */
export function postOf(e: unknown): Posted | undefined {
  const event = e as Partial<GoogleAppsScript.Events.DoPost>;
  const body = event.postData?.contents;
  if (typeof body !== 'string') return undefined;
  return { parameters: parametersOf(e), body };
}

/** The parameters of a web request, the first of each name. */
export function parametersOf(e: unknown): Readonly<Record<string, string>> {
  const { parameter } = (e ?? {}) as Partial<GoogleAppsScript.Events.DoGet>;
  return Object.fromEntries(Object.entries(parameter ?? {}).map(([name, value]) => [name, String(value)]));
}
