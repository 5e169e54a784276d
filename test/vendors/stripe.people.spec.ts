/** What people and banks do at Stripe, as far as its API shows it: links, disputes that turn, payouts and what they hold. */
import { failPayout, payOut } from '../../local/vendors/stripe/payouts';
import {
  disputePayment,
  forgetMethod,
  ignoreDispute,
  methodTurns,
  moveDispute,
  payByLink,
  payCheckout,
  refundPayment,
} from '../../local/vendors/stripe/people';
import { DAY_MS, type Json, StripeTalk } from './talk';

const paid = (talk: StripeTalk, amount = 100_000, method = 'pm_card_visa'): string =>
  talk.post('/v1/payment_intents', { amount, currency: 'usd', payment_method: method, confirm: true }).id;

const movements = (talk: StripeTalk, filter: Json = {}): Json[] =>
  talk.get('/v1/balance_transactions', { limit: 100, ...filter }).data as Json[];
const netOf = (rows: readonly Json[]): number => rows.reduce((sum, row) => sum + row.net, 0);

describe('a payment link', () => {
  const made = (talk: StripeTalk): string => {
    const product = talk.post('/v1/products', { name: 'Rent' }).id;
    const price = talk.post('/v1/prices', { currency: 'usd', unit_amount: 90_000, product }).id;
    const data = { metadata: { lease_id: 'L-1' } };
    return talk.post('/v1/payment_links', { line_items: [{ price, quantity: 1 }], payment_intent_data: data }).id;
  };

  it('is paid on as often as wanted; each payment has a session and carries what the link says', () => {
    const talk = new StripeTalk();
    const link = made(talk);
    const ids = [1, 2].map(() => payByLink(talk.state, link, 'pm_card_visa', talk.nowMs));
    for (const id of ids)
      expect(talk.get(`/v1/payment_intents/${id}`)).toMatchObject({ amount: 90_000, metadata: { lease_id: 'L-1' } });
    const sessions = talk.get('/v1/checkout/sessions', { payment_link: link }).data as Json[];
    expect(sessions.map((one) => [one.status, one.payment_status])).toEqual([
      ['complete', 'paid'],
      ['complete', 'paid'],
    ]);
  });

  it('refuses a declined card, and everybody once it is closed', () => {
    const talk = new StripeTalk();
    const link = made(talk);
    expect(payByLink(talk.state, link, 'pm_card_chargeDeclined', talk.nowMs)).toBe('refused: card_declined');
    talk.post(`/v1/payment_links/${link}`, { active: false });
    expect(payByLink(talk.state, link, 'pm_card_visa', talk.nowMs)).toBe('closed: inactive');
  });
});

describe('a page', () => {
  it('can be filled in once, and not after its day', () => {
    const talk = new StripeTalk();
    const order = {
      mode: 'payment',
      success_url: 'https://example.com/ok',
      line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: 'Rent' } } }],
    };
    const [first, second] = [
      talk.post('/v1/checkout/sessions', order).id,
      talk.post('/v1/checkout/sessions', order).id,
    ];
    expect(payCheckout(talk.state, first, 'pm_card_visa', talk.nowMs)).toBe('complete: paid');
    expect(payCheckout(talk.state, first, 'pm_card_visa', talk.nowMs)).toBe('closed: complete');
    expect(payCheckout(talk.state, second, 'pm_card_visa', talk.nowMs + 2 * DAY_MS)).toMatch(/^closed/);
    expect(() => payCheckout(talk.state, 'cs_none', 'pm_card_visa', talk.nowMs)).toThrow(/No such/);
  });
});

describe('a saved method', () => {
  it('behaves as it has turned, and is gone when it is taken off', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const card = talk.post('/v1/payment_methods/pm_card_visa/attach', { customer }).id;
    methodTurns(talk.state, card, 'pm_card_chargeDeclinedInsufficientFunds');
    const ask = { amount: 5000, currency: 'usd', customer, payment_method: card, off_session: true, confirm: true };
    expect(talk.call('POST', '/v1/payment_intents', ask).json.error.decline_code).toBe('insufficient_funds');
    forgetMethod(talk.state, card, talk.nowMs);
    expect(talk.get(`/v1/customers/${customer}/payment_methods`).data).toEqual([]);
    expect(talk.eventTypes(card)).toContain('payment_method.detached');
    expect(() => methodTurns(talk.state, card, 'pm_card_gold')).toThrow(/no test method/);
  });
});

describe('a dispute', () => {
  it('takes and gives money as its side changes, appeals included', () => {
    const talk = new StripeTalk();
    const intent = paid(talk);
    const before = netOf(movements(talk));
    const dispute = disputePayment(talk.state, intent, talk.nowMs);
    const left = () => netOf(movements(talk)) - before;
    expect(left()).toBe(-101_500);
    const seen = ['won', 'appeal_needs_response', 'appeal_under_review', 'won', 'lost'].map((status) => {
      moveDispute(talk.state, dispute, status, talk.nowMs);
      return [talk.get(`/v1/disputes/${dispute}`).status, left()];
    });
    expect(seen).toEqual([
      ['won', 0],
      ['appeal_needs_response', -101_500],
      ['appeal_under_review', -101_500],
      ['won', 0],
      ['lost', -101_500],
    ]);
    expect(talk.eventTypes(dispute).filter((type) => type === 'charge.dispute.closed')).toHaveLength(3);
  });

  it('that nobody answers is lost; an inquiry closes and moves no money', () => {
    const talk = new StripeTalk();
    const intent = paid(talk);
    const before = netOf(movements(talk));
    const inquiry = disputePayment(talk.state, intent, talk.nowMs, 'warning_needs_response');
    ignoreDispute(talk.state, inquiry, talk.nowMs);
    expect([talk.get(`/v1/disputes/${inquiry}`).status, netOf(movements(talk))]).toEqual(['warning_closed', before]);
    const dispute = disputePayment(talk.state, intent, talk.nowMs);
    ignoreDispute(talk.state, dispute, talk.nowMs);
    expect(talk.get(`/v1/disputes/${dispute}`).status).toBe('lost');
  });
});

describe('a payout', () => {
  it('holds what is available and no more, once', () => {
    const talk = new StripeTalk();
    const intent = paid(talk);
    refundPayment(talk.state, intent, talk.nowMs, 30_000);
    expect(payOut(talk.state, talk.nowMs)).toBeUndefined();
    talk.nowMs += 3 * DAY_MS;
    paid(talk, 7000);
    const payout = payOut(talk.state, talk.nowMs);
    const held = movements(talk, { payout });
    expect(held.map((row) => row.type).sort()).toEqual(['charge', 'payout', 'refund']);
    expect(netOf(held)).toBe(0);
    expect(movements(talk, { type: 'payout' }).map((row) => [row.source, row.net])).toEqual([
      [payout, -(100_000 - 2930 - 30_000)],
    ]);
    expect(payOut(talk.state, talk.nowMs)).toBeUndefined();
    expect(talk.call('GET', '/v1/balance_transactions', { payout: 'po_none' }).status).toBe(400);
  });

  it('that the bank refuses is on the balance again, and leaves with the next', () => {
    const talk = new StripeTalk();
    paid(talk);
    talk.nowMs += 3 * DAY_MS;
    const first = payOut(talk.state, talk.nowMs) ?? '';
    failPayout(talk.state, first, talk.nowMs);
    talk.nowMs += 3 * DAY_MS;
    const second = payOut(talk.state, talk.nowMs) ?? '';
    expect(movements(talk, { type: 'payout' }).map((row) => [row.source, row.net])).toEqual([
      [second, -97_070],
      [first, -97_070],
    ]);
    expect(() => failPayout(talk.state, 'po_none', talk.nowMs)).toThrow(/no payout/);
  });
});
