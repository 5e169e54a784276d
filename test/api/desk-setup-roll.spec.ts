/** A rent roll found in the workbook or pasted: its headers mapped and corrected, its rows judged, and then taken. */
import type { HeaderMap } from '../../src/api/desk/setup';
import { bare, ELM, leaseOf, OWNER, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { answerTo, ask, click, given, peopleTabs, refusal } from './desk-setup-world';

const ON = '2026-12-01';
const MANAGER = 'mia@example.com';

/** A tab that somebody brought along, its cells typed by a person. */
function withTab(world: World, title: string, rows: readonly (readonly string[])[]): World {
  const id = world.workbook.id;
  world.workbook.api(
    'spreadsheets.batchUpdate',
    { spreadsheetId: id },
    { requests: [{ addSheet: { properties: { title } } }] },
  );
  world.paste(title, 'A1', rows);
  return world;
}

const empty = smallWorld({ on: ON, leases: [] });
const map = (world: World, args: object) => given(ask(world, 'mapHeaders', args as { text: string })) as HeaderMap;

/** Header rows as programs and people write them, a row of data under each, and the lease that comes of it. */
const VARIANTS: readonly (readonly [string, string, string, Readonly<Record<string, string>>])[] = [
  [
    'AppFolio',
    'Property|Unit|BD/BA|Tenant|Additional Tenants|Status|Market Rent|Rent|Deposit|Lease From|Lease To',
    'Elm House|1|2/1|Lee, Ann|Bo Lee|Current|1300|1200|500|1/15/2026|1/14/2027',
    { Residents: 'Ann Lee, Bo Lee', Rent: '1200.00', Start: '2026-01-15', End: '2027-01-14' },
  ],
  [
    'Buildium',
    'LeaseId|PropertyName|UnitNumber|CurrentTenants|LeaseFromDate|LeaseToDate|PaymentDueDay|Rent',
    '77|Elm House|1|Ann Lee|2/1/2026|1/31/2027|5|1200',
    { 'Lease ID': '77', 'Due day': '5', Start: '2026-02-01' },
  ],
  [
    'Yardi',
    'Property|Unit|Tenant|Market Rent|Actual Rent|Deposit|Other Deposits|Move In|Move Out',
    'Elm House|1|Lee, Ann|1300|1200|500|100|3/1/2026|',
    { Residents: 'Ann Lee', Rent: '1200.00', Deposit: '600.00', Start: '2026-03-01' },
  ],
  [
    'DoorLoop',
    'property|unitName|leaseName|start|end|leaseStatus|totalRecurringRent|totalBalanceDue',
    'Elm House|1|Ann Lee|2026-04-01|2027-03-31|Active|1200|0',
    { Residents: 'Ann Lee', Rent: '1200.00', Start: '2026-04-01' },
  ],
  [
    'TenantCloud',
    'Property|Unit number|Tenant(s) Full name|Total Recurring Rent Amount|Lease Start Date|Tenant Rent Amount Portion',
    'Elm House|1|Ann Lee|1200|5/1/2026|1200',
    { Residents: 'Ann Lee', Rent: '1200.00', Start: '2026-05-01' },
  ],
  [
    'a hand-made English sheet',
    'Building|Apt #|Tenant name|E-mail|Cell|Monthly rent|Rent due|Move-in|Security deposit',
    'Elm House|1|Ann Lee|ann@example.com|555-0101|$1,200.00|3|6/1/2026|$500',
    { Email: 'ann@example.com', Rent: '1200.00', 'Due day': '3', Start: '2026-06-01', Deposit: '500.00' },
  ],
  [
    'names in two columns',
    'Property|Unit|First name|Last name|Rent/month|Lease start|Lease end',
    'Elm House|1|Ann|Lee|1200|7/1/2026|6/30/2027',
    { Residents: 'Ann Lee', Rent: '1200.00', End: '2027-06-30' },
  ],
  [
    'a Spanish sheet',
    'Edificio|Unidad|Inquilino|Correo electrónico|Teléfono|Alquiler|Fecha de inicio|Fianza',
    'Elm House|1|Ana León|ana@example.com|555|1200|8/1/2026|500',
    { Residents: 'Ana León', Email: 'ana@example.com', Rent: '1200.00', Deposit: '500.00', Start: '2026-08-01' },
  ],
  [
    'a French sheet without accents',
    'Immeuble|Appartement|Locataire|Courriel|Telephone|Loyer mensuel|Debut du bail|Depot de garantie',
    'Elm House|1|Zoé Roy|zoe@example.com|555|1200|9/1/2026|500',
    { Residents: 'Zoé Roy', Rent: '1200.00', Deposit: '500.00', Start: '2026-09-01' },
  ],
  [
    'a German sheet',
    'Gebäude|Wohnung|Mieter|E-Mail|Telefon|Kaltmiete|Mietbeginn|Kaution',
    'Elm House|1|Jörg Weiß|joerg@example.com|555|1200|10/1/2026|500',
    { Residents: 'Jörg Weiß', Rent: '1200.00', Start: '2026-10-01' },
  ],
  [
    'our own headers in any order',
    'Rent|Start|Residents|Unit|Property|Lease ID|My notes',
    '1200|2026-11-01|Ann Lee|1|Elm House|L-1|x',
    { 'Lease ID': 'L-1', Rent: '1200', Start: '2026-11-01' },
  ],
  [
    'snake case',
    'property_name|unit_no|resident_name|monthly_rent|lease_start_date|security_deposit',
    'Elm House|1|Ann Lee|1200|2026-11-01|500',
    { Residents: 'Ann Lee', Rent: '1200.00', Deposit: '500.00' },
  ],
];

describe('a rent roll that stands on a tab of its own', () => {
  it.each(VARIANTS)('is found and mapped: %s', (_from, headers, row, lease) => {
    const world = withTab(empty.clone(), 'My rents', [['Rent roll 2026'], headers.split('|'), row.split('|')]);
    const { foundTabs } = ask(world, 'setupView', {});
    expect(foundTabs).toEqual([{ tab: 'My rents', rows: 1, known: expect.any(Number) }]);
    const mapped = map(world, { tab: 'My rents' });
    expect(mapped).toMatchObject({ rows: 1, taken: 1, missing: [], refusedRows: [] });
    expect(mapped.sample).toEqual([expect.objectContaining({ Unit: '1', Property: 'Elm House', ...lease })]);
  });

  it('is taken through the same checks, and its tab stays as it is', () => {
    const [, headers = '', row = ''] = VARIANTS[5] ?? [];
    const bad = row.replace('$1,200.00', 'much').replace('|1|', '|2|');
    const world = withTab(empty.clone(), 'My rents', [headers.split('|'), row.split('|'), bad.split('|')]);
    const before = JSON.stringify(tabOf(world, 'My rents'));
    const mapped = map(world, { tab: 'My rents' });
    const args = { ...click(), from: { tab: 'My rents' }, mapping: {} };
    const seen = given(ask(world, 'importRoll', args));
    expect(mapped.refusedRows).toEqual([{ row: 3, reasons: [expect.stringMatching(/Rent "much" is not an amount/)] }]);
    expect(seen.says).toBe('1 row added and 0 updated on Leases. 1 row refused, and left where they are.');
    expect(seen.steps.find((each) => each.step === 'leases')).toMatchObject({ done: true, told: '1 lease' });
    expect(JSON.stringify(tabOf(world, 'My rents'))).toBe(before);
    expect(tabOf(world, 'Leases')).toHaveLength(1);
    // A second click of the same id takes nothing twice.
    given(ask(world, 'importRoll', args));
    expect(tabOf(world, 'Leases')).toHaveLength(1);
  });

  it('is no other tab: ours, hidden ones and lists of other things are not offered', () => {
    const world = withTab(empty.clone(), 'Shopping', [
      ['What', 'How many'],
      ['Lamps', '3'],
    ]);
    expect(ask(world, 'setupView', {}).foundTabs).toEqual([]);
    expect(refusal(ask(world, 'mapHeaders', { tab: 'Leases' }))).toMatch(/no tab "Leases" of your own/);
    expect(refusal(ask(world, 'mapHeaders', { tab: 'Nowhere' }))).toMatch(/no tab "Nowhere"/);
  });

  it('is found before anything is set up, and its import makes the tabs first', () => {
    const [, headers = '', row = ''] = VARIANTS[5] ?? [];
    const world = withTab(bare(ON), 'My rents', [headers.split('|'), row.split('|')]);
    expect(ask(world, 'setupView', {})).toMatchObject({ setUp: false, foundTabs: [{ tab: 'My rents', rows: 1 }] });
    expect(map(world, { tab: 'My rents' })).toMatchObject({ taken: 1, sample: [{ Rent: '1200.00' }] });
    const seen = given(ask(world, 'importRoll', { ...click(), from: { tab: 'My rents' }, mapping: {} }));
    expect(seen).toMatchObject({ setUp: true, leases: 1 });
    expect(seen.properties.map((each) => each.name)).toEqual(['Elm House']);
  });
});

describe('a mapping', () => {
  const text = 'House,Door,Who,Pays,Since,Since when\nElm House,1,Ann Lee,1200,x,2026-01-01\n';

  it('names what is missing, and a person’s word fills it in', () => {
    const found = map(empty, { text });
    expect(found.missing).toEqual(['Property', 'Residents', 'Rent', 'Start']);
    const mapping = { Property: 'House', Residents: 'Who', Rent: 'Pays', Start: 'Since when' };
    const mended = map(empty, { text, mapping });
    expect(mended).toMatchObject({ missing: [], taken: 1, mapping: { ...mapping, Unit: 'Door' } });
    const world = empty.clone();
    given(ask(world, 'importRoll', { ...click(), from: { text }, mapping }));
    expect(tabOf(world, 'Leases')[0]).toMatchObject({ 'Lease ID': 'elm-house-1', Residents: 'Ann Lee' });
  });

  it('reads several columns together, and leaves out what a person takes out', () => {
    const csv = 'Property,Unit,Tenant,Partner,Rent,Start,Deposit\nElm House,1,Ann,Bo,1200,2026-01-01,500\n';
    const mapped = map(empty, { text: csv, mapping: { Residents: 'Tenant + Partner', Deposit: '' } });
    expect(mapped.sample).toEqual([expect.objectContaining({ Residents: 'Ann, Bo' })]);
    expect(mapped.sample[0]).not.toHaveProperty('Deposit');
    expect(mapped.mapping).not.toHaveProperty('Deposit');
  });

  it.each([
    [{ Rent: 'Gone' }, /no column "Gone"/],
    [{ Colour: 'Who' }, /no column "Colour" here to map to/],
  ])('of a column that is not there is refused', (mapping, words) => {
    expect(refusal(ask(empty, 'mapHeaders', { text, mapping: mapping as Record<string, string> }))).toMatch(words);
  });

  it('writes nothing', () => {
    const world = empty.clone();
    const before = peopleTabs(world);
    map(world, { text });
    expect(peopleTabs(world)).toBe(before);
    expect(tabOf(world, 'Log')).toEqual(tabOf(empty, 'Log'));
  });

  it('shows each column of ours with what it is for, and which of them a lease needs', () => {
    const { ours } = map(empty, { text });
    expect(ours.filter((each) => each.needed).map((each) => each.header)).toEqual([
      'Property',
      'Unit',
      'Residents',
      'Rent',
      'Start',
    ]);
  });
});

describe('days', () => {
  it('in numbers are read as the file’s locale writes them, and the person is told', () => {
    const world = smallWorld({ on: ON, leases: [] });
    const text = 'Property,Unit,Tenant,Rent,Start\nElm House,1,Ann,1200,05/12/2025\n';
    expect(map(world, { text })).toMatchObject({
      sample: [{ Start: '2025-05-12' }],
      notes: expect.arrayContaining([expect.stringMatching(/month\/day\/year/)]),
    });
    world.workbook.api(
      'spreadsheets.batchUpdate',
      { spreadsheetId: world.workbook.id },
      {
        requests: [{ updateSpreadsheetProperties: { properties: { locale: 'en_GB' }, fields: 'locale' } }],
      },
    );
    expect(map(world, { text }).sample).toEqual([expect.objectContaining({ Start: '2025-12-05' })]);
  });
});

describe('a person who acts on some properties', () => {
  const OAK = { ...ELM, Property: 'Oak Court' };
  const leases = [leaseOf('L-1'), leaseOf('L-2', { Property: 'Oak Court' })];
  const world = smallWorld({ on: ON, leases, properties: [ELM, OAK], settings: { Managers: MANAGER } });
  typeInto(world, 'Settings', 'Managers', 'Value', `${MANAGER} (Elm House)`);
  const text = 'Property,Unit,Tenant,Rent,Start\nElm House,1,Ann,1200,2026-01-01\n';
  const taken = (row: string, headers = 'Lease ID,Property,Unit,Residents,Rent,Start') => {
    const file = { name: 'a.csv', text: `${headers}\n${row}\n` };
    return (answerTo(world.clone(), 'importCsv', file, MANAGER).value as { taken: number }).taken;
  };

  it('maps and imports no rent roll: it may hold residents of every property', () => {
    expect(refusal(ask(world, 'mapHeaders', { text }, MANAGER))).toMatch(/some of them only/);
    const args = { ...click(), from: { text }, mapping: {} };
    expect(refusal(ask(world, 'importRoll', args, MANAGER))).toMatch(/some of them only/);
    expect(map(world, { text }).taken).toBe(1);
  });

  it('imports rows of theirs, and none that touches a lease of others before or after', () => {
    expect(taken('L-3,Elm House,3,Cy Fox,900,2026-01-01')).toBe(1);
    expect(taken('L-3,Oak Court,3,Cy Fox,900,2026-01-01')).toBe(0);
    expect(taken('L-2,Elm House,3,Cy Fox,900,2026-01-01')).toBe(0);
    expect(taken('L-1,Oak Court,3,Cy Fox,900,2026-01-01')).toBe(0);
    expect(taken('L-1,pet,25,2026-12-01,once', 'Lease ID,Type,Amount,From,Every')).toBe(1);
    expect(taken('L-2,pet,25,2026-12-01,once', 'Lease ID,Type,Amount,From,Every')).toBe(0);
    expect(taken('Reminders,off', 'Setting,Value')).toBe(0);
  });
});

describe('a file', () => {
  it('that is no table is refused in words', () => {
    expect(refusal(ask(empty, 'mapHeaders', { text: 'a,"b\n' }))).toMatch(/quotation mark/);
    expect(
      refusal(ask(empty, 'importRoll', { ...click(), from: { text: 'Colour\nred\n' }, mapping: {} }, OWNER)),
    ).toMatch(/^No row can be taken\./);
  });
});
