/** What DocuSign accepts in bodies: texts everywhere, even for numbers and for yes or no. */
import { listOf, object, oneOf, type Rule, text } from '../kit/strict';
import { badParameter, complained } from './errors';

const TRUTH = oneOf('true', 'false');
const DAYS = text({ like: /^\d{1,3}$/ });
const LABEL = text({ min: 1, max: 100 });

const TABS = object({
  'textTabs?': listOf(object({ tabLabel: LABEL, value: text(), 'locked?': TRUTH })),
  'checkboxTabs?': listOf(object({ tabLabel: LABEL, selected: TRUTH, 'locked?': TRUTH })),
  'listTabs?': listOf(object({ tabLabel: LABEL, value: text(), 'locked?': TRUTH })),
});

const ROLE = object({
  roleName: text({ min: 1 }),
  'name?': text(),
  'email?': text(),
  'clientUserId?': text({ max: 100 }),
  'tabs?': TABS,
  'emailNotification?': object({
    'emailSubject?': text({ max: 100 }),
    'emailBody?': text({ max: 10_000 }),
    'supportedLanguage?': text({ like: /^[a-z]{2}(_[A-Z]{2})?$/ }),
  }),
});

const NOTIFICATION = object({
  'useAccountDefaults?': TRUTH,
  'reminders?': object({ reminderEnabled: TRUTH, 'reminderDelay?': DAYS, 'reminderFrequency?': DAYS }),
  'expirations?': object({ expireEnabled: TRUTH, 'expireAfter?': DAYS, 'expireWarn?': DAYS }),
});

const FIELD_TEXT = text({ max: 100 });

export const ENVELOPE = object({
  'status?': oneOf('created', 'sent'),
  'templateId?': text(),
  'templateRoles?': listOf(ROLE, { max: 100 }),
  'emailSubject?': text({ max: 100 }),
  'emailBlurb?': text({ max: 10_000 }),
  'transactionId?': text({ min: 1, max: 100 }),
  'customFields?': object({
    'textCustomFields?': listOf(object({ name: FIELD_TEXT, value: FIELD_TEXT, 'show?': TRUTH, 'required?': TRUTH })),
  }),
  'notification?': NOTIFICATION,
});

export const CHANGE = object({ 'status?': oneOf('sent', 'voided'), 'voidedReason?': text({ max: 200 }) });

/** A body that fits its rule, or DocuSign's complaint. */
export function fitting<T>(rule: Rule, body: Readonly<Record<string, unknown>>): T {
  const complaint = rule(body, '');
  if (complaint) throw complained(complaint);
  return body as T;
}

/** The query of an address, of which only these names are known. */
export function queryIn(url: URL, names: readonly string[]): Readonly<Record<string, string | undefined>> {
  const query = Object.fromEntries(url.searchParams);
  const stranger = Object.keys(query).find((name) => !names.includes(name));
  if (stranger !== undefined) throw badParameter(`Query parameter '${stranger}' is not known.`);
  return query;
}

/** A whole number in a query. */
export function countIn(value: string | undefined, name: string, otherwise: number, max: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(value)) throw badParameter(`Query parameter '${name}' is not a valid number.`);
  return Math.min(Number(value), max);
}

/** Words between commas. */
export const wordsIn = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

export interface RoleGiven {
  readonly roleName: string;
  readonly name?: string;
  readonly email?: string;
  readonly clientUserId?: string;
  readonly tabs?: {
    readonly textTabs?: readonly { readonly tabLabel: string; readonly value: string }[];
    readonly checkboxTabs?: readonly { readonly tabLabel: string; readonly selected: string }[];
    readonly listTabs?: readonly { readonly tabLabel: string; readonly value: string }[];
  };
}

export interface EnvelopeGiven {
  readonly status?: 'created' | 'sent';
  readonly templateId?: string;
  readonly templateRoles?: readonly RoleGiven[];
  readonly emailSubject?: string;
  readonly emailBlurb?: string;
  readonly transactionId?: string;
  readonly customFields?: {
    readonly textCustomFields?: readonly {
      readonly name: string;
      readonly value: string;
      readonly show?: string;
      readonly required?: string;
    }[];
  };
  readonly notification?: {
    readonly reminders?: {
      readonly reminderEnabled: string;
      readonly reminderDelay?: string;
      readonly reminderFrequency?: string;
    };
    readonly expirations?: { readonly expireEnabled: string; readonly expireAfter?: string };
  };
}
