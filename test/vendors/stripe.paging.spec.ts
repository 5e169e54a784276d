/** Lists, cursors in both directions, filters, search and expansion of the Stripe sandbox. */
import fc from 'fast-check';
import { type Json, StripeTalk } from './talk';

function withCustomers(count: number): { talk: StripeTalk; ids: string[] } {
  const talk = new StripeTalk();
  const ids = Array.from({ length: count }, (_, at) => talk.post('/v1/customers', { name: `Unit ${at}` }).id as string);
  return { talk, ids };
}

const idsOf = (list: Json): string[] => list.data.map((row: Json) => row.id);

describe('a list', () => {
  it('comes newest first, ten at a time', () => {
    const { talk, ids } = withCustomers(12);
    const first = talk.get('/v1/customers');
    expect(idsOf(first)).toEqual([...ids].reverse().slice(0, 10));
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' });
  });

  it('walked from either end shows every object once, whatever the page size', () => {
    const { talk, ids } = withCustomers(11);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (limit) => {
        const down: string[] = [];
        for (let more = true; more; ) {
          const list = talk.get('/v1/customers', {
            limit,
            ...(down.length ? { starting_after: down[down.length - 1] } : {}),
          });
          down.push(...idsOf(list));
          more = list.has_more;
        }
        expect(down).toEqual([...ids].reverse());
        const up = [ids[0]!];
        for (let more = true; more; ) {
          const list = talk.get('/v1/customers', { limit, ending_before: up[up.length - 1] });
          up.push(...idsOf(list).reverse());
          more = list.has_more;
        }
        expect(up).toEqual(ids);
      }),
      { numRuns: 12 },
    );
  });

  it('ending_before gives the page just newer than the cursor, not the newest', () => {
    const { talk, ids } = withCustomers(6);
    const list = talk.get('/v1/customers', { limit: 2, ending_before: ids[1] });
    expect(idsOf(list)).toEqual([ids[3], ids[2]]);
    expect(list.has_more).toBe(true);
    expect(talk.get('/v1/customers', { ending_before: ids[5] })).toMatchObject({ data: [], has_more: false });
  });

  it('filters by creation time', () => {
    const { talk } = withCustomers(5);
    const times = talk.get('/v1/customers').data.map((row: Json) => row.created as number);
    expect(talk.get('/v1/customers', { created: { gte: times[1] } }).data).toHaveLength(2);
    expect(talk.get('/v1/customers', { created: { gt: times[3], lt: times[0] } }).data).toHaveLength(2);
  });

  it('filters events by one type, by several, and by a group, and forgets them after 30 days', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    talk.post('/v1/payment_intents', {
      amount: 5000,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const types = (fields: Json) => talk.get('/v1/events', fields).data.map((row: Json) => row.type);
    expect(types({ type: 'charge.succeeded' })).toEqual(['charge.succeeded']);
    expect(types({ types: ['customer.created', 'payment_intent.created'] })).toEqual([
      'payment_intent.created',
      'customer.created',
    ]);
    expect(types({ type: 'payment_intent.*' })).toEqual(['payment_intent.succeeded', 'payment_intent.created']);
    const id = talk.get('/v1/events').data[0].id;
    expect(talk.get(`/v1/events/${id}`).id).toBe(id);
    talk.nowMs += 31 * 86_400_000;
    expect(types({})).toEqual([]);
    expect(talk.call('GET', `/v1/events/${id}`).status).toBe(404);
  });
});

describe('a search', () => {
  it('finds by field and metadata, a minute after the write, page by page', () => {
    const talk = new StripeTalk();
    for (const lease of ['L-1', 'L-2', 'L-1'])
      talk.post('/v1/payment_intents', { amount: 5000, currency: 'usd', metadata: { lease } });
    const query = "metadata['lease']:'L-1' AND amount>4999";
    expect(talk.get('/v1/payment_intents/search', { query }).data).toEqual([]);
    talk.nowMs += 60_000;
    const first = talk.get('/v1/payment_intents/search', { query, limit: 1 });
    expect(first).toMatchObject({ object: 'search_result', has_more: true });
    const second = talk.get('/v1/payment_intents/search', { query, limit: 1, page: first.next_page });
    expect(second).toMatchObject({ has_more: false, next_page: null });
    expect(second.data[0].id).not.toBe(first.data[0].id);
    expect(talk.get('/v1/payment_intents/search', { query: "-metadata['lease']:'L-1'" }).data).toHaveLength(1);
    expect(
      talk.get('/v1/payment_intents/search', { query: "metadata['lease']:'L-2' OR metadata['lease']:'L-1'" }).data,
    ).toHaveLength(3);
  });
});

describe('an expansion', () => {
  it('replaces ids by whole objects, through several levels and in lists', () => {
    const talk = new StripeTalk();
    const customer = talk.customer();
    const { id } = talk.post('/v1/payment_intents', {
      amount: 10_000,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const one = talk.get(`/v1/payment_intents/${id}`, { expand: ['latest_charge.balance_transaction', 'customer'] });
    expect(one.latest_charge.balance_transaction).toMatchObject({
      amount: 10_000,
      fee: 320,
      net: 9680,
      source: one.latest_charge.id,
    });
    expect(one.customer.email).toBe('ada@example.com');
    const list = talk.get('/v1/charges', { expand: ['data.payment_intent', 'data.refunds'] });
    expect(list.data[0].payment_intent.id).toBe(id);
    expect(list.data[0].refunds).toMatchObject({ object: 'list', data: [] });
    expect(typeof talk.get(`/v1/payment_intents/${id}`).latest_charge).toBe('string');
  });
});
