/** What `npm test` rests on: the order of spec files, and what is told of the vendors' clients that failed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../simulation/bundle';

const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tools are modules of plain Node, so plain Node runs them. */
function told<T>(tool: string, code: string): T {
  const script = `import * as tool from ${JSON.stringify(pathToFileURL(join(ROOT, 'tools', tool)).href)};
    console.log(JSON.stringify(${code}));`;
  const args = ['--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as T;
}

describe('the order of spec files', () => {
  it('names only files that are there', () => {
    const files = told<string[]>('slow-first.mjs', 'Object.keys(tool.SECONDS)');
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('puts the slowest first and loses none', () => {
    const paths = [
      '/x/test/tidy.spec.ts',
      '/x/test/browser/page.spec.ts',
      '/x/test/cli/demo.spec.ts',
      '/x/test/a.spec.ts',
    ];
    const given = JSON.stringify(paths.map((path) => ({ path })));
    const sorted = told<string[]>('slow-first.mjs', `new tool.default().sort(${given}).map((each) => each.path)`);
    expect(sorted).toEqual([paths[1], paths[2], paths[3], paths[0]]);
  });
});

describe('what is told of client tests that failed', () => {
  it('is their names with the reason, from the report that Node itself writes', () => {
    const file = join(folder, 'one.test.mjs');
    writeFileSync(
      file,
      `import { test } from 'node:test';
       test('lists payments', () => {});
       test('refunds a payment', () => { throw new Error('the refund was refused'); });`,
    );
    const run = `(await import('node:child_process')).spawnSync(process.execPath, ['--test', '--test-reporter=tap', ${JSON.stringify(file)}], { encoding: 'utf8' }).stdout`;
    const failures = told<string[]>('clients.mjs', `tool.failuresIn(${run})`).join('\n');
    expect(failures).toContain('refunds a payment');
    expect(failures).toContain('the refund was refused');
    expect(failures).not.toContain('lists payments');
  });
});
