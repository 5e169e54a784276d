/** Every job killed at service call 1, 2, 3, …: once the ordinary triggers have run, the world is the uninterrupted one. */
import { bare, callApi, csvOf, leapTo, leaseOf, MINUTE, typeInto, type World } from '../worlds';
import { type Canon, canonOf, cutOff, differences } from './canon';
import { firstOfMonth, morningAfter, paymentsWaiting } from './crash-worlds';

interface Job {
  readonly name: string;
  /** Function of the script that is killed. */
  readonly handler: string;
  readonly world: () => World;
  /** Starts the job; true when it came to its end. */
  readonly start: (world: World) => boolean;
  /** A person whose click was cut off clicks again. */
  readonly again?: boolean;
}

const byTrigger = (handler: string) => (world: World) => world.run(handler, [], { trigger: 'time' }).ok;
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

/** Polls and ticks come as ever; a quarter of an hour apart is enough, for a dead run is known after seven minutes. */
function recover(world: World, from: number): Canon {
  for (const minutes of [12, 62, 75]) leapTo(world, from + minutes * MINUTE);
  return canonOf(world);
}

/** All that a later run could find, without the clock: two kills that leave the same behind need one recovery. */
const leftBehind = (world: World): string =>
  JSON.stringify([
    world.workbook,
    world.properties,
    world.state.vendors,
    world.mailbox.length,
    world.triggers.map(({ handler, nextMs }) => [handler, nextMs === undefined]),
  ]);

/**
 * Effects that were under way are set aside on both sides: a mail or a post of which nobody can know whether it left, and
 * a charge that left, whose payment a poll then saw before the answer was asked for again. Everything else must be equal.
 */
function apart(canon: Canon, unsure: readonly string[]): Canon {
  const mine = (text: string) => unsure.some((key) => text.includes(JSON.stringify(key)));
  const outbox = Object.fromEntries(Object.entries(canon.outbox).filter(([key]) => !unsure.includes(key)));
  const mails = Object.fromEntries(
    Object.entries(canon.mails).filter(([name]) => !unsure.includes(name.split(' to ')[0] ?? '')),
  );
  return {
    ...canon,
    outbox,
    mails,
    log: canon.log.filter((line) => !mine(line)),
    slack: unsure.some(isSlack) ? {} : canon.slack,
  };
}

/** Of an effect that was cut off there is no copy or one, never two. */
const copies = (canon: Canon, unsure: readonly string[]): readonly string[] =>
  [
    ...Object.entries(canon.mails).filter(([, count]) => count > 1),
    ...(unsure.some(isSlack) ? Object.entries(canon.slack).filter(([, count]) => count > 1) : []),
  ].map(([name, count]) => `${count} copies of ${name}`);

const isSlack = (key: string) => key.startsWith('slack:');

describe.each(JOBS)('$name', ({ handler, world: made, start, again }) => {
  it('comes to the same end wherever it is killed', () => {
    const base = made();
    const from = base.state.nowMs;
    const whole = base.clone();
    expect(start(whole)).toBe(true);
    const reference = recover(whole, from);
    expect(reference.verify).toEqual([]);
    const recovered = new Set<string>();
    let kills = 0;
    // To die before a call is to die after the one before it: nothing that lasts happens in between.
    for (let call = 0; ; call++) {
      const [side, at] = call === 0 ? (['before', 1] as const) : (['after', call] as const);
      const world = base.clone();
      world.faults.killAt(at, side, handler);
      if (start(world)) break;
      kills++;
      const left = leftBehind(world);
      if (recovered.has(left)) continue;
      recovered.add(left);
      if (again) start(world);
      const canon = recover(world, from);
      const unsure = cutOff(canon);
      const where = `killed ${side} call ${at}, unsure ${unsure.join(', ') || 'nothing'}`;
      expect([where, ...differences(apart(canon, unsure), apart(reference, unsure))]).toEqual([where]);
      expect([where, ...copies(canon, unsure)]).toEqual([where]);
    }
    expect(kills).toBeGreaterThan(5);
  });
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
