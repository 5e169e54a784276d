/** `npm run live -- PLATFORM`, as its own process, against sandboxes on loopback: what it asks for, reads, and would do. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSandbox } from '../local/loopback';
import { sandboxes } from '../local/vendors';
import type { AppfolioState } from '../local/vendors/appfolio';
import { CLIENT_SECRET } from '../local/vendors/azure-logic-apps/state';
import type { DocusignState } from '../local/vendors/docusign';
import * as docusignPeople from '../local/vendors/docusign/people';
import { AUTH_HOSTS, DEMO_USER, INTEGRATION_KEY } from '../local/vendors/docusign/state';
import * as dynamics from '../local/vendors/dynamics-365/state';
import { SANDBOX_TOKEN as HUBSPOT_TOKEN } from '../local/vendors/hubspot/state';
import type { OAuthState } from '../local/vendors/kit/oauth';
import { API_KEY, US_DOMAIN } from '../local/vendors/mailgun/state';
import { SANDBOX_TOKEN as MONDAY_TOKEN, RESIDENTS_BOARD } from '../local/vendors/monday/state';
import { googleSheetsPeople, salesforcePeople } from '../local/vendors/people';
import { TOKEN as PIPEDRIVE_TOKEN } from '../local/vendors/pipedrive/state';
import {
  COMPANY as RM_COMPANY,
  PASSWORD as RM_PASSWORD,
  USERNAME as RM_USER,
} from '../local/vendors/rentmanager/state';
import type { SalesforceState } from '../local/vendors/salesforce';
import type { Sandbox } from '../local/vendors/sandbox';
import { type ConcurState, OWNER_ID } from '../local/vendors/sap-concur/state';
import { SENDER } from '../local/vendors/sendgrid/state';
import { SANDBOX_TOKEN } from '../local/vendors/square/state';
import { ACCOUNT, KEY_SECRET, KEY_SID, SERVICE } from '../local/vendors/twilio/state';
import { DEPOSIT_ACCOUNT, ITEM } from '../local/vendors/zoho-books/state';
import { connectors } from '../src/connectors';
import type { Connector } from '../src/connectors/connector';
import { MANAGED } from './connectors/azure-account';
import { ROOT } from './simulation/bundle';

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

type Env = Readonly<Record<string, string>>;

/** Only what a program needs to start is passed on: the machine's own credentials must not make a test pass. */
function live(args: readonly string[], env: Env = {}): Promise<Ended> {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'tools/run.mjs'), 'local/live.ts', ...args], {
      cwd: ROOT,
      env: { PATH, HOME, SystemRoot, ...env },
    });
    const told = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told.err += text;
    });
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...told }));
  });
}

interface Account {
  readonly oauth?: OAuthState;
  readonly realm?: string;
  readonly keys?: readonly { readonly key: string }[];
  readonly client_id?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, unknown>>;
}

/** The owner has made a key and a template at DocuSign, and has consented. */
function docusignKeys(state: DocusignState): Env {
  const [redirect, now] = ['https://www.docusign.com', Date.now()];
  const key = docusignPeople.generateKey(state);
  docusignPeople.registerRedirect(state, redirect);
  const asked = { response_type: 'code', scope: 'signature impersonation', client_id: INTEGRATION_KEY };
  const query = new URLSearchParams({ ...asked, redirect_uri: redirect }).toString();
  docusignPeople.consent(state, `https://${AUTH_HOSTS.demo}/oauth/auth?${query}`, now);
  const design = { name: 'Lease', emailSubject: 'Lease', roles: [{ roleName: 'Resident' }] };
  const template = docusignPeople.designTemplate(state, design, now);
  return {
    DOCUSIGN_INTEGRATION_KEY: INTEGRATION_KEY,
    DOCUSIGN_USER_ID: DEMO_USER,
    DOCUSIGN_PRIVATE_KEY: key.replace(/\n/g, '\\n'),
    DOCUSIGN_ENVIRONMENT: 'demo',
    DOCUSIGN_LEASE_TEMPLATE: template,
    DOCUSIGN_PLAN_TEMPLATE: template,
  };
}

const appfolioKeys = ({ database, developerId, databaseApi, reportsApi }: AppfolioState): Env => ({
  APPFOLIO_DATABASE: database,
  APPFOLIO_CLIENT_ID: databaseApi.clientId,
  APPFOLIO_CLIENT_SECRET: databaseApi.clientSecret,
  APPFOLIO_DEVELOPER_ID: developerId,
  APPFOLIO_REPORTS_ID: reportsApi.clientId,
  APPFOLIO_REPORTS_SECRET: reportsApi.clientSecret,
});

const clientOf = ({ oauth }: Account, prefix: string): Env => {
  const [client] = oauth?.clients ?? [];
  return { [`${prefix}_CLIENT_ID`]: client?.id ?? '', [`${prefix}_CLIENT_SECRET`]: client?.secret ?? '' };
};

/** What a person with a test account at the platform puts into the environment. */
const CREDENTIALS: Readonly<Record<string, (account: Account) => Env>> = {
  'google-sheets': ({ files = {} }) => ({
    SHEETS_SPREADSHEET: Object.keys(files)[0] ?? '',
    GOOGLE_SHEETS_ACCESS_TOKEN: googleSheetsPeople.letIn('landlord@example.com'),
  }),
  stripe: ({ keys }) => ({ STRIPE_SECRET_KEY: keys?.[0]?.key ?? '' }),
  paypal: (account) => ({ ...clientOf(account, 'PAYPAL'), PAYPAL_MODE: 'sandbox' }),
  square: () => ({ SQUARE_ACCESS_TOKEN: SANDBOX_TOKEN, SQUARE_MODE: 'sandbox' }),
  plaid: ({ client_id = '', secrets }) => ({
    PLAID_CLIENT_ID: client_id,
    PLAID_SECRET: secrets?.sandbox ?? '',
    PLAID_MODE: 'sandbox',
    PLAID_RECIPIENT_NAME: 'Canal Wharf Ltd',
    PLAID_RECIPIENT_SORT_CODE: '20-00-00',
    PLAID_RECIPIENT_ACCOUNT: '55779911',
  }),
  quickbooks: (account) => ({
    RENT_LEDGER_ACCOUNT_REALM_ID: account.realm ?? '',
    ...clientOf(account, 'QUICKBOOKS'),
    QUICKBOOKS_MODE: 'sandbox',
    QUICKBOOKS_DEPOSIT_ACCOUNT: 'Checking',
  }),
  xero: (account) => ({ ...clientOf(account, 'XERO'), XERO_INCOME_ACCOUNT: '200', XERO_BANK_ACCOUNT: '090' }),
  'zoho-books': (account) => ({
    ...clientOf(account, 'ZOHO'),
    ZOHO_DATA_CENTRE: 'US',
    ZOHO_ITEM: ITEM,
    ZOHO_DEPOSIT_ACCOUNT: DEPOSIT_ACCOUNT,
  }),
  freshbooks: (account) => clientOf(account, 'FRESHBOOKS'),
  appfolio: (account) => appfolioKeys(account as unknown as AppfolioState),
  'yardi-breeze': () => ({
    GATEWAY_URL: 'https://breeze-gateway.example',
    GATEWAY_SECRET: 'gw-breeze-4fd1b6',
  }),
  slack: () => ({
    SLACK_BOT_TOKEN: 'xoxb-rentledger',
    SLACK_CHANNEL: 'C0RENTALRT',
    SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T000/B000/rentledger',
  }),
  sendgrid: ({ keys }) => ({ SENDGRID_API_KEY: keys?.[0]?.key ?? '', SENDGRID_FROM: SENDER }),
  twilio: () => ({
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_KEY_SID: KEY_SID,
    TWILIO_SECRET: KEY_SECRET,
    TWILIO_SENDER: SERVICE,
  }),
  mailgun: () => ({ MAILGUN_API_KEY: API_KEY, MAILGUN_DOMAIN: US_DOMAIN, MAILGUN_FROM: 'rent@example.com' }),
  'azure-logic-apps': () => ({ ...MANAGED, AZURE_CLIENT_SECRET: CLIENT_SECRET }),
  'dynamics-365': () => ({
    DYNAMICS_URL: dynamics.ORIGIN,
    DYNAMICS_TENANT: dynamics.TENANT,
    DYNAMICS_CLIENT_ID: dynamics.CLIENT_ID,
    DYNAMICS_CLIENT_SECRET: dynamics.CLIENT_SECRET,
  }),
  docusign: (account) => docusignKeys(account as DocusignState),
  'sap-concur': (account) => clientOf(account, 'SAP_CONCUR'),
  hubspot: () => ({ HUBSPOT_TOKEN }),
  monday: () => ({ MONDAY_TOKEN, MONDAY_BOARD: RESIDENTS_BOARD, MAP_LEASE: 'text_mkrl01' }),
  salesforce: (account) => {
    const { app, host } = salesforcePeople.orgAt(account as unknown as SalesforceState);
    return { SALESFORCE_DOMAIN: host, SALESFORCE_CLIENT_ID: app.clientId, SALESFORCE_CLIENT_SECRET: app.clientSecret };
  },
  pipedrive: () => ({ PIPEDRIVE_API_TOKEN: PIPEDRIVE_TOKEN }),
  rentmanager: () => ({
    RENTMANAGER_COMPANY: RM_COMPANY,
    RENTMANAGER_USERNAME: RM_USER,
    RENTMANAGER_PASSWORD: RM_PASSWORD,
  }),
};

const ids = Object.keys(CREDENTIALS);
const connectorOf = (id: string): Connector => connectors.find((one) => one.id === id)!;
const sandboxOf = (id: string): Sandbox => sandboxes.find((one) => one.id === id)!;

const REFRESH = 'refresh-of-the-landlords-own-application';
const RETURN = 'https://landlord.example/return';

/** As if the owner had signed in with their application in the vendor's playground. */
function signInBefore(connector: Connector, { oauth }: Account): void {
  const [client] = oauth?.clients ?? [];
  if (!oauth || !client || connector.oauth?.grant !== 'code') return;
  const scope = new URL(connector.oauth.authorize({}, RETURN, '')).searchParams.get('scope') ?? '';
  oauth.clients = [{ ...client, redirects: [...client.redirects, RETURN] }];
  oauth.refresh[REFRESH] = { client: client.id, scope, untilMs: Number.MAX_SAFE_INTEGER };
}

/** SAP Concur is not signed in to in the browser: its first refresh token is had by hand. */
function concurBefore({ oauth }: ConcurState): void {
  const issuedMs = Date.now();
  const grant = { client: oauth.clients[0]?.id ?? '', principal: { type: 'user', id: OWNER_ID } as const, issuedMs };
  oauth.refresh[REFRESH] = { ...grant, scope: 'openid receipts.writeonly', untilMs: Number.MAX_SAFE_INTEGER };
}

interface Tried extends Ended {
  readonly env: Env;
}

/** A fresh account of the platform, in which the owner has an application that is signed in. */
function accountAt(id: string): Account {
  const account = sandboxOf(id).start() as Account;
  signInBefore(connectorOf(id), account);
  if (id === 'sap-concur') concurBefore(account as unknown as ConcurState);
  if (id === 'salesforce') salesforcePeople.signedInBefore(account as unknown as SalesforceState, REFRESH);
  return account;
}

/** Serves the account and tries the connector on it. */
async function tried(id: string, account: Account, more: Env = {}, args: readonly string[] = []): Promise<Tried> {
  const served = await serveSandbox(sandboxOf(id), account as unknown, () => Date.now());
  const env: Env = {
    ...CREDENTIALS[id]!(account),
    [`${id.toUpperCase().replace(/\W/g, '_')}_REFRESH_TOKEN`]: REFRESH,
    RENT_LEDGER_REDIRECT: RETURN,
    ...more,
  };
  const at = Object.entries(served.urls).flatMap(([host, url]) => ['--at', `${host}=${url}`]);
  const ended = await live([id, ...at, ...args], env);
  await served.close();
  return { ...ended, env };
}

const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run live', () => {
  it('tries every platform', () => {
    expect(connectors.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('names the platforms when it is given none', async () => {
    const { exit, err } = await live([]);
    expect(exit).toBe(2);
    for (const id of ids) expect(err).toContain(id);
  });

  it.each(ids)('%s: says what to set, and where it is found, when there are no credentials', async (id) => {
    const { exit, out, err } = await live([id]);
    const account = sandboxOf(id).start() as Account;
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    const connector = connectorOf(id);
    for (const { name, optional, choices } of connector.credentials)
      if (!optional && !choices) expect(err).toMatch(new RegExp(`^  ${name} {2}\\S`, 'm'));
    if (connector.oauth?.grant === 'code') expect(err).toMatch(/_REFRESH_TOKEN {2}\S/);
    expect(Object.keys(CREDENTIALS[id]!(account)).some((name) => err.includes(name))).toBe(true);
  });

  it.each(ids)('%s: reads the feed, shows every effect and changes nothing', async (id) => {
    const account = accountAt(id);
    const { exit, out, err, env } = await tried(id, account);
    const connector = connectorOf(id);
    expect({ exit, trouble: exit === 0 ? err : `${out}${err}` }).toEqual({ exit: 0, trouble: '' });
    expect(out).toMatch(/^Connected: /m);
    if (connector.receipts) expect(out).toMatch(/^Feed: \d+ payments of the last week on \d+ pages, 0 that/m);
    if (connector.deliveries) expect(out).toMatch(/^Deliveries: \d+ news of the last week on \d+ pages, 0 that/m);
    for (const name of Object.keys(connector.effects ?? {})) expect(out).toMatch(new RegExp(`^Effect ${name}: `, 'm'));
    const secrets = Object.entries(env).filter(([name]) => /SECRET|TOKEN|KEY|PASSWORD/.test(name));
    for (const [name, value] of secrets) expect({ name, shown: out.includes(value) }).toEqual({ name, shown: false });
    for (const token of Object.keys(account.oauth?.access ?? {})) expect(out).not.toContain(token);
    // Whatever would have been made there carries the number of the trial's lease.
    expect(JSON.stringify(account)).not.toMatch(/RL-TRIAL-1|Rent Ledger can text here/);
  });

  it('keeps a refresh token that was changed, and signs in with it the next time', async () => {
    const [file, account] = [join(folder, 'xero-token'), accountAt('xero')];
    const first = await tried('xero', account, {}, ['--keep', file]);
    const token = readFileSync(file, 'utf8').trim();
    expect([first.exit, token === REFRESH, first.out.includes(token)]).toEqual([0, false, false]);
    delete account.oauth?.refresh[REFRESH];
    expect((await tried('xero', account)).out).toMatch(/^Sign-in: /m);
    expect((await tried('xero', account, {}, ['--keep', file])).exit).toBe(0);
  });

  it.each(ids)('%s: says that the platform refuses wrong credentials, without showing them', async (id) => {
    const wrong = 'wrong-credential-of-somebody';
    const sandbox = sandboxOf(id);
    const names = Object.keys(CREDENTIALS[id]!(sandbox.start() as Account));
    const secret = names.find((name) => /SECRET|TOKEN|KEY|PASSWORD/.test(name))!;
    const { exit, out } = await tried(id, accountAt(id), { [secret]: wrong });
    expect(exit).toBe(1);
    expect(out).toMatch(/^(?:Sign-in|Test call): \S/m);
    expect(out).not.toContain(wrong);
  });
});
