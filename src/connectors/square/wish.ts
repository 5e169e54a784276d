/** What every effect of Square takes from its payload, and the order that stands behind an invoice or a pay link. */
import { digestOf } from '../../domain/audit';
import { isZone, localDay } from '../../domain/calendar';
import { type Day, zone } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import { get, keyed, listIn, objectIn, search } from './api';

/** Square's own limits of texts. */
const NAME_LENGTH = 255;

export interface Wish {
  readonly leaseId: string;
  /** Our number of the charge's invoice; one made of the effect's key where it is about no single charge. */
  readonly number: string;
  /** Tells this wish from another one under the same number. */
  readonly effect: string;
  readonly money: { readonly amount: number; readonly currency: string };
  readonly description: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly customer: string | undefined;
  /** A card that the resident has saved at Square: its id, or any other word for the newest one of the customer. */
  readonly card: string | undefined;
}

/** Throws a `malformed` fault that names the member of the payload. */
export function wishOf({ payload, key }: EffectContext): Wish {
  const told = new Json(payload, 'payload');
  return {
    leaseId: told.str('leaseId'),
    number: told.opt('number') ?? `R-${digestOf(key).slice(0, 10).toUpperCase()}`,
    effect: digestOf(key).slice(0, 20),
    money: { amount: told.positive('amountCents'), currency: told.str('currency') },
    description: told.str('description').slice(0, NAME_LENGTH),
    name: (told.opt('name') ?? told.str('leaseId')).slice(0, NAME_LENGTH),
    email: told.opt('email'),
    customer: told.opt('customer'),
    card: told.opt('autopay'),
  };
}

/** The location at which invoices and links are made: the merchant's main one, as the test call found it. */
export const mainLocation = (account: Account): string =>
  account.MAIN_LOCATION || fail('auth', 'Square has not told its main location yet. Connect Square again.');

/** The civil day at the merchant's main location: Square takes no due date that is over there. */
export function todayAt({ account, now }: EffectContext): Day {
  const name = account.TIMEZONE ?? '';
  return localDay(now, isZone(name) ? name : zone('UTC'));
}

export const dueOf = ({ payload }: EffectContext): Day => new Json(payload, 'payload').day('due');

/** What is paid for. The feed reads lease and invoice back from here, for a payment itself names only its order. */
export const orderOf = (account: Account, wish: Wish, customer: string | undefined) => ({
  location_id: mainLocation(account),
  reference_id: wish.number,
  customer_id: customer,
  line_items: [{ name: wish.description, quantity: '1', base_price_money: wish.money }],
  metadata: { lease_id: wish.leaseId, invoice: wish.number, effect: wish.effect },
});

export interface Customer {
  readonly id: string;
  readonly hasMail: boolean;
  /** It was made just now, so there is no invoice of it yet. */
  readonly isNew: boolean;
}

/** The lease's customer: the one on the Links tab, else the one whose reference is the lease id. */
export function* customerOf(account: Account, leaseId: string): Flow<Customer | undefined> {
  const filter = { reference_id: { exact: leaseId } };
  const sort = { field: 'CREATED_AT', order: 'ASC' };
  const reply = yield* asked(search(account, '/v2/customers/search', { query: { filter, sort }, limit: 1 }));
  const [found] = listIn(reply, 'customers').items;
  return found && { id: found.str('id'), hasMail: found.has('email_address'), isNew: false };
}

/** Finds the lease's customer or makes one. */
export function* customerFor(account: Account, wish: Wish): Flow<Customer> {
  if (wish.customer) return { id: wish.customer, hasMail: wish.email !== undefined, isNew: false };
  const known = yield* customerOf(account, wish.leaseId);
  if (known) return known;
  const made = {
    given_name: wish.name,
    email_address: wish.email,
    reference_id: wish.leaseId,
    note: `Lease ${wish.leaseId}`,
  };
  // The key is the lease's, not the effect's: two effects that meet before the search shows the first one make one customer.
  const reply = yield* asked(keyed(account, '/v2/customers', made, wish.leaseId));
  const customer = objectIn(reply, 'customer');
  return { id: customer.str('id'), hasMail: customer.has('email_address'), isNew: true };
}

/** The card to charge. Square shows its id to programs only, so nobody need know it. */
export function* cardFor(account: Account, { card, leaseId }: Wish, customer: string): Flow<string | undefined> {
  if (!card || card.startsWith('ccof:')) return card;
  const reply = yield* asked(get(account, '/v2/cards', { customer_id: customer, sort_order: 'DESC' }));
  const saved = listIn(reply, 'cards').items.find((each) => each.bool('enabled'));
  return saved?.str('id') ?? fail('rejected', `No card is saved at Square for the customer of lease ${leaseId}.`);
}
