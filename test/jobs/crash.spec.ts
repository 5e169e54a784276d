/** Every job killed at service call 1, 2, 3, …: once the ordinary triggers have run, the world is the uninterrupted one. */
import { askApi, callApi, HOUR, leapTo, MINUTE, type World } from '../worlds';
import { type Canon, canonOf, differences, unsureIn } from './canon';
import { firstOfMonth, morningAfter, paymentsWaiting } from './crash-worlds';
import { csvOf, leaseOf, typeInto, bare } from '../worlds';

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
const byPerson = (name: string, args: readonly unknown[] = []) => (world: World) => callApi(world, name, args).ok;

const NEW_LEASES = csvOf([leaseOf('L-7'), leaseOf('L-8', { Rent: '800.00' }), leaseOf('L-1', { Rent: '1100.00' })]);

const JOBS: readonly Job[] = [
  { name: 'poll with payments, a refund and a dispute', handler: 'poll', world: paymentsWaiting, start: byTrigger('poll') },
  { name: 'tick on the first of a month', handler: 'tick', world: firstOfMonth, start: byTrigger('tick') },
  { name: 'deliver with mails, Slack and autopay', handler: 'api', world: morningAfter, start: byPerson('deliver') },
  { name: 'resume with a day, payments and effects', handler: 'resume', world: paymentsWaiting, start: byTrigger('resume') },
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
  for (const minutes of [12, 62, 74, 86, 98]) leapTo(world, from + minutes * MINUTE);
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

/** Effects of which nobody can know whether they left are set aside on both sides; everything else must be equal. */
function apart(canon: Canon, unsure: readonly string[]): Canon {
  const mine = (text: string) => unsure.some((key) => text.includes(JSON.stringify(key)));
  const outbox = Object.fromEntries(Object.entries(canon.outbox).filter(([key]) => !unsure.includes(key)));
  const mails = Object.fromEntries(Object.entries(canon.mails).filter(([name]) => !unsure.includes(name.split(' to ')[0] ?? '')));
  return { ...canon, outbox, mails, log: canon.log.filter((line) => !mine(line)), slack: unsure.some(isSlack) ? {} : canon.slack };
}

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
    for (let call = 1; ; call++) {
      let ended = false;
      for (const side of ['before', 'after'] as const) {
        const world = base.clone();
        world.faults.killAt(call, side, handler);
        ended = start(world);
        if (ended) break;
        kills++;
        const left = leftBehind(world);
        if (recovered.has(left)) continue;
        recovered.add(left);
        if (again) start(world);
        const canon = recover(world, from);
        const unsure = unsureIn(canon);
        const where = `killed ${side} call ${call}, unsure ${unsure.join(', ') || 'nothing'}`;
        expect([where, ...differences(apart(canon, unsure), apart(reference, unsure))]).toEqual([where]);
      }
      if (ended) break;
    }
    console.log(kills, recovered.size);
    expect(kills).toBeGreaterThan(5);
  });
});
