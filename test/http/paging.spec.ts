/** Waves of requests: which faults concern one object, and which the whole account. */
import { FaultError, fault } from '../../src/http/faults';
import { inWaves } from '../../src/http/paging';
import type { FaultKind } from '../../src/http/types';
import type { HttpReply, HttpRequest } from '../../src/ports';

const request = (url: string): HttpRequest => ({ method: 'GET', url, headers: {} });
const good: HttpReply = { status: 200, headers: {}, body: '{}' };

/** One wave of two requests, of which the second comes to a fault. */
function second(kind: FaultKind, status: number) {
  const told = fault(kind, 'no', { status });
  const wave = inWaves([request('https://a.test/1'), request('https://a.test/2')], 10);
  wave.next();
  return () => wave.throw(new FaultError(told, [good, told])).value;
}

describe('a wave of requests', () => {
  it.each([
    ['missing', 404],
    ['rejected', 400],
  ] as const)('goes on beside an object that is %s', (kind, status) => {
    expect(second(kind, status)()).toEqual([good, fault(kind, 'no', { status })]);
  });

  it.each([
    ['rejected', 402],
    ['auth', 401],
    ['busy', 429],
    ['down', 500],
  ] as const)('is broken off when the account is %s with HTTP %i, so that no object is passed over', (kind, status) => {
    expect(second(kind, status)).toThrow(FaultError);
  });
});
