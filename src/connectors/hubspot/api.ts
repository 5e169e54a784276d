/** How HubSpot's CRM is talked to: addresses, bodies, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, fail, fault, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Credentials } from '../connector';

export const API_HOST = 'api.hubapi.com';
const CRM = `https://${API_HOST}/crm`;
const CONTACTS = `${CRM}/v3/objects/contacts`;
const TASKS = `${CRM}/v3/objects/tasks`;

/** Objects in one batch. */
export const MOST = 100;
/** The property that holds our lease id; its values are unique. */
export const KEY = 'rent_ledger_id';

/** The text of a property; '' where it is empty, which HubSpot says in either way: with null, or by leaving it out. */
export const textIn = (record: Json, name: string): string => record.at('properties').opt(name) ?? '';

const reading = (url: string, body: object): HttpRequest => sendJson('POST', url, body, { reads: true });

export const getProperties = (): HttpRequest => getFrom(`${CRM}/v3/properties/contacts`);
export const postProperty = (property: object): HttpRequest =>
  sendJson('POST', `${CRM}/v3/properties/contacts`, property);

/** Contacts by their record id, or by a property whose values are unique. */
export const readContacts = (ids: readonly string[], properties: readonly string[], idProperty?: string): HttpRequest =>
  reading(`${CONTACTS}/batch/read`, {
    inputs: ids.map((id) => ({ id })),
    ...(idProperty === undefined ? {} : { idProperty }),
    properties,
    propertiesWithHistory: [],
  });

export interface Search {
  readonly filters: readonly object[];
  readonly sorts: readonly string[];
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after?: number;
}

const searching = (url: string, { filters, after = 0, ...more }: Search): HttpRequest =>
  reading(`${url}/search`, { filterGroups: [{ filters }], after: String(after), ...more });
export const searchContacts = (search: Search): HttpRequest => searching(CONTACTS, search);
export const searchTasks = (search: Search): HttpRequest => searching(TASKS, search);

export const tasksOfContact = (id: string, after?: string): HttpRequest =>
  getFrom(
    `${CRM}/v4/objects/contacts/${percent(id)}/associations/tasks?limit=500${after ? `&after=${percent(after)}` : ''}`,
  );
export const getTask = (id: string, properties: readonly string[]): HttpRequest =>
  getFrom(`${TASKS}/${percent(id)}?properties=${properties.join(',')}`);
export const patchTask = (id: string, properties: object): HttpRequest =>
  sendJson('PATCH', `${TASKS}/${percent(id)}`, { properties });

// ---------------------------------------------------------------- batches that write

/** One object of a batch. The trace is a name of ours, by which an error says which of them it is about. */
export interface Input {
  readonly objectWriteTraceId: string;
  readonly id?: string;
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly associations?: readonly object[];
}

const WRITES = {
  upsert: `${CONTACTS}/batch/upsert`,
  update: `${CONTACTS}/batch/update`,
  tasks: `${TASKS}/batch/create`,
} as const;

export const writeBatch = (what: keyof typeof WRITES, inputs: readonly Input[]): HttpRequest =>
  sendJson('POST', WRITES[what], { inputs });

/** The fault of each input that an answer in parts complains of, by its trace. */
export function faultsIn(body: Json): ReadonlyMap<string, Fault> {
  const found = new Map<string, Fault>();
  for (const error of body.items('errors'))
    for (const trace of error.items('context.objectWriteTraceId'))
      found.set(
        String(trace.value),
        fault('rejected', `HubSpot says no: ${wordsOf(error)}`, { code: codeOf(error) ?? '' }),
      );
  return found;
}

// ---------------------------------------------------------------- the door

export function sign(request: HttpRequest, { HUBSPOT_TOKEN, ACCESS_TOKEN }: Credentials): HttpRequest {
  const token = HUBSPOT_TOKEN || ACCESS_TOKEN;
  if (!token) return fail('auth', 'HubSpot has given no access yet. Enter the token of a private app, or sign in.');
  return withHeaders(request, { Authorization: `Bearer ${token}` });
}

/** What is at variance with the HTTP status: a conflict is no matter of waiting, a moving account is. */
const KINDS: Readonly<Record<number, FaultKind>> = { 409: 'rejected', 414: 'malformed', 477: 'busy' };
const DAY_SECONDS = 3600;
const ROLLING_SECONDS = 10;

/** Undefined when the reply is good; an answer in parts (207) is. */
export function hubspotFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply);
  const found = classify(reply, {
    message: wordsOf(error),
    ...(codeOf(error) ? { code: codeOf(error) as string } : {}),
    ...(KINDS[reply.status] ? { kind: KINDS[reply.status] as FaultKind } : {}),
  });
  if (reply.status !== 429 || !found) return found;
  // Its day ends at midnight of the account's own zone, which it does not tell: it is asked again each hour.
  return { ...found, retryAfterSeconds: codeOf(error) === 'DAILY' ? DAY_SECONDS : ROLLING_SECONDS };
}

const codeOf = (error: Json): string | undefined =>
  error.word('policyName') ?? error.word('errors.0.code') ?? error.word('subCategory') ?? error.word('category');

const MOST_NAMED = 3;

function wordsOf(error: Json): string {
  const details = Array.isArray(error.at('errors').value) ? error.list('errors') : [];
  const scopes = details.flatMap((detail) => {
    const { value } = detail.at('context.requiredGranularScopes');
    return Array.isArray(value) ? value.map(String) : [];
  });
  if (scopes.length > 0) return `the app lacks one of the scopes ${scopes.join(', ')}`;
  const said = details.slice(0, MOST_NAMED).flatMap((detail) => detail.word('message') ?? []);
  return said.join('; ') || (error.word('message') ?? 'it does not say why');
}

/** The answer to a batch or a search. */
export const answerIn = (reply: HttpReply): Json => bodyOf(reply, 'HubSpot');
