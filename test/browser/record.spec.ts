/** Record payment in a real browser: one check, a pasted list, and what they become in the Ledger. */
import type { Browser, Page } from 'playwright-core';
import { leaseOf, rowsOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

const LEASES = [
  leaseOf('L-1', { Unit: '1A', Residents: 'Ada <i>Brook</i>' }),
  leaseOf('L-2', { Unit: '2B', Residents: 'Ben Cole', Rent: '950.00' }),
];

const LIST = [
  'Unit\tAmount\tMethod\tCheck number\tDate',
  '1A\t1000.00\tcheck\t1182\t2026-11-02',
  '2B\tmuch\tcheck\t77\t2026-11-02',
  '9Z\t20.00\tcash\t\t2026-11-02',
  '2B\t950.00\tcash\t\t2026-11-02',
].join('\n');

function small(): World {
  const world = smallWorld({ on: '2026-11-01', leases: LEASES });
  world.advanceTo(world.now + 86_400_000);
  return world;
}

const rows = (world: World, tab: string) => [...rowsOf(world, tab)];
const byHand = (world: World) => rows(world, 'Receipts').map((row) => [row['Lease ID'], row.Amount]);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const listed = (page: Page) => page.getByLabel('Paste the list');

inBrowser('recording payments', () => {
  let browser: Browser;
  let filled: World;
  beforeAll(async () => {
    browser = await launch();
    filled = small();
  }, 60_000);
  afterAll(() => browser?.close());

  it('records a check for a lease found by name, and shows it in Ledger, Log and balance', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'record' });
    await page.getByLabel('Who paid?').fill('brook');
    await page.getByRole('option').first().waitFor();
    await shot(page, 'record-pick');
    await page.keyboard.press('Enter');
    await soon(async () => expect(await page.getByLabel('Amount').inputValue()).toBe('1000.00'));
    await press(page, /^Record (\$|payment$)/);
    await page.getByText('Type the number on it.').waitFor();
    expect(byHand(world)).toEqual([]);
    await expectSound(page);
    await shot(page, 'record-one');
    await page.getByLabel('Check number').fill('1182');
    await page.getByLabel('Day it came').fill('2026-11-09');
    await press(page, /^Record (\$|payment$)/);
    await page.getByText('This day has not come yet.').waitFor();
    await page.getByLabel('Day it came').fill('2026-11-02');
    await page.getByRole('button', { name: /^Record (\$|payment$)/ }).dblclick();
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await expectSound(page);
    await shot(page, 'record-one-done');
    expect(byHand(world)).toEqual([['L-1', '1000']]);
    expect(rows(world, 'Ledger').filter((row) => row.Kind === 'receipt')).toHaveLength(1);
    await page.getByRole('button', { name: 'Show in the Log' }).click();
    await page
      .getByText(/Recorded/)
      .first()
      .waitFor();
    await page.close();
  }, 60_000);

  it('asks whether a second payment of the same amount is another one', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'record?lease=L-2' });
    await page.getByLabel('How it came').selectOption('cash');
    await press(page, /^Record (\$|payment$)/);
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await page.close();
    const again = await openSidebar(browser, world, { at: 'record?lease=L-2' });
    await again.getByLabel('How it came').selectOption('cash');
    await again.getByLabel('Amount').fill('950.00');
    await again.getByText('is already there', { exact: false }).waitFor();
    await press(again, /^Record (\$|payment$)/);
    await again.getByText('Tick this if two payments came.').waitFor();
    await expectSound(again);
    await shot(again, 'record-twice');
    expect(byHand(world)).toHaveLength(1);
    await again.getByLabel('It is another payment').check();
    await press(again, /^Record (\$|payment$)/);
    await again.getByRole('button', { name: 'Show in the Log' }).waitFor();
    expect(byHand(world)).toHaveLength(2);
    await again.close();
  }, 60_000);

  it('reads a pasted list, names what is wrong by row, and records the rest at once', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'record?tab=many' });
    await listed(page).waitFor();
    await expectSound(page);
    await shot(page, 'record-many-empty');
    await listed(page).fill(LIST);
    await press(page, 'Check the list');
    await page.getByText('2 of 4 can be recorded').waitFor();
    await soon(async () => expect(await page.getByRole('region', { name: 'Left out' }).locator('li').count()).toBe(2));
    expect(byHand(world)).toEqual([]);
    await expectSound(page);
    await shot(page, 'record-many-read');
    await press(page, 'Record 2 payments');
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await soon(async () => expect(await listed(page).inputValue()).toBe(''));
    expect(byHand(world)).toEqual([
      ['L-1', '1000'],
      ['L-2', '950'],
    ]);
    await expectSound(page);
    await shot(page, 'record-many-done');
    await page.close();
  }, 60_000);

  it('shows the list anew when the book has changed since it was read', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'record?tab=many' });
    await listed(page).fill(LIST);
    await press(page, 'Check the list');
    await page.getByText('2 of 4 can be recorded').waitFor();
    world.edit('Leases', 'C2', '1Z');
    await press(page, 'Record 2 payments');
    await page.getByRole('alert').first().waitFor();
    await page.getByText('1 of 4 can be recorded').waitFor();
    expect(byHand(world)).toEqual([]);
    await page.close();
  }, 60_000);

  it('takes a CSV file as it takes a pasted list', async () => {
    const page = await openSidebar(browser, filled.clone(), { at: 'record?tab=many' });
    const file = { name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST.replace(/\t/g, ',')) };
    await page.getByLabel('Or take a CSV file').setInputFiles(file);
    await press(page, 'Check the list');
    await page.getByText('2 of 4 can be recorded').waitFor();
    await page.close();
  }, 60_000);

  it('asks what became of a list whose reply was lost, and records it once', async () => {
    const world = filled.clone();
    let calls = 0;
    const line = (name: string, deliver: () => string) => {
      if (name !== 'recordMany') return deliver();
      calls++;
      deliver();
      return silence();
    };
    const page = await openSidebar(browser, world, { at: 'record?tab=many', line, clock: true });
    await listed(page).fill(LIST);
    await press(page, 'Check the list');
    await page.getByRole('button', { name: 'Record 2 payments' }).dblclick();
    await page.clock.runFor(61_000);
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    expect([calls, byHand(world).length]).toEqual([1, 2]);
    await page.close();
  }, 60_000);

  it('says what failed and keeps what was typed', async () => {
    const line = (name: string, deliver: () => string) =>
      name === 'previewMany' ? thrown('We are sorry, a server error occurred.') : deliver();
    const page = await openSidebar(browser, filled.clone(), { at: 'record?tab=many', line });
    await listed(page).fill(LIST);
    await press(page, 'Check the list');
    await page.getByRole('alert').getByText('The script did not answer.').waitFor();
    await soon(async () => expect(await listed(page).inputValue()).toBe(LIST));
    await expectSound(page);
    await page.close();
  }, 60_000);
});
