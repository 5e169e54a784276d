/** What a page could be tricked with, as far as it shows without a browser: raw prints, large logs. The rest runs in Chromium. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerAs, askApi, leaseOf, OWNER, smallWorld } from '../worlds';
import { hostile } from './hostile';

const ROOT = join(__dirname, '../..');

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? filesUnder(`${folder}/${each.name}`) : [`${folder}/${each.name}`],
  );
}

/** Ways to put a text into a page as anything but text. */
const RAW: readonly RegExp[] = [
  /<\?!=/,
  /dangerouslySetInnerHTML/,
  /\.(innerHTML|outerHTML)\s*=/,
  /insertAdjacentHTML|document\.write/,
  /\bnew Function\b|\beval\(/,
  /\son[a-z]+="/,
  /setAttribute\(\s*['"`]on/,
  /href=\{?['"`]javascript:/,
];

interface Page {
  readonly rows: readonly { readonly number: number }[];
  readonly next?: number;
  readonly total: number;
}

describe('the pages of the add-on', () => {
  hostile('html-sidebar-07', 'print no value raw, anywhere in their sources', () => {
    const pages = [...filesUnder('sidebar'), ...filesUnder('src/gas')].filter((path) => /\.(tsx?|html)$/.test(path));
    expect(pages.length).toBeGreaterThan(30);
    const found = pages.flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return RAW.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`);
    });
    expect(found).toEqual([]);
  });

  hostile('html-sidebar-09', 'get a log of ten thousand rows by the page, each from a handful of service calls', () => {
    const world = smallWorld({ on: '2026-11-30', leases: Array.from({ length: 400 }, (_, at) => leaseOf(`L-${at}`)) });
    for (const day of ['2026-12-01', '2027-01-01', '2027-02-01']) {
      world.state.nowMs = Date.parse(`${day}T14:30:00Z`);
      askApi(world, 'daily');
    }
    const lines = world.workbook.state.byTitle('Log');
    const first = answerAs(world, OWNER, 'log', {}).value as Page;
    expect(first.total).toBe((lines?.usedRows ?? 1) - 1);
    expect(first.total).toBeGreaterThan(2_000);
    expect(first.rows).toHaveLength(50);
    const second = answerAs(world, OWNER, 'log', { before: first.next }).value as Page;
    expect(second.rows[0]?.number).toBe((first.rows[49]?.number ?? 0) - 1);
    const run = world.run('api', ['log', [{ lease: 'L-7' }]], { trigger: 'sidebar' });
    expect(run.totalCalls).toBeLessThan(20);
    expect(JSON.stringify(run.value).length).toBeLessThan(100_000);
  });
});
