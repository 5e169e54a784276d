/** The override forms without their drawings: what they begin with, what is missing, and the act they become. */
import { actOf, amountFor, faultsOf, startDraft } from '../../sidebar/screens/override/draft';
import { KINDS, kindOf } from '../../sidebar/screens/override/kinds';
import type { LeaseView } from '../../src/api/desk/lease';
import type { Act } from '../../src/api/desk/override';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const usd = (amount: number) => ({ cents: cents(amount), currency: currency('USD') });
const charge = (key: string, type: string, open: number, total = open) => ({
  key,
  type,
  due: day('2026-12-01'),
  total: usd(total),
  open: usd(open),
  daysLate: 3,
  why: '',
  disputed: false,
});

const VIEW = {
  line: { lease: 'L-1', balance: usd(105000), unpaid: usd(105000) },
  asOf: day('2026-12-04'),
  rent: usd(100000),
  nextDue: { day: day('2027-01-01'), amount: usd(100000) },
  depositHeld: usd(50000),
  open: [charge('rent:1', 'rent', 60000, 100000), charge('fee:1', 'late fee', 5000)],
  receipts: [{ key: 'stripe:pi_1', amount: usd(40000), on: day('2026-12-02'), state: 'settled' }],
  notices: { sent: [], planned: [] },
  pauses: [],
  contacts: { emails: ['ann@example.com'], phone: '+15125550100' },
} as unknown as LeaseView;

const kind = (name: Act['kind']) => {
  const found = kindOf(name);
  if (!found) throw new Error(name);
  return found;
};
const draftOf = (name: Act['kind'], params = {}) => startDraft(VIEW, kind(name), params);

describe('a form of an override', () => {
  it('begins with a late fee to waive, at all that is open of it', () => {
    expect(draftOf('waive')).toMatchObject({ charge: 'fee:1', amount: '50.00' });
    expect(draftOf('waive', { charge: 'rent:1' })).toMatchObject({ charge: 'rent:1', amount: '600.00' });
    expect(draftOf('waive', { charge: 'gone' })).toMatchObject({ charge: 'fee:1' });
  });

  it('begins with the amount that the form is about', () => {
    expect(amountFor(VIEW, kind('adjust'), 'rent:1')).toBe('1000.00');
    expect([draftOf('rent').amount, draftOf('rent').from]).toEqual(['1000.00', '2027-01-01']);
    expect(draftOf('deposit').amount).toBe('500.00');
    expect(draftOf('hold').until).toBe('2026-12-11');
  });

  it('names no part where the whole is waived, and the part where it is one', () => {
    const draft = draftOf('waive');
    expect(actOf({ ...draft, amount: ' 50.00 ' }, kind('waive'), VIEW, 'r')).not.toHaveProperty('amount');
    expect(actOf({ ...draft, amount: '20' }, kind('waive'), VIEW, 'r')).toMatchObject({ amount: '20' });
  });

  it('says what is missing by field, and nothing once all is there', () => {
    expect(faultsOf(draftOf('credit'), kind('credit'), VIEW)).toEqual({ amount: expect.any(String) });
    expect(faultsOf({ ...draftOf('credit'), amount: '-5' }, kind('credit'), VIEW)).toHaveProperty('amount');
    expect(faultsOf({ ...draftOf('credit'), amount: '5' }, kind('credit'), VIEW)).toEqual({});
    expect(faultsOf(draftOf('charge'), kind('charge'), VIEW)).toEqual({
      type: expect.any(String),
      amount: expect.any(String),
    });
    const parts = [{ charge: 'rent:1', amount: 'x' }];
    expect(faultsOf({ ...draftOf('reallocate'), parts }, kind('reallocate'), VIEW)).toHaveProperty('parts');
  });

  it.each(KINDS.map((each) => [each.kind]))('becomes an act of its own kind on its own lease: %s', (name) => {
    expect(actOf(draftOf(name), kind(name), VIEW, 'why')).toMatchObject({ kind: name, lease: 'L-1', reason: 'why' });
  });

  it('ends a hold by an empty day', () => {
    expect(actOf({ ...draftOf('hold'), release: true }, kind('hold'), VIEW, 'r')).toMatchObject({ until: '' });
  });

  it('is known by its name only', () => {
    expect(kindOf('toString')).toBeUndefined();
    expect(kindOf(undefined)).toBeUndefined();
  });
});
