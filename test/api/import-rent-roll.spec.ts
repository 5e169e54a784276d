/** Whole rent rolls of other programs, from CSV text to rows for our tabs. */
import { recognise } from '../../src/api/import-headers';
import { csvText, type ImportDefaults, readCsv, toRows } from '../../src/api/rent-roll';
import { day } from '../../src/domain/calendar';
import { currency } from '../../src/domain/values';
import { TABS } from '../../src/sheet/schema';

const DEFAULTS: ImportDefaults = {
  property: '',
  currency: currency('USD'),
  dateOrder: 'mdy',
  today: day('2026-12-01'),
};

function imported(lines: readonly string[], defaults: Partial<ImportDefaults> = {}) {
  const table = readCsv(lines.join('\n'));
  expect(table.problems).toEqual([]);
  return toRows(recognise(table.headers).kind, table, { ...DEFAULTS, ...defaults });
}

const leasesOf = (result: ReturnType<typeof toRows>) => result.tables.find(({ tab }) => tab === 'Leases')?.rows ?? [];
const termsOf = (result: ReturnType<typeof toRows>) => result.tables.find(({ tab }) => tab === 'Terms')?.rows ?? [];

describe('an AppFolio rent roll', () => {
  const HEADER = 'Property,Unit,Tenant,Status,Rent,Deposit,Lease From,Lease To,Move-in,Move-out,Past Due,BD/BA';

  it('becomes leases, with vacant units skipped and totals left out', () => {
    const result = imported([
      HEADER,
      'Maple Court,4B,"Garcia, Maria",Current,"1,250.00","$1,250.00",02/01/2026,01/31/2027,02/01/2026,,0.00,2/1',
      'Maple Court,5A,"Chen, Wei",Notice-Unrented,990.00,,06/01/2025,05/31/2026,06/01/2025,12/31/2026,50.00,1/1',
      'Maple Court,6C,,Vacant-Unrented,,,,,,,,1/1',
      'Maple Court,7D,"Okafor, Ada",Future,900.00,,01/01/2027,,,,,1/1',
      'Total,,,,"2,240.00",,,,,,50.00,',
    ]);
    expect(leasesOf(result)).toEqual([
      {
        'Lease ID': 'maple-court-4b',
        Property: 'Maple Court',
        Unit: '4B',
        Residents: 'Maria Garcia',
        Rent: '1250.00',
        Start: '2026-02-01',
        End: '2027-01-31',
        Deposit: '1250.00',
      },
      {
        'Lease ID': 'maple-court-5a',
        Property: 'Maple Court',
        Unit: '5A',
        Residents: 'Wei Chen',
        Rent: '990.00',
        Start: '2025-06-01',
        End: '2026-12-31',
      },
    ]);
    expect(result.skipped).toEqual([
      { row: 4, reason: expect.stringContaining('Vacant') },
      { row: 5, reason: expect.stringContaining('future resident') },
    ]);
    expect(result.refused).toEqual([]);
    expect(result.notes.join(' ')).toMatch(/1 rows of totals.*1 rows show a balance/);
  });

  it('takes the property from headings where no column names it', () => {
    const result = imported([
      'Unit,Tenant,Status,Rent,Lease From,Lease To,BD/BA',
      'Maple Court - 12 Main St,,,,,,',
      '1,Ann Lee,Current,800.00,01/01/2026,,1/1',
      'Maple Court Total,,,800.00,,,',
      'Oak House,,,,,,',
      '1,Bo Diaz,Current,700.00,01/01/2026,,1/1',
    ]);
    expect(leasesOf(result).map((row) => [row['Lease ID'], row.Property])).toEqual([
      ['maple-court-12-main-st-1', 'Maple Court - 12 Main St'],
      ['oak-house-1', 'Oak House'],
    ]);
  });
});

describe('a Yardi rent roll with lease charges', () => {
  const LINES = [
    'Rent Roll with Lease Charges',
    'As Of = 12/01/2026',
    'Unit,Unit Type,Sq Ft,Resident,,Market,Charge,Amount,Resident,Other,Move In,Lease,Move Out,Balance',
    ',,,,Name,Rent,Code,,Deposit,Deposit,,Expiration,,',
    'Current/Notice/Vacant Residents,,,,,,,,,,,,,',
    '101,A1,650,t0001,"Garcia, Maria",1300,rent,"1,100.00",500.00,200.00,3/1/2025,2/28/2027,,0.00',
    ',,,,,,hudrent,150.00,,,,,,',
    ',,,,,,petrent,35.00,,,,,,',
    ',,,,,,concess,(50.00),,,,,,',
    ',,,,,,Total,"1,235.00",,,,,,',
    '102,A1,650,VACANT,VACANT,1300,,,,,,,,0.00',
    'Future Residents/Applicants,,,,,,,,,,,,,',
    '102,A1,650,t0009,Sam Poe,1300,,0.00,,,1/1/2027,,,0.00',
    'Total,,,,,2600,,"1,235.00",500.00,200.00,,,,0.00',
  ];

  it('sums the codes for rent and turns the others into terms', () => {
    const result = imported(LINES, { property: 'Maple' });
    expect(leasesOf(result)).toEqual([
      {
        'Lease ID': 'maple-101',
        Property: 'Maple',
        Unit: '101',
        Residents: 'Maria Garcia',
        Rent: '1250.00',
        Start: '2025-03-01',
        End: '2027-02-28',
        Deposit: '700.00',
      },
    ]);
    expect(termsOf(result)).toEqual([
      { 'Lease ID': 'maple-101', Type: 'pet', Amount: '35.00', Memo: 'petrent', From: '2025-03-01', Every: 'period' },
    ]);
    expect(result.skipped.map(({ row }) => row)).toEqual([11, 13]);
    expect(result.refused).toEqual([]);
    expect(result.notes.join(' ')).toContain('credit concess of -50.00 is not imported');
  });

  it('refuses rows without a property, with the file row', () => {
    expect(imported(LINES).refused).toEqual([{ row: 6, reasons: ['The row names no property.'] }]);
  });
});

describe('other programs', () => {
  it('reads Buildium leases with their own ids and due day, and refuses an id that comes twice', () => {
    const result = imported([
      'lease_id,property_name,unit_number,current_tenants,lease_from_date,lease_to_date,lease_status,payment_due_day,rent',
      '9001,Elm,12,Ann Lee;Bo Lee,2026-03-01,,Active,5,1400',
      '9001,Elm,13,Cy Poe,2026-03-01,,Active,1,1400',
      '9003,Elm,14,Old Resident,2020-01-01,2021-01-01,Past,1,900',
    ]);
    expect(leasesOf(result)).toEqual([
      {
        'Lease ID': '9001',
        Property: 'Elm',
        Unit: '12',
        Residents: 'Ann Lee, Bo Lee',
        Rent: '1400.00',
        'Due day': '5',
        Start: '2026-03-01',
      },
    ]);
    expect(result.refused).toEqual([{ row: 3, reasons: [expect.stringMatching(/"9001" stands in row 2/)] }]);
    expect(result.skipped).toEqual([{ row: 4, reason: expect.stringContaining('Past') }]);
  });

  it('reads a DoorLoop rent roll and skips what is not occupied', () => {
    const result = imported([
      'unitName,property,occupied,leaseId,leaseName,start,end,leaseStatus,totalRecurringRent,totalBalanceDue',
      '2A,Pine,TRUE,64f0c1,Dee Fox,2026-01-15,2027-01-14,ACTIVE,1650.5,0',
      '2B,Pine,FALSE,,,,,,0,0',
    ]);
    expect(leasesOf(result)).toEqual([
      {
        'Lease ID': '64f0c1',
        Property: 'Pine',
        Unit: '2A',
        Residents: 'Dee Fox',
        Rent: '1650.50',
        Start: '2026-01-15',
        End: '2027-01-14',
      },
    ]);
    expect(result.skipped.map(({ row }) => row)).toEqual([3]);
  });

  it('reads a TenantCloud import file; a blank end is month to month', () => {
    const lines = [
      'Unit number,Tenant(s) Full name,Total Recurring Rent Amount,Lease End Date,Tenant Rent Amount Portion,Tenant Deposit Amount Portion',
      '3,"Ann Lee, Bo Lee",1200,,600,300',
    ];
    expect(imported(lines, { property: 'Fir' }).refused).toEqual([
      { row: 2, reasons: ['There is no first day of the lease.'] },
    ]);
    expect(leasesOf(imported(lines, { property: 'Fir', start: day('2026-12-01') }))).toEqual([
      {
        'Lease ID': 'fir-3',
        Property: 'Fir',
        Unit: '3',
        Residents: 'Ann Lee, Bo Lee',
        Rent: '1200.00',
        Start: '2026-12-01',
        Deposit: '300.00',
      },
    ]);
  });
});

describe('a sheet made by hand', () => {
  it('is read in its own date order, with German money', () => {
    const result = imported(
      ['Objekt;Wohnung;Mieter;Kaltmiete;Mietbeginn', 'Gartenstraße;EG links;Jörg Weiß;1.200,50 €;03.04.2026'],
      {
        dateOrder: 'dmy',
        currency: currency('EUR'),
      },
    );
    expect(leasesOf(result)).toEqual([
      {
        'Lease ID': 'gartenstraße-eg-links',
        Property: 'Gartenstraße',
        Unit: 'EG links',
        Residents: 'Jörg Weiß',
        Rent: '1200.50',
        Start: '2026-04-03',
      },
    ]);
  });

  it('carries a property down over blank cells and joins first and last names', () => {
    const result = imported([
      'Building,Apt,First name,Last name,Monthly rent,Move-in,Due date',
      'Elm,1,Ann,Lee,"$1,000/mo","Jan 5, 2026",1st',
      ',2,Bo,Poe,950 per month,5 February 2026,15',
    ]);
    expect(
      leasesOf(result).map((row) => [row['Lease ID'], row.Residents, row.Rent, row.Start, row['Due day']]),
    ).toEqual([
      ['elm-1', 'Ann Lee', '1000.00', '2026-01-05', '1'],
      ['elm-2', 'Bo Poe', '950.00', '2026-02-05', '15'],
    ]);
  });

  it('gives every reason of a row at once and guesses nothing', () => {
    const result = imported([
      'Property,Unit,Tenant,Rent,Start,Due day',
      'Elm,1,Ann,paid cash,13/02/2026,40',
      'Elm,2,Bo,1.200,02/30/2026,1',
      'Elm,3,Cy,1200,02/01/2026,1',
    ]);
    expect(leasesOf(result)).toHaveLength(1);
    expect(result.refused).toEqual([
      {
        row: 2,
        reasons: [
          expect.stringContaining('Start "13/02/2026" is not a date (read as month/day/year)'),
          expect.stringContaining('Rent "paid cash" is not an amount'),
          expect.stringContaining('Due day "40"'),
        ],
      },
      {
        row: 3,
        reasons: [
          expect.stringContaining('Start "02/30/2026"'),
          expect.stringContaining('"1.200" can be read in two ways'),
        ],
      },
    ]);
  });

  it('takes a lease whose agreed end has passed as month to month, and says so', () => {
    const result = imported(['Property,Unit,Tenant,Rent,Start,End', 'Elm,1,Ann,1000,01/01/2025,12/31/2025']);
    expect(leasesOf(result)[0]).not.toHaveProperty('End');
    expect(result.notes).toEqual([
      'Row 2: the agreed end 2025-12-31 has passed, so the lease is taken as month to month.',
    ]);
  });

  it('obeys a mapping that a person corrected', () => {
    const table = readCsv('Haus,Unit,Tenant,Rent,Start\nElm,1,Ann,1000,01/01/2026\n');
    const result = toRows('by hand', table, { ...DEFAULTS, mapping: { Property: ['Haus'] } });
    expect(leasesOf(result)[0]?.Property).toBe('Elm');
  });

  it('builds IDs that are unique and do not depend on the order of rows', () => {
    const rows = ['Elm,1,Ann Lee,500,01/01/2026', 'Elm,1,Bo Poe,500,01/01/2026', 'Elm,2,Cy Fox,900,01/01/2026'];
    const ids = (lines: string[]) =>
      Object.fromEntries(
        leasesOf(imported(['Property,Unit,Tenant,Rent,Start', ...lines])).map((row) => [
          row.Residents,
          row['Lease ID'],
        ]),
      );
    expect(ids(rows)).toEqual({ 'Ann Lee': 'elm-1-ann-lee', 'Bo Poe': 'elm-1-bo-poe', 'Cy Fox': 'elm-2' });
    expect(ids([...rows].reverse())).toEqual(ids(rows));
  });
});

describe('files with our own headers', () => {
  it.each(TABS.filter((tab) => tab.owner === 'people'))('pass through untouched for $title', (tab) => {
    const headers = tab.columns.map((column) => column.header);
    const cells = headers.map((header, at) => `  ${header} =${at} (1,0.5) ☂ `);
    const table = readCsv(csvText([...headers, 'Mine'], [[...cells, 'x']], headers));
    const { kind } = recognise(table.headers);
    const result = toRows(kind, table, DEFAULTS);
    const expected = Object.fromEntries(headers.map((header, at) => [header, cells[at]]));
    expect(result).toEqual({
      tables: [{ tab: tab.title, rows: [expected], fileRows: [2] }],
      refused: [],
      skipped: [],
      notes: [expect.stringContaining('Mine')],
    });
  });
});
