/** doPost: a webhook is a hint. Strangers learn and change nothing; a real event makes the next poll come soon, once. */
import { bookOf, MINUTE, smallWorld, type World } from '../worlds';
import { base, body, EVENT, KEY, post, traces } from './stripe-posts';

const fetches = (run: World['executions'][number] | undefined): number => run?.calls['UrlFetchApp.fetchAll'] ?? 0;
const resumes = (world: World) => world.triggers.filter((one) => one.handler === 'resume' && one.nextMs !== undefined);

describe('a post from a stranger', () => {
  const good = { platform: 'stripe', key: KEY };
  const strangers: [string, Record<string, string>, string][] = [
    ['has no key', { platform: 'stripe' }, body()],
    ['has an empty key', { ...good, key: '' }, body()],
    ['has a key of another length', { ...good, key: KEY.slice(0, -1) }, body()],
    ['has the key and more', { ...good, key: `${KEY}0` }, body()],
    ['has one letter wrong', { ...good, key: `${KEY.slice(0, -1)}${KEY.endsWith('0') ? '1' : '0'}` }, body()],
    ['has a key beyond all measure', { ...good, key: 'k'.repeat(100_000) }, body()],
    ['names no platform', { key: KEY }, body()],
    ['names a platform that is not there', { ...good, platform: '__proto__' }, body()],
  ];

  it.each(strangers)('that %s gets the one answer, writes nothing and calls nobody', (_name, parameters, text) => {
    const world = base.clone();
    const before = traces(world);
    const { status, answer, run } = post(world, text, parameters);
    expect([status, answer, run?.ok, fetches(run)]).toEqual([200, 'received', true, 0]);
    expect(traces(world)).toBe(before);
  });

  it('makes no key where nobody has asked for one', () => {
    const world = smallWorld({ on: '2026-12-01' });
    const before = traces(world);
    expect(post(world, body(), { platform: 'stripe', key: '' }).answer).toBe('received');
    expect(traces(world)).toBe(before);
  });
});

describe('a body that is no event', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const bodies: [string, string][] = [
    ['nothing', ''],
    ['no JSON', 'id=evt_1&type=x'],
    ['half a JSON', body().slice(0, 40)],
    ['a list', '[]'],
    ['a number', '7'],
    ['deeply nested', deep],
    ['nested inside a field', `{"id":${deep}}`],
    ['larger than any event', JSON.stringify({ ...EVENT, filler: 'x'.repeat(300_000) })],
    ['poisoned', '{"__proto__":{"id":"evt_1Sbx1"},"constructor":{"prototype":{"id":"evt_2"}}}'],
    ['an id that is a path', body({ id: 'evt_1/../../v1/charges?x=' })],
    ['an id that is no text', body({ id: { $gt: '' } })],
  ];

  it.each(bodies)('(%s) gets the same answer, and calls nobody', (_name, text) => {
    const world = base.clone();
    const before = traces(world);
    const { status, answer, run } = post(world, text);
    expect([status, answer, run?.ok, fetches(run)]).toEqual([200, 'received', true, 0]);
    expect(traces(world)).toBe(before);
  });
});

describe('a post with the right key', () => {
  it('and a made-up event asks Stripe once, and changes nothing', () => {
    const world = base.clone();
    const before = traces(world);
    const { answer, run } = post(world, body({ id: 'evt_1SbxMadeUp' }));
    expect([answer, fetches(run)]).toEqual(['received', 1]);
    expect(traces(world)).toBe(before);
  });

  it('and a real event makes one extra poll come soon, which posts what Stripe itself says', () => {
    const world = base.clone();
    const lie = { ...EVENT, data: { object: { ...(EVENT.data as { object: object }).object, amount: 999_999_00 } } };
    const { answer, run } = post(world, JSON.stringify(lie));
    expect(answer).toBe('received');
    // LockService gives a web app no document lock, so nothing may be written here.
    expect(Object.keys(run?.calls ?? {}).filter((name) => /^(Sheets|LockService)/.test(name))).toEqual([]);
    expect(resumes(world)).toHaveLength(1);
    world.advanceTo(world.now + 2 * MINUTE);
    expect(world.executions.some((one) => one.handler === 'resume' && one.ok)).toBe(true);
    expect(bookOf(world).receipts.map((row) => [row.id, row.amount, row.lease])).toEqual([
      ['pi_Dec', '1000.00', 'L-1'],
    ]);
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
  });

  it('and the same event fifty times leaves one run behind, and one posting', () => {
    const world = base.clone();
    for (let time = 0; time < 50; time++) post(world, body());
    expect(resumes(world)).toHaveLength(1);
    world.advanceTo(world.now + 15 * MINUTE);
    expect(world.executions.filter((one) => one.handler === 'resume')).toHaveLength(1);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
    for (let time = 0; time < 3; time++) post(world, body());
    world.advanceTo(world.now + 15 * MINUTE);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
  });

  it('is heard even when the last continuation died as it began', () => {
    const world = base.clone();
    post(world, body());
    world.faults.killAt(1, 'before', 'resume');
    world.advanceTo(world.now + MINUTE);
    expect(resumes(world)).toHaveLength(0);
    post(world, body());
    expect(resumes(world)).toHaveLength(1);
    expect(world.triggers.filter((one) => one.handler === 'resume')).toHaveLength(1);
  });

  it('finds a platform that does not answer, and says no more than to anybody', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', when: 'always' });
    const before = traces(world);
    expect(post(world, body()).answer).toBe('received');
    expect(traces(world)).toBe(before);
  });
});
