/** What the Stripe sandbox refuses, in Stripe's own shape, and its idempotency keys. */
import { type Json, StripeTalk, WEDNESDAY_MS } from './talk';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a Stripe refusal', () => {
  const intent = { amount: 5000, currency: 'usd' };
  const cases: [string, string, string, Json, number, Json][] = [
    [
      'a parameter nobody knows',
      'POST',
      '/v1/customers',
      { nickname: 'x' },
      400,
      { code: 'parameter_unknown', param: 'nickname' },
    ],
    [
      'a nested one',
      'GET',
      '/v1/events',
      { created: { after: 1 } },
      400,
      { code: 'parameter_unknown', param: 'created[after]' },
    ],
    [
      'the retired payment_method_types',
      'POST',
      '/v1/payment_intents',
      { ...intent, payment_method_types: ['card'] },
      400,
      { code: 'parameter_unknown', param: 'payment_method_types' },
    ],
    [
      'a missing amount',
      'POST',
      '/v1/payment_intents',
      { currency: 'usd' },
      400,
      { code: 'parameter_missing', param: 'amount' },
    ],
    [
      'an amount in dollars',
      'POST',
      '/v1/payment_intents',
      { ...intent, amount: '50.00' },
      400,
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    [
      'an amount below the minimum',
      'POST',
      '/v1/payment_intents',
      { ...intent, amount: 49 },
      400,
      { code: 'amount_too_small', param: 'amount' },
    ],
    [
      'an amount above the maximum',
      'POST',
      '/v1/payment_intents',
      { ...intent, amount: 100_000_000 },
      400,
      { code: 'amount_too_large' },
    ],
    [
      'a currency that is none',
      'POST',
      '/v1/payment_intents',
      { ...intent, currency: 'dollar' },
      400,
      { param: 'currency' },
    ],
    [
      'off_session without confirm',
      'POST',
      '/v1/payment_intents',
      { ...intent, off_session: true },
      400,
      { param: 'off_session' },
    ],
    [
      'an unknown customer in the body',
      'POST',
      '/v1/payment_intents',
      { ...intent, customer: 'cus_no' },
      400,
      { code: 'resource_missing', param: 'customer' },
    ],
    [
      'an unknown id in the path',
      'GET',
      '/v1/payment_intents/pi_no',
      {},
      404,
      { code: 'resource_missing', param: 'intent' },
    ],
    ['an unknown charge', 'GET', '/v1/charges/ch_no', {}, 404, { code: 'resource_missing', param: 'id' }],
    [
      'an unknown cursor',
      'GET',
      '/v1/events',
      { ending_before: 'evt_no' },
      400,
      { code: 'resource_missing', param: 'ending_before' },
    ],
    [
      'both cursors',
      'GET',
      '/v1/events',
      { ending_before: 'a', starting_after: 'b' },
      400,
      { code: 'parameters_exclusive' },
    ],
    ['a page of 101', 'GET', '/v1/charges', { limit: 101 }, 400, { param: 'limit' }],
    ['a boolean in words', 'POST', '/v1/payment_intents', { ...intent, confirm: 'yes' }, 400, { param: 'confirm' }],
    ['a path Stripe does not have', 'GET', '/v1/rents', {}, 404, { type: 'invalid_request_error' }],
    [
      'an expansion that leads nowhere',
      'GET',
      '/v1/payment_intents',
      { expand: ['data.rent'] },
      400,
      { param: 'expand' },
    ],
    ['an unreadable search', 'GET', '/v1/customers/search', { query: 'email=a@b.c' }, 400, { param: 'query' }],
    ['a refund of nothing', 'POST', '/v1/refunds', {}, 400, { code: 'parameter_missing' }],
    [
      'a detail this account does not carry out',
      'POST',
      '/v1/payment_intents',
      { ...intent, application_fee_amount: 1 },
      400,
      { param: 'application_fee_amount' },
    ],
  ];

  it.each(cases)('answers %s', (_name, method, path, fields, status, error) => {
    const answer = new StripeTalk().call(method, path, fields);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toMatchObject({ type: 'invalid_request_error', ...error });
    expect(answer.json.error.message).not.toBe('');
    expect(answer.reply.headers['request-id']).toMatch(/^req_/);
  });

  it('leaves nothing behind when an expansion of a write is refused', () => {
    const talk = new StripeTalk();
    expect(talk.call('POST', '/v1/customers', { name: 'A', expand: ['rent'] }).status).toBe(400);
    expect(talk.get('/v1/customers').data).toEqual([]);
  });

  it('refuses a JSON body, a broken name and a wrong version', () => {
    const talk = new StripeTalk();
    const authorization = { authorization: 'Bearer sk_test_rentledger' };
    const json = talk.send(
      'POST',
      'https://api.stripe.com/v1/customers',
      { ...authorization, 'content-type': 'application/json' },
      '{"name":"A"}',
    );
    expect(json.status).toBe(400);
    expect(json.body).toContain('x-www-form-urlencoded');
    const broken = talk.send(
      'POST',
      'https://api.stripe.com/v1/customers',
      { ...authorization, ...FORM },
      'metadata[a=1',
    );
    expect(broken.status).toBe(400);
    const version = talk.call('GET', '/v1/balance', {}, { 'stripe-version': '2020-08-27' });
    expect(version.status).toBe(400);
  });

  it('tells a missing key from a wrong one, and takes the key as Basic too', () => {
    const talk = new StripeTalk();
    expect(talk.call('GET', '/v1/balance', {}, { authorization: '' }).status).toBe(401);
    const wrong = talk.call('GET', '/v1/balance', {}, { authorization: 'Bearer sk_test_somebodyelse' });
    expect(wrong.status).toBe(401);
    expect(wrong.json.error.message).not.toContain('somebodyelse');
    const basic = Buffer.from('sk_test_rentledger:').toString('base64');
    expect(talk.call('GET', '/v1/balance', {}, { authorization: `Basic ${basic}` }).status).toBe(200);
  });

  it('holds a restricted key to its permissions', () => {
    const talk = new StripeTalk();
    talk.state.keys.push({ key: 'rk_test_reader', permissions: { event: 'read', payment_intent: 'read' } });
    talk.key = 'rk_test_reader';
    expect(talk.call('GET', '/v1/events').status).toBe(200);
    const write = talk.call('POST', '/v1/payment_intents', { amount: 5000, currency: 'usd' });
    expect(write.status).toBe(403);
    expect(write.json.error.message).toContain('rak_payment_intent_write');
    expect(talk.call('GET', '/v1/charges').status).toBe(403);
  });

  it('answers the 26th call within a second with 429, and the next second goes on', () => {
    const talk = new StripeTalk();
    const balance = () =>
      talk.send('GET', 'https://api.stripe.com/v1/balance', { authorization: 'Bearer sk_test_rentledger' });
    const statuses = Array.from({ length: 26 }, () => balance().status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(25);
    expect(statuses[25]).toBe(429);
    talk.nowMs += 1000;
    expect(balance().status).toBe(200);
  });
});

describe('an idempotency key', () => {
  const rent = { amount: 125_000, currency: 'usd', metadata: { lease: 'L-104' } };
  const key = { 'idempotency-key': 'rent:L-104:2026-12' };

  it('gives the first answer again and makes nothing new', () => {
    const talk = new StripeTalk();
    const first = talk.call('POST', '/v1/payment_intents', rent, key);
    const again = talk.call('POST', '/v1/payment_intents', rent, key);
    expect(again.json).toEqual(first.json);
    expect(first.reply.headers['idempotent-replayed']).toBeUndefined();
    expect(again.reply.headers['idempotent-replayed']).toBe('true');
    expect(again.reply.headers['request-id']).not.toBe(first.reply.headers['request-id']);
    expect(talk.get('/v1/payment_intents').data).toHaveLength(1);
  });

  it('refuses other parameters or another endpoint', () => {
    const talk = new StripeTalk();
    talk.call('POST', '/v1/payment_intents', rent, key);
    const other = talk.call('POST', '/v1/payment_intents', { ...rent, amount: 1000 }, key);
    expect([other.status, other.json.error.type]).toEqual([400, 'idempotency_error']);
    expect(talk.call('POST', '/v1/customers', {}, key).json.error.type).toBe('idempotency_error');
  });

  it('keeps a decline, but not a failed validation', () => {
    const talk = new StripeTalk();
    const declined = { ...rent, payment_method: 'pm_card_chargeDeclined', confirm: true };
    const first = talk.call('POST', '/v1/payment_intents', declined, key);
    const again = talk.call('POST', '/v1/payment_intents', declined, key);
    expect([first.status, again.status]).toEqual([402, 402]);
    expect(again.json.error.payment_intent.id).toBe(first.json.error.payment_intent.id);
    const fresh = { 'idempotency-key': 'fresh' };
    expect(talk.call('POST', '/v1/payment_intents', { currency: 'usd' }, fresh).status).toBe(400);
    expect(talk.call('POST', '/v1/payment_intents', rent, fresh).status).toBe(200);
  });

  it('is forgotten after a day', () => {
    const talk = new StripeTalk(WEDNESDAY_MS);
    const first = talk.call('POST', '/v1/payment_intents', rent, key);
    talk.nowMs += 86_400_000;
    expect(talk.call('POST', '/v1/payment_intents', rent, key).json.id).not.toBe(first.json.id);
  });
});
