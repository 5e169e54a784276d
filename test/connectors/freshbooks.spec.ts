/** FreshBooks: New York's clock, which business is worked with, and what its errors mean. */
import { freshbooks } from '../../src/connectors/freshbooks';
import { freshbooksFault } from '../../src/connectors/freshbooks/api';
import { askFrom, eastern } from '../../src/connectors/freshbooks/eastern';
import { instant } from '../../src/domain/values';
import { Json } from '../../src/http/json';
import { bench, FOUND } from './freshbooks-account';

type Bench = ReturnType<typeof bench>;
const at = (iso: string) => instant(Date.parse(iso));

describe("New York's clock", () => {
  it.each([
    ['in winter', '2026-12-02 10:00:00', '2026-12-02T15:00:00Z', '2026-12-02T15:00:00Z'],
    ['in summer', '2026-07-01 10:00:07', '2026-07-01T14:00:07Z', '2026-07-01T14:00:07Z'],
    ['in the hour that autumn has twice', '2026-11-01 01:30:00', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
    ['just before it', '2026-11-01 00:59:59', '2026-11-01T04:59:59Z', '2026-11-01T04:59:59Z'],
    ['just after it', '2026-11-01 02:00:00', '2026-11-01T07:00:00Z', '2026-11-01T07:00:00Z'],
    ['after the hour that spring lacks', '2026-03-08 03:00:00', '2026-03-08T07:00:00Z', '2026-03-08T07:00:00Z'],
  ])('is read exactly %s', (_, stamp, first, last) => {
    expect(eastern(new Json({ updated: stamp }, 'payment 1'), 'updated')).toEqual({ first: at(first), last: at(last) });
  });

  it.each(['2026-12-02T10:00:00Z', '2026-02-30 10:00:00', '2026-12-02 24:00:00', ''])('refuses "%s"', (stamp) => {
    expect(() => eastern(new Json({ updated: stamp }, 'payment 1'), 'updated')).toThrow(/New York's clock/);
  });

  it('asks from the day before, by its own midnight', () => {
    expect(askFrom(at('2026-12-02T04:59:00Z'))).toBe('2026-11-30');
    expect(askFrom(at('2026-12-02T05:00:00Z'))).toBe('2026-12-01');
    expect(askFrom(at('2026-07-02T03:59:00Z'))).toBe('2026-06-30');
  });
});

describe('connecting', () => {
  const connect = (one: Bench, account: Readonly<Record<string, string>> = {}) => one.run(freshbooks.test!(account));
  const other = { id: 9, name: 'Second Street', account_id: 'aB3', timezone: 'America/Chicago' };

  it('finds the one business with accounting, and its two ids', () => {
    expect(connect(bench())).toEqual({ value: { name: 'Maple Street Rentals', mode: 'live', found: FOUND } });
  });

  it('takes the business that was named', () => {
    const one = bench();
    one.state.businesses.push(other);
    expect(connect(one, { FRESHBOOKS_BUSINESS: ' second street ' })).toMatchObject({
      value: { found: { ACCOUNT_ID: 'aB3' } },
    });
  });

  it.each([
    ['several and none named', [other], {}, /"Maple Street Rentals", "Second Street"/],
    ['a name that none has', [other], { FRESHBOOKS_BUSINESS: 'Third' }, /called "Third".*"Second Street"/],
    [
      'two of that name',
      [other, { ...other, account_id: 'aB4' }],
      { FRESHBOOKS_BUSINESS: 'Second Street' },
      /no one business/,
    ],
  ])('says which there are: %s', (_, more, account, says) => {
    const one = bench();
    one.state.businesses.push(...more);
    expect(connect(one, account)).toMatchObject({ fault: { fault: 'rejected', message: expect.stringMatching(says) } });
  });

  it('says that there is no accounting', () => {
    const one = bench();
    one.state.businesses.splice(0, 1);
    expect(connect(one)).toMatchObject({ fault: { message: expect.stringMatching(/no business with accounting/) } });
  });

  it('asks to connect again where the business was never found', () => {
    const one = bench();
    const flow = freshbooks.receipts!.pull(undefined, { since: instant(0), now: instant(1), account: {} });
    expect(one.run(flow)).toMatchObject({ fault: { fault: 'auth' } });
  });
});

describe('an error', () => {
  const old = (errno: number, message = 'No.', field?: string) => ({
    response: { errors: [{ errno, message, field }] },
  });
  const info = (reason: string) => ({
    code: 5,
    message: 'Request failed with status_code: 404',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason,
        metadata: { message: 'Payment not found.', field: 'paymentid' },
      },
    ],
  });
  const violation = {
    code: 3,
    message: 'Bad.',
    details: [{ '@type': 'x', fieldViolations: [{ field: 'uri', description: 'Wrong address' }] }],
  };

  it.each([
    ['old, with 200', 200, old(2001, 'Amount is wrong.', 'amount'), 'rejected', '2001', /Amount is wrong. \(amount\)/],
    ['old, with 200, about the token', 200, old(1003), 'auth', '1003', /refused/],
    ['old, with 200, about nothing', 200, old(1012), 'missing', '1012', /no such object/],
    ['old, deleted', 422, old(1011), 'missing', '1011', /said no/],
    ['old, in use', 409, old(409), 'busy', '409', /Too many/],
    ['new', 404, info('1012'), 'missing', '1012', /Payment not found. \(paymentid\)/],
    ['new, with 200', 200, info('1012'), 'missing', '1012', /^There is no such object: Payment not found/],
    ['of events', 400, violation, 'rejected', undefined, /Wrong address \(uri\)/],
    ['of events, bare', 404, { code: 5, message: 'Gone.', details: [] }, 'missing', undefined, /Gone\./],
    [
      'of sign-in',
      401,
      { error: 'unauthenticated', error_description: 'Sign in.' },
      'auth',
      'unauthenticated',
      /Sign in\./,
    ],
    ['of payments', 400, { error_type: 'bad_thing', message: 'Bad thing.' }, 'rejected', 'bad_thing', /Bad thing\./],
    ['a missing scope', 403, old(1003), 'auth', '1003', /refused/],
    ['too many', 429, {}, 'busy', undefined, /Too many/],
    ['a page', 502, '<html>', 'down', undefined, /HTTP 502/],
  ])('is understood: %s', (_, status, body, kind, code, says) => {
    const reply = { status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) };
    const found = freshbooksFault(reply);
    expect([found?.fault, found?.code]).toEqual([kind, code]);
    expect(found?.message).toMatch(says);
  });

  it('is none where a good answer only has such words in it', () => {
    const body = JSON.stringify({ response: { result: { payment: { note: '"error":' }, details: 'x' } } });
    expect(freshbooksFault({ status: 200, headers: {}, body })).toBeUndefined();
  });
});
