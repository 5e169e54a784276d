/** Texts and mail of other carriers on the local page in a real browser: read by anybody, answered as the resident. */
import type { Page } from 'playwright-core';
import { DEAD, STOPPED, toldHouse, WELL } from '../message-worlds';
import { violations } from './axe';
import { ServedBook } from './server';
import { shot } from './sidebar-frame';
import { soon } from './soon';
import { DARK, DESK, inBrowser, PHONE, Visitor } from './visitor';

/** The first answer about the phones comes with a body that ends only when somebody gives up on it. */
const CUT_OFF = `{
  const real = window.fetch;
  let cut = false;
  window.fetch = (path, init) => {
    if (path !== '/api/texts' || cut) return real(path, init);
    cut = true;
    const json = () => new Promise((_, fail) =>
      init.signal.addEventListener('abort', () => fail(new DOMException('cut off', 'AbortError'))));
    return Promise.resolve({ ok: true, status: 200, json });
  };
}`;

const DARK_PHONE = { ...PHONE, colorScheme: 'dark' as const };

inBrowser('the texts of the page')('the messages of the page', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await visitor.arrive();
    book.fillWith(toldHouse());
    await book.start();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  const talk = (page: Page) => page.getByRole('article');
  const says = (page: Page, text: string | RegExp) =>
    soon(async () => expect(await talk(page).textContent()).toMatch(text));

  it.each([
    ['desk', DESK],
    ['dark', DARK],
    ['phone', PHONE],
    ['dark-phone', DARK_PHONE],
  ])(
    'are shown without a fault of accessibility: %s',
    async (name, size) => {
      for (const [view, title] of [
        ['texts', 'Texts'],
        ['mail', 'Mailbox'],
      ] as const) {
        const { page, said } = await visitor.open(view, size);
        await page.getByRole('heading', { name: title, exact: true }).waitFor();
        await talk(page).waitFor();
        await page.getByText(/^Loading/).waitFor({ state: 'detached' });
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
        expect(said).toEqual([]);
        await shot(page, `page-${view}-${name}`);
        await page.context().close();
      }
    },
    60_000,
  );

  it('list the phones with whose they are, and tell what became of each text', async () => {
    const { page } = await visitor.open('texts');
    const phones = page.getByRole('list', { name: /^Phones/ });
    await phones.getByText('Resident L-2, 2').waitFor();
    expect(await phones.getByRole('link').count()).toBe(3);
    await says(page, /Rent Ledger · 2026-12-06 09:17 · delivered · 2 parts/);
    await phones.getByText('Resident L-5, 5').click();
    await soon(async () => expect(page.url()).toContain(encodeURIComponent(DEAD)));
    await says(page, 'undelivered: error 30005');
    await phones.getByText('Resident L-4, 4').click();
    await says(page, /STOP.*You have successfully been unsubscribed/s);
    await page.context().close();
  }, 60_000);

  it('are answered as the resident, and Twilio answers STOP itself', async () => {
    const { page } = await visitor.open(`texts/${encodeURIComponent(WELL)}`);
    await page.getByLabel('Answer as the resident').fill('I pay on Friday');
    await page.getByLabel('Answer as the resident').press('Enter');
    await says(page, 'I pay on Friday');
    await page.getByRole('button', { name: 'STOP' }).click();
    await says(page, 'You have successfully been unsubscribed');
    await soon(async () => expect(await page.getByRole('link', { name: /^Texts/ }).textContent()).toBe('Texts9'));
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByRole('link', { name: /^Sheet/ }).click();
    await page
      .getByRole('tab', { name: 'Contacts' })
      .or(page.getByRole('link', { name: 'Contacts' }))
      .first()
      .click();
    await soon(async () => expect(await page.locator('#grid').textContent()).toMatch(/\+14155550151.*opted out/));
    await page.context().close();
  }, 120_000);

  it('say in words why an answer was refused, and keep what was typed', async () => {
    const { page } = await visitor.open(`texts/${encodeURIComponent(STOPPED)}`);
    await page.route('**/api/text', (route) =>
      route.fulfill({ status: 400, json: { error: 'Next day is still running. Wait for it or stop it.' } }),
    );
    await page.getByLabel('Answer as the resident').fill('Hello');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').getByText('Next day is still running. Wait for it or stop it.').waitFor();
    await soon(async () => expect(await page.getByLabel('Answer as the resident').inputValue()).toBe('Hello'));
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('are read anew when the first answer was cut off half-way, and nothing breaks', async () => {
    const { page, said } = await visitor.open('slack');
    await page.evaluate(CUT_OFF);
    await page.getByRole('link', { name: /^Texts/ }).click();
    await page.getByText('Loading the phones…').waitFor();
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByRole('list', { name: /^Phones/ }).waitFor({ timeout: 60_000 });
    expect(said).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('mark each mail with its carrier and with what became of it', async () => {
    const { page } = await visitor.open('mail');
    await page.getByRole('searchbox').fill('l-3@example.com');
    const [first] = [
      page
        .getByRole('list', { name: /^Messages/ })
        .getByRole('link')
        .first(),
    ];
    await soon(async () => expect(await first.textContent()).toMatch(/SendGrid, bounced: 550 5\.1\.1/));
    await first.click();
    await says(page, /by SendGrid: bounced/);
    await page.frameLocator('iframe.mail-frame').locator('body').getByText('Resident L-3').first().waitFor();
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.getByText('X-Message-Id', { exact: true }).waitFor();
    await page.context().close();
  }, 60_000);
});
