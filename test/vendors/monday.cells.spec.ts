/** The Monday.com sandbox's cells: what each kind of column takes, refuses and shows, and labels as they come and go. */
import { mondayPeople } from '../../local/vendors/people';
import { BALANCE, BOARD, EMAIL, idsOf, KEY, STATUS, withRow } from './monday-talk';
import type { Json } from './talk';

describe('a cell', () => {
  it.each([
    ['text', KEY, 'L-101', { text: 'L-101', value: '"L-101"' }],
    ['status by label', STATUS, { label: 'Late' }, { text: 'Late', label: 'Late', index: 2 }],
    ['status by number', STATUS, { index: 1 }, { text: 'Due', index: 1 }],
    ['numbers as a text', BALANCE, '1250.50', { text: '1250.50', value: '"1250.50"' }],
    ['numbers as a number', BALANCE, -3, { text: '-3' }],
    ['date', 'date_mkrl05', { date: '2026-11-01' }, { text: '2026-11-01' }],
    ['date and time', 'date_mkrl05', { date: '2026-11-01', time: '08:30:00' }, { text: '2026-11-01 08:30' }],
    ['email', EMAIL, { email: 'ada@example.com', text: 'Ada' }, { text: 'Ada' }],
    ['phone', 'phone_mkrl08', { phone: '+15125550104', countryShortName: 'US' }, { text: '+15125550104' }],
    ['long text', 'long_text_mkrl09', { text: 'Call first' }, { text: 'Call first' }],
    ['checkbox', 'boolean_mkrl10', { checked: 'true' }, { text: 'v' }],
    ['dropdown', 'dropdown_mkrl11', { labels: ['Birch House'] }, { text: 'Birch House', value: '{"ids":[1]}' }],
    [
      'people',
      'multiple_person_mkrl12',
      { personsAndTeams: [{ id: 4012690, kind: 'person' }] },
      { text: 'Carl Clerk' },
    ],
    [
      'link',
      'link_mkrl13',
      { url: 'https://example.com/s', text: 'Statement' },
      { text: 'Statement - https://example.com/s' },
    ],
  ])('of kind %s takes its own form, and is emptied by null', (_kind, column, value, shown) => {
    const { talk, item } = withRow();
    expect(talk.cell(item, column, value)).toMatchObject(shown);
    expect(talk.cell(item, column, null)).toMatchObject({ value: null });
  });

  it.each([
    ['a number in a text', KEY, 5],
    ['words in numbers', BALANCE, '$1,250'],
    ['a day that is none', 'date_mkrl05', { date: '2026-02-30' }],
    ['a day written the American way', 'date_mkrl05', { date: '11/01/2026' }],
    ['a mail address without words', EMAIL, { email: 'ada@example.com' }],
    ['a mail address that is none', EMAIL, { email: 'ada', text: 'ada' }],
    ['a phone without a country', 'phone_mkrl08', { phone: '+15125550104' }],
    ['a long text that is too long', 'long_text_mkrl09', { text: 'x'.repeat(2001) }],
    ['a checkbox that is perhaps', 'boolean_mkrl10', { checked: 'perhaps' }],
    ['a status with a part it has not', STATUS, { label: 'Late', colour: 'red' }],
    ['a formula', 'formula_mkrl14', '1'],
    ['a mirror', 'lookup_mkrl15', '1'],
    ['the column of the last change', 'pulse_updated_mkrl16', '1'],
  ])('refuses %s', (_name, column, value) => {
    const { talk, item } = withRow();
    const [error] = talk.change(item, { [column]: value }).json.errors as Json[];
    expect(error!.extensions).toMatchObject({
      code: 'ColumnValueException',
      status_code: 200,
      error_data: { column_id: column },
    });
  });

  it('refuses a label that is not there, and names those that are', () => {
    const { talk, item } = withRow();
    const [error] = talk.change(item, { [STATUS]: { label: 'Evicted' } }).json.errors as Json[];
    expect(error!.message).toBe(
      "This status label doesn't exist, possible statuses are: {0: Current, 1: Due, 2: Late, 3: On hold}",
    );
    expect(error!.extensions.error_data).toMatchObject({
      column_type: 'color',
      column_validation_error_code: 'missingLabel',
    });
  });

  it('gets a label that is not there when it is asked for, past the number of the empty one', () => {
    const { talk, item } = withRow();
    for (const label of ['Evicted', 'Moved'])
      expect(talk.change(item, { [STATUS]: { label } }, true).json.errors).toBe(undefined);
    expect(talk.state.boards[0]!.columns.find(({ id }) => id === STATUS)!.labels!.map(({ id }) => id)).toEqual([
      0, 1, 2, 3, 4, 6,
    ]);
  });

  it('gets none from somebody who may not change the structure', () => {
    const { talk, item } = withRow();
    mondayPeople.lockBoard(talk.state, BOARD, 'structure');
    talk.token = mondayPeople.tokenOfPerson(talk.state, 'member');
    const [error] = talk.change(item, { [STATUS]: { label: 'Evicted' } }, true).json.errors as Json[];
    expect(error!.extensions).toEqual({ code: 'UserUnauthorizedException', error_data: {}, status_code: 403 });
    expect(talk.change(item, { [STATUS]: { label: 'Late' } }, true).json.errors).toBe(undefined);
  });

  it('shows a label under its new name, and takes none that was switched off', () => {
    const { talk, item } = withRow();
    talk.cell(item, STATUS, { label: 'Late' });
    mondayPeople.renameLabel(talk.state, BOARD, 'Rent status', 'Late', 'Behind');
    mondayPeople.deactivateLabel(talk.state, BOARD, 'Rent status', 'Due');
    const found = talk.find([{ column_id: STATUS, column_values: ['Behind'] }]);
    expect(idsOf(found)).toEqual([item]);
    expect(talk.change(item, { [STATUS]: { label: 'Due' } }).json.errors).toHaveLength(1);
  });

  it('takes simple texts as well: a label, its number, an address with its words', () => {
    const { talk, item } = withRow();
    const simple = (column: string, value: string | null) =>
      talk.ask(
        'mutation ($item: ID!, $column: String!, $value: String) { change_simple_column_value(board_id: ' +
          `${BOARD}, item_id: $item, column_id: $column, value: $value) { column_values(ids: ["${EMAIL}", "${STATUS}"]) { text } } }`,
        { item, column, value },
      ).json;
    expect(simple(STATUS, '2').data.change_simple_column_value.column_values[0].text).toBe('Late');
    expect(simple(EMAIL, 'ada@example.com Ada').data.change_simple_column_value.column_values[1].text).toBe('Ada');
    expect(simple(EMAIL, 'ada@example.com').errors[0].extensions.code).toBe('ColumnValueException');
    expect(simple(STATUS, null).data.change_simple_column_value.column_values[0].text).toBe(null);
  });
});
