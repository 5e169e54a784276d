/** Requests of residents in a real browser: where they wait on Today, on the card of their lease, and answered by keyboard alone. */
import type { Browser, Page } from 'playwright-core';
import { posted, requestsOf } from '../api/resident/requests-world';
import { leapTo, leaseOf, smallWorld, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

const FEE = 'fee:rent:L-1:2026-11';

inBrowser('requests of residents', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3')],
      settings: { Reminders: 'on', Viewers: 'vera@example.com' },
    });
    leapTo(base, '2026-11-09T15:00:00Z');
    const file = `https://files.example.com/${'receipt-of-november-'.repeat(6)}.pdf`;
    const text = 'I paid this on the third.\nMy bank shows it: <b>see</b> the file.';
    posted(base, 'L-1', 'dispute', { charge: FEE, text, file });
    posted(base, 'L-2', 'planAsk', { text: 'Could I pay November in two parts?', perMonth: '500' });
    posted(base, 'L-3', 'promise', { until: '2026-11-15', text: '' });
  }, 180_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const says = (page: Page, name: string, text: string | RegExp) =>
    soon(async () => expect(await part(page, name).textContent()).toMatch(text));

  it('wait on Today with the words of the resident, as text', async () => {
    const page = await openSidebar(browser, world, { height: 1200 });
    await says(page, 'Needs you', /Dispute of a charge/);
    await says(page, 'Needs you', /My bank shows it: <b>see<\/b> the file\./);
    await says(page, 'Needs you', /Wish for a payment plan.*Could I pay November in two parts\?/s);
    await soon(async () => expect(await page.locator('a[href*="files.example.com"]').count()).toBe(0));
    await expectSound(page);
    await shot(page, 'requests-today');
    await page.close();
  });

  it('are answered by keyboard: declined, with the days of the dispute or without', async () => {
    const page = await openSidebar(browser, world, { height: 1200 });
    const decline = page.getByRole('button', { name: /^Decline: late fee/ });
    await decline.waitFor();
    await decline.focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'Decline the dispute' });
    await form.waitFor();
    await soon(async () => expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA'));
    await page.keyboard.type('The bank shows it on the seventh.');
    await expectSound(page);
    await shot(page, 'requests-decline');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.confirmation').getByText('The dispute of L-1 is refused').waitFor();
    expect(requestsOf(world, 'L-1')).toMatchObject([{ State: 'refused', Answer: 'The bank shows it on the seventh.' }]);
    await soon(async () => expect(await page.getByText('Dispute of a charge').count()).toBe(0));
    await page.close();
  });

  it('are left as they are by Escape', async () => {
    const page = await openSidebar(browser, world, { height: 1200 });
    await page.getByRole('button', { name: /^Agree: late fee/ }).click();
    await page.getByRole('form', { name: 'Agree with the dispute' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Agree: late fee/ }).waitFor();
    expect(requestsOf(world, 'L-1')).toMatchObject([{ State: 'open' }]);
    await page.close();
  });

  it('lead on to the waiver of the line once they are agreed', async () => {
    const page = await openSidebar(browser, world, { height: 1200 });
    await page.getByRole('button', { name: /^Agree: late fee/ }).click();
    await page.getByLabel('Your answer').fill('You are right, we waive it.');
    await page.getByRole('button', { name: 'Agree with the dispute' }).click();
    await page.getByRole('heading', { name: 'Waive a fee or charge' }).waitFor();
    await soon(async () => expect(await page.getByLabel('How much').inputValue()).toBe('50.00'));
    await expectSound(page);
    await shot(page, 'requests-waive');
    await page.close();
  });

  it('stand on the card of their lease with what became of them', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1', height: 1400 });
    await says(page, 'Requests of the resident', /Dispute of a charge.*open.*by l-1@example\.com/s);
    await expectSound(page);
    await shot(page, 'requests-lease');
    await page.close();
    const promised = await openSidebar(browser, world, { at: 'lease?lease=L-3', height: 1400 });
    await says(promised, 'Requests of the resident', /Promise to pay.*By Nov 15, 2026/s);
    await promised.getByRole('button', { name: 'End the promise: L-3' }).click();
    await expectSound(promised);
    await shot(promised, 'requests-promise');
    await promised.close();
  });

  it('are shown to somebody who may only look, without a button', async () => {
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1', user: 'vera@example.com' });
    await says(page, 'Requests of the resident', /Dispute of a charge/);
    await soon(async () => expect(await page.getByRole('button', { name: /^(Agree|Decline)/ }).count()).toBe(0));
    await page.close();
  });
});
