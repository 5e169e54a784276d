/** Acts and their undoing in the exported journal, read by hledger: every account comes to what the acts leave it at. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Act } from '../src/api/desk/override';
import { applied, call, lateHouse, undone } from './api/desk-acts-world';
import { CommandLine } from './simulation/cli';
import { askApi, bookOf, type World } from './worlds';

const CI = /^(1|true|yes)$/i.test(process.env.CI ?? '');
const named = process.env.HLEDGER_PATH ?? 'hledger';
const known = existsSync(named) || spawnSync('which', [named]).status === 0;
if (!known && !CI) console.log('skipped: acts in the journal read by hledger, because hledger is not installed');
const withHledger = known || CI ? describe : describe.skip;

const files = new CommandLine();
afterAll(() => files.close());

/** The balance of every account that is not nothing. */
function balances(world: World): Readonly<Record<string, string>> {
  const { text } = askApi<{ text: string }>(world, 'exportHledger');
  files.file('acts.journal', text);
  const args = ['-f', files.path('acts.journal'), 'balance', '-O', 'csv', '-N', '--flat'];
  const { status, stdout, stderr } = spawnSync(named, args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const rows = stdout.trim().split('\n').slice(1);
  return Object.fromEntries(rows.map((row) => /^"(.*)","(.*)"$/.exec(row)?.slice(1) ?? []));
}

const acts: readonly Act[] = [
  { kind: 'adjust', lease: 'L-1', charge: 'fee:rent:L-1:2026-11', to: '30', reason: 'goodwill' },
  { kind: 'adjust', lease: 'L-1', charge: 'rent:L-1:2026-11', to: '900', reason: 'agreed' },
  { kind: 'charge', lease: 'L-1', type: 'cleaning', amount: '80', reason: 'stairs' },
  { kind: 'deposit', lease: 'L-1', action: 'applied', amount: '300', reason: 'moves out' },
  { kind: 'deposit', lease: 'L-1', action: 'refunded', amount: '50', reason: 'moves out' },
  { kind: 'deposit', lease: 'L-1', action: 'withheld', amount: '60', reason: 'broken door' },
];

withHledger('acts in the exported journal', () => {
  const paid = lateHouse();
  call(paid, 'recordReceipt', { lease: 'L-1', amount: '1600', method: 'check', reference: '9' });

  it('take a deposit out of the liability once, and what is owed agrees with the Rent Roll', () => {
    const world = paid.clone();
    for (const [n, act] of acts.entries()) expect(applied(world, `request-${n}`, act)).toMatchObject({ done: true });
    const after = balances(world);
    const lease = bookOf(world).leases.find((each) => each.id === 'L-1') as unknown as {
      balance: string;
      depositHeld: string;
    };
    expect(lease.depositHeld).toBe('90.00');
    expect(after['liabilities:deposits:Elm House:L-1']).toBe('-90.00 USD');
    expect(after['assets:receivable:Elm House:L-1']).toBe(`${lease.balance} USD`);
    expect(after['income:deposit withheld:Elm House']).toBe('-60.00 USD');
    expect(after['assets:bank:Elm House']).toBe('1550.00 USD');
  });

  it('leave every account as it was once they are undone, but for what was charged and credited again', () => {
    const world = paid.clone();
    for (const [n, act] of acts.entries()) applied(world, `request-${n}`, act);
    for (let n = acts.length - 1; n >= 0; n--)
      expect(undone(world, `undo-it-${n}`, `click-request-${n}`)).toMatchObject({ done: true });
    const {
      'income:cleaning:Elm House': charged,
      'expenses:adjustment:Elm House': credited,
      ...rest
    } = balances(world);
    expect([charged, credited]).toEqual(['-80.00 USD', '80.00 USD']);
    expect(rest).toEqual(balances(paid));
  });
});
