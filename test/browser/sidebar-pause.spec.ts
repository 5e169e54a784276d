/** Pausing everything, and what messages will use before they leave, in a real browser: Today, Runs, and the dry run of the set-up. */
import type { Browser, Page } from 'playwright-core';
import type { Today } from '../../src/api/desk/today';
import { acted, toldHouse } from '../message-worlds';
import { askApi, leapTo, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

const SINCE = '2026-12-13T11:15:00Z';

inBrowser('a pause of everything', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = toldHouse({ 'Quiet hours': '21:00-08:00', 'Mail by': 'gmail' });
    leapTo(base, SINCE);
  }, 120_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const says = (page: Page, name: string, text: string | RegExp) =>
    soon(async () => expect(await part(page, name).textContent()).toMatch(text));
  const isPaused = () => askApi<Today>(world, 'today').paused;
  const strip = (page: Page) => page.getByRole('button', { name: 'Everything is paused: nothing leaves.' });

  it('is asked a second time with what it holds, then said on every screen, and ended the same way', async () => {
    const page = await openSidebar(browser, world);
    await page.getByRole('button', { name: 'Pause everything…' }).click();
    await says(page, 'Pause everything', /Held back are messages.*Rent and fees are charged/);
    await expectSound(page);
    await shot(page, 'pause-asked');
    await page.keyboard.press('Escape');
    expect(isPaused()).toBe(false);
    await page.getByRole('button', { name: 'Pause everything…' }).click();
    await page.getByRole('button', { name: 'Pause everything', exact: true }).dblclick();
    await page
      .locator('.confirmation')
      .getByText(/^Everything is paused: nothing leaves until it goes on/)
      .waitFor();
    await strip(page).waitFor();
    expect(isPaused()).toBe(true);
    await says(page, 'Waits to be sent', 'It waits while everything is paused.');
    await expectSound(page);
    await shot(page, 'pause-paused');
    await page.getByRole('button', { name: 'All screens' }).click();
    await page.getByRole('button', { name: 'Log', exact: true }).click();
    await strip(page).click();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.getByRole('button', { name: 'Go on…' }).click();
    await says(page, 'Go on', 'What waited leaves with the next run');
    await expectSound(page);
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await strip(page).waitFor({ state: 'detached' });
    expect(isPaused()).toBe(false);
    await page.close();
  });

  it('is shown to who may only look, without its button', async () => {
    acted(world, 'pauseAll', { paused: true });
    const page = await openSidebar(browser, world, { user: 'vera@example.com' });
    await strip(page).waitFor();
    await soon(async () => expect(await page.getByRole('button', { name: 'Go on…' }).count()).toBe(0));
    await page.close();
  });

  it('leaves the list of what is sent as it is: each with its way', async () => {
    const page = await openSidebar(browser, world);
    await says(page, 'Will be sent today', /Mail by Gmail to l-1@example\.com\. Leaves Dec 13, 2026 08:00/);
    await says(page, 'Will be sent today', /Text by Twilio to \+14155550151/);
    await expectSound(page);
    await shot(page, 'pause-sending');
    await page.close();
  });

  it('may be weighed before: what the next run would send is worked out when somebody asks', async () => {
    const page = await openSidebar(browser, world, { at: 'run' });
    expect(await page.getByText('The next run would send residents:').count()).toBe(0);
    await page.getByRole('button', { name: 'What would the next run send?' }).click();
    await says(page, 'Before it leaves', /The next run would send residents:4 mails by Gmail; \d+ of 100 left today/);
    await says(page, 'Before it leaves', /1 text in 2 parts, about 0\.02 USD/);
    await says(page, 'Before it leaves', '5 of them wait in the Outbox already.');
    await expectSound(page);
    await shot(page, 'pause-next-run');
    await page.getByRole('button', { name: 'Look again' }).click();
    await says(page, 'Before it leaves', '4 mails by Gmail');
    await page.close();
  });

  it('shows that the next run is being worked out', async () => {
    const page = await openSidebar(browser, world, {
      at: 'run',
      line: (name, deliver) => (name === 'dryRun' ? silence() : deliver()),
    });
    await page.getByRole('button', { name: 'What would the next run send?' }).click();
    await part(page, 'Before it leaves').locator('.bone').first().waitFor();
    await expectSound(page);
    await page.close();
  });

  it('has its counterpart in the dry run of the set-up: what all messages use', async () => {
    const page = await openSidebar(browser, world, { at: 'setup?step=dry run' });
    await page.getByRole('button', { name: 'Run it dry' }).click();
    await says(page, 'What the messages use', /mails by Gmail; it takes 100 a day/);
    await says(page, 'What the messages use', /1 text in 2 parts, about 0\.02 USD/);
    await expectSound(page);
    await shot(page, 'pause-dry-run');
    await page.close();
  });
});
