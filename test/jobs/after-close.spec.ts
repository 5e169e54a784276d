/** What comes back after closes that have forgotten it: no entry, mail, alert or link of before comes a second time. */
import {
  disputeOf,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  refundOf,
  smallWorld,
  tabOf,
  verdictOf,
  type World,
} from '../worlds';

/** Paid late, with its fee, after the whole ladder has spoken; then four rents in time, and four closes. */
let closed: World;

const paid = (id: string, cents: number, at: string): object => intentOf(id, 'L-1', cents, `${at}T15:00:00Z`);

beforeAll(() => {
  closed = smallWorld({
    on: '2026-11-01',
    leases: [leaseOf('L-1', { Start: '2026-11-01' })],
    settings: { 'Quiet hours': 'none', Reminders: 'on' },
  });
  for (const day of ['01', '07', '14', '21', '22']) leapTo(closed, `2026-11-${day}T16:00:00Z`);
  loadStripe(closed, [paid('pi_Late', 105_000, '2026-11-22')]);
  leapTo(closed, '2026-11-22T20:00:00Z');
  for (const [at, month] of ['2026-12', '2027-01', '2027-02', '2027-03', '2027-04'].entries()) {
    leapTo(closed, `${month}-01T16:00:00Z`);
    loadStripe(closed, [paid(`pi_Rent${at}`, 100_000, `${month}-01`)]);
    leapTo(closed, `${month}-01T20:00:00Z`);
  }
}, 120_000);

const repeated = (world: World, tab: string): readonly string[] => {
  const keys = tabOf(world, tab).map(({ Key = '' }) => Key);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
};

function lives(world: World, days: readonly string[]): void {
  for (const day of days) leapTo(world, `${day}T16:00:00Z`);
}

const AFTER = ['2027-04-12', '2027-04-20', '2027-04-30'];

it('the rows before it lie in the closed part, each once', () => {
  expect(tabOf(closed, 'Ledger').map(({ Key }) => Key)).toEqual(
    expect.arrayContaining(['fee:rent:L-1:2026-11', 'rung:final-notice:L-1:2026-11', 'stripe:pi_Late']),
  );
  for (const tab of ['Ledger', 'Outbox', 'Receipts']) expect(repeated(closed, tab)).toEqual([]);
});

it.each([
  [
    'a dispute that is lost',
    (world: World) => loadStripe(world, [disputeOf('dp_1', 'pi_Late', 105_000, world.now, 'lost')]),
  ],
  [
    'a dispute that is won',
    (world: World) => {
      loadStripe(world, [disputeOf('dp_1', 'pi_Late', 105_000, world.now, 'needs_response')]);
      lives(world, ['2027-04-11']);
      loadStripe(world, [disputeOf('dp_1', 'pi_Late', 105_000, world.now, 'won')]);
    },
  ],
  ['a refund', (world: World) => loadStripe(world, [refundOf('re_1', 'pi_Late', 105_000, world.now)])],
])('%s repeats nothing', (_name, happens) => {
  const world = closed.clone();
  lives(world, ['2027-04-10']);
  happens(world);
  const [before, sent] = [tabOf(world, 'Ledger').length, tabOf(world, 'Outbox').length];
  lives(world, AFTER);
  const types = tabOf(world, 'Ledger')
    .slice(before)
    .map(({ Kind, Type }) => `${Kind} ${Type}`);
  expect(types.length).toBeGreaterThan(0);
  expect(types).not.toContain('charge late fee');
  const kinds = tabOf(world, 'Outbox')
    .slice(sent)
    .map(({ Kind }) => Kind);
  for (const kind of ['receipt', 'late', 'late-second', 'final-notice']) expect(kinds).not.toContain(kind);
  for (const tab of ['Ledger', 'Outbox', 'Receipts'])
    expect({ tab, twice: repeated(world, tab) }).toEqual({ tab, twice: [] });
  expect(verdictOf(world).problems).toEqual([]);
});
