/** The verbs of the command line as a person uses them, one after another, on one small book. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askApi } from '../../local/cli/api';
import { CommandLine } from '../simulation/cli';

const line = new CommandLine();
afterAll(() => line.close());

const PROPERTIES = `Property,Address,Time zone,Currency,Jurisdiction,Grace days,Grace rule,Late fee,Fee terms confirmed,Slack webhook
Elm House,1 Elm Street,America/New_York,USD,US-TX,20,N full days,50.00,"Ann Owner, 2026-09-01",yes
`;
const LEASES = `Lease ID,Property,Unit,Residents,Email,Rent,Frequency,Due day,Start
E-1,Elm House,1,Ada Stone,ada@example.com,1000.00,monthly,1,2026-01-01
E-2,Elm House,2,Ben Hale,ben@example.com,1200.00,monthly,1,2026-01-01
E-3,Elm House,3,Cleo Marsh,cleo@example.com,lots,monthly,1,2026-01-01
`;
const PAYMENTS = JSON.stringify({
  object: 'list',
  data: [
    {
      id: 'pi_ada',
      object: 'payment_intent',
      amount: 100_000,
      currency: 'usd',
      status: 'succeeded',
      created: Date.parse('2026-10-02T15:00:00Z') / 1000,
      metadata: { lease_id: 'E-1' },
    },
    { id: 'pi_broken', object: 'payment_intent', amount: 'much', currency: 'usd', status: 'succeeded' },
  ],
});

interface Exported {
  readonly leases: readonly { readonly id: string; readonly balance: string; readonly standing: string }[];
  readonly receipts: readonly { readonly id: string; readonly lease: string | null }[];
}

const BOOK = ['--book', 'book'] as const;

beforeAll(async () => {
  line.file('properties.csv', PROPERTIES);
  line.file('leases.csv', LEASES);
  line.file('payments.json', PAYMENTS);
  line.file('broken.json', '{"object": "list", ');
  const { exit, err } = await line.run('new', ...BOOK, '--on', '2026-10-01');
  expect([exit, err]).toEqual([0, '']);
});

describe('new', () => {
  it('makes every tab with the clock at nine in the morning of the zone', async () => {
    const { exit, json } = await line.json(
      'new',
      '--book',
      'london',
      '--on',
      '2026-10-01',
      '--zone',
      'Europe/London',
      '--currency',
      'GBP',
    );
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      ok: true,
      clock: expect.stringMatching(/^2026-10-01T08:00:0/),
      zone: 'Europe/London',
      currency: 'GBP',
    });
    expect(json.created).toEqual(expect.arrayContaining(['Leases', 'Properties', 'Ledger', 'Outbox', 'State']));
    expect(line.world('london').workbook.state.properties.locale).toBe('en_GB');
  });

  it('refuses a folder that holds a book, and replaces it when told to', async () => {
    const again = ['new', '--book', 'london', '--on', '2026-11-02'];
    const refused = await line.run(...again);
    expect([refused.exit, refused.out]).toEqual([1, '']);
    expect(refused.err).toMatch(/holds a book already.*--force/);
    const forced = await line.json(...again, '--force');
    expect(forced.json).toMatchObject({ ok: true, clock: expect.stringMatching(/^2026-11-02T14:00:0/) });
  });
});

describe('import', () => {
  it('takes rows by their headers', async () => {
    const { exit, json } = await line.json('import', 'properties.csv', ...BOOK, '--tab', 'Properties');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ ok: true, tab: 'Properties', taken: 1, refused: [] });
  });

  it('tells the row that it refuses and why, and takes the others', async () => {
    const { exit, out } = await line.run('import', 'leases.csv', ...BOOK);
    expect(exit).toBe(0);
    expect(out).toMatch(/leases\.csv: 2 rows taken into Leases \(2 new, 0 changed\)/);
    expect(out).toMatch(/1 row refused:\n {2}row 4: .*lots/);
  });

  it('exits with 1 when nothing could be taken', async () => {
    line.file('poems.csv', 'Title,Verse\nRain,It falls\n');
    const { exit, out, err } = await line.run('import', 'poems.csv', ...BOOK);
    expect(exit).toBe(1);
    expect(`${out}${err}`).not.toBe('');
  });

  it('says which file is missing', async () => {
    const { exit, err } = await line.run('import', 'nowhere.csv', ...BOOK);
    expect(exit).toBe(1);
    expect(err).toBe(`There is no file ${line.path('nowhere.csv')}.\n`);
  });
});

describe('vendor load', () => {
  it('loads what it can and tells what it refuses', async () => {
    const { exit, out } = await line.run('vendor', 'stripe', 'load', 'payments.json', ...BOOK);
    expect(exit).toBe(0);
    expect(out).toBe('payments.json: 1 object loaded into stripe, 1 refused.\n  object 2: amount is not an integer\n');
  });

  it('loads nothing from a file that is not JSON', async () => {
    const { exit, err } = await line.run('vendor', 'stripe', 'load', 'broken.json', ...BOOK);
    expect(exit).toBe(1);
    expect(err).toMatch(/broken\.json is not JSON: .* Nothing was loaded\./);
  });

  it('names the sandboxes that take objects when the name is wrong', async () => {
    const { exit, err } = await line.run('vendor', 'strip', 'load', 'payments.json', ...BOOK);
    expect(exit).toBe(2);
    expect(err).toMatch(/No sandbox named "strip" takes objects\. There is: .*stripe/);
  });
});

describe('until', () => {
  it('goes on to the end of the day, charges rent and takes the payment', async () => {
    const { exit, json, err } = await line.json('until', '2026-10-03', ...BOOK, '--har', 'run.har');
    expect([exit, err]).toEqual([0, '']);
    expect(json).toMatchObject({
      ok: true,
      clock: '2026-10-04T03:59:59.000Z',
      charges: 2,
      receipts: 1,
      stopped: false,
    });
    expect(json.executions).toBeGreaterThan(300);
  });

  it('records the exchanges of the run without the key', () => {
    const har = readFileSync(line.path('run.har'), 'utf8');
    const { log } = JSON.parse(har) as { log: { entries: { request: { url: string } }[] } };
    expect(log.entries.some((entry) => entry.request.url.startsWith('https://api.stripe.com/v1/'))).toBe(true);
    expect(har).not.toContain('sk_test_rentledger');
  });

  it('refuses a day in the past and leaves the clock where it is', async () => {
    const { exit, err } = await line.run('until', '2026-10-02', ...BOOK);
    expect(exit).toBe(1);
    expect(err).toBe(
      'The clock of this book stands at 2026-10-03 23:59 America/New_York and only moves on. Name 2026-10-03 or later.\n',
    );
  });

  it('stops after a whole day when it is told to, and keeps that day', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const { main } = await import('../../local/cli/main');
    const io = {
      out: (text: string) => void told.push(text),
      err: () => undefined,
      cwd: line.folder,
      root: '',
      isTerminal: true,
    };
    const work = main(['until', '2026-10-30', ...BOOK, '--json'], { ...io, dist: line.dist, stop: stop.signal });
    stop.abort();
    expect(await work).toBe(0);
    const { stopped, clock } = JSON.parse(told.join('')) as { stopped: boolean; clock: string };
    expect(stopped).toBe(true);
    expect(new Date(line.world('book').now).toISOString()).toBe(clock);
  });
});

describe('poll, daily and deliver', () => {
  it.each(['poll', 'daily', 'deliver'])('%s runs now and tells what it cost', async (job) => {
    const { exit, out } = await line.run(job, ...BOOK);
    expect(exit).toBe(0);
    expect(out).toMatch(/\d+ service calls, about \d+\.\d s at Google\.\n$/);
  });
});

describe('link and fail', () => {
  it('puts a row on the Links tab', async () => {
    const { exit, out } = await line.run('link', 'E-2', 'stripe', 'customer', 'cus_ben', ...BOOK);
    expect([exit, out]).toEqual([0, 'cus_ben at stripe is the customer of E-2.\n']);
    const { out: csv } = await line.run('export', '--format', 'csv', ...BOOK);
    expect(csv).toMatch(/"E-2","stripe","customer","cus_ben"/);
  });

  it('makes the platform fail as often as it is told, and the poll says so', async () => {
    const on = await line.json<{ armed: string[] }>('fail', 'stripe', '401', '--times', '3', ...BOOK);
    expect(on.json.armed).toEqual(['stripe refuses the credentials (401), the next 3 calls']);
    const { json } = await line.json<{ problems: string[] }>('poll', ...BOOK);
    expect(json.problems.join('\n')).toMatch(/stripe/i);
    const off = await line.run('fail', 'stripe', 'off', ...BOOK);
    expect(off.out).toBe('Every platform works.\n');
  });

  it('refuses a platform and a failure that do not exist', async () => {
    expect((await line.run('fail', 'bank', '500', ...BOOK)).exit).toBe(2);
    expect((await line.run('fail', 'stripe', 'smoke', ...BOOK)).err).toMatch(/"smoke" is no failure/);
  });
});

describe('export', () => {
  it('prints the whole book as JSON', async () => {
    const { exit, out } = await line.run('export', '--format', 'json', ...BOOK);
    expect(exit).toBe(0);
    const book = JSON.parse(out) as Exported;
    expect(Object.keys(book)).toEqual(
      expect.arrayContaining(['leases', 'entries', 'receipts', 'outbox', 'tasks', 'log', 'asOf', 'clock']),
    );
    expect(book.leases.find((lease) => lease.id === 'E-1')).toMatchObject({ balance: '0.00', standing: 'paid' });
    expect(book.leases.find((lease) => lease.id === 'E-2')).toMatchObject({ balance: '1200.00' });
    expect(book.receipts).toEqual([expect.objectContaining({ id: 'pi_ada', lease: 'E-1' })]);
  });

  it('writes the tabs as CSV files', async () => {
    const { exit, json } = await line.json<{ files: string[] }>('export', '--format', 'csv', '--out', 'tabs', ...BOOK);
    expect(exit).toBe(0);
    expect(json.files.length).toBeGreaterThan(5);
    for (const file of json.files) expect(existsSync(line.path(`tabs/${file}`))).toBe(true);
  });

  it('prints a double-entry journal with an account for each lease', async () => {
    const { out } = await line.run('export', '--format', 'hledger', ...BOOK);
    expect(out).toMatch(/assets:receivable:Elm House:E-2/);
  });

  it('changes nothing', async () => {
    const before = readFileSync(line.path('book/world.json'), 'utf8');
    await line.run('export', ...BOOK);
    expect(readFileSync(line.path('book/world.json'), 'utf8')).toBe(before);
  });
});

describe('status', () => {
  it('tells the clock, the leases by standing and the counts', async () => {
    const { json } = await line.json<{ standings: Record<string, number> }>('status', ...BOOK);
    expect(json).toMatchObject({ ok: true, leases: 2, receipts: 1 });
    expect(json.standings.Paid).toBe(1);
  });
});

describe('verify', () => {
  it('says that all is well', async () => {
    const { exit, out } = await line.run('verify', ...BOOK);
    expect(exit).toBe(0);
    expect(out).toMatch(/^All is well: \d+ ledger entries, \d+ log rows, 2 leases\.\n$/);
  });

  it('holds an evidence packet against the book, and tells of a file that is none', async () => {
    const world = line.world('book');
    const made = askApi<{ html: string }>(world, 'evidence', [{ request: 'packet', lease: 'E-1' }]);
    world.save(line.path('book'));
    line.file('packet.html', made.html);
    const good = await line.run('verify', ...BOOK, '--packet', 'packet.html');
    expect([good.exit, good.err]).toEqual([0, '']);
    expect(good.out).toMatch(
      /^The file is as it was made, and all \d+ ledger rows and \d+ log lines are as in the book\.\n$/,
    );
    line.file('packet.html', made.html.replace('Ada Stone', 'Eve Stone'));
    const bad = await line.json<{ ok: boolean; says: string }>('verify', ...BOOK, '--packet', 'packet.html');
    expect([bad.exit, bad.json.ok]).toEqual([1, false]);
    expect(bad.json.says).toMatch(/^The file is not as it was made\. First: /);
    const none = await line.run('verify', ...BOOK, '--packet', 'payments.json');
    expect([none.exit, none.out]).toEqual([1, '']);
    expect(none.err).toContain('This is no evidence packet');
    expect((await line.run('verify', ...BOOK, '--packet', 'nowhere.html')).err).toContain('There is no file');
  });

  it('exits with 1 and the reason when somebody typed into the ledger', async () => {
    const world = line.world('book');
    world.edit('Ledger', 'H2', '1.00', 'helper@example.com');
    world.save(line.path('book'));
    const { exit, json } = await line.json<{ ok: boolean; problems: string[] }>('verify', ...BOOK);
    expect([exit, json.ok]).toEqual([1, false]);
    expect(json.problems.join('\n')).toMatch(/Ledger/);
  });
});

describe('a book that is in use or not there', () => {
  const lock = () => line.path('book/in-use.lock');

  it('is refused while another process holds it', async () => {
    const holder = {
      pid: process.ppid,
      host: (await import('node:os')).hostname(),
      verb: 'serve',
      since: '2026-10-01T00:00:00Z',
    };
    writeFileSync(lock(), JSON.stringify(holder));
    const { exit, err } = await line.run('status', ...BOOK);
    expect(exit).toBe(1);
    expect(err).toMatch(new RegExp(`is in use by \`serve\` \\(process ${process.ppid}, `));
    expect(existsSync(lock())).toBe(true);
  });

  it('is taken over from a process that is gone', async () => {
    const { spawnSync } = await import('node:child_process');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(
      lock(),
      JSON.stringify({ pid, host: (await import('node:os')).hostname(), verb: 'serve', since: '' }),
    );
    expect((await line.run('status', ...BOOK)).exit).toBe(0);
    expect(existsSync(lock())).toBe(false);
  });

  it('is told with how to make one, and no folder is left behind', async () => {
    const { exit, err } = await line.run('status', '--book', 'nothing');
    expect(exit).toBe(1);
    expect(err).toMatch(/nothing holds no book\. Make one with `new --book /);
    expect(existsSync(join(line.folder, 'nothing'))).toBe(false);
  });
});
