/** Effects that leave together: which go into one call, in which order, and what each of them is told. */
import type { Connector, Effect, EffectContext, Flow } from '../../src/connectors/connector';
import type { OutboxRow } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { runFlows } from '../../src/http/client';
import { fault } from '../../src/http/faults';
import type { Fault } from '../../src/http/types';
import { batched, type Group, type Sending } from '../../src/outbox/batch';
import type { HttpReply, HttpRequest } from '../../src/ports';

type Came = readonly (string | Fault)[];

const post = (names: readonly string[]): HttpRequest => ({
  method: 'POST',
  url: 'https://carrier.example/send',
  headers: {},
  body: names.join(' '),
});
const namesOf = (contexts: readonly EffectContext[]) => contexts.map((each) => String(each.payload.name));

/** A carrier that takes three letters of one topic at once, and answers with what it got. */
function* together(contexts: readonly EffectContext[]): Flow<Came> {
  const [reply] = yield [post(namesOf(contexts))];
  return (reply?.body ?? '').split(' ');
}
const mail: Effect = {
  once: 'lookup',
  *run(context) {
    const [reply] = yield [post(namesOf([context]))];
    return `alone:${reply?.body}`;
  },
  batch: {
    most: 3,
    together: ({ payload, attempt }) => (attempt > 1 ? undefined : String(payload.topic)),
    run: together,
  },
};
const text: Effect = { once: 'lookup', run: mail.run };

const carrier = (id: string): Connector => ({
  id,
  title: id,
  group: 'Messages',
  hosts: ['carrier.example'],
  credentials: [],
  sign: (request) => request,
  fault: ({ status }: HttpReply) => (status < 300 ? undefined : fault('busy', `HTTP ${status}`)),
  reads: [],
  writes: [],
});
const [ONE, OTHER] = [carrier('one'), carrier('other')];

interface Wish {
  readonly topic?: string;
  readonly kind?: string;
  readonly attempt?: number;
  readonly effect?: Effect;
  readonly connector?: Connector;
  readonly secret?: string;
}

/** A row of the name on its way; only what a batch looks at is of any interest. */
function sending(name: string, { topic = 'late', kind = 'late', attempt = 1, ...more }: Wish = {}): Sending {
  const payload = { name, topic };
  return {
    row: { key: key(`email:${name}`), kind, payload } as unknown as OutboxRow,
    effect: more.effect ?? mail,
    connector: more.connector ?? ONE,
    credentials: { KEY: more.secret ?? 'k' },
    context: { key: key(name), payload, attempt, now: instant(0), account: {} },
  };
}

const namesIn = (groups: readonly Group[]) =>
  groups.map(({ sendings }) => sendings.map(({ row }) => String(row.payload.name)).join(''));

/** Runs them as the Outbox does, on a line that answers what it is asked or what is given. */
function run(groups: readonly Group[], answer: (body: string) => Partial<HttpReply> = () => ({})) {
  const calls: string[] = [];
  const fetchAll = (requests: readonly HttpRequest[]) =>
    requests.map(({ body = '' }): HttpReply => {
      calls.push(body);
      return { status: 200, headers: {}, body, ...answer(body) };
    });
  const deps = { transport: { fetchAll }, now: () => instant(0), mayGoOn: () => true, note: () => undefined };
  const { results } = runFlows<Came>(groups, deps);
  return { calls, results };
}

describe('effects that may leave together', () => {
  it('are cut where their platform takes no more, in the order of their rows', () => {
    const groups = batched(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => sending(name)));
    expect(namesIn(groups)).toEqual(['abc', 'def', 'g']);
    const { calls, results } = run(groups);
    expect(calls).toEqual(['a b c', 'd e f', 'g']);
    expect(results).toEqual([
      { value: ['a', 'b', 'c'] },
      { value: ['d', 'e', 'f'] },
      // What goes alone goes as what is alone.
      { value: ['alone:g'] },
    ]);
  });

  it.each<[string, Wish]>([
    ['their connector says so', { topic: 'receipt' }],
    ['they are of another kind', { kind: 'receipt' }],
    ['they go by another platform', { connector: OTHER }],
    ['they go with other keys', { secret: 'other' }],
  ])('are not put together when %s', (_, wish) => {
    const groups = batched([sending('a'), sending('b', wish), sending('c'), sending('d', wish)]);
    expect(namesIn(groups)).toEqual(['ac', 'bd']);
  });

  it('are parted from a repeat, which goes alone in its place', () => {
    const groups = batched([sending('a'), sending('b', { attempt: 2 }), sending('c'), sending('d', { attempt: 2 })]);
    expect(namesIn(groups)).toEqual(['ac', 'b', 'd']);
  });

  it('go alone where their platform takes no batches', () => {
    const groups = batched(['a', 'b'].map((name) => sending(name, { effect: text })));
    expect(namesIn(groups)).toEqual(['a', 'b']);
    expect(run(groups).results).toEqual([{ value: ['alone:a'] }, { value: ['alone:b'] }]);
  });

  it('are none where there is nothing to send', () => expect(batched([])).toEqual([]));
});

describe('what comes of a batch', () => {
  const groupsOf = (...names: readonly string[]) => batched(names.map((name) => sending(name)));
  const runs = (names: readonly string[], came: (contexts: readonly EffectContext[]) => Flow<Came>) => {
    const effect: Effect = { ...mail, batch: { most: 9, together: () => 'all', run: came } };
    return run(batched(names.map((name) => sending(name, { effect })))).results;
  };

  it('is the fault of the call for each of them, and for nobody else', () => {
    const { results } = run(groupsOf('a', 'b', 'c', 'd'), (body) => (body === 'a b c' ? { status: 429 } : {}));
    expect(results).toEqual([{ fault: expect.objectContaining({ fault: 'busy' }) }, { value: ['alone:d'] }]);
  });

  it('is its own fault for each that has one', () => {
    const bad = fault('rejected', 'no such address');
    function* came(contexts: readonly EffectContext[]): Flow<Came> {
      yield [post(namesOf(contexts))];
      return ['a', bad, 'c'];
    }
    expect(runs(['a', 'b', 'c'], came)).toEqual([{ value: ['a', bad, 'c'] }]);
  });

  it('is a bug with a name for those of whom a connector says nothing', () => {
    const bug = (told: number) =>
      expect.objectContaining({ fault: 'malformed', message: `Rent Ledger bug: ${told} outcomes of 3 effects.` });
    function* short(contexts: readonly EffectContext[]): Flow<Came> {
      yield [post(namesOf(contexts))];
      return ['a'];
    }
    function* holed(contexts: readonly EffectContext[]): Flow<Came> {
      yield [post(namesOf(contexts))];
      const came: (string | Fault)[] = [];
      came[0] = 'a';
      came[2] = 'c';
      return came;
    }
    expect(runs(['a', 'b', 'c'], short)).toEqual([{ value: ['a', bug(1), bug(1)] }]);
    expect(runs(['a', 'b', 'c'], holed)).toEqual([{ value: ['a', bug(3), 'c'] }]);
  });

  it('is the connector’s own fault when it crashes', () => {
    function* crashes(contexts: readonly EffectContext[]): Flow<Came> {
      yield [post(namesOf(contexts))];
      throw new TypeError('undefined is not a function');
    }
    expect(runs(['a', 'b'], crashes)).toEqual([{ fault: expect.objectContaining({ fault: 'malformed' }) }]);
  });
});
