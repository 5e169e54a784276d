/** The page's one state: clock, tabs, people, counts, switches, and what is under way. */
import { zoneOf } from '../../cli/advance';
import { dayAt } from '../../cli/days';
import { rowsOf } from '../../cli/tabs';
import { armedFaults, TROUBLES } from '../../cli/verbs/fail';
import { clockText } from '../../cli/words';
import type { SlackState } from '../../vendors/slack';
import type { World } from '../../world';
import type { PageState } from '../types';
import { carriedCount } from './carried';
import type { Desk } from './desk';
import { peopleOf } from './people';
import { chartCount, isGuarded } from './tab-view';
import { textCount } from './texts';

/** `Sun, 8 Nov 2026, 23:59` on the wall clock of the zone. */
export function momentText(atMs: number, zone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(atMs);
  const day = part({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${part({ hour: '2-digit', minute: '2-digit' })}`;
}

/** What the Rent Roll says is wrong with a row. Read from its cells: a look must cost nothing. */
function problemsOf(world: World): string[] {
  return [...rowsOf(world, 'Rent Roll')]
    .filter(({ Problem = '' }) => Problem !== '')
    .map(({ 'Lease ID': lease = '', Problem = '' }) => `${lease}: ${Problem}`);
}

function switchesOf(world: World): PageState['switches'] {
  const armed = armedFaults(world);
  return world.sandboxes.map(({ id, title }) => ({
    vendor: id,
    title,
    armed: armed.filter((line) => line.startsWith(`${id} `)).map((line) => line.slice(id.length + 1)),
  }));
}

export function pageState(desk: Desk): PageState {
  const { world, revision, running, saver } = desk;
  const { workbook, now } = world;
  const zone = zoneOf(world);
  const visible = workbook.state.sheets.filter((sheet) => sheet.properties.hidden !== true);
  const pastMs = desk.past.before(now);
  return {
    revision,
    title: workbook.state.properties.title,
    book: desk.book.path,
    nowMs: now,
    zone,
    today: dayAt(now, zone),
    clock: clockText(now, zone),
    tabs: visible.map((sheet) => ({
      id: sheet.id,
      title: sheet.title,
      rows: Math.max(0, sheet.usedRows - 1),
      isGuarded: isGuarded(sheet),
      charts: chartCount(sheet),
    })),
    people: peopleOf(world),
    ...(pastMs === undefined ? {} : { past: { atMs: pastMs, label: momentText(pastMs, zone) } }),
    mails: world.mailbox.length + carriedCount(world),
    texts: textCount(world),
    chats: world.vendorState<SlackState>('slack').messages.length,
    executions: world.executions.length,
    problems: problemsOf(world),
    switches: switchesOf(world),
    troubles: Object.fromEntries(Object.entries(TROUBLES).map(([word, trouble]) => [word, trouble.title])),
    ...(running === undefined ? {} : { busy: running }),
    ...(saver.trouble === '' ? {} : { unsaved: saver.trouble }),
  };
}
