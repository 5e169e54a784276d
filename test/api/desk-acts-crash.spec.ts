/** An act and its undo killed at every service call: it is done or not done, `became` tells which, and the same request ends it. */
import type { Act, Unsettled } from '../../src/api/desk/override';
import { bookOf, tabOf, verdictOf, type World } from '../worlds';
import { applied, call, lateHouse, previewed } from './desk-acts-world';

const late = lateHouse();
const acts: readonly Act[] = [
  { kind: 'waive', lease: 'L-1', charge: 'fee:rent:L-1:2026-11', reason: 'goodwill' },
  { kind: 'rent', lease: 'L-1', amount: '1200', from: '2026-12-01', reason: 'letter of October' },
];

const seenIn = (world: World) => ({
  entries: bookOf(world).entries.map((entry) => [entry.key, entry.amount]),
  terms: tabOf(world, 'Terms'),
  roll: tabOf(world, 'Rent Roll'),
});

/** Kills the call after each of its service calls; gives how many kills left it done and how many not. */
function killed(base: World, name: string, args: { readonly request: string }): readonly [done: number, not: number] {
  const before = seenIn(base);
  const whole = base.clone();
  expect(call(whole, name, args)).toMatchObject({ done: true });
  const after = seenIn(whole);
  const counts: [number, number] = [0, 0];
  for (let at = 1; ; at++) {
    const world = base.clone();
    world.faults.killAt(at, 'after', 'api');
    if (world.run('api', [name, [args]], { trigger: 'sidebar' }).ok) break;
    const { state } = call<Unsettled>(world, 'became', { request: args.request });
    expect(['done', 'not done']).toContain(state);
    expect([at, seenIn(world)]).toEqual([at, state === 'done' ? after : before]);
    counts[state === 'done' ? 0 : 1]++;
    call(world, name, args);
    expect([at, seenIn(world)]).toEqual([at, after]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  }
  return counts;
}

describe.each(acts)('$kind', (act) => {
  it('is done or not done wherever it is killed', () => {
    const before = { version: previewed(late.clone(), act).version };
    const [done, not] = killed(late, 'apply', { request: 'request-1', act, before } as never);
    expect([done > 0, not > 2]).toEqual([true, true]);
  });

  it('is undone or not undone wherever that is killed', () => {
    const base = late.clone();
    applied(base, 'request-1', act);
    const seen = call<{ version: string }>(base, 'previewUndo', { what: 'click-request-1' });
    const undo = { request: 'request-2', what: 'click-request-1', reason: 'wrong', before: { version: seen.version } };
    const [done, not] = killed(base, 'undo', undo);
    expect([done > 0, not > 2]).toEqual([true, true]);
  });
});

it('of two people who act on the same at once, the second is told', () => {
  const world = late.clone();
  const [act] = acts as [Act];
  const before = { version: previewed(world, act).version };
  const answers: unknown[] = [];
  world.during(3, (meanwhile) => {
    answers.push(applied(meanwhile, 'request-2', act, { user: 'meg@example.com', before }));
  });
  answers.push(applied(world, 'request-1', act, { before }));
  expect(answers.filter((each) => (each as { done?: boolean }).done)).toHaveLength(1);
  expect(answers).toContainEqual({ refused: expect.any(String) });
  expect(bookOf(world).entries.filter((entry) => entry.kind === 'credit')).toHaveLength(1);
  expect(verdictOf(world)).toMatchObject({ ok: true });
});
