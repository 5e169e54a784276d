/** Connections and runs in a real browser: state in words, connect, pause, remove; a run with its steps and numbers. */
import type { Browser, Page } from 'playwright-core';
import { leapTo, leaseOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

inBrowser('connections in the sidebar', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
  }, 60_000);

  beforeEach(() => {
    world = smallWorld({ on: '2026-11-01', settings: { Viewers: 'vera@example.com' } });
  });

  afterAll(() => browser?.close());

  const platform = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  it('say for each platform its state, account and limits', async () => {
    const page = await openSidebar(browser, world, { at: 'connections' });
    await platform(page, 'Stripe').getByText('Connected', { exact: true }).waitFor();
    await soon(async () => expect(await platform(page, 'Stripe').textContent()).toContain('test mode'));
    await soon(async () => expect(await platform(page, 'Gmail').textContent()).toContain('Mails left today'));
    expect(await platform(page, 'Gmail').getByRole('button', { name: 'Remove Gmail' }).count()).toBe(0);
    await expectSound(page);
    await shot(page, 'connections');
    await page.close();
  });

  it('pause and resume with one click each', async () => {
    const page = await openSidebar(browser, world, { at: 'connections' });
    await page.getByRole('button', { name: 'Pause Stripe' }).click();
    await platform(page, 'Stripe').getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume Stripe' }).click();
    await platform(page, 'Stripe').getByText('Connected', { exact: true }).waitFor();
    await page.close();
  });

  it('are removed only after a second question, and connected again with a key', async () => {
    const page = await openSidebar(browser, world, { at: 'connections' });
    await page.getByRole('button', { name: 'Remove Stripe' }).click();
    await expectSound(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove Stripe' }).click();
    await platform(page, 'Stripe').getByRole('button', { name: 'Remove Stripe' }).click();
    await platform(page, 'Stripe').getByText('Not connected', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Connect Stripe' }).click();
    await expectSound(page);
    await shot(page, 'connect');
    const key = page.getByLabel('Restricted API key');
    await soon(async () => expect(await key.getAttribute('type')).toBe('password'));
    await key.fill('rk_test_wrong');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await soon(async () => expect(await page.getByRole('alert').textContent()).not.toContain('rk_test_wrong'));
    await page.close();
  });

  it('show their state to who may look, and no button', async () => {
    const page = await openSidebar(browser, world, { at: 'connections', user: 'vera@example.com' });
    await platform(page, 'Stripe').waitFor();
    expect(await page.getByRole('button', { name: /Stripe|Gmail|Slack/ }).count()).toBe(0);
    await page.close();
  });
});

inBrowser('runs in the sidebar', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  }, 60_000);

  afterAll(() => browser?.close());

  it('are started with one click, tell their steps, and their numbers open the Log', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
    const page = await openSidebar(browser, world, { at: 'run' });
    await page.getByText('Nothing has run yet.').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Run the day' }).dblclick();
    await page.getByText(/^(\d+) of \1 steps done$/).waitFor();
    await expectSound(page);
    await shot(page, 'run');
    await page.getByRole('button', { name: /^2 charges/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Log' }).waitFor();
    await page.locator('main details.entry').first().waitFor();
    await soon(async () => expect(await page.getByRole('button', { name: 'Money', pressed: true }).count()).toBe(1));
    await page.close();
  });

  it('are shown to a sidebar that opens later', async () => {
    const world = smallWorld({ on: '2026-11-01' });
    leapTo(world, '2026-11-02T15:00:00Z');
    const page = await openSidebar(browser, world, { at: 'run' });
    await page.getByText('By the schedule').waitFor();
    await page.close();
  });

  it('say what silence means', async () => {
    const world = smallWorld({ on: '2026-11-01' });
    const page = await openSidebar(browser, world, {
      at: 'run',
      clock: true,
      line: (name, deliver) => (name === 'progress' ? silence() : deliver()),
    });
    await page.locator('.bone').first().waitFor();
    await page.clock.fastForward(30_100);
    await page.getByRole('alert').waitFor();
    await expectSound(page);
    await page.close();
  });
});
