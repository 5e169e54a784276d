/** Setup in a real browser: from a bare spreadsheet to a ledger that runs, as a person does it. */
import type { Browser, Page } from 'playwright-core';
import { getPage, housed, tokenFor } from '../resident-worlds';
import { bare, leaseOf, rowsOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

const ROLL = [
  ['My rents 2026'],
  ['Building', 'Apt', 'Tenant name', 'E-mail', 'Rent/month', 'Lease start', 'Phone'],
  ['Elm House', '1', 'Ann Lee', 'ann@example.com', '$1,200.00', '10/1/2026', '555'],
  ['Elm House', '2', 'Bob Ray', 'bob@example.com', 'much', '10/1/2026', '555'],
];

function withTab(world: World, title: string, rows: readonly (readonly string[])[]): World {
  const requests = [{ addSheet: { properties: { title } } }];
  world.workbook.api('spreadsheets.batchUpdate', { spreadsheetId: world.workbook.id }, { requests });
  world.paste(title, 'A1', rows);
  return world;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const rows = (world: World, tab: string) => [...rowsOf(world, tab)];
const title = (page: Page, text: string) => page.getByRole('heading', { level: 2, name: text, exact: true }).waitFor();

inBrowser('the setup wizard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  it('leads from a sheet with a rent roll of its own to a ledger that runs', async () => {
    const world = withTab(bare('2026-11-01'), 'My rents', ROLL);
    const page = await openSidebar(browser, world, { at: 'setup' });
    await title(page, 'Choose where to begin');
    await expectSound(page);
    await shot(page, 'setup-1-choose');
    await press(page, 'Use this sheet');

    await title(page, 'Bring in the leases');
    await page.getByText('It is only read.').waitFor();
    await expectSound(page);
    await shot(page, 'setup-2-leases');
    await press(page, 'Use it: My rents');
    await page.getByText('1 of 2 rows can be taken.').waitFor();
    await soon(async () => expect(await page.getByLabel('Column for Residents').inputValue()).toBe('Tenant name'));
    await soon(async () => expect(await page.getByText(/Rent "much" is not an amount/).count()).toBe(1));
    await expectSound(page);
    await shot(page, 'setup-2-mapping');
    await page.getByLabel('Column for Email').selectOption('');
    await page.getByText('1 of 2 rows can be taken.').waitFor();
    await page.getByText(/^More columns \(/).click();
    await page.getByLabel('Column for Email').selectOption('E-mail');
    await press(page, 'Take 1 row');
    await page
      .getByText(/^1 row added/)
      .first()
      .waitFor();
    expect(rows(world, 'Leases').map((row) => row.Email)).toEqual(['ann@example.com']);
    await press(page, 'Go on');

    await title(page, 'Check the facts');
    await expectSound(page);
    await shot(page, 'setup-3-facts');
    await page.getByLabel('Address').fill('1 Elm Street');
    await page.getByLabel('Jurisdiction').selectOption('US-TX');
    await page.getByLabel('Late fee', { exact: true }).fill('fifty');
    await page.getByLabel('Manager e-mail').fill('ann.owner@example.com');
    await press(page, 'Save Elm House');
    await page.getByText(/fifty/).first().waitFor();
    await expectSound(page);
    await shot(page, 'setup-3-wrong');
    expect(rows(world, 'Properties')[0]?.Address ?? '').toBe('');
    await page.getByLabel('Late fee', { exact: true }).fill('50.00');
    await page.getByLabel('I have checked these fee terms').check();
    await press(page, 'Save Elm House');
    await page.getByText('Confirmed:').waitFor();
    await expectSound(page);
    await shot(page, 'setup-3-confirmed');
    expect(rows(world, 'Properties')[0]).toMatchObject({ Address: '1 Elm Street', Jurisdiction: 'US-TX' });
    await press(page, 'Go on');

    await title(page, 'Connect a source of money');
    await page
      .getByRole('button', { name: /^Connect / })
      .first()
      .waitFor();
    await expectSound(page);
    await shot(page, 'setup-4-connect');
    await press(page, /^Go on/);

    await title(page, 'Read the messages');
    await page.getByText(/With the data of/).waitFor();
    await expectSound(page);
    await shot(page, 'setup-5-messages');
    await press(page, 'Send a test to me');
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await press(page, 'Go on');

    await title(page, 'Try it without sending');
    const mails = world.mailbox.length;
    await press(page, 'Run it dry');
    await page.getByRole('region', { name: 'What would happen' }).waitFor();
    await expectSound(page);
    await shot(page, 'setup-6-dry-run');
    expect(world.mailbox.length).toBe(mails);
    await press(page, 'Go on');

    await title(page, 'Turn it on');
    await expectSound(page);
    await shot(page, 'setup-7-done');
    if ((await page.getByRole('button', { name: 'Turn on: Clock' }).count()) > 0) await press(page, 'Turn on: Clock');
    await press(page, 'Turn on: Reminders');
    await page.getByRole('button', { name: 'Turn off: Reminders' }).waitFor();
    await page.getByText('All of it is set up, and it runs by itself.').waitFor();
    await expectSound(page);
    await shot(page, 'setup-8-on');
    expect(rows(world, 'Settings').find((row) => row.Setting === 'Reminders')?.Value).toBe('on');
    await page.close();
  }, 120_000);

  it('goes on where somebody left off, and asks nothing that the sheet knows', async () => {
    const world = withTab(bare('2026-11-01'), 'My rents', ROLL);
    const first = await openSidebar(browser, world, { at: 'setup' });
    await press(first, 'Use this sheet');
    await title(first, 'Bring in the leases');
    await press(first, 'Use it: My rents');
    await press(first, 'Take 1 row');
    await first
      .getByText(/^1 row added/)
      .first()
      .waitFor();
    await first.close();
    const again = await openSidebar(browser, world, { at: 'setup' });
    await title(again, 'Check the facts');
    await soon(async () => expect(await again.getByLabel('Currency').first().inputValue()).toBe('USD'));
    await soon(async () => expect(await again.getByLabel('Time zone').first().inputValue()).toBe('America/New_York'));
    await again.close();
  }, 60_000);

  it('puts the demo in and takes it out again', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1')] });
    const page = await openSidebar(browser, world, { at: 'setup?step=choose' });
    await press(page, 'Put the demo in');
    await page.getByRole('button', { name: 'Take the demo out' }).waitFor();
    expect(rows(world, 'Leases').length).toBeGreaterThan(1);
    await expectSound(page);
    await press(page, 'Take the demo out');
    await page.getByRole('button', { name: 'Put the demo in' }).waitFor();
    expect(rows(world, 'Leases').map((row) => row['Lease ID'])).toEqual(['L-1']);
    await page.close();
  }, 60_000);

  it('hands the ledger over: offered, taken by the new owner, left by the former one', async () => {
    const world = smallWorld({ on: '2026-11-01', settings: { Managers: 'ben@example.com' } });
    const owner = await openSidebar(browser, world, { at: 'setup?step=done' });
    await owner.getByLabel('E-mail of the new owner').fill('ben@example.com');
    await press(owner, 'Offer it');
    await owner.getByText('Offered to ben@example.com.').waitFor();
    await expectSound(owner);
    await shot(owner, 'setup-hand-over-offered');
    const ben = await openSidebar(browser, world, { at: 'setup?step=done', user: 'ben@example.com' });
    await press(ben, 'Take it over');
    await ben.getByText('ben@example.com has taken it over.').waitFor();
    await expectSound(ben);
    await shot(ben, 'setup-hand-over-taken');
    await press(owner, 'Read it again');
    await press(owner, 'Remove my clock and keys');
    await owner.getByText('Hand over to another owner').waitFor({ state: 'detached' });
    expect(world.properties.document?.owner).toBe('ben@example.com');
    await owner.close();
    await ben.close();
  }, 60_000);

  it('closes every link to residents after a second question, by keyboard', async () => {
    const world = housed();
    const sent = tokenFor(world, 'l-1@example.com');
    const opens = () => getPage(world.clone(), sent).body.includes('Hello Resident L-1');
    expect(opens()).toBe(true);
    const page = await openSidebar(browser, world, { at: 'setup?step=done', height: 900 });
    await page.getByRole('button', { name: 'Close every link' }).press('Enter');
    await page.getByText('No link in a mail that was sent opens a page any more.').waitFor();
    await expectSound(page);
    await shot(page, 'setup-close-links');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Close every link' }).press('Enter');
    await page.getByRole('button', { name: 'Close all of them' }).press('Enter');
    await page.getByText('that was sent before is worthless now').waitFor();
    expect(opens()).toBe(false);
    await expectSound(page);
    await page.close();
  });

  it('does not say that it was done while nobody knows, and does it once', async () => {
    const world = smallWorld({ on: '2026-11-01', leases: [] });
    let lost = 0;
    const line = (name: string, deliver: () => string) => {
      if (name !== 'demoPortfolio') return deliver();
      lost++;
      deliver();
      return silence();
    };
    const page = await openSidebar(browser, world, { at: 'setup?step=choose', line, clock: true });
    await press(page, 'Put the demo in');
    await page.getByText('Working…').waitFor();
    await soon(async () =>
      expect(await page.getByRole('button', { name: 'Working…' }).getAttribute('aria-disabled')).toBe('true'),
    );
    await page.getByRole('button', { name: 'Working…' }).click({ force: true });
    await page.clock.runFor(61_000);
    await page.getByRole('button', { name: 'Take the demo out' }).waitFor();
    expect(lost).toBe(1);
    await page.close();
  }, 60_000);

  it('lets a viewer look and change nothing', async () => {
    const world = smallWorld({ on: '2026-11-01', settings: { Viewers: 'vera@example.com' } });
    const page = await openSidebar(browser, world, { at: 'setup?step=facts', user: 'vera@example.com' });
    await page.getByText('The owner can change these.').first().waitFor();
    await expectSound(page);
    await page.close();
  }, 60_000);
});
