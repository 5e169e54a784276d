/** Runs that people start, watch, stop and leave to the owner; what a page that is opened later sees of them. */
import type { RunProgress } from '../../src/api/desk/runs';
import type { Refusal } from '../../src/api/desk/told';
import {
  askApi,
  bookOf,
  callApi,
  HOUR,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  MINUTE,
  sheetsCalls,
  smallWorld,
  standAt,
  tabOf,
  typeInto,
  type World,
} from '../worlds';

type Run = NonNullable<RunProgress['run']>;

const progressOf = (world: World): RunProgress => askApi<RunProgress>(world, 'progress');
const start = (world: World, job: string, request = 'r1'): RunProgress & Partial<Refusal> =>
  askApi(world, 'startRun', [{ request, job }]);
const runOf = ({ run }: RunProgress): Run => {
  if (!run) throw new Error('no run has told of itself');
  return run;
};
const steps = (run: Run): readonly (readonly [string, string])[] => run.steps.map(({ name, state }) => [name, state]);
const countOf = (run: Run, what: string): number =>
  run.steps.flatMap(({ counts }) => counts).find((each) => each.what === what)?.count ?? 0;

/** The morning of the second of December: the first is charged; payments wait at Stripe and nothing else is to be done. */
function december(): World {
  const world = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1'), leaseOf('L-2')],
    settings: { 'Quiet hours': 'none', Managers: 'meg@example.com' },
  });
  leapTo(world, world.now + HOUR);
  return standAt(world, '2026-12-02T12:00:00Z');
}

const as = (world: World, user: string, name: string, args: object = {}) =>
  world.run('api', [name, [args]], { trigger: 'sidebar', user }).value as {
    ok: boolean;
    value: RunProgress;
    error?: string;
  };

describe('a run that a person starts', () => {
  it('tells its steps with counts, and each count names the lines of the Log behind it', () => {
    const world = december();
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T06:00:00Z')]);
    const run = runOf(start(world, 'poll'));
    expect(run).toMatchObject({ job: 'Read payments', by: 'owner@example.com', reason: 'manual', state: 'done' });
    expect(steps(run)).toEqual([
      ['Read Stripe', 'done'],
      ['Match and post', 'done'],
      ['Send', 'done'],
    ]);
    expect([countOf(run, 'payments seen'), countOf(run, 'posted')]).toEqual([1, 1]);
    const listed = askApi<{ rows: { kind: string }[] }>(world, 'log', [{ run: run.id, group: 'money' }]);
    expect(listed.rows.map(({ kind }) => kind)).toContain('receipt');
    expect(progressOf(world).run).toEqual({ ...run, elapsedMs: expect.any(Number) });
  });

  it('is seen as it goes, by whoever looks, and again after the page was closed', () => {
    const world = december();
    typeInto(world, 'Leases', 'L-2', 'Due day', '2');
    const seen: Run[] = [];
    for (let call = 1; call < 60; call += 1)
      world.during(
        call,
        (beside) => {
          const { handler } = { handler: 'api' };
          if (handler && beside.running() === 1)
            seen.push(...[as(beside, 'meg@example.com', 'progress').value.run ?? []].flat());
        },
        'api',
      );
    const end = runOf(start(world, 'daily', 'watch'));
    const mine = seen.filter(({ id }) => id === 'click-watch');
    const running = mine.flatMap((run) => run.steps.filter(({ state }) => state === 'running').map(({ name }) => name));
    expect([...new Set(running)]).toEqual(['Read the sheet', 'Day of Elm House', 'Rent Roll and Dashboard', 'Send']);
    expect(new Set(mine.map(({ state }) => state))).toContain('running');
    expect(end.state).toBe('done');
    expect(steps(end).every(([, state]) => state === 'done')).toBe(true);
  });

  it('is not started twice by the same click, nor beside one that is at work', () => {
    const world = december();
    start(world, 'daily', 'twice');
    const log = tabOf(world, 'Log').length;
    expect(runOf(start(world, 'daily', 'twice')).id).toBe('click-twice');
    expect(tabOf(world, 'Log')).toHaveLength(log);
    let beside: RunProgress | undefined;
    world.during(20, (other) => {
      beside = start(other, 'daily', 'second');
    });
    start(world, 'daily', 'first');
    expect(beside?.run).toMatchObject({ id: 'click-first', state: 'running' });
    expect(tabOf(world, 'Log').map((row) => row.Run)).not.toContain('click-second');
  });

  it('that Google has killed is told to have failed once it must be dead, and the next one starts', () => {
    const world = december();
    world.faults.killAt(25, 'after', 'api');
    callApi(world, 'startRun', [{ request: 'dead', job: 'daily' }]);
    expect(runOf(progressOf(world))).toMatchObject({ id: 'click-dead', state: 'running' });
    expect(runOf(start(world, 'daily', 'soon')).id).toBe('click-dead');
    standAt(world, world.now + 7 * MINUTE);
    const dead = runOf(progressOf(world));
    expect(dead).toMatchObject({ state: 'failed', trouble: expect.stringMatching(/^The run did not come to its end/) });
    expect(steps(dead).some(([, state]) => state === 'failed')).toBe(true);
    expect(runOf(start(world, 'daily', 'later'))).toMatchObject({ id: 'click-later', state: 'done' });
  });

  it('says why it could not work', () => {
    const world = december();
    world.edit('Ledger', `A${tabOf(world, 'Ledger').length + 1}`, 'something else');
    const run = runOf(start(world, 'daily'));
    expect(run.state).toBe('failed');
    expect(run.trouble).toMatch(/Nothing was written/);
  });
});

describe('a run that is asked to stop', () => {
  it('ends after the step at work, and what is left is done by the next one', () => {
    const world = december();
    // A rung and a fee are due for both, and their messages are not sent by this run.
    standAt(world, '2026-12-06T12:00:00Z');
    const whole = world.clone();
    let asked = false;
    for (let call = 8; call < 40; call++)
      world.during(
        call,
        (beside) => {
          if (asked || beside.running() !== 1) return;
          const { value } = as(beside, 'meg@example.com', 'progress');
          const day = value.run?.steps.find(({ name }) => name === 'Day of Elm House');
          if (day?.state !== 'running') return;
          asked = as(beside, 'meg@example.com', 'stopRun').value.run?.state === 'stopping';
        },
        'api',
      );
    const run = runOf(start(world, 'daily', 'stop'));
    expect(asked).toBe(true);
    expect(run.state).toBe('stopped');
    expect(steps(run)).toEqual([
      ['Read the sheet', 'done'],
      ['Day of Elm House', 'done'],
      ['Rent Roll and Dashboard', 'skipped'],
      ['Send', 'skipped'],
    ]);
    expect(bookOf(world).outbox.some(({ state }) => state === 'ready')).toBe(true);
    expect(world.triggers.filter(({ handler }) => handler === 'resume')).toEqual([]);
    start(world, 'daily', 'again');
    start(whole, 'daily', 'whole');
    const ledger = (each: World) => tabOf(each, 'Ledger').map((row) => row.Key);
    expect(ledger(world)).toEqual(ledger(whole));
    expect(tabOf(world, 'Rent Roll')).toEqual(tabOf(whole, 'Rent Roll'));
    expect(world.mailbox.map(({ to }) => to).sort()).toEqual(whole.mailbox.map(({ to }) => to).sort());
  });
});

describe('a run of the clock', () => {
  it('tells nothing and costs no more calls than before where it finds nothing to do', () => {
    const world = december();
    leapTo(world, world.now + HOUR);
    // The first poll of a day compares the platforms with the ledger.
    leapTo(world, world.now + 11 * MINUTE);
    const before = progressOf(world).run?.id;
    standAt(world, world.now + 10 * MINUTE);
    const poll = world.run('poll', [], { trigger: 'time' });
    // The seventh asks the cache what residents' pages have counted.
    expect([sheetsCalls(poll.calls), poll.totalCalls]).toEqual([0, 7]);
    expect(progressOf(world).run?.id).toBe(before);
  });

  it('tells of itself when there was something to do', () => {
    const world = december();
    leapTo(world, world.now + HOUR);
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T12:30:00Z')]);
    world.run('poll', [], { trigger: 'time' });
    const run = runOf(progressOf(world));
    expect(run).toMatchObject({ job: 'Read payments', by: 'poll', reason: 'schedule', state: 'done' });
    expect(countOf(run, 'posted')).toBe(1);
  });

  it('shows very many properties as one step, within what a property holds', () => {
    const names = Array.from({ length: 40 }, (_, index) => `House ${index} of the long and winding road`);
    const world = smallWorld({
      on: '2026-12-01',
      properties: names.map((Property) => ({ Property, 'Time zone': 'America/New_York', Currency: 'USD' })),
      leases: names.map((Property, index) => leaseOf(`L-${index}`, { Property, 'Notify by': 'none' })),
    });
    const run = runOf(start(world, 'daily'));
    expect(steps(run).map(([name]) => name)).toContain('Days of 40 properties');
    expect(countOf(run, 'charges')).toBe(40);
  });
});

describe('who has no keys', () => {
  it('leaves the run to the next one of the owner, which then bears their name', () => {
    const world = december();
    liveDays(world, '2026-12-03', '2026-12-03');
    typeInto(world, 'Leases', 'L-1', 'Rent', '1100');
    const { value } = as(world, 'meg@example.com', 'startRun', { request: 'm1', job: 'daily' });
    expect(value.nudged).toMatch(
      /^Only owner@example.com has the keys of the platforms: the next run by the clock does it, about \d\d:\d\d\.$/,
    );
    leapTo(world, world.now + 11 * MINUTE);
    const run = runOf(progressOf(world));
    expect(run).toMatchObject({ by: 'meg@example.com', reason: 'manual', state: 'done' });
    expect(steps(run)[0]).toEqual(['Read the sheet', 'done']);
    const runs = () => tabOf(world, 'Rent Roll')[0]?.Rent;
    expect(runs()).toBe('1100');
    const id = run.id;
    leapTo(world, world.now + 11 * MINUTE);
    expect(progressOf(world).run?.id).toBe(id);
  });

  it('is refused without the role, and a viewer may look', () => {
    const world = december();
    expect(as(world, 'eve@example.com', 'startRun', { request: 'e1', job: 'daily' })).toMatchObject({ ok: false });
    expect(as(world, 'eve@example.com', 'stopRun')).toMatchObject({ ok: false });
    expect(as(world, 'eve@example.com', 'progress')).toMatchObject({ ok: true });
  });
});

it('looks at a run with one call, and none to Sheets', () => {
  const world = december();
  progressOf(world);
  const { calls } = callApi(world, 'progress').run;
  expect(sheetsCalls(calls)).toBe(0);
});
