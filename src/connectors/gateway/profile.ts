/**
 * What a customer's JSON gateway before a property system is like. A platform gives what most operators would start from
 * ({@link GatewayDefaults}); what the owner entered on the card and in the mapping takes its place, name by name.
 */
import { type Currency, currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Account } from '../connector';

export type Kind = 'charge' | 'payment';
export const KINDS: readonly Kind[] = ['charge', 'payment'];

/** What a line says, in words of our own. A line that the gateway lists has all that it has been given, and `answered` besides. */
export type Part =
  | 'type'
  | 'property'
  | 'unit'
  | 'tenant'
  | 'lease'
  | 'code'
  | 'amount'
  | 'date'
  | 'postMonth'
  | 'method'
  | 'document'
  | 'reference'
  | 'text';
export type Answered = 'id' | 'status' | 'balance' | 'reverses';
export type TenantPart =
  | 'id'
  | 'lease'
  | 'property'
  | 'unit'
  | 'first'
  | 'last'
  | 'email'
  | 'phone'
  | 'status'
  | 'rent'
  | 'from'
  | 'to'
  | 'moveIn'
  | 'moveOut'
  | 'balance';
export type Asked = 'from' | 'to' | 'since' | 'reference' | 'page' | 'pageSize';
/** The gateway's names of ours; a part without one is neither sent nor read. */
export type Names<Key extends string> = { readonly [Each in Key]?: string };

/** Of a household, what all three property systems would be asked for under the same names. */
export const HOUSEHOLD: Names<TenantPart> = {
  first: 'firstName',
  last: 'lastName',
  email: 'email',
  phone: 'phone',
  status: 'status',
  rent: 'rent',
  from: 'leaseFrom',
  to: 'leaseTo',
  moveIn: 'moveInDate',
  moveOut: 'moveOutDate',
};

export type Auth = 'bearer' | 'basic' | 'header';
export type Days = 'yyyy-MM-dd' | 'MM/dd/yyyy' | 'yyyy-MM-ddTHH:mm:ss';
export type Amounts = 'decimal-string' | 'number' | 'cents';
/** What leads to the next page: its number, its path, or the number of all pages. */
export type NextIs = 'page' | 'path' | 'pages';

export interface GatewayDefaults {
  /** The connector's id and title. */
  readonly id: string;
  readonly title: string;
  readonly auth: Auth;
  /** The header that holds the key where auth is `header`. */
  readonly header?: string;
  readonly paths: { readonly charge: string; readonly payment: string; readonly tenants?: string };
  readonly charge: Names<Part>;
  readonly payment: Names<Part>;
  readonly answer: Readonly<Record<Answered, string>>;
  readonly tenant: Names<TenantPart>;
  readonly ask: Names<Asked>;
  readonly list: { readonly lines: string; readonly tenants: string; readonly next: string; readonly nextIs: NextIs };
  readonly ids: 'text' | 'number';
  /** `rent=rent, late fee=late`: our types of charges, and the gateway's codes. */
  readonly codes: string;
  /** By which of the two the system keeps a household's money: it is the `customer` on the Links tab. */
  readonly key: 'tenant' | 'lease';
}

export interface Profile extends Omit<GatewayDefaults, 'auth' | 'header' | 'codes'> {
  /** `https://rent.example.com`, without a slash at its end. */
  readonly base: string;
  readonly codes: ReadonlyMap<string, string>;
  readonly days: Days;
  readonly amounts: Amounts;
  readonly signs: Readonly<Record<Kind, 1 | -1>>;
  readonly method: string;
  /** The gateway knows the header Idempotency-Key: a post whose answer was lost may go again at once. */
  readonly isKeyed: boolean;
  /** What goes back or is waived is a line of the other sign, or is left to a person. */
  readonly takesNegative: boolean;
  readonly currency: Currency;
}

const ADDRESS = /^https:\/\/[a-z0-9.-]+(?:\/[\w./~-]*)?$/i;
/** Typed for a part that the gateway does not have. */
const NONE = '-';

/** The parts that the mapping names, each as `MAP_AMOUNT`; in the order of the screen. */
export const MAPPED: readonly (Part | Answered)[] = [
  'amount',
  'date',
  'tenant',
  'lease',
  'unit',
  'property',
  'code',
  'reference',
  'id',
  'status',
  'balance',
  'type',
  'postMonth',
  'method',
  'document',
  'text',
  'reverses',
];
export const mapName = (part: Part | Answered): string =>
  `MAP_${part.replace(/[A-Z]/g, (each) => `_${each}`).toUpperCase()}`;

export function profileOf(defaults: GatewayDefaults, account: Account): Profile {
  const base = (account.GATEWAY_URL ?? '').replace(/\/+$/, '');
  if (!ADDRESS.test(base))
    return fail('rejected', `The address of the gateway has to begin with https://, not "${base}".`);
  const tenants = pathIn(account.GATEWAY_PATH_TENANTS, defaults.paths.tenants ?? '');
  return {
    ...defaults,
    base,
    paths: {
      charge: pathIn(account.GATEWAY_PATH_CHARGES, defaults.paths.charge),
      payment: pathIn(account.GATEWAY_PATH_PAYMENTS, defaults.paths.payment),
      ...(tenants === '' ? {} : { tenants }),
    },
    charge: mapped(defaults.charge, account, 0),
    payment: mapped(defaults.payment, account, 1),
    answer: answeredIn(defaults.answer, account),
    tenant: { ...tenantIn(defaults.tenant, account), ...Object.fromEntries(pairsIn(account.GATEWAY_TENANT_FIELDS)) },
    ask: dashed({ ...defaults.ask, ...Object.fromEntries(pairsIn(account.GATEWAY_ASKS)) }),
    list: {
      lines: account.GATEWAY_ROOT || defaults.list.lines,
      tenants: account.GATEWAY_TENANT_ROOT || defaults.list.tenants,
      next: account.GATEWAY_NEXT || defaults.list.next,
      nextIs: (account.GATEWAY_NEXT_IS as NextIs | undefined) ?? defaults.list.nextIs,
    },
    ids: account.GATEWAY_IDS === 'number' || account.GATEWAY_IDS === 'text' ? account.GATEWAY_IDS : defaults.ids,
    codes: new Map(pairsIn(account.GATEWAY_CODES || defaults.codes)),
    days: (account.GATEWAY_DAYS as Days | undefined) ?? 'yyyy-MM-dd',
    amounts: (account.GATEWAY_AMOUNTS as Amounts | undefined) ?? 'decimal-string',
    signs: { charge: 1, payment: account.GATEWAY_SIGNS === SIGNS[1] ? -1 : 1 },
    method: account.GATEWAY_METHOD || 'Other',
    isKeyed: account.GATEWAY_REPEATS === REPEATS[1],
    takesNegative: account.GATEWAY_BACK === BACK[1],
    currency: currency(account.GATEWAY_CURRENCY || 'USD'),
  };
}

export const SIGNS = ['payments are positive', 'payments are negative'] as const;
export const REPEATS = ['look for the reference first', 'it knows Idempotency-Key'] as const;
export const BACK = ['by hand', 'as negative lines'] as const;

function pathIn(given: string | undefined, usual: string): string {
  const path = given || usual;
  if (path === NONE || path === '') return '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** `dateOfCharge | dateOfPayment` names both kinds apart. */
function nameFor(given: string | undefined, at: 0 | 1): string | undefined {
  if (!given) return undefined;
  const [first = '', second = first] = given.split('|').map((each) => each.trim());
  return at === 0 ? first : second;
}

function mapped(usual: Names<Part>, account: Account, at: 0 | 1): Names<Part> {
  const own = MAPPED.flatMap((part) => {
    const name = nameFor(account[mapName(part)], at);
    return name === undefined || isAnswered(part) ? [] : [[part, name] as const];
  });
  return dashed({ ...usual, ...Object.fromEntries(own) });
}

const ANSWERED: readonly string[] = ['id', 'status', 'balance', 'reverses'];
const isAnswered = (part: string): boolean => ANSWERED.includes(part);

/** One that the gateway does not have is left empty. */
function answeredIn(usual: GatewayDefaults['answer'], account: Account): GatewayDefaults['answer'] {
  const named = (part: Answered): string => {
    const name = nameFor(account[mapName(part)], 0) ?? usual[part];
    return name === NONE ? '' : name;
  };
  return { id: named('id'), status: named('status'), balance: named('balance'), reverses: named('reverses') };
}

/** Who lives where is called in rows of tenants as it is in lines, where that was mapped. */
function tenantIn(usual: Names<TenantPart>, account: Account): Names<TenantPart> {
  const as = (part: Part | Answered) => nameFor(account[mapName(part)], 0);
  const own = {
    id: as('tenant'),
    lease: as('lease'),
    property: as('property'),
    unit: as('unit'),
    balance: as('balance'),
  };
  return {
    ...usual,
    ...Object.fromEntries(Object.entries(own).filter(([, name]) => name !== undefined && name !== NONE)),
  };
}

const dashed = <Key extends string>(names: Names<Key>): Names<Key> =>
  Object.fromEntries(Object.entries(names).filter(([, name]) => name !== NONE && name !== '')) as Names<Key>;

/** `rent = 2, late fee = 5` in lower case on the left. */
export function pairsIn(text: string | undefined): (readonly [string, string])[] {
  return (text ?? '').split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    return at > 0 && value !== '' ? [[name, value] as const] : [];
  });
}
