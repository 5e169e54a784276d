/** Links to residents' pages as strangers, neighbours, former residents and machines try them. */
import * as fc from 'fast-check';
import { cellOf } from '../../local/cli/tabs';
import { pageToken } from '../../src/domain/page-token';
import { getPage, housed, lasting, pageRow, postForm, sealOf, tokenFor, traces } from '../resident-worlds';
import {
  answerAs,
  bookOf,
  ELM,
  HOUR,
  leapTo,
  leaseOf,
  MINUTE,
  OWNER,
  smallWorld,
  standAt,
  tabOf,
  typeInto,
} from '../worlds';
import { hostile } from './hostile';

const DAY = 24 * HOUR;
const base = housed();
const mine = tokenFor(base, 'l-1@example.com');
const other = tokenFor(base, 'bob@example.com');
const neutral = lasting(getPage(base.clone(), 'rl_nothing').body);
const isNeutral = (body: string): boolean => lasting(body) === neutral;

describe('links to residents’ pages', () => {
  hostile(
    'resident-portal-01',
    'with a character of the seal, the lease or the day changed lead to the one page',
    () => {
      const flipped = (at: number) => `${mine.slice(0, at)}${mine[at] === 'Q' ? 'R' : 'Q'}${mine.slice(at + 1)}`;
      const later =
        mine.slice(0, 47) +
        (Number.parseInt(mine.slice(47, 51), 36) + 30).toString(36).padStart(4, '0') +
        mine.slice(51);
      const ofOther = `rl_${other.slice(3, 25)}${mine.slice(25)}`;
      for (const token of [flipped(26), flipped(46), flipped(5), ofOther, later, `${mine.slice(0, -1)}2`, `${mine}0`]) {
        const { body, status } = getPage(base.clone(), token);
        expect([token, status, isNeutral(body)]).toEqual([token, 200, true]);
      }
    },
  );

  hostile(
    'resident-portal-02',
    'that are over, revoked, or of a lease that ended are refused, and offer a fresh one',
    () => {
      const old = tokenFor(base, 'l-1@example.com', base.now - 40 * DAY);
      const revoked = base.clone();
      expect(answerAs(revoked, OWNER, 'revokePageLinks', { request: 'click-close-links' }).ok).toBe(true);
      const counted = base.clone();
      typeInto(counted, 'Resident pages', pageRow(counted, 'l-1@example.com').Link ?? '', 'Version', '2');
      const gone = housed({ leases: [leaseOf('L-1', { Start: '2026-01-01', End: '2026-09-01' }), leaseOf('L-2')] });
      expect(tabOf(gone, 'Resident pages').map((row) => row['Lease ID'])).toEqual(['L-2']);
      for (const [world, token] of [
        [base.clone(), old],
        [revoked, mine],
        [counted, mine],
      ] as const) {
        const { body } = getPage(world, token);
        expect(isNeutral(body)).toBe(true);
        expect(body).toMatch(/name="act" value="newLink"|value="newLink" name="act"/);
      }
    },
  );

  hostile(
    'resident-portal-03',
    'guessed ten thousand times cost little, are counted for the owner, and lock nobody out',
    () => {
      const world = base.clone();
      let dear = 0;
      for (let guess = 0; guess < 300; guess++) {
        // Guesses name the resident's own link, with another seal each.
        const token = `${mine.slice(0, 25)}${String(guess).padStart(22, 'A')}${mine.slice(47)}`;
        const { body, run } = getPage(world, token);
        expect(isNeutral(body)).toBe(true);
        if ((run.calls['Sheets.Spreadsheets.Values.batchGet'] ?? 0) > 0) dear++;
      }
      expect(dear).toBeLessThanOrEqual(60);
      expect(getPage(world, mine).body).toContain('Resident L-1');
      leapTo(world, world.now + 15 * MINUTE);
      const { value } = answerAs(world, OWNER, 'today', {});
      expect(JSON.stringify(value)).toContain('300 requests');
      // Whoever has the link may ask often, but not without end.
      const asked = Array.from({ length: 70 }, () => isNeutral(getPage(world, mine).body));
      expect(asked.filter((refused) => refused)).toHaveLength(10);
      expect(getPage(world, tokenFor(world, 'bob@example.com')).body).toContain('$1,234.00');
      expect(getPage(standAt(world, world.now + 11 * MINUTE), mine).body).toContain('Resident L-1');
    },
  );

  hostile('resident-portal-04', 'opened by a scanner change nothing, and nobody is said to have read anything', () => {
    const world = base.clone();
    const before = traces(world);
    for (const show of ['', 'statement', 'csv', 'year', 'receipt', 'newLink', 'pay'])
      getPage(world, mine, { show, act: 'pay', request: 'x'.repeat(36) });
    expect(traces(world)).toBe(before);
    leapTo(world, world.now + 15 * MINUTE);
    expect(pageRow(world, 'l-1@example.com').Opened).toMatch(/^7 times/);
    expect(JSON.stringify(bookOf(world).log)).not.toMatch(/\bread the page|has read/);
  });

  hostile('resident-portal-06', 'of a roommate who moves out stop on that day, those of the others do not', () => {
    const world = smallWorld({
      on: '2026-11-25',
      leases: [leaseOf('L-2', { Email: 'bob@example.com, cleo@example.com' })],
      properties: [ELM],
      settings: { Reminders: 'on' },
    });
    // A column that a person adds, over the Notes that nobody reads.
    const notes = cellOf(world, 'Leases', 'L-2', 'Notes');
    world.edit('Leases', notes.replace(/\d+$/, '1'), 'Moved out');
    world.edit('Leases', notes, 'cleo@example.com 2026-12-03');
    leapTo(world, '2026-12-01T15:30:00Z');
    const [bob, cleo, both] = ['bob@example.com', 'cleo@example.com', 'bob@example.com, cleo@example.com'].map((each) =>
      tokenFor(world, each),
    );
    const seen = (token: string | undefined) => !isNeutral(lasting(getPage(world, token ?? '').body));
    expect([bob, cleo, both].map(seen)).toEqual([true, true, true]);
    // Before any run of that day.
    standAt(world, '2026-12-03T06:00:00Z');
    expect([bob, cleo, both].map(seen)).toEqual([true, false, false]);
    leapTo(world, '2026-12-03T15:30:00Z');
    expect([bob, cleo, both].map(seen)).toEqual([true, false, false]);
    expect(pageRow(world, 'cleo@example.com').State).toBe('over');
  });

  hostile('resident-portal-07', 'that ask for another currency or zone are shown the ledger’s own', () => {
    const plain = lasting(getPage(base.clone(), mine).body);
    for (const more of [{ currency: 'EUR' }, { zone: 'Asia/Tokyo' }, { tz: 'UTC', locale: 'de-DE' }] as Record<
      string,
      string
    >[])
      expect(lasting(getPage(base.clone(), mine, more).body)).toBe(plain);
    const german = getPage(base.clone(), mine, { lang: 'de' }).body;
    expect(german).toMatch(/1\.000,00\s\$/);
    expect(german).not.toContain('€');
  });
});

describe('no link, however it is mutated,', () => {
  const seal = sealOf(base);
  const { Link: otherId = '' } = pageRow(base, 'bob@example.com');
  const ids = [otherId, '0'.repeat(32), 'f'.repeat(32)];
  /** Bytes changed, parts of two good links spliced, other ids, versions and days under a seal that is not the owner's. */
  const tokens = fc.oneof(
    fc
      .tuple(fc.nat(mine.length - 1), fc.constantFrom(...'ABZaz09_-.%'))
      .map(([at, letter]) => mine.slice(0, at) + letter + mine.slice(at + 1)),
    fc.nat(60).map((at) => mine.slice(0, at) + other.slice(at)),
    fc
      .tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 9 }), fc.string())
      .map(([id, version, secret]) => pageToken((text) => seal(`${secret}|${text}`), { id, version }, base.now, 30)),
    fc.constant(mine),
    fc.string({ maxLength: 80 }),
  );
  const names = fc.constantFrom(
    'lease',
    'id',
    'link',
    'show',
    'receipt',
    'from',
    'until',
    'year',
    'lang',
    'act',
    'request',
    'charge',
    'plan',
    'address',
  );
  const values = fc.oneof(
    fc.constantFrom(
      'L-2',
      otherId,
      'bob@example.com',
      other,
      'statement',
      'csv',
      'year',
      'receipt',
      'newLink',
      'pay',
      '__proto__',
      '2026',
    ),
    fc.string({ maxLength: 20 }),
  );
  const fields = fc.array(fc.tuple(names, values), { maxLength: 5 });

  it('shows or changes another lease', () => {
    const world = base.clone();
    const before = traces(world);
    fc.assert(
      fc.property(tokens, fields, fc.boolean(), (token, more, asForm) => {
        // The window moves on, so that each is heard.
        world.state.nowMs += 11 * MINUTE;
        const all: Record<string, string> = { ...Object.fromEntries(more) };
        const { body, run } = asForm ? postForm(world, { ...all, page: token }) : getPage(world, token, all);
        expect(run.ok).toBe(true);
        if (token !== other) expect(body).not.toMatch(/Resident L-2|1,234|1\.234|1234\.00|cleo@/);
        expect(traces(world)).toBe(before);
      }),
      { numRuns: 120 },
    );
  });

  it('is two links at once: of a name that comes twice the first counts', () => {
    for (const page of [
      [mine, other],
      ['rl_nothing', mine],
    ]) {
      const { body } = getPage(base.clone(), page[0] ?? '', { page });
      expect(body).not.toContain('1,234');
      expect(isNeutral(body)).toBe(page[0] !== mine);
    }
  });
});
