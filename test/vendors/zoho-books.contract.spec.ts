/** A tour of everything that the connector does, held against Zoho's published description where that is at hand. */
import {
  zohoBookkeeperDeletes,
  zohoBookkeeperRefunds,
  zohoBookkeeperTypes,
  zohoBookkeeperTypesAdvance,
} from '../../local/vendors/people';
import { zohoBooks } from '../../src/connectors/zoho-books';
import { CUSTOMER, creditWish, INVOICE, invoiceWish, offer, paymentWish } from '../connectors/zoho-books-account';
import { Bench } from '../connectors/zoho-books-bench';
import { fitsWhatIsPublished } from './published';

const MINUTE = 60_000;

/** Every operation at least once; a minute passes between the parts, since only so many calls are allowed in one. */
function tour(): Bench {
  const one = new Bench({ ZOHO_ITEM: '982000000030049', ZOHO_DEPOSIT_ACCOUNT: '982000000001234' });
  one.value(zohoBooks.test!(one.account));
  one.effect('invoice', invoiceWish());
  one.effect('invoice', invoiceWish({ due: '2026-12-20' }));
  one.effect('payment', paymentWish());
  one.effect('payment', paymentWish({ amountCents: 30_000 }));
  one.effect('credit', creditWish());
  const typed = zohoBookkeeperTypes(one.state, { invoice: INVOICE, amountCents: 20_000 }, one.nowMs);
  zohoBookkeeperTypesAdvance(one.state, CUSTOMER.name, 5000, one.nowMs);
  one.drain();
  one.items();
  one.nowMs += 2 * MINUTE;
  one.effect('payment', paymentWish({ gone: true }));
  zohoBookkeeperDeletes(one.state, typed, one.nowMs);
  one.drain();
  const paid = zohoBookkeeperTypes(one.state, { invoice: INVOICE, amountCents: 200_000 }, one.nowMs);
  zohoBookkeeperRefunds(one.state, paid, 10_000, one.nowMs);
  one.drain();
  one.account.ZOHO_SEND = 'email';
  one.effect('invoice', invoiceWish({ number: 'RL-0000000001' }));
  one.effect('invoice', invoiceWish({ number: 'RL-0000000001', gone: true }));
  one.effect('invoice', invoiceWish({ number: 'RL-0000000001' }));
  one.nowMs += 2 * MINUTE;
  const id = one.effect('repeat', offer());
  one.effect('repeat', offer({ amountCents: 37_000 }));
  one.effect('unrepeat', offer({ autopay: id }));
  one.effect('repeat', offer({ amountCents: 37_000 }));
  return one;
}

const OPERATIONS = [
  'GET /organizations',
  'GET /contacts',
  'POST /contacts',
  'GET /invoices',
  'GET /invoices/ID',
  'POST /invoices',
  'PUT /invoices/ID',
  'POST /invoices/ID/status/sent',
  'POST /invoices/ID/status/void',
  'POST /invoices/ID/status/draft',
  'POST /invoices/ID/email',
  'GET /invoices/ID/payments',
  'GET /customerpayments',
  'GET /customerpayments/ID',
  'GET /customerpayments/ID/refunds',
  'POST /customerpayments',
  'PUT /customerpayments/ID',
  'DELETE /customerpayments/ID',
  'GET /recurringinvoices',
  'GET /recurringinvoices/ID',
  'POST /recurringinvoices',
  'PUT /recurringinvoices/ID',
  'POST /recurringinvoices/ID/status/stop',
  'POST /recurringinvoices/ID/status/resume',
];

describe('the traffic with Zoho Books', () => {
  const one = tour();

  it('is of every kind', () => {
    const seen = new Set(one.sent.map(({ method, path: at }) => `${method} ${at.replace(/\d{5,}/g, 'ID')}`));
    expect([...seen].sort()).toEqual([...OPERATIONS].sort());
  });

  fitsWhatIsPublished('Zoho Books', () => one.har.toJSON());
});
