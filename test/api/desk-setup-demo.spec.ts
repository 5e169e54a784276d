/** The demo portfolio: there in one click, gone in one click, and nothing of it ever leaves. */
import { askApi, bookOf, leapTo, leaseOf, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { answerTo, ask, click, given, peopleTabs, refusal } from './desk-setup-world';

const ON = '2026-12-01';
const DAY = 86_400_000;
const demo = (world: World, put: boolean, args = click()) => ask(world, 'demoPortfolio', { ...args, put });
const rentRoll = (world: World) => tabOf(world, 'Rent Roll').map((row) => row['Lease ID'] ?? '');
const ofDemo = (ids: readonly string[]) => ids.filter((id) => id.startsWith('DEMO'));
const base = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
leapTo(base, `${ON}T14:00:00Z`);
askApi(base, 'daily');

describe('the demo', () => {
  it('comes and goes without a trace on people’s tabs, as long as no run has happened', () => {
    const world = base.clone();
    const before = peopleTabs(world);
    expect(given(demo(world, true))).toMatchObject({ demo: true, leases: 8 });
    expect(ofDemo(rentRoll(world))).toHaveLength(5);
    expect(peopleTabs(world)).not.toBe(before);
    const after = given(demo(world, false));
    expect(after).toMatchObject({ demo: false, leases: 2, says: 'The demo is gone.' });
    expect(peopleTabs(world)).toBe(before);
    expect(ofDemo(rentRoll(world))).toEqual([]);
    expect(tabOf(world, 'Ledger')).toEqual(tabOf(base, 'Ledger'));
    expect(answerTo(world, 'verify').value).toMatchObject({ ok: true });
  });

  it('shows different states once the day is run', () => {
    const world = base.clone();
    given(demo(world, true));
    askApi(world, 'daily');
    const { leases } = bookOf(world);
    const standing = (id: string) => leases.find((each) => each.id === id)?.standing;
    expect(['DEMO-1', 'DEMO-2', 'DEMO-3', 'DEMO-4', 'DEMO-5'].map(standing)).toEqual([
      'paid',
      'grace',
      'late',
      'partial',
      'hold',
    ]);
  });

  it('sends nothing in a month, whatever its leases come to, and asks nobody for anything by mail', () => {
    const world = base.clone();
    given(demo(world, true));
    leapTo(world, world.now + 30 * DAY);
    askApi(world, 'daily');
    const effects = tabOf(world, 'Outbox').filter((row) => /demo/i.test(JSON.stringify(row)));
    expect(effects).toEqual([]);
    expect(world.mailbox.filter((mail) => /demo/i.test(`${mail.to} ${mail.subject} ${mail.raw}`))).toEqual([]);
    expect(ofDemo(tabOf(world, 'Ledger').map((row) => row['Lease ID'] ?? '')).length).toBeGreaterThan(10);
  });

  it('that was charged goes by entries: the Ledger keeps its rows and comes to nothing, and every view forgets it', () => {
    const world = base.clone();
    const before = peopleTabs(world);
    given(demo(world, true));
    askApi(world, 'daily');
    askApi(world, 'recordReceipt', [{ lease: 'DEMO-3', amount: '200.00', method: 'check', reference: '9' }]);
    leapTo(world, world.now + 5 * DAY);
    askApi(world, 'daily');
    const kept = tabOf(world, 'Ledger');
    const args = click();
    expect(given(demo(world, false, args)).says).toMatch(
      /^The demo is gone\. What the Ledger holds of it stays, and \d+ new rows/,
    );
    expect(tabOf(world, 'Ledger').slice(0, kept.length)).toEqual(kept);
    const sums = new Map<string, number>();
    for (const row of tabOf(world, 'Ledger'))
      sums.set(row['Lease ID'] ?? '', (sums.get(row['Lease ID'] ?? '') ?? 0) + Math.round(Number(row.Amount) * 100));
    const open = [...sums].filter(([id, sum]) => id.startsWith('DEMO') && sum !== 0);
    expect(open).toEqual([]);
    expect(sums.size).toBeGreaterThan(5);
    expect(peopleTabs(world)).toBe(before);
    expect(ofDemo(rentRoll(world))).toEqual([]);
    expect(tabOf(world, 'Tasks').filter((row) => row.Property === 'Demo House' && row.State === 'open')).toEqual([]);
    expect(answerTo(world, 'verify').value).toMatchObject({ ok: true });
    // The same click again does nothing more, and a new day brings nothing back.
    given(demo(world, false, args));
    leapTo(world, world.now + 40 * DAY);
    askApi(world, 'daily');
    expect(ofDemo(rentRoll(world))).toEqual([]);
    expect(answerTo(world, 'verify').value).toMatchObject({ ok: true });
  });

  it('put there a second time gets ids of its own where the Ledger knows the first', () => {
    const world = base.clone();
    given(demo(world, true));
    askApi(world, 'daily');
    given(demo(world, false));
    given(demo(world, true));
    askApi(world, 'daily');
    expect(ofDemo(rentRoll(world))).toEqual(['DEMO2-1', 'DEMO2-2', 'DEMO2-3', 'DEMO2-4', 'DEMO2-5']);
    given(demo(world, false));
    expect(answerTo(world, 'verify').value).toMatchObject({ ok: true });
  });

  it('leaves the rows that people added below it', () => {
    const world = base.clone();
    given(demo(world, true));
    askApi(world, 'importCsv', [{ name: 'x', tab: 'Leases', text: csvOf(leaseOf('L-9')) }]);
    given(demo(world, false));
    expect(tabOf(world, 'Leases').map((row) => row['Lease ID'])).toEqual(['L-1', 'L-2', 'L-9']);
    expect(tabOf(world, 'Properties').map((row) => row.Property)).toEqual(['Elm House']);
  });

  it('does not take a lease that somebody has put into it, and says which', () => {
    const world = base.clone();
    given(demo(world, true));
    typeInto(world, 'Leases', 'L-2', 'Property', 'Demo House');
    expect(refusal(demo(world, false))).toMatch(/^Lease L-2 at Demo House is none of the demo/);
    expect(tabOf(world, 'Leases')).toHaveLength(8);
  });

  it('is there once, and gone once', () => {
    const world = base.clone();
    expect(refusal(demo(world, false))).toBe('There is no demo here.');
    given(demo(world, true));
    expect(refusal(demo(world, true))).toBe('Demo House is there already. Take it away first.');
  });
});

const csvOf = (row: Readonly<Record<string, string>>) =>
  `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`;
