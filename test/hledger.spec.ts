/** The exported journal read by hledger: it checks, and its receivables are the Rent Roll's balances to the cent. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rowsOf } from '../local/cli/tabs';
import { CommandLine } from './simulation/cli';
import { bankDebit, cardPayment, dispute, list, type Paid, refund } from './simulation/stripe-objects';

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

const PROPERTIES = `Property,Time zone,Currency,Jurisdiction,Grace days,Grace rule,Late fee,Returned payment fee,Fee terms confirmed
"Elm: Yard; [old]",America/New_York,USD,,0,due + N,10.00 a day,25.00,Ann 2026-10-01
Quai  Ouest,Europe/Paris,EUR,,0,due + N,5% of rent,,Ann 2026-10-01
Sakura,Asia/Tokyo,JPY,,1,due + N,3000,,Ann 2026-10-01
`;
const LEASES = `Lease ID,Property,Unit,Residents,Email,Rent,Frequency,Due day,Start,End,Deposit
E-1,"Elm: Yard; [old]",1,Ann Lee,ann@example.com,1200.00,,1,2026-11-01,,1200.00
E-2,"Elm: Yard; [old]",2,Bob Roy,bob@example.com,999.99,,1,2025-01-01,,500.00
E-3,"Elm: Yard; [old]",3,Cy Dent,cy@example.com,250.50,weekly,Mon,2026-11-02,,
E-4,"Elm: Yard; [old]",4,Di Fox,di@example.com,1000.01,,3,2026-10-20,2026-11-20,
E-5,"Elm: Yard; [old]",5,Ed Poe,ed@example.com,700.00,,1,2025-01-01,,
Q-1,Quai  Ouest,1,Flo Petit,flo@example.com,1010.10,,1,2025-01-01,,
Q-2,Quai  Ouest,2,Guy Roux,guy@example.com,800.00,,2,2025-01-01,,
S-1,Sakura,1,Hana Abe,hana@example.com,98000,,1,2025-01-01,,98000
S-2,Sakura,2,Jun Mori,jun@example.com,87501,,1,2026-11-01,,
`;

const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const usd = (id: string, lease: string, time: string, amountCents: number): Paid => ({
  id,
  lease,
  atMs: at(time),
  amountCents,
  currency: 'USD',
});

/** Paid in full with the deposit, in part, ahead, refunded, returned, disputed, in three currencies, and by nobody. */
const PAYMENTS = [
  ...cardPayment(usd('E1', 'E-1', '01T15:00:00', 240_000)),
  ...cardPayment(usd('E2a', 'E-2', '02T15:00:00', 33_333)),
  refund(usd('E2a', 'E-2', '02T15:00:00', 33_333), at('04T15:00:00'), 10_001),
  ...cardPayment(usd('E3', 'E-3', '02T16:00:00', 100_000)),
  ...bankDebit(usd('E4', 'E-4', '01T17:00:00', 64_517), 2, 'settles'),
  ...dispute({ ...usd('E4', 'E-4', '01T17:00:00', 64_517), bank: true }, at('04T17:00:00')),
  ...cardPayment(usd('E5', 'E-5', '01T18:00:00', 70_000)),
  ...dispute(usd('E5', 'E-5', '01T18:00:00', 70_000), at('03T09:00:00')),
  ...cardPayment({ ...usd('Q1', 'Q-1', '01T12:00:00', 101_010), currency: 'EUR' }),
  ...cardPayment({ ...usd('S1', 'S-1', '02T02:00:00', 100_000), currency: 'JPY' }),
  ...cardPayment(usd('Nobody', 'E-99', '02T12:00:00', 4_242)),
];

withHledger('the exported journal', () => {
  beforeAll(async () => {
    cli.file('properties.csv', PROPERTIES);
    cli.file('leases.csv', LEASES);
    cli.file('payments.json', JSON.stringify(list(PAYMENTS)));
    for (const command of [
      'new --on 2026-10-31',
      'import properties.csv',
      'import leases.csv',
      'vendor stripe load payments.json',
      'until 2026-11-05',
      'export --format hledger --out the.journal',
      'verify',
    ]) {
      const { exit, json } = await cli.json(...command.split(' '), '--book', 'book');
      expect({ command, exit, json }).toMatchObject({ command, exit: 0 });
      expect({ command, refused: json.refused ?? [], problems: json.problems ?? [] }).toEqual({
        command,
        refused: [],
        problems: [],
      });
    }
  }, 60_000);

  it('passes every check that hledger makes by default, and declares its accounts and commodities', () => {
    expect(hledger(cli.path('the.journal'), 'check')).toEqual({ ok: true, out: '', err: '' });
    expect(hledger(cli.path('the.journal'), 'check', 'accounts', 'commodities')).toMatchObject({ ok: true, err: '' });
  });

  it('owes for each lease what the Rent Roll says, in its own currency', async () => {
    const { ok, out } = hledger(
      cli.path('the.journal'),
      'balance',
      'assets:receivable',
      '-O',
      'csv',
      '-N',
      '--flat',
      '-E',
    );
    expect(ok).toBe(true);
    const owed = balancesOf(out);
    const roll = [...rowsOf(cli.world('book'), 'Rent Roll')];
    expect(new Set(roll.map((row) => row.Currency)).size).toBeGreaterThan(1);
    const seen = roll.map((row) => `${row['Lease ID']} ${cents(row.Balance ?? '')} ${row.Currency}`);
    const read = roll.map((row) => {
      const amounts = owed.get(accountOf('assets:receivable', row)) ?? [];
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
    const { out } = hledger(cli.path('the.journal'), 'balance', 'liabilities:deposits', '-O', 'csv', '-N', '--flat');
    const held = balancesOf(out);
    // A deposit that was charged and is not paid yet is owed on both sides, so only paid ones are compared.
    const paid = [...rowsOf(cli.world('book'), 'Rent Roll')].filter((row) => cents(row['Deposit held'] ?? '') > 0);
    const read = paid.map((row) =>
      cents((held.get(accountOf('liabilities:deposits', row)) ?? [])[0]?.split(' ')[0] ?? ''),
    );
    expect(read).toEqual(paid.map((row) => -cents(row['Deposit held'] ?? '')));
    expect(paid.length).toBeGreaterThan(0);
  });

  it('is refused by hledger when a single amount is changed', () => {
    const journal = readFileSync(cli.path('the.journal'), 'utf8');
    const changed = journal.replace(
      /(assets:receivable:[^\n]*? {2})(\d+)\./,
      (_, before: string, whole: string) => `${before}${Number(whole) + 1}.`,
    );
    expect(changed).not.toBe(journal);
    cli.file('changed.journal', changed);
    const { ok, err } = hledger(cli.path('changed.journal'), 'check');
    expect(ok).toBe(false);
    expect(err).toMatch(/could not balance/);
  });
});

/** hledger's account names take neither colons, semicolons and brackets nor two spaces in a row. */
const accountOf = (root: string, row: Readonly<Record<string, string>>): string =>
  `${root}:${(row.Property ?? '').replace(/[:;[\]]/g, '-').replace(/ +/g, ' ')}:${row['Lease ID']}`;

const cents = (text: string): number => Math.round(Number(text || '0') * 100);
