/** Reconcile without its drawings: keys, the rows of a split, and what counts as done. */
import fc from 'fast-check';
import { commandOf } from '../../sidebar/screens/reconcile/keys';
import { faultOf, leftOf, type Row, rowsFor, rowToAdd } from '../../sidebar/screens/reconcile/rows';
import { doneOf } from '../../sidebar/screens/reconcile/use-queue';
import type { QueueItem } from '../../src/api/desk/reconcile';
import { cents, decimal } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const USD = currency('USD');
const usd = (amount: number) => ({ cents: cents(amount), currency: USD });
const stroke = (key: string, more: object = {}) =>
  commandOf({ key, ctrlKey: false, altKey: false, metaKey: false, taken: false, ...more });

const candidate = (lease: string, unpaid: number) => ({
  lease: { lease, property: 'Elm', unit: lease, residents: 'R', unpaid: usd(unpaid) },
});
const item = (amount: number, ...owed: readonly number[]) =>
  ({
    receipt: { key: 'r', amount: usd(amount) },
    candidates: owed.map((unpaid, index) => candidate(`L-${index + 1}`, unpaid)),
  }) as unknown as QueueItem;

describe('the keys of Reconcile', () => {
  it('mean what the hints say', () => {
    expect(stroke('2')).toEqual({ kind: 'choose', index: 1 });
    expect(['Enter', 's', 'N', 'l', 'u', 'j', 'k', 'ArrowRight', 'ArrowUp'].map((key) => stroke(key)?.kind)).toEqual([
      'match',
      'split',
      'not rent',
      'later',
      'undo',
      'next',
      'previous',
      'next',
      'previous',
    ]);
  });

  it('mean nothing while somebody types, with a modifier, or beyond the third candidate', () => {
    expect(stroke('n', { taken: true })).toBeUndefined();
    expect(stroke('s', { ctrlKey: true })).toBeUndefined();
    expect(stroke('l', { metaKey: true })).toBeUndefined();
    expect(['4', '0', 'x', 'Tab', 'constructor'].map((key) => stroke(key))).toEqual(Array(5).fill(undefined));
  });
});

describe('the rows of a split', () => {
  it('begin with what the best candidate owes and give the rest to the second', () => {
    expect(rowsFor(item(100000, 60000, 90000)).map(({ lease, amount }) => [lease, amount])).toEqual([
      ['L-1', '600.00'],
      ['L-2', '400.00'],
    ]);
  });

  it('leave the amounts open where one lease owes it all', () => {
    expect(rowsFor(item(50000, 60000)).map(({ lease, amount }) => [lease, amount])).toEqual([
      ['L-1', ''],
      ['', '500.00'],
    ]);
  });

  it('are fine exactly when each has a lease and an amount and they come to the whole', () => {
    const part = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), fc.integer({ min: -3, max: 3 }), (parts, off) => {
        const rows = parts.map(
          (amount, id): Row => ({ id, lease: `L-${id}`, label: '', amount: decimal(cents(amount), USD), charge: '' }),
        );
        const whole = usd(parts.reduce((sum, each) => sum + each, off));
        expect(leftOf(rows, whole).cents).toBe(off === 0 ? 0 : off);
        expect(faultOf(rows, whole) === undefined).toBe(off === 0);
        // A row that is added takes what is left, if anything is.
        const added = [...rows, { ...rowToAdd(rows, whole), lease: 'L-9' }];
        if (off > 0) expect(faultOf(added, whole)).toBeUndefined();
      }),
    );
  });

  it('say what is wrong in the order in which people fill them', () => {
    const row: Row = { id: 0, lease: '', label: '', amount: 'x', charge: '' };
    expect(faultOf([row], usd(100))).toBe('Choose a lease for each part.');
    expect(faultOf([{ ...row, lease: 'L-1' }], usd(100))).toBe('Type an amount above zero for each part.');
  });
});

describe('what was decided', () => {
  it('counts as done until it comes back into the queue', () => {
    expect(doneOf(['a', 'r'], [item(1)])).toEqual(['a']);
    expect(doneOf(['a', 'r'], [])).toEqual(['a', 'r']);
  });
});
