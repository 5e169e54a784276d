/** The setting that says how many days before the due date a saved method is charged. */
import { layoutOf } from '../../src/sheet/layout';
import { SETTINGS } from '../../src/sheet/schema';
import { readSettings } from '../../src/sheet/settings';

const headers = SETTINGS.columns.map((column) => column.header);
const read = (text: string | number) => {
  const rows = [
    ['Books open on', '2026-12-01', ''],
    ['Autopay days before', text, ''],
  ];
  const { settings, problems } = readSettings(layoutOf(SETTINGS, headers), rows);
  return { days: settings.autopayDaysBefore, told: problems.map((problem) => problem.column) };
};

describe('"Autopay days before"', () => {
  it.each<[string | number, number]>([
    ['', 0],
    ['0', 0],
    ['4', 4],
    [10, 10],
  ])('%j is %i days', (text, days) => expect(read(text)).toEqual({ days, told: [] }));

  it.each(['soon', '-1', '11', '2.5', '1 week'])('"%s" is told, and the due date it is', (text) =>
    expect(read(text)).toEqual({ days: 0, told: ['Autopay days before'] }),
  );
});
