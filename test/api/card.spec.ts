/** The card beside the spreadsheet: today's figures and the way to the menu, or in words why there are none. */
import { askApi, bare, bookOf, ELM, leaseOf, smallWorld, standAt, tabOf, typeInto, type World } from '../worlds';

interface Widget {
  readonly kind: string;
  readonly text?: string;
  readonly topLabel?: string;
  readonly bottomLabel?: string;
}
interface Card {
  readonly header: { readonly title: string; readonly subtitle?: string };
  readonly sections: readonly { readonly widgets: readonly Widget[] }[];
}

function homepage(world: World) {
  const run = world.card();
  expect(run.error).toBeUndefined();
  const { header, sections } = run.value as Card;
  return { run, header, widgets: sections.flatMap((section) => section.widgets) };
}

/** Figures by label: value, then what stands below it. */
const figures = (world: World) =>
  Object.fromEntries(
    homepage(world).widgets.flatMap(({ topLabel, text, bottomLabel }) =>
      topLabel ? [[topLabel, [text, bottomLabel]]] : [],
    ),
  );

const texts = (world: World) => homepage(world).widgets.map(({ text }) => text);

const HOW = /^To work with the ledger, choose Rent Ledger &gt; Open sidebar in the menu of this spreadsheet\./;

describe('the card', () => {
  it('tells the figures of today with their time, and the way to the menu', () => {
    const world = standAt(
      smallWorld({ on: '2026-12-01', leases: ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id)) }),
      '2026-12-10T15:05:00Z',
    );
    askApi(world, 'daily');
    askApi(world, 'recordReceipt', [{ lease: 'L-2', amount: '1050.00', method: 'check', reference: '7' }]);
    const { header, widgets } = homepage(world);
    expect(header).toMatchObject({ title: 'Rent Ledger', subtitle: 'As of 2026-12-10 10:05 (America/New_York)' });
    expect(figures(world)).toEqual({
      'Collected this month': ['$1,050.00 of $3,150.00', '33% of what is due'],
      Outstanding: ['$2,100.00', undefined],
      'Late residents': ['2', '$2,100.00 together'],
      'Needs you': ['1', '1 problem in a cell'],
    });
    expect(widgets[widgets.length - 1]?.text).toMatch(HOW);
  });

  it('has a word for each figure that is nothing', () => {
    const world = smallWorld({ on: '2026-12-01', properties: [{ ...ELM, Jurisdiction: 'US-TX' }] });
    expect(figures(world)).toEqual({
      'Collected this month': ['Nothing was charged yet', undefined],
      Outstanding: ['$0.00', undefined],
      'Late residents': ['None', undefined],
      'Needs you': ['Nothing today', undefined],
    });
  });

  it('agrees with the Dashboard and the book', () => {
    const world = standAt(smallWorld({ on: '2026-12-01' }), '2026-12-10T15:05:00Z');
    askApi(world, 'daily');
    typeInto(world, 'Properties', 'Elm House', 'Grace days', 'some');
    askApi(world, 'daily');
    const waiting =
      (bookOf(world).problems ?? []).length + tabOf(world, 'Tasks').filter((row) => row.State === 'open').length;
    expect(waiting).toBeGreaterThan(0);
    expect(figures(world)['Needs you']?.[0]).toBe(String(waiting));
  });

  it('names the currencies that are in no figure', () => {
    const world = smallWorld({
      on: '2026-12-01',
      properties: [
        {
          Property: 'Elm House',
          Address: '1 Elm',
          'Time zone': 'America/New_York',
          Currency: 'USD',
          Jurisdiction: 'US-XX',
        },
        { Property: 'Oak', Address: '2 Oak', 'Time zone': 'Europe/London', Currency: 'GBP', Jurisdiction: 'UK-ENG' },
      ],
      leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3', { Property: 'Oak' })],
    });
    expect(figures(world).Outstanding?.[1]).toBe('Without GBP');
  });

  it('reads the book in one call and writes nothing', () => {
    const { run } = homepage(smallWorld({ on: '2026-12-01' }));
    const sheets = Object.entries(run.calls).filter(([name]) => name.startsWith('Sheets.'));
    expect(sheets.filter(([name]) => !/get$/i.test(name))).toEqual([]);
    expect(run.modelMs).toBeLessThan(3_000);
  });

  it('says that nothing is set up, and how to begin', () => {
    const { header } = homepage(bare('2026-12-01'));
    expect(header.subtitle).toBeUndefined();
    const [trouble, how] = texts(bare('2026-12-01'));
    expect(trouble).toMatch(/Set up/);
    expect(how).toMatch(HOW);
  });

  it('says so in words when Google fails', () => {
    const world = smallWorld({ on: '2026-12-01' });
    world.faults.atCall({ what: 'error', call: 1, side: 'before', handler: 'homepage' });
    const [trouble] = texts(world);
    expect(trouble).toBe(
      'The figures could not be read just now. The clock goes on by itself; reload the spreadsheet to see them here.',
    );
  });
});
