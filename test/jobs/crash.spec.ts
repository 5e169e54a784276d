/** Every job killed at service call 1, 2, 3, …: once the ordinary triggers have run, the world is the uninterrupted one. */
import { bare, callApi, csvOf, leaseOf, typeInto, type World } from '../worlds';
import { type Canon, differences } from './canon';
import { byTrigger, comesToTheSameEnd, type Job, recover } from './crash-harness';
import { firstOfMonth, morningAfter, paymentsWaiting } from './crash-worlds';

const byPerson =
  (name: string, args: readonly unknown[] = []) =>
  (world: World) =>
    callApi(world, name, args).ok;

const NEW_LEASES = csvOf([leaseOf('L-7'), leaseOf('L-8', { Rent: '800.00' }), leaseOf('L-1', { Rent: '1100.00' })]);

const JOBS: readonly Job[] = [
  {
    name: 'poll with payments, a refund and a dispute',
    handler: 'poll',
    world: paymentsWaiting,
    start: byTrigger('poll'),
  },
  { name: 'tick on the first of a month', handler: 'tick', world: firstOfMonth, start: byTrigger('tick') },
  { name: 'deliver with mails, Slack and autopay', handler: 'api', world: morningAfter, start: byPerson('deliver') },
  {
    name: 'resume with a day, payments and effects',
    handler: 'resume',
    world: paymentsWaiting,
    start: byTrigger('resume'),
  },
  {
    name: 'import of leases',
    handler: 'api',
    world: firstOfMonth,
    start: byPerson('importCsv', [{ tab: 'Leases', name: 'leases.csv', text: NEW_LEASES }]),
    again: true,
  },
  {
    name: 'set up of an empty file',
    handler: 'api',
    world: () => bare('2026-12-01'),
    start: byPerson('setUp', [{ zone: 'America/New_York', currency: 'USD', booksOpenOn: '2026-12-01' }]),
    again: true,
  },
  {
    name: 'set up of a file in use',
    handler: 'api',
    world: firstOfMonth,
    start: byPerson('setUp', [{ zone: 'America/New_York', currency: 'USD', booksOpenOn: '2026-11-01' }]),
    again: true,
  },
];

describe.each(JOBS)('$name', (job) => {
  it('comes to the same end wherever it is killed', () => comesToTheSameEnd(job));
});

describe('an edit', () => {
  it('is in the Log once or, when its run was killed before it could write, not at all, and nothing else differs', () => {
    const base = firstOfMonth();
    const from = base.state.nowMs;
    const type = (world: World) =>
      typeInto(world, 'Leases', 'L-2', 'Notes', 'promised to call').runs.every((run) => run.ok);
    const whole = base.clone();
    expect(type(whole)).toBe(true);
    const reference = recover(whole, from);
    const isEdit = (line: string) => line.includes('Leases!R3 edited');
    const without = (canon: Canon): Canon => ({ ...canon, log: canon.log.filter((line) => !isEdit(line)) });
    expect(reference.log.filter(isEdit)).toHaveLength(1);
    const lines: number[] = [];
    for (let call = 1; ; call++) {
      const world = base.clone();
      world.faults.killAt(call, 'after', 'edited');
      if (type(world)) break;
      const canon = recover(world, from);
      expect([`killed after call ${call}`, ...differences(without(canon), without(reference))]).toHaveLength(1);
      lines.push(canon.log.filter(isEdit).length);
    }
    expect(lines).toEqual([...lines].sort());
    expect([...new Set(lines)]).toEqual([0, 1]);
  });
});
