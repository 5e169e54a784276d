/** Pages and invoices that are out for what is settled by other means: taken back from Square and Stripe, unless they were paid. */
import { type Account, openAccount } from './account';
import { owedFor } from './autopay';
import type { Intent, LeaseState, OutboxRow } from './book';
import { isAutopay } from './collectors';
import { sum } from './money';
import { isPayPage, mayBeOpen } from './pay-pages';
import { type Decision, leaseById, type Run, type RunBook, rowsOfLease } from './run-book';
import { demandedOn, payableOn } from './standing';
import { type Cents, type Instant, key, type LeaseId } from './values';
import { URGENCY } from './wishes';

/**
 * What is out for more than is still owed of it is taken back in the commit that settles it. `arrived` are rows whose page has just
 * come to be: the debt may have been settled while it was made.
 */
export function takenBack(
  book: RunBook,
  states: ReadonlyMap<LeaseId, LeaseState>,
  run: Run,
  { entries }: Pick<Decision, 'entries'>,
  arrived: readonly OutboxRow[] = [],
): readonly Intent[] {
  const here = arrived.filter((row) => row.state === 'sent' && isOut(row, run.now));
  const leases = [...entries.map((entry) => entry.lease), ...here.flatMap(({ lease }) => lease ?? [])];
  return [...new Set(leases)].flatMap((id) => {
    const rows = [...rowsOfLease(book.outbox ?? [], id), ...here.filter(({ lease }) => lease === id)];
    const out = [...new Map(rows.map((row) => [row.key, row])).values()].filter((row) => isOut(row, run.now));
    const lease = out.length > 0 ? leaseById(book, id) : undefined;
    const property = lease && book.properties.get(lease.property);
    if (!lease || !property) return [];
    const account = openAccount(book, run, lease, property, states.get(id));
    return out.filter((row) => isTooMuch(account, row)).map((row) => takingBack(account, row, rows));
  });
}

const isOut = (row: OutboxRow, now: Instant): boolean =>
  Array.isArray(row.payload.charges) && (isInvoiceOut(row) || isPageOut(row, now));

/** One that is being sent at this moment may arrive: taking it back leaves after it. */
const isInvoiceOut = ({ channel, kind, state }: OutboxRow): boolean =>
  channel === 'square' && kind === 'invoice' && (state === 'sent' || state === 'sending' || state === 'unsure');

/** A page of Checkout is closed by its address, so it must have come. After a day nobody can pay on it. */
const isPageOut = (row: OutboxRow, now: Instant): boolean =>
  row.channel === 'stripe' && row.kind === 'payLink' && row.state === 'sent' && mayBeOpen(row, now);

/** It asks for more than is still owed of what it is for. */
export const isTooMuch = (account: Account, row: OutboxRow): boolean =>
  Number(row.payload.amountCents ?? 0) > stillOwed(account, row);

/** Of what a resident has chosen to pay whatever may be paid counts, of a page that we sent what we still ask for: a plan changes that. */
function stillOwed(account: Account, row: OutboxRow): Cents {
  if (isAutopay(row)) return owedFor(account, row);
  const { state, today } = account;
  const charges = isPayPage(row) ? payableOn(state, today) : demandedOn(state, today);
  return sum(chosen(row, charges));
}

function chosen({ payload }: OutboxRow, charges: ReturnType<typeof payableOn>): readonly Cents[] {
  const keys = Array.isArray(payload.charges) ? payload.charges.map(String) : [];
  return charges.filter((charge) => keys.includes(charge.key)).map((charge) => charge.openCents);
}

const TAKE_BACK = 'take-back:';

/** Once for each page; anew where it was left because the debt had come back, and is settled again. */
function takingBack(account: Account, row: OutboxRow, rows: readonly OutboxRow[]): Intent {
  const left = rows.filter(
    ({ key: name, payload, state }) => name.startsWith(TAKE_BACK) && payload.of === row.key && state === 'cancelled',
  ).length;
  const { lease, property, run } = account;
  const { amountCents, charges } = row.payload;
  const { payload, ...how } = HOW[row.channel === 'stripe' ? 'stripe' : 'square'](row);
  return {
    key: key(`${TAKE_BACK}${row.key}${left > 0 ? `:${left + 1}` : ''}`),
    channel: row.channel,
    ...how,
    lease: lease.id,
    property: property.name,
    to: lease.emails[0] ?? lease.id,
    payload: { leaseId: lease.id, ...payload, of: row.key, amountCents, charges },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.collect,
  };
}

type How = (row: OutboxRow) => Pick<Intent, 'kind' | 'subject' | 'payload'>;

const HOW: Readonly<Record<'stripe' | 'square', How>> = {
  stripe: ({ vendorRef }) => ({
    kind: 'closePage',
    subject: 'Close the page at Stripe, unless it was paid',
    payload: { page: vendorRef },
  }),
  square: ({ vendorRef, payload: { number, customer } }) => ({
    kind: 'cancelInvoice',
    subject: 'Take back the Square invoice, unless it was paid',
    payload: {
      ...(vendorRef ? { invoice: vendorRef } : { number, ...(customer ? { customer } : {}) }),
      unlessPaid: true,
      tellsIfPaid: true,
    },
  }),
};
