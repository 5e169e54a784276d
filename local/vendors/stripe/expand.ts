/** `expand[]`: puts whole objects in the place of ids. */
import { itemsOf } from './checkout';
import { invalid } from './errors';
import { shown } from './objects';
import { refundsOf } from './refunds';
import { type Desk, find, type Kind, type StripeObject } from './state';

const MAX_DEPTH = 4;

type Targets = Readonly<Record<string, readonly Kind[]>>;

/** Per kind: the fields (or paths of fields) that hold an id, and what it may be the id of. */
const EXPANDABLE: Readonly<Record<string, Targets>> = {
  customer: { 'invoice_settings.default_payment_method': ['payment_method'] },
  payment_intent: { customer: ['customer'], latest_charge: ['charge'], payment_method: ['payment_method'] },
  charge: {
    customer: ['customer'],
    payment_intent: ['payment_intent'],
    balance_transaction: ['balance_transaction'],
    failure_balance_transaction: ['balance_transaction'],
    'payment_method_details.us_bank_account.mandate': ['mandate'],
  },
  refund: {
    charge: ['charge'],
    payment_intent: ['payment_intent'],
    balance_transaction: ['balance_transaction'],
    failure_balance_transaction: ['balance_transaction'],
  },
  dispute: { charge: ['charge'], payment_intent: ['payment_intent'] },
  balance_transaction: { source: ['charge', 'refund', 'dispute'] },
  setup_intent: { customer: ['customer'], payment_method: ['payment_method'], mandate: ['mandate'] },
  payment_method: { customer: ['customer'] },
  mandate: { payment_method: ['payment_method'] },
  price: { product: ['product'] },
  product: { default_price: ['price'] },
  'checkout.session': {
    customer: ['customer'],
    payment_intent: ['payment_intent'],
    setup_intent: ['setup_intent'],
    payment_link: ['payment_link'],
  },
};

/** Lists that Stripe leaves out unless they are asked for, and what they hold. */
const LISTS: Readonly<Record<string, Readonly<Record<string, Kind | 'item'>>>> = {
  charge: { refunds: 'refund' },
  'checkout.session': { line_items: 'item' },
  payment_link: { line_items: 'item' },
};

/** Refuses, before anything is done, a path that the answer could not expand. `kind` is what is answered. */
export function checkExpand(kind: string, isList: boolean, paths: readonly string[]): void {
  for (const path of paths) {
    const parts = path.split('.');
    const inside = isList ? parts.slice(1) : parts;
    const rooted = !isList || parts[0] === 'data';
    if (!rooted || !inside.length || !leads(kind, inside)) {
      throw invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
    }
    if (inside.length > MAX_DEPTH) {
      throw invalid(`You cannot expand more than ${MAX_DEPTH} levels of a property (${path}).`, { param: 'expand' });
    }
  }
}

function leads(kind: string, parts: readonly string[]): boolean {
  if (!parts.length) return true;
  const list = LISTS[kind]?.[parts[0]!];
  if (list) return parts.length === 1 || (parts[1] === 'data' && leads(list, parts.slice(2)));
  return targetsAt(kind, parts).some(([path, kinds]) => kinds.some((one) => leads(one, parts.slice(path.length))));
}

/** The expandable fields of a kind with which the path begins. */
function targetsAt(kind: string, parts: readonly string[]): [string[], readonly Kind[]][] {
  return Object.entries(EXPANDABLE[kind] ?? {})
    .map(([name, kinds]): [string[], readonly Kind[]] => [name.split('.'), kinds])
    .filter(([path]) => path.every((part, index) => part === parts[index]));
}

/** Expands the answer in place; the paths have passed {@link checkExpand}. */
export function expand(desk: Desk, answer: Record<string, unknown>, paths: readonly string[]): void {
  for (const path of paths) follow(desk, answer, path.split('.'));
}

function follow(desk: Desk, node: Record<string, unknown>, parts: readonly string[]): void {
  const head = parts[0];
  if (head === undefined) return;
  const kind = String(node.object);
  if (LISTS[kind]?.[head]) node[head] ??= listOf(desk, node as StripeObject);
  const inner = node[head];
  if (Array.isArray(inner)) {
    for (const child of inner) follow(desk, child as Record<string, unknown>, parts.slice(1));
    return;
  }
  if (LISTS[kind]?.[head]) {
    follow(desk, inner as Record<string, unknown>, parts.slice(1));
    return;
  }
  for (const [path, kinds] of targetsAt(kind, parts)) {
    const holder = path.slice(0, -1).reduce<unknown>((at, part) => fieldOf(at, part), node);
    const field = path[path.length - 1]!;
    const value = fieldOf(holder, field);
    const found = typeof value === 'string' ? whole(desk, kinds, value) : value;
    if (typeof found !== 'object' || found === null) continue;
    (holder as Record<string, unknown>)[field] = found;
    follow(desk, found as Record<string, unknown>, parts.slice(path.length));
  }
}

function fieldOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}

function whole(desk: Desk, kinds: readonly Kind[], id: string): StripeObject | undefined {
  for (const kind of kinds) {
    const found = find(desk.state, kind, id);
    if (found) return shown(found, desk.now);
  }
  return undefined;
}

function listOf(desk: Desk, owner: StripeObject): Record<string, unknown> {
  if (owner.object !== 'charge') return itemsOf(desk, owner);
  const data = refundsOf(desk, owner.id).map((one) => shown(one, desk.now));
  return { object: 'list', data, has_more: false, url: `/v1/charges/${owner.id}/refunds` };
}
