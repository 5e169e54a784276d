/** Linking a bank: the owner's account and a resident's, the way back, the secret that stays with the owner, and who may. */
import { linkPlaidBank, receiveAtPlaidBank } from '../../local/vendors/people';
import type { PlaidState } from '../../local/vendors/plaid';
import { askApi, bookOf, leaseOf, MINUTE, rowsOf, smallWorld, typeInto, type World } from '../worlds';

interface Begun {
  readonly open: string;
  readonly link: string;
  readonly refused?: string;
}

const base = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
const plaid = (world: World) => world.vendorState<PlaidState>('plaid');

function connected(): World {
  const world = base.clone();
  const { client_id, secrets } = plaid(world);
  const credentials = { PLAID_CLIENT_ID: client_id, PLAID_SECRET: secrets.sandbox ?? '', PLAID_MODE: 'sandbox' };
  const told = askApi<{ state?: string }>(world, 'connectPlatform', [
    { request: 'connect-plaid', platform: 'plaid', credentials },
  ]);
  expect(told.state).toBe('connected');
  return world;
}

const begin = (world: World, args: object) => askApi<Begun>(world, 'beginBankLink', [{ platform: 'plaid', ...args }]);
const end = (world: World, link: string) =>
  askApi<{ linked?: string; refused?: string }>(world, 'endBankLink', [{ link }]);
const agree = (world: World, { open }: Begun) =>
  linkPlaidBank(plaid(world), open, { account: 'Checking', mask: '4417' }, world.now);
const comeBack = (world: World, back: string | null) =>
  world.doGet(Object.fromEntries(new URL(back ?? '').searchParams)).body;
const secretsOf = (world: World) =>
  Object.keys(world.properties[`user:${world.owner}`] ?? {}).filter((name) => /:ITEM_|bank-link/.test(name));
const links = (world: World) =>
  [...rowsOf(world, 'Links')].map((row) => [row['Lease ID'], row.Platform, row.Kind, row['External ID']]);
/** The runs that fall due in the next minutes. */
const soon = (world: World) => world.advanceTo(world.now + 11 * MINUTE);

describe("the owner's own bank", () => {
  it('is linked on its page and read from the next poll on', () => {
    const world = connected();
    const { item, back } = agree(world, begin(world, { purpose: 'feed' }));
    expect(comeBack(world, back)).toMatch(/The bank is linked.*First Platypus Bank Checking …4417/s);
    world.state.nowMs += MINUTE;
    receiveAtPlaidBank(plaid(world), item, { amountCents: 100_000, name: 'Zelle L-1' }, world.now);
    soon(world);
    expect(bookOf(world).receipts.map((row) => [row.source, row.amount])).toEqual([['plaid', '1000.00']]);
    expect(links(world)).toEqual([]);
  });

  it('is told as linked to whoever began it, though the page has ended it by itself', () => {
    const world = connected();
    const begun = begin(world, { purpose: 'feed' });
    comeBack(world, agree(world, begun).back);
    for (let times = 0; times < 2; times++)
      expect(end(world, begun.link)).toEqual({ linked: 'First Platypus Bank Checking …4417' });
    expect(secretsOf(world)).toHaveLength(1);
  });

  it('is told by name on its card to the owner, with a lease where it is one, and nothing that opens it', () => {
    const world = connected();
    comeBack(world, agree(world, begin(world, { purpose: 'pay', lease: 'L-2' })).back);
    comeBack(world, agree(world, begin(world, { purpose: 'feed' })).back);
    const cardOf = (user?: string) => {
      const { value } = world.run('api', ['connections', [{}]], { trigger: 'sidebar', ...(user ? { user } : {}) });
      return (value as { value: readonly { id: string; banks?: readonly object[] }[] }).value.find(
        ({ id }) => id === 'plaid',
      );
    };
    const name = 'First Platypus Bank Checking …4417';
    expect(cardOf()?.banks).toEqual([
      { item: expect.any(String), name, purpose: 'feed' },
      { item: expect.any(String), name, purpose: 'pay', lease: 'L-2' },
    ]);
    const secrets = Object.values(plaid(world).items).map(({ access_token }) => access_token);
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(JSON.stringify(cardOf())).not.toContain(secret);
    expect(cardOf('meg@example.com')?.banks).toBeUndefined();
  });

  it('is linked though nobody comes back, once the owner asks how it ended', () => {
    const world = connected();
    const begun = begin(world, { purpose: 'feed' });
    expect(end(world, begun.link)).toEqual({});
    const { item } = agree(world, begun);
    expect(end(world, begun.link)).toEqual({ linked: 'First Platypus Bank Checking …4417' });
    expect(secretsOf(world)).toEqual([`secret:plaid:ITEM_${item}`]);
  });
});

describe("a resident's bank", () => {
  it('becomes the autopay of the lease, and the next one takes its place', () => {
    const world = connected();
    const [first, second] = [0, 1].map(() => {
      const { item, account, back } = agree(world, begin(world, { purpose: 'pay', lease: 'l-1' }));
      comeBack(world, back);
      soon(world);
      return ['L-1', 'plaid', 'autopay', `${item} ${account}`];
    });
    expect(first).not.toEqual(second);
    expect(links(world)).toEqual([second]);
  });

  it('tells the resident nothing of the ledger', () => {
    const world = connected();
    const page = comeBack(world, agree(world, begin(world, { purpose: 'pay', lease: 'L-1' })).back);
    expect(page).not.toMatch(/L-1|Elm|sheet|Resident/);
  });

  it.each([
    ['no lease', { purpose: 'pay' }],
    ['a lease that is not there', { purpose: 'pay', lease: 'L-9' }],
  ])('with %s is refused', (_, args) => {
    expect(begin(connected(), args).refused).toMatch(/There is no lease/);
  });
});

describe("the offer on a lease's screen", () => {
  const offered = (world: World, user?: string) => {
    const run = world.run('api', ['lease', [{ lease: 'L-1' }]], { trigger: 'sidebar', ...(user ? { user } : {}) });
    return (run.value as { value: { banks: readonly object[] } }).value.banks;
  };

  it('is there for the owner, and names the bank that is linked', () => {
    const world = connected();
    expect(offered(world)).toEqual([{ platform: 'plaid', by: 'Plaid' }]);
    comeBack(world, agree(world, begin(world, { purpose: 'pay', lease: 'L-1' })).back);
    soon(world);
    expect(offered(world)).toEqual([{ platform: 'plaid', by: 'Plaid', linked: 'First Platypus Bank Checking …4417' }]);
    expect(offered(world, 'meg@example.com')).toEqual([]);
  });

  it('is left out where the platform is not connected, or collects nothing in the currency of the property', () => {
    expect(offered(base.clone())).toEqual([]);
    const world = connected();
    typeInto(world, 'Properties', 'Elm House', 'Currency', 'GBP');
    expect(offered(world)).toEqual([]);
  });
});

describe('the way back', () => {
  it('works once, and for a state that was given out only', () => {
    const world = connected();
    const { back } = agree(world, begin(world, { purpose: 'feed' }));
    comeBack(world, back);
    expect(comeBack(world, back)).toMatch(/not begun here, or has been used/);
    expect(world.doGet({ state: `bank${'0'.repeat(64)}` }).body).toMatch(/not begun here/);
    expect(secretsOf(world)).toHaveLength(1);
  });

  it('leads nowhere after its time, and old pages are forgotten when a new one is begun', () => {
    const world = connected();
    const begun = begin(world, { purpose: 'feed' });
    agree(world, begun);
    world.state.nowMs += 9 * 86_400_000;
    expect(end(world, begun.link).refused).toMatch(/has expired/);
    begin(world, { purpose: 'feed' });
    expect(secretsOf(world)).toHaveLength(1);
  });

  it('says so when the page was left before its end', () => {
    const world = connected();
    const { link } = begin(world, { purpose: 'feed' });
    expect(world.doGet({ state: link }).body).toMatch(/left before its end/);
  });
});

describe('who may, and what is forgotten', () => {
  it.each([
    ['a platform that is not connected', 'plaid', /is not connected/],
    ['a platform that links no banks', 'stripe', /links no bank accounts/],
    ['a platform that there is not', 'teller', /There is no platform/],
  ])('%s is refused', (_, platform, says) => {
    expect(begin(base.clone(), { platform, purpose: 'feed' }).refused).toMatch(says);
  });

  it('nobody but the owner links a bank', () => {
    const world = connected();
    const call = world.run('api', ['beginBankLink', [{ platform: 'plaid', purpose: 'feed' }]], {
      trigger: 'sidebar',
      user: 'manager@example.com',
    });
    expect(call.value).toMatchObject({ ok: false, kind: 'role' });
  });

  it('removing the platform forgets every linked bank', () => {
    const world = connected();
    comeBack(world, agree(world, begin(world, { purpose: 'feed' })).back);
    comeBack(world, agree(world, begin(world, { purpose: 'pay', lease: 'L-2' })).back);
    expect(secretsOf(world)).toHaveLength(2);
    askApi(world, 'removePlatform', [{ request: 'remove-plaid', platform: 'plaid' }]);
    expect(secretsOf(world)).toEqual([]);
  });

  it('a new consent keeps the link, its secret and its purpose', () => {
    const world = connected();
    const { item, back } = agree(world, begin(world, { purpose: 'feed' }));
    comeBack(world, back);
    const before = world.properties[`user:${world.owner}`]?.[`secret:plaid:ITEM_${item}`] ?? '';
    comeBack(world, agree(world, begin(world, { purpose: 'feed', item })).back);
    const after = world.properties[`user:${world.owner}`]?.[`secret:plaid:ITEM_${item}`] ?? '';
    expect(JSON.parse(after).secret).toBe(JSON.parse(before).secret);
    expect(begin(world, { purpose: 'feed', item: 'itemElse' }).refused).toMatch(/no linked bank of that name/);
  });
});
