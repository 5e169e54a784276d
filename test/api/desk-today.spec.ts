/** The desk's first screen: what needs a person, who is late, what came in, what leaves, and how the clock runs. */
import type { Need, Today } from '../../src/api/desk/today';
import {
  askApi,
  callApi,
  ELM,
  HOUR,
  importRows,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  MINUTE,
  sheetsCalls,
  smallWorld,
  standAt,
  typeInto,
  type World,
} from '../worlds';

const OAK = { ...ELM, Property: 'Oak Court', 'Time zone': 'Europe/London', Currency: 'GBP' };
const todayOf = (world: World): Today => askApi<Today>(world, 'today');
const kinds = (today: Today): readonly string[] => today.needs.map((need) => need.kind);
const need = (today: Today, kind: Need['kind']): Need => {
  const found = today.needs.find((each) => each.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${kinds(today)}`);
  return found;
};

/** What a person other than the owner is told. */
function todayAs(world: World, user: string): Today {
  const { value } = world.run('api', ['today', [{}]], { trigger: 'sidebar', user });
  return (value as { value: Today }).value;
}

/** December of three households: one has paid, one never, one by a payment without a name. */
function december(settings: Readonly<Record<string, string>> = {}): World {
  const world = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3', { Rent: '700.00' })],
    settings: { 'Quiet hours': 'none', ...settings },
  });
  loadStripe(world, [
    intentOf('pi_One', 'L-1', 100_000, '2026-12-08T12:00:00Z'),
    intentOf('pi_Who', '', 12_300, '2026-12-08T15:00:00Z', { receipt_email: 'stranger@example.net' }),
  ]);
  liveDays(world, '2026-12-01', '2026-12-09');
  return world;
}

describe('a month under way', () => {
  const today = todayOf(december());

  it('tells the late by money and days, with a sum for each currency', () => {
    expect(today.late.count).toBe(2);
    expect(today.late.rows).toMatchObject([
      { lease: 'L-2', word: 'late', standing: 'late 8 days', daysLate: 8, unpaid: { cents: 105_000, currency: 'USD' } },
      { lease: 'L-3', unpaid: { cents: 75_000, currency: 'USD' } },
    ]);
    expect(today.late.sums).toEqual([{ cents: 180_000, currency: 'USD' }]);
  });

  it('tells what was paid since yesterday, what of the month is collected, and what no lease is known for', () => {
    expect(today.paid.rows).toMatchObject([{ externalId: 'pi_One', lease: 'L-1', on: '2026-12-08' }]);
    expect(today.paid.sums).toEqual([{ cents: 100_000, currency: 'USD' }]);
    // Rent of three households and their late fees; one rent is paid.
    expect(today.month).toEqual([
      { collected: { cents: 100_000, currency: 'USD' }, expected: { cents: 285_000, currency: 'USD' } },
    ]);
    expect(need(today, 'unmatched receipt')).toMatchObject({
      key: 'stripe:pi_Who',
      title: 'stranger@example.net',
      money: { cents: 12_300, currency: 'USD' },
      cell: { tab: 'Receipts', row: 3 },
    });
  });

  it('tells the last run, the next ones by the clock of the workbook, and that all is well', () => {
    expect(today).toMatchObject({ zone: 'America/New_York', ready: true, reminders: true });
    expect(today.asOf).toMatch(/^2026-12-09 00:1\d$/);
    expect(today.lastRun).toMatchObject({ good: true, at: expect.stringMatching(/^2026-12-09 00:1\d$/) });
    expect(today.nextRuns.map(({ what }) => what)).toEqual([
      'Payments are read',
      'The day is run where it has changed',
    ]);
    for (const { at } of today.nextRuns) expect(at).toMatch(/^about \d\d:\d\d$/);
    expect(today.health).toEqual({ good: true, text: 'All connections fine' });
    expect(today.mail?.perDay).toBe(100);
  });
});

describe('needs', () => {
  it('come in the order of their urgency', () => {
    const world = december();
    typeInto(world, 'Leases', 'L-3', 'Rent', 'much');
    loadStripe(world, [
      intentOf('pi_Fail', 'L-2', 105_000, '2026-12-09T06:00:00Z', {
        status: 'requires_payment_method',
        last_payment_error: { code: 'card_declined', message: 'Declined.' },
      }),
    ]);
    world.run('poll', [], { trigger: 'time' });
    world.properties.document = {
      ...world.properties.document,
      'last-verdict': JSON.stringify({ ok: false, at: world.now, problems: ['Log row 3 was edited.'] }),
    };
    const today = todayOf(world);
    const seen = kinds(today).filter((kind, index, all) => all.indexOf(kind) === index);
    const order = ['integrity', 'unmatched receipt', 'effect', 'problem', 'task'];
    expect(seen.filter((kind) => order.includes(kind))).toEqual(order.filter((kind) => seen.includes(kind as never)));
    expect(need(today, 'integrity')).toMatchObject({ detail: 'Log row 3 was edited.' });
    expect(today.needs.find(({ cell }) => cell?.tab === 'Leases')).toMatchObject({
      kind: 'problem',
      title: 'Leases row 4, Rent: "much" is not an amount in USD.',
      detail: 'Type a number such as 1200.00.',
      cell: { tab: 'Leases', row: 4 },
    });
    expect(today.health.good).toBe(false);
  });

  it('name a payment that failed while the lease is unpaid, and no longer once it is paid', () => {
    const world = december();
    loadStripe(world, [
      intentOf('pi_Fail', 'L-2', 105_000, '2026-12-09T04:00:00Z', {
        status: 'requires_payment_method',
        payment_method_types: ['us_bank_account'],
        last_payment_error: { type: 'invalid_request_error', code: 'payment_method_not_available', message: 'No.' },
      }),
    ]);
    leapTo(world, world.now + 20 * MINUTE);
    expect(need(todayOf(world), 'failed payment')).toMatchObject({ lease: 'L-2', title: '1,050.00 USD failed' });
    loadStripe(world, [intentOf('pi_Two', 'L-2', 105_000, '2026-12-09T05:20:00Z')]);
    leapTo(world, world.now + 20 * MINUTE);
    expect(kinds(todayOf(world))).not.toContain('failed payment');
  });

  it('are none where nothing needs a person', () => {
    const world = smallWorld({ on: '2026-11-10', leases: [], properties: [] });
    expect(todayOf(world)).toMatchObject({ needs: [], late: { count: 0 }, dueSoon: [], sending: [], ready: false });
  });
});

describe('the next days', () => {
  it('show rent that falls due within three days, less what is ahead of it', () => {
    const world = smallWorld({
      on: '2026-11-26',
      leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3', { 'Due day': '2' }), leaseOf('L-4')],
      settings: { 'Quiet hours': 'none' },
    });
    liveDays(world, '2026-11-27', '2026-11-28');
    askApi(world, 'recordReceipt', [{ lease: 'L-2', amount: '400', method: 'check', reference: '1' }]);
    askApi(world, 'recordReceipt', [{ lease: 'L-4', amount: '1000', method: 'check', reference: '2' }]);
    expect(todayOf(world).dueSoon.map(({ lease, due, amount }) => [lease, due, amount.cents])).toEqual([
      ['L-1', '2026-12-01', 100_000],
      ['L-2', '2026-12-01', 60_000],
    ]);
  });

  it('show what leaves today and what waits for a person, not what leaves tomorrow', () => {
    const world = standAt(december({ 'Quiet hours': '21:00-08:00' }), '2026-12-11T05:20:00Z');
    const before = todayOf(world).sending.length;
    world.run('tick', [], { trigger: 'time' });
    const { sending, counts } = todayOf(world);
    expect(sending.length).toBeGreaterThan(before);
    expect(counts.sending).toBe(sending.length);
    expect(sending.map(({ at }) => at.slice(0, 10)).every((day) => day <= '2026-12-11')).toBe(true);
  });
});

describe('the clock', () => {
  it('is told to be off when the triggers are gone, and when no run has come for two hours', () => {
    const world = december();
    const silent = world.clone();
    silent.state.triggers = silent.state.triggers.filter(({ handler }) => handler === 'edited');
    expect(todayOf(silent).health).toEqual({
      good: false,
      text: 'The clock is off: nothing is charged or sent by itself. Switch it on in Setup.',
    });
    expect(todayOf(silent).nextRuns).toEqual([]);
    leapTo(world, world.now + 10 * MINUTE);
    const at = world.now;
    standAt(world, at + 3 * HOUR);
    const { health, nextRuns } = todayAs(world, 'colleague@example.com');
    expect(health.text).toMatch(/^No run since 2026-12-09 00:\d\d: nothing is charged or sent meanwhile/);
    expect(nextRuns).toEqual([]);
  });

  it('costs an idle hourly run no more calls than before, and leaves a trace that it came', () => {
    const world = december();
    leapTo(world, world.now + HOUR);
    standAt(world, world.now + HOUR);
    const { calls, totalCalls } = world.run('tick', [], { trigger: 'time' });
    expect([sheetsCalls(calls), totalCalls]).toEqual([0, 2]);
    expect(todayOf(world).lastRun).toMatchObject({ what: 'Hourly run', result: 'nothing to do' });
  });
});

describe('people who see some properties', () => {
  it('are told of those, and of no money that no lease is known for', () => {
    const world = smallWorld({
      on: '2026-12-01',
      properties: [ELM, OAK],
      leases: [leaseOf('L-1'), leaseOf('O-1', { Property: 'Oak Court' })],
      settings: { 'Quiet hours': 'none', Viewers: 'bob@example.com (Oak Court)' },
    });
    loadStripe(world, [intentOf('pi_Who', '', 12_300, '2026-12-08T15:00:00Z')]);
    liveDays(world, '2026-12-01', '2026-12-09');
    importRows(world, 'Leases', [leaseOf('X-9', { Rent: 'broken' })]);
    const [all, some] = [todayOf(world), todayAs(world, 'bob@example.com')];
    expect(all.late.rows.map(({ lease }) => lease).sort()).toEqual(['L-1', 'O-1']);
    expect(some.late.rows.map(({ lease }) => lease)).toEqual(['O-1']);
    expect(some.late.sums.map(({ currency }) => currency)).toEqual(['GBP']);
    expect(some.month.map(({ expected }) => expected.currency)).toEqual(['GBP']);
    expect(kinds(all)).toContain('unmatched receipt');
    expect(kinds(some)).not.toContain('unmatched receipt');
    expect(JSON.stringify(some)).not.toContain('L-1');
    expect(JSON.stringify(some)).not.toContain('Elm House');
    expect(some.mail?.asOf).toMatch(/^2026-12-0\d \d\d:\d\d$/);
  });
});

it('costs as many calls to Sheets for forty leases as for one', () => {
  const calls = [1, 40].map((count) => {
    const leases = Array.from({ length: count }, (_, index) => leaseOf(`L-${index + 1}`));
    const world = smallWorld({ on: '2026-12-01', leases });
    askApi(world, 'daily');
    todayOf(world);
    return sheetsCalls(callApi(world, 'today').run.calls);
  });
  expect(calls).toEqual([2, 2]);
});
