/** The receipt as a PDF: a whole file in 7-bit text, every word of it readable again, everything on the page. */
import fc from 'fast-check';
import { lineWidth, pdfString, printable, wrapped } from '../../src/domain/pdf-text';
import { receiptNumber, receiptPdf, wordsOf } from '../../src/domain/receipt-pdf';
import type { ReceiptNote } from '../../src/domain/status';
import { key } from '../../src/domain/values';

const NOTE = {
  receipt: 'stripe:pi_1',
  leaseId: 'L-104',
  property: 'Maple Court',
  unit: '4B',
  residents: 'Zoë Park',
  address: '12 Maple Street, Springfield',
  manager: 'Olivia Owner',
  currency: 'USD',
  amountCents: 145_000,
  state: 'settled',
  reversedCents: 0,
  day: '2026-12-02',
  source: 'stripe',
  reference: 'pi_1',
  matched: 'customer',
  allocated: ['rent due 2026-12-01 1400.00', 'late fee due 2026-11-06 50.00'],
  balanceCents: 0,
  customer: 'me',
};

const noteWith = (more: Partial<Record<keyof ReceiptNote, unknown>> = {}) =>
  ({ ...NOTE, ...more }) as unknown as ReceiptNote;

function paper(more: Partial<Record<keyof ReceiptNote, unknown>> = {}): string {
  const note = noteWith(more);
  const words = wordsOf(note.state);
  if (!words) throw new Error(`nothing is given out for ${note.state}`);
  return receiptPdf(note, words);
}

/** Windows-1252 from 0x80 on, by Unicode's own table; 0 where it has no sign. */
const HIGH = [
  ...[0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0],
  ...[
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
    0x0178,
  ],
];
const signOf = (code: number): string =>
  String.fromCharCode(code >= 0x80 && code < 0xa0 ? (HIGH[code - 0x80] ?? 0) : code);

/** A string of a PDF as its readers have it. */
function read(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? signOf(Number.parseInt(escaped, 8)) : escaped,
    );
}

/** The texts that are shown, with where each begins, counted from the lower left corner. */
const shown = (pdf: string) =>
  [...pdf.matchAll(/BT \/(F[12]) (\d+) Tf (\S+) (\S+) Td (\((?:[^()\\]|\\.)*\)) Tj ET/g)].map(
    ([, font, size, x, y, literal = '']) => ({
      text: read(literal),
      bold: font === 'F2',
      size: Number(size),
      x: Number(x),
      y: Number(y),
    }),
  );
const texts = (pdf: string) => shown(pdf).map(({ text }) => text);

/** Every object where the table says, every length right: what a strict reader looks at. */
function checkFile(pdf: string): void {
  expect(pdf).toMatch(/^%PDF-1\.4\n[\x20-\x7e\n]*\n%%EOF\n$/);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
  const table = /^xref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)*)trailer\n<< \/Size (\d+) \/Root 1 0 R/;
  const [, size, rows = '', trailerSize] = table.exec(pdf.slice(start)) ?? [];
  const places = rows
    .split('\n')
    .slice(0, -1)
    .map((row) => Number(row.slice(0, 10)));
  expect([Number(size), Number(trailerSize)]).toEqual([places.length + 1, places.length + 1]);
  for (const [at, place] of places.entries()) expect(pdf.slice(place)).toMatch(new RegExp(`^${at + 1} 0 obj\\n`));
  const [, length, content = ''] = /<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(pdf) ?? [];
  expect(Number(length)).toBe(content.length);
}

const ALLOCATED = fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 40 });
const WORDS = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('a receipt', () => {
  it('says who paid what, when and how, for which unit and charges, and what is open', () => {
    const pdf = paper({ balanceCents: 12_345 });
    checkFile(pdf);
    expect(texts(pdf)).toEqual([
      'Rent receipt',
      `No. ${receiptNumber(key('stripe:pi_1'))}`,
      ...['Received from', 'Zoë Park', 'For', 'Maple Court, unit 4B', 'Address', '12 Maple Street, Springfield'],
      ...['Lease', 'L-104', 'Date of payment', '2026-12-02', 'Amount', 'USD 1,450.00', 'Paid by', 'stripe, pi_1'],
      ...['Pays', 'rent due 2026-12-01', '1400.00', 'late fee due 2026-11-06', '50.00'],
      ...['Balance of the lease', 'USD 123.45'],
      'Issued by Olivia Owner with Rent Ledger.',
    ]);
  });

  it('is the same file whenever it is made', () => {
    expect(paper()).toBe(paper());
  });

  it.each([
    ['returned', 'Payment returned', 'its money has gone back.'],
    ['refunded', 'Payment refunded', 'its money has gone back.'],
    ['partly refunded', 'Payment partly refunded', 'part of its money has gone back.'],
    ['disputed', 'Payment disputed', 'its money is held back until the dispute is over.'],
    ['dispute lost', 'Payment lost in a dispute', 'its money has gone back.'],
    ['taken back', 'Receipt taken back', 'it does not hold.'],
  ])('that is %s takes the place of the first one, under the same number', (state, title, because) => {
    const no = receiptNumber(key('stripe:pi_1'));
    const said = texts(paper({ state, reversedCents: 5000, allocated: [] }));
    expect(said.slice(0, 3)).toEqual([title, `No. ${no}`, `This takes the place of receipt ${no}: ${because}`]);
    expect(said).toEqual(expect.arrayContaining(['Went back', 'USD 50.00']));
    expect(said).not.toContain('Pays');
  });

  it('of a dispute that was won stands', () => {
    expect(texts(paper({ state: 'dispute won' }))[2]).toMatch(/^The dispute is over: receipt R-\w{10} stands\.$/);
  });

  it('is not given out for money that has not come, is no rent, or is counted elsewhere', () => {
    const states = ['pending', 'failed', 'not rent', 'split', 'settling', 'constructor'];
    expect(states.filter((state) => wordsOf(state) !== undefined)).toEqual([]);
  });

  it('leaves out what is not known, and says where money waits or lies ahead', () => {
    const said = texts(paper({ unit: '', address: '', residents: '', manager: '', allocated: [], balanceCents: -700 }));
    expect(said).toEqual(
      expect.arrayContaining([
        'Maple Court',
        'no charge yet: the money waits on the account',
        'Paid ahead',
        'USD 7.00',
        'Issued with Rent Ledger.',
      ]),
    );
    expect(said).not.toEqual(expect.arrayContaining(['Address']));
  });

  it.each([
    ['USD', 145_000, 'USD 1,450.00', 'MediaBox [0 0 612 792]'],
    ['EUR', 99, 'EUR 0.99', 'MediaBox [0 0 595 842]'],
    ['JPY', 1_234_567, 'JPY 1,234,567', 'MediaBox [0 0 595 842]'],
    ['KWD', 1_234_567, 'KWD 1,234.567', 'MediaBox [0 0 595 842]'],
  ])('in %s is on the paper of those who use it', (currency, amountCents, amount, box) => {
    const pdf = paper({ currency, amountCents });
    expect([texts(pdf).includes(amount), pdf.includes(box)]).toEqual([true, true]);
  });

  it('of many charges names those that have room, and how many more there are', () => {
    const allocated = Array.from(
      { length: 20 },
      (_, at) => `rent due 2026-12-${String(at + 1).padStart(2, '0')} 10.00`,
    );
    const said = texts(paper({ allocated }));
    expect([said.filter((text) => text === '10.00').length, said.includes('and 5 more charges')]).toEqual([15, true]);
    expect(texts(paper({ allocated: allocated.slice(0, 16) })).filter((text) => text === '10.00')).toHaveLength(16);
  });

  it('ends its amounts at the right margin, plain and bold', () => {
    const amounts = shown(paper({ balanceCents: 7 })).filter(({ text }) => /^(USD 0\.07|1400\.00|50\.00)$/.test(text));
    const ends = amounts.map(({ text, size, bold, x }) => Math.round(x + lineWidth(text, size, bold)));
    expect(ends).toEqual([556, 556, 556]);
  });

  it('is a whole file with everything on its page, whatever the words', () => {
    fc.assert(
      fc.property(WORDS, WORDS, WORDS, WORDS, ALLOCATED, (residents, address, manager, reference, allocated) => {
        const pdf = paper({ residents, address, manager, reference, allocated, state: 'refunded', reversedCents: 1 });
        checkFile(pdf);
        for (const { text, x, y, size, bold } of shown(pdf)) {
          expect(x).toBeGreaterThanOrEqual(56);
          expect(x + lineWidth(text, size, bold)).toBeLessThanOrEqual(557);
          expect(y).toBeGreaterThan(40);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('text on paper', () => {
  it.each([
    ['Zoë Ibáñez', 'Zoë Ibáñez'],
    ['Zoe\u0308', 'Zoë'],
    ['“€5” – it’s …', '“€5” – it’s …'],
    ['Łukasz Đorđević', 'Lukasz Dordevic'],
    ['Nguyễn Thị Hồng', 'Nguyen Thi Hong'],
    ['ﬁve ½ ⅓', 'five ½ 1/3'],
    ['a\u00a0b\tc\nd\u202fe', 'a\u00a0b c d e'],
    ['soft\u00adhyphen, zero\u200bwidth', 'softhyphen, zerowidth'],
    ['李 🏠 Ω', '? ? ?'],
  ])('%j becomes %j', (from, to) => {
    expect([printable(from), read(pdfString(from))]).toEqual([to, to]);
  });

  it('escapes what would end or change a string', () => {
    expect(pdfString('a(b)\\c')).toBe('(a\\(b\\)\\\\c)');
  });

  it('keeps every sign of Windows-1252, and is 7-bit', () => {
    for (let code = 0x20; code < 0x100; code++) {
      const sign = signOf(code);
      // No sign: delete, the gaps of the table, and a hyphen that is not to be seen.
      if (sign === '\0' || code === 0x7f || code === 0xad) continue;
      expect([code, read(pdfString(sign))]).toEqual([code, sign]);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(pdfString(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('is broken into lines that fit, without losing a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 30, max: 400 }), (text, width) => {
        const lines = wrapped(text, 10, width, 1000);
        for (const line of lines) expect(lineWidth(line, 10)).toBeLessThanOrEqual(width);
        const bare = (some: string) => some.replace(/ /g, '');
        expect(bare(lines.join(''))).toBe(bare(printable(text)));
      }),
    );
  });

  it('that has too many lines ends with dots', () => {
    const lines = wrapped('one two three four five six seven eight nine ten', 10, 60, 2);
    expect([lines.length, lines[1]?.endsWith('…'), lineWidth(lines[1] ?? '', 10) <= 60]).toEqual([2, true, true]);
  });
});
