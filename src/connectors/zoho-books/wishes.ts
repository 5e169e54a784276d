/** What the ledger wishes of the books, read from payloads, and what Zoho Books has of it already. */
import { type BookCustomer, OUR_NUMBER } from '../../domain/books';
import { toNumber } from '../../domain/money';
import { currency as asCurrency, type Cents, type Currency, type Day, leaseId } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import { answered, get, rowsOf, write } from './api';
import { dayIn } from './payments';

/** The ref of a wish that something be gone which is not there. */
export const NOTHING = 'none';

/** What all wishes have in common. */
export interface Wish {
  readonly json: Json;
  readonly number: string;
  readonly customer: BookCustomer;
  readonly currency: Currency;
  readonly amountCents: Cents;
  /** In major units, as Zoho Books takes them. */
  readonly amount: number;
  readonly day: Day;
  readonly gone: boolean;
}

export function wishOf({ payload, account }: EffectContext): Wish {
  const json = new Json(payload, 'payload');
  const [currency, amountCents] = [asCurrency(json.str('currency')), json.minor('amountCents')];
  if (amountCents <= 0) json.at('amountCents').wrong('more than nothing');
  if (!OUR_NUMBER.test(json.str('number'))) json.at('number').wrong('a number of ours');
  sameCurrency(account, currency);
  return {
    json,
    number: json.str('number'),
    customer: customerOf(json.at('customer')),
    currency,
    amountCents,
    amount: toNumber(amountCents, currency),
    day: dayIn(json, 'day'),
    gone: json.bool('gone'),
  };
}

/** New contacts get the organisation's own currency, and invoices that of their contact. */
export function sameCurrency({ ZOHO_CURRENCY: kept }: Account, wanted: Currency): void {
  if (kept && kept !== wanted)
    fail(
      'rejected',
      `This Zoho organization keeps its books in ${kept}; what is in ${wanted} cannot be entered there.`,
    );
}

function customerOf(json: Json): BookCustomer {
  const [email, phone] = [json.opt('email'), json.opt('phone')];
  return {
    leaseId: leaseId(json.str('leaseId')),
    name: json.str('name'),
    residents: json.str('residents'),
    property: json.str('property'),
    unit: json.str('unit'),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  };
}

export const invoiceQuery = (account: Account, number: string): HttpRequest =>
  get(account, '/invoices', { invoice_number: number });

/** The invoice of that number. The filter may find longer ones too. */
export const invoiceIn = (reply: HttpReply, number: string): Json | undefined =>
  rowsOf(reply, 'invoices', 'invoice_id').rows.find((row) => row.str('invoice_number') === number);

export function* findInvoice(account: Account, number: string): Flow<Json | undefined> {
  return invoiceIn(yield* asked(invoiceQuery(account, number)), number);
}

export const invoiceAt = (account: Account, id: string): Flow<Json> =>
  answered(get(account, `/invoices/${id}`), 'invoice', id);

/** Charges, payments and credits of one run leave together: the invoice may come a moment later. */
export const notYet = (number: string): never =>
  fail('down', `Invoice ${number} is not in Zoho Books yet; it is tried again.`);

/** The contact of that name, which names the lease; made where there is none. */
export function* contactFor(account: Account, customer: BookCustomer): Flow<string> {
  const { name, email, phone, residents, leaseId: lease } = customer;
  const reply = yield* asked(get(account, '/contacts', { contact_name: name, contact_type: 'customer' }));
  const found = rowsOf(reply, 'contacts', 'contact_id').rows.find((row) => row.str('contact_name') === name);
  if (found) return found.str('contact_id');
  const person = {
    last_name: residents,
    is_primary_contact: true,
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  };
  const contact = yield* answered(
    write('POST', account, '/contacts', {
      contact_name: name,
      contact_type: 'customer',
      notes: `Rent Ledger: lease ${lease}`,
      contact_persons: [person],
    }),
    'contact',
  );
  return contact.str('contact_id');
}
