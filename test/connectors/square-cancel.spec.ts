/** Taking invoices back at Square, and pay links. */
import { paySquareInvoice, paySquareLink } from '../../local/vendors/square/people';
import type { Invoice } from '../../local/vendors/square/state';
import { square } from '../../src/connectors/square';
import { act, DAY, draftInvoice, idIn, MAIN, Merchant, MINUTE, OFFER } from './square-world';

const invoicesOf = (one: Merchant): Invoice[] => Object.values(one.state.invoices);
const onlyInvoice = (one: Merchant): Invoice => {
  const [invoice, ...more] = invoicesOf(one);
  if (!invoice || more.length > 0) throw new Error(`${invoicesOf(one).length} invoices`);
  return invoice;
};

describe('cancelling an invoice', () => {
  const wish = { leaseId: 'L-1', number: 'RL-0123456789' };

  it('by its number, or by the reference that was kept', () => {
    const one = new Merchant();
    const ref = String(one.effect('invoice', OFFER));
    one.pass(MINUTE);
    expect(one.effect('cancelInvoice', wish)).toBe('RL-0123456789');
    expect(onlyInvoice(one).status).toBe('CANCELED');
    expect(one.effect('cancelInvoice', { invoice: ref })).toBe(idIn(ref));
  });

  it('one that still waits for its day never goes out', () => {
    const one = new Merchant();
    const ref = String(one.effect('invoice', { ...OFFER, due: '2026-12-28' }));
    one.effect('cancelInvoice', { invoice: ref });
    one.pass(40 * DAY);
    act(one.state, 'GET', '/v2/locations', undefined, one.nowMs);
    expect(onlyInvoice(one).status).toBe('CANCELED');
  });

  it('deletes a draft', () => {
    const one = new Merchant();
    draftInvoice(one.state, 'RL-DRAFT00000', one.nowMs);
    expect(one.effect('cancelInvoice', { leaseId: 'L-7', number: 'RL-DRAFT00000' })).toBe('RL-DRAFT00000');
    expect(invoicesOf(one)).toEqual([]);
  });

  it('reads again what somebody has changed in between', () => {
    const one = new Merchant();
    one.effect('invoice', OFFER);
    one.pass(MINUTE);
    let isChanged = false;
    one.between = ({ url }, reply) => {
      if (url.endsWith('/cancel') && !isChanged) {
        onlyInvoice(one).version += 1;
        isChanged = true;
      }
      return reply();
    };
    expect(one.effect('cancelInvoice', wish)).toBe('RL-0123456789');
    expect([isChanged, onlyInvoice(one).status]).toEqual([true, 'CANCELED']);
  });

  it.each([
    ['card', 'PAID'],
    ['bank', 'PAYMENT_PENDING'],
  ] as const)('one that was paid by %s is left, and the words say so', (means, status) => {
    const one = new Merchant();
    paySquareInvoice(one.state, idIn(one.effect('invoice', OFFER)), means, one.nowMs);
    one.pass(MINUTE);
    expect(one.effect('cancelInvoice', wish)).toMatchObject({
      fault: 'rejected',
      message: `Invoice RL-0123456789 cannot be cancelled: it is ${status} at Square. Refund the payment there.`,
    });
    expect(one.effect('cancelInvoice', { ...wish, unlessPaid: true })).toBe('RL-0123456789');
    const [payment] = Object.keys(one.state.payments);
    expect(one.effect('cancelInvoice', { ...wish, unlessPaid: true, tellsIfPaid: true })).toBe(
      means === 'card' ? `paid ${payment}` : 'paid RL-0123456789',
    );
    expect(onlyInvoice(one).status).toBe(status);
  });

  it.each([
    ['of a lease without a customer', wish],
    ['by a reference that is none', { invoice: 'inv:0-stranger https://squareup.com/x' }],
  ])('%s is missing', (_, payload) => {
    expect(new Merchant().effect('cancelInvoice', payload)).toMatchObject({ fault: 'missing' });
  });
});

describe('a pay link', () => {
  it('is one page for one payment, which tells its lease and invoice', () => {
    const one = new Merchant();
    const ref = one.effect('payLink', OFFER);
    expect(ref).toMatch(/^PL\w+ https:\/\/square\.link\//);
    const paid = paySquareLink(one.state, idIn(ref), 'card', one.nowMs);
    one.pass(MINUTE);
    expect(one.drain().payments.get(paid)).toMatchObject({
      leaseRef: 'L-1',
      invoice: 'RL-0123456789',
      amountCents: 150_000,
    });
    expect(one.state.links[idIn(ref)]).toMatchObject({
      checkout_options: { redirect_url: 'https://example.com/paid' },
      pre_populated_data: { buyer_email: 'ann@example.com' },
    });
  });

  it('needs neither an address nor a page to come back to', () => {
    const { email: _email, successUrl: _back, ...rest } = OFFER;
    expect(new Merchant().effect('payLink', rest)).toMatch(/^PL/);
  });
});

describe('the offers', () => {
  it('are effects that there are, at the main location', () => {
    expect(square.offers?.every(({ kind }) => square.effects?.[kind])).toBe(true);
    const one = new Merchant();
    one.effect('payLink', OFFER);
    expect(Object.values(one.state.orders).map(({ location_id: location }) => location)).toEqual([MAIN]);
  });
});
