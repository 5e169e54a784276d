/** Waves of requests: which faults concern one object, and which the whole account. */
import { FaultError, fault } from '../../src/http/faults';
import { askEach, chunks, type Exchange, ifThere, inWaves, together } from '../../src/http/paging';
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

/** A flow of one request, which gives the body of its reply. */
function* bodyAt(url: string): Exchange<string> {
  const [reply] = yield [request(url)];
  return reply?.body ?? '';
}

describe('what flows are made of', () => {
  it('pairs each item with what came of it', () => {
    const flow = askEach(['1', '2'], (id) => request(`https://a.test/${id}`), 10);
    flow.next();
    expect(flow.next([good, good]).value).toEqual([
      ['1', good],
      ['2', good],
    ]);
  });

  it('takes what is missing for undefined, and nothing else', () => {
    const brokenOff = (kind: FaultKind) => {
      const flow = ifThere(bodyAt('https://a.test/1'));
      flow.next();
      return () => flow.throw(new FaultError(fault(kind, 'no'))).value;
    };
    expect(brokenOff('missing')()).toBeUndefined();
    expect(brokenOff('down')).toThrow(FaultError);
  });

  it('runs flows side by side in one wave, and keeps a fault of one to itself', () => {
    const flow = together([bodyAt('https://a.test/1'), bodyAt('https://a.test/2')]);
    expect(flow.next().value).toHaveLength(2);
    const told = fault('missing', 'no', { status: 404 });
    expect(flow.throw(new FaultError(told, [good, told])).value).toEqual([{ value: '{}' }, { fault: told }]);
  });

  it('cuts a list into pieces', () => {
    expect([chunks([1, 2, 3], 2), chunks([], 2)]).toEqual([[[1, 2], [3]], []]);
  });
});
