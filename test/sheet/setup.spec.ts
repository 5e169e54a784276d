/** Setup and repair, applied to the host's workbook, which refuses whatever Google would refuse. */
import fc from 'fast-check';
import { WorkbookModel } from '../../local/host/workbook/workbook';
import { day } from '../../src/domain/calendar';
import { currency, zone } from '../../src/domain/values';
import type { SheetRequest, WorkbookShape } from '../../src/ports';
import { defaultSettings } from '../../src/sheet/defaults';
import { LEASES, LEDGER, RENT_ROLL, TABS } from '../../src/sheet/schema';
import {
  currentWorkbook,
  SETUP_FIELDS,
  type SetupOptions,
  STATUS_LOOKS,
  setupRanges,
  setupRequests,
  statusText,
} from '../../src/sheet/setup';
import { TONES } from '../../src/sheet/setup/colours';
import { datePattern } from '../../src/sheet/setup/formats';

const OPTIONS: SetupOptions = {
  booksOpenOn: day('2026-12-01'),
  zone: zone('America/New_York'),
  currency: currency('USD'),
  locale: 'en_US',
  owner: 'owner@example.com',
};

interface Reply {
  readonly sheets?: readonly {
    readonly properties: {
      readonly sheetId: number;
      readonly title: string;
      readonly hidden?: boolean;
      readonly gridProperties: { readonly rowCount: number; readonly columnCount: number };
    };
    readonly conditionalFormats?: readonly unknown[];
    readonly protectedRanges?: readonly { readonly warningOnly?: boolean; readonly description?: string }[];
    readonly charts?: readonly { readonly spec: { readonly title: string } }[];
    readonly basicFilter?: object;
  }[];
}

/** A workbook as the gas adapter shows it: shape, one get, one batch. */
class Book {
  constructor(readonly model: WorkbookModel) {}

  get(fields: string, ranges: readonly string[] = []): Reply {
    return this.model.api('spreadsheets.get', { fields, ranges }) as Reply;
  }

  shape(): WorkbookShape {
    const sheets = (this.get('sheets.properties').sheets ?? []).map(({ properties }) => ({
      id: properties.sheetId,
      title: properties.title,
      rows: properties.gridProperties.rowCount,
      columns: properties.gridProperties.columnCount,
      hidden: properties.hidden ?? false,
    }));
    return { id: 'book', title: 'Book', locale: 'en_US', timeZone: 'America/New_York', sheets };
  }

  setup(options = OPTIONS): SheetRequest[] {
    const shape = this.shape();
    const ranges = setupRanges(shape);
    const reply = ranges.length === 0 ? {} : this.get(SETUP_FIELDS, ranges);
    const requests = setupRequests(shape, currentWorkbook(reply as Record<string, unknown>), options);
    this.commit(requests);
    return requests;
  }

  commit(requests: readonly SheetRequest[]): void {
    if (requests.length > 0) this.model.api('spreadsheets.batchUpdate', {}, { requests });
  }

  values(range: string): unknown[][] {
    const reply = this.model.api('spreadsheets.values.get', { range, valueRenderOption: 'FORMULA' });
    return ((reply as { values?: unknown[][] }).values ?? []) as unknown[][];
  }

  idOf(title: string): number {
    return this.shape().sheets.find((sheet) => sheet.title === title)!.id;
  }

  sheet(title: string) {
    const fields = 'sheets(properties,conditionalFormats,protectedRanges,charts,basicFilter)';
    return this.get(fields).sheets!.find((sheet) => sheet.properties.title === title)!;
  }

  write(title: string, rowIndex: number, columnIndex: number, rows: readonly (readonly (string | number)[])[]): void {
    const cell = (value: string | number) =>
      typeof value === 'number' ? { numberValue: value } : { stringValue: value };
    this.commit([
      {
        updateCells: {
          rows: rows.map((row) => ({ values: row.map((value) => ({ userEnteredValue: cell(value) })) })),
          fields: 'userEnteredValue',
          start: { sheetId: this.idOf(title), rowIndex, columnIndex },
        },
      },
    ]);
  }
}

const kindsOf = (requests: readonly SheetRequest[]): string[] => requests.flatMap((request) => Object.keys(request));

function freshBook(): Book {
  const place = { id: 'book', title: 'Book', locale: 'en_US', timeZone: 'America/New_York' };
  return new Book(WorkbookModel.create(place));
}

function readyBook(): Book {
  const book = freshBook();
  book.setup();
  return book;
}

describe('setting up an empty spreadsheet', () => {
  const book = readyBook();

  it('creates every tab in order before the sheet that was there, with headers, notes and a frozen row', () => {
    const titles = book.shape().sheets.map((sheet) => sheet.title);
    expect(titles).toEqual([...TABS.map((tab) => tab.title), 'Sheet1']);
    for (const tab of TABS) {
      expect(book.values(`'${tab.title}'!1:1`)[0]).toEqual(tab.columns.map((column) => column.header));
    }
    const leases = book.get('sheets(properties,data.rowData.values(note,userEnteredFormat))', ["'Leases'!A1:R1"]);
    expect(JSON.stringify(leases)).toContain(JSON.stringify(LEASES.columns[0]!.note));
    expect(JSON.stringify(leases)).toContain('"bold":true');
    expect(JSON.stringify(leases)).toContain('"frozenRowCount":1');
  });

  it('hides only the three tabs that nobody reads', () => {
    const hidden = book.shape().sheets.filter((sheet) => sheet.hidden);
    expect(hidden.map((sheet) => sheet.title)).toEqual(['Openings', 'Page rows', 'State']);
  });

  it('writes default rows for settings, ladder, templates and state, with numbers as numbers', () => {
    const settings = new Map(book.values("'Settings'!A2:B40").map(([name, value]) => [name, value ?? '']));
    for (const { name, value } of defaultSettings(OPTIONS)) expect(settings.get(name)).toBe(value);
    expect(settings.get('Books open on')).toBe('2026-12-01');
    expect(book.values("'Ladder'!A2:C6").map(([rung, days]) => [rung, days])).toEqual([
      ['before-due', -3],
      ['due-today', 0],
      ['late', 0],
      ['late-second', 7],
      ['final-notice', 14],
    ]);
    expect(book.values("'Templates'!A2:B40").length).toBeGreaterThanOrEqual(29);
    expect(book.values("'State'!A2:B3")).toEqual([
      ['schema version', '1'],
      ['owner', 'owner@example.com'],
    ]);
  });

  it('offers dropdowns that warn and never stop', () => {
    const reply = JSON.stringify(book.get('sheets.data.rowData.values.dataValidation', ["'Leases'!H2:H2"]));
    expect(reply).toContain('"ONE_OF_LIST"');
    expect(reply).toContain('"fortnightly"');
    expect(reply).not.toContain('"strict":true');
  });

  it('protects with warnings only: headers of people, whole tabs of the add-on', () => {
    for (const tab of TABS) {
      const ranges = book.sheet(tab.title).protectedRanges ?? [];
      expect(ranges).toHaveLength(1);
      expect(ranges[0]?.warningOnly).toBe(true);
    }
  });

  it('colours each status by its icon, once, and draws three charts beside their data', () => {
    const looks = Object.keys(STATUS_LOOKS).length;
    expect(book.sheet('Rent Roll').conditionalFormats).toHaveLength(looks + 1);
    expect(book.sheet('Receipts').conditionalFormats).toHaveLength(12);
    expect(book.sheet('Outbox').conditionalFormats).toHaveLength(8);
    const charts = (book.sheet('Dashboard').charts ?? []).map((chart) => chart.spec.title);
    expect(charts).toEqual(['Collection this month', 'Cash in this month', 'Unpaid by age']);
    expect(book.values("'Dashboard'!H14:K14")).toEqual([['Unpaid by age in days', 'Unpaid', 'Currency', 'Residents']]);
  });

  it('puts a filter on the tabs that people search', () => {
    const filtered = TABS.filter((tab) => book.sheet(tab.title).basicFilter).map((tab) => tab.title);
    expect(filtered.sort()).toEqual(['Log', 'Outbox', 'Receipts', 'Rent Roll', 'Tasks']);
  });

  it('shows days in the order of the file and keeps text as text', () => {
    const german = freshBook();
    german.setup({ ...OPTIONS, locale: 'de_DE' });
    const start = JSON.stringify(german.get('sheets.data.rowData.values.userEnteredFormat', ["'Leases'!A2:J2"]));
    expect(start).toContain('"pattern":"dd.mm.yyyy"');
    expect(start).toContain('"type":"TEXT"');
    expect(['en_US', 'en_GB', 'fr_CA', 'fr', 'de-DE', 'xx'].map(datePattern)).toEqual([
      'm/d/yyyy',
      'dd/mm/yyyy',
      'yyyy-mm-dd',
      'dd/mm/yyyy',
      'dd.mm.yyyy',
      'yyyy-mm-dd',
    ]);
  });

  it('takes answers of the setup dialog for settings', () => {
    const settings = defaultSettings({ ...OPTIONS, settings: { Reminders: 'on' } });
    expect(settings.find((each) => each.name === 'Reminders')?.value).toBe('on');
  });
});

describe('running setup again', () => {
  it('gives no request when all is right', () => {
    const book = readyBook();
    expect(book.setup()).toEqual([]);
  });

  it('is still nothing to do after the add-on and people wrote rows', () => {
    const book = readyBook();
    book.write('Leases', 1, 0, [['L-1', 'Elm', '4B', 'Ann Lee']]);
    book.write('Leases', 1, 6, [[1200]]);
    book.write('Dashboard', 1, 1, [[1200.5], [3], [2]]);
    book.write('Dashboard', 21, 7, [['1', 100, 200, 300]]);
    expect(kindsOf(book.setup())).toEqual([]);
  });

  it('brings back deleted tabs, formats, protection, filters, charts, notes and colours, and then rests', () => {
    const book = readyBook();
    const roll = book.idOf('Rent Roll');
    const leases = book.idOf('Leases');
    const charts = (book.sheet('Dashboard').charts ?? []) as unknown as { chartId: number }[];
    const guards = (book.sheet('Leases').protectedRanges ?? []) as unknown as { protectedRangeId: number }[];
    book.commit([
      { deleteSheet: { sheetId: book.idOf('Tasks') } },
      { deleteConditionalFormatRule: { sheetId: roll, index: 2 } },
      { clearBasicFilter: { sheetId: roll } },
      { deleteEmbeddedObject: { objectId: charts[1]!.chartId } },
      { deleteProtectedRange: { protectedRangeId: guards[0]!.protectedRangeId } },
      { updateSheetProperties: { properties: { sheetId: book.idOf('State'), hidden: false }, fields: 'hidden' } },
      {
        updateCells: {
          rows: [{ values: [{}] }],
          fields: 'note,userEnteredFormat',
          start: { sheetId: leases, rowIndex: 0, columnIndex: 2 },
        },
      },
      {
        repeatCell: {
          range: { sheetId: leases, startRowIndex: 1, startColumnIndex: 9, endColumnIndex: 10 },
          cell: {},
          fields: 'userEnteredFormat,dataValidation',
        },
      },
      { setDataValidation: { range: { sheetId: leases, startRowIndex: 1, startColumnIndex: 7, endColumnIndex: 8 } } },
    ]);
    const kinds = new Set(kindsOf(book.setup()));
    for (const kind of ['addSheet', 'addConditionalFormatRule', 'setBasicFilter', 'addChart', 'addProtectedRange']) {
      expect(kinds).toContain(kind);
    }
    for (const kind of ['updateSheetProperties', 'updateCells', 'repeatCell', 'setDataValidation']) {
      expect(kinds).toContain(kind);
    }
    expect(book.shape().sheets.map((sheet) => sheet.title)).toEqual([...TABS.map((tab) => tab.title), 'Sheet1']);
    expect(book.setup()).toEqual([]);
  });

  it('removes its own doubled colour rules and leaves a rule of people in front', () => {
    const book = readyBook();
    const rules = book.sheet('Rent Roll').conditionalFormats!;
    const mine = {
      ranges: [{ sheetId: book.idOf('Rent Roll'), startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }],
      booleanRule: { condition: { type: 'NOT_BLANK' }, format: { textFormat: { italic: true } } },
    };
    book.commit([
      { addConditionalFormatRule: { rule: rules[3], index: 0 } },
      { addConditionalFormatRule: { rule: mine, index: 0 } },
    ]);
    expect(kindsOf(book.setup())).toEqual(['deleteConditionalFormatRule']);
    const after = book.sheet('Rent Roll').conditionalFormats!;
    expect(after).toHaveLength(rules.length + 1);
    expect(JSON.stringify(after[0])).toContain('italic');
    expect(book.setup()).toEqual([]);
  });

  it("keeps people's number formats of the same kind, notes of their own and longer dropdowns", () => {
    const book = readyBook();
    const sheetId = book.idOf('Leases');
    const column = (at: number) => ({ sheetId, startRowIndex: 1, startColumnIndex: at, endColumnIndex: at + 1 });
    const choices = ['weekly', 'monthly', 'every full moon'].map((userEnteredValue) => ({ userEnteredValue }));
    const numberFormat = { type: 'CURRENCY', pattern: '"$"#,##0' };
    book.commit([
      {
        repeatCell: {
          range: column(6),
          cell: { userEnteredFormat: { numberFormat } },
          fields: 'userEnteredFormat.numberFormat',
        },
      },
      { setDataValidation: { range: column(7), rule: { condition: { type: 'ONE_OF_LIST', values: choices } } } },
      {
        updateCells: {
          rows: [{ values: [{ note: 'Our own words' }] }],
          fields: 'note',
          start: { sheetId, rowIndex: 0, columnIndex: 0 },
        },
      },
    ]);
    expect(book.setup()).toEqual([]);
  });
});

describe('headers', () => {
  it('appends a missing header at the right end of a tab of people and moves nothing', () => {
    const book = readyBook();
    book.write('Leases', 0, 2, [['Apartment']]);
    book.write('Leases', 1, 0, [['L-1', 'Elm', '4B']]);
    book.setup();
    const [headers = [], row = []] = book.values("'Leases'!A1:Z2");
    expect(headers[2]).toBe('Apartment');
    expect(headers.at(-1)).toBe('Unit');
    expect(headers).toHaveLength(LEASES.columns.length + 1);
    expect(row.slice(0, 3)).toEqual(['L-1', 'Elm', '4B']);
    expect(book.setup()).toEqual([]);
  });

  it('restores an overwritten or blanked header of the add-on in its place, so that the journal stays whole', () => {
    const book = readyBook();
    book.write('Ledger', 0, 7, [['Betrag']]);
    book.write('Ledger', 0, 14, [['', '']]);
    book.write('Ledger', 1, 0, [['rent:L-1:2026-12']]);
    book.setup();
    expect(book.values("'Ledger'!1:1")[0]).toEqual(LEDGER.columns.map((column) => column.header));
    expect(book.setup()).toEqual([]);
  });

  it('moves the header row back to the top when rows were inserted above it', () => {
    const book = readyBook();
    book.write('Leases', 1, 0, [['L-1', 'Elm', '4B']]);
    const range = { sheetId: book.idOf('Leases'), dimension: 'ROWS', startIndex: 0, endIndex: 3 };
    book.commit([{ insertDimension: { range, inheritFromBefore: false } }]);
    book.setup();
    expect(book.values("'Leases'!1:1")[0]).toEqual(LEASES.columns.map((column) => column.header));
    expect(book.values("'Leases'!A5:C5")).toEqual([['L-1', 'Elm', '4B']]);
    expect(book.sheet('Leases').protectedRanges?.[0]).toMatchObject({ range: { startRowIndex: 0, endRowIndex: 1 } });
    expect(book.setup()).toEqual([]);
  });

  it('puts the Dashboard back in its fixed places, charts included, when a row was inserted above', () => {
    const book = readyBook();
    const range = { sheetId: book.idOf('Dashboard'), dimension: 'ROWS', startIndex: 0, endIndex: 1 };
    book.commit([{ insertDimension: { range, inheritFromBefore: false } }]);
    book.write('Dashboard', 0, 0, [['a note of ours']]);
    book.setup();
    expect(book.values("'Dashboard'!A121")).toEqual([['a note of ours']]);
    const fresh = readyBook();
    const labels = (each: Book) => each.values("'Dashboard'!A1:A20");
    expect(labels(book)).toEqual(labels(fresh));
    const specs = (each: Book) => (each.sheet('Dashboard').charts ?? []).map((chart) => chart.spec);
    const bare = (each: Book) =>
      JSON.stringify(specs(each))
        .split(`"sheetId":${each.idOf('Dashboard')}`)
        .join('');
    expect(bare(book)).toBe(bare(fresh));
    expect(book.setup()).toEqual([]);
  });

  it('inserts a header row that was deleted above data', () => {
    const book = readyBook();
    book.write('Leases', 1, 0, [['L-1', 'Elm', '4B', 'Ann', '', '', 1200]]);
    const range = { sheetId: book.idOf('Leases'), dimension: 'ROWS', startIndex: 0, endIndex: 1 };
    book.commit([{ deleteDimension: { range } }]);
    book.setup();
    expect(book.values("'Leases'!1:1")[0]).toEqual(LEASES.columns.map((column) => column.header));
    expect(book.values("'Leases'!A2:G2")).toEqual([['L-1', 'Elm', '4B', 'Ann', '', '', 1200]]);
    expect(book.setup()).toEqual([]);
  });

  it('makes room on a grid that is too narrow', () => {
    const book = freshBook();
    const gridProperties = { rowCount: 5, columnCount: 3 };
    book.commit([{ addSheet: { properties: { sheetId: 77, title: 'leases', gridProperties } } }]);
    book.write('leases', 0, 0, [['Tenant', 'Rent', 'Unit']]);
    book.setup();
    const headers = book.values("'leases'!1:1")[0] ?? [];
    expect(headers.slice(0, 3)).toEqual(['Tenant', 'Rent', 'Unit']);
    expect(headers).toHaveLength(LEASES.columns.length + 1);
    expect(book.shape().sheets.filter((sheet) => sheet.title.toLowerCase() === 'leases')).toHaveLength(1);
    expect(book.setup()).toEqual([]);
  });

  it('loses nothing of workbooks whose columns people shuffled, renamed and added to', () => {
    const headers = LEASES.columns.map((column) => column.header);
    const extra = fc.constantFrom('Parking spot', 'Pet', 'My notes', '', 'Unit (old)', 'rent ');
    const row = fc
      .tuple(fc.shuffledSubarray(headers), fc.array(extra, { maxLength: 4 }))
      .chain(([kept, added]) => fc.shuffledSubarray([...kept, ...added], { minLength: kept.length + added.length }));
    const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.integer({ min: 0, max: 5000 }));
    fc.assert(
      fc.property(row, fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 4 }), (top, data) => {
        const book = freshBook();
        book.commit([{ addSheet: { properties: { sheetId: 50, title: 'Leases' } } }]);
        if (top.length > 0) book.write('Leases', 0, 0, [top]);
        if (data.length > 0) book.write('Leases', 1, 0, data);
        const before = book.values("'Leases'!A1:AZ9");
        book.setup();
        expect(contains(book.values("'Leases'!A1:AZ12"), before)).toBe(true);
        const now = book.values("'Leases'!1:1")[0]!.map((text) => String(text).trim().toLowerCase());
        for (const header of headers) expect(now).toContain(header.toLowerCase());
        expect(book.setup()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

/** True when each row of `before` stands in `after` in the same columns; whole rows may have moved. */
function contains(after: readonly unknown[][], before: readonly unknown[][]): boolean {
  const holds = (row: readonly unknown[], old: readonly unknown[]) =>
    old.every((cell, at) => cell === '' || cell === undefined || row[at] === cell);
  return before.every((old) => after.some((row) => holds(row, old)));
}

describe('status text and colours', () => {
  it('says icon, word and days', () => {
    expect(statusText('paid', 0)).toBe('✓ Paid');
    expect(statusText('late', 6)).toBe('▲ Late 6 days');
    expect(statusText('late', 1)).toBe('▲ Late 1 day');
    expect(statusText('due', 0)).toBe('● Due today');
    expect(statusText('grace', 3)).toBe('◔ Grace');
  });

  it('has icons of their own, so that one rule matches one status', () => {
    const icons = Object.values(STATUS_LOOKS).map((look) => look.icon);
    expect(new Set(icons).size).toBe(icons.length);
  });

  it.each(Object.entries(TONES))('has at least 4.5:1 between text and fill for %s', (_, { text, fill }) => {
    const [a, b] = [luminance(text), luminance(fill)];
    expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

describe('the schema that setup relies on', () => {
  it('has the columns that are highlighted', () => {
    expect(RENT_ROLL.columns.map((column) => column.header)).toEqual(expect.arrayContaining(['Status', 'Problem']));
  });
});
