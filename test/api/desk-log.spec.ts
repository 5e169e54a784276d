/** The Log on the desk: pages from its end, filters, the last verdict, what can be undone, and CSV. */

import type { LogCsv, LogPage, LogQuery } from '../../src/api/desk/log';
import { isInGroup, LOG_GROUPS } from '../../src/api/desk/log-kinds';
import { logPage } from '../../src/api/desk/log-page';
import { readCsv } from '../../src/api/rent-roll';
import type { LogLine } from '../../src/domain/book';
import { leaseId } from '../../src/domain/values';
import { logLine } from '../../src/domain/wishes';
import type { App } from '../../src/run/app';
import { commit } from '../../src/sheet/commit';
import { loadBook } from '../../src/sheet/load';
import { nodeApp } from '../bench/node-host';
import {
  askApi,
  callApi,
  ELM,
  leaseOf,
  liveDays,
  sheetsCalls,
  smallWorld,
  tabOf,
  typeInto,
  type World,
} from '../worlds';

const OAK = { ...ELM, Property: 'Oak Court' };
const pageOf = (world: World, query: LogQuery = {}): LogPage => askApi<LogPage>(world, 'log', [query]);

function lived(): World {
  const world = smallWorld({
    on: '2026-12-01',
    properties: [ELM, OAK],
    leases: [leaseOf('L-1'), leaseOf('O-1', { Property: 'Oak Court' })],
    settings: { 'Quiet hours': 'none', Viewers: 'bob@example.com (Oak Court)' },
  });
  liveDays(world, '2026-12-01', '2026-12-09');
  typeInto(world, 'Leases', 'L-1', 'Notes', 'promised to call');
  return world;
}

/** Lines written as a run writes them. */
function write(world: World, lines: (app: App) => readonly LogLine[]): App {
  const app = nodeApp(world, 'test', world.now);
  commit(app.host, loadBook(app.host), app.run, { log: lines(app) });
  return app;
}

describe('a page of the Log', () => {
  const world = lived();
  const all = tabOf(world, 'Log');

  it('has the newest first, fifty at most, and says where the next page begins', () => {
    const numbers: number[] = [];
    let page = pageOf(world);
    expect(page).toMatchObject({ total: all.length, zone: 'America/New_York' });
    for (;;) {
      expect(page.rows.length).toBeLessThanOrEqual(50);
      numbers.push(...page.rows.map(({ number }) => number));
      if (page.next === undefined) break;
      page = pageOf(world, { before: page.next });
    }
    expect(numbers).toEqual(all.map((row) => Number(row.Number)).reverse());
  });

  it('tells each line whole, its moment by the clock of the workbook', () => {
    const [newest] = pageOf(world).rows;
    expect(newest).toMatchObject({ kind: 'edit', what: 'Leases!R2 edited', before: '', after: 'promised to call' });
    expect(newest?.at).toMatch(/^2026-12-09 00:\d\d$/);
    expect(newest?.undo).toBeUndefined();
  });

  it.each<[string, LogQuery, (row: Readonly<Record<string, string>>) => boolean]>([
    ['a lease', { lease: 'l-1' }, (row) => row['Lease ID'] === 'L-1'],
    ['a person', { person: 'owner@example.com' }, (row) => row.Who === 'owner@example.com'],
    ['money', { group: 'money' }, (row) => ['charge', 'receipt', 'allocation'].includes(row.Kind ?? '')],
    ['messages', { group: 'messages' }, (row) => /^(rung|release|effect |not sent)/.test(row.Kind ?? '')],
    ['edits', { group: 'edits' }, (row) => ['edit', 'import', 'lease'].includes(row.Kind ?? '')],
    [
      'a word',
      { text: 'LATE FEE' },
      (row) => JSON.stringify(Object.values(row).slice(0, 10)).toLowerCase().includes('late fee'),
    ],
    [
      'days',
      { from: '2026-12-06', until: '2026-12-07' },
      ({ At = '' }) => At >= '2026-12-06T05:00' && At < '2026-12-08T05:00',
    ],
    [
      'all of these',
      { lease: 'O-1', group: 'money', until: '2026-12-03' },
      (row) => row['Lease ID'] === 'O-1' && row.Kind === 'charge' && (row.At ?? '') < '2026-12-04T05:00',
    ],
    ['a group that nobody knows', { group: 'weather' }, () => false],
  ])('is filtered by %s', (_name, query, fits) => {
    const csv = askApi<LogCsv>(world, 'logCsv', [query]);
    const numbers = readCsv(csv.text).rows.map(({ cells }) => cells[0]);
    expect(numbers).toEqual(all.filter(fits).map((row) => row.Number));
    const { rows } = pageOf(world, query);
    expect(rows.map(({ number }) => String(number))).toEqual([...numbers].reverse().slice(0, 50));
  });

  it('is filtered by a run, whose lines it then has together', () => {
    const [{ run } = { run: '' }] = pageOf(world, { group: 'money' }).rows;
    const { rows } = pageOf(world, { run });
    expect(rows.map(({ number }) => number)).toEqual(
      all
        .filter((row) => row.Run === run)
        .map((row) => Number(row.Number))
        .reverse(),
    );
  });

  it('names everybody who stands in it', () => {
    expect(pageOf(world).people).toEqual([...new Set(all.map((row) => row.Who ?? ''))].sort());
  });

  it('has a group for every kind of line that was written', () => {
    const kinds = [...new Set(all.map((row) => row.Kind ?? ''))];
    expect(kinds.length).toBeGreaterThan(6);
    expect(kinds.filter((kind) => LOG_GROUPS.filter((group) => isInGroup(group, kind)).length !== 1)).toEqual([]);
  });

  it('tells the last verdict on ledger and log, and none before somebody asked', () => {
    const asked = world.clone();
    expect(pageOf(asked).verified).toBeUndefined();
    askApi(asked, 'verify');
    expect(pageOf(asked).verified).toMatchObject({ ok: true, problems: [], at: expect.stringMatching(/^2026-12-09/) });
    const row = all.findIndex(({ Kind }) => Kind === 'charge') + 2;
    asked.edit('Log', `G${row}`, 'something else');
    askApi(asked, 'verify');
    const { verified } = pageOf(asked);
    expect(verified?.ok).toBe(false);
    expect(verified?.problems[0]).toMatch(new RegExp(`^Log row ${row} was edited`));
  });
});

describe('trouble', () => {
  it('is problems, refusals, faults and effects that failed, and no good news', () => {
    const world = lived();
    write(world, ({ run }) => [
      logLine(run, 'connection', 'Stripe: The credentials were refused (HTTP 401).'),
      logLine(run, 'connection', 'Stripe: works again'),
      logLine(run, 'connection', 'Stripe connected: test mode'),
      logLine(run, 'effect failed', 'failed late by gmail'),
      logLine(run, 'effect sent', 'sent late by gmail'),
    ]);
    const { rows } = pageOf(world, { errors: true });
    expect(rows.slice(0, 2).map(({ what }) => what)).toEqual([
      'failed late by gmail',
      'Stripe: The credentials were refused (HTTP 401).',
    ]);
    expect(rows.map(({ what }) => what)).not.toContain('Stripe: works again');
  });
});

describe('an act', () => {
  it('can be undone until a later line says that it was, also on a page that begins below that line', () => {
    const world = lived();
    const app = write(world, ({ run }) => [
      logLine({ ...run, id: 'click-a' }, 'act', 'Waived 50.00 USD.', { after: 'can be undone' }),
      logLine({ ...run, id: 'click-b' }, 'act', 'Waived 20.00 USD.', { after: 'can be undone' }),
      logLine({ ...run, id: 'click-c' }, 'act', 'Held until Monday.'),
    ]);
    const undoOf = (query: LogQuery = {}) =>
      pageOf(world, query)
        .rows.filter(({ kind }) => kind === 'act')
        .map(({ run, undo }) => [run, undo]);
    expect(undoOf()).toEqual([
      ['click-c', undefined],
      ['click-b', 'click-b'],
      ['click-a', 'click-a'],
    ]);
    commit(app.host, loadBook(app.host), app.run, {
      log: [logLine(app.run, 'undo', 'Undone: waived 50.00 USD.', { key: 'click-a' as never })],
    });
    const total = pageOf(world).total;
    for (const query of [{}, { before: total }, { person: 'test' }])
      expect(undoOf(query)).toEqual([
        ['click-c', undefined],
        ['click-b', 'click-b'],
        ['click-a', undefined],
      ]);
  });
});

describe('the CSV', () => {
  it('defuses text that begins like a formula, and reads back as it was', () => {
    const world = lived();
    write(world, ({ run }) => [
      logLine({ ...run, by: '@mallory' }, 'edit', '=HYPERLINK("https://x","y")', { before: '+1', after: '-2+3' }),
    ]);
    const { name, text, note } = askApi<LogCsv>(world, 'logCsv', [{ text: 'HYPERLINK' }]);
    expect(name).toBe('log-2026-12-09.csv');
    expect(note).toBeUndefined();
    const [, line = ''] = text.trim().split('\r\n');
    for (const cell of line.match(/"(?:[^"]|"")*"/g) ?? []) expect(cell).not.toMatch(/^"[=+\-@]/);
    const [row] = readCsv(text).rows;
    expect(row?.cells.slice(6, 9)).toEqual(['=HYPERLINK("https://x","y")', '+1', '-2+3']);
  });
});

describe('who may see some properties', () => {
  it('reads the lines of their leases and nothing else, on the page and in the CSV', () => {
    const world = lived();
    const askBob = <T>(name: string): T =>
      (world.run('api', [name, [{}]], { trigger: 'sidebar', user: 'bob@example.com' }).value as { value: T }).value;
    const mine = tabOf(world, 'Log').filter((row) => row['Lease ID'] === 'O-1').length;
    expect(mine).toBeGreaterThan(3);
    const csv = askBob<LogCsv>('logCsv').text;
    expect(readCsv(csv).rows).toHaveLength(mine);
    for (const text of [csv, JSON.stringify(askBob<LogPage>('log'))]) {
      expect(text).not.toContain('L-1');
      expect(text).not.toContain('promised');
    }
  });
});

describe('a long Log', () => {
  it('answers a page with few calls, and one that finds nothing within the rows that one question may read', () => {
    const world = smallWorld({ on: '2026-12-01' });
    const app = nodeApp(world, 'test', world.now);
    let loaded = loadBook(app.host);
    for (let part = 0; part < 11; part++) {
      const lines = Array.from({ length: 2000 }, (_, index) =>
        logLine(app.run, 'charge', `charge rent: ${part}-${index}`, { lease: leaseId('L-1') }),
      );
      loaded = commit(app.host, loaded, app.run, { log: lines });
    }
    const first = logPage(app, {});
    expect(first.rows).toHaveLength(50);
    expect(sheetsCalls(callApi(world, 'log', [{}]).run.calls)).toBe(3);
    const none = pageOf(world, { text: 'no such words' });
    expect(none.rows).toEqual([]);
    expect(none.next).toBe(none.total - 20_000 + 1);
    const rest = pageOf(world, { text: 'no such words', before: none.next ?? 0 });
    expect([rest.rows, rest.next]).toEqual([[], undefined]);
    const { note } = askApi<LogCsv>(world, 'logCsv', [{}]);
    expect(note).toBe(`Only lines from number ${none.next} on: narrow the filter for older ones.`);
  });
});
