/** What is sent to Stripe, and what its errors mean. */
import { stripe } from '../../src/connectors/stripe';
import { get } from '../../src/connectors/stripe/api';
import { isFaultError } from '../../src/http/faults';
import { context, firstRequest, json, refFrom, STRIPE_KEY } from './drive';

describe('errors', () => {
  it.each([
    [401, { message: 'Invalid API Key provided' }, 'auth'],
    [403, { message: 'The key does not have the required permissions' }, 'auth'],
    [402, { type: 'card_error', code: 'card_declined', decline_code: 'lost_card', message: 'Declined.' }, 'rejected'],
    [400, { code: 'parameter_unknown', message: 'Received unknown parameter' }, 'rejected'],
    [400, { code: 'resource_missing', message: 'No such event' }, 'missing'],
    [404, { code: 'resource_missing', message: 'No such customer' }, 'missing'],
    [409, { message: 'Keys for idempotent requests' }, 'busy'],
    [429, { code: 'rate_limit', message: 'Too many requests' }, 'busy'],
    [424, { message: 'A partner failed' }, 'down'],
    [500, { type: 'api_error', message: 'oops' }, 'down'],
  ])('%i %j is %s', (status, error, kind) => {
    expect(stripe.fault(json({ error }, status))).toMatchObject({
      fault: kind,
      status,
      message: expect.stringContaining(error.message),
    });
  });

  it("keeps the bank's own code, and the request id", () => {
    const reply = json({ error: { code: 'card_declined', decline_code: 'lost_card', message: 'x' } }, 402, {
      'request-id': 'req_7',
    });
    expect(stripe.fault(reply)).toMatchObject({ code: 'lost_card', requestId: 'req_7' });
  });

  it('is not confused by a page of HTML', () => {
    expect(stripe.fault({ status: 502, headers: {}, body: '<html>' })).toMatchObject({ fault: 'down' });
  });
});

describe('signing', () => {
  const request = get('/v1/balance');

  it('pins the version and sends the key as a bearer', () => {
    expect(stripe.sign(request, { STRIPE_SECRET_KEY: STRIPE_KEY }).headers).toEqual({
      Authorization: `Bearer ${STRIPE_KEY}`,
      'Stripe-Version': '2026-10-28.endive',
    });
  });

  it.each([undefined, '', 'pk_test_abc', 'sk_test_', 'sk_test_a\nX: y'])(
    'refuses the key %j without repeating it',
    (secret) => {
      const sign = () => stripe.sign(request, secret === undefined ? {} : { STRIPE_SECRET_KEY: secret });
      expect(sign).toThrow(/Connect Stripe again/);
    },
  );
});

describe('what we ask for', () => {
  const payload = {
    amountCents: 150_000,
    currency: 'USD',
    customer: 'cus_1',
    paymentMethod: 'pm_1',
    leaseId: 'L-104',
    description: 'Rent, December',
    methodType: 'us_bank_account',
    mandate: 'mandate_1',
  };
  const request = (name: string, more: Record<string, unknown>, effectKey = 'charge:L-104:2026-12') =>
    firstRequest(stripe, name, context(effectKey, { ...payload, ...more }));
  const fields = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

  it('a charge carries exactly what Stripe takes, and the key', () => {
    const sent = request('charge', {});
    expect(sent).toMatchObject({
      method: 'POST',
      url: 'https://api.stripe.com/v1/payment_intents',
      headers: { 'Idempotency-Key': 'charge:L-104:2026-12' },
    });
    expect(fields(sent?.body)).toEqual({
      amount: '150000',
      currency: 'usd',
      customer: 'cus_1',
      payment_method: 'pm_1',
      'allowed_payment_method_types[0]': 'us_bank_account',
      off_session: 'true',
      confirm: 'true',
      mandate: 'mandate_1',
      description: 'Rent, December',
      'metadata[lease_id]': 'L-104',
      'metadata[effect_key]': 'charge:L-104:2026-12',
    });
  });

  it.each([
    { amountCents: 0 },
    { amountCents: -5 },
    { amountCents: 12.5 },
    { amountCents: '150000' },
    { methodType: 'cash' },
    { customer: null },
  ])('a charge with %j is not built', (wrong) => expect(() => request('charge', wrong)).toThrow(/payload\./));

  it('keys stay apart whatever they are written with, and too long ones are refused', () => {
    const header = (name: string) => request('charge', {}, name).headers['Idempotency-Key'];
    const names = ['a b', 'a%20b', 'Müller', 'Mu%CC%88ller', 'a\nb', 'ab'];
    const headers = names.map(header);
    expect(new Set(headers).size).toBe(names.length);
    for (const each of headers) expect(each).toMatch(/^[\x21-\x7e]+$/);
    expect(() => header('x'.repeat(256))).toThrow(/idempotency key/);
  });

  it.each(['processing', 'succeeded'])('a charge that is %s is done', (status) => {
    expect(refFrom(stripe, 'charge', context('charge:1', payload), json({ id: 'pi_9', status }))).toBe('pi_9');
  });

  it.each(['requires_action', 'requires_payment_method', 'canceled', 'sideways'])(
    'a charge that is %s is not',
    (status) => {
      try {
        refFrom(stripe, 'charge', context('charge:1', payload), json({ id: 'pi_9', status }));
        throw new Error('no fault');
      } catch (error) {
        if (!isFaultError(error)) throw error;
        expect(error.fault).toMatchObject(
          status === 'sideways' ? { fault: 'malformed' } : { fault: 'rejected', code: status },
        );
      }
    },
  );

  it('a pay link carries the lease on the payment too, and gives its address', () => {
    const sent = request('payLink', {
      successUrl: 'https://pay.example.com/done',
      customer: undefined,
      email: 'ann@example.com',
    });
    expect(fields(sent?.body)).toEqual({
      mode: 'payment',
      success_url: 'https://pay.example.com/done',
      customer_email: 'ann@example.com',
      client_reference_id: 'L-104',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '150000',
      'line_items[0][price_data][product_data][name]': 'Rent, December',
      'metadata[lease_id]': 'L-104',
      'metadata[effect_key]': 'charge:L-104:2026-12',
      'payment_intent_data[description]': 'Rent, December',
      'payment_intent_data[metadata][lease_id]': 'L-104',
      'payment_intent_data[metadata][effect_key]': 'charge:L-104:2026-12',
    });
    const url = 'https://checkout.stripe.com/c/pay/cs_1';
    expect(
      refFrom(
        stripe,
        'payLink',
        context('pay:1', { ...payload, successUrl: 'https://pay.example.com/done' }),
        json({ id: 'cs_1', url }),
      ),
    ).toBe(url);
    expect(() =>
      refFrom(
        stripe,
        'payLink',
        context('pay:1', { ...payload, successUrl: 'https://pay.example.com/done' }),
        json({ id: 'cs_1', url: null }),
      ),
    ).toThrow(/address/);
  });

  it('a pay link leads back to https only', () => {
    expect(() => request('payLink', { successUrl: 'javascript:alert(1)' })).toThrow(/https/);
  });
});
