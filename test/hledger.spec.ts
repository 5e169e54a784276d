/** The exported journal read by hledger: it checks, and its receivables are the Rent Roll's balances to the cent. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rowsOf } from '../local/cli/tabs';
import { CommandLine } from './simulation/cli';

const CI = /^(1|true|yes)$/i.test(process.env.CI ?? '');

function hledgerPath(): string | undefined {
  const named = process.env.HLEDGER_PATH;
  if (named && existsSync(named)) return named;
  const { status, stdout } = spawnSync('which', ['hledger'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const HLEDGER = hledgerPath();
if (HLEDGER === undefined && !CI) console.log('skipped: the journal read by hledger, because hledger is not installed');
const withHledger = HLEDGER === undefined && !CI ? describe.skip : describe;

interface Read {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

function hledger(journal: string, ...args: readonly string[]): Read {
  const command = HLEDGER ?? 'hledger';
  const { status, stdout, stderr, error } = spawnSync(command, ['-f', journal, ...args], { encoding: 'utf8' });
  return { ok: status === 0, out: stdout ?? '', err: stderr || (error?.message ?? '') };
}

/** `"account","balance"` lines as account to amounts, one for each commodity. */
function balancesOf(csv: string): Map<string, string[]> {
  const rows = csv.trim().split('\n').slice(1);
  const pairs = rows.map((row) => /^"(.*)","(.*)"$/.exec(row)?.slice(1) ?? []);
  return new Map(
    pairs.map(([account = '', amounts = '']) => [account, amounts.split(', ').filter((each) => each !== '0')]),
  );
}

const cli = new CommandLine();
afterAll(() => cli.close());

withHledger('the journal of the demo', () => {
  beforeAll(async () => {
    expect(await cli.run('demo', '--book', 'demo', '--json')).toMatchObject({ exit: 0 });
    const exported = await cli.run('export', '--format', 'hledger', '--book', 'demo', '--out', 'demo.journal');
    expect(exported).toMatchObject({ exit: 0 });
  }, 120_000);

  it('passes every check that hledger makes by default, and declares its accounts and commodities', () => {
    expect(hledger(cli.path('demo.journal'), 'check')).toEqual({ ok: true, out: '', err: '' });
    expect(hledger(cli.path('demo.journal'), 'check', 'accounts', 'commodities')).toMatchObject({ ok: true, err: '' });
  });

  it('owes for each lease what the Rent Roll says, in its own currency', async () => {
    const { ok, out } = hledger(cli.path('demo.journal'), 'balance', 'assets:receivable', '-O', 'csv', '-N', '--flat', '-E');
    expect(ok).toBe(true);
    const owed = balancesOf(out);
    const roll = [...rowsOf(cli.world('demo'), 'Rent Roll')];
    expect(new Set(roll.map((row) => row.Currency)).size).toBeGreaterThan(1);
    const seen = roll.map((row) => `${row['Lease ID']} ${cents(row.Balance ?? '')} ${row.Currency}`);
    const read = roll.map((row) => {
      const amounts = owed.get(`assets:receivable:${row.Property}:${row['Lease ID']}`) ?? [];
      const [amount = `0 ${row.Currency}`, ...others] = amounts;
      expect(others).toEqual([]);
      const [number = '', commodity = ''] = amount.split(' ');
      return `${row['Lease ID']} ${cents(number)} ${commodity}`;
    });
    expect(read).toEqual(seen);
    expect(roll.filter((row) => cents(row.Balance ?? '') > 0).length).toBeGreaterThan(3);
    expect(roll.filter((row) => cents(row.Balance ?? '') < 0).length).toBeGreaterThan(0);
  });

  it('holds the deposits that the Rent Roll shows, as a liability', () => {
    const { out } = hledger(cli.path('demo.journal'), 'balance', 'liabilities:deposits', '-O', 'csv', '-N', '--flat');
    const held = balancesOf(out);
    // A deposit that was charged and is not paid yet is owed on both sides, so only paid ones are compared.
    const paid = [...rowsOf(cli.world('demo'), 'Rent Roll')].filter((row) => cents(row['Deposit held'] ?? '') > 0);
    const read = paid.map((row) => cents((held.get(`liabilities:deposits:${row.Property}:${row['Lease ID']}`) ?? [])[0]?.split(' ')[0] ?? ''));
    expect(read).toEqual(paid.map((row) => -cents(row['Deposit held'] ?? '')));
    expect(paid.length).toBeGreaterThan(0);
  });

  it('is refused by hledger when a single amount is changed', () => {
    const journal = require('node:fs').readFileSync(cli.path('demo.journal'), 'utf8') as string;
    const changed = journal.replace(/(assets:receivable:[^\n]*? {2})(\d+)\./, (_, before: string, whole: string) => `${before}${Number(whole) + 1}.`);
    expect(changed).not.toBe(journal);
    cli.file('changed.journal', changed);
    expect(hledger(cli.path('changed.journal'), 'check').ok).toBe(false);
  });
});

const cents = (text: string): number => Math.round(Number(text || '0') * 100);
