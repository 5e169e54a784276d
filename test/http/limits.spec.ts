/** What a platform allows: so many at once, in a minute and in a day; and which request may go again. */
import { instant } from '../../src/domain/values';
import { type ClientDeps, type FlowResult, runFlows, type Wire } from '../../src/http/client';
import { classify } from '../../src/http/faults';
import type { Exchange } from '../../src/http/paging';
import type { HttpReply, HttpRequest } from '../../src/ports';

const MORNING = Date.UTC(2026, 11, 1, 8);
const MINUTE = 60_000;

const wire = (id: string, limits: Wire['limits'] = {}): Wire => ({
  id,
  limits,
  hosts: [`api.${id}.test`],
  sign: (request) => request,
  fault: (reply) => classify(reply, { message: reply.body }),
});
const to = (id: string, name: number | string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: `https://api.${id}.test/${name}`,
  headers: {},
  ...more,
});
const many = (id: string, count: number) => Array.from({ length: count }, (_, index) => to(id, index));
const ok: HttpReply = { status: 200, headers: {}, body: 'ok' };
const failing = (status: number, headers: HttpReply['headers'] = {}): HttpReply => ({ status, headers, body: 'no' });

function* inOneWave(requests: readonly HttpRequest[]): Exchange<number> {
  return (yield requests).length;
}
function* oneByOne(requests: readonly HttpRequest[]): Exchange<number> {
  for (const request of requests) yield [request];
  return requests.length;
}
const job = (connector: Wire, flow: Exchange<number>) => ({ connector, credentials: { KEY: connector.id }, flow });

interface Line extends ClientDeps {
  /** Per wave, how many requests of each platform left. */
  readonly waves: Readonly<Record<string, number>>[];
  readonly sent: HttpRequest[];
}

/** A line on which each wave takes so long. */
function lineTo(
  answer: (request: HttpRequest) => HttpReply | Error = () => ok,
  { tookMs = 0, callsLeft }: { tookMs?: number; callsLeft?: (id: string) => number | undefined } = {},
): Line {
  let nowMs = MORNING;
  const waves: Record<string, number>[] = [];
  const sent: HttpRequest[] = [];
  const fetchAll = (requests: readonly HttpRequest[]) => {
    const wave: Record<string, number> = {};
    for (const { url } of requests) {
      const id = /api\.(\w+)\./.exec(url)?.[1] ?? '';
      wave[id] = (wave[id] ?? 0) + 1;
    }
    waves.push(wave);
    sent.push(...requests);
    nowMs += tookMs;
    return requests.map(answer);
  };
  const rest = { now: () => instant(nowMs), mayGoOn: () => true, note: () => undefined };
  return { waves, sent, transport: { fetchAll }, ...rest, ...(callsLeft ? { callsLeft } : {}) };
}

const faultIn = (result: FlowResult<number> | undefined) => (result && 'fault' in result ? result.fault : undefined);

describe('requests of one platform in a wave', () => {
  it('are as many as it bears, and the others of the wave do not wait for it', () => {
    const line = lineTo();
    const slow = wire('slow', { concurrency: 3 });
    const run = runFlows([job(slow, inOneWave(many('slow', 7))), job(wire('free'), inOneWave(many('free', 9)))], line);
    expect(line.waves).toEqual([{ slow: 3, free: 9 }, { slow: 3 }, { slow: 1 }]);
    expect(run.results).toEqual([{ value: 7 }, { value: 9 }]);
  });

  it('are counted over all its flows together', () => {
    const line = lineTo();
    const slow = wire('slow', { concurrency: 2 });
    runFlows(
      [1, 2, 3].map(() => job(slow, oneByOne(many('slow', 2)))),
      line,
    );
    expect(line.waves.map((wave) => wave.slow)).toEqual([2, 2, 1, 1]);
  });
});

describe('calls of a minute', () => {
  const limited = wire('slow', { perMinute: 5 });

  it('that are used up end the flow as busy for a minute, and leave the other platforms alone', () => {
    const line = lineTo();
    const run = runFlows([job(limited, oneByOne(many('slow', 8))), job(wire('free'), oneByOne(many('free', 8)))], line);
    expect(faultIn(run.results[0])).toMatchObject({ fault: 'busy', retryAfterSeconds: 60 });
    expect(run.results[1]).toEqual({ value: 8 });
    expect(run.calls).toEqual({ slow: 5, free: 8 });
  });

  it('are those of the last sixty seconds: a run that takes longer goes on', () => {
    const line = lineTo(() => ok, { tookMs: MINUTE / 5 });
    expect(runFlows([job(limited, oneByOne(many('slow', 12)))], line).results).toEqual([{ value: 12 }]);
  });

  it('count within one wave too', () => {
    const line = lineTo();
    const run = runFlows([job(limited, inOneWave(many('slow', 6)))], line);
    expect([faultIn(run.results[0])?.fault, run.calls]).toEqual(['busy', { slow: 5 }]);
  });
});

describe('calls of a day', () => {
  it('that are used up are told as busy until the UTC day is over', () => {
    const line = lineTo(() => ok, { callsLeft: (id) => (id === 'plan' ? 3 : undefined) });
    const run = runFlows(
      [job(wire('plan'), oneByOne(many('plan', 5))), job(wire('free'), oneByOne(many('free', 5)))],
      line,
    );
    expect(faultIn(run.results[0])).toMatchObject({ fault: 'busy', retryAfterSeconds: 16 * 3600 });
    expect(run.results[1]).toEqual({ value: 5 });
    expect(run.calls).toEqual({ plan: 3, free: 5 });
  });

  it('of which none is left send nothing at all', () => {
    const line = lineTo(() => ok, { callsLeft: () => 0 });
    const run = runFlows([job(wire('plan'), oneByOne(many('plan', 1)))], line);
    expect([faultIn(run.results[0])?.fault, line.waves]).toEqual(['busy', []]);
  });

  it('are also spent by repeats', () => {
    const line = lineTo(() => failing(503), { callsLeft: () => 2 });
    const run = runFlows([job(wire('plan'), oneByOne(many('plan', 1)))], line);
    expect([faultIn(run.results[0])?.fault, run.calls]).toEqual(['busy', { plan: 2 }]);
  });
});

describe('429', () => {
  it('halts its own platform for the run, flows that were not asked yet included, and no other', () => {
    const line = lineTo(({ url }) => (url.endsWith('busy.test/1') ? failing(429, { 'retry-after': '30' }) : ok));
    const run = runFlows(
      [
        job(wire('busy'), oneByOne(many('busy', 4))),
        job(wire('busy'), oneByOne([to('busy', 'a'), to('busy', 'b'), to('busy', 'c'), to('busy', 'd')])),
        job(wire('free'), oneByOne(many('free', 4))),
      ],
      line,
    );
    expect(run.results.map((result) => faultIn(result)?.retryAfterSeconds)).toEqual([30, 30, undefined]);
    // What was in the wave with it has been answered; nothing left after it.
    expect(line.waves).toEqual([{ busy: 2, free: 1 }, { busy: 2, free: 1 }, { free: 1 }, { free: 1 }]);
  });

  it('says nothing of another account at the same vendor', () => {
    const line = lineTo(({ url }) => (url.endsWith('/one') ? failing(429) : ok));
    const hook = wire('hook');
    const run = runFlows(
      [
        { connector: hook, credentials: { KEY: 'first' }, flow: oneByOne([to('hook', 'one'), to('hook', 'two')]) },
        { connector: hook, credentials: { KEY: 'second' }, flow: oneByOne([to('hook', 'three'), to('hook', 'four')]) },
      ],
      line,
    );
    expect(run.results.map((result) => faultIn(result)?.fault)).toEqual(['busy', undefined]);
  });
});

describe('whether a request goes again', () => {
  const post = (more: Partial<HttpRequest> = {}) => to('a', 'x', { method: 'POST', body: '{}', ...more });
  const sentFor = (request: HttpRequest, reply: HttpReply | Error): number => {
    const line = lineTo(() => reply);
    runFlows([job(wire('a'), oneByOne([request]))], line);
    return line.sent.length;
  };
  const lost = new Error('connection reset');

  it.each([
    ['a read', to('a', 'x'), { lost: 3, 503: 3, 400: 1 }],
    ['a search that is posted', post({ reads: true }), { lost: 3, 503: 3, 400: 1 }],
    ['a write with a key in its body', post({ keyed: true }), { lost: 3, 503: 1, 400: 1 }],
    ['a write with an empty key', post({ headers: { 'Idempotency-Key': '' } }), { lost: 1, 503: 1, 400: 1 }],
    ['a write without a key', post(), { lost: 1, 503: 1, 400: 1 }],
  ] as const)('%s: when no answer came, when the vendor failed, when it said no', (_, request, times) => {
    expect({
      lost: sentFor(request, lost),
      503: sentFor(request, failing(503)),
      400: sentFor(request, failing(400)),
    }).toEqual(times);
  });
});
