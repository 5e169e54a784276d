/** The frame of the sidebar: what it shows while it waits, when it is cut off, and how it is used without a mouse. */
import type { Browser, Page } from 'playwright-core';
import { smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, type Line, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

/** Today is answered as it is; whatever the screen at hand asks is not. */
const cut =
  (how: () => string | Promise<string>, ...names: readonly string[]): Line =>
  (name, deliver) =>
    names.includes(name) ? how() : deliver();

inBrowser('the frame of the sidebar', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    world = smallWorld({ on: '2026-11-01', settings: { Viewers: 'vera@example.com' } });
  }, 60_000);

  afterAll(() => browser?.close());

  const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

  it('shows grey rows within a tenth of a second, and says so when it takes long', async () => {
    const page = await openSidebar(browser, world, { line: cut(silence, 'today'), clock: true });
    const waitedMs = await page.evaluate<number>(`new Promise((done) => { const from = performance.now();
      (function look() { document.querySelector('.bone') ? done(performance.now() - from) : setTimeout(look, 5); })(); })`);
    expect(waitedMs).toBeLessThan(100);
    await soon(async () =>
      expect(await page.getByRole('status').filter({ hasText: 'Reading' }).textContent()).toBe('Reading the ledger…'),
    );
    await page.clock.fastForward(4_100);
    await page.getByText('Still working…').waitFor();
    await expectSound(page);
    await shot(page, 'loading');
    await page.close();
  });

  it('says what silence means for rent, and asks again when told to', async () => {
    let answers = 0;
    const line: Line = (name, deliver) => (name === 'today' && answers++ === 0 ? silence() : deliver());
    const page = await openSidebar(browser, world, { line, clock: true });
    await page.locator('.bone').first().waitFor();
    await page.clock.fastForward(30_100);
    const alert = page.getByRole('alert');
    await soon(async () => expect(await alert.textContent()).toContain('The script did not answer.'));
    await soon(async () => expect(await alert.textContent()).toContain('Nothing was changed.'));
    await expectSound(page);
    await shot(page, 'lost');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('As of Nov 1, 2026').waitFor();
    expect(await alert.count()).toBe(0);
    await page.close();
  });

  it('explains what several Google accounts in one browser do', async () => {
    const page = await openSidebar(browser, world, { line: cut(() => thrown('PERMISSION_DENIED'), 'today') });
    await soon(async () =>
      expect(await page.getByRole('alert').textContent()).toContain('signed in to several Google accounts'),
    );
    await expectSound(page);
    await page.close();
  });

  it('says that the network is gone, keeps what was read, and goes on by itself when it is back', async () => {
    const page = await openSidebar(browser, world);
    await page.getByText('As of Nov 1, 2026').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.getByText('What follows was read before that.').waitFor();
    await expectSound(page);
    await shot(page, 'offline');
    await page.context().setOffline(false);
    await page.getByText('What follows was read before that.').waitFor({ state: 'detached' });
    expect(await page.getByText('You are offline.').count()).toBe(0);
    await page.close();
  });

  it('says who can let somebody in', async () => {
    const page = await openSidebar(browser, world, { user: 'nobody@example.com' });
    const told = await page.getByRole('alert').textContent();
    expect(told).toMatch(/needs the viewer of this ledger/);
    expect(told).toMatch(/Quote this: \S+/);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await expectSound(page);
    await shot(page, 'no-permission');
    await page.close();
  });

  it('lets a viewer look, and offers nothing that a viewer may not do', async () => {
    const page = await openSidebar(browser, world, { user: 'vera@example.com' });
    await page.getByText('As of Nov 1, 2026').waitFor();
    expect(await page.getByRole('button', { name: /Run now|Record payment|Hold all|Mark done/ }).count()).toBe(0);
    await expectSound(page);
    await page.close();
    const record = await openSidebar(browser, world, { user: 'vera@example.com', at: 'record' });
    await record.getByText('This needs the manager of this ledger.').waitFor();
    await expectSound(record);
    await record.close();
  });

  it('reaches every screen from the menu by keyboard, and Escape closes and goes back', async () => {
    const page = await openSidebar(browser, world);
    await page.getByText('As of Nov 1, 2026').waitFor();
    await page.getByRole('button', { name: 'All screens' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Today');
    await expectSound(page);
    await shot(page, 'menu');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByRole('button', { name: 'All screens' }).press('Enter');
    await page.getByRole('navigation').getByRole('button', { name: 'Help' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
    expect(await focused(page)).toBe('Help');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await page.close();
  });

  it('has help at the same place on each screen, with a report that names no resident', async () => {
    const places: unknown[] = [];
    for (const at of ['today', 'lease', 'log', 'connections', 'run', 'help']) {
      const page = await openSidebar(browser, world, { at, line: cut(silence, 'lease', 'log', 'connections') });
      places.push(await page.getByRole('contentinfo').getByRole('button', { name: 'Help' }).boundingBox());
      if (at === 'help') {
        expect(await page.getByLabel('Copy this text').inputValue()).toMatch(
          /^Rent Ledger \d+\.\d+\.\d+\nLast error: none/,
        );
        await expectSound(page);
        await shot(page, 'help');
      }
      await page.close();
    }
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(1);
  });

  it('never hides the focus behind its footer', async () => {
    const page = await openSidebar(browser, world, { height: 480 });
    await page.getByText('As of Nov 1, 2026').waitFor();
    for (let pressed = 0; pressed < 40; pressed++) {
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate(`(() => { const here = document.activeElement;
        if (!here.closest('main')) return false;
        const box = here.getBoundingClientRect();
        return box.bottom > document.querySelector('footer').getBoundingClientRect().top + 1; })()`);
      expect(hidden).toBe(false);
    }
    await page.close();
  });
});
