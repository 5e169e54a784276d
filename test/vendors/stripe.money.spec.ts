/** Payments of the Stripe sandbox as the days pass: cards, bank debits, late returns, refunds, disputes, checkout. */
import { payCheckout } from '../../local/vendors/stripe';
import { DAY_MS, StripeTalk } from './talk';

describe('a card', () => {
  it('pays at once, with a charge and the money on its way to the balance', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const method = talk.post('/v1/payment_methods/pm_card_visa/attach', { customer }).id;
    const intent = talk.collect(customer, method, 100_000, { metadata: { lease: 'L-104' } });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 100_000, metadata: { lease: 'L-104' } });
    expect(talk.eventTypes()).toEqual([
      'customer.created',
      'payment_method.attached',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
    expect(talk.get('/v1/balance')).toMatchObject({ pending: [{ amount: 97_070 }], available: [{ amount: 0 }] });
    talk.nowMs += 5 * DAY_MS;
    expect(talk.get('/v1/balance')).toMatchObject({ pending: [{ amount: 0 }], available: [{ amount: 97_070 }] });
    expect(talk.get(`/v1/customers/${customer}/payment_methods`, { type: 'card' }).data).toHaveLength(1);
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ])('%s is answered with 402 %s', (method, code, declineCode) => {
    const talk = new StripeTalk();
    const fields = { amount: 5000, currency: 'usd', payment_method: method, off_session: true, confirm: true };
    const { status, json } = talk.call('POST', '/v1/payment_intents', fields);
    expect(status).toBe(402);
    expect(json.error).toMatchObject({ type: 'card_error', code });
    expect(json.error.decline_code).toBe(declineCode);
    const intent = json.error.payment_intent;
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, amount_received: 0 });
    expect(intent.last_payment_error.code).toBe(code);
    expect(talk.get(`/v1/charges/${json.error.charge}`)).toMatchObject({
      status: 'failed',
      paid: false,
      failure_code: code,
    });
    expect(talk.eventTypes(intent.id)).toEqual(['payment_intent.created', 'payment_intent.payment_failed']);
  });

  it('asks a cardholder who is present to authenticate instead of failing', () => {
    const talk = new StripeTalk();
    const intent = talk.post('/v1/payment_intents', {
      amount: 5000,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
    });
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    expect(talk.post(`/v1/payment_intents/${intent.id}/cancel`)).toMatchObject({ status: 'canceled' });
    expect(talk.call('POST', `/v1/payment_intents/${intent.id}/confirm`).json.error.code).toBe(
      'payment_intent_unexpected_state',
    );
  });

  it('that declines cannot be attached, except the one that fails only later', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    expect(talk.call('POST', '/v1/payment_methods/pm_card_chargeDeclined/attach', { customer }).status).toBe(402);
    const method = talk.post('/v1/payment_methods/pm_card_chargeCustomerFail/attach', { customer }).id;
    const fields = {
      amount: 5000,
      currency: 'usd',
      customer,
      payment_method: method,
      off_session: true,
      confirm: true,
    };
    expect(talk.call('POST', '/v1/payment_intents', fields).status).toBe(402);
    expect(talk.post(`/v1/payment_methods/${method}/detach`).customer).toBeNull();
  });
});

describe('a bank debit', () => {
  it('is processing until the fourth business day, weekend not counted', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const intent = talk.collect(customer, talk.bankAccount(customer));
    const read = () => talk.get(`/v1/payment_intents/${intent.id}`, { expand: ['latest_charge'] });
    expect(read()).toMatchObject({
      status: 'processing',
      amount_received: 0,
      latest_charge: { status: 'pending', paid: false },
    });
    talk.nowMs += 5 * DAY_MS;
    expect(read().status).toBe('processing');
    talk.nowMs += DAY_MS;
    expect(read()).toMatchObject({
      status: 'succeeded',
      amount_received: 125_000,
      latest_charge: { status: 'succeeded' },
    });
    expect(talk.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.processing',
      'payment_intent.succeeded',
    ]);
    const done = talk.get('/v1/events', { type: 'payment_intent.succeeded' }).data[0];
    expect(done.created).toBe(intent.created + 6 * 86_400);
    expect(done.request.id).toBeNull();
  });

  it('gives the same account whether the clock is looked at daily or once', () => {
    const run = (steps: number[]) => {
      const talk = new StripeTalk();
      const customer = talk.customer();
      talk.collect(customer, talk.bankAccount(customer, '000555555559'));
      const start = talk.nowMs;
      for (const day of steps) {
        talk.nowMs = start + day * DAY_MS;
        talk.sandbox.handle(
          talk.state,
          { method: 'GET', url: 'https://api.stripe.com/', headers: {}, body: '' },
          talk.nowMs,
        );
      }
      return Object.values(talk.state.objects.event!).map((event) => [event.type, event.created]);
    };
    expect(run([20])).toEqual(run(Array.from({ length: 20 }, (_, day) => day + 1)));
  });

  it.each([
    ['000111111113', 'account_closed'],
    ['000222222227', 'insufficient_funds'],
    ['000333333335', 'debit_not_authorized'],
  ])('from %s fails later with %s', (number, code) => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const intent = talk.collect(customer, talk.bankAccount(customer, number));
    talk.nowMs += 7 * DAY_MS;
    const failed = talk.get(`/v1/payment_intents/${intent.id}`, { expand: ['latest_charge'] });
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code },
      amount_received: 0,
    });
    expect(failed.latest_charge).toMatchObject({ status: 'failed', failure_code: code });
    expect(talk.eventTypes(intent.id)).toContain('payment_intent.payment_failed');
    expect(talk.get('/v1/balance').pending[0].amount).toBe(0);
  });

  it('that comes back late is a lost dispute about a payment that had succeeded', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const intent = talk.collect(customer, talk.bankAccount(customer, '000555555559'));
    talk.nowMs += 7 * DAY_MS;
    expect(talk.get('/v1/disputes').data).toEqual([]);
    talk.nowMs += 7 * DAY_MS;
    const [dispute] = talk.get('/v1/disputes', { payment_intent: intent.id }).data;
    expect(dispute).toMatchObject({
      status: 'lost',
      amount: 125_000,
      reason: 'debit_not_authorized',
      payment_intent: intent.id,
    });
    expect(talk.get(`/v1/charges/${dispute.charge}`)).toMatchObject({ status: 'succeeded', disputed: true });
    expect(talk.get(`/v1/payment_intents/${intent.id}`).status).toBe('succeeded');
    expect(talk.eventTypes(dispute.id)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.closed',
    ]);
    talk.nowMs += 7 * DAY_MS;
    expect(talk.get('/v1/balance').available[0].amount).toBe(-500 - 1500);
    expect(talk.call('POST', '/v1/refunds', { charge: dispute.charge }).json.error.code).toBe('charge_disputed');
  });

  it('needs a mandate', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const fields = {
      amount: 5000,
      currency: 'usd',
      customer,
      payment_method: 'pm_usBankAccount_success',
      off_session: true,
      confirm: true,
    };
    expect(talk.call('POST', '/v1/payment_intents', fields).json.error.code).toBe('payment_intent_mandate_invalid');
    const mandate_data = {
      customer_acceptance: { type: 'online', online: { ip_address: '10.0.0.1', user_agent: 'test' } },
    };
    const intent = talk.post('/v1/payment_intents', { ...fields, mandate_data });
    const charge = talk.get(`/v1/charges/${intent.latest_charge}`);
    const { mandate } = charge.payment_method_details.us_bank_account;
    expect(talk.get(`/v1/mandates/${mandate}`)).toMatchObject({
      status: 'active',
      payment_method: intent.payment_method,
    });
  });
});

describe('a refund', () => {
  it('of a card succeeds at once, in parts, and never beyond the charge', () => {
    const talk = new StripeTalk();
    const intent = talk.post('/v1/payment_intents', {
      amount: 10_000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const part = talk.post('/v1/refunds', { payment_intent: intent.id, amount: 4000, reason: 'requested_by_customer' });
    expect(part).toMatchObject({
      status: 'succeeded',
      amount: 4000,
      charge: intent.latest_charge,
      payment_intent: intent.id,
    });
    expect(talk.get(`/v1/charges/${intent.latest_charge}`)).toMatchObject({ amount_refunded: 4000, refunded: false });
    expect(talk.call('POST', '/v1/refunds', { charge: intent.latest_charge, amount: 6001 }).status).toBe(400);
    talk.post('/v1/refunds', { charge: intent.latest_charge });
    expect(talk.get(`/v1/charges/${intent.latest_charge}`)).toMatchObject({ amount_refunded: 10_000, refunded: true });
    expect(talk.call('POST', '/v1/refunds', { charge: intent.latest_charge }).json.error.code).toBe(
      'charge_already_refunded',
    );
    expect(talk.eventTypes().slice(-4)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.created',
      'charge.refunded',
    ]);
  });

  it('of a bank debit is pending for days', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const intent = talk.collect(customer, talk.bankAccount(customer));
    talk.nowMs += 7 * DAY_MS;
    const refund = talk.post('/v1/refunds', { payment_intent: intent.id });
    expect(refund.status).toBe('pending');
    talk.nowMs += 7 * DAY_MS;
    expect(talk.get(`/v1/refunds/${refund.id}`).status).toBe('succeeded');
    expect(talk.eventTypes(refund.id)).toEqual(['refund.created', 'refund.updated']);
  });

  it('that fails gives the charge back what it had', () => {
    const talk = new StripeTalk();
    const intent = talk.post('/v1/payment_intents', {
      amount: 10_000,
      currency: 'usd',
      payment_method: 'pm_card_refundFail',
      confirm: true,
    });
    const refund = talk.post('/v1/refunds', { payment_intent: intent.id });
    talk.nowMs += 8 * DAY_MS;
    expect(talk.get(`/v1/refunds/${refund.id}`)).toMatchObject({ status: 'failed', failure_reason: 'unknown' });
    expect(talk.get(`/v1/charges/${intent.latest_charge}`)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(talk.eventTypes(refund.id)).toEqual(['refund.created', 'refund.failed', 'refund.updated']);
  });
});

describe('a card dispute', () => {
  it('waits for an answer and is lost when none comes in time', () => {
    const talk = new StripeTalk();
    talk.post('/v1/payment_intents', {
      amount: 10_000,
      currency: 'usd',
      payment_method: 'pm_card_createDispute',
      confirm: true,
    });
    const [dispute] = talk.get('/v1/disputes').data;
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent' });
    talk.nowMs += 22 * DAY_MS;
    expect(talk.get(`/v1/disputes/${dispute.id}`).status).toBe('lost');
    expect(talk.eventTypes(dispute.id).pop()).toBe('charge.dispute.closed');
  });
});

describe('a checkout session', () => {
  const order = (customer: string) => ({
    mode: 'payment',
    customer,
    success_url: 'https://example.com/thanks',
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 125_000, product_data: { name: 'Rent, December' } } },
    ],
    payment_intent_data: { metadata: { lease: 'L-104' } },
  });

  it('is paid by card on the page, and its intent carries our metadata', () => {
    const talk = new StripeTalk();
    const session = talk.post('/v1/checkout/sessions', { ...order(talk.customer()), expand: ['line_items'] });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 125_000,
      payment_intent: null,
    });
    expect(session.line_items.data[0]).toMatchObject({ description: 'Rent, December', amount_total: 125_000 });
    expect(payCheckout(talk.state, session.id, 'pm_card_chargeDeclined', talk.nowMs)).toBe('refused: card_declined');
    expect(payCheckout(talk.state, session.id, 'pm_card_visa', talk.nowMs)).toBe('complete: paid');
    const done = talk.get(`/v1/checkout/sessions/${session.id}`, { expand: ['payment_intent'] });
    expect(done.payment_intent).toMatchObject({ status: 'succeeded', metadata: { lease: 'L-104' } });
    expect(talk.eventTypes(session.id)).toEqual(['checkout.session.completed']);
  });

  it('paid from a bank account is complete but unpaid until the bank answers', () => {
    const talk = new StripeTalk();
    const session = talk.post('/v1/checkout/sessions', order(talk.customer()));
    expect(payCheckout(talk.state, session.id, 'pm_usBankAccount_success', talk.nowMs)).toBe('complete: unpaid');
    talk.nowMs += 7 * DAY_MS;
    expect(talk.get(`/v1/checkout/sessions/${session.id}`).payment_status).toBe('paid');
    expect(talk.eventTypes(session.id)).toEqual([
      'checkout.session.completed',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  it('runs out after a day, or when it is closed', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const [first, second] = [
      talk.post('/v1/checkout/sessions', order(customer)),
      talk.post('/v1/checkout/sessions', order(customer)),
    ];
    expect(talk.post(`/v1/checkout/sessions/${first.id}/expire`)).toMatchObject({ status: 'expired', url: null });
    expect(talk.call('POST', `/v1/checkout/sessions/${first.id}/expire`).status).toBe(400);
    talk.nowMs += DAY_MS + 10_000;
    expect(talk.get(`/v1/checkout/sessions/${second.id}`).status).toBe('expired');
    expect(payCheckout(talk.state, second.id, 'pm_card_visa', talk.nowMs)).toBe('closed: expired');
  });
});
