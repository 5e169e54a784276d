/** What the owner enters, signing in, and the check that names each field which the organisation lacks. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type OAuth, oauth2 } from '../../http/oauth';
import { type Account, type AccountSeen, askedAll, type Choice, type CredentialField, type Flow } from '../connector';
import type { SampleOf, SampleRow } from '../mirror';
import { STANDINGS } from '../told';
import { domainOf, instanceIn, oneOf, query, quoted, read, rowsOf } from './api';
import { isContactId } from './contacts';
import { chosen, type Kind, keyField, mappingFields, PHONES, TEXT_LENGTH, taskField, wanted } from './mapping';

const open = { secret: false, optional: true } as const;
const SECRETS = 'Setup > External Client App Manager > your app > Settings > OAuth Settings > Consumer Key and Secret';

export const fields: readonly CredentialField[] = [
  {
    name: 'SALESFORCE_DOMAIN',
    label: 'My Domain',
    help: 'Setup > My Domain > Current My Domain URL, such as maple-street.my.salesforce.com',
    secret: false,
  },
  {
    name: 'SALESFORCE_CLIENT_ID',
    label: 'Consumer key',
    help: SECRETS,
  },
  { name: 'SALESFORCE_CLIENT_SECRET', label: 'Consumer secret', help: SECRETS },
  {
    name: 'SALESFORCE_KEY',
    label: 'Key field of contacts',
    help: 'Rent_Ledger_Id__c when left empty. It holds our Lease ID: text, with the boxes External ID and Unique',
    ...open,
    pick: 'fields',
  },
  {
    name: 'SALESFORCE_TASK_KEY',
    label: 'Key field of tasks',
    help: 'Rent_Ledger_Id__c when left empty. A text field of activities, by which a task is found again',
    ...open,
    pick: 'taskFields',
  },
  {
    name: 'SALESFORCE_PHONE',
    label: 'Phone field',
    help: 'The field of a contact that holds the phone of a resident',
    secret: false,
    choices: PHONES,
  },
  {
    name: 'SALESFORCE_ACCOUNT',
    label: 'Account of new contacts',
    help: 'Without one, a contact that is made is seen by its owner and administrators only',
    ...open,
    pick: 'accounts',
  },
  ...mappingFields,
];

const SIGN_IN = '/services/oauth2';

export const oauth: OAuth = oauth2({
  grant: 'code',
  authorizeUrl: (settings) => `https://${domainOf(settings)}${SIGN_IN}/authorize`,
  tokenUrl: (settings) => `https://${domainOf(settings)}${SIGN_IN}/token`,
  clientId: 'SALESFORCE_CLIENT_ID',
  clientSecret: 'SALESFORCE_CLIENT_SECRET',
  scopes: 'api refresh_token',
  client: 'body',
  body: 'form',
  // It is not told: the organisation decides, two hours if nobody has changed it. Where it is less, a 401 renews it.
  expiresInSeconds: 7200,
  foundInReply: instanceIn,
});

export const perDay = ({ SALESFORCE_CALLS: calls = '' }: Account): number | undefined => Number(calls) || undefined;

// ---------------------------------------------------------------- the check

const describeOf = (account: Account, object: 'Contact' | 'Task') => read(account, `/sobjects/${object}/describe`);

/** Types of field that do for a value, and what the administrator is to make where there is none. */
const KINDS: Readonly<Record<Kind, { readonly types: readonly string[]; readonly make: string }>> = {
  text: { types: ['string', 'textarea', 'picklist'], make: 'text' },
  money: { types: ['currency', 'double'], make: 'currency' },
  number: { types: ['double', 'int', 'currency'], make: 'number' },
  day: { types: ['date'], make: 'date' },
};

/** The longest standing, lease id and mark that there can be. */
const LENGTHS = { standing: 10, lease: 60, mark: 28 };

type Fields = ReadonlyMap<string, Json>;

const fieldsOf = (described: Json): Fields => new Map(described.list('fields').map((one) => [one.str('name'), one]));

interface Want {
  readonly object: 'Contact' | 'Task';
  readonly field: string;
  readonly kind: Kind;
  readonly length?: number;
  readonly key?: true;
  readonly words?: readonly string[];
  /** It is only a field's usual name, which nobody has chosen: without it that value is not written. */
  readonly usual?: true;
}

function wantsOf(account: Account): readonly Want[] {
  const values = wanted(account).map(([field, value]): Want => {
    const { kind, name } = value;
    const usual = chosen(account, value) === '' ? ({ usual: true } as const) : {};
    if (name === 'MAP_STANDING')
      return { object: 'Contact', field, kind, length: LENGTHS.standing, words: STANDINGS, ...usual };
    return { object: 'Contact', field, kind, ...(kind === 'text' ? { length: TEXT_LENGTH } : {}), ...usual };
  });
  return [
    { object: 'Contact', field: keyField(account), kind: 'text', length: LENGTHS.lease, key: true },
    ...values,
    { object: 'Task', field: taskField(account), kind: 'text', length: LENGTHS.mark },
  ];
}

const nameOf = ({ object, field }: Want): string => `${object}.${field}`;

const lackOf = (want: Want): string =>
  `${nameOf(want)} (${want.key ? 'text, External ID, Unique' : KINDS[want.kind].make})`;

/** What is wrong with a field that is there; undefined where it will do. */
function flawOf({ kind, length = 0, key, words = [] }: Want, field: Json): string | undefined {
  const type = field.str('type');
  if (!KINDS[kind].types.includes(type)) return `is a field of type ${type}, and ${KINDS[kind].make} is wanted`;
  if (!field.bool('updateable') || !field.bool('createable')) return 'may not be written by this user';
  if (kind === 'text' && field.int('length') < length) return `holds fewer than ${length} characters`;
  if (kind === 'money' && field.int('scale') < 2) return 'has fewer than 2 decimal places';
  if (key && !(field.bool('externalId') && field.bool('unique'))) return 'lacks the boxes External ID and Unique';
  if (type !== 'picklist' || !field.bool('restrictedPicklist')) return undefined;
  const values = field.list('picklistValues').map((one) => one.str('value'));
  const lacking = words.filter((word) => !values.includes(word));
  return lacking.length > 0 ? `lacks the values ${lacking.join(', ')}` : undefined;
}

/** What the account lacks of the usual fields. Throws a fault that names every other one that is missing or will not do. */
function checkFields(account: Account, found: Readonly<Record<Want['object'], Fields>>): readonly Want[] {
  const wants = wantsOf(account);
  const names = wants.filter(({ object }) => object === 'Contact').map(({ field }) => field);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) fail('rejected', `The field ${twice} is chosen for two values. Choose another one for one of them.`);
  const lacking = wants.filter(({ object, field }) => !found[object].has(field));
  if (lacking.some(({ usual }) => !usual))
    fail('rejected', `Salesforce lacks these fields, or hides them from this user: ${lacking.map(lackOf).join('; ')}.`);
  const flaws = wants.flatMap((want) => {
    const field = found[want.object].get(want.field);
    const flaw = field && flawOf(want, field);
    return flaw ? [`${nameOf(want)} ${flaw}`] : [];
  });
  if (flaws.length > 0) fail('rejected', `Set up these fields anew in Salesforce: ${flaws.join('; ')}.`);
  return lacking;
}

/** Organisations for trying are called so by Salesforce itself. */
const TRIAL = /Developer|Trial|Scratch/i;

export function* test(account: Account): Flow<AccountSeen> {
  const [limits, contact, task, organisation] = yield* askedAll(
    read(account, '/limits'),
    describeOf(account, 'Contact'),
    describeOf(account, 'Task'),
    query(account, 'SELECT Name, IsSandbox, OrganizationType FROM Organization LIMIT 1'),
  );
  const lacking = checkFields(account, {
    Contact: fieldsOf(bodyOf(contact, 'Contact')),
    Task: fieldsOf(bodyOf(task, 'Task')),
  });
  const [org] = rowsOf(organisation, 'organisation');
  const isTrial = org?.bool('IsSandbox') || TRIAL.test(org?.opt('OrganizationType') ?? '');
  return {
    name: [org?.opt('Name') ?? domainOf(account), ...lacking.map((want) => `no ${lackOf(want)}`)].join('; '),
    mode: isTrial ? 'sandbox' : 'live',
    found: {
      SALESFORCE_CALLS: String(bodyOf(limits, 'limits').int('DailyApiRequests.Max')),
      SALESFORCE_LACKS: lacking.map(({ field }) => field).join(' '),
    },
  };
}

// ---------------------------------------------------------------- lists to choose from

const fieldChoices = (object: Want['object']) =>
  function* (account: Account): Flow<readonly Choice[]> {
    const [described] = yield* askedAll(describeOf(account, object));
    return bodyOf(described, object)
      .list('fields')
      .map((field) => ({ id: field.str('name'), name: field.str('label'), note: noteOf(field) }));
  };

function noteOf(field: Json): string {
  const [type, length] = [field.str('type'), field.int('length')];
  const size = length > 0 ? ` of ${length}` : '';
  return `${type}${size}${field.bool('updateable') ? '' : ', may not be written'}`;
}

function* accounts(account: Account): Flow<readonly Choice[]> {
  const [found] = yield* askedAll(query(account, 'SELECT Id, Name FROM Account ORDER BY Name LIMIT 200'));
  return rowsOf(found, 'accounts').map((row) => ({ id: row.str('Id'), name: row.str('Name') }));
}

export const lists = { fields: fieldChoices('Contact'), taskFields: fieldChoices('Task'), accounts };

/** A contact of the lease, or any of ours, or any; with all that could be mapped. */
export function* sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  const key = keyField(account);
  const known = of && isContactId(of.customer) ? ` OR Id = ${quoted(of.customer)}` : '';
  const where = of ? ` WHERE ${oneOf(key, [of.leaseId])}${known}` : '';
  const [described, found] = yield* askedAll(
    describeOf(account, 'Contact'),
    query(account, `SELECT Id FROM Contact${where} ORDER BY ${key} NULLS LAST LIMIT 1`),
  );
  const [first] = rowsOf(found, 'contacts');
  if (!first) return undefined;
  const [reply] = yield* askedAll(read(account, `/sobjects/Contact/${first.str('Id')}`));
  const row = bodyOf(reply, 'contact');
  const may = bodyOf(described, 'Contact')
    .list('fields')
    .filter((field) => Object.values(KINDS).some(({ types }) => types.includes(field.str('type'))));
  return {
    id: first.str('Id'),
    name: row.opt('Name') ?? '',
    fields: may.map((field) => {
      const { value } = row.at(field.str('name'));
      return { field: field.str('name'), label: field.str('label'), value: value == null ? '' : String(value) };
    }),
  };
}
