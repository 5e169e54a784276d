/** Files for Breeze and from it: to the cent there and back, whatever the order of columns, and no formula in them. */
import fc from 'fast-check';
import { reverseGatewayLine, takeGatewayPayment } from '../../local/vendors/gateway/people';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { yardiBreeze as sandbox } from '../../local/vendors/yardi-breeze';
import { exportFromBreeze, importIntoBreeze } from '../../local/vendors/yardi-breeze/files';
import { readExport } from '../../src/connectors/yardi-breeze/csv/read';
import {
  COLUMNS,
  exportCharges,
  exportJournal,
  exportReceipts,
  type FileLine,
} from '../../src/connectors/yardi-breeze/csv/write';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { RL, RP } from './yardi-rig';

const USD = currency('USD');
const READ = { currency: USD };

const line = (more: Partial<FileLine> = {}): FileLine => ({
  kind: 'receipt',
  property: '101',
  unit: '11',
  tenant: '5001',
  day: day('2026-12-02'),
  reference: RP,
  amountCents: cents(125_000),
  currency: USD,
  ...more,
});
const rent = line({ kind: 'charge', day: day('2026-12-01'), reference: RL, code: 'rent', notes: 'December' });

function breeze() {
  const state = sandbox.start();
  sandbox.load!(state, SMALL_PORTFOLIO, 0);
  return state.gateway;
}

describe('what is written for Breeze', () => {
  it('has the default columns, or those that a customer’s template wants', () => {
    expect(exportReceipts([line(), rent])).toBe(
      `TransactionType,Property,Unit,TenantCode,Date,PostMonth,Reference,Amount,ChargeCode,AccountCode,Notes\r\nReceipt,101,11,5001,12/02/2026,12/2026,${RP},1250.00,,,\r\n`,
    );
    expect(exportCharges([line(), rent])).toContain(
      `Charge,101,11,5001,12/01/2026,12/2026,${RL},1250.00,rent,,December`,
    );
    const columns = [
      ['Tenant', 'tenant'],
      ['Paid on', 'date'],
      ['Paid', 'amount'],
    ] as const;
    expect(exportReceipts([line()], { columns, dates: 'yyyy-MM-dd' })).toBe(
      'Tenant,Paid on,Paid\r\n5001,2026-12-02,1250.00\r\n',
    );
  });

  it('is taken by the import of Breeze', () => {
    const gateway = breeze();
    expect(importIntoBreeze(gateway, exportCharges([rent]))).toEqual({ loaded: 1, refused: [] });
    const back = line({ amountCents: cents(-125_000), reference: `${RP}/1`, notes: 'The bank returned it' });
    expect(importIntoBreeze(gateway, exportReceipts([line(), back]))).toEqual({ loaded: 2, refused: [] });
    expect(gateway.lines.map(({ kind, cents: amount, reference }) => [kind, amount, reference])).toEqual([
      ['charge', 125_000, RL],
      ['payment', 125_000, RP],
      ['payment', -125_000, `${RP}/1`],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1'])('holds no formula: %j', (notes) => {
    const csv = exportReceipts([line({ notes, tenant: '=5001' })]);
    expect(csv).toContain("'=5001");
    expect(csv).toContain(`'${notes}`);
    expect(readExport(csv, READ).lines[0]).toMatchObject({ tenant: '=5001' });
  });

  it('makes a journal whose sides agree, and turns them for what goes back', () => {
    const accounts = { cash: '1010', receivable: '1300', income: '4100' };
    const back = line({ amountCents: cents(-1_000), reference: `${RP}/1` });
    expect(exportJournal([rent, line(), back], accounts).split('\r\n').slice(1, 7)).toEqual([
      `12/01/2026,12/2026,${RL},101,1300,1250.00,,December`,
      `12/01/2026,12/2026,${RL},101,4100,,1250.00,December`,
      `12/02/2026,12/2026,${RP},101,1010,1250.00,,`,
      `12/02/2026,12/2026,${RP},101,1300,,1250.00,`,
      `12/02/2026,12/2026,${RP}/1,101,1300,10.00,,`,
      `12/02/2026,12/2026,${RP}/1,101,1010,,10.00,`,
    ]);
  });
});

describe('what is read from Breeze', () => {
  it('knows a receipt register with grouped amounts and parentheses, and what is ours', () => {
    const gateway = breeze();
    const payment = takeGatewayPayment(gateway, { tenant: '5001', cents: 125_000, day: '2026-12-02', reference: '88' });
    reverseGatewayLine(gateway, payment.id, '2026-12-05');
    importIntoBreeze(gateway, exportReceipts([line()]));
    const { lines, problems } = readExport(exportFromBreeze(gateway, 'receipt register'), { ...READ, kind: 'receipt' });
    expect(problems).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'receipt', day: '2026-12-02', amountCents: 125_000, tenant: '5001', reference: '88', id: payment.id },
      { day: '2026-12-05', amountCents: -125_000, notes: 'NSF' },
      { amountCents: 125_000, ours: RP },
    ]);
    expect(lines.map((each) => each.ours)).toEqual([undefined, undefined, RP]);
  });

  it('knows a tenant ledger with a column for each side', () => {
    const gateway = breeze();
    importIntoBreeze(gateway, exportCharges([rent]));
    importIntoBreeze(gateway, exportReceipts([line()]));
    const { lines, problems } = readExport(exportFromBreeze(gateway, 'tenant ledger'), READ);
    expect(problems).toEqual([]);
    expect(lines.map((each) => [each.kind, each.amountCents, each.code])).toEqual([
      ['charge', 125_000, 'rent'],
      ['receipt', 125_000, ''],
    ]);
  });

  it('finds columns in any order below a title, and leaves blank lines, sums and repeated heads out', () => {
    const text = [
      'Receipt Register',
      'Harbor Court, 12/2026',
      '',
      'Amount;Check #;Resident;Date',
      '$1,250.00;17;5001;12/2/2026',
      ';;;',
      'Amount;Check #;Resident;Date',
      '50.00-;18;5002;12/03/2026',
      '1,200.00;;Total;',
      '1,200.00;;;',
    ].join('\n');
    const { lines, problems } = readExport(`\uFEFF${text}`, { ...READ, kind: 'receipt' });
    expect(problems).toEqual([]);
    expect(lines.map(({ line: at, amountCents, reference, tenant }) => [at, amountCents, reference, tenant])).toEqual([
      [5, 125_000, '17', '5001'],
      [8, -5_000, '18', '5002'],
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['a day that is none', 'Receipt,5001,02/30/2026,1.00', /not a day/],
    ['a year of two digits', 'Receipt,5001,12/02/26,1.00', /not a day/],
    ['half a cent', 'Receipt,5001,12/02/2026,1.005', /not an amount/],
    ['a word for an amount', 'Receipt,5001,12/02/2026,ten', /not an amount/],
    ['nothing', 'Receipt,5001,12/02/2026,0.00', /nothing/],
    ['an unknown type', 'Refund,5001,12/02/2026,1.00', /neither/],
    ['no type', ',5001,12/02/2026,1.00', /neither/],
  ])('names the line with %s', (_name, row, what) => {
    const { lines, problems } = readExport(`Type,Tenant,Date,Amount\n${row}`, READ);
    expect(lines).toEqual([]);
    expect(problems).toEqual([{ line: 2, what: expect.stringMatching(what) }]);
  });

  it('says that a file has no such columns', () => {
    expect(readExport('Name,Phone\nAda,1', READ).problems).toEqual([
      { line: 1, what: expect.stringMatching(/day, the tenant and the amount/) },
    ]);
  });

  it('reads what was written, to the cent, in whatever order the columns stand', () => {
    const text = fc.string({ maxLength: 12 }).map((each) => each.replace(/[\r\n\t]/g, ' ').trim());
    const rows = fc.array(
      fc.record({
        kind: fc.constantFrom('charge' as const, 'receipt' as const),
        amountCents: fc.integer({ min: -9_999_999_99, max: 9_999_999_99 }).filter((each) => each !== 0),
        tenant: fc.stringMatching(/^[a-z0-9]{3,8}$/).filter((each) => !each.includes('total')),
        notes: text.filter((each) => !each.startsWith("'")),
        day: fc.integer({ min: 1, max: 28 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }), (given, columns) => {
        const lines = given.map(({ amountCents, day: date, ...rest }) =>
          line({ ...rest, amountCents: cents(amountCents), day: day(`2026-11-${String(date).padStart(2, '0')}`) }),
        );
        const read = [exportReceipts, exportCharges].map((write) => readExport(write(lines, { columns }), READ));
        expect(read.flatMap(({ problems }) => problems)).toEqual([]);
        const sorted = [...lines].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'receipt' ? -1 : 1));
        expect(read.flatMap((each) => each.lines)).toMatchObject(
          sorted.map(({ kind, amountCents, tenant, notes, day: on }) => ({
            kind,
            amountCents,
            tenant,
            notes,
            day: on,
          })),
        );
      }),
      { numRuns: 60 },
    );
  });
});
