/** The shape of a mail as mail/send takes it: which members there are and what each may hold. */
import { anything, flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';

const ADDRESS = text({ like: /^[\x21-\x7e]+@[\w-]+(\.[\w-]+)+$/, max: 254 });
/** A name with one of these falls apart into several recipients. */
const NAME = text({ like: /^[^;,\r\n]*$/ });
const person = object({ email: ADDRESS, 'name?': NAME });
const people = listOf(person, { max: 1000 });
const some = text({ min: 1 });

/** An object of texts, whatever their names. */
const texts: Rule = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { at, what: 'wrong type', wanted: 'object' };
  const stranger = Object.entries(value).find(([, each]) => typeof each !== 'string');
  return stranger ? { at: `${at}.${stranger[0]}`, what: 'wrong type', wanted: 'string' } : undefined;
};

/** For the whole mail the description has a text here; the documents and SendGrid's own client have an object. */
const sharedArgs: Rule = (value, at) => (typeof value === 'string' ? undefined : texts(value, at));

const personalization = object({
  'from?': person,
  to: listOf(person, { min: 1, max: 1000 }),
  'cc?': people,
  'bcc?': people,
  'subject?': some,
  'headers?': texts,
  'substitutions?': texts,
  'dynamic_template_data?': anything,
  'custom_args?': texts,
  'send_at?': whole,
});

const content = object({ type: text({ min: 1, like: /^[^;\r\n]+$/ }), value: some });

const attachment = object({
  content: text({ min: 1, like: /^[A-Za-z0-9+/]+={0,2}$/ }),
  filename: text({ min: 1, like: /^[^;,\r\n]+$/ }),
  'type?': text({ min: 1, like: /^[^;\r\n]+$/ }),
  'disposition?': oneOf('inline', 'attachment'),
  'content_id?': text({ like: /^[^;,\r\n]*$/ }),
});

const on = object({ 'enable?': flag });
const sandboxMode = object({ enable: flag });

const mailSettings = object({
  'bypass_list_management?': on,
  'bypass_spam_management?': on,
  'bypass_bounce_management?': on,
  'bypass_unsubscribe_management?': on,
  'footer?': object({ 'enable?': flag, 'text?': text(), 'html?': text() }),
  'sandbox_mode?': sandboxMode,
});

const analytics = ['source', 'medium', 'term', 'content', 'campaign'].map((name) => [`utm_${name}?`, text()] as const);

const trackingSettings = object({
  'click_tracking?': object({ 'enable?': flag, 'enable_text?': flag }),
  'open_tracking?': object({ 'enable?': flag, 'substitution_tag?': text() }),
  'subscription_tracking?': object({
    'enable?': flag,
    'text?': text(),
    'html?': text(),
    'substitution_tag?': text(),
  }),
  'ganalytics?': object({ 'enable?': flag, ...Object.fromEntries(analytics) }),
});

export const MAIL = object({
  personalizations: listOf(personalization, { min: 1, max: 1000 }),
  from: person,
  'reply_to?': person,
  'reply_to_list?': people,
  'subject?': some,
  'content?': listOf(content, { min: 1 }),
  'attachments?': listOf(attachment),
  'template_id?': text(),
  'headers?': texts,
  'categories?': listOf(text({ max: 255 }), { max: 10 }),
  'custom_args?': sharedArgs,
  'send_at?': whole,
  'batch_id?': text(),
  'asm?': object({ group_id: whole, 'groups_to_display?': listOf(whole, { max: 25 }) }),
  'ip_pool_name?': text({ min: 2, max: 64 }),
  'mail_settings?': mailSettings,
  'tracking_settings?': trackingSettings,
});

export interface Person {
  readonly email: string;
  readonly name?: string;
}

type Texts = Readonly<Record<string, string>>;
type Switch = { readonly enable?: boolean };

export interface Personalization {
  readonly from?: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  readonly bcc?: readonly Person[];
  readonly subject?: string;
  readonly headers?: Texts;
  readonly custom_args?: Texts;
  readonly send_at?: number;
}

/** A mail whose shape has been checked. */
export interface Mail {
  readonly personalizations: readonly Personalization[];
  readonly from: Person;
  readonly reply_to?: Person;
  readonly reply_to_list?: readonly Person[];
  readonly subject?: string;
  readonly content?: readonly { readonly type: string; readonly value: string }[];
  readonly template_id?: string;
  readonly headers?: Texts;
  readonly categories?: readonly string[];
  readonly custom_args?: string | Texts;
  readonly send_at?: number;
  readonly batch_id?: string;
  readonly asm?: { readonly group_id: number };
  readonly ip_pool_name?: string;
  readonly mail_settings?: {
    readonly bypass_list_management?: Switch;
    readonly bypass_spam_management?: Switch;
    readonly bypass_bounce_management?: Switch;
    readonly bypass_unsubscribe_management?: Switch;
    readonly sandbox_mode?: Switch;
  };
}
