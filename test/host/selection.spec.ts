/** The cursor: scripts that a person starts find it where that person put it, and all others at the first cell. */
import type { TriggerKind } from '../../local/host/state';
import type { World } from '../../local/world';
import { OWNER, tinyWorld } from './tiny-world';

const GUEST = 'guest@gmail.com';
const APP = `
  function where() {
    var sheet = SpreadsheetApp.getActiveSheet(), range = SpreadsheetApp.getActiveRange();
    var cell = SpreadsheetApp.getCurrentCell();
    return [sheet.getName(), range.getA1Notation(), cell.getA1Notation(), range.getRow(), range.getNumRows(), cell.getRow()];
  }
  function tabs() { SpreadsheetApp.getActive().insertSheet('Leases'); }
  function jump() { SpreadsheetApp.getActive().getSheetByName('Leases').getRange('C7').activate(); return where(); }
  function onEdit() { return where(); }
  function doGet() { return ContentService.createTextOutput(JSON.stringify(where())); }`;

function twoTabs(): World {
  const world = tinyWorld(APP);
  world.run('tabs');
  return world;
}
const where = (world: World, trigger?: TriggerKind, user = OWNER) =>
  world.run('where', [], { user, ...(trigger === undefined ? {} : { trigger }) }).value;

const FIRST = ['Sheet1', 'A1', 'A1', 1, 1, 1];

describe('the selection', () => {
  it('is the first cell until somebody has put the cursor somewhere', () => {
    expect(where(twoTabs())).toEqual(FIRST);
  });

  it.each([undefined, 'sidebar'] as const)('is found by a run that its person starts (%s)', (trigger) => {
    const world = twoTabs();
    world.select('Leases', 'B4:D6');
    expect(where(world, trigger)).toEqual(['Leases', 'B4:D6', 'B4', 4, 3, 4]);
  });

  it.each(['time', 'web', 'custom'] as const)('is not seen by a run that has no window (%s)', (trigger) => {
    const world = twoTabs();
    world.select('Leases', 'B4');
    expect(where(world, trigger)).toEqual(FIRST);
  });

  it('is each person’s own', () => {
    const world = twoTabs();
    world.select('Leases', 'B4');
    world.select('Sheet1', 'E9', GUEST);
    expect(where(world, 'sidebar', GUEST)).toEqual(['Sheet1', 'E9', 'E9', 9, 1, 9]);
    expect(where(world, 'sidebar')).toEqual(['Leases', 'B4', 'B4', 4, 1, 4]);
  });

  it('is where a person has just typed', () => {
    const { runs } = twoTabs().edit('Leases', 'C3', 'x');
    expect(runs[0]?.value).toEqual(['Leases', 'C3', 'C3', 3, 1, 3]);
  });

  it('is where a script has put it, for that run and for its person afterwards', () => {
    const world = twoTabs();
    expect(world.run('jump', [], { trigger: 'sidebar' }).value).toEqual(['Leases', 'C7', 'C7', 7, 1, 7]);
    expect(where(world)).toEqual(['Leases', 'C7', 'C7', 7, 1, 7]);
    expect(where(world, 'sidebar', GUEST)).toEqual(FIRST);
  });

  it('falls back to the first cell when its tab or its row is gone', () => {
    const world = twoTabs();
    world.select('Ledger', 'B4');
    expect(where(world)).toEqual(FIRST);
    world.select('Leases', 'B4000');
    expect(where(world)).toEqual(['Leases', 'A1', 'A1', 1, 1, 1]);
  });
});
