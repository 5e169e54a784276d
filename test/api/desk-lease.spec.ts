/** The lease screen: standing, balance and why, the ledger with its balance, messages, people, links; and finding a lease. */
import type { LeaseView } from '../../src/api/desk/lease';
import { selection } from '../../src/api/desk/selection';
import type { App } from '../../src/run/app';
import { nodeApp } from '../bench/node-host';
import {
  askApi,
  callApi,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  MINUTE,
  sheetsCalls,
  smallWorld,
  tabOf,
  typeInto,
  type World,
} from '../worlds';

const OAK = { ...ELM, Property: 'Oak Court' };
const viewOf = (world: World, lease: string, whole = false): LeaseView =>
  askApi<LeaseView>(world, 'lease', [{ lease, ...(whole ? { whole } : {}) }]);
const askAs = (world: World, user: string, name: string, args: object): unknown =>
  (world.run('api', [name, [args]], { trigger: 'sidebar', user }).value as { value: unknown }).value;

/** A rent of November that was paid in part and late, and December's with nothing on it. */
function lateWorld(): World {
  const world = smallWorld({
    on: '2026-11-01',
    properties: [ELM, OAK],
    leases: [
      leaseOf('L-1', { Phone: '+1 555 0100', End: '2027-10-31', Residents: 'María Peña' }),
      leaseOf('O-1', { Property: 'Oak Court' }),
    ],
    links: [{ 'Lease ID': 'L-1', Platform: 'stripe', Kind: 'customer', 'External ID': 'cus_1' }],
    settings: { 'Quiet hours': 'none', Viewers: 'bob@example.com (Oak Court)' },
  });
  loadStripe(world, [intentOf('pi_One', 'L-1', 60_000, '2026-11-20T12:00:00Z')]);
  for (const day of ['2026-11-02', '2026-11-07', '2026-11-21', '2026-12-01', '2026-12-02']) liveDays(world, day, day);
  return world;
}

describe('a lease that is late', () => {
  const world = lateWorld();
  const view = viewOf(world, 'l-1');

  it('says where it stands, and how its balance comes about', () => {
    expect(view.line).toMatchObject({
      lease: 'L-1',
      word: 'late',
      standing: 'late 31 days',
      unpaid: { cents: 145_000 },
    });
    expect(view.balanceWhy).toBe(
      '400.00 of 1,000.00 rent due Nov 1, 2026, 50.00 late fee due Nov 6, 2026 and 1,000.00 rent due Dec 1, 2026: 1,450.00 USD.',
    );
    expect(view).toMatchObject({ asOf: '2026-12-02', end: '2027-10-31', nextDue: { day: '2027-01-01' } });
  });

  it('gives the arithmetic of every open charge, also of one from before the last close', () => {
    expect(view.open.map(({ key, daysLate }) => [key, daysLate])).toEqual([
      ['rent:L-1:2026-11', 31],
      ['fee:rent:L-1:2026-11', 26],
      ['rent:L-1:2026-12', 1],
    ]);
    const ledger = new Map(tabOf(world, 'Ledger').map((row) => [row.Key, row.Why]));
    for (const charge of view.open) {
      expect(charge.why).toBe(ledger.get(charge.key));
      expect(charge.why).not.toBe('');
    }
  });

  it('shows the journal newest first with the balance after each row, and all of it where one asks', () => {
    expect(view.older).toBe(true);
    const whole = viewOf(world, 'L-1', true);
    expect(whole.older).toBe(false);
    const mine = tabOf(world, 'Ledger').filter((row) => row['Lease ID'] === 'L-1');
    expect(whole.entries.map(({ key }) => key)).toEqual(mine.map((row) => row.Key).reverse());
    expect(view.entries).toEqual(whole.entries.slice(0, view.entries.length));
    expect(view.entries.length).toBeLessThan(whole.entries.length);
    expect(whole.entries[0]?.balance.cents).toBe(145_000);
    let balance = 0;
    for (const entry of [...whole.entries].reverse()) {
      balance += entry.amount.cents;
      expect([entry.key, entry.balance.cents]).toEqual([entry.key, balance]);
    }
  });

  it('names what was sent and what comes next, contacts, links and the fee terms', () => {
    expect(view.notices.sent.length).toBeGreaterThan(0);
    for (const notice of view.notices.sent) expect(notice).toMatchObject({ channel: 'gmail', lease: 'L-1' });
    expect(new Set(view.notices.sent.map(({ state }) => state))).toEqual(new Set(['waiting for release', 'sent']));
    expect(view.contacts).toEqual({
      emails: ['l-1@example.com'],
      phone: '+1 555 0100',
      language: 'en',
      notifyBy: 'email',
      smsConsent: '',
      marked: [],
    });
    expect(view.links).toEqual([{ platform: 'stripe', kind: 'customer', externalId: 'cus_1' }]);
    expect(view.feeTerms).toEqual([
      'Late fee: 50.00',
      'Grace: due + 5: rent due on the 1st can carry a fee from the 6th',
    ]);
    expect(view.receipts).toMatchObject([{ externalId: 'pi_One', state: 'settled' }]);
    expect(view.tasks.length).toBeGreaterThan(0);
  });

  it('plans exactly the rungs that the coming days then take', () => {
    const planned = view.notices.planned.map(({ rung, on }) => [rung, on]);
    expect(planned.length).toBeGreaterThan(1);
    const later = world.clone();
    const known = new Set(tabOf(later, 'Ledger').map((row) => row.Key));
    liveDays(later, '2026-12-03', '2027-01-01');
    const taken = tabOf(later, 'Ledger')
      .filter((row) => row.Kind === 'rung' && row['Lease ID'] === 'L-1' && !known.has(row.Key))
      .map((row) => [row.Type, row.Day]);
    expect(planned).toEqual(taken.slice(0, planned.length));
  });

  it('plans nothing while it is on hold', () => {
    const held = world.clone();
    typeInto(held, 'Leases', 'L-1', 'Hold until', '2027-02-01');
    const { hold, notices, line } = viewOf(held, 'L-1');
    expect([hold, notices.planned, line.word]).toEqual(['2027-02-01', [], 'hold']);
  });
});

describe('who may see some properties', () => {
  it('gets the same answer for a lease of another property and for one that is not there', () => {
    const world = lateWorld();
    const [unseen, unknown] = ['L-1', 'L-9'].map((lease) => askAs(world, 'bob@example.com', 'lease', { lease }));
    const text = (lease: string) => `There is no lease "${lease}" that runs. Look at its row on the Leases tab.`;
    expect(unseen).toEqual({ refused: text('L-1') });
    expect(unknown).toEqual({ refused: text('L-9') });
    expect(askAs(world, 'bob@example.com', 'lease', { lease: 'O-1' })).toMatchObject({ line: { lease: 'O-1' } });
    expect(askAs(world, 'bob@example.com', 'findLeases', { text: 'example' })).toMatchObject([{ lease: 'O-1' }]);
  });
});

describe('a lease is found', () => {
  const world = lateWorld();
  const found = (text: string) => askApi<{ lease: string; label: string }[]>(world, 'findLeases', [{ text }]);

  it.each([
    ['l-1', ['L-1']],
    ['pena', ['L-1']],
    ['elm mar', ['L-1']],
    ['O-1@example', ['O-1']],
    ['nobody', []],
    ['  ', []],
  ])('by %j', (text, leases) => {
    expect(found(text).map(({ lease }) => lease)).toEqual(leases);
  });

  it('with a label that tells who and where', () => {
    expect(found('L-1')[0]?.label).toBe('L-1 · María Peña · Elm House 1');
  });
});

describe('the selected row', () => {
  const world = lateWorld();
  const rowOf = (tab: string, key: string) =>
    tabOf(world, tab).findIndex((row) => Object.values(row).includes(key)) + 2;
  const at = (tab: string, row: number, properties?: readonly string[]) => {
    const app = nodeApp(world, 'owner@example.com', world.now);
    const host = { ...app.host, selection: { current: () => ({ tab, row }) } };
    const person = properties ? { person: { mail: 'bob@example.com', role: 'viewer', properties } as const } : {};
    return selection({ ...app, ...person, host } as App);
  };

  it.each(['Leases', 'Rent Roll', 'Links', 'Ledger', 'Outbox', 'Log', 'Tasks'])('tells its lease on %s', (tab) => {
    expect(at(tab, rowOf(tab, 'L-1'))).toEqual({ tab, lease: 'L-1' });
  });

  it('tells its receipt too, and nothing of a header, an empty row or another tab', () => {
    expect(at('Receipts', 2)).toEqual({ tab: 'Receipts', lease: 'L-1', receipt: 'stripe:pi_One' });
    expect(at('Leases', 1)).toEqual({ tab: 'Leases' });
    expect(at('Leases', 60)).toEqual({ tab: 'Leases' });
    expect(at('Properties', 2)).toEqual({ tab: 'Properties' });
  });

  it('tells nothing of a lease that the person may not see', () => {
    expect(at('Leases', rowOf('Leases', 'L-1'), ['oak court'])).toEqual({ tab: 'Leases' });
    expect(at('Receipts', 2, ['oak court'])).toEqual({ tab: 'Receipts' });
    expect(at('Leases', rowOf('Leases', 'O-1'), ['oak court'])).toEqual({ tab: 'Leases', lease: 'O-1' });
  });

  it('is nothing where the host cannot tell it', () => {
    expect(selection(nodeApp(world, 'owner@example.com', world.now))).toEqual({ tab: '' });
  });
});

it('costs two calls to Sheets where every open charge is younger than the last close', () => {
  const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')] });
  leapTo(world, world.now + 70 * MINUTE);
  viewOf(world, 'L-1');
  expect(sheetsCalls(callApi(world, 'lease', [{ lease: 'L-1' }]).run.calls)).toBe(2);
});
