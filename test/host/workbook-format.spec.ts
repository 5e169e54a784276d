/** Number formats, serial dates and the small calculator. */
import * as fc from 'fast-check';
import type { Effective } from '../../local/host/workbook/cells';
import { formatValue } from '../../local/host/workbook/format';
import { evaluate } from '../../local/host/workbook/formula';
import { copyFormula } from '../../local/host/workbook/formula-tokens';
import { localeOf } from '../../local/host/workbook/locale';
import { idAt, mapRuns, moveRuns, type Runs, runsOf, spliceRuns } from '../../local/host/workbook/runs';
import { civilTime, instantOfSerial, serialDay, serialOfInstant } from '../../local/host/workbook/serial';

describe('patterns', () => {
  it.each<[number, string, string | undefined, string]>([
    [1234.5, 'NUMBER', '#,##0.00', '1,234.50'],
    [-1234567.005, 'NUMBER', '#,##0.00', '-1,234,567.01'],
    [1.005, 'NUMBER', '0.00', '1.01'],
    [0.5, 'NUMBER', '#.##', '.5'],
    [-0.001, 'NUMBER', '0.00', '0.00'],
    [1234.5, 'CURRENCY', '[$USD] #,##0.00', 'USD 1,234.50'],
    [-3, 'CURRENCY', '"$"#,##0;[Red]("$"#,##0)', '($3)'],
    [0, 'NUMBER', '0;-0;"-"', '-'],
    [0.0725, 'PERCENT', '0.00%', '7.25%'],
    [0.5, 'PERCENT', '0%', '50%'],
    [12345, 'SCIENTIFIC', '0.00E+00', '1.23E+04'],
    [46357, 'DATE', 'yyyy-mm-dd', '2026-12-01'],
    [46357, 'DATE', 'dddd, mmmm d', 'Tuesday, December 1'],
    [46357, 'DATE', undefined, '12/1/2026'],
    [46357.75, 'DATE_TIME', 'yyyy-mm-dd hh:mm:ss', '2026-12-01 18:00:00'],
    [46357.25347222, 'TIME', 'h:mm am/pm', '6:05 AM'],
    [1.5, 'TIME', '[h]:mm', '36:00'],
    [7, 'TEXT', '@', '7'],
    [0.1 + 0.2, '', undefined, '0.3'],
    [1 / 3, '', undefined, '0.3333333333'],
    [1e21, '', undefined, '1E+21'],
  ])('shows %d as %s %s', (value, type, pattern, shown) => {
    expect(formatValue(value, { type, pattern }, localeOf('en_US'))).toBe(shown);
  });

  it('shows texts, booleans and errors as they are', () => {
    const show = (value: Effective) => formatValue(value, { type: 'NUMBER', pattern: '0.00' }, localeOf('en_US'));
    expect([show('007'), show(true), show({ error: '#REF!' }), show(null)]).toEqual(['007', 'TRUE', '#REF!', '']);
  });

  it('uses the separators of the locale', () => {
    const german = localeOf('de_DE');
    expect(formatValue(1234.5, { type: 'NUMBER', pattern: '#,##0.00' }, german)).toBe('1.234,50');
    expect(formatValue(1234.5, undefined, german)).toBe('1234,5');
  });
});

describe('serial dates', () => {
  it('count from 1899-12-30 and refuse days that do not exist', () => {
    expect([serialDay(1899, 12, 30), serialDay(2026, 12, 1), serialDay(2026, 2, 29)]).toEqual([0, 46357, undefined]);
    expect(civilTime(46357.5)).toMatchObject({ year: 2026, month: 12, day: 1, hour: 12, weekday: 2 });
  });

  it('come back from instants in a zone with clock changes', () => {
    const zone = 'America/New_York';
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 2_208_988_800 }), (seconds) => {
        const serial = serialOfInstant(seconds * 1000, zone);
        const back = instantOfSerial(serial, zone);
        // The hour that comes twice in autumn may come back as either.
        expect([0, 3_600_000]).toContain(Math.abs(back - seconds * 1000));
        expect(serialOfInstant(back, zone)).toBeCloseTo(serial, 9);
      }),
    );
  });
});

describe('formulas', () => {
  const cells: Effective[][] = [
    [1, 'late', true],
    [2, 'paid', null],
    [3.5, 'Late fee', { error: '#N/A' }],
  ];
  const world = {
    cells: ({ title, from, to = from }: Parameters<Parameters<typeof evaluate>[1]['cells']>[0]) => {
      if (title !== undefined && title !== 'Rent Roll') return undefined;
      const rows = cells.slice(from.row ?? 0, (to.row ?? 2) + 1);
      return rows.map((row) => row.slice(from.column ?? 0, (to.column ?? 2) + 1));
    },
  };

  it.each<[string, unknown]>([
    ['=1+2*3^2', 19],
    ['=-2^2', 4],
    ['=(1+2)*3', 9],
    ['=10%', 0.1],
    ['="a"&1&TRUE', 'a1TRUE'],
    ['=A1+A2', 3],
    ['=SUM(A1:A3, 10)', 16.5],
    ["=SUM('Rent Roll'!A:A)", 6.5],
    ['=COUNTIF(B:B, "late*")', 2],
    ['=COUNTIF(A1:A3, ">1")', 2],
    ['=SUMIF(B1:B3, "paid", A1:A3)', 2],
    ['=COUNTA(B1:B3)', 3],
    ['=AVERAGE(A1:A2)', 1.5],
    ['=ROUND(1.005, 2)', 1.01],
    ['=IF(A1<A2, "yes", "no")', 'yes'],
    ['=AND(A1=1, B2="PAID")', true],
    ['=C2', 0],
    ['=1/0', { error: '#DIV/0!' }],
    ['="x"+1', { error: '#VALUE!' }],
    ['=SUM(C1:C3)', { error: '#N/A' }],
    ['=Gone!A1', { error: '#REF!' }],
    ['=XLOOKUP(A1)', { error: '#NAME?' }],
    ['=A1:A3', { error: '#VALUE!' }],
    ['=(1', { error: '#ERROR!' }],
  ])('%s', (formula, expected) => {
    expect(evaluate(formula, world)).toEqual(expected);
  });

  it('move along when they are copied, except for what a dollar sign holds', () => {
    expect(copyFormula('=A1+$B$2+C$3*SUM(D4:$E5)&"A1"', 2, 1)).toBe('=B3+$B$2+D$3*SUM(E6:$E7)&"A1"');
    expect(copyFormula('=A1', -1, 0)).toBe('=#REF!');
  });
});

describe('run lists', () => {
  const ids = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 });
  const spell = (runs: Runs, length: number) => Array.from({ length }, (_, index) => idAt(runs, index));

  it('behave like plain lists under change, splice and move', () => {
    fc.assert(
      fc.property(ids, fc.nat(6), fc.integer({ min: 1, max: 5 }), fc.nat(12), (list, from, count, to) => {
        const runs = runsOf(list);
        const changed = list.map((id, index) => (index >= from && index < from + count ? (id + 1) % 4 : id));
        expect(
          spell(
            mapRuns(runs, from, from + count, (id) => (id + 1) % 4),
            12,
          ),
        ).toEqual(changed);
        const spliced = [...list];
        spliced.splice(from, count, 2, 2, 0);
        expect(spell(spliceRuns(runs, from, count, runsOf([2, 2, 0]), 3), spliced.length)).toEqual(spliced);
        if (to > from && to < from + count) return;
        const moved = [...list];
        const cut = moved.splice(from, count);
        moved.splice(to > from ? to - count : to, 0, ...cut);
        expect(spell(moveRuns(runs, from, from + count, to), 12)).toEqual(moved);
      }),
    );
  });
});
