import fc from 'fast-check';
import { parseAddressList } from '../../src/domain/addresses';
import type { Lease, Term } from '../../src/domain/book';
import { day } from '../../src/domain/calendar';
import type { Link } from '../../src/domain/matching';
import { cents, parseAmount } from '../../src/domain/money';
import { type Listed, needsLink, type RosterChange, rosterNews } from '../../src/domain/roster';
import type { RunBook } from '../../src/domain/run-book';
import { type Currency, currency, leaseId, propertyName } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld } from './small-world';
import { optionsOf } from './story';

const USD = currency('USD');
const TODAY = day('2026-12-07');
const HOUSE = 'Elm Street 5';

const listed = (more: Partial<Listed> = {}): Listed => ({
  id: 't-1',
  property: HOUSE,
  propertyId: 'ELM5',
  unit: '4B',
  residents: ['Ana Ruiz'],
  emails: ['ana@example.com'],
  phone: '+15125550144',
  state: 'current',
  rentCents: cents(120_000),
  currency: USD,
  dueDay: 1,
  start: day('2026-01-01'),
  ...more,
});

/** As `listed` would stand here. */
const row = (id: string, more: Partial<Lease> = {}): Lease => ({
  ...leaseFrom(newWorld(), id, optionsOf(['rent', '1200.00'], [])),
  property: propertyName(HOUSE),
  unit: '4B',
  residents: 'Ana Ruiz',
  emails: parseAddressList('ana@example.com').addresses,
  phone: '+15125550144',
  start: day('2026-01-01'),
  ...more,
});

const link = (lease: string, externalId: string): Link => ({
  row: 2,
  lease: leaseId(lease),
  platform: 'vendor',
  kind: 'customer',
  externalId,
});

const bookWith = (
  leases: readonly Lease[] = [],
  links: readonly Link[] = [],
  more: Partial<RunBook> = {},
): RunBook => ({
  ...bookOf(newWorld()),
  leases,
  links,
  ...more,
});

const newsOf = (book: RunBook, ...rows: readonly Listed[]) => rosterNews(book, 'vendor', rows, TODAY);
const cellsOf = (change: RosterChange | undefined) =>
  Object.fromEntries((change?.cells ?? []).map(({ header, after }) => [header, after]));

describe('a lease that is new', () => {
  it('becomes a row with all that the system says, and an id of its property and unit', () => {
    const { changes } = newsOf(bookWith(), listed({ depositCents: cents(50_000), end: day('2026-12-31') }));
    expect(changes).toEqual([expect.objectContaining({ kind: 'add', id: 't-1', lease: 'ELM5-4B', remarks: [] })]);
    expect(cellsOf(changes[0])).toEqual({
      'Lease ID': 'ELM5-4B',
      Property: HOUSE,
      Unit: '4B',
      Residents: 'Ana Ruiz',
      Email: 'ana@example.com',
      Phone: '+15125550144',
      Rent: '1200.00',
      'Due day': '1',
      Start: '2026-01-01',
      Deposit: '500.00',
    });
  });

  it('has a last day only where notice was given: a term that ends is no end', () => {
    expect(cellsOf(newsOf(bookWith(), listed({ end: day('2026-12-31') })).changes[0])).not.toHaveProperty('End');
    const leaving = listed({ state: 'notice', end: day('2026-12-31') });
    expect(cellsOf(newsOf(bookWith(), leaving).changes[0]).End).toBe('2026-12-31');
  });

  it('is not taken over when it was over before', () => {
    expect(newsOf(bookWith(), listed({ state: 'past', end: day('2026-01-31') })).changes).toEqual([]);
  });

  it('says what a person should know: another currency, no rent, a debt there, a property that is not here', () => {
    const strange = listed({ property: 'Oak Court', propertyId: 'OAK', balanceCents: cents(12_345) });
    expect(newsOf(bookWith(), strange).changes[0]?.remarks).toEqual([
      'Oak Court is added to the Properties tab: look at its time zone, currency and fees.',
      '123.45 USD is owed there; it is not posted here.',
    ]);
    const { rentCents: _, ...rentless } = listed({ currency: currency('GBP') });
    expect(newsOf(bookWith(), rentless).changes[0]?.remarks).toEqual([
      'There it is in GBP, here the property is in USD.',
      'The system does not say the rent: enter it before it is taken.',
    ]);
  });

  it('says so where somebody else runs on its unit here', () => {
    const [change] = newsOf(bookWith([row('L-1', { residents: 'Bo Karlsson' })]), listed()).changes;
    expect(change?.kind).toBe('add');
    expect(change?.remarks.join(' ')).toMatch(/^L-1 \(Bo Karlsson\) runs on this unit here/);
    const known = bookWith([row('L-1', { residents: 'Bo Karlsson' })], [link('L-1', 't-0')]);
    const leaving = listed({ id: 't-0', residents: ['Bo Karlsson'], state: 'past', end: day('2026-11-30') });
    expect(newsOf(known, leaving, listed()).changes[0]?.remarks).toEqual([]);
  });

  it('leaves out a mail that nobody could write to, and says so', () => {
    const [change] = newsOf(bookWith(), listed({ emails: ['n/a', 'ana@example.com'] })).changes;
    expect(cellsOf(change).Email).toBe('ana@example.com');
    expect(change?.remarks).toEqual([expect.stringMatching(/^There: "n\/a" is not one e-mail address/)]);
  });

  it('never gets an id that the ledger knows: the balance of that lease would be its own', () => {
    const before = bookWith();
    const [state] = [...bookWith().states.values()];
    const states = new Map([[leaseId('elm5-4b'), state as never]]);
    expect(newsOf({ ...before, states }, listed()).changes[0]?.lease).toBe('ELM5-4B-2');
    const unread = { leases: ['elm5-4B'], links: new Map([['gone-1', 'ELM5-4B-2']]) };
    const [change] = rosterNews(bookWith(), 'vendor', [listed()], TODAY, unread).changes;
    expect(change?.lease).toBe('ELM5-4B-3');
  });

  it('is one where the system lists it twice', () => {
    expect(newsOf(bookWith(), listed(), listed()).changes).toHaveLength(1);
  });
});

describe('a lease that is here and not linked', () => {
  it('is found by its unit and one name, however they are written', () => {
    const here = row('L-1', { unit: 'Apt 4-B', residents: 'RUÍZ, Ana & Leo', property: propertyName('elm street 5') });
    const { changes } = newsOf(bookWith([here]), listed({ residents: ['Ruiz Ana'] }));
    expect(changes.map(({ kind, lease }) => [kind, lease])).toEqual([['link', 'L-1']]);
  });

  it('is not linked to two of them, nor when two here could be meant', () => {
    const one = newsOf(bookWith([row('L-1')]), listed(), listed({ id: 't-2' }));
    expect(one.changes.map(({ kind }) => kind)).toEqual(['link', 'add']);
    const two = newsOf(bookWith([row('L-1'), row('L-2')]), listed());
    expect(two.changes.map(({ kind }) => kind)).toEqual(['add']);
  });

  it('is who lives there, not who comes after them, in whatever order they are listed', () => {
    const next = listed({ id: 't-2', state: 'future', start: day('2027-01-01') });
    for (const rows of [
      [next, listed()],
      [listed(), next],
    ])
      expect(newsOf(bookWith([row('L-1')]), ...rows).changes.map(({ id, kind }) => [id, kind])).toEqual([
        ['t-1', 'link'],
        ['t-2', 'add'],
      ]);
  });

  it('is no lease that has ended here', () => {
    const over = row('L-1', { end: day('2026-11-30') });
    expect(newsOf(bookWith([over]), listed()).changes.map(({ kind }) => kind)).toEqual(['add']);
  });
});

describe('a lease that is linked', () => {
  const linked = (more: Partial<Lease> = {}, terms: readonly Term[] = []) =>
    bookWith([row('L-1', more)], [link('L-1', 't-1')], { terms: new Map([[leaseId('L-1'), terms]]) });

  it('is as here where all is the same, in other order, case, signs and repeats', () => {
    const there = listed({
      residents: ['Leo Ruiz', 'Ana Ruiz'],
      emails: ['LEO@example.com', 'ana@example.com', 'ana@EXAMPLE.com'],
      phone: '(512) 555-0144',
    });
    const here = linked({
      residents: 'Ana Ruiz, Leo Ruiz',
      emails: parseAddressList('ana@example.com, leo@example.com').addresses,
    });
    expect(newsOf(here, there)).toMatchObject({ changes: [], same: 1, missing: [], notes: [] });
  });

  it('changes in its cells, each with what stands here', () => {
    const there = listed({ residents: ['Ana Ruiz-Lee'], emails: ['ana.lee@example.com'], phone: '+15125550199' });
    expect(newsOf(linked(), there).changes).toEqual([
      expect.objectContaining({
        kind: 'change',
        lease: 'L-1',
        cells: [
          { header: 'Residents', before: 'Ana Ruiz', after: 'Ana Ruiz-Lee' },
          { header: 'Email', before: 'ana@example.com', after: 'ana.lee@example.com' },
          { header: 'Phone', before: '+15125550144', after: '+15125550199' },
        ],
      }),
    ]);
  });

  it('loses nothing to what the system leaves empty or writes so that nobody could use it', () => {
    const there = listed({ residents: [], emails: ['none'], phone: ' ' });
    expect(newsOf(linked(), there)).toMatchObject({
      changes: [],
      notes: [expect.stringMatching(/^L-1: There: "none" is not one e-mail address/)],
    });
  });

  it('ends by notice and by a move-out, and by no term that ran out', () => {
    const end = day('2026-12-31');
    const kinds = (state: Listed['state'], last = end, here: Partial<Lease> = {}) =>
      newsOf(linked(here), listed({ state, end: last })).changes.map(({ kind, cells }) => [kind, cells[0]?.after]);
    expect(kinds('notice')).toEqual([['end', '2026-12-31']]);
    expect(kinds('past')).toEqual([['end', '2026-12-31']]);
    expect(kinds('current')).toEqual([]);
    expect(kinds('current', day('2026-11-30'), { end })).toEqual([]);
    expect(kinds('notice', day('2027-01-15'), { end })).toEqual([['end', '2027-01-15']]);
  });

  it('is told in a note where nothing of it can be taken: another rent, no last day, a notice withdrawn', () => {
    expect(newsOf(linked(), listed({ rentCents: cents(125_000) })).notes).toEqual([
      'L-1: The rent there is 1250.00, here 1200.00: change it with Override, from the day that it holds.',
    ]);
    expect(newsOf(linked(), listed({ state: 'past' })).notes).toEqual([
      'L-1: It is over there, but no last day is named: enter the move-out with Override.',
    ]);
    expect(newsOf(linked({ end: day('2026-12-31') }), listed()).notes).toEqual([
      'L-1: It has no last day there, and ends here on 2026-12-31: take the day out of its row if the notice was withdrawn.',
    ]);
  });

  it('has the rent of today, as the Terms tab has changed it', () => {
    const raised: Term = {
      row: 2,
      lease: leaseId('L-1'),
      type: 'rent',
      amountCents: cents(125_000),
      every: 'period',
      from: day('2026-12-01'),
    } as unknown as Term;
    expect(newsOf(linked({}, [raised]), listed({ rentCents: cents(125_000) })).notes).toEqual([]);
  });

  it('is missing where it runs here and is nowhere there', () => {
    expect(newsOf(linked()).missing).toEqual(['L-1']);
    expect(newsOf(linked({ end: day('2026-11-30') })).missing).toEqual([]);
  });

  it('is never added a second time: a row that is gone or has a problem is told of', () => {
    const unread = { leases: ['L-1'], links: new Map([['t-1', 'L-1']]) };
    const { changes, notes } = rosterNews(bookWith(), 'vendor', [listed()], TODAY, unread);
    expect(changes).toEqual([]);
    expect(notes).toEqual([
      'The row of L-1 on the Leases tab has a problem: correct it first, or its lease may be added a second time.',
      'Elm Street 5 4B, Ana Ruiz: it is linked to L-1, whose row on the Leases tab is gone or has a problem. ' +
        'Correct the row, or take the link out.',
    ]);
  });

  it('is held against who lives there now where several leases there are one here', () => {
    const renewed = bookWith([row('L-1')], [link('L-1', 't-0'), link('L-1', 't-1')]);
    const before = listed({ id: 't-0', state: 'past', end: day('2026-11-30') });
    expect(newsOf(renewed, before, listed())).toMatchObject({ changes: [], same: 1 });
  });

  it('of another platform is not ours', () => {
    const other = bookWith([row('L-1', { unit: '9' })], [{ ...link('L-1', 't-1'), platform: 'other' }]);
    expect(newsOf(other, listed()).changes.map(({ kind }) => kind)).toEqual(['add']);
  });
});

describe('the version', () => {
  it('is the same for the same suggestions and another for any other', () => {
    const version = (...rows: readonly Listed[]) => newsOf(bookWith(), ...rows).version;
    expect(version(listed())).toBe(version(listed()));
    const others = [
      listed({ phone: '+15125550145' }),
      listed({ rentCents: cents(1) }),
      listed({ balanceCents: cents(5) }),
    ];
    expect(new Set([listed(), ...others].map((each) => version(each))).size).toBe(4);
  });
});

// ---------------------------------------------------------------- laws

const word = fc.oneof(
  fc.constantFrom('', '4B', 'Apt 4-B', '=1+1', 'Ünit', '---', '🏠', '北', 'ß', '#2', "O'Neil", 'a'.repeat(70)),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const person = fc.constantFrom('Ana Ruiz', 'Leo Ruiz', 'Bo Karlsson', 'Li', 'Ruiz, Ana', 'Zoë  Å');
const anyListed: fc.Arbitrary<Listed> = fc
  .record({
    id: fc.oneof(fc.constantFrom('1', '2', '3', 'a b', ':'), word).filter((id) => id !== ''),
    property: fc.constantFrom(HOUSE, 'Oak Court', 'ELM STREET 5', ''),
    propertyId: word,
    unit: word,
    residents: fc.array(person, { maxLength: 2 }),
    emails: fc.array(fc.constantFrom('a@example.com', 'A@EXAMPLE.com', 'b@münchen.example', 'n/a', ''), {
      maxLength: 3,
    }),
    phone: fc.constantFrom('', '+15125550144', '(512) 555-0144', 'ask her', '0'),
    state: fc.constantFrom('future', 'current', 'notice', 'past'),
    ends: fc.constantFrom(undefined, '2026-11-30', '2027-03-31'),
    rentCents: fc.constantFrom(100_000, 120_000),
  })
  .map(({ ends, rentCents, ...each }) => ({
    ...listed(),
    ...each,
    rentCents: cents(rentCents),
    ...(ends ? { end: day(ends) } : {}),
  })) as fc.Arbitrary<Listed>;

/** As the tabs would be read after all of it was taken. */
function taken(book: RunBook, changes: readonly RosterChange[]): RunBook {
  const leases = [...book.leases];
  const links = [...book.links];
  for (const change of changes) {
    const at = leases.findIndex(({ id }) => id === change.lease);
    const written = changed(
      leases[at] ?? row(change.lease, { unit: '', residents: '', emails: [], phone: '' }),
      change,
    );
    if (at < 0) leases.push(written);
    else leases[at] = written;
    if (needsLink(book, 'vendor', change)) links.push(link(change.lease, change.id));
  }
  return { ...book, leases, links };
}

function changed(lease: Lease, change: RosterChange): Lease {
  const cells = cellsOf(change);
  const { Property, Unit, Residents, Email, Phone, Rent, End } = cells;
  return {
    ...lease,
    ...(Property === undefined ? {} : { property: propertyName(Property) }),
    ...(Unit === undefined ? {} : { unit: Unit.trim() }),
    ...(Residents === undefined ? {} : { residents: Residents.trim() }),
    ...(Email === undefined ? {} : { emails: parseAddressList(Email).addresses }),
    ...(Phone === undefined ? {} : { phone: Phone.trim() }),
    ...(Rent === undefined ? {} : { rentCents: parseAmount(Rent, 'USD' as Currency) ?? cents(0) }),
    ...(End === undefined ? {} : { end: day(End) }),
  };
}

describe('whatever a system lists', () => {
  const lists = fc.array(anyListed, { maxLength: 6 });
  const books = fc.constantFrom(
    bookWith(),
    bookWith([row('L-1'), row('L-2', { unit: '2', residents: 'Bo Karlsson' })]),
    bookWith([row('L-1'), row('ELM5-4B', { unit: '9' })], [link('L-1', '1'), link('L-1', '3'), link('GONE', '2')]),
  );

  it('taking all of it and reading again gives nothing to take', () => {
    fc.assert(
      fc.property(books, lists, (book, rows) => {
        const after = taken(book, newsOf(book, ...rows).changes);
        expect(newsOf(after, ...rows).changes).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('ids of new leases are unique, nobody’s, and such as a row may have', () => {
    fc.assert(
      fc.property(books, lists, (book, rows) => {
        const ids = newsOf(book, ...rows)
          .changes.filter(({ kind }) => kind === 'add')
          .map(({ lease }) => lease.toLowerCase());
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          expect(id).toMatch(/^[\p{L}\p{N}][\p{L}\p{N} ._/#-]{0,59}$/u);
          expect(book.leases.some((lease) => lease.id.toLowerCase() === id)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('nothing is proposed twice: each id there and each lease here stands in one change at most', () => {
    fc.assert(
      fc.property(books, lists, (book, rows) => {
        const { changes } = newsOf(book, ...rows);
        expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
        expect(new Set(changes.map(({ lease }) => lease)).size).toBe(changes.length);
      }),
      { numRuns: 400 },
    );
  });
});
