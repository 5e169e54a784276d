/** When a request may go again. */
import { fault } from '../../src/http/faults';
import { retry, retryAfterSeconds } from '../../src/http/retry';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 7);

describe('retrying', () => {
  const down = fault('down', 'no answer');
  const failed = fault('down', 'HTTP 500', { status: 500 });

  it('asks a read again at most twice', () => {
    expect(retry(failed, 1, 'GET', false)).toEqual({ again: 'now' });
    expect(retry(failed, 2, 'GET', false)).toEqual({ again: 'now' });
    expect(retry(failed, 3, 'GET', false)).toMatchObject({ again: 'later' });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('never sends a %s again without a key', (method) => {
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(retry(down, attempt, method, false)).toEqual({ again: 'never' });
      expect(retry(failed, attempt, method, false)).toEqual({ again: 'never' });
    }
  });

  it('sends a keyed write again when nothing came back, and later when the platform failed', () => {
    expect(retry(down, 1, 'POST', true)).toEqual({ again: 'now' });
    expect(retry(down, 3, 'POST', true)).toMatchObject({ again: 'later' });
    expect(retry(failed, 1, 'POST', true)).toMatchObject({ again: 'later' });
  });

  it('waits as long as the platform asks, and never inside a run', () => {
    expect(retry(fault('busy', 'slow', { retryAfterSeconds: 17 }), 1, 'GET', false)).toEqual({
      again: 'later',
      seconds: 17,
    });
    expect(retry(fault('down', 'slow', { status: 503, retryAfterSeconds: 9 }), 1, 'GET', false)).toEqual({
      again: 'later',
      seconds: 9,
    });
  });

  it('gives up on what a repeat cannot mend', () => {
    for (const kind of ['auth', 'rejected', 'missing', 'malformed'] as const) {
      expect(retry(fault(kind, 'x'), 1, 'GET', true)).toEqual({ again: 'never' });
    }
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [' 0 ', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30],
    ['Sun Nov  6 08:49:37 1994', 30],
    ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['999999999', 86_400],
  ])('reads %s', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', 'Sun, 06 Foo 1994 08:49:37 GMT'])('is not guessed from %s', (header) => {
    expect(retryAfterSeconds(header, NOW)).toBeUndefined();
  });
});
