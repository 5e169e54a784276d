/** Messages of a lease in a real browser: how each went and ended, what is known of addresses, documents, and offers that ask for a note. */
import type { Browser, Page } from 'playwright-core';
import type { LeaseView } from '../../src/api/desk/lease';
import { acted, connectDocusign, DEAD, STOPPED, toldHouse, WELL } from '../message-worlds';
import { askApi, leapTo, typeInto, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

inBrowser('the messages of a lease', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = toldHouse();
  }, 120_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  const notices = (lease: string, user?: string) =>
    openSidebar(browser, world, { at: `lease?lease=${lease}&tab=notices`, ...(user ? { user } : {}) });
  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const says = (page: Page, name: string, text: string | RegExp) =>
    soon(async () => expect(await part(page, name).textContent()).toMatch(text));
  const confirmed = (page: Page, text: string) => page.locator('.confirmation').getByText(text).waitFor();
  const marked = (lease: string) => askApi<LeaseView>(world, 'lease', [{ lease }]).contacts.marked;

  it('say that a mail was delivered, by what, to whom and when', async () => {
    const page = await notices('L-1');
    await says(page, 'Sent', /DeliveredDec 6, 2026 0\d:\d\d.*Mail by SendGrid to l-1@example\.com/);
    await says(page, 'Sent', 'Times by the clock of America/New_York.');
    await says(page, 'Next, if nothing is paid', 'late-second, by mail; task: Call the resident');
    await expectSound(page);
    await shot(page, 'messages-delivered');
    await page.close();
  });

  it('say that a text was delivered, and show it with its parts', async () => {
    const page = await notices('L-2');
    await says(page, 'Sent', /Delivered.*Text by Twilio to \+14155550151/);
    await page.getByRole('button', { name: /^Read: Elm House: \$1,050/ }).click();
    await part(page, 'Preview')
      .getByText(/^Text of \d parts? \(GSM-7\)\./)
      .waitFor();
    await expectSound(page);
    await shot(page, 'messages-text');
    await page.close();
  });

  it('let what bounced stand out with the reason, and try the address again', async () => {
    const page = await notices('L-3');
    await says(page, 'Sent', /Bounced.*550 5\.1\.1 The email account/);
    await says(page, 'How residents are told', /l-3@example\.comTakes nothing.*SendGrid, Dec 1, 2026: 5\.1\.1/);
    await expectSound(page);
    await shot(page, 'messages-bounced');
    await page.getByRole('button', { name: 'Try again: l-3@example.com' }).click();
    await confirmed(page, 'l-3@example.com is tried again.');
    await says(page, 'How residents are told', /l-3@example\.comGood/);
    expect(marked('L-3')).toEqual([]);
    await page.close();
  });

  it('show an opt-out as the resident’s own word, with nothing to press', async () => {
    const page = await notices('L-4');
    await says(page, 'How residents are told', new RegExp(`\\${STOPPED}Opted out.*Twilio, Dec 2, 2026`));
    expect(await page.getByRole('button', { name: `Try again: ${STOPPED}` }).count()).toBe(0);
    expect(await page.getByRole('button', { name: `Write to it no more: ${STOPPED}` }).count()).toBe(0);
    await expectSound(page);
    await page.close();
  });

  it('fall back to the other way, and say so', async () => {
    const page = await notices('L-5');
    await says(page, 'How residents are told', 'By text, else by mail');
    await says(page, 'How residents are told', new RegExp(`\\${DEAD}Takes nothing`));
    await says(page, 'Sent', /Mail by SendGrid to l-5@example\.com/);
    await shot(page, 'messages-standby');
    await page.close();
  });

  it('end for an address only after a second question, which says how that is taken back', async () => {
    const page = await notices('L-2');
    await page.getByRole('button', { name: `Write to it no more: ${WELL}` }).click();
    const sure = part(page, `Write no more to ${WELL}`);
    await sure.getByText('Only the resident can take that back, by answering START.').waitFor();
    await expectSound(page);
    await shot(page, 'messages-no-more');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Write to it no more: ${WELL}` }).click();
    await sure.getByRole('button', { name: 'Write to it no more' }).click();
    await confirmed(page, `Nothing is sent to ${WELL} any more.`);
    await says(page, 'How residents are told', /Opted out/);
    expect(marked('L-2')).toMatchObject([{ state: 'opted out' }]);
    await page.close();
  });

  it('say that no consent to texts is recorded, and where to write it', async () => {
    const page = await notices('L-1');
    await says(
      page,
      'How residents are told',
      /Consent to textsNone recorded.*under "SMS consent", row 2 of the Leases tab/,
    );
    await page.close();
  });

  it('show what waits at a platform, and until when', async () => {
    world = toldHouse({ 'Quiet hours': '21:00-08:00', 'Hand over hours': '12' });
    leapTo(world, '2026-12-13T11:15:00Z');
    const page = await notices('L-1');
    await says(page, 'Sent', /Waits at SendGriduntil Dec 13, 2026 08:00/);
    await expectSound(page);
    await shot(page, 'messages-scheduled');
    await page.close();
  });

  it('say that an answer is awaited', async () => {
    acted(world, 'recordOne', { lease: 'L-1', amount: '100.00', method: 'check', reference: '9' });
    acted(world, 'startRun', { job: 'daily' });
    const page = await notices('L-1');
    await says(page, 'Sent', /Sent, no answer yet/);
    await page.close();
  });

  it('are shown to who may only look, without the buttons', async () => {
    const page = await notices('L-3', 'vera@example.com');
    await says(page, 'How residents are told', /Takes nothing/);
    await soon(async () => expect(await page.getByRole('button', { name: /^(Try again|Write to)/ }).count()).toBe(0));
    await page.close();
  });

  it('take the text along that an offer asks for', async () => {
    connectDocusign(world);
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1' });
    await part(page, 'Collect and sign').getByText('DocuSign', { exact: true }).click();
    await page.getByRole('button', { name: 'Send a payment plan for signature, DocuSign' }).click();
    const send = page.getByRole('button', { name: 'Send a payment plan for signature', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await expectSound(page);
    await shot(page, 'messages-note');
    await page.getByLabel('The plan').fill('525.00 on the 10th and on the 20th');
    await send.click();
    await confirmed(page, 'Send a payment plan for signature: done.');
    await part(page, 'Page made: DocuSign: Send a payment plan for signature').getByText('It has gone out.').waitFor();
    expect(JSON.stringify(world.vendorState('docusign'))).toContain('525.00 on the 10th and on the 20th');
    await expectSound(page);
    await page.close();
  });

  it('of a lease that is out for signature say so among its facts', async () => {
    typeInto(world, 'Leases', 'L-1', 'Signed', 'awaiting');
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1&tab=facts' });
    await says(page, 'Dates', 'SignatureAwaited: nothing is charged yet');
    await shot(page, 'messages-signature');
    typeInto(world, 'Leases', 'L-1', 'Signed', '2026-11-20');
    await page.getByRole('button', { name: 'Read it again' }).click();
    await says(page, 'Dates', 'SignatureNov 20, 2026');
    await page.close();
  });
});
