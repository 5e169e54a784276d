/** The fields of each object: Salesforce's own that matter here, and those that an administrator has made. */
import type { Desk, Field, FieldType, ObjectName, Org } from './state';

type More = Partial<Omit<Field, 'name' | 'label' | 'type'>>;

const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');

const own = (name: string, type: FieldType, more: More = {}): Field => ({
  name,
  label: spaced(name),
  type,
  custom: false,
  ...more,
});

const text = (name: string, length: number, more: More = {}): Field => own(name, 'string', { length, ...more });
const SYSTEM: More = { system: true };
const user = (name: string, relationshipName: string, more: More): Field =>
  own(name, 'reference', { length: 18, referenceTo: ['User'], relationshipName, ...more });

const AUDIT: readonly Field[] = [
  own('IsDeleted', 'boolean', SYSTEM),
  own('CreatedDate', 'datetime', SYSTEM),
  user('CreatedById', 'CreatedBy', SYSTEM),
  own('LastModifiedDate', 'datetime', SYSTEM),
  user('LastModifiedById', 'LastModifiedBy', SYSTEM),
  own('SystemModstamp', 'datetime', SYSTEM),
];

const phone = (name: string): Field => own(name, 'phone', { length: 40 });

const CONTACT: readonly Field[] = [
  own('Id', 'id', { length: 18, ...SYSTEM }),
  own('AccountId', 'reference', { length: 18, referenceTo: ['Account'], relationshipName: 'Account' }),
  text('LastName', 80, { required: true }),
  text('FirstName', 40),
  text('Salutation', 40),
  text('Name', 121, SYSTEM),
  own('MailingStreet', 'textarea', { length: 255 }),
  text('MailingCity', 40),
  text('MailingState', 80),
  text('MailingPostalCode', 20),
  text('MailingCountry', 80),
  ...['Phone', 'Fax', 'MobilePhone', 'HomePhone', 'OtherPhone'].map(phone),
  own('Email', 'email', { length: 80 }),
  text('Title', 128),
  text('Department', 80),
  own('Birthdate', 'date'),
  own('Description', 'textarea', { length: 32_000 }),
  user('OwnerId', 'Owner', { defaulted: true }),
  own('HasOptedOutOfEmail', 'boolean', { defaulted: true }),
  own('DoNotCall', 'boolean', { defaulted: true }),
  own('LastActivityDate', 'date', SYSTEM),
  ...AUDIT,
];

const TASK: readonly Field[] = [
  own('Id', 'id', { length: 18, ...SYSTEM }),
  own('WhoId', 'reference', { length: 18, referenceTo: ['Contact'], relationshipName: 'Who' }),
  text('Subject', 255),
  own('ActivityDate', 'date'),
  own('Status', 'picklist', { length: 255, defaulted: true }),
  own('Priority', 'picklist', { length: 255, defaulted: true, values: ['High', 'Normal', 'Low'] }),
  own('IsHighPriority', 'boolean', SYSTEM),
  user('OwnerId', 'Owner', { defaulted: true }),
  own('Description', 'textarea', { length: 32_000 }),
  own('IsClosed', 'boolean', SYSTEM),
  ...AUDIT,
];

const USER: readonly Field[] = [
  own('Id', 'id', { length: 18, ...SYSTEM }),
  text('Username', 80, SYSTEM),
  text('Name', 121, SYSTEM),
  own('Email', 'email', { length: 128, ...SYSTEM }),
  own('IsActive', 'boolean', SYSTEM),
  own('UserType', 'picklist', { length: 40, ...SYSTEM }),
  ...AUDIT.filter(({ name }) => name !== 'IsDeleted'),
];

const TASK_STATUS: readonly Field[] = [
  own('Id', 'id', { length: 18, ...SYSTEM }),
  text('MasterLabel', 255, SYSTEM),
  text('ApiName', 255, SYSTEM),
  own('SortOrder', 'double', { precision: 9, scale: 0, ...SYSTEM }),
  own('IsDefault', 'boolean', SYSTEM),
  own('IsClosed', 'boolean', SYSTEM),
  own('SystemModstamp', 'datetime', SYSTEM),
];

const ACCOUNT: readonly Field[] = [own('Id', 'id', { length: 18, ...SYSTEM }), text('Name', 255, SYSTEM), ...AUDIT];

const ORGANIZATION: readonly Field[] = [
  own('Id', 'id', { length: 18, ...SYSTEM }),
  text('Name', 80, SYSTEM),
  own('OrganizationType', 'picklist', { length: 40, ...SYSTEM }),
  own('IsSandbox', 'boolean', SYSTEM),
];

const STANDARD: Readonly<Record<ObjectName, readonly Field[]>> = {
  Account: ACCOUNT,
  Organization: ORGANIZATION,
  Contact: CONTACT,
  Task: TASK,
  User: USER,
  TaskStatus: TASK_STATUS,
};

/** An object by its name, whatever its case. */
export const objectNamed = (name: string): ObjectName | undefined =>
  (Object.keys(STANDARD) as ObjectName[]).find((one) => one.toLowerCase() === name.toLowerCase());

/** All fields, also those that the application's user may not see. */
export const fieldsOf = (org: Org, object: ObjectName): readonly Field[] => [
  ...STANDARD[object],
  ...(org.customFields[object] ?? []),
];

/** What the application's user sees: a hidden field is as good as none. */
export const visibleFields = ({ org }: Desk, object: ObjectName): readonly Field[] =>
  fieldsOf(org, object).filter(({ name }) => org.access[`${object}.${name}`] !== 'hidden');

export const fieldNamed = (desk: Desk, object: ObjectName, name: string): Field | undefined =>
  visibleFields(desk, object).find((one) => one.name.toLowerCase() === name.toLowerCase());

export const isWritable = ({ org }: Desk, object: ObjectName, { name, system }: Field): boolean =>
  !system && org.access[`${object}.${name}`] !== 'read';

const made = (name: string, type: FieldType, more: More): Field => ({
  name,
  label: name.replace(/__c$/, '').replace(/_/g, ' '),
  type,
  custom: true,
  ...more,
});

/** The fields that the connect guide has the administrator make. */
export const rentFields = (): Partial<Record<ObjectName, Field[]>> => ({
  Contact: [
    made('Rent_Ledger_Id__c', 'string', { length: 80, externalId: true, unique: true }),
    made('Rent_Status__c', 'string', { length: 80 }),
    made('Rent_Balance__c', 'currency', { precision: 16, scale: 2 }),
    made('Rent_Due_Date__c', 'date', {}),
  ],
  // Fields of activities cannot be unique.
  Task: [made('Rent_Ledger_Id__c', 'string', { length: 120, externalId: true })],
});
