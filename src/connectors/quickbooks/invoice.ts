/** The effect `invoice`: a charge as an invoice with our number, made, changed or voided until it is as wished. */
import type { InvoiceWish } from '../../domain/books';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { asked, askedAll, type Effect, type EffectContext, type Flow } from '../connector';
import { invoiceWish } from '../wishes';
import { isVoided, literal, query, rowsOf, twice, written } from './api';
import { checkCurrency, currencyRef, customerFor, findCustomer, findItem, itemFor } from './customers';
import { itemIn, NOTHING, refOf, saleLine } from './sales';

export const findInvoice = (account: EffectContext['account'], number: string) =>
  query(account, `select * from Invoice where DocNumber = ${literal(number)}`);

/** The one that counts, if a bookkeeper has made a second one of that number. */
export const standing = (rows: readonly Json[]): Json | undefined => rows.find((row) => !isVoided(row)) ?? rows[0];

export const invoice: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wish = invoiceWish(context.payload);
    let looks = 0;
    return yield* twice(() => (wish.gone ? removed(context, wish) : booked(context, wish, looks++ > 0)));
  },
};

function* booked(context: EffectContext, wish: InvoiceWish, isSecondLook: boolean): Flow<string> {
  const { account, key } = context;
  checkCurrency(account, wish.currency);
  const [invoices, customers, items] = yield* askedAll(
    findInvoice(account, wish.number),
    findCustomer(account, wish.customer),
    findItem(account),
  );
  const known = standing(rowsOf(invoices, 'Invoice'));
  if (known) return yield* changed(context, wish, known, itemIn(known) ?? (yield* itemFor(context, items)));
  const customer = yield* customerFor(context, customers, wish.customer, wish.currency, isSecondLook);
  const item = yield* itemFor(context, items);
  const body = {
    CustomerRef: { value: customer },
    DocNumber: wish.number,
    TxnDate: wish.day,
    DueDate: wish.due,
    ...saleLine(account, wish, wish.description, item),
    PrivateNote: noteOf(wish),
    BillEmail: wish.customer.email && { Address: wish.customer.email },
    ...currencyRef(account, wish.currency),
  };
  const made = yield* written(account, { kind: 'Invoice', body, key });
  return refOf(account, 'Invoice', made.str('Id'));
}

const noteOf = ({ customer, type }: InvoiceWish): string =>
  `Rent Ledger: ${type}, lease ${customer.leaseId}, ${customer.property} ${customer.unit}`.slice(0, 4000);

/** Only what differs is written; a sparse update leaves the rest to the bookkeeper. One that was voided is given its line again. */
function* changed(context: EffectContext, wish: InvoiceWish, known: Json, item: string): Flow<string> {
  const { account, key } = context;
  const amount = known.decimal('TotalAmt', wish.currency) === wish.amountCents;
  const [due, day] = [known.opt('DueDate') === wish.due, known.opt('TxnDate') === wish.day];
  const id = known.str('Id');
  if (amount && due && day) return refOf(account, 'Invoice', id);
  const body = {
    Id: id,
    SyncToken: known.str('SyncToken'),
    sparse: true,
    ...(due ? {} : { DueDate: wish.due }),
    ...(day ? {} : { TxnDate: wish.day }),
    ...(amount ? {} : { ...saleLine(account, wish, wish.description, item), PrivateNote: noteOf(wish) }),
  };
  yield* written(account, { kind: 'Invoice', body, key });
  return refOf(account, 'Invoice', id);
}

function* removed({ account, key }: EffectContext, wish: InvoiceWish): Flow<string> {
  const known = standing(rowsOf(yield* asked(findInvoice(account, wish.number)), 'Invoice'));
  if (!known) return NOTHING;
  const id = known.str('Id');
  if (isVoided(known)) return refOf(account, 'Invoice', id);
  if (known.decimal('Balance', wish.currency) < known.decimal('TotalAmt', wish.currency))
    fail(
      'rejected',
      `Invoice ${wish.number} has payments or credit in QuickBooks. Take those out there first; then it can be voided.`,
    );
  const body = { Id: id, SyncToken: known.str('SyncToken') };
  yield* written(account, { kind: 'Invoice', body, key, params: { operation: 'void' } });
  return refOf(account, 'Invoice', id);
}
