/** Reconcile in a real browser: payments that carry no lease, decided by keyboard, undone, and found in Ledger and Log. */
import type { Browser, Page } from 'playwright-core';
import { askApi, intentOf, leaseOf, loadStripe, rowsOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

const LEASES = [
  leaseOf('L-1', { Unit: '1A', Residents: 'Ada Brook' }),
  leaseOf('L-2', { Unit: '2B', Residents: 'Ben Cole', Rent: '950.00' }),
  leaseOf('L-3', { Unit: '3C', Residents: 'Cy Dahl', Rent: '1000.00' }),
];

const at = '2026-11-02T12:00:00Z';
const paid = (id: string, cents: number, more: object = {}) => intentOf(id, '', cents, at, more);

/** Three payments that name no lease: of Ben with his unit, of somebody with a rent that two pay, of a stranger. */
function waiting(): World {
  // One of them would be matched by its evidence alone.
  const settings = { 'Match by evidence': 'no' };
  const world = smallWorld({ on: '2026-11-01', leases: LEASES, settings });
  world.advanceTo(world.now + 86_400_000);
  loadStripe(world, [
    paid('pi_ben', 95_000, { description: 'Rent apt 2B' }),
    paid('pi_half', 100_000, { description: 'November' }),
    paid('pi_other', 7_700, { description: 'Yoga class <b>gold</b> =HYPERLINK("x")' }),
  ]);
  askApi(world, 'poll', [{}]);
  return world;
}

const rows = (world: World, tab: string) => [...rowsOf(world, tab)];
const receipt = (world: World, id: string) => rows(world, 'Receipts').find((row) => JSON.stringify(row).includes(id));
const payment = (page: Page) => page.getByRole('article', { name: 'Payment' });

inBrowser('reconcile', () => {
  let browser: Browser;
  let filled: World;
  beforeAll(async () => {
    browser = await launch();
    filled = waiting();
  }, 60_000);
  afterAll(() => browser?.close());

  it('shows one payment at a time with candidates and reasons, and finds its way by keys', async () => {
    const page = await openSidebar(browser, filled.clone(), { at: 'reconcile' });
    await page.getByText('1 of 3').waitFor();
    await expectSound(page);
    await shot(page, 'reconcile-1');
    await page.keyboard.press('j');
    await page.getByText('2 of 3').waitFor();
    await shot(page, 'reconcile-2');
    await page.keyboard.press('ArrowRight');
    await page.getByText('3 of 3').waitFor();
    await expectSound(page);
    await shot(page, 'reconcile-3');
    await soon(async () => expect(await page.getByText('Yoga class <b>gold</b>').count()).toBe(1));
    await page.keyboard.press('j');
    await page.getByText('1 of 3').waitFor();
    await page.keyboard.press('k');
    await page.getByText('3 of 3').waitFor();
    await page.keyboard.press('s');
    await page.getByRole('form', { name: 'Split' }).waitFor();
    await page.keyboard.type('nlk');
    await soon(async () => expect(await page.getByRole('form', { name: 'Split' }).count()).toBe(1));
    await expectSound(page);
    await shot(page, 'reconcile-split');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await payment(page).waitFor();
    await page.close();
  }, 60_000);

  it('matches with the keyboard alone, tells the balance, and takes it back', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'reconcile?receipt=stripe:pi_ben' });
    await page.getByRole('radio', { name: /2B/ }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await page.getByText('2 of 3').waitFor();
    await expectSound(page);
    await shot(page, 'reconcile-matched');
    expect(receipt(world, 'pi_ben')?.['Lease ID']).toBe('L-2');
    expect(rows(world, 'Ledger').filter((row) => row.Key?.includes('pi_ben')).length).toBe(1);
    await page.keyboard.press('u');
    const undo = page.getByRole('region', { name: 'Undo' });
    await undo.getByLabel('Reason', { exact: true }).fill('Not Ben');
    await expectSound(page);
    await undo.getByRole('button', { name: 'Undo it' }).click();
    await page.getByText(/^Undone/).waitFor();
    await page.getByText(/ of 3$/).waitFor();
    expect(receipt(world, 'pi_ben')?.['Lease ID'] ?? '').toBe('');
    expect(rows(world, 'Ledger').filter((row) => row.Key?.includes('pi_ben')).length).toBe(2);
    await page.close();
  }, 60_000);

  it('asks for a choice before it matches what is only possible', async () => {
    const page = await openSidebar(browser, filled.clone(), { at: 'reconcile?receipt=stripe:pi_other' });
    await page.getByText(/Yoga class/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Choose a lease first.').waitFor();
    await expectSound(page);
    await page.close();
  }, 60_000);

  it('sets aside what is no rent, with a reason, and asks later about another', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'reconcile?receipt=stripe:pi_other' });
    await page.getByText(/Yoga class/).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Set it aside' }).click();
    await page.getByText('Say what it is; it stays in the Log.').waitFor();
    await expectSound(page);
    await shot(page, 'reconcile-not-rent');
    await page.getByLabel('Common reasons').selectOption('Private money');
    await page.getByRole('button', { name: 'Set it aside' }).click();
    await page.getByText('3 of 3').waitFor();
    expect(receipt(world, 'pi_other')?.State).toBe('not rent');
    await page.keyboard.press('l');
    await page.getByLabel('Question').fill('Who sent this?');
    await shot(page, 'reconcile-later');
    await page.getByRole('button', { name: 'Ask later' }).click();
    await page.getByText('was asked', { exact: false }).first().waitFor();
    expect(rows(world, 'Tasks').some((row) => JSON.stringify(row).includes('Who sent this?'))).toBe(true);
    await page.close();
  }, 60_000);

  it('splits one payment over two leases, to the cent', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'reconcile?receipt=stripe:pi_half' });
    await page.getByText('November', { exact: true }).waitFor();
    await page.keyboard.press('s');
    const form = page.getByRole('form', { name: 'Split' });
    await form.getByLabel('Amount').nth(0).fill('600.00');
    await form.getByLabel('Amount').nth(1).fill('300.00');
    await form.getByText('$100.00 left to give.').waitFor();
    await form.getByRole('button', { name: 'Split it' }).click();
    await form.getByText('The parts must come to exactly the payment.').waitFor();
    await expectSound(page);
    await form.getByLabel('Amount').nth(1).fill('400.00');
    await form.getByText('All of it is given.').waitFor();
    await form.getByLabel('It pays').first().selectOption({ index: 1 });
    await expectSound(page);
    await form.getByRole('button', { name: 'Split it' }).click();
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    expect(receipt(world, 'pi_half')?.State).toBe('split');
    await page.close();
  }, 60_000);

  it('matches once on a double click and after a lost reply', async () => {
    const world = filled.clone();
    let calls = 0;
    const line = (name: string, deliver: () => string) => {
      if (name !== 'reconcile') return deliver();
      calls++;
      deliver();
      return silence();
    };
    const page = await openSidebar(browser, world, { at: 'reconcile?receipt=stripe:pi_ben', line, clock: true });
    const match = page.getByRole('button', { name: /^Match to/ });
    await match.dblclick();
    await page.clock.runFor(61_000);
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    expect(calls).toBe(1);
    expect(rows(world, 'Ledger').filter((row) => row.Key?.includes('pi_ben')).length).toBe(1);
    await page.close();
  }, 60_000);

  it('says what happened when it fails, and goes on after it', async () => {
    let isDown = true;
    const line = (name: string, deliver: () => string) =>
      name === 'queue' && isDown ? thrown('We are sorry, a server error occurred.') : deliver();
    const page = await openSidebar(browser, filled.clone(), { at: 'reconcile', line });
    await page.getByRole('alert').getByText('The script did not answer.').waitFor();
    await expectSound(page);
    isDown = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 of 3').waitFor();
    await page.close();
  }, 60_000);

  it('is glad when every payment is matched', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: LEASES });
    const page = await openSidebar(browser, world, { at: 'reconcile' });
    await page.getByText('Every payment is matched.').waitFor();
    await expectSound(page);
    await shot(page, 'reconcile-empty');
    await page.close();
  }, 60_000);
});
