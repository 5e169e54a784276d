/** What connectors share beside connector.ts: rows read one by one, hints, payloads, and replies of one wave. */
import { askedAll } from '../../src/connectors/connector';
import { allOf, joined, noonOf, readRows } from '../../src/connectors/seen';
import { invoiceWish, ourNumber } from '../../src/connectors/wishes';
import { day } from '../../src/domain/calendar';
import { FaultError, fail, fault } from '../../src/http/faults';
import type { HttpReply, HttpRequest } from '../../src/ports';

const WISH = {
  number: 'RL-8K2M4N7QPZ',
  customer: { leaseId: 'L-1', name: 'Lee (L-1)', residents: 'Lee', property: 'Elm 1', unit: '2' },
  currency: 'USD',
  amountCents: 125_000,
  day: '2026-12-01',
  due: '2026-12-05',
  type: 'rent',
  description: 'Rent',
  gone: false,
};

describe('rows', () => {
  it('that cannot be read are named faults beside the others, and what is no money is left out', () => {
    const read = (row: number) => (row === 2 ? fail('malformed', 'no') : row === 3 ? undefined : row * 10);
    expect(readRows([1, 2, 3, 4], String, read)).toEqual({
      found: [10, 40],
      faults: [{ about: '2', fault: fault('malformed', 'no') }],
    });
  });

  it('let a bug through', () => {
    const bug = () => {
      throw new TypeError('bug');
    };
    expect(() => readRows([1], String, bug)).toThrow(TypeError);
  });

  it('of a hint are all or the fault', () => {
    const lost = { about: 'p', fault: fault('rejected', 'no') };
    expect(() => allOf({ payments: [], faults: [lost] })).toThrow(FaultError);
    expect(allOf({ payments: [], faults: [] })).toEqual([]);
  });
});

it('a day is its noon in UTC, and parts that are not there leave no gap', () => {
  expect(new Date(noonOf(day('2026-12-01'))).toISOString()).toBe('2026-12-01T12:00:00.000Z');
  expect(joined(['a', undefined, '', 'b'], ', ')).toBe('a, b');
});

it('a wave of several requests brings a reply for each, or it is a bug', () => {
  const request: HttpRequest = { method: 'GET', url: 'https://a.test/1', headers: {} };
  const reply: HttpReply = { status: 200, headers: {}, body: '' };
  const wave = askedAll(request, request);
  expect(wave.next().value).toEqual([request, request]);
  expect(() => wave.next([reply])).toThrow(/bug/);
});

describe('a wish', () => {
  it('is read whole', () => {
    expect(invoiceWish(WISH)).toEqual(WISH);
  });

  it.each([
    [
      'a number of another kind',
      { number: 'RC-8K2M4N7QPZ' },
      /number is "RC-8K2M4N7QPZ", which is not a number of ours/,
    ],
    ['a number with more behind it', { number: 'RL-8K2M4N7QPZ x' }, /number of ours/],
    ['no amount', { amountCents: 0 }, /more than nothing/],
    ['a day that does not exist', { due: '2026-02-30' }, /due is "2026-02-30", which is not a day/],
  ])('with %s is a fault that names it', (_what, change, says) => {
    expect(() => invoiceWish({ ...WISH, ...change })).toThrow(says);
  });

  it('that something be gone needs no amount', () => {
    expect(invoiceWish({ ...WISH, amountCents: 0, gone: true })).toMatchObject({ amountCents: 0, gone: true });
  });

  it('is known again by its number in a text of theirs', () => {
    expect([ourNumber('cheque RP-8K2M4N7QPZ'), ourNumber('RP-8K2M4N7QPZ', 'RL'), ourNumber(undefined)]).toEqual([
      'RP-8K2M4N7QPZ',
      undefined,
      undefined,
    ]);
  });
});
