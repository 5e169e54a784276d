/** Today in a real browser: what needs a person, who is late, and good news. */
import type { Browser } from 'playwright-core';
import { askApi, csvOf, ELM, intentOf, leapTo, leaseOf, loadStripe, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

const HOSTILE = '<img src=x onerror=document.title=1>';

inBrowser('Today in the sidebar', () => {
  let browser: Browser;
  let late: World;

  beforeAll(async () => {
    browser = await launch();
    late = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1', { Residents: HOSTILE }), leaseOf('L-2')],
      settings: { Reminders: 'on' },
    });
    loadStripe(late, [intentOf('pi_x', '', 77700, '2026-11-01T15:00:00Z')]);
    late.edit('Leases', 'A4', 'L-3');
    leapTo(late, '2026-11-09T15:00:00Z');
  }, 120_000);

  afterAll(() => browser?.close());

  it('says so when nothing needs a person, and what comes next', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: [], properties: [] });
    const page = await openSidebar(browser, world);
    await page.getByText('Nothing needs you today.').waitFor();
    await expectSound(page);
    await shot(page, 'today-good');
    await page.close();
  });

  it('tells what needs a person first, as text whatever it holds, with one coloured button', async () => {
    const page = await openSidebar(browser, late);
    const needs = page.getByRole('region', { name: 'Needs you' });
    await needs.waitFor();
    await soon(async () => expect(await needs.textContent()).toContain('$777.00'));
    await soon(async () => expect(await needs.textContent()).toContain('Leases row 4'));
    const residents = page.getByRole('region', { name: 'Late' });
    await soon(async () => expect(await residents.textContent()).toContain(HOSTILE));
    expect(await page.title()).toBe('Rent Ledger');
    await soon(async () => expect(await page.locator('.button.primary').count()).toBe(1));
    await expectSound(page);
    await shot(page, 'today');
    await page.close();
  });

  it('offers the lease that is selected in the Sheet, and follows the selection', async () => {
    const page = await openSidebar(browser, late);
    late.select('Leases', 'B2');
    await page.getByText('Selected: L-1').waitFor();
    late.select('Leases', 'B3');
    await page.getByText('Selected: L-2').waitFor();
    await page.getByRole('button', { name: 'Open lease', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Lease' }).waitFor();
    await page.close();
  });

  it('shows no name of a lease that a person may not see', async () => {
    const world = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1', { Residents: 'Ann Here' }), leaseOf('L-2', { Property: 'Oak', Residents: 'Bob Hidden' })],
      properties: [ELM, { ...ELM, Property: 'Oak' }],
      settings: { Managers: 'mia@example.com (Elm House)' },
    });
    leapTo(world, '2026-11-09T15:00:00Z');
    const page = await openSidebar(browser, world, { user: 'mia@example.com' });
    await page.getByText('Ann Here').first().waitFor();
    expect(await page.getByText('Bob Hidden').count()).toBe(0);
    await page.close();
  });

  it('reads again when told to', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: [] });
    const page = await openSidebar(browser, world);
    await page.getByText('As of Nov 1, 2026').waitFor();
    askApi(world, 'importCsv', [{ name: 'leases.csv', tab: 'Leases', text: csvOf([leaseOf('L-9')]) }]);
    leapTo(world, '2026-11-09T15:00:00Z');
    await page.getByRole('button', { name: 'Read it again' }).click();
    await page.getByRole('region', { name: 'Late' }).getByText('Resident L-9').waitFor();
    await page.close();
  });
});
