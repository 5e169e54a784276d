/** Signing in at a platform in the browser, through the built bundle: what connects, what does not, and what nobody gets to see. */
import { followSignIn, registerOurAddress } from '../../local/story/sign-in';
import type { QuickbooksState } from '../../local/vendors/quickbooks';
import type { Sandbox } from '../../local/vendors/sandbox';
import type { XeroState } from '../../local/vendors/xero';
import { answerAs, askApi, leaseOf, MINUTE, OWNER, smallWorld, tabOf, type World } from '../worlds';

const MEG = 'meg@example.com';
const VIC = 'vic@example.com';

const base = smallWorld({
  on: '2026-12-01',
  leases: [leaseOf('L-1')],
  settings: { Managers: MEG, Viewers: VIC },
});
for (const platform of ['quickbooks', 'xero']) {
  base.vendorState(platform);
  registerOurAddress(base, platform);
}

const books = (world: World) => world.vendorState<QuickbooksState>('quickbooks');
const quickbooksKeys = (world: World) => ({
  QUICKBOOKS_CLIENT_ID: books(world).oauth.clients[0]?.id ?? '',
  QUICKBOOKS_CLIENT_SECRET: books(world).oauth.clients[0]?.secret ?? '',
  QUICKBOOKS_MODE: 'sandbox',
});
const xeroKeys = (world: World) => ({
  XERO_CLIENT_ID: world.vendorState<XeroState>('xero').oauth.clients[0]?.id ?? '',
  XERO_CLIENT_SECRET: world.vendorState<XeroState>('xero').oauth.clients[0]?.secret ?? '',
  XERO_INCOME_ACCOUNT: '200',
  XERO_BANK_ACCOUNT: '090',
});

interface Begun {
  readonly open: string;
  readonly refused?: string;
}

const begin = (world: World, platform = 'quickbooks', keys: object = quickbooksKeys(world)): Begun =>
  askApi<Begun>(world, 'signIn', [{ platform, credentials: keys }]);

const sandboxOf = (world: World, platform: string): Sandbox => {
  const found = world.sandboxes.find(({ id }) => id === platform);
  if (!found) throw new Error(`no ${platform}`);
  return found;
};

/** What the vendor's page puts into the address of ours when the owner has agreed there. */
function agreed(world: World, platform: string, { open }: Begun): Record<string, string> {
  const request = { method: 'GET', url: open, headers: {}, body: '' };
  const { location = '' } = sandboxOf(world, platform).handle(world.vendorState(platform), request, world.now).headers;
  return Object.fromEntries(new URL(location).searchParams);
}

const textOf = (page: string): string => page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ');
const end = (world: World, returned: Readonly<Record<string, string>>): string => textOf(world.doGet(returned).body);
const signIn = (world: World): string => textOf(followSignIn(world, sandboxOf(world, 'quickbooks'), begin(world).open));

const row = (world: World, platform = 'quickbooks') =>
  tabOf(world, 'Connections').find(({ Platform }) => Platform === platform);
const lines = (world: World) =>
  tabOf(world, 'Log').filter(({ Kind, What = '' }) => Kind === 'connection' && /QuickBooks|Xero/.test(What));
const keysOf = (world: World) => world.properties[`user:${world.owner}`] ?? {};
const secretsOf = (world: World, platform = 'quickbooks') =>
  Object.keys(keysOf(world)).filter((name) => name.startsWith('secret:') && name.includes(platform));
/** The run that falls due next. */
const soon = (world: World) => world.advanceTo(world.now + 2 * MINUTE);

const NOTHING = /Nothing was connected.*not one that was begun here, or it has been used or has expired/;

describe('a sign-in that comes to a good end', () => {
  it('says so on its page, which writes the row and the line of the Log, and the next run writes neither again', () => {
    const world = base.clone();
    const page = signIn(world);
    expect(page).toMatch(
      /✓ Done.*QuickBooks Online is connected.*Alder Rentals\. Close this page and return to the sheet/,
    );
    expect(row(world)).toMatchObject({ State: 'connected', Account: 'Alder Rentals' });
    expect(lines(world)).toHaveLength(1);
    soon(world);
    expect(row(world)).toMatchObject({ State: 'connected', Account: 'Alder Rentals', 'Last fault': '' });
    expect(lines(world).map(({ What }) => What)).toEqual(['QuickBooks Online connected: Alder Rentals']);
    expect(Object.keys(keysOf(world)).filter((name) => /^row:|sign-in/.test(name))).toEqual([]);
  });

  it('leaves no secret in a cell, the Log, a shared property, a recorded line or a page', () => {
    const world = base.clone();
    const har = world.record();
    const begun = begin(world);
    const returned = agreed(world, 'quickbooks', begun);
    const pages = [end(world, returned), end(world, returned), end(world, { state: 'x', code: 'y' })];
    soon(world);
    const { oauth } = books(world);
    const secrets = [
      quickbooksKeys(world).QUICKBOOKS_CLIENT_SECRET,
      ...Object.keys(oauth.access),
      ...Object.keys(oauth.refresh),
      returned.code ?? '',
      returned.state ?? '',
    ];
    expect(secrets.filter((secret) => secret.length < 10)).toEqual([]);
    expect(har.size).toBeGreaterThan(1);
    const shared = Object.entries(world.properties).filter(([store]) => store !== `user:${world.owner}`);
    const seen = {
      workbook: JSON.stringify(world.workbook),
      shared: JSON.stringify(shared),
      har: JSON.stringify(har),
      pages: pages.join(),
      screen: JSON.stringify(askApi(world, 'connections')),
      executions: JSON.stringify(world.executions),
    };
    for (const [place, text] of Object.entries(seen))
      expect([place, ...secrets.filter((secret) => text.includes(secret))]).toEqual([place]);
    // They are where they belong: with the owner.
    expect(JSON.stringify(keysOf(world))).toContain(secrets[0]);
  });
});

describe('a sign-in that comes back wrong', () => {
  it('connects nothing when its state is unknown, or when none was begun', () => {
    const world = base.clone();
    expect(end(world, { state: 'f'.repeat(64), code: 'code-1' })).toMatch(NOTHING);
    const returned = agreed(world, 'quickbooks', begin(world));
    expect(end(world, { ...returned, state: `${returned.state}0` })).toMatch(NOTHING);
    expect(secretsOf(world)).toEqual([]);
    // A stranger's guess has not used it up.
    expect(end(world, returned)).toMatch(/is connected/);
  });

  it('connects once: the same address opened again does nothing', () => {
    const world = base.clone();
    const returned = agreed(world, 'quickbooks', begin(world));
    expect(end(world, returned)).toMatch(/is connected/);
    const kept = JSON.stringify(keysOf(world));
    expect(end(world, returned)).toMatch(NOTHING);
    expect(JSON.stringify(keysOf(world))).toBe(kept);
  });

  it('connects nothing half an hour later', () => {
    const world = base.clone();
    const begun = begin(world);
    world.state.nowMs += 31 * MINUTE;
    expect(end(world, agreed(world, 'quickbooks', begun))).toMatch(NOTHING);
    expect(secretsOf(world)).toEqual([]);
  });

  it('connects nothing with the state or the code of another platform', () => {
    const world = base.clone();
    const first = agreed(world, 'quickbooks', begin(world));
    const second = agreed(world, 'xero', begin(world, 'xero', xeroKeys(world)));
    // The second sign-in took the place of the first.
    expect(end(world, first)).toMatch(NOTHING);
    expect(end(world, { ...second, code: first.code ?? '' })).toMatch(/Xero is not connected.*\(invalid_grant\)/);
    expect([...secretsOf(world), ...secretsOf(world, 'xero')]).toEqual([]);
  });

  it('says what happened when access was denied, without words of the vendor that could be a page', () => {
    const world = base.clone();
    const denied = (error: string) => {
      const { state = '' } = agreed(world, 'quickbooks', begin(world));
      return world.doGet({ state, error }).body;
    };
    expect(textOf(denied('access_denied'))).toMatch(/is not connected.*Access was not granted/);
    const page = denied('<img src=x onerror=alert(1)> server_error & "more"');
    expect(textOf(page)).toMatch(/QuickBooks Online said: img srcx onerroralert1 server_error {2}more\./);
    expect(page).not.toContain('<img');
    expect(secretsOf(world)).toEqual([]);
  });

  it('keeps nothing when the code is refused', () => {
    const world = base.clone();
    const { state = '' } = agreed(world, 'quickbooks', begin(world));
    expect(end(world, { state, code: 'code-of-somebody', realmId: books(world).realm })).toMatch(
      /is not connected.*\(invalid_grant\)\. Sign in again/,
    );
    expect(secretsOf(world)).toEqual([]);
  });

  it('escapes the name that the account has given itself', () => {
    const world = base.clone();
    for (const company of Object.values(books(world).objects.CompanyInfo))
      company.CompanyName = '<script>alert("rent")</script> & Sons';
    const { body } = world.doGet(agreed(world, 'quickbooks', begin(world)));
    expect(body).toContain('&#60;script&#62;alert(&#34;rent&#34;)&#60;/script&#62; &#38; Sons');
    expect(body).not.toContain('<script');
  });
});

describe('a connection that works', () => {
  const connected = base.clone();
  signIn(connected);
  soon(connected);

  it.each([
    ['refused with 401', 'unauthorized'],
    ['not answered', 'server-error'],
  ] as const)('outlasts a new sign-in whose test call is %s', (_, what) => {
    const world = connected.clone();
    const kept = keysOf(world)['secret:token:quickbooks'];
    // The first call brings the token; the test call and its repeats find the platform in trouble.
    world.faults.atVendor({ vendor: 'sandbox-quickbooks.api.intuit.com', what, when: 'always' });
    const keys = { ...quickbooksKeys(world), QUICKBOOKS_ITEM: 'Another item' };
    const page = end(world, agreed(world, 'quickbooks', begin(world, 'quickbooks', keys)));
    expect(page).toMatch(/✗ Not done.*QuickBooks Online is not connected/);
    expect(page).not.toContain('Another run');
    world.faults.clear();
    expect(keysOf(world)['secret:token:quickbooks']).toBe(kept);
    expect(JSON.stringify(keysOf(world))).not.toContain('Another item');
    world.run('poll', [], { trigger: 'time' });
    expect(row(world)).toMatchObject({ State: 'connected', 'Last fault': '' });
  });

  it('outlasts one whose token the test call does not take: the older token is not tried in its place', () => {
    const world = connected.clone();
    const returned = agreed(world, 'quickbooks', begin(world));
    const before = keysOf(world)['secret:token:quickbooks'];
    world.faults.atVendor({ vendor: 'sandbox-quickbooks.api.intuit.com', what: 'unauthorized', when: 'once' });
    expect(end(world, returned)).toMatch(/is not connected/);
    expect(keysOf(world)['secret:token:quickbooks']).toBe(before);
  });
});

describe('a sign-in is begun', () => {
  it('by the owner only', () => {
    const world = base.clone();
    const args = { platform: 'quickbooks', credentials: quickbooksKeys(world) };
    for (const user of [MEG, VIC, 'eve@example.com', ''])
      expect([user, answerAs(world, user, 'signIn', args).ok]).toEqual([user, false]);
    expect(Object.keys(keysOf(world)).filter((name) => /sign-in/.test(name))).toEqual([]);
    expect(answerAs(world, OWNER, 'signIn', args).ok).toBe(true);
  });

  it('only where the script has a web address to come back to', () => {
    const world = base.clone();
    world.webAppUrl = '';
    expect(begin(world).refused).toMatch(/^This script has no web address yet/);
  });

  it('with all that the application needs, and at a platform that has one', () => {
    const world = base.clone();
    expect(begin(world, 'quickbooks', {}).refused).toBe(
      'QuickBooks Online needs Client ID and Client secret and Mode.',
    );
    expect(begin(world, 'stripe', {}).refused).toBe('Stripe needs no sign-in: enter its keys.');
    expect(begin(world, 'sage', {}).refused).toBe('There is no platform "sage".');
  });
});
