/** A tour of all that the connector does at Square, recorded and held against Square's published description. */
import {
  disputeSquarePayment,
  paySquareInvoice,
  paySquareInvoiceAndSave,
  paySquareLink,
  refundSquarePayment,
  returnSquareDebit,
} from '../../local/vendors/square/people';
import type { Flow } from '../../src/connectors/connector';
import { square } from '../../src/connectors/square';
import type { PaymentSeen } from '../../src/domain/book';
import { ACCOUNT, act, DAY, draftInvoice, idIn, Merchant, MINUTE, OFFER, paidOrder } from '../connectors/square-world';
import { fitsWhatIsPublished } from './published';

/** Every operation of the connector, by method and path. */
const OPERATIONS = [
  'GET /v2/merchants/me',
  'GET /v2/locations',
  'POST /v2/customers/search',
  'POST /v2/customers',
  'GET /v2/customers/_',
  'GET /v2/cards',
  'POST /v2/orders',
  'POST /v2/orders/search',
  'GET /v2/orders/_',
  'POST /v2/invoices/search',
  'POST /v2/invoices',
  'GET /v2/invoices/_',
  'POST /v2/invoices/_/publish',
  'POST /v2/invoices/_/cancel',
  'DELETE /v2/invoices/_',
  'POST /v2/online-checkout/payment-links',
  'GET /v2/payments',
  'GET /v2/payments/_',
  'GET /v2/refunds',
  'GET /v2/refunds/_',
  'GET /v2/disputes',
  'GET /v2/disputes/_',
];

function tour(): Merchant {
  const one = new Merchant();
  const { state } = one;
  one.run(square.test?.(ACCOUNT) as Flow<unknown>);
  const first = idIn(one.effect('invoice', OFFER));
  const debit = paySquareInvoice(state, first, 'bank', one.nowMs);
  one.pass(MINUTE);
  const ahead = { ...OFFER, number: 'RL-AHEAD00000', due: '2027-01-05' };
  const second = one.effect('invoice', ahead, { by: 'ahead' });
  one.effect('invoice', ahead, { by: 'ahead', attempt: 2 });
  one.effect('cancelInvoice', { leaseId: 'L-1', number: 'RL-AHEAD00000' });
  one.effect('cancelInvoice', { invoice: String(second) }, { attempt: 2 });
  draftInvoice(state, 'RL-DRAFT00000', one.nowMs);
  one.pass(MINUTE);
  one.effect('cancelInvoice', { leaseId: 'L-7', number: 'RL-DRAFT00000' }, { by: 'draft' });
  const shown = one.effect('invoice', { ...OFFER, number: 'RL-SHOWN00000', shown: true }, { by: 'shown' });
  one.effect('closePage', { page: String(shown) });
  autopay(one);
  const link = idIn(one.effect('payLink', OFFER));
  const paid = paySquareLink(state, link, 'card', one.nowMs);
  for (let at = 0; at < 8; at++) paidOrder(state, { lease: 'L-2', amountCents: 1000 + at, atMs: one.nowMs });
  paidOrder(state, { amountCents: 5000, atMs: one.nowMs, source: 'CASH', more: { customer_id: 'CUST000000000001' } });
  one.pass(MINUTE);
  one.drain();
  const refund = refundSquarePayment(state, paid, 40_000, one.nowMs);
  one.pass(DAY);
  one.drain();
  const dispute = disputeSquarePayment(state, paid, 50_000, one.nowMs);
  returnSquareDebit(state, debit, 'INSUFFICIENT_FUNDS', one.nowMs);
  one.pass(MINUTE);
  one.drain();
  for (const [kind, id] of [
    ['payment', paid],
    ['refund', refund],
    ['dispute', dispute],
  ]) {
    const hint = { type: `${kind}.updated`, merchant_id: ACCOUNT.MERCHANT, data: { id } };
    one.run(square.receipts?.byHint?.(hint, ACCOUNT) as Flow<readonly PaymentSeen[]>);
  }
  return one;
}

function autopay(one: Merchant): void {
  const body = { idempotency_key: 'c', source_id: 'cnon:card-nonce-ok', card: { customer_id: 'CUST000000000001' } };
  act(one.state, 'POST', '/v2/cards', body, one.nowMs);
  const wish = { ...OFFER, number: 'RL-CARD000000', customer: 'CUST000000000001', autopay: 'card' };
  one.effect('invoice', wish, { by: 'card' });
  // A card that is saved while somebody pays.
  const known = String(one.effect('setup', OFFER));
  const page = idIn(one.effect('invoice', { ...OFFER, number: 'RL-SAVES00000', shown: true }, { by: 'saves' }));
  paySquareInvoiceAndSave(one.state, page, one.nowMs);
  one.effect('adopt', { ...OFFER, known });
  one.effect('cancelInvoice', { leaseId: 'L-1', invoice: page, unlessPaid: true, tellsIfPaid: true });
}

describe('what is said to Square', () => {
  const one = tour();
  const { entries } = one.har.toJSON().log;

  it('is every operation that the connector has, and all of it is answered', () => {
    const said = entries.map(({ request }) => {
      const { pathname } = new URL(String(request.url));
      return `${request.method} ${decodeURIComponent(pathname).replace(/\/(inv:|CUST|OR|PAY|DP)[^/]+/, '/_')}`;
    });
    expect([...new Set(said)].sort()).toEqual([...OPERATIONS].sort());
    expect(entries.filter(({ response }) => Number(response.status) >= 400)).toEqual([]);
  });

  fitsWhatIsPublished('Square', () => one.har.toJSON());
});
