/** A CRM in a real browser: connected by a token, its fields beside ours, what was typed over there, and what it offers. */
import type { Browser, Page } from 'playwright-core';
import { CLIENT_ID, SANDBOX_TOKEN } from '../../local/vendors/hubspot/state';
import { mornings } from '../jobs/carriers-world';
import { contactOf, crmHouse, differences, hubspotState, later, offers, types } from '../jobs/crm-world';
import { askApi, leaseOf, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot } from './sidebar-frame';
import { soon } from './soon';

const card = (page: Page) => page.getByRole('region', { name: 'HubSpot', exact: true });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.textContent + document.activeElement.ariaLabel');
/** Goes on with the keyboard alone until something that bears the name has the focus, and presses it. */
async function keyTo(page: Page, name: string, most = 60): Promise<void> {
  for (let at = 0; at < most; at++) {
    if ((await focused(page)).includes(name)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not come to ${name}`);
}

inBrowser('a CRM that is not connected', () => {
  let browser: Browser;
  let world: World;
  beforeAll(async () => {
    browser = await launch();
    world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')] });
  }, 60_000);
  afterAll(() => browser?.close());

  it('is connected by a token of the owner’s, without leaving the sheet', async () => {
    const own = world.clone();
    const page = await openSidebar(browser, own, { at: 'connections?platform=hubspot' });
    await press(page, 'Connect HubSpot');
    const form = page.getByRole('form', { name: 'Connect HubSpot' });
    await form.getByText('Step 1 of 2').waitFor();
    await expectSound(page);
    await shot(page, 'crm-1-sign-in', card(page));
    await page.getByLabel('Private app token').fill(SANDBOX_TOKEN);
    await form.getByText('Your token at HubSpot').waitFor();
    expect(await form.getByText('redirect address').count()).toBe(0);
    await expectSound(page);
    await shot(page, 'crm-2-token', card(page));
    await page.getByRole('button', { name: 'Connect', exact: true }).press('Enter');
    await page.getByText('HubSpot is connected.').waitFor();
    await card(page).getByText('Connected', { exact: true }).waitFor();
    await soon(async () => expect(await card(page).textContent()).toContain('properties are still to be made'));
    expect(await page.content()).not.toContain(SANDBOX_TOKEN);
    await page.close();
  }, 60_000);

  it('says why a token is not taken, and keeps the form', async () => {
    const page = await openSidebar(browser, world.clone(), { at: 'connections?platform=hubspot' });
    await press(page, 'Connect HubSpot');
    await page.getByLabel('Private app token').fill('pat-na1-mistyped');
    await page.getByLabel('Private app token').press('Enter');
    await page
      .getByRole('alert')
      .getByText(/refused/)
      .waitFor();
    await expectSound(page);
    await shot(page, 'crm-3-refused', card(page));
    await page.close();
  }, 60_000);

  it('goes to its page where there is no token', async () => {
    const page = await openSidebar(browser, world.clone(), { at: 'connections?platform=hubspot' });
    await press(page, 'Connect HubSpot');
    await page.getByLabel('Client ID').fill(CLIENT_ID);
    await page.getByLabel('Client secret').fill('hs-secret-rentledger');
    await press(page, 'Continue');
    const link = page.getByRole('link', { name: 'Open HubSpot' });
    expect(await link.getAttribute('href')).toContain('https://app.hubspot.com/oauth/authorize');
    await expectSound(page);
    await page.close();
  }, 60_000);
});

inBrowser('a CRM that keeps a picture of the ledger', () => {
  let browser: Browser;
  let base: World;
  let world: World;
  beforeAll(async () => {
    browser = await launch();
    base = crmHouse();
    mornings(base, '2026-12-02', '2026-12-07');
    const { properties } = hubspotState(base);
    const like = properties.contacts.find(({ name }) => name === 'rent_balance');
    if (like) properties.contacts.push({ ...like, name: 'owed_now', label: 'Owed now' });
  }, 120_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  it('shows its real fields beside ours, tried on one real row', async () => {
    types(world, 'L-1', { rent_status: 'paid' });
    const page = await openSidebar(browser, world, { at: 'connections?platform=hubspot' });
    await press(page, 'Fields of HubSpot…');
    const fields = page.getByRole('region', { name: 'Fields of HubSpot' });
    await fields.getByRole('heading', { name: 'Contact properties' }).waitFor();
    const row = fields.getByRole('row', { name: /^Rent: standing/ });
    await soon(async () => expect(await row.getByRole('cell').allTextContents()).toEqual(['paid', 'late']));
    await expectSound(page);
    await shot(page, 'crm-4-fields', card(page));
    await page.getByLabel('Another lease').fill('L-2');
    await press(page, 'Try it');
    await fields.getByText('Lease L-2: Elm House 2, Resident L-2').waitFor();
    await soon(async () => expect(await row.getByRole('cell').allTextContents()).toEqual(['late', 'late']));
    await page.getByLabel('Another lease').fill('X-9');
    await press(page, 'Try it');
    await page.getByRole('alert').getByText('There is no lease "X-9".').waitFor();
    await expectSound(page);
    await press(page, 'Try another lease');
    await row.waitFor();
    await page.close();
  }, 60_000);

  it('takes another field for a value, by the keyboard alone, and gives the focus back', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=hubspot' });
    await card(page).waitFor();
    await page.getByRole('button', { name: 'Fields of HubSpot…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Contact properties' }).waitFor();
    await keyTo(page, 'Choose…: Balance');
    const choices = page.getByRole('region', { name: 'Choose: Balance' });
    await choices.getByRole('button', { name: /Owed now/ }).waitFor();
    await shot(page, 'crm-5-choose', card(page));
    await expectSound(page);
    await keyTo(page, 'Owed now');
    await soon(async () =>
      expect(await page.locator('.map-line').allTextContents()).toContainEqual(
        expect.stringMatching(/^Balance.*Owed now/),
      ),
    );
    await expectSound(page);
    await page.keyboard.press('Escape');
    await soon(async () => expect(await focused(page)).toContain('Fields…'));
    await page.close();
    later(world, 12);
    expect(contactOf(world, 'L-1').properties.owed_now).toBe('1050');
  }, 60_000);

  it('says under the line why a field cannot be taken', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=hubspot' });
    await press(page, 'Fields of HubSpot…');
    await press(page, 'Choose…: Balance');
    await page
      .getByRole('region', { name: 'Choose: Balance' })
      .getByRole('button', { name: /unpaid/ })
      .click();
    await page
      .getByRole('alert')
      .getByText(/cannot both go to the property/)
      .waitFor();
    await expectSound(page);
    await shot(page, 'crm-6-refused-field', card(page));
    await page.close();
  }, 60_000);

  it('lists what was typed over there, and Fix puts it right', async () => {
    types(world, 'L-1', { rent_status: 'paid', rent_balance: '0' });
    later(world, 12);
    const page = await openSidebar(browser, world, { at: 'connections?platform=hubspot' });
    await card(page).getByText('L-1 has another rent_status, rent_balance there').waitFor();
    await expectSound(page);
    await shot(page, 'crm-7-differences', card(page));
    await press(page, /^Fix/);
    await soon(async () => expect(differences(world)).toEqual([]));
    await soon(async () => expect(await card(page).textContent()).not.toContain('has another'));
    expect(contactOf(world, 'L-1').properties.rent_status).toBe('late');
    await page.close();
  }, 60_000);

  it('offers a corrected phone under Today, and a person approves it', async () => {
    types(world, 'L-1', { phone: '+1 512 555 0144' });
    later(world, 12);
    const page = await openSidebar(browser, world, { at: 'today' });
    await page.getByText('Phone of L-1 is +15125550144 in HubSpot').first().waitFor();
    await expectSound(page);
    await shot(page, 'crm-8-today');
    await press(page, /^Decide/);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await expectSound(page);
    await shot(page, 'crm-9-offer');
    await press(page, 'Approve');
    await soon(async () => expect(offers(world)[0]?.state).toBe('sent'));
    const { Phone } = tabOf(world, 'Leases').find((row) => row['Lease ID'] === 'L-1') ?? {};
    expect(Phone).toBe('+15125550144');
    await page.close();
  }, 60_000);
});

inBrowser('changing a mail or phone', () => {
  let browser: Browser;
  let world: World;
  beforeAll(async () => {
    browser = await launch();
    world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')] });
  }, 60_000);
  afterAll(() => browser?.close());

  it('shows the cell before and after, says what cannot be used, and is undone', async () => {
    const own = world.clone();
    const email = () => tabOf(own, 'Leases')[0]?.Email;
    const page = await openSidebar(browser, own, { at: 'override?lease=L-1&kind=contact' });
    await page.getByRole('heading', { name: 'Change mail or phone' }).first().waitFor();
    await shot(page, 'crm-10-contact');
    await expectSound(page);
    const to = page.getByRole('textbox').first();
    await to.fill('new at example');
    await page.getByText(/is not one e-mail address/).waitFor();
    await expectSound(page);
    await to.fill('new@example.com');
    await page
      .getByRole('region', { name: 'What will change' })
      .getByText('new@example.com', { exact: true })
      .waitFor();
    await page.getByLabel('Reason', { exact: true }).fill('she wrote to us');
    await expectSound(page);
    await shot(page, 'crm-11-contact-before');
    await page.locator('main .button.primary').click();
    await soon(async () => expect(email()).toBe('new@example.com'));
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    await shot(page, 'crm-12-contact-done');
    await expectSound(page);
    expect(askApi<{ ok: boolean }>(own, 'verify').ok).toBe(true);
    await page.close();
  }, 60_000);
});
