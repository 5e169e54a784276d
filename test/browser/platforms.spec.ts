/** Connecting platforms to the end in a real browser, by keyboard: keys, a sign-in and its refusal, banks, differences, offers. */
import type { Browser, Frame, Page } from 'playwright-core';
import type { PlaidState } from '../../local/vendors/plaid';
import type { StripeState } from '../../local/vendors/stripe/state';
import type { XeroState } from '../../local/vendors/xero';
import {
  askApi,
  ELM,
  importRows,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  rowsOf,
  smallWorld,
  type World,
} from '../worlds';
import { violations } from './axe';
import { launch, ServedBook } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';
import { Visitor } from './visitor';

const region = (page: Page | Frame, name: string) => page.getByRole('region', { name, exact: true });

/** A button by keyboard alone: it is reached, and Enter presses it. */
async function press(page: Page | Frame, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.focus();
  await button.press('Enter');
}

function connectPlaid(world: World): void {
  const { client_id, secrets } = world.vendorState<PlaidState>('plaid');
  const credentials = { PLAID_CLIENT_ID: client_id, PLAID_SECRET: secrets.sandbox ?? '', PLAID_MODE: 'sandbox' };
  askApi(world, 'connectPlatform', [{ request: 'connect-plaid', platform: 'plaid', credentials }]);
}

inBrowser('a sign-in from the sidebar', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await book.fillBy((world) => {
      importRows(world, 'Properties', [ELM]);
      importRows(world, 'Leases', [leaseOf('L-1')]);
      connectPlaid(world);
    });
    await book.start();
    await visitor.arrive();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  async function sidebar(): Promise<{ readonly page: Page; readonly inside: Frame }> {
    const { page } = await visitor.open('tab/Leases');
    page.setDefaultTimeout(10_000);
    await page.getByRole('button', { name: 'Rent Ledger' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Connect platforms' }).press('Enter');
    const frame = page.locator('iframe[title="Rent Ledger sidebar"]');
    await page
      .frameLocator('iframe[title="Rent Ledger sidebar"]')
      .getByRole('heading', { level: 1, name: 'Connections' })
      .waitFor();
    const inside = await (await frame.elementHandle())?.contentFrame();
    if (!inside) throw new Error('the sidebar has no frame');
    return { page, inside };
  }

  /** Opens the vendor's page in its own tab, answers there, and gives what the last page says. */
  async function atVendor(page: Page, inside: Frame, vendor: string, answer: string): Promise<string> {
    const opened = page.context().waitForEvent('page');
    await inside.getByRole('link', { name: `Open ${vendor}` }).press('Enter');
    const tab = await opened;
    expect(await violations(tab)).toEqual([]);
    await tab.getByRole('link', { name: answer, exact: true }).press('Enter');
    await tab.locator('.mark').waitFor();
    const says = (await tab.locator('main').textContent()) ?? '';
    await tab.close();
    return says;
  }

  /** The sheet has the focus again. */
  const comesBack = (inside: Frame) => inside.evaluate("window.dispatchEvent(new Event('focus'))");

  const typedIn = async (inside: Frame, values: Readonly<Record<string, string>>) => {
    for (const [label, value] of Object.entries(values)) {
      await inside.getByLabel(label, { exact: true }).focus();
      await inside.getByLabel(label, { exact: true }).pressSequentially(value);
    }
  };

  it('comes to a refusal, is begun again, and ends connected', async () => {
    const { page, inside } = await sidebar();
    const client = book.world().vendorState<XeroState>('xero').oauth.clients[0];
    await press(inside, 'Connect Xero');
    const form = inside.getByRole('form', { name: 'Connect Xero' });
    await soon(async () => expect(await form.locator('.address').textContent()).toBe(book.world().webAppUrl));
    expect(await inside.evaluate("document.activeElement.closest('.field')?.textContent")).toContain('Client id');
    await typedIn(inside, { 'Client id': client?.id ?? '', 'Client secret': client?.secret ?? '' });
    expect(await inside.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await typedIn(inside, { 'Income account': '200', 'Bank account': '090' });
    await press(inside, 'Continue');
    expect(await atVendor(page, inside, 'Xero', 'Do not allow')).toMatch(/not connected.*Access was not granted/);
    await press(inside, 'I am back');
    await inside.getByText('Xero is not connected yet.').waitFor();
    await press(inside, 'Begin again');
    await soon(async () => expect(await inside.getByLabel('Income account', { exact: true }).inputValue()).toBe('200'));
    await press(inside, 'Continue');
    expect(await atVendor(page, inside, 'Xero', 'Allow')).toMatch(/Xero is connected.*return to the sheet/);
    await comesBack(inside);
    const xero = region(inside, 'Xero');
    await xero.getByText('Connected', { exact: true }).waitFor();
    await xero.getByText('Xero is connected.').waitFor();
    expect([...rowsOf(book.world(), 'Connections')].find((row) => row.Platform === 'xero')?.State).toBe('connected');
    await soon(async () => expect(await xero.textContent()).toMatch(/of 5,000 of its plan/));
    await page.context().close();
  }, 60_000);

  it('links the bank of the owner on its page, and tells it by name', async () => {
    const { page, inside } = await sidebar();
    await press(inside, 'Link a bank at Plaid');
    expect(await atVendor(page, inside, 'Plaid', 'Link the account')).toMatch(/The bank is linked/);
    await comesBack(inside);
    const plaid = region(inside, 'Plaid');
    await plaid.getByText(/First Platypus Bank .* is linked/).waitFor();
    await plaid.getByText('Your account: what comes in is read').waitFor();
    await soon(async () =>
      expect(await plaid.getByRole('button', { name: /^Renew the consent of First Platypus/ }).count()).toBe(1),
    );
    await page.context().close();
  }, 60_000);
});

inBrowser('platforms in the sidebar', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  }, 60_000);

  afterAll(() => browser?.close());

  it('are connected with keys and a choice, and say that no real money moves', async () => {
    const page = await openSidebar(browser, smallWorld({ on: '2026-12-01' }), { at: 'connections' });
    await page.getByLabel('Find a platform').fill('subscription');
    expect(await page.getByRole('region', { name: 'Books' }).count()).toBe(0);
    await press(page, 'Connect PayPal');
    await page.getByLabel('Client ID', { exact: true }).fill('AbLandlordSandboxClient0001');
    await page.getByLabel('Secret', { exact: true }).fill('ELandlordSandboxSecret0001');
    await page.getByText('This is the live account: real money moves there.').waitFor();
    await page.getByLabel('Account', { exact: true }).selectOption('sandbox');
    await expectSound(page);
    await shot(page, 'connect-keys');
    await press(page, 'Connect');
    await region(page, 'PayPal').getByText('Sandbox: no real money').waitFor();
    await region(page, 'PayPal').getByText('PayPal is connected.').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Reconnect');
    await expectSound(page);
    await page.close();
  });

  it('tell how often one failed, and when it is asked again', async () => {
    const world = smallWorld({ on: '2026-12-01' });
    leapTo(world, '2026-12-01T15:00:00Z');
    world.faults.atVendor({ vendor: 'stripe', what: 'server-error', when: 'always' });
    for (const at of ['15:10', '15:20', '15:30', '15:40']) leapTo(world, `2026-12-01T${at}:00Z`);
    const page = await openSidebar(browser, world, { at: 'connections' });
    const stripe = region(page, 'Stripe');
    await stripe.getByText('Failing', { exact: true }).waitFor();
    await soon(async () => expect(await stripe.textContent()).toMatch(/Failed[34] times, asked again about \d\d:\d\d/));
    await expectSound(page);
    await shot(page, 'connections-failing');
    await page.close();
  });

  it('list the differences from the ledger, and Fix puts them right', async () => {
    const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
    leapTo(world, '2026-12-01T15:00:00Z');
    loadStripe(world, [intentOf('pi_told', 'L-2', 100_000, '2026-12-01T15:01:00Z')]);
    for (const at of ['2026-12-01T15:40:00Z', '2026-12-02T06:15:00Z', '2026-12-04T06:15:00Z']) leapTo(world, at);
    // A payment that Stripe kept to itself for days: no event tells of it, and its time has been read already.
    loadStripe(world, [intentOf('pi_quiet', 'L-1', 100_000, '2026-12-01T15:55:00Z')]);
    const { event = {} } = world.vendorState<StripeState>('stripe').objects;
    for (const [id, each] of Object.entries(event)) if (JSON.stringify(each).includes('pi_quiet')) delete event[id];
    leapTo(world, '2026-12-05T06:15:00Z');
    const page = await openSidebar(browser, world, { at: 'connections' });
    const differences = page.getByRole('region', { name: 'Differences from Stripe' });
    await differences.getByText('Payment pi_quiet is missing here').waitFor();
    await expectSound(page);
    await shot(page, 'connections-differences');
    await press(page, 'Fix the differences from Stripe');
    await page.getByText('Stripe and the ledger agree.').waitFor();
    await differences.waitFor({ state: 'detached' });
    await page.close();
  });

  it('make a page for a lease, whose address stays to be sent', async () => {
    const world = smallWorld({
      on: '2026-12-01',
      settings: { 'Pay link returns to': 'https://landlord.example/paid', 'Quiet hours': 'none' },
    });
    connectPlaid(world);
    leapTo(world, '2026-12-02T15:00:00Z');
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1' });
    await page.locator('summary', { hasText: 'Stripe' }).press('Enter');
    await press(page, 'Make a pay page, Stripe');
    const made = page.getByRole('region', { name: 'Page made: Stripe: Make a pay page' });
    await soon(async () =>
      expect(await made.locator('.address').textContent()).toMatch(/^https:\/\/checkout\.stripe\.com\//),
    );
    await expectSound(page);
    await shot(page, 'lease-offers');
    await page.locator('summary', { hasText: 'Plaid' }).press('Enter');
    // In dollars there is nothing to pay by bank in pounds or euros.
    expect(await page.getByRole('button', { name: /^Make a page to pay by bank/ }).count()).toBe(0);
    await press(page, "Link the resident's bank, Plaid");
    const panel = page.getByRole('region', { name: 'Link a bank at Plaid' });
    await soon(async () =>
      expect(await panel.locator('.address').textContent()).toMatch(/^https:\/\/secure\.plaid\.com\//),
    );
    await press(page, 'Look whether it is done');
    await panel.getByText('Nobody has come to the end of the page yet.').waitFor();
    await expectSound(page);
    await shot(page, 'lease-bank');
    await page.close();
  });
});
