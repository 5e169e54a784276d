/** The feed of FreshBooks: days of New York, pages that change, bank debits, deletions, and what is no money. */
import * as people from '../../local/vendors/freshbooks/people';
import { ACCOUNT, eastern as stampOf } from '../../local/vendors/freshbooks/state';
import { instant } from '../../src/domain/values';
import { bench, billed, START, text } from './freshbooks-account';

type Bench = ReturnType<typeof bench>;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string) => instant(Date.parse(iso));

/** A payment typed on an invoice of ours; gives its id as text. */
function typed(one: Bench, lease = 'L-1', cents = 100_000, more: Partial<people.Typed> = {}): string {
  const amount = text(cents);
  return String(
    people.typePayment(one.state, { invoice: billed(one.state, lease, amount, one.nowMs), amount, ...more }, one.nowMs),
  );
}

const later = (one: Bench, ms = 20 * MINUTE) => {
  one.nowMs += ms;
};

describe('the feed', () => {
  it('loses nothing and tells nothing twice while autumn has an hour twice', () => {
    const one = bench(undefined, Date.parse('2026-11-01T04:10:00Z'));
    const told: string[] = [];
    const typedIds: string[] = [];
    // 00:10 EDT to 03:50 EST: a payment every forty minutes, and a drain twenty minutes after each.
    for (let turn = 0; turn < 7; turn++) {
      typedIds.push(typed(one, `L-${turn}`, 50_000 + turn));
      later(one, 20 * MINUTE);
      told.push(...one.drain().payments.keys());
      later(one, 20 * MINUTE);
    }
    expect([...new Set(told)]).toEqual(typedIds);
    // Only what was changed within the doubtful hour may be told again.
    expect(told.length - typedIds.length).toBeLessThanOrEqual(6);
  });

  it('tells a payment once, though the whole day is asked for again', () => {
    const one = bench();
    const id = typed(one);
    later(one);
    expect([...one.drain().payments.keys()]).toEqual([id]);
    later(one, HOUR);
    expect(one.drain().payments.size).toBe(0);
    const asked = one.sent.filter(({ url }) => url.includes('/payments/payments'));
    expect(asked.at(-1)?.url).toContain('search%5Bupdated_min%5D=2026-12-01');
    expect(asked.at(-1)?.url).toContain('search%5Bvis_state%5D=1');
  });

  it('tells lease, invoice, payer, memo and the day of the business', () => {
    const one = bench();
    const number = billed(one.state, 'L-7', '1450.00', one.nowMs);
    const note = 'cheque 1042, card 4111 1111 1111 1111';
    const id = String(
      people.typePayment(one.state, { invoice: number, amount: '1450.00', note, date: '2026-12-01' }, one.nowMs),
    );
    later(one);
    const payment = one.drain().payments.get(id);
    expect(payment).toMatchObject({
      key: `freshbooks:${id}`,
      amountCents: 145_000,
      currency: 'USD',
      state: 'settled',
      initiatedAt: at('2026-12-01T17:00:00Z'),
      settledAt: at('2026-12-01T17:00:00Z'),
      invoice: number,
      leaseRef: 'L-7',
      payerName: 'Rita Resident L-7',
      payerEmail: 'l-7@home.example',
      reversals: [],
    });
    expect(payment?.memo).toMatch(/^Check: cheque 1042/);
    expect(payment?.memo).not.toContain('4111 1111');
  });

  it("tells no number and no lease of a bookkeeper's own invoice", () => {
    const one = bench();
    const client = { fname: 'Rita', lname: 'Resident', email: 'rita@home.example' };
    people.typeInvoice(one.state, { number: 'FB-12', amount: '80.00', client, reference: 'PO 9' }, one.nowMs);
    const id = String(people.typePayment(one.state, { invoice: 'FB-12', amount: '80.00' }, one.nowMs));
    later(one);
    const payment = one.drain().payments.get(id);
    expect(payment).toMatchObject({ payerEmail: 'rita@home.example', customer: '218192' });
    expect([payment?.invoice, payment?.leaseRef]).toEqual([undefined, undefined]);
  });

  it.each([
    ['what we wrote ourselves', { note: 'RP-0123456789 stripe pi_1' }],
    ['credit that was put on an invoice', { type: 'Credit' }],
  ])('drops %s', (_, more) => {
    const one = bench();
    typed(one, 'L-1', 5_000, more);
    later(one);
    expect(one.drain().payments.size).toBe(0);
  });

  it('drops credit that comes from an earlier overpayment, which was told as money', () => {
    const one = bench();
    const number = billed(one.state, 'L-1', '1000.00', one.nowMs);
    people.typePayment(one.state, { invoice: number, amount: '1200.00' }, one.nowMs);
    Object.assign(one.state.payments[0]!, { note: 'rent and a bit' });
    const used = typed(one, 'L-2', 20_000);
    one.state.payments.find((each) => String(each.id) === used)!.from_credit = true;
    later(one);
    const amounts = [...one.drain().payments.values()].map((payment) => [payment.amountCents, payment.invoice]);
    expect(amounts).toEqual(
      expect.arrayContaining([
        [100_000, number],
        [20_000, undefined],
      ]),
    );
    expect(amounts.length).toBe(2);
  });

  it('a deleted payment is taken back, without being called a return', () => {
    const one = bench();
    const id = typed(one);
    later(one);
    one.drain();
    later(one);
    people.deletePayment(one.state, Number(id), one.nowMs);
    const deletedAt = one.nowMs;
    later(one);
    expect(one.drain().payments.get(id)).toMatchObject({
      state: 'settled',
      reversals: [
        { key: `freshbooks:${id}:deleted`, reason: 'refunded', state: 'final', amountCents: 100_000, at: deletedAt },
      ],
    });
  });

  it('a bank debit is pending until it is cleared, though clearing does not touch the payment', () => {
    const one = bench();
    const number = billed(one.state, 'L-1', '900.00', one.nowMs);
    const id = people.payOnline(one.state, { invoice: number, amount: '900.00', type: 'ACH' }, one.nowMs);
    later(one);
    expect(one.drain().payments.get(String(id))).toMatchObject({ state: 'pending' });
    later(one, 3 * DAY);
    expect(one.drain().payments.get(String(id))).toMatchObject({ state: 'pending' });
    people.clearDebit(one.state, id);
    later(one, DAY);
    expect(one.drain().payments.get(String(id))).toMatchObject({ state: 'settled' });
    later(one, DAY);
    expect(one.drain().payments.size).toBe(0);
    expect(one.feed).toMatchObject({ pending: '' });
  });

  it('a debit that never comes is deleted, and no longer asked after', () => {
    const one = bench();
    const number = billed(one.state, 'L-1', '900.00', one.nowMs);
    const id = people.payOnline(one.state, { invoice: number, amount: '900.00', type: 'ACH' }, one.nowMs);
    later(one);
    one.drain();
    later(one);
    people.deletePayment(one.state, id, one.nowMs);
    later(one);
    expect(one.drain().payments.get(String(id))?.reversals.length).toBe(1);
    expect(one.feed).toMatchObject({ pending: '' });
  });

  it('reads the invoices of a hundred payments in three lists', () => {
    const one = bench();
    for (let turn = 0; turn < 100; turn++) typed(one, `L-${turn}`);
    later(one);
    one.drain();
    const invoices = one.sent.filter(({ url }) => url.includes('/invoices/invoices'));
    expect(invoices.length).toBe(3);
    expect(Math.max(...one.sent.map(({ url }) => url.length))).toBeLessThan(2048);
  });

  it('reads the invoice of a payment by itself where the list does not show it', () => {
    const one = bench();
    const id = typed(one);
    one.state.invoices[0]!.vis_state = 1;
    later(one);
    expect(one.drain().payments.get(id)).toMatchObject({ leaseRef: 'L-1' });
  });

  it('loses nothing when a payment that was read is deleted between two pages', () => {
    const one = bench();
    const ids = Array.from({ length: 150 }, (_, turn) => typed(one, `L-${turn}`, 100_000 + turn));
    later(one);
    const seen = new Map(one.pullOnce().payments.map((payment) => [payment.externalId, payment]));
    people.deletePayment(one.state, Number(ids.at(-1)), one.nowMs);
    for (const [id, payment] of one.drain().payments) seen.set(id, payment);
    expect([...seen.keys()].sort()).toEqual([...ids].sort());
  });

  it('gives up for this run when the list changes all the time, and keeps its place', () => {
    const one = bench();
    for (let turn = 0; turn < 120; turn++) typed(one, `L-${turn}`);
    later(one);
    let turn = 0;
    one.answer = (request, reply) => {
      const given = reply();
      if (/payments\/payments/.test(request.url)) typed(one, `M-${turn++}`);
      return given;
    };
    one.drain();
    expect(one.feed).toMatchObject({ watermark: START - 30 * DAY, tries: 0 });
    one.answer = (_request, reply) => reply();
    expect(one.drain().payments.size).toBeGreaterThan(120);
    expect(one.feed?.watermark).toBe(one.nowMs - 15 * MINUTE);
  });

  it.each([
    [
      'a status of its invoice that is not documented',
      (one: Bench) => Object.assign(one.state.invoices[0]!, { v3_status: 'lost' }),
    ],
    [
      'a stamp that is none',
      (one: Bench) => Object.assign(one.state.payments[0]!, { updated: '2026-12-02T15:00:00Z' }),
    ],
    ['a date that is none', (one: Bench) => Object.assign(one.state.payments[0]!, { date: '12/02/2026' })],
    ['an amount below nothing', (one: Bench) => Object.assign(one.state.payments[0]!.amount, { amount: '-5.00' })],
  ])('names %s, and reads the others', (_, spoil) => {
    const one = bench();
    const [bad, good] = [typed(one, 'L-1'), typed(one, 'L-2')];
    spoil(one);
    later(one);
    const { payments, faults } = one.drain();
    expect(faults).toEqual([{ about: bad, fault: expect.objectContaining({ fault: 'malformed' }) }]);
    expect([...payments.keys()]).toEqual([good]);
  });
});

it('calls accounting by the account and never by the business', () => {
  const one = bench();
  typed(one);
  later(one);
  one.drain();
  expect(one.sent.every(({ url }) => url.startsWith(`https://api.freshbooks.com/accounting/account/${ACCOUNT}/`))).toBe(
    true,
  );
  expect(stampOf(START)).toBe('2026-12-02 10:00:00');
});
