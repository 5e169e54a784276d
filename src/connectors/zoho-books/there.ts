/** What Zoho Books has already of what the ledger wishes: invoices by their number, and contacts. */
import type { BookCustomer } from '../../domain/books';
import type { Currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Flow } from '../connector';
import { answered, get, rowsOf, write } from './api';

/** The ref of a wish that something be gone which is not there. */
export const NOTHING = 'none';

/** New contacts get the organisation's own currency, and invoices that of their contact. */
export function sameCurrency({ ZOHO_CURRENCY: kept }: Account, wanted: Currency): void {
  if (kept && kept !== wanted)
    fail(
      'rejected',
      `This Zoho organization keeps its books in ${kept}; what is in ${wanted} cannot be entered there.`,
    );
}

export const invoiceQuery = (account: Account, number: string): HttpRequest =>
  get(account, '/invoices', { invoice_number: number });

/** The invoice of that number. The filter may find longer ones too. */
export const invoiceIn = (reply: HttpReply, number: string): Json | undefined =>
  rowsOf(reply, 'invoices').rows.find((row) => row.str('invoice_number') === number);

export function* findInvoice(account: Account, number: string): Flow<Json | undefined> {
  return invoiceIn(yield* asked(invoiceQuery(account, number)), number);
}

export const invoiceAt = (account: Account, id: string): Flow<Json> =>
  answered(get(account, `/invoices/${id}`), 'invoice', id);

/** Charges, payments and credits of one run leave together: the invoice may come a moment later. */
export const notYet = (number: string): never =>
  fail('down', `Invoice ${number} is not in Zoho Books yet; it is tried again.`);

type Billed = Pick<BookCustomer, 'leaseId' | 'name' | 'residents' | 'email' | 'phone'>;

/** The contact of that name, which names the lease; made where there is none. */
export function* contactFor(account: Account, customer: Billed): Flow<string> {
  const { name, email, phone, residents, leaseId: lease } = customer;
  const reply = yield* asked(get(account, '/contacts', { contact_name: name, contact_type: 'customer' }));
  const found = rowsOf(reply, 'contacts').rows.find((row) => row.str('contact_name') === name);
  if (found) return found.str('contact_id');
  const person = {
    last_name: residents,
    is_primary_contact: true,
    email,
    phone,
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
