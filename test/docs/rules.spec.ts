/** docs/rules.md: every worked example is recomputed by the functions that the add-on runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { amountText } from '../../src/domain/fee-words';
import { currency } from '../../src/domain/values';
import { EXAMPLES, OPEN } from './examples';
import { tablesOf } from './tables';

const TEXT = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');
const TABLES = tablesOf(TEXT);

describe('the examples of docs/rules.md', () => {
  it('are all recomputed', () => {
    expect(TABLES.map(({ heading }) => heading)).toEqual(EXAMPLES.map(({ heading }) => heading));
  });

  it.each(EXAMPLES)('come out as written under $heading', ({ heading, compute }) => {
    const rows = TABLES.find((table) => table.heading === heading)?.rows ?? [];
    expect(rows.length).toBeGreaterThan(2);
    const computed = rows.map((row) => compute(row));
    for (const cells of computed) expect(Object.keys(cells).length).toBeGreaterThan(0);
    expect(rows).toEqual(rows.map((row, at) => ({ ...row, ...computed[at] })));
  });

  it('name the open charges that the order of payment is shown with', () => {
    const prose = TEXT.replace(/\s+/g, ' ');
    for (const { type, openCents, due } of OPEN) {
      const amount = amountText(openCents, currency('USD'));
      const date = Number(due.slice(8));
      expect(prose).toMatch(new RegExp(`${amount} ${type} of ${date} `));
    }
  });
});
