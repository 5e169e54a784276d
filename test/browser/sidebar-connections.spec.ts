/** The cards of platforms that carry messages in a real browser: what is chosen, what is told, acts, and channels of properties. */
import type { Browser, Page } from 'playwright-core';
import { makeSlackChannel } from '../../local/vendors/people';
import { ALERTS_CHANNEL, type SlackState } from '../../local/vendors/slack';
import { NUMBER } from '../../local/vendors/twilio/state';
import type { Connection } from '../../src/api/desk/connections';
import { acted, connectDocusign, connectSheets, connectSlackApp, connectTwilio } from '../message-worlds';
import { askApi, ELM, leaseOf, slackTexts, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence } from './sidebar-frame';
import { soon } from './soon';

const OAK = { ...ELM, Property: 'Oak Court', 'Slack webhook': '' };

inBrowser('a card of a connected platform', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = smallWorld({
      on: '2026-11-30',
      properties: [{ ...ELM, 'Slack webhook': '' }, OAK],
      leases: [leaseOf('L-1')],
      settings: { Viewers: 'vera@example.com' },
    });
    connectSlackApp(base);
    connectTwilio(base);
    connectDocusign(base);
    connectSheets(base);
  }, 60_000);
  beforeEach(() => {
    world = base.clone();
  });
  afterAll(() => browser?.close());

  const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const textOf = async (page: Page, name: string): Promise<string> => (await card(page, name).textContent()) ?? '';
  const cardOf = (id: string) => askApi<readonly Connection[]>(world, 'connections').find((each) => each.id === id);
  const confirmed = (page: Page, text: string | RegExp) => page.locator('.confirmation').getByText(text).waitFor();

  it('stands in its group, and the groups stand in one order', async () => {
    const page = await openSidebar(browser, world, { at: 'connections' });
    await card(page, 'DocuSign').waitFor();
    const groups = await page.locator('main .card-head h2').allTextContents();
    expect(groups.map((each) => each.trim())).toEqual([
      'Pay in',
      'Books',
      'Messages',
      'Documents',
      'CRM',
      'Property systems',
      'Sheets and flows',
    ]);
    await expectSound(page);
    await shot(page, 'connections-all');
    await page.close();
  });

  it('shows what is chosen, and changes it by picking from what the account has', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=twilio' });
    await soon(async () => expect(await textOf(page, 'Twilio')).toContain('Number or messaging serviceMGc0c0c0c0…'));
    await page.getByRole('button', { name: 'Show names of what is chosen at Twilio' }).click();
    await soon(async () => expect(await textOf(page, 'Twilio')).toContain('Number or messaging serviceRent reminders'));
    await page.getByRole('button', { name: 'Change what is chosen at Twilio' }).click();
    await card(page, 'Change Twilio')
      .or(page.getByRole('form', { name: 'Change Twilio' }))
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Choose….*messaging service/ }).click();
    const choices = page.getByRole('region', { name: 'Choose: Number or messaging service' });
    await choices.getByRole('button', { name: /Rent reminders/, pressed: true }).waitFor();
    await expectSound(page);
    await shot(page, 'connections-choose');
    await choices.getByRole('button', { name: /^\+14155550121/ }).click();
    const field = page.getByLabel('Number or messaging service (optional)');
    await soon(async () => expect(await field.inputValue()).toBe('+14155550121'));
    await field.fill(NUMBER);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Twilio: it is changed.').waitFor();
    await soon(async () => expect(await textOf(page, 'Twilio')).toContain(NUMBER));
    expect(cardOf('twilio')?.values).toMatchObject({ TWILIO_SENDER: NUMBER });
    await page.close();
  });

  it('says under the form why the platform does not take a value, and keeps what was typed', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=twilio' });
    await page.getByRole('button', { name: 'Change what is chosen at Twilio' }).click();
    const field = page.getByLabel('Number or messaging service (optional)');
    await field.fill('our number');
    await field.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/neither a phone number/)
      .waitFor();
    await expectSound(page);
    expect(await field.inputValue()).toBe('our number');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Change what is chosen at Twilio' }).waitFor();
    await page.close();
  });

  it('takes several templates of documents, and says their names', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=docusign' });
    await page.getByRole('button', { name: 'Change what is chosen at DocuSign' }).click();
    await page.getByRole('button', { name: 'Choose…: Template of the payment plan' }).click();
    const choices = page.getByRole('region', { name: 'Choose: Template of the payment plan' });
    await choices.getByRole('button', { name: 'Lease for two' }).click();
    await choices.getByRole('button', { name: 'Lease for two', pressed: true }).waitFor();
    await page.getByText('That is Payment plan, Lease for two.').waitFor();
    await choices.getByRole('button', { name: 'Done: Template of the payment plan' }).click();
    await expectSound(page);
    await shot(page, 'connections-several');
    await page.close();
  });

  it('says that its list is on the way, is empty, or was refused', async () => {
    const slow = await openSidebar(browser, world, {
      at: 'connections',
      line: (name, deliver) => (name === 'platformList' ? silence() : deliver()),
    });
    await slow.getByRole('button', { name: 'Choose…: channel of Elm House' }).click();
    await slow.getByRole('region', { name: 'Choose: Channel of Elm House' }).locator('.bone').first().waitFor();
    await slow.close();
    const slack = world.vendorState<SlackState>('slack');
    slack.channels = [];
    const empty = await openSidebar(browser, world, { at: 'connections' });
    await empty.getByRole('button', { name: 'Choose…: channel of Elm House' }).click();
    await empty.getByText('There is nothing to choose from in this account.').waitFor();
    await expectSound(empty);
    await empty.close();
    for (const token of slack.tokens) token.error = 'token_revoked';
    const dead = await openSidebar(browser, world, { at: 'connections' });
    await dead.getByRole('button', { name: 'Choose…: channel of Elm House' }).click();
    await dead.getByRole('alert').getByText('The credentials were refused: token_revoked').waitFor();
    await dead.getByRole('button', { name: 'Ask again' }).waitFor();
    await expectSound(dead);
    await dead.close();
  });

  it('finds a channel among many by typing, gives it to one property, and one to all', async () => {
    const slack = world.vendorState<SlackState>('slack');
    for (let at = 0; at < 60; at++) makeSlackChannel(slack, `project-${at}`);
    const page = await openSidebar(browser, world, { at: 'connections?platform=slack' });
    await page.getByText('No property has a channel yet: the app posts nothing.').waitFor();
    await page.getByRole('button', { name: 'Choose…: channel of Oak Court' }).click();
    await page.getByText('22 more: type to find them.').waitFor();
    await page.getByLabel('Find: Channel of Oak Court').fill('rent');
    await expectSound(page);
    await shot(page, 'connections-channel');
    await page.getByRole('button', { name: '#rent-alerts' }).click();
    await confirmed(page, 'Oak Court: told in #rent-alerts.');
    await soon(async () => expect(await textOf(page, 'Channels of Slack')).toContain('Oak Court#rent-alerts'));
    await page.getByRole('button', { name: 'Choose…: channel of All properties' }).click();
    await page.getByLabel('Find: Channel of All properties').fill('general');
    await page.getByRole('button', { name: /^#general/ }).click();
    await confirmed(page, 'all properties: told in #general.');
    expect(tabOf(world, 'Properties').map((row) => row['Slack channel'])).toEqual(['C0GENERAL0', 'C0GENERAL0']);
    await page.getByRole('button', { name: 'No channel for Elm House' }).click();
    await confirmed(page, "Elm House: no channel of Slack's app.");
    await page.close();
  });

  it('says in plain words what it is told', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=google-sheets' });
    await soon(async () =>
      expect(await textOf(page, 'What Google Sheets is told')).toContain('How each lease stands, of all leases.'),
    );
    expect(await textOf(page, 'What Google Sheets is told')).toContain('Each payment, of all leases.');
    await page.close();
  });

  it('does with one click what needs nothing else, and says what it has made', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=google-sheets' });
    await page.getByRole('button', { name: 'Make tabs and headers, Google Sheets' }).dblclick();
    await confirmed(page, /^Make tabs and headers: done \(/);
    await expectSound(page);
    await shot(page, 'connections-act');
    await page.close();
  });

  it('asks for the one thing that an act needs; a failure stays under its field, and the next try is a new one', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=twilio' });
    await page.getByRole('button', { name: 'Send a test text, Twilio' }).click();
    const field = page.getByLabel('Phone number');
    const send = page.getByRole('button', { name: 'Send a test text', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await field.fill('12');
    await send.click();
    await page.getByRole('alert').waitFor();
    await expectSound(page);
    await shot(page, 'connections-act-refused');
    await field.fill('+1 415 555 0150');
    await send.click();
    await confirmed(page, 'Send a test text: done.');
    await field.waitFor({ state: 'detached' });
    await page.close();
  });

  it('may leave empty what an act can do without', async () => {
    const page = await openSidebar(browser, world, { at: 'connections?platform=slack' });
    await page.getByRole('button', { name: 'Send a test message, Slack' }).click();
    await page.getByRole('button', { name: 'Send a test message', exact: true }).click();
    await confirmed(page, 'Send a test message: done.');
    expect(slackTexts(world)).toHaveLength(1);
    await page.close();
  });

  it('of Slack is connected by a token or a webhook, and says when there is neither', async () => {
    acted(world, 'removePlatform', { platform: 'slack' });
    const page = await openSidebar(browser, world, { at: 'connections?platform=slack' });
    await page.getByRole('button', { name: 'Connect Slack' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('alert').getByText('Slack needs a bot token or an incoming webhook.').waitFor();
    await expectSound(page);
    await shot(page, 'connections-slack');
    await page.getByLabel('Incoming webhook (optional)').fill('https://hooks.slack.com/services/T000/B000/rentledger');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Slack is connected.').waitFor();
    expect(cardOf('slack')?.state).toBe('connected');
    await page.close();
  });

  it('keeps its buttons from who may only look', async () => {
    acted(world, 'propertyChannel', { property: '', channel: ALERTS_CHANNEL });
    const page = await openSidebar(browser, world, { at: 'connections', user: 'vera@example.com' });
    await card(page, 'Slack').getByText('The owner of the schedule holds its key.').waitFor();
    expect(await page.getByRole('button', { name: /Change|Choose|test/ }).count()).toBe(0);
    await page.close();
  });
});
