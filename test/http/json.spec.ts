/** Reading what vendors send: exact, bounded, and never a default for what is not understood. */
import fc from 'fast-check';
import { decimal } from '../../src/domain/money';
import { type Cents, currency } from '../../src/domain/values';
import { isFaultError } from '../../src/http/faults';
import { Json, parseJson } from '../../src/http/json';

const of = (value: unknown): Json => new Json(value, 'payment');
const USD = currency('USD');

function complaint(read: () => unknown): string {
  try {
    return `no fault: ${JSON.stringify(read())}`;
  } catch (error) {
    if (!isFaultError(error)) throw error;
    expect(error.fault.fault).toBe('malformed');
    return error.fault.message;
  }
}

describe('parsing', () => {
  it('refuses what is no JSON, too long or too deep', () => {
    expect(complaint(() => parseJson('<html>busy</html>', 1000))).toContain('<html>');
    expect(complaint(() => parseJson('', 1000))).toContain('(empty)');
    expect(complaint(() => parseJson('"aaaa"', 5))).toContain('larger than 5 bytes');
    expect(complaint(() => parseJson('"€€"', 7))).toContain('larger than 7 bytes');
    expect(parseJson('"€€"', 8)).toBe('€€');
    expect(complaint(() => parseJson('['.repeat(65) + ']'.repeat(65), 1000))).toContain('64 levels');
    expect(parseJson(`"${'['.repeat(100)}\\"{"`, 1000)).toHaveLength(102);
  });

  it('drops __proto__ and never reads inherited members', () => {
    const parsed = parseJson('{"__proto__":{"admin":true},"\\u005f_proto__":{"x":1},"id":"a"}', 1000) as Record<
      string,
      unknown
    >;
    expect(Object.keys(parsed)).toEqual(['id']);
    expect(complaint(() => of({}).str('constructor.name'))).toContain('missing');
    expect(complaint(() => of({ status: 'toString' }).oneOf('status', { open: 1 }))).toContain('"toString"');
  });
});

describe('readers', () => {
  it('read nested members and name the path when one is wrong', () => {
    const json = of({ charge: { id: 'ch_1', fees: [{ amount: 5 }] }, empty: '', nothing: null });
    expect(json.str('charge.id')).toBe('ch_1');
    expect(json.minor('charge.fees.0.amount')).toBe(5);
    expect(json.list('charge.fees')[0]?.int('amount')).toBe(5);
    expect(json.opt('empty')).toBeUndefined();
    expect(json.opt('nothing')).toBeUndefined();
    expect(json.opt('absent.deep')).toBeUndefined();
    expect(complaint(() => json.str('charge.amount'))).toBe('payment.charge.amount is missing, which is not text.');
    expect(complaint(() => json.list('charge'))).toContain('payment.charge');
    expect(complaint(() => json.opt('charge'))).toContain('not text');
    expect(complaint(() => json.bool('charge.id'))).toContain('true or false');
  });

  it('an unknown word is a fault that names it, never a default', () => {
    const told = complaint(() => of({ status: 'on_the_moon' }).oneOf('status', { open: 1, paid: 2 }));
    expect(told).toBe('payment.status is "on_the_moon", which is not one of open, paid.');
    expect(of({ status: 'paid' }).oneOf('status', { open: 1, paid: 2 })).toBe(2);
  });

  it('minor units are whole numbers and nothing else', () => {
    for (const wrong of [12.5, '1200', null, Number.NaN, 2 ** 53, true]) {
      expect(complaint(() => of({ amount: wrong }).minor('amount'))).toContain('payment.amount');
    }
  });

  it('reads back every amount from its exact decimal, as text and as a number', () => {
    const code = fc.constantFrom('USD', 'JPY', 'KWD');
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), code, (units, name) => {
        const money = currency(name);
        const text = decimal(units as Cents, money);
        expect(of({ amount: text }).decimal('amount', money)).toBe(units === 0 ? 0 : units);
        expect(of({ amount: Number(text) }).decimal('amount', money)).toBe(units === 0 ? 0 : units);
        expect(of({ amount: `${text}${text.includes('.') ? '' : '.'}000` }).decimal('amount', money)).toBe(
          units === 0 ? 0 : units,
        );
      }),
    );
  });

  it('refuses decimals with parts of a cent, grouping, exponents or words', () => {
    for (const wrong of [
      '12.345',
      0.1 + 0.2,
      '1,200.00',
      '1e3',
      1e21,
      '',
      '$5',
      'NaN',
      null,
      '9007199254740993.00',
      ' - 5',
    ]) {
      expect(complaint(() => of({ amount: wrong }).decimal('amount', USD))).toContain('payment.amount');
    }
  });

  it('reads moments with their offset, and refuses those without', () => {
    expect(of({ at: '2026-12-01T09:00:00Z' }).isoInstant('at')).toBe(Date.UTC(2026, 11, 1, 9));
    expect(of({ at: '2026-12-01T09:00:00.123456-05:30' }).isoInstant('at')).toBe(Date.UTC(2026, 11, 1, 14, 30, 0, 123));
    expect(of({ at: 1_796_115_600 }).unixSeconds('at')).toBe(1_796_115_600_000);
    for (const wrong of [
      '2026-12-01',
      '2026-12-01T09:00:00',
      '2026-02-30T09:00:00Z',
      '2026-12-01T24:00:00Z',
      'soon',
      7,
    ]) {
      expect(complaint(() => of({ at: wrong }).isoInstant('at'))).toContain('payment.at');
    }
    expect(complaint(() => of({ at: 1_796_115_600_000 }).unixSeconds('at'))).toContain('seconds since 1970');
  });

  it('agrees with the platform on any moment', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        expect(of({ at: date.toISOString() }).isoInstant('at')).toBe(date.getTime());
      }),
    );
  });
});
