/** What the ledger writes into FreshBooks: whole wishes, in any order, found again by our number; and the comparison. */
import * as people from '../../local/vendors/freshbooks/people';
import { freshbooks } from '../../src/connectors/freshbooks';
import { instant } from '../../src/domain/values';
import { bench, billed, creditWish, invoiceWish, paymentWish, START, wish } from './freshbooks-account';

type Bench = ReturnType<typeof bench>;
const HOUR = 3_600_000;

const open = (one: Bench) => {
  const flow = freshbooks.books!.items({
    since: instant(START - 24 * HOUR),
    until: instant(START + 24 * HOUR),
    now: instant(one.nowMs),
    account: one.account,
  });
  const result = one.run(flow);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.value;
};
const writes = (one: Bench) => one.sent.filter(({ method }) => method !== 'GET');
const hasRequest = (one: Bench, pattern: RegExp) => one.sent.some(({ body = '' }) => pattern.test(body));

describe('an invoice', () => {
  it('is made for the client of the lease, marked as sent and mailed to nobody', () => {
    const one = bench();
    expect(wish(one, 'invoice', invoiceWish())).toEqual({ value: '217506' });
    expect(one.state.clients).toMatchObject([
      {
        organization: 'Rita Resident (L-1)',
        fname: 'Rita Resident',
        email: 'l-1@home.example',
        note: 'Rent Ledger lease L-1',
      },
    ]);
    expect(one.state.invoices).toMatchObject([
      { invoice_number: 'RL-8K2M4N7QPZ', po_number: 'L-1', create_date: '2026-12-01', due_offset_days: 4, sent: true },
    ]);
    expect(one.state.invoices[0]?.lines).toMatchObject([
      { name: 'rent', qty: 1, unit_cost: { amount: '1500.00', code: 'USD' } },
    ]);
    expect(hasRequest(one, /action_email/)).toBe(false);
  });

  it('goes to the same client the next time, also where the owner has written into its note', () => {
    const one = bench();
    wish(one, 'invoice', invoiceWish());
    Object.assign(one.state.clients[0]!, { note: 'Pays late.\nRent Ledger lease L-1\nDog.' });
    wish(one, 'invoice', invoiceWish({ number: 'RL-0000000002' }));
    wish(one, 'invoice', invoiceWish({ number: 'RL-0000000003' }, 'L-10'));
    wish(one, 'invoice', invoiceWish({ number: 'RL-0000000004' }));
    expect(one.state.clients.length).toBe(2);
    expect(one.state.invoices.map((each) => each.customerid)).toEqual([218_192, 218_192, 218_193, 218_192]);
  });

  it('is changed to what it ought to be, and left alone when it is', () => {
    const one = bench();
    wish(one, 'invoice', invoiceWish());
    wish(one, 'invoice', invoiceWish({ amountCents: 160_000, due: '2026-12-10' }));
    expect(open(one)).toMatchObject([{ kind: 'invoice', amountCents: 160_000, openCents: 160_000, gone: false }]);
    expect(one.state.invoices[0]?.due_offset_days).toBe(9);
    const before = writes(one).length;
    expect(wish(one, 'invoice', invoiceWish({ amountCents: 160_000, due: '2026-12-10' }))).toEqual({ value: '217506' });
    expect(writes(one).length).toBe(before);
  });

  it('never falls due before it was made', () => {
    const one = bench();
    wish(one, 'invoice', invoiceWish({ due: '2026-11-28' }));
    expect(one.state.invoices[0]?.due_offset_days).toBe(0);
  });

  it('is deleted when the charge was in error, and restored when it was none', () => {
    const one = bench();
    wish(one, 'invoice', invoiceWish());
    expect(wish(one, 'invoice', invoiceWish({ gone: true }))).toEqual({ value: '217506' });
    expect(open(one)).toMatchObject([{ gone: true }]);
    const before = writes(one).length;
    wish(one, 'invoice', invoiceWish({ gone: true }));
    expect(writes(one).length).toBe(before);
    wish(one, 'invoice', invoiceWish({ amountCents: 90_000 }));
    expect(open(one)).toMatchObject([{ gone: false, amountCents: 90_000 }]);
    expect(one.state.invoices.length).toBe(1);
  });

  it('that was never there needs no deleting', () => {
    const one = bench();
    expect(wish(one, 'invoice', invoiceWish({ gone: true }))).toEqual({ value: 'RL-8K2M4N7QPZ' });
    expect(writes(one)).toEqual([]);
  });

  it('waits with its deletion until its payments are gone', () => {
    const one = bench();
    wish(one, 'invoice', invoiceWish());
    wish(one, 'payment', paymentWish());
    expect(wish(one, 'invoice', invoiceWish({ gone: true }))).toMatchObject({
      fault: { fault: 'busy', retryAfterSeconds: 600, message: expect.stringMatching(/still has payments/) },
    });
    wish(one, 'payment', paymentWish({ gone: true }));
    expect(wish(one, 'invoice', invoiceWish({ gone: true }))).toEqual({ value: '217506' });
  });
});

describe.each([
  ['payment', paymentWish, 'Other', 'RP-0123456789 stripe pi_123', 150_000],
  ['credit', creditWish, 'Credit', 'RC-ABCDEFGHJK broken heater', 5_000],
] as const)('a %s', (effect, of, type, note, amountCents) => {
  function withInvoice() {
    const one = bench();
    wish(one, 'invoice', invoiceWish());
    return one;
  }

  it('is put on its invoice with our number', () => {
    const one = withInvoice();
    expect(wish(one, effect, of())).toEqual({ value: '115804' });
    expect(one.state.payments).toMatchObject([{ type, note, date: '2026-12-01' }]);
    expect(open(one)).toMatchObject([
      { kind: 'invoice', openCents: 150_000 - amountCents },
      { kind: effect, number: note.slice(0, 13), amountCents, currency: 'USD', gone: false },
    ]);
  });

  it('comes back as no receipt', () => {
    const one = withInvoice();
    wish(one, effect, of());
    one.nowMs += HOUR;
    expect(one.drain().payments.size).toBe(0);
  });

  it('is changed, taken out and put back, and never there twice', () => {
    const one = withInvoice();
    for (const more of [
      {},
      { amountCents: 4_000, day: '2026-12-02' },
      { gone: true },
      { gone: true },
      { amountCents: 3_000 },
    ])
      expect(wish(one, effect, of(more))).toEqual({ value: '115804' });
    expect(one.state.payments).toMatchObject([{ amount: { amount: '30.00' }, vis_state: 0 }]);
  });

  it('that was never there needs no taking out', () => {
    const one = bench();
    expect(wish(one, effect, of({ gone: true }))).toEqual({ value: note.slice(0, 13) });
    expect(writes(one)).toEqual([]);
  });

  it('waits for its invoice', () => {
    const one = bench();
    expect(wish(one, effect, of())).toMatchObject({
      fault: { fault: 'busy', message: expect.stringMatching(/not in FreshBooks yet/) },
    });
    wish(one, 'invoice', invoiceWish());
    expect(wish(one, effect, of())).toEqual({ value: '115804' });
  });

  it('waits where less is open, so that nothing becomes a credit of the client', () => {
    const one = withInvoice();
    people.typePayment(one.state, { invoice: 'RL-8K2M4N7QPZ', amount: '1490.00' }, one.nowMs);
    expect(wish(one, effect, of({ amountCents: 2_000 }))).toMatchObject({
      fault: { fault: 'busy', message: expect.stringMatching(/less open/) },
    });
    expect(one.state.payments.length).toBe(1);
  });

  it('is refused where a bookkeeper has deleted the invoice', () => {
    const one = withInvoice();
    one.state.invoices[0]!.vis_state = 1;
    expect(wish(one, effect, of())).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/was deleted/) },
    });
  });
});

describe('whatever is written', () => {
  it('is not written after a list that did not heed the search: the object may be there', () => {
    const one = bench();
    billed(one.state, 'L-9', '10.00', one.nowMs);
    one.answer = (request, reply) => {
      const open = request.url.replace(/&search%5Binvoice_number%5D=[^&]*/, '');
      return open === request.url ? reply() : one.rig.sandbox.handle(one.state, { ...request, url: open }, one.nowMs);
    };
    expect(wish(one, 'invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'malformed', message: expect.stringMatching(/not asked for/) },
    });
    expect(writes(one)).toEqual([]);
  });

  it('says nothing beside a visible state or an action, which would be thrown away', () => {
    const one = bench();
    for (const gone of [false, true, false]) wish(one, 'invoice', invoiceWish({ gone }));
    const alone = writes(one).filter(({ body = '' }) => /vis_state|action_/.test(body));
    expect(alone.map(({ body }) => body)).toEqual([
      '{"invoice":{"action_mark_as_sent":true}}',
      '{"invoice":{"vis_state":1}}',
      '{"invoice":{"vis_state":0}}',
    ]);
  });

  it.each([
    ['invoice', invoiceWish({ amountCents: 0 }), /amountCents is 0/],
    ['invoice', invoiceWish({ due: '2026-02-30' }), /due is "2026-02-30"/],
    ['invoice', invoiceWish({ customer: {} }), /customer.leaseId is missing/],
    ['payment', paymentWish({ invoice: 7 }), /invoice is 7/],
    ['credit', creditWish({ gone: 'no' }), /gone is "no"/],
    ['callback', { uri: 'http://plain.example' }, /uri is "http:/],
  ])('is refused where the wish is none: %s', (effect, payload, says) => {
    const one = bench();
    expect(wish(one, effect, payload)).toMatchObject({
      fault: { fault: 'malformed', message: expect.stringMatching(says) },
    });
    expect(one.sent).toEqual([]);
  });
});

it('the comparison leaves out what is not ours or not of the period', () => {
  const one = bench();
  wish(one, 'invoice', invoiceWish());
  wish(one, 'invoice', invoiceWish({ number: 'RL-0000000002', day: '2026-11-20', due: '2026-12-01' }));
  const client = { fname: 'A', lname: 'B', email: 'a@b.example' };
  people.typeInvoice(one.state, { number: 'FB-1', amount: '5.00', client }, one.nowMs);
  people.typePayment(one.state, { invoice: 'FB-1', amount: '5.00', note: 'RL' }, one.nowMs);
  expect(open(one).map((item) => item.number)).toEqual(['RL-8K2M4N7QPZ']);
});

it('the comparison holds what was paid long before its invoice fell due, and tells which invoice it lies on', () => {
  const one = bench();
  wish(one, 'invoice', invoiceWish());
  wish(one, 'invoice', invoiceWish({ number: 'RL-0000000002', day: '2026-11-20', due: '2026-11-20' }));
  wish(one, 'payment', paymentWish({ day: '2026-09-20' }));
  wish(one, 'payment', paymentWish({ number: 'RP-0000000002', invoice: 'RL-0000000002' }));
  const [, other] = one.state.invoices;
  expect(open(one).map(({ number, on }) => [number, on])).toEqual([
    ['RL-8K2M4N7QPZ', undefined],
    ['RP-0000000002', String(other?.id)],
    ['RP-0123456789', 'RL-8K2M4N7QPZ'],
  ]);
});

it('the comparison does not say what is open while a bank debit is on its way', () => {
  const one = bench();
  wish(one, 'invoice', invoiceWish());
  const id = people.payOnline(one.state, { invoice: 'RL-8K2M4N7QPZ', amount: '1500.00', type: 'ACH' }, one.nowMs);
  expect(open(one)[0]).not.toHaveProperty('openCents');
  people.clearDebit(one.state, id);
  expect(open(one)).toMatchObject([{ openCents: 0 }]);
});
