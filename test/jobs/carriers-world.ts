/** Small worlds in which messages leave by platforms, with what their sandboxes hold and what the people in them do. */
import * as azure from '../../local/vendors/azure-logic-apps/state';
import type { DocusignState } from '../../local/vendors/docusign';
import * as docusignPeople from '../../local/vendors/docusign/people';
import { AUTH_HOSTS, DEMO_USER, INTEGRATION_KEY } from '../../local/vendors/docusign/state';
import * as sheetsPeople from '../../local/vendors/google-sheets/people';
import type { GoogleSheetsState } from '../../local/vendors/google-sheets/state';
import * as mailgun from '../../local/vendors/mailgun/state';
import * as concurPeople from '../../local/vendors/sap-concur/people';
import * as concur from '../../local/vendors/sap-concur/state';
import * as sendgrid from '../../local/vendors/sendgrid/state';
import { ALERTS_CHANNEL, SANDBOX_TOKEN } from '../../local/vendors/slack/state';
import * as twilio from '../../local/vendors/twilio/state';
import { answerAs, bookOf, ELM, leapTo, leaseOf, OWNER, type Row, type World } from '../worlds';

type Keys = Readonly<Record<string, string>>;

let asked = 0;
/** No two clicks are the same: the same request acts once. */
const requestId = (): string => `carriers-${++asked}-0000`;

/** A click of the owner that is not refused; gives what it was told. */
export function click<T = unknown>(world: World, name: string, args: Readonly<Record<string, unknown>>): T {
  const { ok, value, error } = answerAs(world, OWNER, name, { request: requestId(), ...args });
  const refused = ok ? (value as { refused?: string } | undefined)?.refused : error;
  if (refused !== undefined) throw new Error(`${name}: ${refused}`);
  return value as T;
}

export const twilioState = (world: World) => world.vendorState<twilio.TwilioState>('twilio');
export const sendgridState = (world: World) => world.vendorState<sendgrid.SendgridState>('sendgrid');
export const mailgunState = (world: World) => world.vendorState<mailgun.MailgunState>('mailgun');
export const docusignState = (world: World) => world.vendorState<DocusignState>('docusign');
export const sheetsState = (world: World) => world.vendorState<GoogleSheetsState>('google-sheets');
export const azureState = (world: World) => world.vendorState<azure.AzureState>('azure-logic-apps');

const NOWHERE = 'https://www.docusign.com';

/** The owner makes a key at DocuSign, consents, and designs a lease and a plan. */
function docusignKeys(world: World): Keys {
  const state = docusignState(world);
  const key = docusignPeople.generateKey(state);
  docusignPeople.registerRedirect(state, NOWHERE);
  const query = new URLSearchParams({
    response_type: 'code',
    scope: 'signature impersonation',
    client_id: INTEGRATION_KEY,
    redirect_uri: NOWHERE,
  });
  docusignPeople.consent(state, `https://${AUTH_HOSTS.demo}/oauth/auth?${query}`, world.now);
  const design = (name: string) =>
    docusignPeople.designTemplate(
      state,
      { name, emailSubject: name, roles: [{ roleName: 'Resident 1' }, { roleName: 'Landlord', routingOrder: 2 }] },
      world.now,
    );
  return {
    DOCUSIGN_INTEGRATION_KEY: INTEGRATION_KEY,
    DOCUSIGN_USER_ID: DEMO_USER,
    DOCUSIGN_PRIVATE_KEY: key,
    DOCUSIGN_ENVIRONMENT: 'demo',
    DOCUSIGN_LEASE_TEMPLATE: design('Lease'),
    DOCUSIGN_PLAN_TEMPLATE: design('Payment plan'),
  };
}

export const MIRROR_TAB = 'Tenants';

/** The accountant makes a file and shares it. */
function sheetsKeys(world: World): Keys {
  const state = sheetsState(world);
  const headers = ['Lease', 'Balance', 'Standing', 'Remark'];
  const file = { title: 'Portfolio 2026', owner: 'accountant@example.com', tabs: { [MIRROR_TAB]: headers } };
  const id = sheetsPeople.makeSpreadsheet(state, file, world.now);
  sheetsPeople.share(state, id, world.owner, 'writer');
  return { SHEETS_SPREADSHEET: id, SHEETS_RESIDENTS_TAB: MIRROR_TAB };
}

export const mirrorFile = (world: World): string => Object.keys(sheetsState(world).files).at(-1) ?? '';

/** A company's first refresh token, asked for by hand. */
function concurKeys(world: World): Keys {
  const state = world.vendorState<concur.ConcurState>('sap-concur');
  const password = concurPeople.makeConcurRequestToken(state, world.now);
  const application = { client_id: concur.CLIENT_ID, client_secret: concur.CLIENT_SECRET };
  const company = { grant_type: 'password', credtype: 'authtoken', username: concur.COMPANY_ID, password };
  const sandbox = world.sandboxes.find((one) => one.id === 'sap-concur');
  const reply = sandbox?.handle(
    state,
    {
      method: 'POST',
      url: 'https://us2.api.concursolutions.com/oauth2/v0/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...application, ...company }).toString(),
    },
    world.now,
  );
  return {
    SAP_CONCUR_CLIENT_ID: concur.CLIENT_ID,
    SAP_CONCUR_CLIENT_SECRET: concur.CLIENT_SECRET,
    SAP_CONCUR_REFRESH_TOKEN: (JSON.parse(reply?.body ?? '{}') as { refresh_token: string }).refresh_token,
    SAP_CONCUR_DATA_CENTRE: 'us2',
    SAP_CONCUR_API: 'receipts v4',
    SAP_CONCUR_USER_ID: concur.OWNER_ID,
  };
}

const KEYS: Readonly<Record<string, (world: World) => Keys>> = {
  twilio: () => ({
    TWILIO_ACCOUNT_SID: twilio.ACCOUNT,
    TWILIO_KEY_SID: twilio.KEY_SID,
    TWILIO_SECRET: twilio.KEY_SECRET,
    TWILIO_SENDER: twilio.SERVICE,
  }),
  sendgrid: () => ({
    SENDGRID_API_KEY: sendgrid.API_KEY,
    SENDGRID_REGION: 'global',
    SENDGRID_FROM: sendgrid.SENDER,
  }),
  mailgun: () => ({
    MAILGUN_API_KEY: mailgun.API_KEY,
    MAILGUN_SENDING_KEY: mailgun.SENDING_KEY,
    MAILGUN_DOMAIN: mailgun.US_DOMAIN,
    MAILGUN_REGION: 'US',
    MAILGUN_FROM: 'rent@maple.example',
    MAILGUN_TEST_MODE: 'no',
    WEBHOOK_SIGNING_KEY: mailgun.SIGNING_KEY,
  }),
  slack: () => ({ SLACK_BOT_TOKEN: SANDBOX_TOKEN, SLACK_CHANNEL: ALERTS_CHANNEL }),
  docusign: docusignKeys,
  'google-sheets': sheetsKeys,
  'sap-concur': concurKeys,
  'azure-logic-apps': () => ({
    AZURE_TENANT: azure.TENANT,
    AZURE_CLIENT_ID: azure.CLIENT_ID,
    AZURE_CLIENT_SECRET: azure.CLIENT_SECRET,
    AZURE_SUBSCRIPTION: azure.SUBSCRIPTION,
    AZURE_RESOURCE_GROUP: azure.GROUP,
    AZURE_REGION: azure.REGION,
  }),
};

export const MESSAGE_PLATFORMS = Object.keys(KEYS);

/** The owner connects platforms with the keys that their sandboxes take. */
export function connectTo(world: World, ...platforms: readonly string[]): World {
  for (const platform of platforms) {
    const credentials = KEYS[platform]?.(world) ?? {};
    click(world, 'connectPlatform', { platform, credentials });
    if (platform === 'azure-logic-apps') click(world, 'platformAct', { platform, kind: 'install' });
    if (platform === 'google-sheets') click(world, 'platformAct', { platform, kind: 'headers' });
  }
  return world;
}

/** A lease whose resident takes texts. */
export const texted = (phone: string, more: Row = {}): Row => ({
  Phone: phone,
  'SMS consent': 'on the lease, 2026-01-01',
  'Notify by': 'sms',
  ...more,
});

/** A house whose mail goes by a carrier of its own. */
export const OAK: Row = { ...ELM, Property: 'Oak House', Address: '2 Oak Street', 'Mail by': 'mailgun' };
export const oakLease = (id: string, more: Row = {}): Row => leaseOf(id, { Property: 'Oak House', ...more });

/** A moment of a day in New York, in winter. */
export const newYork = (day: string, time: string): number => Date.parse(`${day}T${time}:00-05:00`);

/** Each morning at nine and once more, for what the first runs have left. */
export function mornings(world: World, ...days: readonly string[]): void {
  for (const day of days) for (const time of ['09:00', '09:20'] as const) leapTo(world, newYork(day, time));
}

export type Effect = ReturnType<typeof bookOf>['outbox'][number];
export const effects = (world: World): readonly Effect[] => bookOf(world).outbox;
export const effect = (world: World, key: string): Effect | undefined => effects(world).find((row) => row.key === key);
export const poll = (world: World) => world.run('poll', [], { trigger: 'time' });

/** Somebody hands the manager a cheque. */
export const paysByCheque = (world: World, lease: string, amount: string) =>
  click(world, 'recordOne', { lease, amount, method: 'check', reference: `${lease}-${world.now}` });
