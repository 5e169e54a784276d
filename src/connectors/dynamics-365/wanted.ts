/** What an invoice there ought to be after a wish of ours, and the one change set that makes it so. */
import type { BookCustomer, CreditWish, InvoiceWish, PaymentWish } from '../../domain/books';
import { plus, sum, toNumber, ZERO } from '../../domain/money';
import type { Cents } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Account } from '../connector';
import { contactAt, cut } from './api';
import type { Op } from './batch';
import { newContact } from './contacts';
import * as ledger from './ledger';

export type Wish =
  | { readonly kind: 'invoice'; readonly wish: InvoiceWish }
  | { readonly kind: 'payment'; readonly wish: PaymentWish }
  | { readonly kind: 'credit'; readonly wish: CreditWish };

export interface Turn {
  readonly told: Wish;
  /** Number and id of the invoice that it is about. */
  readonly number: string;
  readonly id: string;
  /** 1 for the first try. */
  readonly attempt: number;
}

export interface Seen extends Turn {
  readonly account: Account;
  readonly there: ledger.There | undefined;
  readonly hasContact: boolean;
  readonly currencyId: string;
}

// ---------------------------------------------------------------- what ought to be

interface Wanted {
  readonly state: ledger.State;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Lines to be written or taken out. */
  readonly lines: readonly Op[];
}

function wantedOf(seen: Seen): Wanted | undefined {
  switch (seen.told.kind) {
    case 'invoice':
      return invoiceWanted(seen, seen.told.wish);
    case 'payment':
      return paymentWanted(seen, seen.told.wish);
    case 'credit':
      return creditWanted(seen, seen.told.wish);
  }
}

/** An invoice that is gone keeps its lines and loses its payments: those of ours are of the same charge. */
function invoiceWanted(seen: Seen, wish: InvoiceWish): Wanted | undefined {
  const { there } = seen;
  if (wish.gone) {
    if (!there) return undefined;
    const ours = ledger.paymentsIn(there.description, wish.currency);
    const bare = ours.reduce((text, { number }) => ledger.withPayment(text, number, undefined), there.description);
    return { state: 'canceled', fields: changed(there, { description: bare }), lines: [] };
  }
  const name = cut(wish.description, 300);
  const credits = sum((there?.credits ?? []).map(({ amountCents }) => amountCents));
  const totalCents = there
    ? plus(there.totalCents, (wish.amountCents - (there.charge?.amountCents ?? ZERO)) as Cents)
    : plus(wish.amountCents, credits);
  return {
    state: ledger.stateFor(totalCents, ledger.paymentsIn(there?.description ?? '', wish.currency)),
    fields: changed(there, { name, duedate: wish.due }),
    lines: there?.charge?.amountCents === wish.amountCents ? [] : [chargeLine(seen, wish)],
  };
}

/** Members that differ from what is there. */
const changed = (
  there: ledger.There | undefined,
  { name, duedate, description }: { name?: string; duedate?: string; description?: string },
): Readonly<Record<string, unknown>> => ({
  ...(name === undefined || name === there?.name ? {} : { name }),
  ...(duedate === undefined || duedate === there?.due ? {} : { duedate }),
  ...(description === undefined || description === there?.description ? {} : { description }),
});

/** A write-in product: nothing of the product catalogue is needed. What it is cannot be changed later. */
function line({ id, currencyId }: Seen, number: string, said: string, price: number, isNew: boolean): Op {
  const born = {
    isproductoverridden: true,
    'invoiceid@odata.bind': `/invoices(${id})`,
    'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currencyId})`,
  };
  return {
    method: 'PATCH',
    path: `invoicedetails(${ledger.lineId(number)})`,
    body: { productdescription: cut(said, 500), quantity: 1, priceperunit: price, ...(isNew ? born : {}) },
  };
}

const chargeLine = (seen: Seen, { number, description, amountCents, currency }: InvoiceWish): Op =>
  line(seen, number, description, toNumber(amountCents, currency), seen.there?.charge === undefined);

/** The invoice leaves beside it, so it is there a little later; after so many tries nobody waits for it. */
const PATIENCE = 12;
const WAIT_SECONDS = 300;

/** Somebody has canceled it there, and a person's word wins. */
function mustBeThere({ there, number, attempt }: Seen): ledger.There {
  if (!there)
    return fail(attempt < PATIENCE ? 'busy' : 'missing', `Invoice ${number} is not in Dynamics 365 yet.`, {
      retryAfterSeconds: WAIT_SECONDS,
    });
  if (there.state === 'canceled')
    fail('rejected', `Invoice ${number} was canceled in Dynamics 365. Reactivate it there, or void the charge here.`);
  return there;
}

function paymentWanted(seen: Seen, wish: PaymentWish): Wanted | undefined {
  // Nothing lies on an invoice that is gone.
  if (wish.gone && (!seen.there || seen.there.state === 'canceled')) return undefined;
  const there = mustBeThere(seen);
  const { number, amountCents, currency, day, source, reference } = wish;
  const said = ledger.paymentLine({ number, amountCents }, currency, { day, from: `${source} ${reference}` });
  const description = ledger.withPayment(there.description, number, wish.gone ? undefined : said);
  if (description.length > 2000)
    fail('rejected', `Invoice ${seen.number} has more payments than its description in Dynamics 365 can hold.`);
  return {
    state: ledger.stateFor(there.totalCents, ledger.paymentsIn(description, currency)),
    fields: changed(there, { description }),
    lines: [],
  };
}

function creditWanted(seen: Seen, wish: CreditWish): Wanted | undefined {
  if (wish.gone && (!seen.there || seen.there.state === 'canceled')) return undefined;
  const there = mustBeThere(seen);
  const { number, amountCents, currency, reason } = wish;
  const known = there.credits.find((each) => each.number === number);
  const target = wish.gone ? ZERO : ((0 - amountCents) as Cents);
  const totalCents = plus(there.totalCents, (target - (known?.amountCents ?? ZERO)) as Cents);
  const write = (): Op =>
    wish.gone
      ? { method: 'DELETE', path: `invoicedetails(${known?.id})` }
      : line(seen, number, `${number} ${reason}`, toNumber(target, currency), known === undefined);
  return {
    state: ledger.stateFor(totalCents, ledger.paymentsIn(there.description, currency)),
    fields: {},
    lines: (known?.amountCents ?? ZERO) === target ? [] : [write()],
  };
}

// ---------------------------------------------------------------- the difference

/** One change set: reactivated where it is read-only, changed, and put into its state. Nothing where it is as it ought to be. */
export function opsFor(seen: Seen): readonly Op[] {
  const wanted = wantedOf(seen);
  if (!wanted) return [];
  const { there, id } = seen;
  const path = `invoices(${id})`;
  if (!there)
    return [...contactFor(seen), created(seen, path, wanted), ...wanted.lines, ...stateOps(path, wanted.state)];
  const isContentSame = Object.keys(wanted.fields).length === 0 && wanted.lines.length === 0;
  if (isContentSame && wanted.state === there.state) return [];
  const unchanged = { 'If-Match': there.etag };
  const opened: readonly Op[] =
    there.state === 'open' ? [] : [{ method: 'PATCH', path, body: ledger.PAIRS.open, headers: unchanged }];
  const written: readonly Op[] =
    Object.keys(wanted.fields).length === 0
      ? []
      : [{ method: 'PATCH', path, body: wanted.fields, ...(opened.length > 0 ? {} : { headers: unchanged }) }];
  return [...opened, ...written, ...wanted.lines, ...stateOps(path, wanted.state)];
}

const contactFor = ({ account, hasContact, told }: Seen): readonly Op[] =>
  hasContact ? [] : [newContact(account, told.wish.customer.leaseId, told.wish.customer satisfies BookCustomer)];

/** Made only where nobody made it in the same moment. */
const created = ({ account, number, told, currencyId }: Seen, path: string, { fields }: Wanted): Op => ({
  method: 'PATCH',
  path,
  headers: { 'If-None-Match': '*' },
  body: {
    invoicenumber: number,
    ...fields,
    'customerid_contact@odata.bind': `/${contactAt(account, told.wish.customer.leaseId)}`,
    'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currencyId})`,
    ...priceList(account),
  },
});

const priceList = ({ DYNAMICS_PRICE_LIST: id = '' }: Account) =>
  id.trim() === '' ? {} : { 'pricelevelid@odata.bind': `/pricelevels(${id.trim()})` };

const stateOps = (path: string, state: ledger.State): readonly Op[] =>
  state === 'open' ? [] : [{ method: 'PATCH', path, body: ledger.PAIRS[state] }];
