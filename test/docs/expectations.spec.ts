/** docs/expectations.md: every expectation has a word of ours, and the test that is named as its proof is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesOf } from './tables';

const ROOT = join(__dirname, '../..');
const rows = tablesOf(readFileSync(join(ROOT, 'docs/expectations.md'), 'utf8'))[0]?.rows ?? [];
const EXPECTATIONS = 60;
const PROOF = /^`(test\/[\w./-]+)`: (.+)$/;

describe('docs/expectations.md', () => {
  it('counts sixty expectations, each with a word of ours', () => {
    expect(rows.map((row) => row['#'])).toEqual(Array.from({ length: EXPECTATIONS }, (_, at) => String(at + 1)));
    expect(rows.filter((row) => !/^(yes|no: |filtered)/.test(row.Ours ?? ''))).toEqual([]);
  });

  it('names for each yes a test that is there', () => {
    const missing = rows.filter((row) => {
      if (row.Ours?.startsWith('no: ')) return row['Proven by'] !== 'nothing yet';
      const [, path = '', words = ''] = PROOF.exec(row['Proven by'] ?? '') ?? [];
      return !existsSync(join(ROOT, path)) || !readFileSync(join(ROOT, path), 'utf8').includes(words);
    });
    expect(missing).toEqual([]);
  });
});
