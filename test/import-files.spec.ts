/** Files as other programs export them, taken by the command line into a new book; a month later every lease has its charges. */
import { sandboxes } from '../local/vendors';
import { World } from '../local/world';
import { builtBundle } from './simulation/bundle';
import { CommandLine } from './simulation/cli';
import type { Book } from './worlds';

interface Report {
  readonly ok: boolean;
  readonly tab: string;
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  readonly notes: readonly string[];
}

const BOM = '\uFEFF';
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

const FILES = {
  'properties.csv': lines(
    'Property,Address,Time zone,Currency,Jurisdiction,Manager email',
    'Elm Yard,"1 Elm Street, Albany",America/New_York,USD,US-NY,ann@example.com',
    'Quai 9,9 Quai Nord,Europe/Paris,EUR,,ann@example.com',
    'Nowhere,,Mars/Base,USD,,',
  ),
  // A spreadsheet in a European locale saves semicolons, with a mark of its encoding in front.
  'leases.csv': `${BOM}${lines(
    'Lease ID;Property;Unit;Residents;Email;Rent;Frequency;Due day;Start;End;Deposit;Shoe size',
    'E-1;Elm Yard;1;"Lee, Ann";ann@example.com;$1,200.00;;1;3/1/2025;;$1,200.00;38',
    'E-2;Elm Yard;2;Bob Roy;bob@example.com;"950.5";monthly;15;11/15/2026;;475.25;44',
    'E-3;Elm Yard;3;Cy Dent;cy@example.com;250;weekly;Monday;2026-11-09;;;',
    'E-4;Elm Yard;4;Di Fox;di@example.com;600.00;fortnightly;Fri;2026-10-02;;;',
    'E-5;Elm Yard;5;Ed Poe;ed@example.com;3000;quarterly;10;2026-08-10;;;',
    'E-6;Elm Yard;6;Flo Ash;flo@example.com;12000;yearly;20;11/20/2024;;;',
    'Q-1;Quai 9;1;Gil Roux;gil@example.com;800.00;monthly;31;2026-06-30;2026-12-10;;',
    'N-1;Mill Lane;1;Hal Orr;hal@example.com;700;monthly;6;1/6/2026;;;',
    'X-1;Elm Yard;7;Ivo Bad;ivo@example.com;a lot;monthly;1;2026-11-01;;;',
    'X-2;Elm Yard;8;Jo Bad;jo@example.com;500;sometimes;1;2/31/2026;;;',
    'D-1;Elm Yard;9;Kay Twice;kay@example.com;500;monthly;1;2026-11-01;;;',
    'X-3;Elm Yard;10;Lou Bad;lou@example.com;500;weekly;Someday;2026-11-01;;;',
    'D-1;Elm Yard;11;Max Twice;max@example.com;600;monthly;1;2026-11-01;;;',
  )}`,
  'terms.csv': lines(
    'Lease ID,Type,Amount,From,Until,Every,Memo',
    'E-1,parking,$75.00,11/1/2026,,period,Space 4',
    'E-1,rent,1260.00,2026-12-01,,period,',
    'E-2,utilities,33.10,11/20/2026,,once,Water',
    'Z-9,parking,10,2026-11-01,,period,',
    'E-3,parking,ten,2026-11-01,,period,',
  ),
  'links.csv': lines('Lease ID,Platform,Kind,External ID', 'E-1,stripe,customer,cus_E1', 'E-1,stripe,friend,cus_E2'),
  'appfolio.csv': lines(
    'Property,Unit,Tenant,Status,Rent,Deposit,Lease From,Lease To,Move-in,Move-out,Past Due,BD/BA',
    'Ash Court,1A,"Ng, Sue",Current,"1,850.00","$1,850.00",12/01/2025,11/30/2026,12/01/2025,,0.00,2/1',
    'Ash Court,1B,,Vacant-Unrented,,,,,,,,1/1',
    'Ash Court,1C,"Ode, Tim",Current,,900.00,01/01/2026,,01/01/2026,,0.00,1/1',
    'Total,,,,"1,850.00","2,750.00",,,,,0.00,',
  ),
  'buildium.csv': lines(
    'lease_id,property_name,unit_number,current_tenants,lease_from_date,lease_to_date,lease_status,payment_due_day,rent',
    '7001,Birch,12,Uma Fry;Vic Fry,2026-03-05,,Active,5,1400',
    '7001,Birch,13,Wes Poe,2026-03-01,,Active,1,1400',
    '7002,Birch,14,Old Tenant,2020-01-01,2021-01-01,Past,1,900',
  ),
  'yardi.csv': lines(
    'As Of = 11/05/2026',
    'Unit,Unit Type,Sq Ft,Resident,,Market,Charge,Amount,Resident,Other,Move In,Lease,Move Out,Balance',
    ',,,,Name,Rent,Code,,Deposit,Deposit,,Expiration,,',
    'Cedar Flats,,,,,,,,,,,,,',
    '101,A1,650,t0001,"Diaz, Xia",1300,rent,"1,100.00",500.00,0.00,3/10/2025,2/28/2027,,0.00',
    ',,,,,,petrent,35.00,,,,,,',
    ',,,,,,Total,"1,135.00",,,,,,',
    '102,A1,650,VACANT,VACANT,1300,,,,,,,,0.00',
    'Total,,,,,2600,,"1,135.00",500.00,0.00,,,,0.00',
  ),
  'doorloop.csv': lines(
    'unitName,property,occupied,leaseId,leaseName,start,end,leaseStatus,totalRecurringRent,totalBalanceDue',
    '2A,Pine,TRUE,64f0c1,Yan Fox,2026-11-20,2027-11-19,ACTIVE,1650.5,0',
    '2B,Pine,FALSE,,,,,,0,0',
  ),
  'nothing.csv': lines('Colour,Size', 'red,4'),
};

const cli = new CommandLine();
const reports = new Map<string, { readonly exit: number; readonly json: Report; readonly text: string }>();
let book: Book;

const reportOf = (name: keyof typeof FILES): Report => (reports.get(name) as { json: Report }).json;

/** The same triggers at a slower pace: a month of idle polls would only cost time. */
function slowDown(): void {
  const world = World.open(cli.path('book'), { bundle: builtBundle(), sandboxes });
  for (const trigger of world.triggers) {
    if (trigger.rule === undefined || trigger.rule.kind === 'once') continue;
    Object.assign(trigger, { rule: { kind: 'hours', every: trigger.handler === 'poll' ? 24 : 3, offsetMs: 0 } });
  }
  world.save(cli.path('book'));
}

beforeAll(async () => {
  expect(await cli.run('new', '--book', 'book', '--on', '2026-11-05')).toMatchObject({ exit: 0 });
  for (const [name, text] of Object.entries(FILES)) {
    cli.file(name, text);
    const { exit, json } = await cli.json<Report>('import', name, '--book', 'book');
    reports.set(name, { exit, json, text: '' });
  }
  slowDown();
  expect(await cli.json('until', '2026-12-06', '--book', 'book')).toMatchObject({ exit: 0 });
  book = (await cli.json<Book>('export', '--book', 'book')).json;
  expect(await cli.json('verify', '--book', 'book')).toMatchObject({ exit: 0 });
}, 90_000);

afterAll(() => cli.close());

const reasons = (name: keyof typeof FILES): readonly (readonly [number, string])[] =>
  reportOf(name).refused.map((each) => [each.row, each.reasons.join(' ')] as const);

/** `due amount` of every charge of a line. */
function charges(lease: string, type = 'rent'): string[] {
  return book.entries
    .filter((entry) => entry.lease === lease && entry.kind === 'charge' && entry.type === type)
    .map((entry) => `${entry.due} ${entry.amount}`);
}

describe('files with our own headers', () => {
  it('fill the Properties tab, and a time zone that does not exist is refused with its row', () => {
    expect(reportOf('properties.csv')).toMatchObject({ tab: 'Properties', taken: 2, added: 2 });
    expect(reasons('properties.csv')).toEqual([[4, expect.stringMatching(/Time zone.*Mars\/Base/)]]);
  });

  it('are read with a byte order mark, semicolons, American days and dollar signs; unknown columns are named', () => {
    expect(reportOf('leases.csv')).toMatchObject({ tab: 'Leases', taken: 8, added: 8, updated: 0 });
    expect(reportOf('leases.csv').notes.join(' ')).toContain('Shoe size');
  });

  it('refuse a row whole, with its number in the file and every reason', () => {
    expect(reasons('leases.csv')).toEqual([
      [10, expect.stringMatching(/Rent.*"a lot"/)],
      [11, expect.stringMatching(/Frequency.*"sometimes".*Start.*"2\/31\/2026"/)],
      [12, expect.stringMatching(/"D-1" stands in more than one row/)],
      [13, expect.stringMatching(/Due day.*"someday"/i)],
      [14, expect.stringMatching(/"D-1" stands in more than one row/)],
    ]);
  });

  it('add a property that is not there, and say so', () => {
    expect(reportOf('leases.csv').notes).toContainEqual(
      expect.stringMatching(/"Mill Lane" was not on the Properties tab.*America\/New_York and USD/),
    );
  });

  it('take terms and links of known leases only', () => {
    expect(reportOf('terms.csv')).toMatchObject({ tab: 'Terms', taken: 3 });
    expect(reasons('terms.csv')).toEqual([
      [5, expect.stringContaining('"Z-9" is no lease')],
      [6, expect.stringMatching(/Amount.*"ten"/)],
    ]);
    expect(reportOf('links.csv')).toMatchObject({ tab: 'Links', taken: 1 });
    expect(reasons('links.csv')).toEqual([[3, expect.stringMatching(/Kind.*"friend"/)]]);
  });
});

describe('rent rolls of other programs', () => {
  it('come in by their headers alone, without the vacant, the past and the totals', () => {
    expect(reportOf('appfolio.csv')).toMatchObject({ taken: 1, skipped: [{ row: 3 }] });
    expect(reportOf('buildium.csv')).toMatchObject({ taken: 1, skipped: [{ row: 4 }] });
    expect(reportOf('yardi.csv')).toMatchObject({ tab: 'Leases, Terms', taken: 2, skipped: [{ row: 8 }] });
    expect(reportOf('doorloop.csv')).toMatchObject({ taken: 1, skipped: [{ row: 3 }] });
  });

  it('are refused row by row with the reason', () => {
    expect(reasons('appfolio.csv')).toEqual([[4, expect.stringContaining('no rent')]]);
    expect(reasons('buildium.csv')).toEqual([[3, expect.stringContaining('"7001" stands in row 2')]]);
  });

  it('that are none are refused, with exit code 1', () => {
    expect(reports.get('nothing.csv')?.exit).toBe(1);
    expect(reportOf('nothing.csv')).toMatchObject({ ok: false, taken: 0 });
    expect([...reports.values()].map(({ exit }) => exit)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('a month after the books opened on the fifth of November', () => {
  it.each([
    ['E-1', ['2026-12-01 1260.00'], 'monthly, begun long before, with its new rent'],
    ['E-2', ['2026-11-15 950.50'], 'monthly, begun after the opening'],
    ['E-3', ['2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'].map((day) => `${day} 250.00`), 'every Monday'],
    ['E-4', ['2026-11-13 600.00', '2026-11-27 600.00'], 'every other Friday from its own first one'],
    ['E-5', ['2026-11-10 3000.00'], 'each quarter'],
    ['E-6', ['2026-11-20 12000.00'], 'each year'],
    ['Q-1', ['2026-11-30 283.87'], 'on the last day of short months, cut by its end: 11 of 31 days'],
    ['N-1', ['2026-11-06 700.00', '2026-12-06 700.00'], 'of the property that was added'],
    ['ash-court-1a', [], 'an agreed end on the last of November'],
    ['7001', ['2026-11-05 1400.00', '2026-12-05 1400.00'], 'due on the opening day itself'],
    ['cedar-flats-101', ['2026-12-01 1100.00'], 'its rent from the charge lines'],
    ['64f0c1', ['2026-11-20 605.18', '2026-12-01 1650.50'], 'a first part-period of 11 of 30 days'],
  ])('%s is charged %j: %s', (lease, expected) => {
    expect(charges(lease)).toEqual(expected);
  });

  it('charges the lines of the Terms tab, and those that a rent roll has beside rent', () => {
    expect(charges('E-1', 'parking')).toEqual(['2026-12-01 75.00']);
    expect(charges('E-2', 'utilities')).toEqual(['2026-11-20 33.10']);
    expect(charges('cedar-flats-101', 'pet')).toEqual(['2026-12-01 35.00']);
  });

  it('holds the deposits of leases that are older than the books, and asks for those of new ones', () => {
    const held = book.leases.map((lease) => [lease.id, (lease as unknown as { depositHeld: string }).depositHeld]);
    expect(held.filter(([, amount]) => amount !== '0.00')).toEqual([
      ['E-1', '1200.00'],
      ['ash-court-1a', '1850.00'],
      ['cedar-flats-101', '500.00'],
    ]);
    expect(charges('E-1', 'deposit')).toEqual([]);
    expect(charges('E-2', 'deposit')).toEqual(['2026-11-15 475.25']);
  });

  it('charges nothing that was due before the opening, and nothing of a refused row', () => {
    const early = book.entries.filter((entry) => entry.kind === 'charge' && String(entry.due) < '2026-11-05');
    expect(early).toEqual([]);
    expect(book.leases.map((lease) => lease.id).filter((id) => id.startsWith('X-'))).toEqual([]);
  });

  it('changes a row that comes again, and adds none', async () => {
    cli.file('again.csv', lines('Lease ID,Rent', 'E-3,275.00'));
    const { json } = await cli.json<Report>('import', 'again.csv', '--tab', 'Leases', '--book', 'book');
    expect(json).toMatchObject({ taken: 1, added: 0, updated: 1, refused: [] });
    expect(await cli.json('until', '2026-12-07', '--book', 'book')).toMatchObject({ exit: 0 });
    book = (await cli.json<Book>('export', '--book', 'book')).json;
    expect(charges('E-3').slice(-2)).toEqual(['2026-11-30 250.00', '2026-12-07 275.00']);
  });
});
