/** One operation of the Web API, on its own or within a batch. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { type Key, missing, mustFind, optionsOf, preferencesOf, rowOf, selectedOf, targetOf } from './address';
import { changed, isTracked } from './changes';
import { definition } from './definitions';
import { badPayload, odata, refused } from './errors';
import { mustHave } from './gate';
import { listed } from './lists';
import { createRow, deleteRow, updateRow } from './rows';
import { done, etagOf, oneRow } from './shapes';
import { BUSINESS_UNIT, type Desk, ORGANIZATION, type Row } from './state';
import type { Table } from './tables';
import { readBody } from './values';

export interface Operation {
  readonly desk: Desk;
  readonly request: SandboxRequest;
  readonly url: URL;
  /** What `$1` and the like stand for. */
  readonly refs: ReadonlyMap<string, string>;
}

/** No references outside a change set. */
export const NO_REFS: ReadonlyMap<string, string> = new Map();

const notAllowed = (method: string) =>
  refused(405, '', `The requested resource does not support http method '${method}'.`);

export function operate(operation: Operation): SandboxReply {
  const { desk, request, url } = operation;
  const segments = url.pathname
    .replace(/^\/api\/data\/v9\.\d\/?/, '')
    .split('/')
    .map(decodeURIComponent);
  const [first = ''] = segments;
  if (first === 'WhoAmI' || first === 'WhoAmI()') return whoAmI(desk, request.method);
  if (first.startsWith('EntityDefinitions')) {
    if (request.method !== 'GET') throw notAllowed(request.method);
    return definition(desk, segments, url);
  }
  // A slash inside a key's quotes is refused there, not here.
  const { table, key } = targetOf(segments.join('/'));
  return key === undefined ? onSet(operation, table) : onRow(operation, table, key);
}

function whoAmI(desk: Desk, method: string): SandboxReply {
  if (method !== 'GET') throw notAllowed(method);
  return odata(200, {
    '@odata.context': `${desk.root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: BUSINESS_UNIT,
    UserId: desk.user,
    OrganizationId: ORGANIZATION,
  });
}

function onSet({ desk, request, url, refs }: Operation, table: Table): SandboxReply {
  const preferences = preferencesOf(request.headers);
  switch (request.method) {
    case 'GET':
      return isTracked(url, preferences)
        ? changed(desk, table, url, preferences)
        : listed(desk, table, url, preferences);
    case 'POST': {
      const row = createRow(desk, table, readBody(desk, table, bodyOf(request, table), refs));
      return answered({ desk, request, url, refs }, table, row, { key: row.id, isNew: true, isPost: true });
    }
    default:
      throw notAllowed(request.method);
  }
}

function onRow(operation: Operation, table: Table, key: Key): SandboxReply {
  const { desk, request, url } = operation;
  switch (request.method) {
    case 'GET': {
      mustHave(desk, 'Read', table);
      const select = selectedOf(desk, table, optionsOf(url, ['$select']).$select);
      const row = mustFind(desk, table, key);
      if (request.headers['if-none-match'] === etagOf(row)) return odata(304, undefined);
      return oneRow(desk, table, row, { select });
    }
    case 'PATCH':
      return upserted(operation, table, key);
    case 'DELETE': {
      const row = mustFind(desk, table, key);
      checkMatch(request, row);
      deleteRow(desk, table, row);
      return odata(204, undefined);
    }
    default:
      throw notAllowed(request.method);
  }
}

/** An If-Match with an etag: the row must still be as it was read. */
function checkMatch({ headers }: SandboxRequest, row: Row): void {
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== etagOf(row))
    throw refused(
      412,
      '0x80060882',
      "The version of the existing record doesn't match the RowVersion property provided.",
    );
}

function upserted(operation: Operation, table: Table, key: Key): SandboxReply {
  const { desk, request, refs } = operation;
  const row = rowOf(desk, table, key);
  if (row && request.headers['if-none-match'] === '*')
    throw refused(412, '0x80040237', 'A record with matching key values already exists.');
  if (!row && request.headers['if-match'] !== undefined) throw missing(table, key);
  const read = readBody(desk, table, bodyOf(request, table), refs);
  if (row) {
    checkMatch(request, row);
    updateRow(desk, table, row, read, key);
    return answered(operation, table, row, { key: key.text, isNew: false });
  }
  return answered(operation, table, createRow(desk, table, read, key), { key: key.text, isNew: true });
}

/** 204, or the row itself where that is preferred. An upsert repeats the key that it was asked by. */
function answered(
  { desk, request, url }: Operation,
  table: Table,
  row: Row,
  { key, isNew, isPost = false }: { readonly key: string; readonly isNew: boolean; readonly isPost?: boolean },
): SandboxReply {
  const { $select } = optionsOf(url, ['$select']);
  const select = selectedOf(desk, table, $select);
  if (preferencesOf(request.headers).get('return') !== 'representation') return done(desk, table, key, isPost);
  const reply = oneRow(desk, table, row, { select, status: isNew ? 201 : 200 });
  return { ...reply, headers: { ...reply.headers, 'preference-applied': 'return=representation' } };
}

function bodyOf(request: SandboxRequest, table: Table): unknown {
  if (mediaType(request) !== 'application/json')
    throw refused(415, '', `The media type '${mediaType(request)}' of the payload is not supported.`);
  const body = jsonBody(request);
  if (body === undefined) throw badPayload(table.set, 'The payload is no JSON.');
  return body;
}
