/** Saving records: made, changed, or found by an external id and then one of both; each change can be taken back. */
import { notFound, refusal, SalesforceRefusal, unsaved } from './errors';
import { fieldNamed, fieldsOf, isWritable, objectNamed } from './fields';
import { type Desk, type Field, fullId, newId, type ObjectName, PREFIXES, type Row, stamp, type Value } from './state';
import { accepted } from './values';

export type Given = Readonly<Record<string, unknown>>;

/** What may be written here: users and statuses are read only. */
export function writable(name: string): ObjectName {
  const object = readable(name);
  if (object === 'Contact' || object === 'Task') return object;
  throw refusal(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object}`);
}

export function readable(name: string): ObjectName {
  const object = objectNamed(name);
  if (!object) throw notFound();
  return object;
}

/** An id of 15 or 18 characters, as the row that it names. */
export function rowNamed({ org }: Desk, object: ObjectName, id: string): Row {
  const row = org.records[object][id.length === 15 ? fullId(id) : id];
  if (!row) throw notFound();
  if (row.IsDeleted === true) throw refusal(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return row;
}

const CLOSED = [
  'Please check the security settings of this field',
  'and verify that it is read/write for your profile or permission set.',
].join(' ');

/** The fields that were given, each as it is kept. */
function valuesOf(desk: Desk, object: ObjectName, given: Given): Row {
  const kept: Row = {};
  const closed: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (name === 'attributes') continue;
    const field = fieldNamed(desk, object, name);
    if (!field) throw refusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
    if (!isWritable(desk, object, field)) closed.push(field.name);
    else kept[field.name] = widened(field, accepted(field, value));
  }
  if (closed.length === 0) return kept;
  throw unsaved(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${closed.join(', ')}. ${CLOSED}`,
    closed,
  );
}

const widened = ({ type }: Field, value: Value): Value =>
  type === 'reference' && typeof value === 'string' && /^\w{15}$/.test(value) ? fullId(value) : value;

/** Makes a record. Gives its id. */
export function create(desk: Desk, object: ObjectName, given: Given): string {
  const { org, nowMs, user } = desk;
  const values = valuesOf(desk, object, given);
  const id = newId(desk.state, PREFIXES[object]);
  const empty = Object.fromEntries(
    fieldsOf(org, object).map(({ name, type }) => [name, type === 'boolean' ? false : null]),
  );
  const row: Row = { ...empty, ...defaultsOf(desk, object), ...values, Id: id };
  Object.assign(row, { CreatedDate: stamp(nowMs), CreatedById: user });
  finish(desk, object, row);
  if (object === 'Contact') checkDuplicateRule(desk, row);
  org.records[object][id] = row;
  desk.journal.push(() => delete org.records[object][id]);
  return id;
}

function defaultsOf({ org, user }: Desk, object: ObjectName): Row {
  if (object === 'Contact') return { OwnerId: user };
  const status = Object.values(org.records.TaskStatus).find(({ IsDefault }) => IsDefault === true);
  return { OwnerId: user, Status: status?.ApiName ?? null, Priority: 'Normal' };
}

/** Changes a record. */
export function update(desk: Desk, object: ObjectName, id: string, given: Given): void {
  const row = rowNamed(desk, object, id);
  const before = { ...row };
  const after = { ...row, ...valuesOf(desk, object, given) };
  finish(desk, object, after);
  Object.assign(row, after);
  desk.journal.push(() => Object.assign(row, before));
}

/** What Salesforce itself fills in and checks whenever a record is saved. */
function finish(desk: Desk, object: ObjectName, row: Row): void {
  const { org, nowMs, user } = desk;
  derive(desk, object, row);
  const missing = fieldsOf(org, object).filter(({ name, required }) => required && (row[name] ?? null) === null);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    throw unsaved('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
  }
  for (const field of fieldsOf(org, object)) {
    checkReference(desk, field, row[field.name] ?? null);
    checkUnique(desk, object, field, row);
  }
  for (const { field, like, message, ...rule } of org.rules)
    if (rule.object === object && new RegExp(like).test(String(row[field] ?? '')))
      throw unsaved('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, [field]);
  Object.assign(row, { LastModifiedDate: stamp(nowMs), LastModifiedById: user, SystemModstamp: stamp(nowMs) });
}

function derive({ org }: Desk, object: ObjectName, row: Row): void {
  if (object === 'Contact') {
    row.Name = [row.Salutation, row.FirstName, row.LastName].filter((part) => part).join(' ');
    return;
  }
  const status = Object.values(org.records.TaskStatus).find(({ ApiName }) => ApiName === row.Status);
  row.IsClosed = status?.IsClosed ?? false;
  row.IsHighPriority = row.Priority === 'High';
}

function checkReference({ org }: Desk, { name, label, type, referenceTo = [], system }: Field, value: Value): void {
  if (type !== 'reference' || value === null || system) return;
  const id = String(value);
  const target = referenceTo.find((one) => id.startsWith(PREFIXES[one]));
  if (!target || !/^\w{15}(\w{3})?$/.test(id))
    throw unsaved('MALFORMED_ID', `${label}: id value of incorrect type: ${id}`, [name]);
  const known = org.records[target][id.length === 15 ? fullId(id) : id];
  if (!known) throw unsaved('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (known.IsDeleted === true) throw unsaved('ENTITY_IS_DELETED', 'entity is deleted');
}

const isSame = ({ caseSensitive }: Field, one: Value, two: Value): boolean =>
  caseSensitive ? one === two : String(one).toLowerCase() === String(two).toLowerCase();

function checkUnique({ org }: Desk, object: ObjectName, field: Field, row: Row): void {
  const own = row[field.name] ?? null;
  if (!field.unique || own === null) return;
  const other = Object.values(org.records[object]).find(
    (one) => one.Id !== row.Id && one.IsDeleted !== true && isSame(field, one[field.name] ?? null, own),
  );
  if (other)
    throw unsaved(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field.name} duplicates value on record with id: ${String(other.Id).slice(0, 15)}`,
    );
}

/** The rule that Salesforce ships: contacts with the same mail address are the same person. */
function checkDuplicateRule({ org }: Desk, row: Row): void {
  if (!org.refusesDuplicates || row.Email === null) return;
  const twin = Object.values(org.records.Contact).find(
    ({ Email, IsDeleted }) => IsDeleted !== true && String(Email).toLowerCase() === String(row.Email).toLowerCase(),
  );
  if (!twin) return;
  throw isTwinOf(String(twin.Id));
}

function isTwinOf(id: string): SalesforceRefusal {
  const message = 'Use one of these records?';
  const record = { attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${id}` }, Id: id };
  const duplicateResult = {
    allowSave: false,
    duplicateRule: 'Standard_Contact_Duplicate_Rule',
    duplicateRuleEntityType: 'Contact',
    errorMessage: message,
    matchResults: [
      {
        entityType: 'Contact',
        errors: [],
        matchEngine: 'FuzzyMatchEngine',
        matchRecords: [{ additionalInformation: [], fieldDiffs: [], matchConfidence: 100, record }],
        rule: 'Standard_Contact_Match_Rule_v1_1',
        size: 1,
        success: true,
      },
    ],
  };
  return new SalesforceRefusal(400, [{ message, errorCode: 'DUPLICATES_DETECTED', duplicateResult }]);
}

/** The field by which records may be looked up, or as if there were none. */
export function externalField(desk: Desk, object: ObjectName, name: string): Field {
  const field = fieldNamed(desk, object, name);
  if (!field?.externalId) throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  return field;
}

export const matching = ({ org }: Desk, object: ObjectName, field: Field, value: string): Row[] =>
  Object.values(org.records[object]).filter(
    (row) => row.IsDeleted !== true && (row[field.name] ?? null) !== null && isSame(field, row[field.name]!, value),
  );
