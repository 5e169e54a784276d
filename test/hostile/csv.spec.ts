/** Names that are formulas, separators or lines on their way out as CSV and back in; and files that are made to break the reader. */
import Papa from 'papaparse';
import type { Evidence } from '../../src/api/desk/evidence';
import { packetFromCsv } from '../../src/domain/packet/csv';
import {
  askApi,
  callApi,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  smallWorld,
  tabOf,
  verdictOf,
  type World,
} from '../worlds';
import { hostile } from './hostile';

interface Files {
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

const NAMES = {
  formula: "=cmd|'/c calc'!A1",
  fields: 'a",=1+1,"b',
  lines: 'Ann\n=1+1',
  semicolon: 'Ann;=1+1;Bob',
};

/** A house whose only resident has this name; rent is charged and a payment with the name as memo has come in. */
function house(name: string): World {
  const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1', { Residents: name })] });
  loadStripe(world, [intentOf('pi_1', 'L-1', 5_000, '2026-12-01T15:00:00Z', { description: name })]);
  leapTo(world, '2026-12-01T16:00:00Z');
  return world;
}

const exported = (world: World, file: string): string =>
  askApi<Files>(world, 'exportCsv').files.find(({ name }) => name === file)?.text ?? '';
const packetOf = (world: World): Evidence => askApi<Evidence>(world, 'evidence', [{ request: 'r', lease: 'L-1' }]);

const read = (text: string, delimiter = ','): string[][] => Papa.parse<string[]>(text, { delimiter }).data;

/** What the Residents cell says in a file of leases and in a packet; each after it was read back by our own reader. */
function comesBack(name: string): void {
  const world = house(name);
  const other = smallWorld({ on: '2026-12-01', leases: [] });
  const taken = askApi<{ taken: number }>(other, 'importCsv', [
    { tab: 'Leases', name: 'leases.csv', text: exported(world, 'leases.csv') },
  ]);
  expect(taken).toMatchObject({ taken: 1, refused: [] });
  expect(tabOf(other, 'Leases').map((row) => row.Residents)).toEqual(
    tabOf(world, 'Leases').map((row) => row.Residents),
  );
  const packet = packetOf(world);
  expect(packetFromCsv(packet.csv)?.packet.cover).toContainEqual(['Residents', name.trim()]);
  expect(askApi(world, 'verifyPacket', [{ text: packet.csv }])).toMatchObject({ ok: true });
  expect(askApi(world, 'verifyPacket', [{ text: packet.html }])).toMatchObject({ ok: true });
  expect(verdictOf(world)).toMatchObject({ ok: true });
}

/** All cells of all files that a spreadsheet program would take for a formula. */
function formulas(world: World): string[] {
  const files = [...askApi<Files>(world, 'exportCsv').files.map(({ text }) => text), packetOf(world).csv];
  return files.flatMap((text) => read(text).flat()).filter((cell) => /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(cell));
}

describe('names in a CSV file', () => {
  hostile('csv-export-01', 'a formula is text with an apostrophe, and comes back without it', () => {
    const world = house(NAMES.formula);
    expect(exported(world, 'leases.csv')).toContain(`"'${NAMES.formula}"`);
    expect(packetOf(world).csv).toContain(`"'${NAMES.formula}"`);
    expect(formulas(world)).toEqual([]);
    comesBack(NAMES.formula);
  });

  hostile('csv-export-02', 'quotes and commas stay in one field', () => {
    const world = house(NAMES.fields);
    const cover = read(packetOf(world).csv).find(([, fact]) => fact === 'Residents');
    expect(cover).toEqual(['cover', 'Residents', NAMES.fields, expect.any(String)]);
    const [header = [], lease = []] = read(exported(world, 'leases.csv'));
    expect(lease).toHaveLength(header.length);
    expect(lease[header.indexOf('Residents')]).toBe(NAMES.fields);
    expect(formulas(world)).toEqual([]);
    comesBack(NAMES.fields);
  });

  hostile('csv-export-03', 'a line feed begins no new record', () => {
    const world = house(NAMES.lines);
    expect(read(packetOf(world).csv).filter(([first = '']) => /^[=+\-@]/.test(first))).toEqual([]);
    expect(formulas(world)).toEqual([]);
    comesBack(NAMES.lines);
  });

  hostile('csv-export-04', 'a semicolon makes no cell, in files of either separator', () => {
    comesBack(NAMES.semicolon);
    const rows = [
      ['Lease ID', 'Property', 'Unit', 'Residents', 'Email', 'Rent', 'Start'],
      ['L-9', 'Elm House', '9', NAMES.semicolon, 'nine@example.com', '1000.00', '2026-12-01'],
    ];
    for (const delimiter of [',', ';']) {
      const world = smallWorld({ on: '2026-12-01', leases: [], properties: [ELM] });
      const text = Papa.unparse(rows, { delimiter });
      expect(read(text, delimiter)[1]).toHaveLength(7);
      expect(askApi(world, 'importCsv', [{ tab: 'Leases', name: 'leases.csv', text }])).toMatchObject({ taken: 1 });
      expect(tabOf(world, 'Leases')[0]?.Residents).toBe(NAMES.semicolon);
    }
  });

  hostile('csv-export-05', 'a negative amount stays a number', () => {
    const world = house('Ann');
    const ledger = read(exported(world, 'ledger.csv'));
    const at = ledger[0]?.indexOf('Amount') ?? -1;
    expect(ledger.map((row) => row[at])).toContain('-50');
    expect(packetOf(world).csv).toContain('"-50.00"');
    expect(packetOf(world).csv).not.toContain(`"'-50.00"`);
  });
});

describe('a file on its way in', () => {
  const HEADER = 'Lease ID,Property,Unit,Residents,Email,Rent,Start\n';
  const GOOD = 'L-8,Elm House,8,Eve,eve@example.com,1000.00,2026-12-01\n';
  const BAD: readonly (readonly [string, string, RegExp])[] = [
    ['a NUL', `${HEADER}${GOOD}L-9,Elm House,9,A\0B,a@example.com,1000.00,2026-12-01\n`, /\b3\b.*NUL|NUL.*\b3\b/],
    [
      'a line of 1 MiB',
      `${HEADER}${GOOD}L-9,Elm House,9,${'x'.repeat(1_048_600)},a@example.com,1,2026-12-01\n`,
      /1 MiB/,
    ],
  ];

  hostile('csv-export-06', 'is refused whole with the row that breaks it; a byte order mark breaks nothing', () => {
    for (const [, text, words] of BAD) {
      const world = smallWorld({ on: '2026-12-01' });
      const before = tabOf(world, 'Leases');
      const called = callApi(world, 'importCsv', [{ tab: 'Leases', name: 'leases.csv', text }]);
      expect(JSON.stringify([called.value, called.error])).toMatch(words);
      expect(tabOf(world, 'Leases')).toEqual(before);
    }
    const world = smallWorld({ on: '2026-12-01' });
    const marked = { tab: 'Leases', name: 'leases.csv', text: `\ufeff${HEADER}${GOOD}` };
    expect(askApi(world, 'importCsv', [marked])).toMatchObject({ taken: 1 });
    expect(tabOf(world, 'Leases').map((row) => row['Lease ID'])).toEqual(['L-1', 'L-8']);
  });
});
