/** The world as a whole: it is saved, opened, cloned and repeated, and people edit it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../local/world';
import { type Counter, counter, OWNER, tinyBundle, tinyWorld } from './host/tiny-world';

const APP = tinyBundle(`
  function setUp() { ScriptApp.newTrigger('poll').timeBased().everyMinutes(10).create(); }
  function poll() {
    var props = PropertiesService.getUserProperties();
    var n = Number(props.getProperty('n') || 0) + 1;
    props.setProperty('n', n);
    UrlFetchApp.fetch('https://api.counter.test/poll?n=' + n, { muteHttpExceptions: true });
    var sheet = SpreadsheetApp.getActive().getSheetByName('Sheet1');
    sheet.appendRow([n, Utilities.getUuid(), Math.random(), new Date().toISOString()]);
    console.log('poll ' + n);
  }
  function rows() { return SpreadsheetApp.getActive().getSheetByName('Sheet1').getDataRange().getValues(); }
  function onEdit(e) { return [e.range.getA1Notation(), e.value, e.oldValue, e.source.getName(), String(e.authMode)]; }
`);

function json(world: World): string {
  return JSON.stringify([world.state, world.workbook]);
}

function lived(seed = 1): World {
  const world = tinyWorld(APP, { seed });
  world.run('setUp');
  world.faults.atVendor({ vendor: 'counter', what: 'server-error', when: { rate: 0.3 } });
  world.advanceTo('2026-03-02T17:00:00Z');
  return world;
}

describe('a world', () => {
  it('is the same, byte for byte, when the same is done in it again', () => {
    expect(json(lived())).toBe(json(lived()));
    expect(json(lived(2))).not.toBe(json(lived(1)));
  });

  it('goes on after it is saved and opened as if nothing had happened', () => {
    const dir = mkdtempSync(join(tmpdir(), 'world-'));
    try {
      const world = lived();
      world.save(dir);
      world.save(dir);
      expect(readdirSync(dir)).toHaveLength(2);
      const opened = (world.constructor as typeof World).open(dir, { bundle: APP, sandboxes: [counter] });
      for (const one of [world, opened]) one.advanceTo('2026-03-02T19:00:00Z');
      expect(json(opened)).toBe(json(world));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('is not touched by what is done to its clone', () => {
    const world = lived();
    const before = json(world);
    const copy = world.clone();
    expect(json(copy)).toBe(before);
    copy.advanceTo('2026-03-02T19:00:00Z');
    copy.edit('Sheet1', 'A1', 'changed');
    copy.vendorState<Counter>('counter').seen.length = 0;
    expect(json(world)).toBe(before);
  });

  it('keeps the last 500 executions with their log', () => {
    const world = tinyWorld(APP);
    for (let run = 0; run < 502; run++) world.run('poll');
    expect(world.executions).toHaveLength(500);
    expect(world.executions.at(-1)).toMatchObject({ handler: 'poll', user: OWNER, ok: true, log: ['poll 502'] });
    expect(world.executions[0]?.log).toEqual(['poll 3']);
  });
});

describe('a person’s edit', () => {
  it('runs onEdit with the range, the value and the value before', () => {
    const world = tinyWorld(APP);
    world.edit('Sheet1', 'B2', 'first');
    const { runs } = world.edit('Sheet1', 'B2', 'second');
    expect(runs.map((run) => run.value)).toEqual([['B2', 'second', 'first', 'Rent', 'LIMITED']]);
  });

  it('of many cells has no value', () => {
    const world = tinyWorld(APP);
    const { runs } = world.paste('Sheet1', 'A1', [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(runs.map((run) => run.value)).toEqual([['A1:B2', null, null, 'Rent', 'LIMITED']]);
  });

  it('can happen inside a service call of a run', () => {
    const world = tinyWorld(APP);
    const ran: unknown[] = [];
    world.during(3, (inside) => ran.push(inside.edit('Sheet1', 'Z9', 'me too').runs[0]?.ok));
    expect(world.run('poll').ok).toBe(true);
    expect(ran).toEqual([true]);
  });

  it('by a script sets off nothing', () => {
    const world = tinyWorld(APP);
    world.run('poll');
    expect(world.executions.map((run) => run.handler)).toEqual(['poll']);
  });
});

describe('a crash at every call', () => {
  it('leaves a world that the next run completes', () => {
    const total = tinyWorld(APP).run('poll').totalCalls;
    expect(total).toBeGreaterThan(4);
    for (let call = 1; call <= total; call++) {
      const world = tinyWorld(APP);
      world.faults.killAt(call);
      expect(world.run('poll')).toMatchObject({ killed: true, totalCalls: call });
      expect(world.run('poll').ok).toBe(true);
      expect((world.run('rows').value as unknown[]).length).toBe(1);
    }
  });
});

describe('a vendor’s account', () => {
  it('is opened on first sight, and only for vendors of this world', () => {
    const world = tinyWorld(APP);
    expect(world.vendorState<Counter>('counter')).toEqual({ seen: [] });
    expect(() => world.vendorState('nobody')).toThrow('This world has no nobody');
    expect(() => world.load('counter', [])).toThrow('takes no objects');
  });
});
