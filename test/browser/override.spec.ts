/** Override and Approve in a real browser: what is shown before, done once, guarded, approved by a second person, undone. */
import type { Browser, Page } from 'playwright-core';
import { askApi, leaseOf, rowsOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

const LEASES = [
  leaseOf('L-1', { Unit: '1A', Residents: 'Ada Brook', Deposit: '500.00' }),
  leaseOf('L-2', { Unit: '2B', Residents: 'Ben <b>Cole</b>', Rent: '950.00' }),
];
const SETTINGS = { Managers: 'ben@example.com', Viewers: 'vera@example.com', 'Approval limit': '200.00' };

/** Rent of November is late and carries a fee; Ben has paid by check. */
function late(): World {
  const world = smallWorld({ on: '2026-11-01', leases: LEASES, settings: SETTINGS });
  world.advanceTo(world.now + 9 * 86_400_000);
  const check = { lease: 'L-2', amount: '950.00', method: 'check', reference: '1182' };
  askApi(world, 'recordReceipt', [check]);
  return world;
}

const rows = (world: World, tab: string) => [...rowsOf(world, tab)];
const ledger = (world: World) => rows(world, 'Ledger').map((row) => `${row.Kind} ${row.Type} ${row.Amount}`);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const box = (page: Page) => page.getByRole('region', { name: 'What will change' });
const fill = (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
const done = (page: Page) => page.getByRole('button', { name: 'Show in the Log' }).waitFor();

inBrowser('overriding', () => {
  let browser: Browser;
  let filled: World;
  beforeAll(async () => {
    browser = await launch();
    filled = late();
  }, 60_000);
  afterAll(() => browser?.close());

  it('offers what can be done to a lease, and says why the rest cannot', async () => {
    const page = await openSidebar(browser, filled, { at: 'override' });
    await page.getByLabel('Which lease?').fill('ada');
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: 'Waive a fee or charge' }).waitFor();
    await page.getByText('Not possible now').click();
    await expectSound(page);
    await shot(page, 'override-1-list');
    await page.close();
  }, 60_000);

  it('waives a fee: before and after first, then done, told with the balance, and undone by a reversing entry', async () => {
    const world = filled.clone();
    const before = ledger(world);
    const page = await openSidebar(browser, world, { at: 'override?lease=L-1&kind=waive' });
    await soon(async () => expect(await page.getByLabel('How much of it').inputValue()).toBe('50.00'));
    await box(page).waitFor();
    await page
      .getByRole('cell', { name: '1,050.00 USD' })
      .or(page.getByRole('cell', { name: '1050.00 USD' }))
      .first()
      .waitFor();
    await expectSound(page);
    await shot(page, 'override-2-waive');
    await press(page, 'Apply');
    await page.getByText('Say why; it stays in the Log.').waitFor();
    expect(ledger(world)).toEqual(before);
    await page.getByLabel('Common reasons').selectOption('First time late');
    await press(page, 'Apply');
    await done(page);
    expect(ledger(world).length).toBe(before.length + 1);
    await expectSound(page);
    await shot(page, 'override-3-done');
    await press(page, 'Undo');
    await fill(page, 'Reason', 'Wrong lease');
    await expectSound(page);
    await shot(page, 'override-4-undo');
    await press(page, 'Undo it');
    await page
      .getByText(/^Undid|^Undone|Took back/i)
      .first()
      .waitFor();
    expect(ledger(world).slice(0, before.length + 1)).toEqual([...before, ledger(world)[before.length]]);
    expect(ledger(world).length).toBe(before.length + 2);
    await shot(page, 'override-5-undone');
    await page.close();
  }, 60_000);

  const FORMS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
    ['credit', (page) => fill(page, 'Amount', '25.00')],
    ['adjust', (page) => fill(page, 'Total it comes to', '900.00')],
    [
      'charge',
      async (page) => {
        await fill(page, 'What for', 'lost key');
        await fill(page, 'Amount', '15.00');
      },
    ],
    ['due', (page) => fill(page, 'New due date', '2026-11-20')],
    ['hold', (page) => fill(page, 'Hold until, that day included', '2026-11-30')],
    ['rent', (page) => fill(page, 'New rent', '1100.00').then(() => fill(page, 'From', '2027-01-01'))],
    ['move out', (page) => fill(page, 'Last day lived in', '2026-12-31')],
    ['pause', () => Promise.resolve()],
  ];

  it.each(FORMS)(
    'does it once, with what will change shown before: %s',
    async (kind, typed) => {
      const world = filled.clone();
      const page = await openSidebar(browser, world, { at: `override?lease=L-1&kind=${kind}` });
      await page.getByLabel('Reason', { exact: true }).waitFor();
      await typed(page);
      await fill(page, 'Reason', 'Agreed on the phone');
      await box(page).waitFor();
      await expectSound(page);
      await shot(page, `override-form-${kind.replace(' ', '-')}`);
      await page.getByRole('button', { name: 'Apply' }).dblclick();
      await done(page);
      const acts = rows(world, 'Log').filter((row) => row.Kind === 'act');
      expect(acts).toHaveLength(1);
      await page.close();
    },
    60_000,
  );

  it('takes a payment back and moves another', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'override?lease=L-2&kind=reallocate' });
    await page.getByLabel('As the lease’s rule says').or(page.getByLabel("As the lease's rule says")).waitFor();
    await shot(page, 'override-form-reallocate');
    await page.close();
    const again = await openSidebar(browser, world, { at: 'override?lease=L-2&kind=reverse' });
    await fill(again, 'Reason', 'It bounced');
    await box(again).waitFor();
    await expectSound(again);
    await shot(again, 'override-form-reverse');
    if (await again.getByLabel(/^Type .* to confirm$/).count()) await again.getByLabel(/^Type/).fill('950.00');
    await press(again, /^Apply|^Ask for approval/);
    await done(again);
    await again.close();
  }, 60_000);

  it('shows the lease anew and asks again when somebody changed it meanwhile', async () => {
    const world = filled.clone();
    const page = await openSidebar(browser, world, { at: 'override?lease=L-1&kind=credit' });
    await fill(page, 'Amount', '25.00');
    await fill(page, 'Reason', 'Goodwill');
    await box(page).waitFor();
    askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '100.00', method: 'check', reference: '7' }]);
    const before = ledger(world);
    await press(page, 'Apply');
    await page.getByText('Somebody changed this lease meanwhile.').waitFor();
    expect(ledger(world)).toEqual(before);
    await expectSound(page);
    await shot(page, 'override-guard');
    await press(page, 'Apply');
    await done(page);
    expect(ledger(world).length).toBe(before.length + 1);
    await page.close();
  }, 60_000);

  it('waits above the limit for a second person, who sees what it does and approves', async () => {
    const world = filled.clone();
    const before = ledger(world);
    const owner = await openSidebar(browser, world, { at: 'override?lease=L-1&kind=credit' });
    await fill(owner, 'Amount', '300.00');
    await fill(owner, 'Reason', 'Heating failed');
    await owner.getByLabel('Type 300.00 to confirm').fill('300.00');
    await expectSound(owner);
    await shot(owner, 'approve-1-ask');
    await press(owner, 'Ask for approval');
    await owner.getByText('It waits until a second person approves it.').waitFor();
    expect(ledger(world)).toEqual(before);
    await owner.close();

    const own = await openSidebar(browser, world, { at: 'approve' });
    await own.getByText('You asked for it yourself. Somebody else must approve it.').waitFor();
    expect(await own.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await expectSound(own);
    await shot(own, 'approve-2-own');
    await own.close();

    const ben = await openSidebar(browser, world, { at: 'approve', user: 'ben@example.com' });
    await ben.getByText('All that it would do').waitFor();
    await expectSound(ben);
    await shot(ben, 'approve-3-second');
    await press(ben, 'Refuse');
    await ben.getByText('Say why it is refused; it stays in the Log.').waitFor();
    await press(ben, 'Approve');
    await done(ben);
    expect(ledger(world).length).toBe(before.length + 1);
    await ben.getByText('No override waits for approval.').waitFor();
    await ben.close();
  }, 60_000);

  it('asks what became of it after a lost reply, and does it once', async () => {
    const world = filled.clone();
    const before = ledger(world).length;
    let calls = 0;
    const line = (name: string, deliver: () => string) => {
      if (name !== 'apply') return deliver();
      calls++;
      if (calls === 1) return silence();
      return deliver();
    };
    const page = await openSidebar(browser, world, { at: 'override?lease=L-1&kind=credit', line, clock: true });
    await fill(page, 'Amount', '25.00');
    await fill(page, 'Reason', 'Goodwill');
    await page.clock.runFor(400);
    await box(page).waitFor();
    await press(page, 'Apply');
    await page.clock.runFor(61_000);
    await page.getByText('The reply was lost, and it was not done.').waitFor();
    await expectSound(page);
    await shot(page, 'override-lost');
    await press(page, 'Try again');
    await done(page);
    expect([calls, ledger(world).length]).toEqual([2, before + 1]);
    await page.close();
  }, 60_000);

  it('tells a viewer who can', async () => {
    const page = await openSidebar(browser, filled, { at: 'override?lease=L-1', user: 'vera@example.com' });
    await page.getByText(/This needs the manager of this ledger/).waitFor();
    await expectSound(page);
    await shot(page, 'override-viewer');
    await page.close();
  }, 60_000);
});
