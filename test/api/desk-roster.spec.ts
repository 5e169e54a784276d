/** Leases of a property system taken over: looked at, chosen, taken once as they were seen, and nothing to take afterwards. */
import {
  addUnit,
  changeContact,
  giveNotice,
  hideProperty,
  moveIn,
  moveOut,
  renewLease,
} from '../../local/vendors/appfolio/people';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import type { AppfolioState } from '../../local/vendors/appfolio/state';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import type { Applied } from '../../src/api/desk/override';
import type { RosterView } from '../../src/api/desk/roster';
import type { Refusal } from '../../src/api/desk/told';
import { click } from '../jobs/carriers-world';
import { comesToTheSameEnd } from '../jobs/crash-harness';
import { ask } from '../jobs/crm-world';
import {
  answerAs,
  askApi,
  bookOf,
  callApi,
  ELM,
  leapTo,
  leaseOf,
  type Row,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';

const MEG = 'meg@example.com';
const HARBOR: Row = { ...ELM, Property: 'Harbor Court', Address: '12 Quay Street' };
const state = (world: World) => world.vendorState<AppfolioState>('appfolio');

/** AppFolio has three households in two houses; the sheet has one of the houses. */
function connected(leases: readonly Row[] = [leaseOf('L-1')]): World {
  const world = smallWorld({ on: '2026-12-01', properties: [ELM, HARBOR], leases, settings: { Managers: MEG } });
  openPortfolio(state(world), SMALL_PORTFOLIO, world.now);
  const { databaseApi, reportsApi, developerId } = state(world);
  click(world, 'connectPlatform', {
    platform: 'appfolio',
    credentials: {
      APPFOLIO_DATABASE: 'maplestreet',
      APPFOLIO_CLIENT_ID: databaseApi.clientId,
      APPFOLIO_CLIENT_SECRET: databaseApi.clientSecret,
      APPFOLIO_DEVELOPER_ID: developerId,
      APPFOLIO_REPORTS_ID: reportsApi.clientId,
      APPFOLIO_REPORTS_SECRET: reportsApi.clientSecret,
    },
  });
  return world;
}

const base = connected();
const view = (world: World): RosterView => ask<RosterView>(world, 'roster', { platform: 'appfolio' });
const kinds = ({ changes }: RosterView) => changes.map(({ kind, title }) => `${kind} ${title}`);
/** The sheet counts days from the end of 1899. */
const dayIn = (cell = ''): string =>
  cell === '' ? '' : new Date((Number(cell) - 25_569) * 86_400_000).toISOString().slice(0, 10);
let clicks = 0;
const take = (world: World, more: object = {}): Applied & Partial<Refusal> => {
  const { version, changes } = view(world);
  const args = {
    request: `take-${++clicks}`,
    platform: 'appfolio',
    version,
    ids: changes.map(({ id }) => id),
    ...more,
  };
  return askApi<Applied & Partial<Refusal>>(world, 'takeRoster', [args]);
};
const leaseRow = (world: World, unit: string) => tabOf(world, 'Leases').find((row) => row.Unit === unit);
const all = (() => {
  const world = base.clone();
  take(world);
  return world;
})();

describe('the preview', () => {
  it('has every household that lives there, with its row, and changes nothing', () => {
    const world = base.clone();
    const before = JSON.stringify([world.workbook, state(world).tenants]);
    const seen = view(world);
    expect(JSON.stringify([world.workbook, state(world).tenants])).toBe(before);
    expect(seen).toMatchObject({ leases: 3, same: 0, missing: [], faults: [], notes: [] });
    expect(kinds(seen).sort()).toEqual([
      'add Harbor Court 11, Ada Park',
      'add Harbor Court 12, Ben Ortiz',
      'add Linden Row 21, Chi Wong',
    ]);
    const ada = seen.changes.find(({ title }) => title.includes('Ada'));
    expect(Object.fromEntries(ada?.cells.map(({ header, after }) => [header, after]) ?? [])).toMatchObject({
      Property: 'Harbor Court',
      Unit: '11',
      Residents: 'Ada Park',
      Email: 'ada@example.com',
      Rent: '1250.00',
      Start: '2026-03-01',
    });
    expect(seen.changes.find(({ title }) => title.includes('Chi'))?.remarks).toContain(
      'Linden Row is added to the Properties tab: look at its time zone, currency and fees.',
    );
  });

  it('links a lease that was typed from the same system, in place of a second row for it', () => {
    const world = connected([leaseOf('A-11', { Property: 'Harbor Court', Unit: 'Apt 11', Residents: 'Park, Ada' })]);
    const ada = view(world).changes.find(({ title }) => title.includes('Ada'));
    expect(ada).toMatchObject({ kind: 'link', lease: 'A-11' });
    expect(take(world, { ids: [ada?.id] })).toMatchObject({ done: true });
    expect(tabOf(world, 'Links')).toContainEqual(
      expect.objectContaining({ 'Lease ID': 'A-11', Platform: 'appfolio', Kind: 'customer', 'External ID': ada?.id }),
    );
    expect(tabOf(world, 'Leases')).toHaveLength(1);
  });
});

describe('what is taken', () => {
  it('stands on the tabs, with the house that was missing, a link each and a line of the Log each', () => {
    expect(['11', '12', '21'].map((unit) => leaseRow(all, unit)?.Residents)).toEqual([
      'Ada Park',
      'Ben Ortiz',
      'Chi Wong',
    ]);
    expect(leaseRow(all, '21')).toMatchObject({ Property: 'Linden Row', Rent: '1600' });
    expect(dayIn(leaseRow(all, '21')?.End)).toBe('2026-12-31');
    expect(tabOf(all, 'Properties').map((row) => row.Property)).toEqual(['Elm House', 'Harbor Court', 'Linden Row']);
    expect(tabOf(all, 'Links').filter((row) => row.Platform === 'appfolio')).toHaveLength(3);
    const lines = bookOf(all).log.filter(({ kind, what }) => kind === 'import' && what.startsWith('AppFolio: add'));
    expect(lines).toHaveLength(3);
    expect([bookOf(all).problems, verdictOf(all).problems]).toEqual([bookOf(base).problems, []]);
  });

  it('gives nothing to take when it is read again', () => {
    expect(view(all)).toMatchObject({ changes: [], same: 3, missing: [], notes: [] });
    expect(take(all.clone())).toEqual({ refused: 'Nothing is chosen.' });
  });

  it('is what was chosen, and the rest is proposed again', () => {
    const world = base.clone();
    const [first] = view(world).changes;
    expect(take(world, { ids: [first?.id, 'no-such-id'] }).says).toBe('1 lease is taken from AppFolio.');
    expect(view(world).changes).toHaveLength(2);
  });

  it('happens once for each click, however often it arrives', () => {
    const world = base.clone();
    const { version, changes } = view(world);
    const args = { request: 'take-once', platform: 'appfolio', version, ids: changes.map(({ id }) => id) };
    const first = askApi<Applied>(world, 'takeRoster', [args]);
    const before = JSON.stringify(world.workbook);
    expect(askApi<Applied>(world, 'takeRoster', [args]).says).toBe(first.says);
    expect(JSON.stringify(world.workbook)).toBe(before);
  });

  it('posts no charge by itself; the next day’s run charges the new leases as it does the others', () => {
    const before = bookOf(base).entries.length;
    expect(bookOf(all).entries).toHaveLength(before);
    const world = all.clone();
    leapTo(world, '2026-12-02T05:15:00Z');
    const { lease } = view(base).changes.find(({ title }) => title.includes('Ben')) ?? {};
    expect(
      bookOf(world)
        .entries.filter((entry) => entry.lease === lease)
        .map(({ kind, amount }) => [kind, amount]),
    ).toEqual(expect.arrayContaining([['charge', '1280.00']]));
    expect(verdictOf(world).problems).toEqual([]);
  });
});

describe('what changes there afterwards', () => {
  it('is proposed cell by cell, and current again once it is taken', () => {
    const world = all.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com', phone: '(217) 555-0199' }, world.now);
    giveNotice(state(world), 'Ben Ortiz', '2027-01-31', world.now);
    const seen = view(world);
    expect(
      seen.changes.map(({ kind, cells }) => [kind, cells.map(({ header, after }) => `${header} ${after}`)]),
    ).toEqual([
      ['change', ['Email ada.park@example.com', 'Phone (217) 555-0199']],
      ['end', ['End 2027-01-31']],
    ]);
    expect(take(world).says).toBe('2 leases are taken from AppFolio.');
    expect([leaseRow(world, '11')?.Email, dayIn(leaseRow(world, '12')?.End)]).toEqual([
      'ada.park@example.com',
      '2027-01-31',
    ]);
    expect(view(world)).toMatchObject({ changes: [], same: 3 });
  });

  it('is a move-out, somebody who moves in after them, and another rent', () => {
    const world = all.clone();
    moveOut(state(world), 'Ben Ortiz', '2026-11-30', world.now);
    const people = [{ firstName: 'Dee', lastName: 'Lund', email: 'dee@example.com' }];
    moveIn(
      state(world),
      { property: 'Harbor Court', unit: '12', people, rent: '1310.00', leaseFrom: '2026-12-01' },
      world.now,
    );
    renewLease(state(world), 'Ada Park', { rent: '1300.00', leaseTo: '2028-02-28' }, world.now);
    const seen = view(world);
    expect(kinds(seen).sort()).toEqual(['add Harbor Court 12, Dee Lund', 'end Harbor Court 12, Ben Ortiz']);
    expect(seen.notes).toEqual([
      expect.stringMatching(/: The rent there is 1300\.00, here 1250\.00: change it with Override/),
    ]);
    take(world);
    expect(
      tabOf(world, 'Leases')
        .filter((row) => row.Unit === '12')
        .map((row) => [row.Residents, dayIn(row.End)]),
    ).toEqual([
      ['Ben Ortiz', '2026-11-30'],
      ['Dee Lund', ''],
    ]);
    expect([view(world).changes, verdictOf(world).problems]).toEqual([[], []]);
  });

  it('never adds a lease a second time whose row somebody has spoilt', () => {
    const world = all.clone();
    typeInto(world, 'Leases', leaseRow(world, '11')?.['Lease ID'] ?? '', 'Rent', 'ask');
    const seen = view(world);
    expect(seen.changes).toEqual([]);
    expect(seen.notes).toEqual([
      expect.stringContaining('correct it first, or its lease may be added a second time'),
      expect.stringContaining('whose row on the Leases tab is gone or has a problem'),
    ]);
  });

  it('still knows leases of a house that was hidden there', () => {
    const world = all.clone();
    hideProperty(state(world), 'Linden Row', world.now);
    expect(view(world)).toMatchObject({ changes: [], missing: [] });
  });
});

describe('what is refused', () => {
  it('what has changed there since it was looked at', () => {
    const world = base.clone();
    const { version } = view(world);
    changeContact(state(world), 'Ada Park', { phone: '(217) 555-0199' }, world.now);
    expect(take(world, { version })).toEqual({
      refused: 'AppFolio or the Leases tab has changed since you looked. Look once more.',
    });
    expect(tabOf(world, 'Leases')).toHaveLength(1);
  });

  it('what has changed here since', () => {
    const world = all.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    const { version } = view(world);
    typeInto(world, 'Leases', leaseRow(world, '11')?.['Lease ID'] ?? '', 'Email', 'ada.p@example.com');
    expect(take(world, { version }).refused).toMatch(/has changed since you looked/);
    expect(leaseRow(world, '11')?.Email).toBe('ada.p@example.com');
  });

  it('a household that cannot be a row, while the others are taken', () => {
    const world = base.clone();
    addUnit(state(world), { property: 'Harbor Court', name: '13', marketRent: '0.00' }, world.now);
    const people = [{ firstName: 'Dee', lastName: 'Lund' }];
    moveIn(
      state(world),
      { property: 'Harbor Court', unit: '13', people, rent: '1310.00', leaseFrom: '2026-12-05' },
      world.now,
    );
    const wrong = state(world).occupancies.at(-1);
    Object.assign(wrong ?? {}, { leaseFrom: null, moveInOn: null });
    const told = take(world);
    expect(told.says).toMatch(
      /^3 leases are taken from AppFolio\. 1 could not be: Harbor Court 13, Dee Lund: .*[Ss]tart/,
    );
    expect([leaseRow(world, '13'), tabOf(world, 'Leases').length]).toEqual([undefined, 4]);
  });

  it.each([
    [{ platform: 'stripe' }, 'Stripe has no leases to take over.'],
    [{ platform: 'hubspot' }, 'HubSpot is not connected.'],
    [{ platform: 'nobody' }, 'There is no platform "nobody".'],
  ])('%j', (args, why) => {
    expect(askApi<Refusal>(base, 'roster', [args]).refused).toBe(why);
  });

  it('a look while AppFolio does not answer', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'appfolio', what: 'server-error', when: 'always' });
    expect(askApi<Refusal>(world, 'roster', [{ platform: 'appfolio' }]).refused).toMatch(/HTTP 50\d/);
  });

  it('anybody but the owner', () => {
    expect(answerAs(base, MEG, 'roster', { platform: 'appfolio' })).toMatchObject({ ok: false });
    const args = { request: 'take-meg', platform: 'appfolio', version: 'x', ids: [] };
    expect(answerAs(base, MEG, 'takeRoster', args)).toMatchObject({ ok: false });
  });
});

describe('taking all of it', () => {
  it('comes to the same end wherever it is killed, when the owner clicks again', () => {
    const { version, changes } = view(base);
    const args = { request: 'take-killed', platform: 'appfolio', version, ids: changes.map(({ id }) => id) };
    comesToTheSameEnd({
      name: 'takeRoster',
      handler: 'api',
      world: () => base.clone(),
      start: (world) => callApi(world, 'takeRoster', [args]).ok,
      again: true,
      after: [12, 62],
    });
  });
});
