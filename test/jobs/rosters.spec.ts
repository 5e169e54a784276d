/** Once a day the leases of a property system are held against the Leases tab: one task for what differs, closed when it agrees. */
import { changeContact, renewLease } from '../../local/vendors/appfolio/people';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import type { AppfolioState } from '../../local/vendors/appfolio/state';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { bookOf, ELM, leaseOf, smallWorld, tabOf, typeInto, verdictOf, type World } from '../worlds';
import { click, mornings, poll } from './carriers-world';
import { ask, later } from './crm-world';

const state = (world: World) => world.vendorState<AppfolioState>('appfolio');
const tasks = (world: World) => bookOf(world).tasks.filter(({ key }) => key.startsWith('task:roster:'));
const shown = (world: World) => tasks(world).map(({ task, detail, state: is }) => [task, detail, is]);

/** AppFolio's three households, all of them taken over. */
const base = (() => {
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM, { ...ELM, Property: 'Harbor Court' }],
    leases: [leaseOf('L-1')],
    settings: { Reminders: 'off' },
  });
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
  takeAll(world);
  mornings(world, '2026-12-01');
  return world;
})();

function takeAll(world: World): void {
  const { version, changes } = ask<{ version: string; changes: readonly { id: string }[] }>(world, 'roster', {
    platform: 'appfolio',
  });
  click(world, 'takeRoster', { platform: 'appfolio', version, ids: changes.map(({ id }) => id) });
}

describe('leases of a property system', () => {
  it('that stand here as there ask nobody', () => {
    const world = base.clone();
    mornings(world, '2026-12-02', '2026-12-03');
    expect(tasks(world)).toEqual([]);
  });

  it('that differ are one task, however many days it lasts, and closed once they are taken', () => {
    const world = base.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    mornings(world, '2026-12-02', '2026-12-03', '2026-12-04');
    expect(shown(world)).toEqual([
      [
        'AppFolio: one lease differs from the Leases tab',
        '1 changed. Look at them: Connections, AppFolio, Take over leases.',
        'open',
      ],
    ]);
    takeAll(world);
    later(world, 65);
    mornings(world, '2026-12-05');
    expect(shown(world).map(([, , is]) => is)).toEqual(['done']);
    expect(tabOf(world, 'Tasks').find((row) => row.Task?.startsWith('AppFolio:'))?.Outcome).toMatch(/^Agrees on /);
    expect(verdictOf(world).problems).toEqual([]);
  });

  it('are held against them also on a day that begins just after somebody has edited a tab', () => {
    const world = base.clone();
    mornings(world, '2026-12-02');
    poll(world);
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    world.advanceTo(Date.parse('2026-12-03T04:45:00Z'));
    typeInto(world, 'Leases', 'L-1', 'Residents', 'Somebody Else');
    mornings(world, '2026-12-03');
    poll(world);
    expect(tasks(world)).toHaveLength(1);
  });

  it('that differ otherwise by the next day are another task in its place', () => {
    const world = base.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    mornings(world, '2026-12-02');
    changeContact(state(world), 'Ben Ortiz', { email: 'ben.ortiz@example.com' }, world.now);
    mornings(world, '2026-12-03');
    expect(shown(world).map(([task, , is]) => [task, is])).toEqual([
      ['AppFolio: one lease differs from the Leases tab', 'done'],
      ['AppFolio: 2 leases differ from the Leases tab', 'open'],
    ]);
  });

  it('of which nothing can be taken are told of as well: another rent, a row that cannot be read', () => {
    const world = base.clone();
    renewLease(state(world), 'Ada Park', { rent: '1300.00', leaseTo: '2028-02-28' }, world.now);
    mornings(world, '2026-12-02');
    expect(shown(world).map(([, detail]) => detail)).toEqual([
      '1 to look at. Look at them: Connections, AppFolio, Take over leases.',
    ]);
    const ben = tabOf(world, 'Leases').find((row) => row.Residents === 'Ben Ortiz')?.['Lease ID'] ?? '';
    typeInto(world, 'Leases', ben, 'Rent', 'ask');
    later(world, 65);
    mornings(world, '2026-12-03');
    expect(shown(world).at(-1)?.[1]).toMatch(/^3 to look at\./);
  });

  it('that cannot be asked for are a fault of the run and no difference', () => {
    const world = base.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    world.faults.atVendor({ vendor: 'appfolio', what: 'server-error', when: 'always' });
    mornings(world, '2026-12-02');
    expect(tasks(world)).toEqual([]);
    world.faults.clear();
    mornings(world, '2026-12-03');
    expect(shown(world).map(([, , is]) => is)).toEqual(['open']);
  });

  it('are not asked for while the platform is paused', () => {
    const world = base.clone();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com' }, world.now);
    click(world, 'pausePlatform', { platform: 'appfolio', paused: true });
    mornings(world, '2026-12-02');
    expect(tasks(world)).toEqual([]);
  });
});
