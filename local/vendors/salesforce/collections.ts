/** Collections: up to 200 records made, changed or upserted in one call, each with an outcome of its own. */
import { type Answer, type Call, membersOf, wants } from './call';
import { notFound, refusal, SalesforceRefusal, unparsed } from './errors';
import { create, externalField, type Given, matching, update, writable } from './records';
import { upsert } from './sobjects';
import type { Desk, Field, ObjectName } from './state';

const MOST_RECORDS = 200;

interface Outcome {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly unknown[];
  readonly created?: boolean;
}

/** `whole` is told by a composite call around this one, and goes before what the collection itself says. */
export function collections(desk: Desk, call: Call, whole = false): Answer {
  const [, , name, fieldName, ...more] = call.path;
  if (more.length > 0 || (name !== undefined && fieldName === undefined)) throw notFound();
  if (name === undefined) wants(call, 'POST', 'PATCH');
  else wants(call, 'PATCH');
  const records = recordsIn(call.body());
  const isWhole = whole || call.body().allOrNone === true;
  if (name === undefined) {
    const one = call.method === 'POST' ? make : change;
    return { status: 200, body: each(desk, records, isWhole, (record) => one(desk, record)) };
  }
  const object = writable(name);
  const field = externalField(desk, object, fieldName!);
  return { status: 200, body: each(desk, records, isWhole, (record) => put(desk, object, field, record)) };
}

function recordsIn(given: Given): readonly Given[] {
  membersOf(given, { 'allOrNone?': 'boolean', records: 'list' });
  const records = given.records as readonly unknown[];
  if (records.length > MOST_RECORDS)
    throw refusal(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
    );
  for (const record of records)
    if (typeof record !== 'object' || record === null || Array.isArray(record)) throw unparsed('Expected an sobject');
  return records as readonly Given[];
}

function typeOf(record: Given): string {
  const type = (record.attributes as { type?: unknown } | undefined)?.type;
  if (typeof type !== 'string')
    throw refusal(400, 'INVALID_INPUT', 'Include an attributes object with a type in each record.');
  return type;
}

function make(desk: Desk, record: Given): Outcome {
  return { id: create(desk, writable(typeOf(record)), record), success: true, errors: [] };
}

function change(desk: Desk, record: Given): Outcome {
  const object = writable(typeOf(record));
  const { Id, id, ...given } = record;
  const own = Id ?? id;
  if (typeof own !== 'string') throw refusal(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
  update(desk, object, own, given);
  return { id: own, success: true, errors: [] };
}

function put(desk: Desk, object: ObjectName, field: Field, record: Given): Outcome {
  if (typeOf(record).toLowerCase() !== object.toLowerCase())
    throw refusal(400, 'INVALID_INPUT', `All records must be of type ${object}`);
  const { [field.name]: value, ...given } = record;
  if ('Id' in given || 'id' in given) throw refusal(400, 'INVALID_FIELD', 'Include the external ID field, not the Id.');
  if (typeof value !== 'string' || value === '') throw refusal(400, 'MISSING_ARGUMENT', `${field.name} not specified`);
  if (matching(desk, object, field, value).length > 1)
    throw refusal(400, 'DUPLICATE_EXTERNAL_ID', `${field.name}: more than one record found for external id field`);
  return { ...upsert(desk, object, field, value, given), success: true, errors: [] };
}

/** The outcomes in the order of the records. All or nothing: what was saved beside a failure is taken back. */
function each(
  desk: Desk,
  records: readonly Given[],
  isWhole: boolean,
  act: (record: Given) => Outcome,
): readonly Outcome[] {
  const mark = desk.journal.length;
  const outcomes = records.map((record): Outcome => {
    try {
      return act(record);
    } catch (error) {
      if (!(error instanceof SalesforceRefusal)) throw error;
      return {
        success: false,
        errors: error.errors.map(({ errorCode, ...rest }) => ({ statusCode: errorCode, fields: [], ...rest })),
      };
    }
  });
  if (!isWhole || outcomes.every(({ success }) => success)) return outcomes;
  takeBack(desk, mark);
  return outcomes.map((outcome) => (outcome.success ? ROLLED_BACK : outcome));
}

const ROLLED_BACK: Outcome = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

/** Takes back what was changed since, the latest first. */
export function takeBack(desk: Desk, mark: number): void {
  for (const undo of desk.journal.splice(mark).reverse()) undo();
}
