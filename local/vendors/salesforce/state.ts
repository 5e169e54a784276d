/** What the Salesforce sandbox remembers: organisations with their fields, records and limits, and who is signed in. */

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'email'
  | 'phone'
  | 'currency'
  | 'double'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'reference';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  /** Of texts, in characters. */
  readonly length?: number;
  /** Of numbers: digits in all, and those after the point. */
  readonly precision?: number;
  readonly scale?: number;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  /** Must be given when a record is made. */
  readonly required?: boolean;
  /** Salesforce fills it in when it is left out. */
  readonly defaulted?: boolean;
  /** Nobody writes it but Salesforce. */
  readonly system?: boolean;
  readonly values?: readonly string[];
  /** Of a picklist: nothing but its values is taken. */
  readonly restricted?: boolean;
  readonly referenceTo?: readonly ObjectName[];
  readonly relationshipName?: string;
}

export type ObjectName = 'Account' | 'Contact' | 'Task' | 'User' | 'TaskStatus' | 'Organization';
export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

/** An External Client App: local to its organisation. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  redirects: string[];
  /** The user of the client credentials flow. */
  runAs: string | null;
  /** Every refresh gives a new refresh token and ends the old one. */
  rotates: boolean;
}

export interface ValidationRule {
  readonly object: ObjectName;
  readonly field: string;
  /** The rule fires when the field, as text, is like this. */
  readonly like: string;
  readonly message: string;
}

export interface Org {
  /** 18 characters. */
  readonly id: string;
  readonly name: string;
  /** My Domain: `maple-street.my.salesforce.com`. */
  readonly host: string;
  readonly signInHost: 'login.salesforce.com' | 'test.salesforce.com';
  readonly app: App;
  /** Calls that the organisation may make in any 24 hours. */
  dailyCalls: number;
  /** Hour of the clock -> calls made in it. */
  usage: Record<string, number>;
  customFields: Partial<Record<ObjectName, Field[]>>;
  /** `Contact.Rent_Status__c` -> what the application's user may do with it, where it is less than all. */
  access: Record<string, 'hidden' | 'read'>;
  rules: ValidationRule[];
  /** A new contact with the mail address of another is refused. */
  refusesDuplicates: boolean;
  records: Record<ObjectName, Record<string, Row>>;
}

export interface Session {
  readonly org: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Moves on with each call. */
  untilMs: number;
}

export interface Grant {
  readonly org: string;
  readonly user: string;
  readonly scopes: readonly string[];
}

/** An open query: which records are still to be told. */
export interface Locator {
  readonly org: string;
  readonly user: string;
  readonly soql: string;
  readonly isAll: boolean;
  readonly ids: readonly string[];
}

/** Plain JSON. */
export interface SalesforceState {
  serials: Record<string, number>;
  orgs: Org[];
  codes: Record<
    string,
    Grant & { readonly redirect: string; readonly challenge: string | null; readonly untilMs: number }
  >;
  refresh: Record<string, Grant>;
  sessions: Record<string, Session>;
  locators: Record<string, Locator>;
}

/** One call of a signed-in user in one organisation. */
export interface Desk {
  readonly state: SalesforceState;
  readonly org: Org;
  readonly user: string;
  readonly nowMs: number;
  readonly version: number;
  /** What takes back each change so far, oldest first. */
  readonly journal: (() => void)[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The last three letters tell which of the others are capitals, so that an id survives where case is lost. */
export function fullId(id15: string): string {
  const part = (at: number) =>
    LETTERS[[...id15.slice(at, at + 5)].reduce((sum, letter, bit) => sum + (/[A-Z]/.test(letter) ? 1 << bit : 0), 0)];
  return `${id15}${part(0)}${part(5)}${part(10)}`;
}

export const PREFIXES: Readonly<Record<ObjectName, string>> = {
  Account: '001',
  Organization: '00D',
  Contact: '003',
  Task: '00T',
  User: '005',
  TaskStatus: '01t',
};

/** Ids are counted, never drawn. */
export function newId(state: SalesforceState, prefix: string): string {
  const next = (state.serials[prefix] ?? 0) + 1;
  state.serials[prefix] = next;
  return fullId(`${prefix}RL0000${next.toString(36).padStart(6, '0')}`);
}

/** Salesforce keeps whole seconds: `2026-12-02T15:00:00.000+0000`. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000+0000`;
