/** The card of a resident's page on the lease screen in a real browser: what it says at 300 px, and its buttons by keyboard. */
import type { Browser } from 'playwright-core';
import { ELM, intentOf, leapTo, leaseOf, loadStripe, savedCard, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

inBrowser("the card of a resident's page", () => {
  let browser: Browser;
  let base: World;

  beforeAll(async () => {
    browser = await launch();
    const { objects, links } = savedCard('L-1', '2026-11-20T12:00:00Z');
    base = smallWorld({
      on: '2026-11-25',
      properties: [{ ...ELM, Jurisdiction: 'US-TX' }],
      leases: [leaseOf('L-1'), leaseOf('L-2', { Email: 'bob@example.com, cleo@example.com' })],
      links,
      settings: { Reminders: 'on', Viewers: 'vera@example.com' },
    });
    loadStripe(base, objects);
    leapTo(base, '2026-12-01T15:30:00Z');
    loadStripe(base, [intentOf('pi_1', 'L-2', 40_000, '2026-12-01T16:00:00Z', { status: 'processing' })]);
    leapTo(base, '2026-12-01T18:30:00Z');
  }, 240_000);

  afterAll(() => browser?.close());

  it('says whether autopay is on, what is coming, and how each link stands', async () => {
    const page = await openSidebar(browser, base.clone(), { at: 'lease?lease=L-1', height: 1100 });
    const card = page.getByRole('region', { name: 'Resident page' });
    await card.getByText('On, by Stripe; asked next Jan 1, 2027').waitFor();
    await card.getByText('l-1@example.com').waitFor();
    await card.getByText('Not opened.').waitFor();
    await card.scrollIntoViewIfNeeded();
    await expectSound(page);
    await shot(page, 'lease-resident-page');
    await page.close();
  });

  it('folds the links of several people, and tells what is under way', async () => {
    const page = await openSidebar(browser, base.clone(), { at: 'lease?lease=L-2', height: 1100 });
    const card = page.getByRole('region', { name: 'Resident page' });
    await card.getByText('$400.00 since Dec 1, 2026').waitFor();
    expect(await card.getByText('cleo@example.com', { exact: true }).isVisible()).toBe(false);
    await card.getByText('Links (3)').click();
    await card.getByText('cleo@example.com', { exact: true }).waitFor();
    await card.scrollIntoViewIfNeeded();
    await expectSound(page);
    await shot(page, 'lease-resident-page-many');
    await page.close();
  });

  it('shows a link, hides it, and makes it worthless, by keyboard alone', async () => {
    const world = base.clone();
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1', height: 1100 });
    await page.getByRole('button', { name: 'Copy link of l-1@example.com' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^https:\/\/script\.google\.com\/.*\?page=rl_/).waitFor();
    await expectSound(page);
    await shot(page, 'lease-resident-page-link');
    await page.getByRole('button', { name: 'Hide' }).focus();
    await page.keyboard.press('Enter');
    await soon(async () => expect(await page.getByText(/page=rl_/).count()).toBe(0));
    await page.getByRole('button', { name: 'Revoke the links of l-1@example.com' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect(tabOf(world, 'Resident pages').find((row) => row['Lease ID'] === 'L-1')?.State).toBe('revoked');
    await expectSound(page);
    await page.close();
  });

  it('offers nothing to a person who may only look', async () => {
    const page = await openSidebar(browser, base.clone(), { at: 'lease?lease=L-1', user: 'vera@example.com' });
    const card = page.getByRole('region', { name: 'Resident page' });
    await card.getByText('l-1@example.com').waitFor();
    // The role comes with the frame's own question.
    await soon(async () => expect(await card.getByRole('button').count()).toBe(0));
    await page.close();
  });
});
