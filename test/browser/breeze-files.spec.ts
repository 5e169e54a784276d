/** Files of Breeze in a real browser: made and saved, checked, and what is not here recorded once, though nothing is connected. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { leaseOf, rowsOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

const REGISTER = [
  'Property,Unit,Tenant Code,Date,Control,Reference,Amount,Notes',
  '101,11,5001,11/02/2026,4711,1182,"1,000.00",<b>Lockbox</b>',
  '101,12,5009,11/02/2026,4712,,20.00,',
  '101,12,5001,soon,4713,,20.00,',
].join('\n');

function small(): World {
  const world = smallWorld({
    on: '2026-11-01',
    leases: [leaseOf('L-1', { Unit: '1A' })],
    links: [{ 'Lease ID': 'L-1', Platform: 'yardi-breeze', Kind: 'customer', 'External ID': '5001' }],
    settings: { Managers: 'mia@example.com', Viewers: 'vera@example.com' },
  });
  world.advanceTo(world.now + 86_400_000);
  return world;
}

inBrowser('files of Breeze', () => {
  let browser: Browser;
  let filled: World;
  beforeAll(async () => {
    browser = await launch();
    filled = small();
  }, 60_000);
  afterAll(() => browser?.close());

  const opener = (page: Page) => page.getByRole('button', { name: 'Files for Yardi Breeze and from it…' });
  const open = async (page: Page) => {
    await opener(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Files of Yardi Breeze' }).waitFor();
  };
  const days = async (page: Page, from: string, until: string) => {
    await page.getByLabel('From', { exact: true }).fill(from);
    await page.getByLabel('Until', { exact: true }).fill(until);
  };
  const file = (text: string) => ({ name: 'breeze.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('are made of what a person chooses, and saved; Escape closes the panel', async () => {
    const page = await openSidebar(browser, filled.clone(), { at: 'connections', user: 'mia@example.com' });
    await open(page);
    await page.getByLabel('What').selectOption('charges');
    await days(page, '2026-11-01', '2026-11-30');
    await expectSound(page);
    await shot(page, 'breeze-files');
    const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 'Make the file')]);
    expect(saved.suggestedFilename()).toBe('breeze-charges-2026-11-01-2026-11-30.csv');
    expect(readFileSync(await saved.path(), 'utf8')).toMatch(
      /^TransactionType,.*\r\nCharge,Elm House,1A,5001,11\/01\/2026/,
    );
    await page.getByText('Saved as breeze-charges-2026-11-01-2026-11-30.csv: 1 line.').waitFor();
    await page.getByLabel('What').selectOption('receipts');
    await press(page, 'Make the file');
    await page.getByText('Nothing falls into these days.').waitFor();
    await days(page, '2026-11-30', '2026-11-01');
    await press(page, 'Make the file');
    await page.getByText('Choose a first day, and a last one that is not before it.').waitFor();
    await page.getByLabel('What').selectOption('journal');
    await page.getByLabel('Account of cash').waitFor();
    await expectSound(page);
    await page.keyboard.press('Escape');
    await soon(async () => expect(await opener(page).evaluate('document.activeElement?.textContent')).toBe('Files…'));
    await page.close();
  }, 60_000);

  it('are checked, and what is not here is recorded once', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'connections' });
    await open(page);
    await page.getByLabel('Check a file from Breeze').setInputFiles(file(REGISTER));
    await press(page, 'Check the file');
    await page.getByText('1 of 1 can be recorded').waitFor();
    await page.getByText('Line 4: "soon" is not a day such as 12/31/2026.').waitFor();
    await page.getByText('No lease is known as "5009".').waitFor();
    expect(await page.locator('main b', { hasText: 'Lockbox' }).count()).toBe(0);
    await expectSound(page);
    await shot(page, 'breeze-check');
    await page.getByRole('button', { name: 'Record 1 payment' }).dblclick();
    await page.getByText('1 line agrees.').waitFor();
    expect(await page.getByRole('button', { name: /^Record \d/ }).count()).toBe(0);
    expect([...rowsOf(world, 'Receipts')].map((row) => [row['Lease ID'], row['External ID']])).toEqual([
      ['L-1', 'other-Breeze-4711'],
    ]);
    await page.close();
  }, 60_000);

  it('say when they are read, and what went wrong', async () => {
    let asked = 0;
    const page = await openSidebar(browser, filled.clone(), {
      at: 'connections',
      line: (name, deliver) => {
        if (name !== 'breezeCheck') return deliver();
        asked++;
        return asked === 1 ? silence() : asked === 2 ? thrown('server error') : deliver();
      },
    });
    await open(page);
    await page.getByLabel('Check a file from Breeze').setInputFiles(file(REGISTER));
    await press(page, 'Check the file');
    await page.getByText('Checking the file…').waitFor();
    await page.getByLabel('Check a file from Breeze').setInputFiles(file('hello'));
    await press(page, 'Check the file');
    await page.getByRole('alert').waitFor();
    await press(page, 'Try again');
    await page.getByText('Line 1: No line has headers for the day, the tenant and the amount.').waitFor();
    await page.close();
  }, 60_000);

  it('are not for who may only look', async () => {
    const page = await openSidebar(browser, filled.clone(), { at: 'connections', user: 'vera@example.com' });
    await page.getByRole('region', { name: 'Yardi Breeze', exact: true }).waitFor();
    await soon(async () => expect(await opener(page).count()).toBe(0));
    await page.close();
  });
});
