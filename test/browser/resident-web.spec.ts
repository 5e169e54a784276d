/** A resident's page as `npm start` serves it, from the mail to the manager's answer: 360 px, the keyboard alone, no script. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { leapTo, leaseOf, smallWorld, stripeObjects, tabOf, type World } from '../worlds';
import { violations } from './axe';
import { launch, ServedBook } from './server';
import { expectSound, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';
import { inBrowser, Visitor } from './visitor';

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, locale: 'en-US' };
const DESK_WIDTH = 1280;
const TABS_MOST = 200;

/** A late month: rent and its fee are open, and reminders went out. */
function lateHouse(): World {
  const world = smallWorld({
    on: '2026-11-01',
    leases: [leaseOf('L-1', { Residents: 'Ana Reyes', Phone: '+1 512 555 0123' }), leaseOf('L-2')],
    settings: { Reminders: 'on', 'Partial payments': 'yes' },
  });
  leapTo(world, '2026-11-09T15:00:00Z');
  return world;
}

inBrowser("a resident's page")("a resident's page as it is served", () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);
  const abroad: string[] = [];
  let browser: Browser;
  let phone: BrowserContext;
  let page: Page;
  let link = '';

  beforeAll(async () => {
    await visitor.arrive();
    browser = await launch();
    book.fillWith(lateHouse());
    await book.start();
    phone = await browser.newContext(PHONE);
    phone.on('request', (request) => {
      if (!request.url().startsWith(book.url)) abroad.push(request.url());
    });
    page = await phone.newPage();
  }, 180_000);

  afterAll(async () => {
    await visitor.leave();
    await browser?.close();
    await book.stop();
    book.remove();
  });

  /** As a person presses Tab, from the top of the page. */
  async function tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < TABS_MOST; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    }
    throw new Error(`no Tab leads to ${selector} on ${await page.title()}`);
  }

  async function press(selector: string): Promise<void> {
    await tabTo(selector);
    await page.keyboard.press('Enter');
  }

  /** Sends the form whose button or last field has the focus, and reads the sentence that comes back. */
  async function said(name: string): Promise<string> {
    await page.keyboard.press('Enter');
    await page.locator('.said').waitFor();
    await pictures(name);
    return (await page.locator('.said').textContent()) ?? '';
  }

  const account = () => page.goto(link);
  const rows = (tab: string) => tabOf(book.world(), tab).filter((row) => row['Lease ID'] === 'L-1');
  const requests = () => rows('Requests').map((row) => [row.Kind, row.State]);

  /** An amount stands on the first line of what it is for, and never below it. */
  async function figuresBesideTheirLines(): Promise<void> {
    for (const pair of await page.locator('#open .pair, #upcoming .pair, #ledger .pair:visible').all()) {
      const [what, figure] = [
        await pair.locator(':scope > :first-child').boundingBox(),
        await pair.locator('.figure').boundingBox(),
      ];
      expect((figure?.y ?? 0) - (what?.y ?? 0)).toBeLessThan(6);
    }
  }

  /** For whoever looks: the page as a phone and as a desk shows it. */
  async function pictures(name: string): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.viewport.width);
    if (!process.env.SHOTS) return;
    await shot(page, `web-${name}-360`);
    await page.setViewportSize({ width: DESK_WIDTH, height: 800 });
    await shot(page, `web-${name}-1280`);
    await page.setViewportSize(PHONE.viewport);
  }

  it('is led to by the mail in the mailbox, and opens without a script', async () => {
    const { page: desk } = await visitor.open('mail');
    await desk
      .getByRole('link', { name: /l-1@example\.com/ })
      .first()
      .click();
    const led = desk.frameLocator('.mail-frame').locator('a[href*="/exec?page="]').first();
    link = new URL((await led.getAttribute('href')) ?? '', book.url).href;
    await desk.context().close();
    await account();
    expect(await page.locator('h1').textContent()).toContain('Ana Reyes');
    expect(await page.locator('h2.big').textContent()).toBe('You owe $1,050.00');
    expect(await page.locator('#open').textContent()).toMatch(/Rent, November 2026.*Late fee/s);
    expect(await page.locator('#ledger').textContent()).toContain('+$1,000.00');
    await pictures('account');
  });

  it('has no fault of accessibility, on the account or on what it leads to', async () => {
    const context = await browser.newContext({ viewport: PHONE.viewport, bypassCSP: true });
    const reader = await context.newPage();
    const pages = ['', '&show=statement', '&show=year&year=2026', '&lang=de', 'x'].map((more) => `${link}${more}`);
    for (const address of pages) {
      await reader.goto(address);
      expect([address.slice(link.length), await violations(reader)]).toEqual([address.slice(link.length), []]);
    }
    await context.close();
  });

  it('takes a dispute from the keyboard, once however often the form is sent', async () => {
    await account();
    await press('#open li:nth-child(2) summary');
    await tabTo('#dispute-1-text');
    await page.keyboard.type('I paid on the third, my bank shows it.');
    await tabTo('#dispute-1-file');
    await page.keyboard.type('https://files.example.com/bank.pdf');
    expect(await said('disputed')).toMatch(/^Thank you/);
    await page.reload();
    expect(await page.locator('.said').textContent()).toMatch(/^Thank you/);
    await soon(async () => expect(requests()).toEqual([['dispute', 'open']]));
  });

  it('takes a promise, and says its day as the reader writes days', async () => {
    await account();
    await press('#ask details:nth-of-type(1) summary');
    await tabTo('#promise-until');
    await page.keyboard.type('12312026');
    await tabTo('#ask details:nth-of-type(1) button');
    expect(await said('promise-too-late')).toBe('Please choose a day from November 9, 2026 to November 19, 2026.');
    await account();
    await press('#ask details:nth-of-type(1) summary');
    await tabTo('#promise-until');
    await page.keyboard.type('11152026');
    await tabTo('#ask details:nth-of-type(1) button');
    expect(await said('promised')).toContain('We expect your payment by November 15, 2026 and');
  });

  it('takes a wish for a plan, and preferences', async () => {
    await account();
    await press('#ask summary');
    await tabTo('#plan-text');
    await page.keyboard.type('Two parts would help me.');
    await tabTo('#plan-month');
    await page.keyboard.type('500');
    expect(await said('plan-asked')).toMatch(/^Thank you/);
    await account();
    await press('#reach summary');
    await tabTo('#prefer-by');
    await page.keyboard.type('Both');
    await tabTo('#prefer-consent');
    await page.keyboard.press('Space');
    await tabTo('#reach button');
    expect(await said('preferences')).toBe('Saved. It holds from now on.');
    await soon(async () => {
      expect(requests()).toEqual([
        ['dispute', 'open'],
        ['promise', 'open'],
        ['plan', 'open'],
      ]);
      expect(rows('Leases')).toMatchObject([{ 'Notify by': 'both' }]);
    });
    await account();
    await pictures('account-asked');
  });

  it('gives the statement, its file and the year, and speaks another language', async () => {
    await account();
    await press('#documents button');
    await page.waitForURL(/show=statement/);
    await pictures('statement');
    const file = page.waitForEvent('download');
    await press('a[href*="show=csv"]');
    expect((await file).suggestedFilename()).toMatch(/\.csv$/);
    await press('.back a');
    await page.locator('#balance, h2.big').first().waitFor();
    await press('a[href*="show=year"]');
    await page.waitForURL(/show=year/);
    expect(await page.locator('h1').textContent()).toBe('Rent summary 2026');
    expect(await page.locator('#paid-for').count()).toBe(0);
    await pictures('year');
    for (const [language, owed] of [
      ['es', /^Usted debe/],
      ['fr', /^Vous devez/],
      ['de', /^Sie schulden/],
    ] as const) {
      await account();
      await press(`a[hreflang=${language}]`);
      await page.waitForURL(new RegExp(`lang=${language}`));
      expect(await page.locator('h2.big').textContent()).toMatch(owed);
      await figuresBesideTheirLines();
      await pictures(`account-${language}`);
    }
  });

  it('leads to the page of the processor for what is not disputed', async () => {
    await account();
    await tabTo('#pay button.main');
    expect(await said('pay')).toBe('Your page at Stripe is ready. Nothing is paid before you have paid there.');
    const go = page.getByRole('link', { name: 'Go on to Stripe' });
    expect(await go.getAttribute('href')).toMatch(/^https:\/\/checkout\.stripe\.com\//);
    await page.reload();
    expect(await go.count()).toBe(1);
    await soon(async () => expect(stripeObjects(book.world(), 'checkout.session')).toHaveLength(1));
    expect(await page.locator('.chip').textContent()).toContain('One step left');
    await account();
    await pictures('account-pay-begun');
  });

  it('says nothing of an account under an altered link, and takes the wish for a new one', async () => {
    await page.goto(link.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')));
    const text = await page.locator('body').textContent();
    expect(text).toContain('This link cannot be used');
    expect(text).not.toContain('Ana');
    await pictures('neutral');
    await tabTo('#new-address');
    await page.keyboard.type('l-1@example.com');
    expect(await said('new-link')).toContain('a new link is on its way to it');
  });

  it('asked nobody but the server of the book', () => expect(abroad).toEqual([]));

  it('shows the answer of the manager, who finds the dispute under Today', async () => {
    await book.stop();
    const world = book.world();
    const desk = await openSidebar(browser, world, { height: 1200 });
    await desk.getByRole('button', { name: /^Decline: late fee/ }).waitFor();
    await expectSound(desk);
    await shot(desk, 'web-sidebar-today');
    await desk.getByRole('button', { name: /^Decline: late fee/ }).focus();
    await desk.keyboard.press('Enter');
    await desk.getByLabel('Your answer').fill('The bank shows it on the seventh.');
    await desk.getByRole('button', { name: /^Decline the dispute/ }).click();
    await desk.locator('.confirmation').waitFor();
    await desk.close();
    await leaseScreen(world);
    book.fillWith(world);
    await book.start();
    const { pathname, search } = new URL(link);
    await page.goto(new URL(`${pathname}${search}`, book.url).href);
    expect(await page.locator('#requests').textContent()).toMatch(/Late fee.*The bank shows it on the seventh\./s);
    await pictures('account-answered');
  });

  /** The lease's own screen says the same, in words. */
  async function leaseScreen(world: World): Promise<void> {
    const desk = await openSidebar(browser, world, { at: 'lease?lease=L-1', height: 1200 });
    await desk
      .getByText(/^Sent .*opened/i)
      .first()
      .waitFor({ state: 'attached' });
    await desk.locator('.entry').getByText('dispute ends', { exact: true }).waitFor();
    expect(await desk.locator('.entry').getByText('promise begins', { exact: true }).count()).toBe(1);
    await expectSound(desk);
    await shot(desk, 'web-sidebar-lease');
    await desk.close();
  }
});
