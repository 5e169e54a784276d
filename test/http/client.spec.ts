/** The one loop: waves, bounds, faults and what must never be sent. */
import { instant } from '../../src/domain/values';
import { type ClientDeps, runFlows, type Wire } from '../../src/http/client';
import { classify, isFault, isFaultError } from '../../src/http/faults';
import { type Exchange, everyPage, inWaves } from '../../src/http/paging';
import type { HttpReply, HttpRequest } from '../../src/ports';

const SECRET = ['sk', 'live', 'AbCdEf1234567890'].join('_');
const NOW = Date.UTC(2026, 11, 1);

const wire = (id: string, host = `api.${id}.test`): Wire => ({
  id,
  hosts: [host],
  sign: (request, credentials) => ({
    ...request,
    headers: { ...request.headers, Authorization: `Bearer ${credentials.KEY}` },
  }),
  fault: (reply) => classify(reply, { message: reply.body }),
});

const ask = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});
const say = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): HttpReply => ({
  status,
  headers,
  body,
});

interface World extends ClientDeps {
  readonly waves: (readonly HttpRequest[])[];
  readonly notes: string[];
}

function world(
  answer: (request: HttpRequest, call: number) => HttpReply | Error,
  mayGoOn: () => boolean = () => true,
): World {
  const waves: (readonly HttpRequest[])[] = [];
  const notes: string[] = [];
  let calls = 0;
  const fetchAll = (requests: readonly HttpRequest[]) => {
    waves.push(requests);
    return requests.map((request) => answer(request, ++calls));
  };
  return { waves, notes, transport: { fetchAll }, now: () => instant(NOW), mayGoOn, note: (line) => notes.push(line) };
}

const job = <T>(connector: Wire, flow: Exchange<T>) => ({ connector, credentials: { KEY: SECRET }, flow });

function* bodies(...requests: HttpRequest[]): Exchange<string[]> {
  return (yield requests).map((reply) => reply.body);
}

function* steps(host: string, count: number): Exchange<string> {
  let last = '';
  for (let step = 1; step <= count; step++) last = (yield [ask(`https://${host}/${step}`)])[0]?.body ?? '';
  return last;
}

describe('waves', () => {
  it('drive all flows together, so that the longest decides the number of waves', () => {
    const all = world((request) => say(request.url));
    const run = runFlows([job(wire('a'), steps('api.a.test', 3)), job(wire('b'), steps('api.b.test', 1))], all);
    expect(all.waves.map((wave) => wave.length)).toEqual([2, 1, 1]);
    expect(run.results).toEqual([{ value: 'https://api.a.test/3' }, { value: 'https://api.b.test/1' }]);
    expect(run.calls).toEqual({ a: 3, b: 1 });
  });

  it('hold at most 50 requests and keep the order of the replies', () => {
    const all = world((request) => say(request.url));
    const urls = Array.from({ length: 120 }, (_, index) => `https://api.a.test/${index}`);
    const run = runFlows([job(wire('a'), bodies(...urls.map((url) => ask(url))))], all);
    expect(all.waves.map((wave) => wave.length)).toEqual([50, 50, 20]);
    expect(run.results).toEqual([{ value: urls }]);
  });

  it('stop when the time is spent: what is not done ends as busy, and flows may clean up', () => {
    let left = 2;
    let closed = false;
    function* careful(): Exchange<string> {
      try {
        return yield* steps('api.a.test', 9);
      } finally {
        closed = true;
      }
    }
    const all = world(
      () => say('x'),
      () => left-- > 0,
    );
    const run = runFlows([job(wire('a'), careful()), job(wire('b'), steps('api.b.test', 1))], all);
    expect(run.results).toMatchObject([{ fault: { fault: 'busy' } }, { value: 'x' }]);
    expect([all.waves.length, closed]).toEqual([2, true]);
  });

  it('report what was answered, never as unsent, when the time ends between two of them', () => {
    let left = 1;
    const all = world(
      () => say('sent'),
      () => left-- > 0,
    );
    const write = ask('https://api.a.test/', { method: 'POST', body: 'x' });
    const run = runFlows(
      Array.from({ length: 60 }, () => job(wire('a'), bodies(write))),
      all,
    );
    expect(run.results.slice(0, 50)).toEqual(Array(50).fill({ value: ['sent'] }));
    expect(run.results.slice(50).every((result) => 'fault' in result && result.fault.fault === 'busy')).toBe(true);
    expect(run.calls).toEqual({ a: 50 });
  });

  it('end a flow that never ends', () => {
    const run = runFlows(
      [job(wire('a'), steps('api.a.test', 1e9))],
      world(() => say('x')),
    );
    expect(run.results).toMatchObject([{ fault: { fault: 'malformed' } }]);
  });

  it('need no call for a flow that asks nothing', () => {
    function* nothing(): Exchange<number> {
      return (yield []).length;
    }
    const all = world(() => say('x'));
    expect(runFlows([job(wire('a'), nothing())], all).results).toEqual([{ value: 0 }]);
    expect(all.waves).toEqual([]);
  });
});

describe('failures', () => {
  const table: readonly (readonly [string, HttpReply | Error, Record<string, unknown>])[] = [
    ['401', say('bad key', 401), { fault: 'auth', status: 401 }],
    ['403', say('no scope', 403), { fault: 'auth', status: 403 }],
    ['404', say('gone', 404), { fault: 'missing', status: 404 }],
    ['422', say('bad amount', 422), { fault: 'rejected', status: 422 }],
    ['429', say('slow', 429, { 'retry-after': '7' }), { fault: 'busy', retryAfterSeconds: 7 }],
    [
      '429 by date',
      say('slow', 429, { 'retry-after': new Date(NOW + 9000).toUTCString() }),
      { fault: 'busy', retryAfterSeconds: 9 },
    ],
    ['500', say('oops', 500, { 'request-id': 'req_1' }), { fault: 'down', status: 500, requestId: 'req_1' }],
    ['no connection', new Error('DNS error'), { fault: 'down' }],
    ['a redirect', say('', 302, { location: 'https://evil.test/' }), { fault: 'rejected', status: 302 }],
    ['11 MB', say('x'.repeat(11 * 1024 * 1024)), { fault: 'malformed' }],
  ];

  it.each(table)('%s is told as a fault, and the neighbour goes on', (_, reply, expected) => {
    const all = world((request) => (request.url.includes('api.a.test') ? reply : say('fine')));
    const run = runFlows([job(wire('a'), steps('api.a.test', 1)), job(wire('b'), steps('api.b.test', 2))], all);
    expect(run.results).toMatchObject([{ fault: expected }, { value: 'fine' }]);
  });

  it('a transport that throws is a platform that is down', () => {
    const broken = {
      ...world(() => say('x')),
      transport: {
        fetchAll: () => {
          throw new Error('quota');
        },
      },
    };
    expect(runFlows([job(wire('a'), steps('api.a.test', 1))], broken).results).toMatchObject([
      { fault: { fault: 'down' } },
    ]);
  });

  it('a bug in one connector does not stop the others', () => {
    function* broken(): Exchange<string> {
      yield [ask('https://api.a.test/')];
      throw new TypeError('x is undefined');
    }
    const run = runFlows(
      [job(wire('a'), broken()), job(wire('b'), steps('api.b.test', 1))],
      world(() => say('fine')),
    );
    expect(run.results).toMatchObject([
      { fault: { fault: 'malformed', message: expect.stringContaining('bug') } },
      { value: 'fine' },
    ]);
  });

  it('a flow may catch what is missing and go on', () => {
    function* curious(): Exchange<string> {
      try {
        yield [ask('https://api.a.test/gone')];
      } catch (error) {
        if (isFaultError(error) && error.fault.fault === 'missing') return yield* steps('api.a.test', 1);
        throw error;
      }
      return 'unexpected';
    }
    const all = world((request) => (request.url.endsWith('gone') ? say('', 404) : say('here')));
    expect(runFlows([job(wire('a'), curious())], all).results).toEqual([{ value: 'here' }]);
  });

  it('of many in a wave the gravest is thrown', () => {
    const all = world((_, call) => (call === 1 ? say('', 404) : say('', 401)));
    const run = runFlows([job(wire('a'), bodies(ask('https://api.a.test/1'), ask('https://api.a.test/2')))], all);
    expect(run.results).toMatchObject([{ fault: { fault: 'auth' } }]);
  });
});

describe('repeats', () => {
  it('asks a read three times in all, and only that one of its wave', () => {
    const all = world((request) => (request.url.endsWith('/2') ? say('', 503) : say('ok')));
    const run = runFlows([job(wire('a'), bodies(ask('https://api.a.test/1'), ask('https://api.a.test/2')))], all);
    expect(all.waves.map((wave) => wave.length)).toEqual([2, 1, 1]);
    expect(run.results).toMatchObject([{ fault: { fault: 'down' } }]);
  });

  it('a read that comes back on the second try is as if nothing had been', () => {
    const all = world((_, call) => (call === 1 ? new Error('reset') : say('ok')));
    expect(runFlows([job(wire('a'), steps('api.a.test', 1))], all).results).toEqual([{ value: 'ok' }]);
  });

  it.each([new Error('reset'), say('', 500), say('', 429)])(
    'a write without a key is sent once, whatever comes',
    (reply) => {
      const all = world(() => reply);
      runFlows([job(wire('a'), bodies(ask('https://api.a.test/', { method: 'POST', body: 'x' })))], all);
      expect(all.waves).toHaveLength(1);
    },
  );

  it('a write with a key goes again with the same key when no answer came', () => {
    const all = world((_, call) => (call === 1 ? new Error('reset') : say('ok')));
    const write = ask('https://api.a.test/', { method: 'POST', headers: { 'Idempotency-Key': 'k1' } });
    expect(runFlows([job(wire('a'), bodies(write))], all).results).toEqual([{ value: ['ok'] }]);
    expect(all.waves.flat().map((request) => request.headers['Idempotency-Key'])).toEqual(['k1', 'k1']);
  });

  it('busy is reported, not waited for', () => {
    const all = world(() => say('', 429, { 'retry-after': '3600' }));
    const run = runFlows([job(wire('a'), steps('api.a.test', 1))], all);
    expect(all.waves).toHaveLength(1);
    expect(run.results).toMatchObject([{ fault: { fault: 'busy', retryAfterSeconds: 3600 } }]);
  });
});

describe('what is never sent', () => {
  it.each([
    'http://api.a.test/',
    'https://169.254.169.254/',
    'https://localhost/',
    'https://[::1]/',
    'https://evil.test/',
    'https://api.a.test.evil.test/',
    'https://api.a.test@evil.test/',
    'https://evil.test#api.a.test/',
    'https://api.a.test:8443/',
    'https://api.a.test\\@evil.test/',
    'ftp://api.a.test/',
    '',
  ])('a call to %s', (url) => {
    const all = world(() => say('x'));
    const run = runFlows([job(wire('a'), bodies(ask(url)))], all);
    expect(all.waves).toEqual([]);
    expect(run.results).toMatchObject([{ fault: { fault: 'rejected' } }]);
    expect(run.calls).toEqual({});
  });

  it('the key, in any note or fault', () => {
    const all = world(() => say(`no access for Authorization: Bearer ${SECRET} (key ${SECRET})`, 500));
    const run = runFlows([job(wire('a'), bodies(ask(`https://api.a.test/x?key=${SECRET}`)))], all);
    expect(all.notes).toHaveLength(3);
    expect(JSON.stringify([run, all.notes])).not.toContain('AbCdEf1234567890');
    expect(all.waves[0]?.[0]?.headers.Authorization).toBe(`Bearer ${SECRET}`);
  });
});

describe('pieces of flows', () => {
  it('inWaves gives each request its own outcome when objects are missing', () => {
    function* some(): Exchange<string> {
      const urls = ['1', 'gone', '3', '4', 'gone'].map((name) => ask(`https://api.a.test/${name}`));
      return (yield* inWaves(urls, 2)).map((each) => (isFault(each) ? each.fault : each.body)).join();
    }
    const all = world((request) => (request.url.endsWith('gone') ? say('', 404) : say('ok')));
    expect(runFlows([job(wire('a'), some())], all).results).toEqual([{ value: 'ok,missing,ok,ok,missing' }]);
    expect(all.waves.map((wave) => wave.length)).toEqual([2, 2, 1]);
  });

  it('inWaves throws what concerns more than one object', () => {
    const all = world((_, call) => (call === 1 ? say('', 404) : say('', 429)));
    const run = runFlows([job(wire('a'), inWaves([ask('https://api.a.test/1'), ask('https://api.a.test/2')], 9))], all);
    expect(run.results).toMatchObject([{ fault: { fault: 'busy' } }]);
  });

  const pages = (names: Readonly<Record<string, string | undefined>>) =>
    everyPage(
      (page = '1') => ask(`https://api.a.test/${page}`),
      (reply) => ({ items: reply.body === '2' ? [] : [reply.body], next: names[reply.body] }),
      5,
    );
  const lastPart = (request: HttpRequest) => say(request.url.slice(-1));

  it('everyPage reads on over an empty page in the middle', () => {
    const run = runFlows([job(wire('a'), pages({ 1: '2', 2: '3' }))], world(lastPart));
    expect(run.results).toEqual([{ value: ['1', '3'] }]);
  });

  it('everyPage ends a list that repeats or does not end', () => {
    const rounds = runFlows([job(wire('a'), pages({ 1: '2', 2: '1' }))], world(lastPart));
    expect(rounds.results).toMatchObject([
      { fault: { fault: 'malformed', message: expect.stringContaining('same page') } },
    ]);
    const long = pages({ 1: '2', 2: '3', 3: '4', 4: '5', 5: '6', 6: '7' });
    expect(runFlows([job(wire('a'), long)], world(lastPart)).results).toMatchObject([
      { fault: { fault: 'malformed' } },
    ]);
  });
});
