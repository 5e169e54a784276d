/** What the owner does on a platform's card: chooses from lists, changes what is no secret, asks for an act, gives properties a channel. */
import { API_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { googleSheetsPeople, makeSlackChannel } from '../../local/vendors/people';
import { sendgridInbox, type sendgridMailbox } from '../../local/vendors/sendgrid/people';
import { ALERTS_CHANNEL, type SlackState } from '../../local/vendors/slack';
import { textsOn } from '../../local/vendors/twilio/people';
import { NUMBER, POOL, SERVICE, type TwilioState } from '../../local/vendors/twilio/state';
import type { Connection } from '../../src/api/desk/connections';
import type { Choice } from '../../src/connectors/connector';
import { acted, connectDocusign, connectSendgrid, connectSlackApp, connectTwilio, fresh } from '../message-worlds';
import { answerAs, askApi, bookOf, ELM, leaseOf, OWNER, slackTexts, smallWorld, tabOf, type World } from '../worlds';

const OAK = { ...ELM, Property: 'Oak Court', 'Slack webhook': '' };
const MAILGUN = {
  MAILGUN_API_KEY: API_KEY,
  MAILGUN_DOMAIN: US_DOMAIN,
  MAILGUN_REGION: 'US',
  MAILGUN_FROM: 'rent@maple.example',
};
const PHONE = '+14155550150';

const base = smallWorld({
  on: '2026-11-30',
  properties: [ELM, OAK],
  leases: [leaseOf('L-1')],
  settings: { 'Quiet hours': 'none', Managers: 'meg@example.com' },
});
connectSlackApp(base);
connectTwilio(base);
connectSendgrid(base);
connectDocusign(base);

const fork = (): World => base.clone();
const cardOf = (world: World, id: string): Connection => {
  const card = askApi<readonly Connection[]>(world, 'connections').find((each) => each.id === id);
  if (!card) throw new Error(`there is no ${id}`);
  return card;
};
const listOf = (world: World, platform: string, list: string) =>
  askApi<{ choices?: readonly Choice[]; refused?: string }>(world, 'platformList', [{ platform, list }]);
const slackOf = (world: World) => world.vendorState<SlackState>('slack');
const lastLog = (world: World): string => bookOf(world).log.at(-1)?.what ?? '';

describe('a list to choose from', () => {
  it('has what the account has, with names for people and what is to be known of each', () => {
    const world = fork();
    makeSlackChannel(slackOf(world), 'elm-house', { isPrivate: true, hasBot: true });
    expect(listOf(world, 'slack', 'channels').choices).toEqual([
      { id: expect.stringMatching(/^C0MADE/), name: '#elm-house', note: 'private' },
      { id: 'C0GENERAL0', name: '#general', note: 'the app joins it with its first message' },
      { id: ALERTS_CHANNEL, name: '#rent-alerts' },
    ]);
    expect(listOf(world, 'twilio', 'senders').choices?.map(({ id }) => id)).toEqual([SERVICE, ...POOL]);
    expect(listOf(world, 'docusign', 'templates').choices?.map(({ name }) => name)).toContain('Lease for one');
  });

  it('is refused in words where the platform, the list or the connection is not there', () => {
    const world = fork();
    expect(listOf(world, 'nobody', 'channels').refused).toBe('There is no platform "nobody".');
    expect(listOf(world, 'slack', 'people').refused).toBe('Slack has no list called "people".');
    expect(listOf(world, 'mailgun', 'domains').refused).toBe('Mailgun is not connected.');
    for (const token of slackOf(world).tokens) token.error = 'token_revoked';
    expect(listOf(world, 'slack', 'channels').refused).toBe('The credentials were refused: token_revoked');
  });

  it('is the owner’s alone', () => {
    const args = { platform: 'slack', list: 'channels' };
    expect(answerAs(fork(), 'meg@example.com', 'platformList', args).ok).toBe(false);
  });
});

describe('what is no secret of a connection', () => {
  it('is told with its card, and nothing that is secret is', () => {
    const world = fork();
    expect(cardOf(world, 'slack').values).toEqual({ SLACK_CHANNEL: ALERTS_CHANNEL });
    expect(Object.keys(cardOf(world, 'twilio').values ?? {})).not.toContain('TWILIO_SECRET');
    expect(cardOf(world, 'mailgun').values).toBeUndefined();
    const others = answerAs(world, 'meg@example.com', 'connections', {}).value as readonly Connection[];
    expect(others.filter(({ values }) => values !== undefined)).toEqual([]);
  });

  it('is changed after it was tried, and the key stays', () => {
    const world = fork();
    const change = { platform: 'twilio', values: { TWILIO_SENDER: NUMBER } };
    expect(acted(world, 'platformFields', change)).toMatchObject({ id: 'twilio', state: 'connected' });
    expect(cardOf(world, 'twilio').values).toMatchObject({ TWILIO_SENDER: NUMBER });
    expect(lastLog(world)).toBe(`Twilio: Number or messaging service is ${NUMBER}`);
    expect(askApi(world, 'testPlatform', [{ platform: 'twilio' }])).toMatchObject({ state: 'connected' });
  });

  it('brings what hangs on it along: the account’s name and whether anything leaves', () => {
    const world = fork();
    const credentials = { ...MAILGUN, MAILGUN_TEST_MODE: 'no' };
    acted(world, 'connectPlatform', { platform: 'mailgun', credentials });
    expect(cardOf(world, 'mailgun').mode).toBe('live');
    acted(world, 'platformFields', { platform: 'mailgun', values: { MAILGUN_TEST_MODE: 'yes' } });
    expect(cardOf(world, 'mailgun').mode).toBe('sandbox');
    acted(world, 'platformFields', { platform: 'twilio', values: { TWILIO_SENDER: NUMBER } });
    expect(cardOf(world, 'twilio').account).toContain(NUMBER);
  });

  it('lets a pause be', () => {
    const world = fork();
    acted(world, 'pausePlatform', { platform: 'twilio', paused: true });
    acted(world, 'platformFields', { platform: 'twilio', values: { TWILIO_SENDER: NUMBER } });
    expect(cardOf(world, 'twilio').state).toBe('paused');
  });

  it('stays as it was when the platform does not take the new value', () => {
    const world = fork();
    const wrong = acted(world, 'platformFields', { platform: 'twilio', values: { TWILIO_SENDER: 'Rent' } });
    expect(wrong.refused).toMatch(/^"Rent" is neither a phone number/);
    expect(cardOf(world, 'twilio').values).toMatchObject({ TWILIO_SENDER: SERVICE });
  });

  it('may be emptied where it is optional, and nowhere else', () => {
    const world = fork();
    acted(world, 'platformFields', { platform: 'slack', values: { SLACK_CHANNEL: '' } });
    expect(cardOf(world, 'slack').values).toEqual({ SLACK_CHANNEL: '' });
    const emptied = acted(world, 'platformFields', { platform: 'sendgrid', values: { SENDGRID_FROM: '' } });
    expect(emptied.refused).toBe('Mail comes from cannot be empty.');
  });

  it('is never a key, a name that there is not, or a word that is not among the choices', () => {
    const world = fork();
    const refusal = (values: object) => acted(world, 'platformFields', { platform: 'sendgrid', values }).refused;
    expect(refusal({ SENDGRID_API_KEY: 'SG.new' })).toMatch(/cannot be changed here: connect the platform anew/);
    expect(refusal({ NOTHING: 'x' })).toMatch(/^"NOTHING" cannot be changed here/);
    expect(refusal({ SENDGRID_REGION: 'Mars' })).toBe('Region is "Mars", but must be one of: global, EU.');
  });

  it('is changed once by a request that comes twice', () => {
    const world = fork();
    const request = { request: fresh(), platform: 'twilio', values: { TWILIO_SENDER: NUMBER } };
    askApi(world, 'platformFields', [request]);
    const lines = bookOf(world).log.length;
    expect(askApi(world, 'platformFields', [request])).toMatchObject({ id: 'twilio' });
    expect(bookOf(world).log).toHaveLength(lines);
  });
});

describe('an act', () => {
  it('leaves once, and says that it is done', () => {
    const world = fork();
    const request = { request: fresh(), platform: 'twilio', kind: 'test', value: '+1 415 555 0150' };
    expect(askApi(world, 'platformAct', [request])).toMatchObject({ done: true, says: 'Send a test text: done.' });
    askApi(world, 'platformAct', [request]);
    world.advanceTo(world.now + 60_000);
    expect(textsOn(world.vendorState<TwilioState>('twilio'), PHONE, world.now)).toHaveLength(1);
  });

  it('that may do without a value uses what is chosen', () => {
    const world = fork();
    expect(acted(world, 'platformAct', { platform: 'slack', kind: 'test' }).says).toBe('Send a test message: done.');
    expect(slackTexts(world)).toEqual(['Rent Ledger can post here: this is a test.']);
    expect(slackOf(world).messages[0]?.channel).toBe(ALERTS_CHANNEL);
  });

  it('says in words what it has made', () => {
    const world = fork();
    const state = world.vendorState<Parameters<typeof googleSheetsPeople.share>[0]>('google-sheets');
    const id = googleSheetsPeople.makeSpreadsheet(
      state,
      { title: 'Mine', owner: OWNER, tabs: { A: ['x'] } },
      world.now,
    );
    const SHEETS_SPREADSHEET = `https://docs.google.com/spreadsheets/d/${id}/edit`;
    acted(world, 'connectPlatform', { platform: 'google-sheets', credentials: { SHEETS_SPREADSHEET } });
    const { says } = acted(world, 'platformAct', { platform: 'google-sheets', kind: 'headers' });
    expect(says).toMatch(/^Make tabs and headers: done \(Residents: \d+ columns, Payments: \d+ columns\)\.$/);
  });

  it('that fails says why, and the next click is another try', () => {
    const world = fork();
    const wrong = acted(world, 'platformAct', { platform: 'sendgrid', kind: 'test', value: 'no address' });
    expect(wrong).toMatchObject({ refused: expect.stringMatching(/no address/), over: true });
    acted(world, 'platformAct', { platform: 'sendgrid', kind: 'test', value: 'ann@example.com' });
    const state = world.vendorState<Parameters<typeof sendgridMailbox>[0]>('sendgrid');
    world.advanceTo(world.now + 60_000);
    expect(sendgridInbox(state, 'ann@example.com', world.now)).toHaveLength(1);
  });

  it('of which nobody knows whether it has left is not tried again by the same request', () => {
    const world = fork();
    world.faults.atVendor({ vendor: 'slack.com', what: 'timeout', side: 'after', when: 'always' });
    const request = { request: fresh(), platform: 'slack', kind: 'test' };
    const first = askApi<{ refused?: string; over?: true; says?: string }>(world, 'platformAct', [request]);
    expect(first.over).toBeUndefined();
    world.faults.clear();
    askApi(world, 'platformAct', [request]);
    expect(slackTexts(world).length).toBeLessThanOrEqual(1);
  });

  it('waits in the Outbox while everything is paused', () => {
    const world = fork();
    acted(world, 'pauseAll', { paused: true });
    expect(acted(world, 'platformAct', { platform: 'slack', kind: 'test' }).says).toMatch(/it waits in the Outbox/);
    expect(slackTexts(world)).toEqual([]);
  });

  it('is refused in words where it is unknown, lacks its value, or its platform is not connected', () => {
    const world = fork();
    const refusal = (platform: string, kind: string) => acted(world, 'platformAct', { platform, kind }).refused;
    expect(refusal('slack', 'dance')).toBe('Slack has nothing called "dance".');
    expect(refusal('twilio', 'test')).toBe('Send a test text needs Phone number.');
    expect(refusal('mailgun', 'test')).toBe('Mailgun is not connected.');
  });

  it('is shown on the card of a platform that is connected; a webhook of Slack’s has none', () => {
    const world = fork();
    expect(cardOf(world, 'slack').acts.map(({ kind }) => kind)).toEqual(['test']);
    expect(cardOf(world, 'mailgun').acts).toEqual([]);
    const byWebhook = smallWorld({ on: '2026-11-30' });
    expect(cardOf(byWebhook, 'slack')).toMatchObject({ state: 'connected', acts: [] });
    expect(cardOf(byWebhook, 'slack').channels).toBeUndefined();
  });
});

describe('the channel of a property', () => {
  const channels = (world: World) => tabOf(world, 'Properties').map((row) => row['Slack channel'] ?? '');

  it('is written into its row, or into all rows, and taken out again', () => {
    const world = fork();
    const wish = { property: 'Oak Court', channel: 'C0GENERAL0' };
    expect(acted(world, 'propertyChannel', wish).says).toBe('Oak Court: told in C0GENERAL0.');
    expect(acted(world, 'propertyChannel', { ...wish, name: '#general' }).says).toBe('Oak Court: told in #general.');
    expect(channels(world)).toEqual(['', 'C0GENERAL0']);
    expect(acted(world, 'propertyChannel', { property: '', channel: ALERTS_CHANNEL }).done).toBe(true);
    expect(channels(world)).toEqual([ALERTS_CHANNEL, ALERTS_CHANNEL]);
    expect(cardOf(world, 'slack').channels).toEqual([
      { property: 'Elm House', channel: ALERTS_CHANNEL },
      { property: 'Oak Court', channel: ALERTS_CHANNEL },
    ]);
    acted(world, 'propertyChannel', { property: 'Elm House', channel: '' });
    expect(channels(world)).toEqual(['', ALERTS_CHANNEL]);
  });

  it('is refused for a property that there is not', () => {
    const refused = acted(fork(), 'propertyChannel', { property: 'Nowhere', channel: 'C0GENERAL0' }).refused;
    expect(refused).toBe('There is no property "Nowhere".');
  });
});

describe('Slack', () => {
  const bare = smallWorld({ on: '2026-11-30', properties: [{ ...ELM, 'Slack webhook': '' }] });

  it.each([
    ['a bot token', { SLACK_BOT_TOKEN: 'xoxb-rentledger' }],
    ['a webhook', { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T000/B000/rentledger' }],
  ])('is connected by %s alone', (_what, credentials) => {
    const world = bare.clone();
    expect(acted(world, 'connectPlatform', { platform: 'slack', credentials })).toMatchObject({ state: 'connected' });
  });

  it('says what is missing when neither is given', () => {
    const { refused } = acted(bare.clone(), 'connectPlatform', { platform: 'slack', credentials: {} });
    expect(refused).toBe('Slack needs a bot token or an incoming webhook.');
  });
});
