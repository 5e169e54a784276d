/** A person at the Templates tab: what is wrong is told on the cell at once, taken away when it is mended, and nothing is sent meanwhile. */
import PostalMime from 'postal-mime';
import { cellOf, headersOf } from '../../local/cli/tabs';
import { columnName } from '../../local/host/workbook/a1';
import type { Today } from '../../src/api/desk/today';
import {
  askApi,
  bookOf,
  HOUR,
  leapTo,
  leaseOf,
  MINUTE,
  mailsOf,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';

const base = smallWorld({ on: '2026-11-30', leases: [leaseOf('L-1')] });
leapTo(base, '2026-11-30T15:00:00Z');

const OURS = 'Rent Ledger: {{resident_nmaes}} is not a field. Write {{resident_names}}.';
const BROKEN = 'Hello {{resident_nmaes}}, {{balance_due}} is open.';
const MENDED = 'Hello {{resident_names}}, {{balance_due}} is open.';

interface Notes {
  readonly sheets: readonly {
    readonly data?: readonly {
      readonly rowData?: readonly { readonly values?: readonly { readonly note?: string }[] }[];
    }[];
  }[];
}
function noteAt(world: World, a1: string): string {
  const fields = 'sheets.data.rowData.values.note';
  const { sheets } = world.workbook.api('spreadsheets.get', {
    ranges: [`Templates!${a1}`],
    fields,
  }) as unknown as Notes;
  return sheets[0]?.data?.[0]?.rowData?.[0]?.values?.[0]?.note ?? '';
}
/** The cell of the first row of a key, which is the English one. */
const at = (world: World, key: string, header: string) => cellOf(world, 'Templates', key, header);
const problemsOf = (world: World) =>
  askApi<Today>(world, 'today').needs.filter(({ kind, cell }) => kind === 'problem' && cell?.tab === 'Templates');
const noteOf = (world: World, key: string, header: string) => noteAt(world, at(world, key, header));

function putNote(world: World, a1: string, note: string): void {
  const [, column = 'A', row = '1'] = /^([A-Z])(\d+)$/.exec(a1) ?? [];
  const start = {
    sheetId: world.workbook.state.byTitle('Templates')?.id ?? -1,
    rowIndex: Number(row) - 1,
    columnIndex: column.charCodeAt(0) - 65,
  };
  const update = { updateCells: { rows: [{ values: [note === '' ? {} : { note }] }], fields: 'note', start } };
  world.workbook.api('spreadsheets.batchUpdate', {}, { requests: [update] });
}
/** What a person types, with the runs that it set going: none of them may fail. */
function type(world: World, key: string, header: string, text: string, user?: string): void {
  const { runs } = typeInto(world, 'Templates', key, header, text, user);
  expect(runs.map((run) => [run.ok, run.error?.message])).toEqual(runs.map(() => [true, undefined]));
}
const notes = (world: World) => {
  const rows = tabOf(world, 'Templates').length;
  const columns = headersOf(world, 'Templates').map((_, index) => columnName(index));
  return columns.flatMap((column) =>
    Array.from(
      { length: rows + 3 },
      (_, row) => [`${column}${row + 2}`, noteAt(world, `${column}${row + 2}`)] as const,
    ).filter(([, note]) => note !== ''),
  );
};

it('the note on the header, to which a fault sends people, lists the fields', () => {
  const body = noteAt(base, 'D1');
  expect(headersOf(base, 'Templates')[3]).toBe('Body');
  expect(body).toContain('{{resident_names}}  Everybody on the lease');
  expect(body).toContain('{{#late_list}} {{resident_names}}');
});

describe('a template with a fault', () => {
  it('gets a note on its cell when it is typed, in its column, and loses it when it is mended', () => {
    const world = base.clone();
    type(world, 'late', 'Body', BROKEN, 'helper@example.com');
    expect(notes(world)).toEqual([[at(world, 'late', 'Body'), OURS]]);
    type(world, 'late', 'SMS', 'Pay {{#pay_link}}{{pay_link}}');
    expect(noteOf(world, 'late', 'SMS')).toBe(
      'Rent Ledger: {{#pay_link}} is never closed. Write {{/pay_link}} where it ends, inside what it began in.',
    );
    type(world, 'late', 'Subject', 'Rent {{pay_link}} {{x}}');
    expect(noteOf(world, 'late', 'Subject').split('\n')).toEqual([
      'Rent Ledger: A subject cannot hold {{pay_link}}. Take it out of the subject.',
      'Rent Ledger: {{x}} is not a field. Use a field of the note on the header of the Templates tab.',
    ]);
    type(world, 'late', 'Body', MENDED);
    type(world, 'late', 'SMS', '');
    type(world, 'late', 'Subject', 'Rent');
    expect(notes(world)).toEqual([]);
    expect(verdictOf(world).ok).toBe(true);
  });

  it('is told no differently by an edit that changes nothing about it', () => {
    const world = base.clone();
    type(world, 'late', 'Body', BROKEN);
    const before = JSON.stringify(notes(world));
    type(world, 'late', 'Subject', 'Rent is late');
    type(world, 'due-today', 'Subject', 'Rent is due');
    expect(JSON.stringify(notes(world))).toBe(before);
  });

  it('keeps what a person noted, word for word', () => {
    const world = base.clone();
    const [a1, theirs] = [at(world, 'late', 'Body'), 'Ask Ann before you change this.\n\nShe wrote it.\n'];
    putNote(world, a1, theirs);
    type(world, 'late', 'Body', BROKEN);
    expect(noteAt(world, a1)).toBe(`${theirs}\n${OURS}`);
    putNote(world, a1, `${theirs}\n${OURS}\nI look at it tomorrow.`);
    type(world, 'late', 'Body', `${BROKEN} {{x}}`);
    expect(noteAt(world, a1)).toMatch(
      /^Ask Ann[\s\S]*\nI look at it tomorrow\.\nRent Ledger: [\s\S]*\nRent Ledger: \{\{x\}\} is not/,
    );
    type(world, 'late', 'Body', MENDED);
    expect(noteAt(world, a1)).toBe(`${theirs}\nI look at it tomorrow.`);
  });

  it('is told in five lines at most, each short', () => {
    const world = base.clone();
    type(world, 'late', 'Body', `{{${'y'.repeat(500)}}} ${'{{x}} '.repeat(30)}`);
    const lines = noteOf(world, 'late', 'Body').split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[5]).toBe('Rent Ledger: and 26 more');
    for (const line of lines) expect(line.length).toBeLessThan(200);
  });

  it('is found in every row and column of a paste, and of a row that is emptied or gets another name', () => {
    const world = base.clone();
    const first = at(world, 'due-today', 'Subject');
    world.paste('Templates', first, [
      ['{{x}}', 'fine'],
      ['fine', '{{y}}'],
      ['fine', 'fine'],
    ]);
    expect(notes(world).map(([, note]) => note.slice(0, 20))).toEqual(['Rent Ledger: {{x}} i', 'Rent Ledger: {{y}} i']);
    world.paste('Templates', at(world, 'due-today', 'Template'), [['', '', '', '', '']]);
    expect(notes(world).map(([, note]) => note.slice(0, 20))).toEqual(['Rent Ledger: {{y}} i']);
    type(world, 'receipt', 'Body', '{{late_total}} late');
    expect(noteOf(world, 'receipt', 'Body')).toContain('{{late_total}} is not a field.');
    const a1 = at(world, 'receipt', 'Body');
    type(world, 'receipt', 'Template', ' Digest ');
    expect(noteAt(world, a1)).toBe('');
  });

  it('is found where people moved the columns and put rows above the headers', () => {
    const world = base.clone();
    const id = world.workbook.state.byTitle('Templates')?.id;
    const source = { sheetId: id, dimension: 'COLUMNS', startIndex: 3, endIndex: 4 };
    world.workbook.api(
      'spreadsheets.batchUpdate',
      {},
      { requests: [{ moveDimension: { source, destinationIndex: 0 } }] },
    );
    const row = tabOf(world, 'Templates').findIndex((each) => each.Template === 'late' && each.Language === 'en') + 2;
    expect(headersOf(world, 'Templates')[0]).toBe('Body');
    world.edit('Templates', `A${row}`, BROKEN);
    expect(noteAt(world, `A${row}`)).toBe(OURS);
    const range = { sheetId: id, dimension: 'ROWS', startIndex: 0, endIndex: 2 };
    world.workbook.api('spreadsheets.batchUpdate', {}, { requests: [{ insertDimension: { range } }] });
    world.edit('Templates', `A${row + 3}`, '{{x}}');
    world.edit('Templates', 'A1', '{{y}}');
    world.edit('Templates', `A${row + 2}`, MENDED);
    expect(notes(world).map(([place, note]) => [place, note.slice(0, 18)])).toEqual([
      ['A3', expect.stringMatching(/^Plain text with/)],
      [`A${row + 3}`, 'Rent Ledger: {{x}}'],
    ]);
  });

  it('is told while another run holds the lock, and in a book that takes nothing', () => {
    const broken = base.clone();
    const id = broken.workbook.state.byTitle('Log')?.id;
    const range = { sheetId: id, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };
    const requests = [{ updateCells: { range, rows: [{ values: [{}] }], fields: 'userEnteredValue' } }];
    broken.workbook.api('spreadsheets.batchUpdate', {}, { requests });
    type(broken, 'late', 'Body', BROKEN);
    expect(noteOf(broken, 'late', 'Body')).toBe(OURS);
    const busy = base.clone();
    busy.locks.set('script', -1);
    type(busy, 'late', 'Body', BROKEN);
    expect(noteOf(busy, 'late', 'Body')).toBe(OURS);
    expect(tabOf(busy, 'Log').filter((row) => row.Kind === 'edit')).toEqual([]);
  });
});

describe('while a template has a fault', () => {
  const world = base.clone();
  type(world, 'before-due', 'Body', 'Pay {{amont_due}}, {{resident_names}}');
  type(world, 'due-today', 'Body', 'Pay {{amont_due}}, {{resident_names}}');

  const sentTo = (to: string) =>
    mailsOf(world).filter((mail) => mail.to.includes(to) && mail.at > Date.parse('2026-12-01T00:00:00Z'));

  it('Today tells where it stands and what to do', () => {
    const problems = problemsOf(world);
    const row = tabOf(world, 'Templates').findIndex((each) => each.Template === 'before-due') + 2;
    expect(problems[0]).toMatchObject({
      title: `Templates row ${row}, Body: {{amont_due}} is not a field.`,
      detail: 'Write {{amount_due}}.',
      cell: { tab: 'Templates', row },
    });
    expect(problems).toHaveLength(2);
  });

  it('its message is refused with the same words, and the built-in ones are not sent instead', () => {
    leapTo(world, '2026-12-01T14:00:00Z');
    leapTo(world, Date.parse('2026-12-01T14:00:00Z') + 20 * MINUTE);
    expect(sentTo('l-1@example.com')).toEqual([]);
    const row = bookOf(world).outbox.find((each) => each.kind === 'due-today');
    expect(row).toMatchObject({
      state: 'failed',
      fault: 'Template due-today (en): Body: {{amont_due}} is not a field. Write {{amount_due}}.',
    });
  });

  it('the digest tells it too', async () => {
    const { text } = await PostalMime.parse(sentTo('ann@example.com').pop()?.raw ?? '');
    expect(text).toMatch(/Needs attention \(3\):/);
    expect(text).toMatch(/- Templates row \d+, Body: \{\{amont_due\}\} is not a field\. Write \{\{amount_due\}\}\./);
  });

  it('mended, it is told no more', () => {
    type(world, 'before-due', 'Body', 'Pay {{amount_due}}');
    type(world, 'due-today', 'Body', 'Pay {{amount_due}}');
    world.state.nowMs += HOUR;
    expect(problemsOf(world)).toEqual([]);
  });
});
