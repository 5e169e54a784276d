/** The Log in a real browser: filters, paging, what a line holds, and its CSV file. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { leapTo, leaseOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, thrown } from './sidebar-frame';
import { soon } from './soon';

inBrowser('the Log in the sidebar', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    const leases = Array.from({ length: 30 }, (_, index) => leaseOf(`L-${index + 1}`));
    world = smallWorld({ on: '2026-11-01', leases, settings: { Reminders: 'on' } });
    leapTo(world, '2026-11-09T15:00:00Z');
    world.edit('Leases', 'D2', '=HYPERLINK("http://x.example","<b>Ann</b>")');
  }, 120_000);

  afterAll(() => browser?.close());

  const lines = (page: Page) => page.locator('main details.entry');
  const told = (page: Page) => page.getByText(/of \d+ lines/).textContent();

  it('shows the newest lines first and older ones on demand', async () => {
    const page = await openSidebar(browser, world, { at: 'log' });
    await lines(page).first().waitFor();
    await soon(async () => expect(await lines(page).count()).toBe(50));
    await soon(async () => expect(await lines(page).first().textContent()).toContain('edit'));
    await expectSound(page);
    await shot(page, 'log');
    await page.getByRole('button', { name: 'Show older lines' }).click();
    await lines(page).nth(99).waitFor();
    expect(await told(page)).toMatch(/^100 of \d+ lines/);
    await page.close();
  });

  it('opens a line to its before and after, as text', async () => {
    const page = await openSidebar(browser, world, { at: 'log?group=edits' });
    await lines(page).first().locator('summary').press('Enter');
    const line = lines(page).first();
    await line.getByText('Reference').waitFor();
    expect(await line.locator('b, a').count()).toBe(0);
    await expectSound(page);
    await shot(page, 'log-open');
    await page.close();
  });

  it('narrows to a group, a lease and words, and takes each away again', async () => {
    const page = await openSidebar(browser, world, { at: 'log?lease=L-7' });
    await lines(page).first().waitFor();
    const all = await lines(page).count();
    await page.getByRole('button', { name: 'Money', exact: true }).click();
    await page.getByRole('button', { name: 'Money', exact: true, pressed: true }).waitFor();
    await page.waitForFunction(`document.querySelectorAll('main details.entry').length < ${all}`);
    for (const text of await lines(page).allTextContents()) expect(text).toContain('L-7');
    await page.getByLabel('Search').fill('nothing holds this');
    await page.getByText('No line fits.').waitFor();
    await expectSound(page);
    await shot(page, 'log-empty');
    await page.getByRole('button', { name: 'Show all lines' }).click();
    await lines(page).nth(49).waitFor();
    await page.close();
  });

  it('saves what is shown as a file', async () => {
    const page = await openSidebar(browser, world, { at: 'log?lease=L-7' });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    expect(text).toContain('L-7');
    expect(text).not.toContain('L-8');
    await page.close();
  });

  it('keeps the lines that it has when older ones cannot be read', async () => {
    let asked = 0;
    const page = await openSidebar(browser, world, {
      at: 'log',
      line: (name, deliver) => (name === 'log' && asked++ === 1 ? thrown('server error') : deliver()),
    });
    await page.getByRole('button', { name: 'Show older lines' }).click();
    await page.getByRole('alert').waitFor();
    await soon(async () => expect(await lines(page).count()).toBe(50));
    await page.getByRole('button', { name: 'Try again' }).click();
    await lines(page).nth(99).waitFor();
    await page.close();
  });
});
