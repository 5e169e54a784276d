/** The Lease screen in a real browser: standing and why, ledger, messages, payments, and how it follows the Sheet. */
import type { Browser, Page } from 'playwright-core';
import { intentOf, leapTo, leaseOf, loadStripe, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

inBrowser('the Lease screen', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    world = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3')],
      settings: { Reminders: 'on', Viewers: 'vera@example.com' },
    });
    loadStripe(world, [intentOf('pi_part', 'L-1', 40000, '2026-11-02T15:00:00Z')]);
    leapTo(world, '2026-11-09T15:00:00Z');
  }, 120_000);

  afterAll(() => browser?.close());

  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

  it('says where a lease stands, what is open and how that comes about', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1' });
    await page.getByText('Owes $650.00').waitFor();
    await soon(async () => expect(await page.getByText('Late 8 days').count()).toBeGreaterThan(0));
    const open = page.getByRole('region', { name: 'What is open' });
    await soon(async () => expect(await open.textContent()).toContain('$600.00 of $1,000.00'));
    await soon(async () => expect(await open.textContent()).toContain('late fee'));
    await soon(async () => expect(await page.getByText('Next dueDec 1, 2026, $1,000.00').count()).toBe(1));
    await expectSound(page);
    await shot(page, 'lease');
    await page.close();
  });

  it('shows ledger, messages, payments and facts under tabs that the arrow keys move between', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1' });
    const panel = page.getByRole('tabpanel');
    await panel.getByText('Balance $650.00').first().waitFor();
    await page.getByRole('tab', { name: 'Ledger' }).focus();
    for (const [name, text] of [
      ['Notices', 'Next, if nothing is paid'],
      ['Payments', '$400.00'],
      ['Facts', 'l-1@example.com'],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await soon(async () => expect(await page.getByRole('tab', { name, selected: true }).count()).toBe(1));
      await panel.getByText(text).first().waitFor();
      await expectSound(page);
      await shot(page, `lease-${name.toLowerCase()}`);
    }
    await page.close();
  });

  it('finds a lease by name, with the keyboard alone', async () => {
    const page = await openSidebar(browser, world, { at: 'lease' });
    await page.getByLabel('Find a lease').fill('resident l-2');
    await page.getByRole('option').first().waitFor();
    await expectSound(page);
    await page.keyboard.press('Enter');
    await heading(page, 'Resident L-2').waitFor();
    await page.close();
  });

  it('follows the row selected in the Sheet until it is pinned', async () => {
    world.select('Leases', 'A2');
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-3' });
    await heading(page, 'Resident L-3').waitFor();
    // What was selected before it opened brings nothing.
    await page.waitForTimeout(1500);
    await soon(async () => expect(await heading(page, 'Resident L-3').count()).toBe(1));
    world.select('Leases', 'C3');
    await heading(page, 'Resident L-2').waitFor();
    await page.getByRole('button', { name: 'Pin: stay with this lease' }).click();
    world.select('Leases', 'C2');
    await page.waitForTimeout(3000);
    await soon(async () => expect(await heading(page, 'Resident L-2').count()).toBe(1));
    await page.getByRole('button', { name: 'Pinned: it stays here' }).click();
    world.select('Leases', 'C4');
    await heading(page, 'Resident L-3').waitFor();
    await page.close();
  });

  it('gives somebody who may only look the figures without the switches', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1', user: 'vera@example.com' });
    await page.getByText('Owes $650.00').waitFor();
    // The role comes with the frame's own question.
    await page.getByRole('button', { name: 'Record payment' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Change/ }).count()).toBe(0);
    await page.close();
  });

  it('says in words that there is no such lease', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-99' });
    await page.getByRole('alert').waitFor();
    await soon(async () => expect(await page.getByRole('alert').textContent()).toMatch(/L-99/));
    await page.getByLabel('Find a lease').waitFor();
    await expectSound(page);
    await page.close();
  });

  it('shows grey rows while the script is slow', async () => {
    const page = await openSidebar(browser, world, {
      at: 'lease?lease=L-1',
      line: (name, deliver) => (name === 'lease' ? silence() : deliver()),
    });
    await page.locator('.bone').first().waitFor();
    await expectSound(page);
    await page.close();
  });
});
