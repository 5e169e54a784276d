/** A realm that serves many executions and a fresh one for each: nobody in a world can tell which it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alwaysFresh, type Bundle, loadBundle } from '../../local/host/bundle';
import { sandboxes } from '../../local/vendors';
import { paymentsWaiting } from '../jobs/crash-worlds';
import { builtBundle } from '../simulation/bundle';
import { askApi, callApi, leapTo, liveDays, tabOf, typeInto, World } from '../worlds';
import { tinyBundle, tinyWorld } from './tiny-world';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rent-ledger-realms-'));
  paymentsWaiting().save(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Days with polls, ticks, edits, clicks, kills and errors; gives all that is left of it and all that was answered. */
function lived(bundle: Bundle): string {
  const world = World.open(folder, { bundle, sandboxes });
  const from = world.now;
  const answers: unknown[] = [];
  for (const call of [2, 9, 17]) {
    world.faults.killAt(call, 'after', 'poll');
    answers.push(world.run('poll', [], { trigger: 'time' }).killed);
    leapTo(world, world.now + 12 * 60_000);
  }
  world.during(3, (within) => answers.push(typeInto(within, 'Leases', 'L-2', 'Notes', 'called').runs.length), 'tick');
  leapTo(world, from + 4 * 3_600_000);
  answers.push(callApi(world, 'noSuchCall', []), world.run('noSuchFunction').error, askApi(world, 'verify'));
  answers.push(
    world.visit().map(({ ok, calls }) => [ok, calls]),
    world.doGet({}),
    world.card().value,
  );
  liveDays(world, '2026-12-03', '2026-12-06');
  answers.push(tabOf(world, 'Rent Roll'), askApi(world, 'exportBook'));
  return JSON.stringify([world.state, world.workbook, answers], (name, value) => (name === 'wallMs' ? 0 : value), 1);
}

describe('a realm that serves again', () => {
  it('leads to the same world byte for byte: cells, mails, vendors, counts of calls, times and logs', () => {
    const bundle = loadBundle(builtBundle());
    expect(bundle.keepsNothing).toBe(true);
    const fresh = lived(alwaysFresh(bundle)).split('\n');
    expect(fresh.length).toBeGreaterThan(5_000);
    expect(lived(bundle).split('\n')).toEqual(fresh);
    // And once more, when every realm has served.
    expect(lived(bundle).split('\n')).toEqual(fresh);
  });

  const APP = `
    var loads = (typeof loads === 'number' ? loads : 0) + 1;
    var n = 0;
    function count() { n += 1; Logger.log('line ' + n); return [loads, n, Logger.getLog(), typeof left]; }
    function chance() { return [Math.random(), Date.now()]; }
    function lock() { return LockService.getDocumentLock() !== null; }
    function stay() { for (;;) n += 1; }
  `;
  const kept = () => tinyWorld({ ...tinyBundle(APP), keepsNothing: true });

  it('evaluates the app once, and begins its log, its chance and its clock anew', () => {
    const [world, fresh] = [kept(), tinyWorld(tinyBundle(APP))];
    expect([world.run('count').value, world.run('count').value]).toEqual([
      [1, 1, 'line 1', 'undefined'],
      [1, 2, 'line 2', 'undefined'],
    ]);
    expect([fresh.run('count').value, fresh.run('count').value]).toEqual(Array(2).fill([1, 1, 'line 1', 'undefined']));
    expect(world.run('chance').value).toEqual(fresh.run('chance').value);
    expect(world.run('chance').value).toEqual(fresh.run('chance').value);
  });

  it('has the locks of a document or not, by how it was started this time', () => {
    const world = kept();
    const web = (trigger: 'web' | 'time') => world.run('lock', [], { trigger }).value;
    expect([web('time'), web('web'), web('time')]).toEqual([true, false, true]);
  });

  it('does not serve again when it was stopped in the middle of a loop', () => {
    const world = kept();
    world.run('count');
    world.wallLimitMs = 50;
    expect(world.run('stay').killed).toBe(true);
    world.wallLimitMs = 60_000;
    expect(world.run('count').value).toEqual([1, 1, 'line 1', 'undefined']);
  });
});
