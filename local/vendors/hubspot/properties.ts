/** What contacts and tasks have by birth, and the properties that an application creates. */
import { flag, listOf, object, oneOf, text, whole } from '../kit/strict';
import { complained, refusal } from './errors';
import { type Desk, iso, type ObjectType } from './state';

export interface Option {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly displayOrder?: number;
  readonly hidden: boolean;
}

export interface Property {
  readonly name: string;
  label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: 'bool' | 'date' | 'datetime' | 'enumeration' | 'number' | 'phone_number' | 'string';
  readonly fieldType: string;
  options: Option[];
  readonly hasUniqueValue: boolean;
  readonly displayOrder: number;
  readonly formField: boolean;
  readonly hidden: boolean;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly hubspotDefined?: boolean;
  readonly archived: boolean;
  readonly createdAt: string;
  updatedAt: string;
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyOptions?: boolean;
    readonly readOnlyValue: boolean;
  };
}

const GROUPS: Readonly<Record<ObjectType, readonly string[]>> = {
  contacts: ['contactinformation', 'emailinformation'],
  tasks: ['task'],
};

const optionsOf = (values: readonly string[]): Option[] =>
  values.map((value, displayOrder) => {
    const words = value.toLowerCase().replace(/_/g, ' ');
    return { label: words.charAt(0).toUpperCase() + words.slice(1), value, displayOrder, hidden: false };
  });

type Kind = readonly [type: Property['type'], fieldType: string, how?: 'read only' | 'owners', values?: string[]];

const CONTACT: Readonly<Record<string, Kind>> = {
  email: ['string', 'text'],
  firstname: ['string', 'text'],
  lastname: ['string', 'text'],
  phone: ['string', 'phonenumber'],
  mobilephone: ['string', 'phonenumber'],
  address: ['string', 'text'],
  city: ['string', 'text'],
  zip: ['string', 'text'],
  hubspot_owner_id: ['enumeration', 'select', 'owners'],
  hs_object_id: ['number', 'number', 'read only'],
  createdate: ['datetime', 'date', 'read only'],
  lastmodifieddate: ['datetime', 'date', 'read only'],
};

const STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'];

const TASK: Readonly<Record<string, Kind>> = {
  hs_timestamp: ['datetime', 'date'],
  hs_task_subject: ['string', 'text'],
  hs_task_body: ['string', 'html'],
  hs_task_status: ['enumeration', 'select', undefined, STATUSES],
  hs_task_priority: ['enumeration', 'select', undefined, ['NONE', 'LOW', 'MEDIUM', 'HIGH']],
  hs_task_completion_date: ['datetime', 'date', 'read only'],
  hubspot_owner_id: ['enumeration', 'select', 'owners'],
  hs_object_id: ['number', 'number', 'read only'],
  hs_createdate: ['datetime', 'date', 'read only'],
  hs_lastmodifieddate: ['datetime', 'date', 'read only'],
};

const BIRTH = '2019-08-06T02:41:08.029Z';

export const builtIn = (type: ObjectType): Property[] =>
  Object.entries(type === 'contacts' ? CONTACT : TASK).map(([name, [valueType, fieldType, how, values = []]], at) => ({
    name,
    label: name.replace(/^hs_/, '').replace(/_/g, ' '),
    description: '',
    groupName: GROUPS[type][0]!,
    type: valueType,
    fieldType,
    options: optionsOf(values),
    hasUniqueValue: name === 'hs_object_id',
    displayOrder: at,
    formField: false,
    hidden: false,
    calculated: false,
    externalOptions: how === 'owners',
    hubspotDefined: true,
    archived: false,
    createdAt: BIRTH,
    updatedAt: BIRTH,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: how === 'read only' },
  }));

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
  string: ['text', 'textarea', 'html', 'file', 'phonenumber', 'calculation_equation'],
};

const CREATE = object({
  name: text({ min: 1, max: 100 }),
  label: text({ min: 1, max: 255 }),
  type: oneOf(...Object.keys(FIELDS)),
  fieldType: oneOf(...new Set(Object.values(FIELDS).flat())),
  groupName: text({ min: 1 }),
  'description?': text({ max: 1024 }),
  'displayOrder?': whole,
  'formField?': flag,
  'hasUniqueValue?': flag,
  'hidden?': flag,
  'options?': listOf(
    object({
      label: text({ min: 1 }),
      value: text({ min: 1 }),
      hidden: flag,
      'description?': text(),
      'displayOrder?': whole,
    }),
  ),
});

const MOST_UNIQUE = 10;

type Wanted = Partial<Omit<Property, 'name'>> & Pick<Property, 'name' | 'label' | 'groupName' | 'type' | 'fieldType'>;

/** Creates a property of an application's own. */
export function createProperty(desk: Desk, type: ObjectType, body: unknown): Property {
  const complaint = CREATE(body, '');
  if (complaint) throw complained(desk.state, complaint);
  const wanted = body as Wanted;
  check(desk, type, wanted);
  const at = iso(desk.nowMs);
  const property: Property = {
    ...{ description: '', displayOrder: -1, formField: false, hasUniqueValue: false, hidden: false, options: [] },
    ...wanted,
    calculated: false,
    externalOptions: false,
    archived: false,
    createdAt: at,
    updatedAt: at,
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyOptions: false,
      readOnlyValue: false,
    },
  };
  desk.state.properties[type].push(property);
  return property;
}

function check({ state }: Desk, type: ObjectType, wanted: Wanted): void {
  const { name, label, groupName, type: valueType, fieldType, options = [] } = wanted;
  const known = state.properties[type];
  const refuse = (message: string, status = 400, category = 'VALIDATION_ERROR', subCategory?: string) =>
    refusal(state, status, category, message, subCategory === undefined ? {} : { subCategory });
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw refuse(`Property name '${name}' may only contain lowercase letters, numbers and underscores.`);
  if (known.some((one) => one.name === name))
    throw refuse(
      `A property named '${name}' already exists.`,
      409,
      'OBJECT_ALREADY_EXISTS',
      'PropertiesError.PROPERTY_EXISTS',
    );
  if (known.some((one) => one.label === label))
    throw refuse(`A property labeled '${label}' already exists.`, 409, 'CONFLICT');
  if (!GROUPS[type].includes(groupName)) throw refuse(`Property group '${groupName}' does not exist.`);
  if (!FIELDS[valueType]!.includes(fieldType))
    throw refuse(`The field type '${fieldType}' is not valid for properties of type '${valueType}'.`);
  if (valueType === 'enumeration' && options.length === 0) throw refuse('Enumeration properties must have options.');
  if (valueType !== 'enumeration' && options.length > 0) throw refuse('Only enumeration properties may have options.');
  for (const part of ['value', 'label'] as const)
    if (new Set(options.map((option) => option[part])).size < options.length)
      throw refuse(`Property options must have a unique ${part}.`);
  const unique = known.filter((one) => one.hasUniqueValue && !one.hubspotDefined);
  if (!wanted.hasUniqueValue) return;
  if (!['string', 'number'].includes(valueType)) throw refuse(`A '${valueType}' property cannot have unique values.`);
  if (unique.length >= MOST_UNIQUE) throw refuse(`At most ${MOST_UNIQUE} unique properties are allowed.`);
}
