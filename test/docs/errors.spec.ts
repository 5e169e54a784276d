/** docs/errors.md in step with the sources: what the add-on can say is explained, and nothing else is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { day } from '../../src/domain/calendar';
import { currency, zone } from '../../src/domain/values';
import { defaultSettings } from '../../src/sheet/defaults';
import { TABS } from '../../src/sheet/schema';
import { sentences } from './sentences';
import { tablesOf } from './tables';

const ROOT = join(__dirname, '../..');
const TEXT = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

/** Files whose sentences tell no trouble: notes on headers, messages, posts and papers, rules in words, captions of charts. */
const SPEAK_OF_OTHER_THINGS = [
  'src/api/desk/setup/scopes.ts',
  'src/api/desk/setup/words.ts',
  'src/domain/digest.ts',
  'src/domain/failure-words.ts',
  'src/domain/law-rules.ts',
  'src/domain/law.ts',
  'src/domain/message-fields.ts',
  'src/domain/packet/parts.ts',
  'src/domain/receipt-pdf.ts',
  'src/domain/slack-thread.ts',
  'src/domain/templates/',
  'src/gas/card.ts',
  'src/sheet/dashboard.ts',
  'src/sheet/dashboard/',
  'src/sheet/defaults.ts',
  'src/sheet/schema.ts',
  'src/sheet/setup/dashboard.ts',
  'src/sheet/setup/dashboard-charts.ts',
];
/** Reasons on journal rows, good news, figures, help: read where they stand. */
const NO_TROUBLE = [
  '… left of … pays what is now due.',
  'The money for … was initiated before …: no late fee.',
  '… Limited to … by ….',
  'Held when the books opened on ….',
  'Security deposit agreed in the lease.',
  'Payment … was returned….',
  'Payment … was returned.',
  'Dispute … was lost: what it paid is owed again.',
  '…: what … paid on it is free again.',
  'Balance cleared on ….',
  'Ledger and log are whole.',
  'Done. The Log tells what changed.',
  'Moreover, ….',
  'Everything charged is paid.',
  'Everything charged is paid, and … is ahead for what comes next.',
  'Rent Ledger can post here: this is a test.',
  'Rent Ledger can send here: this is a test.',
  '… falls due on ….',
  '…: … that would have left today.',
  'It is sent whatever is owed at that moment.',
  'The task "…" closes.',
  'The task "…" is open again.',
  'These were unpaid: ….',
];
const isHelp = (text: string) => /^(Stripe dashboard >|api\.slack\.com)|^… …: payment of/.test(text);

const SETTING_NAMES = defaultSettings({
  booksOpenOn: day('2026-12-01'),
  zone: zone('Etc/UTC'),
  currency: currency('USD'),
  locale: 'en_US',
  owner: '',
}).map(({ name }) => name);

/** What a place such as `Leases: Rent, Deposit` names that the workbook lacks. */
function unknownIn(place: string): string[] {
  const [title = '', columns] = place.split(': ');
  const tab = TABS.find((each) => each.title === title);
  if (!tab) return [place];
  const known =
    title === 'Settings' ? SETTING_NAMES : [...tab.columns, ...(tab.mayHave ?? [])].map((column) => column.header);
  const named = columns === undefined ? [] : columns.split(', ');
  return named.filter((column) => !known.includes(column)).map((column) => `${title}: ${column}`);
}

const said = sentences(ROOT, 'src').filter(
  ({ file, text }) =>
    !SPEAK_OF_OTHER_THINGS.some((path) => file.startsWith(path)) && !NO_TROUBLE.includes(text) && !isHelp(text),
);

describe('docs/errors.md', () => {
  it('reads a source that says a lot', () => {
    expect(said.length).toBeGreaterThan(200);
    expect(said.map(({ text }) => text)).toContain('Type a number such as 1200.00.');
  });

  it('explains every sentence that the add-on can say to a person', () => {
    const missing = said.filter(({ text }) => !TEXT.includes(text)).map(({ file, text }) => `${file}: ${text}`);
    expect(missing).toEqual([]);
  });

  it('explains nothing that the add-on never says', () => {
    const known = new Set(said.map(({ text }) => text));
    const rows = tablesOf(TEXT).flatMap(({ rows: all }) => all.flatMap((row) => row['It says'] ?? []));
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter((text) => !known.has(text))).toEqual([]);
  });

  it('tells why somebody is not written to in the words of the Log', () => {
    const sources = ['reach', 'contacts']
      .map((name) => readFileSync(join(ROOT, `src/domain/${name}.ts`), 'utf8'))
      .join('');
    const waiting = readFileSync(join(ROOT, 'src/domain/wanted.ts'), 'utf8');
    const words = tablesOf(TEXT).flatMap(({ rows: all }) => all.flatMap((row) => row.Words ?? []));
    expect(words.length).toBeGreaterThan(8);
    const isThere = (text: string) => text.split('…').every((part) => `${sources}${waiting}`.includes(part.trim()));
    expect(words.filter((text) => !isThere(text))).toEqual([]);
    const said = [...sources.matchAll(/nobody\('([^']+)'\)|return '([^']+)';|: '(\w[^']* [^']*)',?\n/g)];
    const reasons = said.flatMap(([, ...found]) => found.filter((each) => each !== undefined));
    expect(reasons.length).toBeGreaterThan(7);
    expect(reasons.filter((reason) => !words.some((text) => text.includes(reason)))).toEqual([]);
  });

  it('names each kind of fault with the words that it begins with', () => {
    const types = readFileSync(join(ROOT, 'src/http/types.ts'), 'utf8');
    const kinds = [...(/FaultKind = ([^;]+);/.exec(types)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    const table = tablesOf(TEXT).find(({ headers }) => headers[0] === 'Kind')?.rows ?? [];
    expect(table.map((row) => row.Kind).sort()).toEqual(kinds.sort());
    const faults = readFileSync(join(ROOT, 'src/http/faults.ts'), 'utf8');
    for (const row of table) expect(faults).toContain(`case '${row.Kind}':\n      return '${row['It begins with']}'`);
  });

  it('names only tabs, columns and settings that the workbook has', () => {
    const places = tablesOf(TEXT).flatMap(({ rows }) => rows.flatMap((row) => row['Tab: column']?.split('; ') ?? []));
    expect(places.length).toBeGreaterThan(50);
    expect(places.filter((place) => place !== 'any tab').flatMap(unknownIn)).toEqual([]);
  });

  it('explains nothing twice in one table', () => {
    const rowsOf = (rows: readonly Readonly<Record<string, string>>[]) =>
      rows.flatMap((row) =>
        row['It says'] ? [`${row['Tab: column'] ?? ''} ${row.State ?? ''} ${row['It says']}`] : [],
      );
    const twice = tablesOf(TEXT).flatMap(({ heading, rows }) =>
      rowsOf(rows).flatMap((row, at, all) => (all.indexOf(row) < at ? [`${heading}: ${row}`] : [])),
    );
    expect(twice).toEqual([]);
  });

  it('leaves no cell of a table empty', () => {
    const cells = tablesOf(TEXT).flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)));
    expect(cells.filter((cell) => cell === '')).toEqual([]);
  });
});
