/** A payment as it is typed, without its drawings. */
import { type Draft, faultsOf, orderOf, startDraft, twinOf } from '../../sidebar/screens/record/draft';
import type { LeaseView } from '../../src/api/desk/lease';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const usd = (amount: number) => ({ cents: cents(amount), currency: currency('USD') });
const view = (more: { unpaid?: number; balance?: number; receipts?: readonly object[] } = {}) =>
  ({
    line: { lease: 'L-1', unpaid: usd(more.unpaid ?? 0), balance: usd(more.balance ?? 0) },
    asOf: day('2026-12-04'),
    rent: usd(100000),
    nextDue: { day: day('2027-01-01'), amount: usd(110000) },
    receipts: more.receipts ?? [],
  }) as unknown as LeaseView;
const came = (on: string, state: string) => ({ amount: usd(95000), on: day(on), state });

describe('a payment as it is typed', () => {
  it('begins with what is due, then with what is owed at all, then with what comes next', () => {
    expect(startDraft(view({ unpaid: 95000, balance: 105000 })).amount).toBe('950.00');
    expect(startDraft(view({ balance: 105000 })).amount).toBe('1050.00');
    expect(startDraft(view({ balance: -500 })).amount).toBe('1100.00');
  });

  const draft: Draft = { ...startDraft(view()), amount: '950', reference: '1182' };

  it('needs an amount above nothing, a day that has come, and a number unless it is cash', () => {
    expect(faultsOf(draft, view())).toEqual({});
    expect(Object.keys(faultsOf({ ...draft, amount: '0', reference: ' ', on: '2026-12-05' }, view()))).toEqual([
      'amount',
      'reference',
      'on',
    ]);
    expect(faultsOf({ ...draft, method: 'cash', reference: '' }, view())).toEqual({});
  });

  it('asks about a payment of the same amount within three days, unless that one is gone', () => {
    const twin = view({ receipts: [came('2026-12-01', 'settled')] });
    expect(twinOf(draft, twin)).toBeDefined();
    expect(faultsOf(draft, twin)).toHaveProperty('twice');
    expect(faultsOf({ ...draft, twice: true }, twin)).toEqual({});
    expect(twinOf(draft, view({ receipts: [came('2026-11-30', 'settled')] }))).toBeUndefined();
    expect(twinOf(draft, view({ receipts: [came('2026-12-04', 'returned')] }))).toBeUndefined();
  });

  it('becomes an order that says twice only where it was asked', () => {
    expect(orderOf({ ...draft, twice: true }, view(), false)).not.toHaveProperty('twice');
    expect(orderOf({ ...draft, twice: true, memo: ' late ' }, view(), true)).toEqual({
      lease: 'L-1',
      amount: '950',
      method: 'check',
      reference: '1182',
      on: '2026-12-04',
      memo: 'late',
      twice: true,
    });
  });
});
