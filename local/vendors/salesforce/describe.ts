/** Describes an object as it is for the application's user: a field that is hidden from them is not there. */
import { isWritable, visibleFields } from './fields';
import { type Desk, type Field, type ObjectName, PREFIXES } from './state';

const SOAP: Partial<Record<Field['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  currency: 'xsd:double',
  double: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  boolean: 'xsd:boolean',
};

export function describe(desk: Desk, object: ObjectName): Record<string, unknown> {
  const base = `/services/data/v${desk.version}.0/sobjects/${object}`;
  const isWritten = object === 'Contact' || object === 'Task';
  return {
    name: object,
    label: object,
    labelPlural: `${object}s`,
    keyPrefix: PREFIXES[object],
    custom: false,
    createable: isWritten,
    updateable: isWritten,
    deletable: isWritten,
    queryable: true,
    retrieveable: true,
    fields: visibleFields(desk, object).map((field) => described(desk, object, field)),
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

function described(desk: Desk, object: ObjectName, field: Field): Record<string, unknown> {
  const { name, label, type, custom, length = 0, precision = 0, scale = 0 } = field;
  const writes = isWritable(desk, object, field);
  const isLong = type === 'textarea' && length > 255;
  return {
    name,
    label,
    type,
    custom,
    length,
    byteLength: length * 3,
    precision,
    scale,
    digits: 0,
    soapType: SOAP[type] ?? 'xsd:string',
    externalId: field.externalId ?? false,
    unique: field.unique ?? false,
    caseSensitive: field.caseSensitive ?? false,
    idLookup: name === 'Id' || name === 'Email' || (field.externalId ?? false),
    nillable: !field.required && type !== 'boolean' && type !== 'id' && !field.defaulted,
    createable: writes,
    updateable: writes,
    defaultedOnCreate: field.defaulted ?? field.system ?? false,
    calculated: false,
    autoNumber: false,
    filterable: !isLong,
    sortable: !isLong,
    groupable: !isLong && type !== 'currency' && type !== 'double' && type !== 'datetime',
    nameField: name === 'Name' || name === 'Subject' || name === 'MasterLabel',
    permissionable: custom || (!field.required && !field.system),
    deprecatedAndHidden: false,
    restrictedPicklist: field.restricted ?? false,
    picklistValues: valuesOf(desk, object, field).map((value, at) => ({
      active: true,
      defaultValue: at === 0,
      label: value,
      validFor: null,
      value,
    })),
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    defaultValue: type === 'boolean' ? false : null,
    inlineHelpText: null,
  };
}

/** The statuses of tasks are records of their own. */
function valuesOf({ org }: Desk, object: ObjectName, { name, values = [] }: Field): readonly string[] {
  if (object !== 'Task' || name !== 'Status') return values;
  return Object.values(org.records.TaskStatus).map(({ ApiName }) => String(ApiName));
}
