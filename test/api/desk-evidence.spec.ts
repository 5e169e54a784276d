/** The evidence packet of a lease: what is in it, that it is told once, who may make it, and that every change is found. */
import * as fc from 'fast-check';
import { cellOf } from '../../local/cli/tabs';
import type { Evidence } from '../../src/api/desk/evidence';
import type { PacketVerdict } from '../../src/api/desk/verify-packet';
import { packetFromCsv } from '../../src/domain/packet/csv';
import { packetFromHtml } from '../../src/domain/packet/html';
import { LEDGER_HEADERS, LOG_HEADERS, PARTS } from '../../src/domain/packet/parts';
import { LEDGER, LOG } from '../../src/sheet/schema';
import {
  askApi,
  bookOf,
  intentOf,
  liveDays,
  loadStripe,
  refundOf,
  sheetsCalls,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';
import { answerTo, applied, call, lateHouse, OLGA, VIC } from './desk-acts-world';

function lived(): World {
  const world = lateHouse();
  applied(world, 'waive-1', {
    kind: 'waive',
    lease: 'L-1',
    charge: 'fee:rent:L-1:2026-11',
    reason: 'goodwill; first time',
  });
  loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, '2026-11-08T12:00:00Z', { metadata: { lease_id: 'L-1' } })]);
  liveDays(world, '2026-11-09', '2026-11-10');
  loadStripe(world, [refundOf('re_1', 'pi_1', 10_000, '2026-11-10T12:00:00Z')]);
  liveDays(world, '2026-11-11', '2026-11-12');
  return world;
}

const base = lived();
const made = (world: World, args: object = {}, user?: string): Evidence =>
  call<Evidence>(world, 'evidence', { request: 'packet-1', lease: 'L-1', ...args }, user);
const checked = (world: World, text: string, user?: string): PacketVerdict =>
  call<PacketVerdict>(world, 'verifyPacket', { text }, user);

const full = base.clone();
const packet = made(full);

describe('a packet', () => {
  const sealed = packetFromHtml(packet.html);
  const rows = (part: keyof NonNullable<typeof sealed>['packet']) => sealed?.packet[part] ?? [];

  it('has the columns of the Ledger and the Log as they are digested', () => {
    expect(LEDGER_HEADERS.map(({ header }) => header)).toEqual(LEDGER.columns.map(({ header }) => header));
    expect(LOG_HEADERS.map(({ header }) => header)).toEqual(LOG.columns.slice(0, -1).map(({ header }) => header));
    const figures = LEDGER.columns.filter(({ kind }) => kind === 'money').map(({ header }) => header);
    expect(LEDGER_HEADERS.filter(({ figure }) => figure).map(({ header }) => header)).toEqual(figures);
  });

  it('says the same in both files', () => {
    expect(packetFromCsv(packet.csv)).toEqual(sealed);
    expect(sealed?.digest).toBe(packet.digest);
  });

  it('holds every ledger row and log line of the lease, and what the click said that names none', () => {
    const book = bookOf(base);
    expect(rows('ledger').map(([key]) => key)).toEqual(
      book.entries.filter(({ lease }) => lease === 'L-1').map(({ key }) => key),
    );
    const log = tabOf(base, 'Log');
    const mine = log.filter((row) => row['Lease ID'] === 'L-1' || row.Run === 'click-waive-1');
    expect(mine.some((row) => row.Kind === 'act' && row['Lease ID'] === '')).toBe(true);
    expect(rows('log').map(([number]) => number)).toEqual(mine.map((row) => row.Number));
    expect(rows('ledger').every((row) => row[row.length - 1] === 'yes')).toBe(true);
  });

  it('tells the account with what was owed after each row', () => {
    const owed = rows('statement').map((row) => [row[0], row[4]]);
    expect(owed[owed.length - 1]?.[1]).toBe(bookOf(base).leases.find(({ id }) => id === 'L-1')?.balance);
    expect(rows('charges').map(([due, type, , amount]) => [due, type, amount])).toContainEqual([
      '2026-11-01',
      'rent',
      '1000.00',
    ]);
    expect(rows('receipts').map((row) => [row[1], row[2], row[4], row[5], row[6]])).toEqual([
      ['stripe', 'pi_1', '600.00', 'partly refunded', '100.00'],
    ]);
  });

  it('tells what was said in which words, and what people decided with their reasons', () => {
    const sent = rows('messages').filter((row) => row[5] === 'sent');
    expect(sent.length).toBeGreaterThan(1);
    for (const row of sent) {
      expect(row[10]).toMatch(/^[\w-]+\/en [0-9a-f]{8}$/);
      expect(row[11]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(rows('decisions').map((row) => row[3])).toContain('goodwill; first time');
    expect(rows('decisions').some((row) => /^Log line \d+$/.test(row[4] ?? ''))).toBe(true);
  });

  it('tells of disputes, plans and what residents asked for, of this lease only', () => {
    const world = base.clone();
    const pause = { lease: 'L-1', type: 'dispute', charge: 'rent:L-1:2026-11', begins: true, reason: 'the heating' };
    askApi(world, 'pause', [pause]);
    const asked = '2026-11-10T15:00:00Z';
    const ended = ['2026-11-13', 'kept', 'fine', 'meg@example.com', asked];
    const rows = [
      ['ask:1', asked, 'Elm Court', 'L-1', 'ana@example.com', 'promise', '', 'on Friday', '', ...ended],
      ['ask:2', asked, 'Oak House', 'O-1', 'otto@example.com', 'promise', '', 'never', '', '2026-11-20', 'open'],
    ];
    const range = "'Requests'!A2:N3";
    world.workbook.api('spreadsheets.values.update', { range, valueInputOption: 'RAW' }, { range, values: rows });
    const { matters = [] } = packetFromCsv(made(world, { request: 'asked' }).csv)?.packet ?? {};
    expect(matters.map((row) => row.slice(0, 4))).toEqual([
      ['2026-11-10', 'promise until 2026-11-13: kept', '', 'on Friday'],
      ['2026-11-12', 'dispute begins', 'rent:L-1:2026-11', 'the heating'],
    ]);
    expect(matters[0]?.slice(4)).toEqual(['ana@example.com', 'fine (meg@example.com, 2026-11-10T15:00:00Z)', 'ask:1']);
  });

  it('names nobody else', () => {
    for (const text of [packet.html, packet.csv]) {
      expect(text).not.toContain('L-2');
      expect(text).not.toContain('O-1');
    }
  });

  it('is told in the Log once with its digest, however often the click comes', () => {
    const world = full.clone();
    const told = () => tabOf(world, 'Log').filter((row) => row.Kind === 'packet');
    expect(told().map((row) => [row.Key, row['Lease ID']])).toEqual([[`packet:${packet.digest}`, 'L-1']]);
    expect(made(world)).toEqual(packet);
    expect(told()).toHaveLength(1);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('needs nothing from outside and runs nothing', () => {
    expect(packet.html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(packet.html).not.toMatch(/<script|<img|<link|\son\w+=|https?:\/\/(?!\S*<)/i);
    expect(Buffer.byteLength(packet.html)).toBeLessThan(5_000_000);
  });
});

describe('a period', () => {
  it('holds its own days only, and begins with what was owed', () => {
    const world = base.clone();
    const part = packetFromCsv(made(world, { from: '2026-11-08', until: '2026-11-10' }).csv);
    expect(
      part?.packet.ledger.map((row) => row[2]).every((day = '') => day >= '2026-11-08' && day <= '2026-11-10'),
    ).toBe(true);
    expect(part?.packet.cover).toContainEqual(['Owed before', '1500.00']);
    expect(part?.packet.cover).toContainEqual(['Period', '2026-11-08 to 2026-11-10']);
    expect(part?.packet.statement[0]?.[0]).toBe('2026-11-08');
  });

  it('that holds nothing says so', () => {
    const none = made(base.clone(), { from: '2027-01-01', until: '2027-01-31' });
    for (const { empty } of PARTS) expect(none.html).toContain(empty);
    expect(none.html).not.toContain('id="ledger"><table');
  });

  it.each([
    [{ from: '2026-11-31' }, '"2026-11-31" is not a date.'],
    [{ from: '2026-11-10', until: '2026-11-09' }, 'The last day lies before the first one.'],
  ])('that is none is refused: %j', (args, refused) => {
    expect(call(base.clone(), 'evidence', { request: 'r', lease: 'L-1', ...args })).toEqual({ refused });
  });
});

describe('who may', () => {
  it('a manager of some properties makes and checks packets of those only', () => {
    const world = full.clone();
    const refused = call<{ refused: string }>(world, 'evidence', { request: 'r', lease: 'L-1' }, OLGA);
    expect(refused).toEqual(
      call(world, 'evidence', { request: 'r', lease: 'X-9' }, OLGA) && { refused: expect.stringContaining('"L-1"') },
    );
    expect(call(world, 'verifyPacket', { text: packet.html }, OLGA)).toEqual(refused);
    expect(made(world, { request: 'r', lease: 'O-1' }, OLGA).digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a viewer checks and makes none', () => {
    const world = full.clone();
    expect(answerTo(world, 'evidence', { request: 'r', lease: 'L-1' }, VIC)).toMatchObject({ ok: false, kind: 'role' });
    expect(checked(world, packet.csv, VIC)).toMatchObject({ ok: true });
  });

  it('a file that names rows of another lease learns nothing of them', () => {
    const world = full.clone();
    const other = made(world, { request: 'r2', lease: 'O-1' });
    const forged = packet.csv.split('O-1').join('L-1');
    expect(forged).toBe(packet.csv);
    const swapped = other.csv.replace('"cover","Lease","O-1"', '"cover","Lease","L-1"');
    const verdict = checked(world, swapped);
    expect(verdict.ok).toBe(false);
    expect(verdict.differences.join()).not.toContain('the book says');
  });
});

describe('a packet held against the book', () => {
  it.each(['html', 'csv'] as const)('is as it was made: %s', (file) => {
    const { ledger = [], log = [] } = packetFromCsv(packet.csv)?.packet ?? {};
    expect(checked(full, packet[file])).toEqual({
      ok: true,
      genuine: true,
      says: `The file is as it was made, and all ${ledger.length} ledger rows and ${log.length} log lines are as in the book.`,
      differences: [],
      lease: 'L-1',
      madeBy: 'owner@example.com',
      madeAt: expect.stringMatching(/^2026-11-12T/),
      digest: packet.digest,
    });
  });

  it('stays so while the book goes on', () => {
    const world = full.clone();
    liveDays(world, '2026-12-01', '2026-12-02');
    expect(checked(world, packet.html)).toMatchObject({ ok: true });
  });

  it('writes nothing', () => {
    const world = full.clone();
    const before = tabOf(world, 'Log');
    checked(world, packet.html);
    expect(tabOf(world, 'Log')).toEqual(before);
  });

  it('is refused when it is something else', () => {
    expect(call(full, 'verifyPacket', { text: '<html></html>' })).toEqual({
      refused: 'This is no evidence packet: choose the HTML or the CSV file as it was downloaded.',
    });
  });

  it('names the row and the column of a figure that was changed in the file', () => {
    const forged = packet.html.split('-600.00').join('-500.00');
    const verdict = checked(full, forged);
    expect(verdict).toMatchObject({ ok: false, genuine: false });
    expect(verdict.differences).toContainEqual(
      'Rows of the Ledger, row stripe:pi_1, Amount: the file was changed. The file says "-500.00", the book says "-600.00".',
    );
  });

  it('of any single character that was changed in either file is told that it was changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('html' as const, 'csv' as const),
        fc.nat(),
        fc.constantFrom('0', '9', 'x', ' ', '-', '"', '<', '\n', 'é'),
        fc.constantFrom('put', 'insert', 'delete'),
        (file, place, character, how) => {
          const text = packet[file];
          const at = place % text.length;
          const rest = text.slice(how === 'insert' ? at : at + 1);
          const edited = text.slice(0, at) + (how === 'delete' ? '' : character) + rest;
          fc.pre(edited !== text);
          const answer = call<PacketVerdict | { refused: string }>(full, 'verifyPacket', { text: edited });
          expect('refused' in answer || (!answer.ok && !answer.genuine && answer.differences.length > 0)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  }, 120_000);
});

describe('a book that was changed after the packet was made', () => {
  const { ledger = [], log = [] } = packetFromCsv(packet.csv)?.packet ?? {};
  const rows = [
    ...ledger.map((row) => ['Ledger', row[0] ?? ''] as const),
    ...log.map((row) => ['Log', row[0] ?? ''] as const),
  ];

  it('is found at any cell of the rows in it, and the file is cleared', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.nat(),
        fc.constantFrom('7', 'nobody', "'x"),
        ([tab, name], place, text) => {
          const columns = (tab === 'Ledger' ? LEDGER : LOG).columns;
          const { header = '' } = columns[place % columns.length] ?? {};
          const world = full.clone();
          const before = tabOf(world, tab);
          world.edit(tab, cellOf(world, tab, name, header), text);
          const edits = tabOf(world, tab).slice(0, before.length);
          fc.pre(JSON.stringify(edits) !== JSON.stringify(before));
          const verdict = checked(world, packet.html);
          expect([tab, name, header, verdict.ok, verdict.genuine]).toEqual([tab, name, header, false, true]);
          expect(verdict.says).toMatch(/^The file is as it was made, but the book was changed since\. First: /);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is named with row and column', () => {
    const world = full.clone();
    typeInto(world, 'Ledger', 'stripe:pi_1', 'Amount', '-700');
    expect(checked(world, packet.csv).differences).toEqual([
      'Rows of the Ledger, row stripe:pi_1, Amount: the book was changed. The file says "-600.00", the book says "-700.00".',
    ]);
  });

  it('before it was made is told by the packet itself', () => {
    const world = base.clone();
    typeInto(world, 'Ledger', 'stripe:pi_1', 'Why', 'somebody else paid');
    const later = made(world, { request: 'later' });
    expect(later.html).toContain('no: 1 rows of the Ledger differ from what the Log reports');
    expect(checked(world, later.html)).toMatchObject({
      ok: false,
      genuine: true,
      differences: [
        'Rows of the Ledger, row stripe:pi_1: the book was edited before the packet was made; the Log reports another row.',
      ],
    });
  });
});

describe('making it', () => {
  it('leaves the book whole wherever it is killed, and the same click ends it', () => {
    const args = { request: 'packet-9', lease: 'L-1' };
    for (let at = 1; ; at++) {
      const world = base.clone();
      world.faults.killAt(at, 'after', 'api');
      const run = world.run('api', ['evidence', [args]], { trigger: 'sidebar' });
      if (run.ok) break;
      const ended = made(world, args);
      expect([
        at,
        tabOf(world, 'Log')
          .filter((row) => row.Kind === 'packet')
          .map((row) => row.Key),
      ]).toEqual([at, [`packet:${ended.digest}`]]);
      expect(checked(world, ended.html)).toMatchObject({ ok: true });
    }
    expect(askApi(base.clone(), 'verify')).toMatchObject({ ok: true });
  });

  it('costs a handful of calls', () => {
    const world = base.clone();
    const run = world.run('api', ['evidence', [{ request: 'r', lease: 'L-1' }]], { trigger: 'sidebar' });
    expect(sheetsCalls(run.calls)).toBeLessThan(20);
  });
});
