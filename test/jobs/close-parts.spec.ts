/** A month's close that is too large for one call: laid ready in parts, put in force by the last, and whole after any kill. */
import { closing } from '../../src/jobs/close';
import { verify } from '../../src/jobs/verify';
import type { App } from '../../src/run/app';
import { commit } from '../../src/sheet/commit';
import { loadBook } from '../../src/sheet/load';
import { openingLease, openingParts } from '../../src/sheet/openings';
import { nodeApp } from '../bench/node-host';
import { leaseOf, rowsOf, smallWorld, type World } from '../worlds';

/** Less than one lease's text, so that each of the four has a part of its own. */
const ONE_EACH = 10;
const IDS = ['L-1', 'L-2', 'L-3', 'L-4'];
const at = (day: string) => Date.parse(`${day}T17:00:00Z`);

let settled: World;
beforeAll(() => {
  settled = smallWorld({ on: '2026-11-01', leases: IDS.map((id) => leaseOf(id)) });
  settled.run('tick', [], { trigger: 'time' });
});

const appAt = (world: World, day: string): App => nodeApp(world, 'tick', at(day));

/** Closes the month before `day`, but is killed after so many parts. */
function close(world: World, day: string, partsMax = Number.POSITIVE_INFINITY): number {
  const app = appAt(world, day);
  let loaded = loadBook(app.host);
  const parts = closing(loaded, app.run, ONE_EACH).slice(0, partsMax);
  for (const part of parts) loaded = commit(app.host, loaded, app.run, part);
  return parts.length;
}

const states = (world: World, day: string) => [...loadBook(appAt(world, day).host).book.states];
const openings = (world: World) => [...rowsOf(world, 'Openings')];
const closedMonth = (world: World, day: string) => loadBook(appAt(world, day).host).marks.closedMonth;
const balances = (world: World, day: string) => states(world, day).map(([id, state]) => `${id} ${state.balanceCents}`);

it('comes to the same open items as a close in one call', () => {
  const [one, several] = [settled.clone(), settled.clone()];
  const app = appAt(one, '2026-12-01');
  const loaded = loadBook(app.host);
  for (const part of closing(loaded, app.run)) commit(app.host, loaded, app.run, part);
  expect(close(several, '2026-12-01')).toBe(4);
  expect(states(several, '2026-12-01')).toEqual(states(one, '2026-12-01'));
  expect(closedMonth(several, '2026-12-01')).toBe('2026-12');
  expect(openings(several)).toHaveLength(4);
  expect(verify(appAt(several, '2026-12-01')).problems).toEqual([]);
});

it.each([1, 2, 3])('killed after %i of 4 parts changes nothing, and the next run closes the month', (killedAfter) => {
  const world = settled.clone();
  const before = states(world, '2026-12-01');
  close(world, '2026-12-01', killedAfter);
  expect(closedMonth(world, '2026-12-01')).not.toBe('2026-12');
  expect(states(world, '2026-12-01')).toEqual(before);
  expect(verify(appAt(world, '2026-12-01')).problems).toEqual([]);
  close(world, '2026-12-01');
  expect(openings(world)).toHaveLength(4);
  expect(balances(world, '2026-12-01')).toEqual(IDS.map((id) => `${id} 100000`));
  expect(verify(appAt(world, '2026-12-01')).problems).toEqual([]);
});

// Four months of rent and three late fees.
it('is followed by the next month, in parts or in one call', () => {
  const world = settled.clone();
  close(world, '2026-12-01');
  close(world, '2027-01-01', 2);
  close(world, '2027-01-01');
  expect(openings(world)).toHaveLength(4);
  world.state.nowMs = at('2027-02-01');
  expect(world.run('tick', [], { trigger: 'time' }).ok).toBe(true);
  expect(openings(world).map((row) => row['Lease ID'])).toEqual(IDS);
  expect(balances(world, '2027-02-01')).toEqual(IDS.map((id) => `${id} 415000`));
  expect(verify(appAt(world, '2027-02-01')).problems).toEqual([]);
});

it('counts a marked row only once State has reached its month', () => {
  expect(openingLease('2026-12>L-1', '2026-12')).toBe('L-1');
  expect(openingLease('2026-12>L-1', '2026-11')).toBeUndefined();
  expect(openingLease('L-1', '2026-11')).toBe('L-1');
});

it('never cuts a lease in two, and leaves one part unmarked', () => {
  const all = states(settled, '2026-11-02').map(([, state]) => state);
  expect(openingParts('2026-12', all, 1).map((part) => part.rows.length)).toEqual([1, 1, 1, 1]);
  expect(openingParts('2026-12', all).flatMap((part) => part.rows.map(([name]) => name))).toEqual(IDS);
});
