/** Contacts and tasks as records: found, made, changed, shown, and seen by the search index a little later. */
import type { Wrong } from './errors';
import {
  type Change,
  type CrmObject,
  type Desk,
  type HubspotState,
  iso,
  newId,
  type ObjectType,
  type Version,
} from './state';
import { checked } from './values';

/** How long a change takes to reach the search. HubSpot promises no time; seconds are what people see. */
export const INDEX_LAG_MS = 10_000;

export const MODIFIED = { contacts: 'lastmodifieddate', tasks: 'hs_lastmodifieddate' } as const;
export const CREATED = { contacts: 'createdate', tasks: 'hs_createdate' } as const;

/** Properties by whose value a record may be named. Mail is one, though its definition does not say so. */
export const isIdProperty = (state: HubspotState, type: ObjectType, name: string): boolean =>
  (type === 'contacts' && name === 'email') ||
  state.properties[type].some((one) => one.name === name && one.hasUniqueValue && name !== 'hs_object_id');

/** Without a property, by the record's id; a merged id leads to what it was merged into. */
export function findRecord(
  state: HubspotState,
  type: ObjectType,
  id: string,
  idProperty?: string,
): CrmObject | undefined {
  const live = state[type].filter((one) => !one.archived);
  if (idProperty === undefined) return live.find((one) => one.id === id || one.merged.includes(id));
  const wanted = id.toLowerCase();
  return live.find((one) => one.properties[idProperty]?.toLowerCase() === wanted);
}

/** Two records cannot have the same mail or the same unique value. `claims` are those of the same batch. */
export function conflict(
  state: HubspotState,
  type: ObjectType,
  own: CrmObject | undefined,
  values: Readonly<Record<string, string>>,
  claims: Map<string, string> = new Map(),
): Wrong | undefined {
  const wanted = Object.entries(values).filter(([name, value]) => value !== '' && isIdProperty(state, type, name));
  for (const [name, value] of wanted) {
    const other = findRecord(state, type, value, name);
    const existing = other && other !== own ? other.id : claims.get(claim(name, value));
    if (existing === undefined) continue;
    const message =
      name === 'email'
        ? `Contact already exists. Existing ID: ${existing}`
        : `Cannot set ${name} to ${value}: ${existing} already has that value.`;
    const context = { propertyName: [name], ids: [existing] };
    return { status: 409, category: 'CONFLICT', message, ...(name === 'email' ? {} : { context }) };
  }
  for (const [name, value] of wanted) claims.set(claim(name, value), own?.id ?? `${name}=${value}`);
  return undefined;
}

const claim = (name: string, value: string): string => `${name}\n${value.toLowerCase()}`;

/** Checks values and their uniqueness together. */
export function judged(
  state: HubspotState,
  type: ObjectType,
  own: CrmObject | undefined,
  given: Readonly<Record<string, string>>,
  claims?: Map<string, string>,
): { readonly values: Record<string, string> } | { readonly wrong: Wrong } {
  const found = checked(state, type, given);
  if ('wrong' in found) return found;
  const wrong = conflict(state, type, own, found.values, claims);
  return wrong ? { wrong } : found;
}

export function createRecord(desk: Desk, type: ObjectType, values: Readonly<Record<string, string>>): CrmObject {
  const { state, nowMs } = desk;
  const record: CrmObject = {
    id: newId(state, type),
    createdMs: nowMs,
    updatedMs: nowMs,
    archived: false,
    properties: {},
    history: {},
    versions: [],
    merged: [],
  };
  state[type].push(record);
  const own = { hs_object_id: record.id, [CREATED[type]]: iso(nowMs) };
  changeRecord(desk, type, record, { ...values, ...own });
  return record;
}

/** Values that were checked before. A write counts as a change, even of nothing. */
export function changeRecord(
  { actor, nowMs }: Desk,
  type: ObjectType,
  record: CrmObject,
  values: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries({ ...values, [MODIFIED[type]]: iso(nowMs) })) {
    if (value === (record.properties[name] ?? '')) continue;
    const change: Change = { value, timestamp: iso(nowMs), ...actor };
    record.history[name] = [change, ...(record.history[name] ?? [])].slice(0, 20);
    if (value === '') delete record.properties[name];
    else record.properties[name] = value;
  }
  record.updatedMs = nowMs;
  touched(record, nowMs);
}

export function archiveRecord(record: CrmObject, nowMs: number): void {
  record.archived = true;
  record.updatedMs = nowMs;
  touched(record, nowMs);
}

const isSeen =
  (nowMs: number) =>
  ({ ms }: Version): boolean =>
    ms + INDEX_LAG_MS <= nowMs;

/** Keeps the version that the index has now, and those that have yet to reach it. */
function touched(record: CrmObject, nowMs: number): void {
  const { properties, archived, versions } = record;
  const seen = versions.filter(isSeen(nowMs)).length;
  record.versions = [
    ...versions.slice(Math.max(0, seen - 1)).filter((one) => one.ms < nowMs),
    { ms: nowMs, properties: { ...properties }, archived },
  ];
}

/** The record as the search index has it now; undefined while it has not arrived there, and once it is gone. */
export function indexed(record: CrmObject, nowMs: number): Readonly<Record<string, string>> | undefined {
  const version = record.versions.filter(isSeen(nowMs)).at(-1);
  return version && !version.archived ? version.properties : undefined;
}

const ALWAYS = { contacts: ['firstname', 'lastname', 'email'], tasks: [] } as const;

/** The wanted properties that have a value, besides those that always come; without a wish the type's default. */
export function picked(
  type: ObjectType,
  properties: Readonly<Record<string, string>>,
  wanted: readonly string[],
): Record<string, string> {
  const names = [...(wanted.length > 0 ? wanted : ALWAYS[type]), 'hs_object_id', CREATED[type], MODIFIED[type]];
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]] as const])),
  );
}

export const shown = (
  type: ObjectType,
  record: CrmObject,
  wanted: readonly string[],
  properties: Readonly<Record<string, string>> = record.properties,
): Record<string, unknown> => ({
  id: record.id,
  properties: picked(type, properties, wanted),
  createdAt: iso(record.createdMs),
  updatedAt: properties[MODIFIED[type]] ?? iso(record.updatedMs),
  archived: record.archived,
});
