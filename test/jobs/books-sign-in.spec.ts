/** Books whose sign-in has ended: what they are to be told waits for the person who signs in again, and none of it is lost. */
import { askApi } from '../../local/cli/api';
import { stageOf } from '../../local/story/stage';
import type { QuickbooksState } from '../../local/vendors/quickbooks';
import { chaptersOf, FIRST, openYear } from '../simulation/money-year/world';
import { HOUR, leapTo, type World } from '../worlds';

interface Told {
  readonly channel: string;
  readonly state: string;
  readonly fault: string;
}

const told = (world: World): readonly Told[] =>
  askApi<{ outbox: readonly Told[] }>(world, 'exportBook').outbox.filter(({ channel }) => channel === 'quickbooks');
const invoices = (world: World) => Object.values(world.vendorState<QuickbooksState>('quickbooks').objects.Invoice);

it('what books are to be told waits for a sign-in that has ended, and goes out after it', () => {
  const chapters = chaptersOf({ quickbooks: ['QB-1'] });
  const world = openYear(1, chapters);
  const before = invoices(world).length;
  world.faults.atVendor({ vendor: 'quickbooks', what: 'unauthorized', when: 'always' });
  for (let hour = 14; hour < 40; hour += 6) leapTo(world, Date.parse('2026-12-01T00:00:00Z') + hour * HOUR);
  expect(told(world).map(({ state }) => state)).toEqual(['ready']);
  expect(told(world)[0]?.fault).toMatch(/[Ss]ign in again|were refused/);
  world.faults.clear('quickbooks');
  chapters[0]?.connect(stageOf(world, 'quickbooks', FIRST));
  leapTo(world, world.now + 2 * HOUR);
  expect(told(world).map(({ state }) => state)).toEqual(['sent']);
  expect(invoices(world)).toHaveLength(before + 1);
});
