/** A property system in a real browser: leases looked at, chosen and taken over; a dry run of its gateway; its fields. */
import type { Browser, Page } from 'playwright-core';
import type { AppfolioState } from '../../local/vendors/appfolio';
import { changeContact, giveNotice, moveIn, moveOut, renewLease } from '../../local/vendors/appfolio/people';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { click, paysByCheque } from '../jobs/carriers-world';
import { ELM, leapTo, leaseOf, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

const HARBOR = { ...ELM, Property: 'Harbor Court' };
const state = (world: World) => world.vendorState<AppfolioState>('appfolio');
const card = (page: Page) => page.getByRole('region', { name: 'AppFolio', exact: true });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const panel = (page: Page) => page.getByRole('region', { name: 'Leases of AppFolio' });

function house(credentials: (appfolio: AppfolioState) => Readonly<Record<string, string>>): World {
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM, HARBOR],
    leases: [leaseOf('L-1', { Property: 'Harbor Court', Unit: '11', Residents: 'Ada Park', Start: '2026-12-01' })],
    settings: { 'Quiet hours': 'none' },
  });
  openPortfolio(state(world), SMALL_PORTFOLIO, world.now);
  click(world, 'connectPlatform', { platform: 'appfolio', credentials: credentials(state(world)) });
  return world;
}

const ownKeys = ({ databaseApi, reportsApi, developerId }: AppfolioState) => ({
  APPFOLIO_DATABASE: 'maplestreet',
  APPFOLIO_CLIENT_ID: databaseApi.clientId,
  APPFOLIO_CLIENT_SECRET: databaseApi.clientSecret,
  APPFOLIO_DEVELOPER_ID: developerId,
  APPFOLIO_REPORTS_ID: reportsApi.clientId,
  APPFOLIO_REPORTS_SECRET: reportsApi.clientSecret,
});
const gatewayKeys = () => ({
  APPFOLIO_PROFILE: 'gateway',
  GATEWAY_URL: 'https://appfolio-gateway.example',
  GATEWAY_AUTH: 'basic',
  GATEWAY_USER: 'rent-ledger',
  GATEWAY_SECRET: 'gw-appfolio-93ac',
});

inBrowser('leases of a property system', () => {
  let browser: Browser;
  let base: World;
  let world: World;
  beforeAll(async () => {
    browser = await launch();
    base = house(ownKeys);
  }, 60_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  it('are shown with what each would change, taken as chosen, and are the same afterwards', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=appfolio' });
    await press(page, 'Take over leases of AppFolio…');
    await panel(page).getByText('3 leases read, 0 as here.').waitFor();
    await panel(page).getByRole('heading', { name: 'New (2)' }).waitFor();
    await panel(page).getByRole('heading', { name: 'The same lease, not linked yet (1)' }).waitFor();
    await expectSound(page);
    await shot(page, 'roster-1', card(page));
    await panel(page)
      .getByText('9 cells of its row')
      .or(panel(page).getByText(/cells of its row/))
      .first()
      .click();
    await expectSound(page);
    await page.getByLabel(/Chi Wong/).uncheck();
    await press(page, 'Take over 2');
    await page.getByText('2 leases are taken from AppFolio.').first().waitFor();
    await soon(async () =>
      expect(
        tabOf(world, 'Leases')
          .map((row) => row.Residents)
          .sort(),
      ).toEqual(['Ada Park', 'Ben Ortiz']),
    );
    await panel(page).getByText('3 leases read, 2 as here.').waitFor();
    await panel(page).getByRole('heading', { name: 'New (1)' }).waitFor();
    await expectSound(page);
    await shot(page, 'roster-2', card(page));
    await page.keyboard.press('Escape');
    await soon(async () =>
      expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Take over leases…'),
    );
    await page.close();
  }, 60_000);

  it('are kept current: changes, an end, a newcomer, and what only a person can settle', async () => {
    const first = await openSidebar(browser, world, { at: 'connections?platform=appfolio' });
    await press(first, 'Take over leases of AppFolio…');
    await press(first, 'Take over 3');
    await first.getByText('3 leases are taken from AppFolio.').first().waitFor();
    await first.close();
    changeContact(state(world), 'Ada Park', { email: 'ada.park@example.com', phone: '(217) 555-0199' }, world.now);
    renewLease(state(world), 'Ada Park', { rent: '1300.00', leaseTo: '2028-02-28' }, world.now);
    giveNotice(state(world), 'Chi Wong', '2027-01-31', world.now);
    moveOut(state(world), 'Ben Ortiz', '2026-11-30', world.now);
    renewLease(state(world), 'Chi Wong', { rent: '1700.00', leaseTo: '2027-01-31' }, world.now);
    const people = [{ firstName: 'Dee', lastName: 'Lund', email: 'dee@example.com' }];
    moveIn(
      state(world),
      { property: 'Harbor Court', unit: '12', people, rent: '1310.00', leaseFrom: '2026-12-01' },
      world.now,
    );
    const page = await openSidebar(browser, world, { at: 'connections?platform=appfolio' });
    await press(page, 'Take over leases of AppFolio…');
    for (const name of ['New (1)', 'Changed (1)', 'Ending (2)'])
      await panel(page).getByRole('heading', { name }).waitFor();
    await expectSound(page);
    await shot(page, 'roster-3', card(page));
    await press(page, 'Take over 4');
    await page.getByText('4 leases are taken from AppFolio.').first().waitFor();
    await panel(page)
      .getByRole('heading', { name: /^To look at/ })
      .waitFor();
    await expectSound(page);
    await shot(page, 'roster-4', card(page));
    await page.close();
  }, 60_000);

  it('that have changed since they were looked at are not taken', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=appfolio' });
    await press(page, 'Take over leases of AppFolio…');
    await panel(page).getByRole('heading', { name: 'New (2)' }).waitFor();
    changeContact(state(world), 'Ben Ortiz', { phone: '(217) 555-0199' }, world.now);
    await press(page, 'Take over 3');
    await page
      .getByText(/has changed since you looked/)
      .first()
      .waitFor();
    expect(tabOf(world, 'Leases')).toHaveLength(1);
    await expectSound(page);
    await page.close();
  }, 60_000);

  it('say that they are on the way, and why they did not come', async () => {
    const slow = await openSidebar(browser, world, {
      at: 'connections?platform=appfolio',
      line: (name, deliver) => (name === 'roster' ? silence() : deliver()),
    });
    await press(slow, 'Take over leases of AppFolio…');
    await panel(slow).locator('.bone').first().waitFor();
    await expectSound(slow);
    await slow.close();
    world.faults.atVendor({ vendor: 'appfolio', what: 'server-error', when: 'always' });
    const page = await openSidebar(browser, world, { at: 'connections?platform=appfolio' });
    await press(page, 'Take over leases of AppFolio…');
    await page
      .getByRole('alert')
      .getByText(/HTTP 50\d/)
      .waitFor();
    await expectSound(page);
    world.faults.clear();
    await press(page, 'Ask again');
    await panel(page).getByText('3 leases read, 0 as here.').waitFor();
    await page.close();
  }, 60_000);
});

inBrowser('a gateway of one’s own', () => {
  let browser: Browser;
  let world: World;
  beforeAll(async () => {
    browser = await launch();
    world = house(gatewayKeys);
    leapTo(world, '2026-12-01T15:00:00Z');
    paysByCheque(world, 'L-1', '400.00');
  }, 60_000);
  afterAll(() => browser?.close());

  it('shows the request of a dry run with its secrets masked, by the keyboard alone', async () => {
    const own = world.clone();
    const page = await openSidebar(browser, own, { at: 'connections?platform=appfolio' });
    await page.getByRole('button', { name: 'Dry run at AppFolio…' }).focus();
    await page.keyboard.press('Enter');
    await expectSound(page);
    await page.getByLabel('Lease', { exact: true }).fill('L-1');
    await page.keyboard.press('Enter');
    const request = page.locator('pre.request');
    await request.waitFor();
    await soon(async () =>
      expect(await request.textContent()).toMatch(/^POST https:\/\/appfolio-gateway\.example\/v1\/charges/),
    );
    expect(await request.textContent()).toContain('[secret]');
    expect(await page.content()).not.toMatch(/gw-appfolio-93ac|Z3ctYXBwZm9saW8/);
    await expectSound(page);
    await shot(page, 'dry-run-1', card(page));
    await page.getByLabel('Of what').selectOption('payment');
    await soon(async () => expect(await request.textContent()).toMatch(/v1\/payments[\s\S]*400\.00/));
    await page.getByLabel('Lease', { exact: true }).fill('X-9');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('There is no payment of X-9 to try it with.').waitFor();
    await expectSound(page);
    await page.keyboard.press('Escape');
    await soon(async () => expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Dry run…'));
    await page.close();
  }, 60_000);

  it('shows its fields, each with where it goes, and says that there is nothing to try them on', async () => {
    const own = world.clone();
    const page = await openSidebar(browser, own, { at: 'connections?platform=appfolio' });
    await press(page, 'Fields of AppFolio…');
    const fields = page.getByRole('region', { name: 'Fields of AppFolio' });
    await fields.getByRole('heading', { name: 'Fields', exact: true }).waitFor();
    await fields.getByText('There is nothing there yet to try it on.').waitFor();
    await expectSound(page);
    await shot(page, 'gateway-fields', card(page));
    await page.close();
  }, 60_000);
});
