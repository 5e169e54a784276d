/** The page around the workbook in a real browser, on the demo portfolio: views, clock, yesterday, platforms, messages. */
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { ServedBook } from './server';
import { soon } from './soon';
import { DARK, DESK, inBrowser, PHONE, Visitor } from './visitor';

inBrowser('the page')('the page', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await visitor.arrive();
    await book.fill('2026-10-01');
    await book.start();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  const openTime = (page: Page) => page.locator('#time-button').click();
  const resultOf = (page: Page) => page.getByRole('region', { name: 'Last result' });

  const VIEWS: readonly (readonly [string, string, string])[] = [
    ['the rent roll', 'tab/Rent%20Roll', 'Rent Roll'],
    ['the dashboard', 'tab/Dashboard', 'Dashboard'],
    ['the leases', 'tab/Leases', 'Leases'],
    ['the mailbox', 'mail', 'Mailbox'],
    ['the texts', 'texts', 'Texts'],
    ['Slack', 'slack', 'Slack'],
    ['the executions', 'executions', 'Executions'],
  ];

  it.each(VIEWS)(
    'shows %s without a fault of accessibility, on a desk, on a phone and in the dark',
    async (_what, view, title) => {
      for (const size of [DESK, PHONE, DARK]) {
        const { page, said } = await visitor.open(view, size);
        await page.getByRole('heading', { name: title, exact: true }).waitFor();
        await page.getByText(/^Loading/).waitFor({ state: 'detached' });
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
        expect(said).toEqual([]);
        await page.context().close();
      }
    },
    60_000,
  );

  it('has a time machine without a fault of accessibility, on a desk, on a phone and in the dark', async () => {
    for (const size of [DESK, PHONE, DARK]) {
      const { page } = await visitor.open('tab/Leases', size);
      await openTime(page);
      await page.getByRole('heading', { name: 'Clock' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
  }, 60_000);

  it('has the sidebar and the time machine on a phone as well, one thing at a time', async () => {
    const { page } = await visitor.open('tab/Leases', PHONE);
    expect(await page.locator('#sidebar-panel').count()).toBe(0);
    await page.locator('#sidebar-button').click();
    await page.frameLocator('iframe[title="Rent Ledger sidebar"]').getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('#sidebar-panel').evaluate((panel) => panel.getBoundingClientRect().width)).toBe(360);
    await page.getByRole('button', { name: 'Close the sidebar' }).click();
    await openTime(page);
    await page.getByRole('button', { name: 'Next week' }).waitFor();
    expect(await page.locator('#sidebar-panel').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it('moves the clock by a day, tells what happened, and keeps it through a restart', async () => {
    const { page } = await visitor.open('tab/Ledger');
    await openTime(page);
    await page.locator('#time-button', { hasText: 'Thu, 1 Oct 2026' }).waitFor();
    await page
      .getByRole('complementary', { name: /Time machine/ })
      .getByRole('button', { name: 'Next day' })
      .click();
    await page.locator('#time-button', { hasText: 'Fri, 2 Oct 2026' }).waitFor({ timeout: 60_000 });
    await resultOf(page).getByText('The clock stands at 2026-10-02 23:59 America/New_York.').waitFor();
    await soon(async () => expect(await resultOf(page).getByText('receipts').count()).toBe(1));
    expect(await book.stop()).toBe(0);
    await book.start();
    const again = await visitor.open('tab/Ledger');
    await again.page.locator('#time-button', { hasText: 'Fri, 2 Oct 2026' }).waitFor();
    await page.context().close();
    await again.page.context().close();
  }, 120_000);

  it('takes the whole world back to yesterday once the person has confirmed, and not before', async () => {
    const { page } = await visitor.open('tab/Leases');
    await openTime(page);
    const mails = await page.getByRole('link', { name: /^Mailbox/ }).textContent();
    await page.getByText('Returns to Thu, 1 Oct 2026, 23:59.').waitFor();
    await page.getByRole('button', { name: 'Back to yesterday' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await soon(async () => expect(await page.locator('#time-button').textContent()).toContain('Fri, 2 Oct 2026'));
    await page.getByRole('button', { name: 'Back to yesterday' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
    await page.locator('#time-button', { hasText: 'Thu, 1 Oct 2026' }).waitFor();
    await resultOf(page)
      .getByText(/Everything is as it was/)
      .waitFor();
    await soon(async () => expect(await page.getByRole('link', { name: /^Mailbox/ }).textContent()).not.toBe(mails));
    await page.getByText('No earlier day is kept yet.').waitFor();
    await page.context().close();
  }, 60_000);

  it('shows how far a long run is, refuses other work in words meanwhile, and stops after a day', async () => {
    const { page } = await visitor.open('tab/Leases');
    await openTime(page);
    await page.getByRole('button', { name: 'Next week' }).click();
    await page
      .getByRole('status')
      .getByText(/day [1-6] of 7/)
      .waitFor({ timeout: 60_000 });
    await page.locator('#grid').focus();
    await page.keyboard.press('Delete');
    await page.getByText(/is still running\. Wait for it or stop it\./).waitFor();
    await page.getByRole('button', { name: 'Stop after this day' }).click();
    await page.getByText('Stopped before the last day; what was done is saved.').waitFor({ timeout: 60_000 });
    await soon(async () => expect(await page.getByRole('button', { name: 'Next week' }).isEnabled()).toBe(true));
    await page.context().close();
  }, 120_000);

  it('runs a job and says in words what came of it', async () => {
    const { page } = await visitor.open('tab/Rent%20Roll');
    await openTime(page);
    await page.getByRole('button', { name: 'Poll' }).click();
    await resultOf(page).getByText('service calls').waitFor();
    await soon(async () => expect(await resultOf(page).getByText(/poll/i).count()).toBeGreaterThan(0));
    await page.context().close();
  }, 60_000);

  it('makes a platform fail, and works again when switched off', async () => {
    const { page } = await visitor.open('tab/Connections');
    await openTime(page);
    const stripe = page.getByRole('combobox', { name: /Stripe/ });
    await stripe.selectOption('401');
    await page.getByText('Stripe refuses the credentials (401), until switched off.').waitFor();
    await page.getByRole('button', { name: 'Poll' }).click();
    await page
      .getByText(/\d+ problems?$/)
      .first()
      .waitFor();
    await stripe.selectOption('off');
    await page.getByText('Stripe refuses the credentials (401), until switched off.').waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it('shows a message in a frame in which nothing can run, its plain text, and its headers', async () => {
    const { page } = await visitor.open('mail');
    const frame = page.locator('iframe.mail-frame');
    await frame.waitFor();
    await soon(async () => expect(await frame.getAttribute('sandbox')).not.toMatch(/script|form|same-origin/));
    const body = page.frameLocator('iframe.mail-frame').locator('body');
    await body.waitFor();
    expect((await body.textContent())?.length).toBeGreaterThan(40);
    await page.getByRole('button', { name: 'Plain text' }).click();
    expect((await page.locator('pre.plain').textContent())?.length).toBeGreaterThan(40);
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.getByText('Message-ID', { exact: true }).waitFor();
    await page.context().close();
  }, 60_000);

  it('is not to be driven from another page', async () => {
    const post = (path: string, headers: Record<string, string>) =>
      fetch(`${book.url}api/${path}`, { method: 'POST', body: '{"job":"poll","function":"api"}', headers }).then(
        (reply) => reply.status,
      );
    const own = new URL(book.url).origin;
    for (const path of [
      'run',
      'enter',
      'select',
      'menu',
      'script',
      'open',
      'back',
      'advance',
      'switch',
      'stop',
      'text',
    ]) {
      expect(await post(path, {})).toBe(403);
      expect(await post(path, { origin: 'https://elsewhere.example' })).toBe(403);
      expect(await post(path, { origin: 'null', 'x-page-token': 'guessed' })).toBe(403);
      expect(await post(path, { origin: own })).toBe(403);
      expect(await post(path, { origin: own, 'x-page-token': 'guessed' })).toBe(403);
    }
    const token = /name="page-token" content="([^"]+)"/.exec(await (await fetch(book.url)).text())?.[1] ?? '';
    expect(await post('run', { origin: own, 'x-page-token': token })).toBe(200);
  });
});
