/** The Rent Roll of a large portfolio is written in several calls, and looks the same as one written in a single call. */
import type { App } from '../../src/run/app';
import { commit } from '../../src/sheet/commit';
import { loadBook } from '../../src/sheet/load';
import { viewRequests } from '../../src/sheet/views';
import { nodeApp } from '../bench/node-host';
import { importRows, leaseOf, rowsOf, smallWorld, type World } from '../worlds';

const IDS = ['L-1', 'L-2', 'L-3', 'L-4', 'L-5'];
/** Less than two rows, so that each has a call of its own. */
const ONE_ROW = 1000;
const appAt = (world: World, day: string): App => nodeApp(world, 'tick', Date.parse(`${day}T17:00:00Z`));

let fresh: World;
beforeAll(() => {
  fresh = smallWorld({ on: '2026-11-01', leases: IDS.map((id) => leaseOf(id)) });
});

/** Writes the views as they look on a day; gives the number of calls. */
function write(world: World, day: string, charactersMax?: number): number {
  const app = appAt(world, day);
  const loaded = loadBook(app.host);
  const groups = viewRequests(loaded, loaded, app.run, charactersMax);
  for (const group of groups) app.host.workbook.commit(group);
  return groups.length;
}

const shown = (world: World) => [...rowsOf(world, 'Rent Roll')];

it('is one call for a portfolio that fits, new rows and changed ones together', () => {
  const world = fresh.clone();
  expect(write(world, '2026-11-02')).toBe(1);
  importRows(world, 'Leases', [leaseOf('L-6')]);
  world.run('tick', [], { trigger: 'time' });
  expect(write(world, '2026-12-20')).toBe(1);
});

it('appends its rows in parts, and later changes them in parts', () => {
  const [whole, parts] = [fresh.clone(), fresh.clone()];
  write(whole, '2026-11-02');
  expect(write(parts, '2026-11-02', ONE_ROW)).toBe(5);
  expect(shown(parts)).toEqual(shown(whole));
  expect(shown(parts).map((row) => row['Lease ID'])).toEqual(IDS);
  for (const world of [whole, parts]) world.run('tick', [], { trigger: 'time' });
  write(whole, '2026-12-20');
  expect(write(parts, '2026-12-20', ONE_ROW)).toBe(5);
  expect(shown(parts)).toEqual(shown(whole));
  expect(shown(parts)[0]?.Status).toMatch(/late/i);
});

it('takes rows out only after the others have been written at their places', () => {
  const world = fresh.clone();
  write(world, '2026-11-02');
  const app = appAt(world, '2026-12-20');
  const loaded = loadBook(app.host);
  const without = {
    ...loaded,
    book: { ...loaded.book, leases: loaded.book.leases.filter((lease) => lease.id !== 'L-2') },
  };
  for (const group of viewRequests(loaded, without, app.run, ONE_ROW)) app.host.workbook.commit(group);
  expect(shown(world).map((row) => row['Lease ID'])).toEqual(['L-1', 'L-3', 'L-4', 'L-5']);
  commit(app.host, loadBook(app.host), app.run, { views: true });
  expect(
    shown(world)
      .map((row) => row['Lease ID'])
      .sort(),
  ).toEqual(IDS);
});
