/** What Monday.com's answers mean: errors in all their shapes, and the token as it is. */
import { SANDBOX_TOKEN, monday as sandbox } from '../../local/vendors/monday';
import { monday } from '../../src/connectors/monday';
import { drive, json } from './drive';

const fault = (kind: string) => expect.objectContaining({ fault: kind });

describe('an answer', () => {
  const faultFor = (body: unknown, status = 200) => {
    const driven = drive(monday, monday.test!({}), () => json(body, status), { MONDAY_TOKEN: 'x' });
    return 'fault' in driven.result ? driven.result.fault : undefined;
  };
  const error = (code: string, status_code?: number) => ({
    errors: [{ message: 'No', extensions: { code, status_code } }],
  });

  it.each([
    ['an error as a text', { errors: ['Not Authenticated'] }, 401, 'auth'],
    [
      'an error of an older version',
      { error_code: 'ComplexityException', error_message: 'x', status_code: 200 },
      200,
      'rejected',
    ],
    ['an older failure', { error_message: 'Internal server error', status_code: 500 }, 200, 'down'],
    ['a failure inside', error('INTERNAL_SERVER_ERROR'), 200, 'down'],
    ['a failure by its status', error('Odd', 503), 200, 'down'],
    ['too much by its status', error('Odd', 429), 200, 'busy'],
    ['no right', error('UserUnauthorizedException', 403), 200, 'rejected'],
    ['a code that nobody has documented', error('MoonPhaseException'), 200, 'rejected'],
    ['data with an error beside it', { data: { me: null }, ...error('X') }, 200, 'rejected'],
    ['neither data nor errors', {}, 200, 'malformed'],
    ['no JSON', 'x', 502, 'down'],
    ['a refused document', error('GRAPHQL_VALIDATION_FAILED'), 400, 'rejected'],
  ])('is a fault: %s', (_name, body, status, kind) => {
    expect(faultFor(body, status)?.fault).toBe(kind);
  });

  it('says how long to wait, and names its code', () => {
    const body = {
      errors: [{ message: 'Slow', extensions: { code: 'MAX_CONCURRENCY_EXCEEDED', retry_in_seconds: 15 } }],
    };
    expect(faultFor(body, 429)).toMatchObject({
      fault: 'busy',
      code: 'MAX_CONCURRENCY_EXCEEDED',
      retryAfterSeconds: 15,
    });
    expect(faultFor(error('MoonPhaseException'))).toMatchObject({ code: 'MoonPhaseException' });
  });

  it('of a token with blanks is never asked for', () => {
    for (const MONDAY_TOKEN of ['', 'Bearer x']) {
      const driven = drive(monday, monday.test!({}), () => json({}), { MONDAY_TOKEN });
      expect([driven.result, driven.sent]).toEqual([{ fault: fault('auth') }, []]);
    }
  });

  it('is to the token as it is, in a version that is pinned', () => {
    const signed = monday.sign(
      { method: 'POST', url: 'https://api.monday.com/v2', headers: {} },
      { MONDAY_TOKEN: SANDBOX_TOKEN },
    );
    expect(signed.headers).toEqual({ Authorization: SANDBOX_TOKEN, 'API-Version': '2026-10' });
    expect(sandbox.hosts).toEqual(monday.hosts);
  });
});
