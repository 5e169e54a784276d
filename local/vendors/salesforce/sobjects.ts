/** Single records: made, changed by id, read by id, and upserted by an external id. */
import { type Answer, type Call, wants } from './call';
import { describe } from './describe';
import { notFound, refusal } from './errors';
import { fieldNamed, visibleFields } from './fields';
import { create, externalField, type Given, matching, readable, rowNamed, update, writable } from './records';
import type { Desk, Field, ObjectName, Row } from './state';

export function sobjects(desk: Desk, call: Call): Answer {
  const [, name = '', first, second, ...more] = call.path;
  if (name === '' || more.length > 0) throw notFound();
  if (first === undefined) {
    wants(call, 'POST');
    return make(desk, writable(name), call.body());
  }
  if (second !== undefined) return byExternalId(desk, call, name, first, second);
  if (first === 'describe') {
    wants(call, 'GET');
    return { status: 200, body: describe(desk, readable(name)) };
  }
  wants(call, 'GET', 'PATCH');
  if (call.method === 'GET') return { status: 200, body: read(desk, readable(name), first, call.url) };
  const given = call.body();
  if ('Id' in given) throw refusal(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  update(desk, writable(name), first, given);
  return { status: 204 };
}

const addressOf = ({ version }: Desk, object: ObjectName, id: string): string =>
  `/services/data/v${version}.0/sobjects/${object}/${id}`;

function make(desk: Desk, object: ObjectName, given: Given): Answer {
  const id = create(desk, object, given);
  const headers = { Location: addressOf(desk, object, id) };
  return { status: 201, body: { id, success: true, errors: [] }, headers };
}

function read(desk: Desk, object: ObjectName, id: string, url: URL): Record<string, unknown> {
  const row = rowNamed(desk, object, id);
  const asked = url.searchParams.get('fields')?.split(',');
  const fields = asked?.map((name) => named(desk, object, name)) ?? visibleFields(desk, object);
  return told(desk, object, row, fields);
}

function named(desk: Desk, object: ObjectName, name: string): Field {
  const field = fieldNamed(desk, object, name);
  if (!field) throw refusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
  return field;
}

const told = (desk: Desk, object: ObjectName, row: Row, fields: readonly Field[]): Record<string, unknown> => ({
  attributes: { type: object, url: addressOf(desk, object, String(row.Id)) },
  ...Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null])),
});

function byExternalId(desk: Desk, call: Call, name: string, fieldName: string, value: string): Answer {
  const object = call.method === 'GET' ? readable(name) : writable(name);
  const field = externalField(desk, object, fieldName);
  wants(call, 'GET', 'PATCH');
  const found = matching(desk, object, field, value);
  if (found.length > 1) return { status: 300, body: found.map(({ Id }) => addressOf(desk, object, String(Id))) };
  if (call.method === 'GET') {
    if (!found[0]) throw notFound();
    return { status: 200, body: told(desk, object, found[0], visibleFields(desk, object)) };
  }
  const given = call.body();
  for (const own of ['Id', field.name])
    if (own in given)
      throw refusal(400, 'INVALID_FIELD', `The ${own} field should not be specified in the sobject data.`);
  const saved = upsert(desk, object, field, value, given);
  // Before version 46 a change was told without a body, so that nothing could refer to its id.
  if (!saved.created && desk.version < 46) return { status: 204 };
  const body = { id: saved.id, success: true, errors: [], ...(desk.version < 46 ? {} : { created: saved.created }) };
  if (!saved.created) return { status: 200, body };
  return { status: 201, body, headers: { Location: addressOf(desk, object, saved.id) } };
}

/** Makes the record or changes the one that is there; that there are several is for the caller to see. */
export function upsert(desk: Desk, object: ObjectName, field: Field, value: string, given: Given) {
  const [found] = matching(desk, object, field, value);
  if (!found) return { id: create(desk, object, { ...given, [field.name]: value }), created: true };
  update(desk, object, String(found.Id), given);
  return { id: String(found.Id), created: false };
}
