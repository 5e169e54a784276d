/** News of messages, and what is held and taken back, killed at every service call: the end is the uninterrupted one. */
import { bookOf, callApi, tabOf, type World } from '../worlds';
import { gotten } from './carriers-canon';
import { effects, paysByCheque } from './carriers-world';
import { decidedAtNight, newsOfTheMorning, paidAtNight, TINA } from './crash-carriers-worlds';
import { byTrigger, comesToTheSameEnd, everyKill, type Job, recover } from './crash-harness';

const byPerson = (name: string) => (world: World) => callApi(world, name, []).ok;

/** The last ones in the morning, when what is held has arrived. */
const UNTIL_MORNING = [12, 45, 75, 448, 500];

const JOBS: readonly Job[] = [
  {
    name: 'poll with payments, a bounce and an opt-out',
    handler: 'poll',
    world: newsOfTheMorning,
    start: byTrigger('poll'),
    after: [12, 45, 75, 140, 210],
  },
  {
    name: 'deliver with messages that are handed over and messages that are taken back',
    handler: 'api',
    world: paidAtNight,
    start: byPerson('deliver'),
    after: UNTIL_MORNING,
  },
];

const states = (world: World, ...kinds: readonly string[]) =>
  effects(world)
    .filter((row) => kinds.includes(row.kind))
    .map((row) => `${row.kind} ${row.state}`)
    .sort();

describe('the worlds in which they are killed', () => {
  it('have a bounce, an opt-out and payments to hear of at once', () => {
    const world = newsOfTheMorning();
    byTrigger('poll')(world);
    expect(tabOf(world, 'Contacts').map((row) => [row.Address, row.State])).toEqual([
      ['o-2@example.com', 'bounced'],
      [TINA, 'opted out'],
    ]);
    expect(tabOf(world, 'Tasks').map((row) => row.Key)).toContain('task:unreached:late:O-2:2026-12');
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(4);
  });

  it('have two messages to take back and two to hand over', () => {
    const world = paidAtNight();
    expect(states(world, 'due-today')).toEqual(['due-today scheduled', 'due-today scheduled']);
    byPerson('deliver')(world);
    expect(states(world, 'due-today', 'receipt')).toEqual([
      'due-today cancelled',
      'due-today cancelled',
      'receipt scheduled',
      'receipt scheduled',
    ]);
  });

  it('have two messages to hand over', () => {
    const world = decidedAtNight();
    expect(states(world, 'due-today')).toEqual(['due-today ready', 'due-today ready']);
    byPerson('deliver')(world);
    expect(states(world, 'due-today')).toEqual(['due-today scheduled', 'due-today scheduled']);
  });
});

describe.each(JOBS)('$name', (job) => {
  it('comes to the same end wherever it is killed', () => comesToTheSameEnd(job));
});

describe('a hand-over that is cut off anywhere', () => {
  const HAND_OVER: Job = {
    name: 'deliver with messages that are handed over',
    handler: 'api',
    world: decidedAtNight,
    start: byPerson('deliver'),
  };

  it('comes to the same end', () => comesToTheSameEnd({ ...HAND_OVER, after: UNTIL_MORNING }));

  it('lets no reminder out of which the rent is paid a moment later', () => {
    const base = decidedAtNight();
    const kills = everyKill(HAND_OVER, base, (world, where) => {
      for (const lease of ['E-1', 'T-1']) paysByCheque(world, lease, '1000.00');
      recover(world, base.state.nowMs, UNTIL_MORNING);
      const cancelled = ['due-today cancelled', 'due-today cancelled'];
      expect([where, ...states(world, 'due-today')]).toEqual([where, ...cancelled]);
      expect([where, ...gotten(world).filter((line) => /due today/.test(line))]).toEqual([where]);
    });
    expect(kills).toBeGreaterThan(20);
  });
});
