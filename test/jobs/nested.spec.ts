/** Another run, start to end, inside service call 1, 2, 3, … of the first: the document lock holds, nothing is done twice. */
import { leapTo, MINUTE, typeInto, type World } from '../worlds';
import { type Canon, canonOf, differences } from './canon';
import { shortNight } from './crash-worlds';

interface Pair {
  readonly first: string;
  readonly second: string;
  readonly world: () => World;
  readonly inside: (world: World) => void;
}

const run = (handler: string) => (world: World) => void world.run(handler, [], { trigger: 'time' });
const edit = (world: World) => void typeInto(world, 'Leases', 'L-2', 'Notes', 'promised to call', 'owner@example.com');

const PAIRS: readonly Pair[] = [
  { first: 'tick', second: 'tick', world: shortNight, inside: run('tick') },
  { first: 'tick', second: 'poll', world: shortNight, inside: run('poll') },
  { first: 'poll', second: 'poll', world: shortNight, inside: run('poll') },
  { first: 'tick', second: 'an edit', world: shortNight, inside: edit },
];

/** Which run comes first decides whether a message knows of a payment already: what it says is set aside. */
const seen = (world: World): Canon => {
  const canon = canonOf(world);
  return { ...canon, log: canon.log.map((line) => line.replace(/, content [0-9a-f]{64}/, '')) };
};

function settled(world: World, from: number): Canon {
  for (const minutes of [12, 25]) leapTo(world, from + minutes * MINUTE);
  return seen(world);
}

describe.each(PAIRS)('$second inside $first', ({ first, world: made, inside }) => {
  it('comes to the same end at every service call', () => {
    const base = made();
    const from = base.state.nowMs;
    const apart = base.clone();
    run(first)(apart);
    inside(apart);
    const soon = seen(apart);
    const reference = settled(apart, from);
    expect(reference.verify).toEqual([]);
    let call = 1;
    for (; ; call++) {
      const world = base.clone();
      let reached = false;
      world.during(
        call,
        (same) => {
          reached = true;
          inside(same);
        },
        first,
      );
      run(first)(world);
      if (!reached) break;
      // Mostly all is the same at once; what had to wait for the lock is there a few triggers later.
      if (differences(seen(world), soon).length === 0) continue;
      expect([`inside call ${call}`, ...differences(settled(world, from), reference)]).toEqual([`inside call ${call}`]);
    }
    expect(call).toBeGreaterThan(20);
  });
});
