/** The messages step of the set-up in a real browser: each message as a mail and as a text, and a test of both. */
import type { Browser, Page } from 'playwright-core';
import { textsOn } from '../../local/vendors/twilio/people';
import type { TwilioState } from '../../local/vendors/twilio/state';
import { connectTwilio } from '../message-worlds';
import { leaseOf, OWNER, smallWorld, typeInto, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

const PHONE = '+14155550177';

inBrowser('the messages of the set-up', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = smallWorld({ on: '2026-11-28', leases: [leaseOf('L-1')], settings: { 'Texts by': 'twilio' } });
    connectTwilio(base);
  }, 60_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const says = (page: Page, name: string, text: string | RegExp) =>
    soon(async () => expect(await part(page, name).textContent()).toMatch(text));
  const opened = () => openSidebar(browser, world, { at: 'setup?step=messages' });
  const arrived = () => textsOn(world.vendorState<TwilioState>('twilio'), PHONE, world.now + 60_000);

  it('are read as a mail and as a text, with its parts, in each language', async () => {
    const page = await opened();
    await page.getByLabel('Message', { exact: true }).selectOption('late');
    await says(page, 'As a mail', /outstanding.*With the data of L-1\./s);
    await says(page, 'As a text message', /Text of 2 parts \(GSM-7\)\. Plain letters: 160 fit into one part\./);
    await expectSound(page);
    await shot(page, 'setup-messages');
    await page.getByLabel('Language').selectOption('es');
    await says(page, 'As a text message', /Text of \d parts/);
    await soon(async () =>
      expect(await part(page, 'As a text message').locator('.letter').getAttribute('lang')).toBe('es'),
    );
    await page.getByLabel('Message', { exact: true }).selectOption('digest');
    await part(page, 'As a text message').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Send a test text to…' }).count()).toBe(0);
    await page.close();
  });

  it('are tried as a mail to oneself', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Send a test to me' }).dblclick();
    await page.locator('.confirmation').getByText(`The test was sent to ${OWNER}.`).waitFor();
    expect(world.mailbox.filter(({ to }) => to === OWNER)).toHaveLength(1);
    await page.close();
  });

  it('are tried as a text to a phone; what is wrong with the number stands under it', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Send a test text to…' }).click();
    const number = page.getByLabel('Phone number');
    await number.fill('415 555 0177');
    await number.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/^The country code is missing/)
      .waitFor();
    await expectSound(page);
    await shot(page, 'setup-test-text');
    await number.fill('+1 415 555 0177');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.locator('.confirmation').getByText(`The test was sent to ${PHONE}.`).waitFor();
    expect(arrived().map(({ body }) => body)).toEqual([expect.stringMatching(/^Test: /)]);
    await page.close();
  });

  it('say where texts are switched on while they are off', async () => {
    typeInto(world, 'Settings', 'Texts by', 'Value', '');
    const page = await opened();
    await page.getByRole('button', { name: 'Send a test text to…' }).click();
    await page.getByLabel('Phone number').fill(PHONE);
    await page.getByRole('button', { name: 'Send it' }).click();
    await page
      .getByRole('alert')
      .getByText(/^Text messages are off: write twilio under "Texts by"/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Send a test text to…' }).waitFor();
    await page.close();
  });
});
