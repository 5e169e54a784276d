/** Square in the money story: two leases are billed, pay by card, bank and cash, and money goes back in every way. */
import { askApi } from '../../cli/api';
import {
  disputeSquarePayment,
  editSquareDrafts,
  type Means,
  moveSquareDispute,
  paySquareInvoice,
  paySquareInvoiceAndSave,
  paySquareLink,
  refundSquarePayment,
  returnSquareDebit,
  takeSquarePayment,
} from '../../vendors/people';
import { LIVE_TOKEN, type SquareState } from '../../vendors/square';
import type { Chapter, Operation, Stage } from '../chapter';
import { clicksOnPage, holds, isOnAutopay } from '../resident-page';

const ONE = 'SQ-1';
const TWO = 'SQ-2';

const stateOf = (stage: Stage): SquareState => stage.state<SquareState>();
const idIn = (ref: string): string => ref.split(' ')[0] ?? '';
const usd = (amount: number) => ({ amount, currency: 'USD' });

/** The landlord at Square's own pages. */
function atSquare<T>(stage: Stage, path: string, body: unknown): T {
  const headers = { authorization: `Bearer ${LIVE_TOKEN}`, 'content-type': 'application/json' };
  const url = `https://connect.squareup.com${path}`;
  const reply = stage.atVendor({ method: 'POST', url, headers, body: JSON.stringify(body) });
  if (reply.status !== 200) throw new Error(reply.body);
  return JSON.parse(reply.body) as T;
}

function customerOf(state: SquareState, lease: string): string {
  const found = Object.values(state.customers).find((each) => each.reference_id === lease);
  if (!found) throw new Error(`nobody at Square is ${lease}`);
  return found.id;
}

const billed = (stage: Stage, lease: string): string => idIn(stage.offer(lease, 'invoice'));

function billedAndPaid(stage: Stage, lease: string, means: Means): string {
  return paySquareInvoice(stateOf(stage), billed(stage, lease), means, stage.world.now);
}

/** The settled payment of the invoice that was paid last. */
function lastPaid(state: SquareState, lease: string): string {
  const paid = Object.values(state.payments).filter(
    (each) => each.status === 'COMPLETED' && leaseOf(state, each.id) === lease,
  );
  const last = paid.at(-1);
  if (!last) throw new Error(`${lease} has paid nothing`);
  return last.id;
}

/** Whose a payment is, by what Square knows. */
function leaseOf(state: SquareState, id: string): string | undefined {
  const payment = state.payments[id];
  const metadata = state.orders[payment?.order_id ?? '']?.metadata as { lease_id?: string } | undefined;
  const customer = state.customers[payment?.customer_id ?? ''];
  return metadata?.lease_id ?? (customer?.reference_id as string | undefined);
}

/** A draft that somebody made by hand under the number of the cancelled invoice, and forgot. */
function forgottenDraft(stage: Stage): void {
  const state = stateOf(stage);
  const { location_id, primary_recipient, invoice_number } = Object.values(state.invoices).at(-1) ?? {};
  const line_items = [{ name: 'Rent', quantity: '1', base_price_money: usd(100_000) }];
  const { order } = atSquare<{ order: { id: string } }>(stage, '/v2/orders', { order: { location_id, line_items } });
  const invoice = {
    location_id,
    order_id: order.id,
    primary_recipient: { customer_id: primary_recipient?.customer_id },
    payment_requests: [{ request_type: 'BALANCE', due_date: '2026-12-31' }],
    delivery_method: 'EMAIL',
    invoice_number: `${String(invoice_number).replace(/-\d$/, '')}-3`,
    accepted_payment_methods: { card: true },
  };
  atSquare(stage, '/v2/invoices', { invoice });
}

/** The resident saves a card at Square, and the landlord writes it on the Links tab. */
function saveCard(stage: Stage): void {
  const customer_id = customerOf(stateOf(stage), TWO);
  const wish = { idempotency_key: 'saved', source_id: 'cnon:card-nonce-ok', card: { customer_id } };
  atSquare(stage, '/v2/cards', wish);
  const links = [
    [TWO, 'square', 'customer', customer_id],
    [TWO, 'square', 'autopay', 'card'],
  ];
  const text = ['Lease ID,Platform,Kind,External ID', ...links.map((row) => row.join(','))].join('\n');
  askApi(stage.world, 'importCsv', [{ tab: 'Links', name: 'links.csv', text }]);
}

/** The resident begins autopay on their own page: pays what is owed on Square's, and chooses there to save the card. */
function beginsAutopay(stage: Stage): void {
  const url = clicksOnPage(stage, ONE, { act: 'autopayOn', platform: 'square' });
  const shown = Object.values(stateOf(stage).invoices).find((each) => each.public_url === url);
  paySquareInvoiceAndSave(stateOf(stage), shown?.id ?? '', stage.world.now);
}

/** The card that the resident has saved was charged for the rent of February. */
function wasCharged(stage: Stage): boolean {
  const { invoices, cards } = stateOf(stage);
  const own = Object.values(cards).find((each) => each.customer_id === customerOf(stateOf(stage), ONE));
  return Object.values(invoices).some(
    ({ status, payment_requests: [{ card_id, due_date }] }) =>
      own !== undefined && card_id === own.id && due_date === '2027-02-01' && status === 'PAID',
  );
}

/** Square tells our address of a dispute. */
function tellOfDispute(stage: Stage, id: string): void {
  const { query } = stage.ask<{ query: string }>('webhookAddress', { platform: 'square' });
  const event = {
    merchant_id: 'MLRENTLEDGER1',
    type: 'dispute.created',
    event_id: 'evt',
    data: { type: 'dispute', id },
  };
  const parameters = Object.fromEntries(new URLSearchParams(query));
  stage.world.doPost({ parameters, body: JSON.stringify(event), type: 'application/json' });
}

const days: Chapter['days'] = {
  '2026-12-02': (stage) => {
    billedAndPaid(stage, ONE, 'card');
    paySquareLink(stateOf(stage), idIn(stage.offer(TWO, 'payLink')), 'bank', stage.world.now);
  },
  '2026-12-03': (stage) => {
    // The washing machines of the house: no rent, and many of them.
    for (let at = 0; at < 7; at++)
      takeSquarePayment(
        stateOf(stage),
        { source_id: 'CASH', amount_money: usd(350), note: 'Laundry' },
        stage.world.now,
      );
  },
  '2026-12-08': (stage) =>
    returnSquareDebit(stateOf(stage), lastPaid(stateOf(stage), TWO), 'INSUFFICIENT_FUNDS', stage.world.now),
  '2026-12-09': (stage) => {
    billed(stage, TWO);
  },
  '2026-12-10': (stage) => {
    const customer_id = customerOf(stateOf(stage), TWO);
    const wish = { source_id: 'CASH', amount_money: usd(45_000), customer_id, note: 'Part of December' };
    takeSquarePayment(stateOf(stage), wish, stage.world.now);
  },
  '2026-12-11': (stage) => {
    billed(stage, TWO);
  },
  '2026-12-12': (stage) => {
    stage.offer(TWO, 'cancelInvoice');
  },
  '2026-12-13': (stage) => {
    forgottenDraft(stage);
    stage.offer(TWO, 'cancelInvoice');
  },
  '2026-12-14': (stage) => {
    editSquareDrafts(stateOf(stage), true);
    billedAndPaid(stage, TWO, 'card');
    editSquareDrafts(stateOf(stage), false);
  },
  '2026-12-15': (stage) => {
    refundSquarePayment(stateOf(stage), lastPaid(stateOf(stage), ONE), 10_000, stage.world.now);
  },
  '2026-12-20': (stage) => {
    refundSquarePayment(stateOf(stage), lastPaid(stateOf(stage), ONE), 5_000, stage.world.now);
  },
  '2027-01-02': (stage) => {
    beginsAutopay(stage);
    saveCard(stage);
    billed(stage, TWO);
  },
  '2027-01-10': (stage) => {
    const payment = lastPaid(stateOf(stage), ONE);
    tellOfDispute(stage, disputeSquarePayment(stateOf(stage), payment, 80_000, stage.world.now));
  },
  '2027-01-20': (stage) => {
    const [dispute] = Object.keys(stateOf(stage).disputes);
    moveSquareDispute(stateOf(stage), dispute ?? '', 'LOST', stage.world.now);
  },
  '2027-02-03': (stage) => holds(stage, wasCharged(stage), 'Square has charged the card of SQ-1 for February'),
  '2027-02-20': (stage) => {
    holds(stage, isOnAutopay(stage, ONE, 'square'), 'SQ-1 is on autopay');
    clicksOnPage(stage, ONE, { act: 'autopayOff' });
    holds(stage, !isOnAutopay(stage, ONE, 'square'), 'SQ-1 is on autopay no more');
  },
};

const operation = (name: string, method: string, path: string): Operation => ({
  name,
  method,
  at: new RegExp(`^connect\\.squareup\\.com/v2/${path}$`),
});

const operations: readonly Operation[] = [
  operation('the merchant', 'GET', 'merchants/me'),
  operation('locations', 'GET', 'locations'),
  operation('a customer by our reference', 'POST', 'customers/search'),
  operation('a new customer', 'POST', 'customers'),
  operation('the customer of a payment', 'GET', 'customers/\\w+'),
  operation('the saved card of a customer', 'GET', 'cards'),
  operation('a new order', 'POST', 'orders'),
  operation('many orders', 'POST', 'orders/search'),
  operation('the order of a payment', 'GET', 'orders/\\w+'),
  operation('an invoice by our number', 'POST', 'invoices/search'),
  operation('a draft', 'POST', 'invoices'),
  operation('an invoice goes out', 'POST', 'invoices/[^/]+/publish'),
  operation('an invoice that was changed in between', 'GET', 'invoices/[^/]+'),
  operation('an invoice is cancelled', 'POST', 'invoices/[^/]+/cancel'),
  operation('a draft is deleted', 'DELETE', 'invoices/[^/]+'),
  operation('a pay link', 'POST', 'online-checkout/payment-links'),
  operation('payments of a location', 'GET', 'payments'),
  operation('the payment of a refund or dispute', 'GET', 'payments/\\w+'),
  operation('refunds', 'GET', 'refunds'),
  operation('an earlier refund', 'GET', 'refunds/\\w+'),
  operation('disputes', 'GET', 'disputes'),
  operation('the dispute of a hint', 'GET', 'disputes/\\w+'),
];

/** Settled payments less what was refunded and lost, by lease. */
function totals(state: SquareState): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const add = (payment: string, cents: number) => {
    const lease = leaseOf(state, payment);
    if (lease) sums.set(lease, (sums.get(lease) ?? 0) + cents);
  };
  for (const each of Object.values(state.payments))
    if (each.status === 'COMPLETED') add(each.id, each.amount_money.amount);
  for (const each of Object.values(state.refunds))
    if (each.status !== 'FAILED') add(each.payment_id, -each.amount_money.amount);
  for (const each of Object.values(state.disputes))
    if (each.state === 'LOST') add(each.disputed_payment.payment_id, -each.amount_money.amount);
  return sums;
}

export const chapter: Chapter = {
  platform: 'square',
  leases: [
    { id: 'SQ-1', unit: 'S1', residents: 'Dana Whitfield', email: 'dana@example.com', rent: '1450.00' },
    { id: 'SQ-2', unit: 'S2', residents: 'Ravi Menon', email: 'ravi@example.com', rent: '1275.00' },
  ],
  // Residents pay on pages of Square, and so can begin autopay there.
  rows: { Properties: { 'Harbour Row': { 'Pay by': 'square' } } },
  connect: (stage) => stage.connectKeys({ SQUARE_ACCESS_TOKEN: LIVE_TOKEN, SQUARE_MODE: 'live' }),
  days,
  operations,
  totals,
};
