/** Event objects: what the host tells about an event becomes the object that a handler receives. */
import { authModeOf, User } from './script-app';

type ModeName = Parameters<typeof authModeOf>[0];

/** An event as it crosses from the host. */
export interface EventSpec {
  readonly authMode?: ModeName;
  /** Address of the acting person; '' when Google does not tell. */
  readonly user?: string;
  /** Fields that are plain values. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the event belongs to the bound file. */
  readonly hasSource: boolean;
  readonly range?: { readonly sheet: string; readonly a1: string };
}

/** What of SpreadsheetApp an event needs. */
export interface Files {
  getActiveSpreadsheet(): { getSheetByName(name: string): { getRange(a1: string): unknown } | null };
}

/** A field that is looked up when it is first read, so that an event that nobody looks into costs no service call. */
function lazy(event: object, name: string, find: () => unknown): void {
  let known: { readonly value: unknown } | undefined;
  Object.defineProperty(event, name, {
    enumerable: true,
    configurable: true,
    get() {
      known ??= { value: find() };
      return known.value;
    },
  });
}

export function eventOf(spec: EventSpec, files: Files): Record<string, unknown> {
  const event: Record<string, unknown> = { ...spec.fields };
  if (spec.authMode !== undefined) event.authMode = authModeOf(spec.authMode);
  if (spec.user !== undefined) event.user = new User(spec.user);
  if (spec.hasSource) lazy(event, 'source', () => files.getActiveSpreadsheet());
  const { range } = spec;
  if (range !== undefined) {
    lazy(event, 'range', () => files.getActiveSpreadsheet().getSheetByName(range.sheet)?.getRange(range.a1));
  }
  return event;
}
