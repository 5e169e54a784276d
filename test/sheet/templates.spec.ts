/** The Templates tab as values: every row counts, and each fault in it is a problem with its place. */
import { checkTemplate } from '../../src/domain/messages';
import { builtInTemplates, isBuiltIn } from '../../src/domain/templates';
import type { Cell } from '../../src/ports';
import { layoutOf } from '../../src/sheet/layout';
import { TEMPLATES } from '../../src/sheet/schema';
import { readTemplates } from '../../src/sheet/terms';

const HEADERS = TEMPLATES.columns.map((column) => column.header);
const read = (rows: readonly (readonly Cell[])[], headers: readonly string[] = HEADERS) =>
  readTemplates(layoutOf(TEMPLATES, headers), rows);
const places = ({ problems }: ReturnType<typeof read>) =>
  problems.map(({ tab, row, column, what }) => `${tab} ${row} ${column}: ${what}`);

describe('the rows of the Templates tab', () => {
  it('are the built-in ones in a new workbook, without a problem', () => {
    const rows = builtInTemplates().map(({ key, language, subject, body, sms = '' }) => [
      key,
      language,
      subject,
      body,
      sms,
    ]);
    const { rows: templates, problems } = read(rows);
    expect(problems).toEqual([]);
    expect(templates).toEqual(builtInTemplates());
    expect(templates.filter((each) => !isBuiltIn(each))).toEqual([]);
  });

  it('each have their problems, by row and column, and are kept for the send to refuse', () => {
    const { rows, ...rest } = read([
      ['late', 'en', 'Rent', 'Pay {{balance_deu}} and {{x}}', 'Pay {{#unit}}'],
      ['late', 'es', '', 'Pague', ''],
      ['', '', '', '', ''],
      ['parking', '', 'Parking', '', ''],
      ['digest', 'EN', '{{balance_due}}', '{{late_total}}', ''],
    ]);
    expect(places({ rows, ...rest })).toEqual([
      'Templates 2 Body: {{balance_deu}} is not a field.',
      'Templates 2 Body: {{x}} is not a field.',
      'Templates 2 SMS: {{#unit}} is never closed.',
      'Templates 3 Subject: It is empty.',
      'Templates 5 Body: It is empty.',
      'Templates 6 Subject: {{balance_due}} is not a field.',
    ]);
    expect(rows.map(({ key, language }) => `${key} ${language}`)).toEqual([
      'late en',
      'late es',
      'parking en',
      'digest en',
    ]);
    for (const row of rows) expect(checkTemplate(row).length).toBeGreaterThan(0);
  });

  it('are not blamed one by one for a header that is missing', () => {
    const headers = ['Template', 'Language', 'Betreff', 'Body'];
    expect(
      places(
        read(
          [
            ['late', 'en', 'Rent', 'Pay'],
            ['late', 'es', 'Alquiler', 'Pague'],
          ],
          headers,
        ),
      ),
    ).toEqual(['Templates 1 Subject: The header is missing.']);
  });

  it('have a problem again as soon as one letter of the built-in words is changed into a fault', () => {
    const [first] = builtInTemplates();
    if (!first) throw new Error('no built-in template');
    const changed = { ...first, body: first.body.replace('{{amount_due}}', '{{amount_du}}') };
    expect(isBuiltIn(changed)).toBe(false);
    expect(isBuiltIn({ ...first, sms: `${first.sms} ` })).toBe(false);
    expect(isBuiltIn({ ...first, language: 'es' })).toBe(false);
    expect(isBuiltIn({ ...first, key: 'constructor' })).toBe(false);
    expect(places(read([[changed.key, changed.language, changed.subject, changed.body, '']]))).toEqual([
      'Templates 2 Body: {{amount_du}} is not a field.',
    ]);
  });
});
