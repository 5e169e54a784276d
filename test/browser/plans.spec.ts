/** Payment plans in the sidebar: the form with what it will change, typed instalments, and the card of a lease as a plan goes on. */
import type { Browser, Page } from 'playwright-core';
import { answers } from '../api/resident/plan-page';
import { leaseOf, liveDays, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

/** Rent of November is late and carries a fee. */
function late(): World {
  const world = smallWorld({
    on: '2026-11-01',
    leases: [leaseOf('L-1', { Unit: '1A', Residents: 'Ada Brook' })],
    settings: { 'Quiet hours': 'none' },
  });
  liveDays(world, '2026-11-01', '2026-11-10');
  return world;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const fill = (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
const box = (page: Page) => page.getByRole('region', { name: 'What will change' });
const done = (page: Page) => page.getByRole('button', { name: 'Show in the Log' }).waitFor();
const steps = (world: World) =>
  tabOf(world, 'Ledger').flatMap((row) => (row.Kind === 'plan' ? [row.Type?.split(':')[0] ?? ''] : []));

inBrowser('a payment plan', () => {
  let browser: Browser;
  const world = late();
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  it('is made in equal parts, seen before, and proposed once', async () => {
    const page = await openSidebar(browser, world, { at: 'override?lease=L-1&kind=plan propose' });
    await page.getByLabel('Equal parts').fill('3');
    await page.getByLabel('Then').selectOption('fortnight');
    await fill(page, 'First one on', '2026-11-20');
    await fill(page, 'Reason', 'Asked by the resident');
    await fill(page, 'Note to the resident', 'Call us if a day does not suit you.');
    await box(page).getByText('Standing once accepted').waitFor();
    await soon(async () =>
      expect(await page.getByRole('table', { name: 'Instalments' }).getByRole('row').allInnerTexts()).toHaveLength(3),
    );
    await expectSound(page);
    await shot(page, 'plans-1-form');
    await page.getByRole('button', { name: 'Apply' }).dblclick();
    await done(page);
    expect(steps(world)).toEqual(['proposed']);
    await shot(page, 'plans-2-proposed');
    await page.close();
  }, 90_000);

  it('is typed instalment by instalment, and what is missing is said at once', async () => {
    const other = late();
    const page = await openSidebar(browser, other, { at: 'override?lease=L-1&kind=plan propose' });
    await page.getByLabel('Equal parts').fill('2');
    await press(page, 'Type them myself');
    const second = page.getByRole('group', { name: 'Instalment 2' });
    await second.getByLabel('Amount').fill('100.00');
    await page.getByText(/is missing: together/).waitFor();
    await box(page).waitFor({ state: 'detached' });
    await page.getByText(/they must be the same/).waitFor();
    await expectSound(page);
    await shot(page, 'plans-3-typed');
    await press(page, 'Remove instalment 2');
    await page.getByRole('checkbox', { name: /^Late fee, due/ }).uncheck();
    await page.getByRole('group', { name: 'Instalment 1' }).getByLabel('Amount').fill('1000.00');
    await box(page).getByText('Instalment 1').waitFor();
    await page.close();
  }, 90_000);

  it('stands on the lease as it is proposed, running and broken', async () => {
    const here = world.clone();
    const look = async (text: string | RegExp, name: string) => {
      const page = await openSidebar(browser, here, { at: 'lease?lease=L-1' });
      await page.getByRole('heading', { name: 'Payment plan' }).waitFor();
      await page.getByText(text).first().waitFor();
      await expectSound(page);
      await shot(page, name);
      await page.close();
    };
    await look('Proposed: it waits for the resident', 'plans-4-card-proposed');
    answers(here, 'planAccept');
    await look('It runs.', 'plans-5-card-runs');
    liveDays(here, '2026-11-24', '2026-11-24');
    await look('It is broken: the ladder goes on where it stood.', 'plans-6-card-broken');
    const page = await openSidebar(browser, here, { at: 'today' });
    await page.getByText('Decide how to go on: the payment plan is broken').first().waitFor();
    await expectSound(page);
    await shot(page, 'plans-7-today');
    await page.close();
  }, 120_000);

  it('is withdrawn by a form that says what that does', async () => {
    const here = world.clone();
    const page = await openSidebar(browser, here, { at: 'override?lease=L-1&kind=plan withdraw' });
    await fill(page, 'Reason', 'Other terms are agreed');
    await box(page).getByRole('cell', { name: 'withdrawn' }).waitFor();
    await expectSound(page);
    await shot(page, 'plans-8-withdraw');
    await press(page, 'Apply');
    await done(page);
    expect(steps(here)).toEqual(['proposed', 'withdrawn']);
    await page.close();
  }, 90_000);
});
