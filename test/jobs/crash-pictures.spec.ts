/** A poll that reads what people changed in a CRM, and tells it how leases stand and of tasks, killed at every service call. */
import { callApi, disputeOf, intentOf, loadStripe, type World } from '../worlds';
import { effects, mornings } from './carriers-world';
import { byTrigger, comesToTheSameEnd, type Job } from './crash-harness';
import { ask, crmHouse, differences, later, offers, reports, types } from './crm-world';

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** L-1 has paid, its task is closed there; then the bank takes it back, and the office works on the contact of L-2. */
const waiting = once((): World => {
  const world = crmHouse();
  mornings(world, '2026-12-02', '2026-12-07', '2026-12-14');
  loadStripe(world, [intentOf('pi_L1', 'L-1', 105_000, world.now)]);
  later(world, 12, 24);
  types(world, 'L-2', { rent_status: 'paid', phone: '+15125550144' });
  loadStripe(world, [disputeOf('dp_L1', 'pi_L1', 105_000, world.now, 'needs_response')]);
  later(world, 0.5);
  world.state.nowMs += 10 * 60_000;
  return world;
});

/** The report is open already; the bank’s news is in the ledger and nobody is told of it yet. */
const decided = once((): World => {
  const world = waiting().clone();
  world.faults.atVendor({ vendor: 'hubspot', what: 'server-error', when: 'always' });
  world.run('poll', [], { trigger: 'time' });
  world.faults.clear();
  later(world, 1);
  world.state.nowMs += 40 * 60_000;
  return world;
});

const JOBS: readonly Job[] = [
  {
    name: 'a poll with a report, an offer and a bounced payment',
    handler: 'poll',
    world: () => waiting().clone(),
    start: byTrigger('poll'),
  },
  {
    name: 'deliver with standings and a task that opens again',
    handler: 'api',
    world: () => decided().clone(),
    start: (world) => callApi(world, 'deliver', []).ok,
    after: [12, 62, 75, 140],
  },
  {
    name: 'Fix on the card',
    handler: 'api',
    world: once((): World => {
      const world = waiting().clone();
      world.run('poll', [], { trigger: 'time' });
      return later(world, 1);
    }),
    start: (world) => callApi(world, 'fixDifferences', [{ request: 'fix-hubspot-0001', platform: 'hubspot' }]).ok,
    again: true,
  },
];

describe('the worlds in which they are killed', () => {
  it('have all of it to do', () => {
    const world = waiting().clone();
    expect([reports(world), offers(world)]).toEqual([[], []]);
    const before = effects(world).length;
    world.run('poll', [], { trigger: 'time' });
    expect([reports(world).length, offers(world).length, differences(world).length]).toEqual([1, 1, 1]);
    const fresh = effects(world)
      .slice(before)
      .filter(({ channel }) => channel === 'hubspot');
    expect(fresh.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(['standing sent', 'task sent']);
    const late = decided().clone();
    const open = effects(late).filter(({ channel, state }) => channel === 'hubspot' && state === 'ready');
    expect(open.map(({ kind }) => kind).sort()).toEqual(['standing', 'task']);
    ask(late, 'deliver');
    expect(effects(late).filter(({ channel, state }) => channel === 'hubspot' && state === 'ready')).toEqual([]);
  });
});

describe.each(JOBS)('$name', (job) => {
  it('comes to the same end wherever it is killed', () => comesToTheSameEnd(job));
});
