/** Access tokens in worlds: renewed in time and once, saved before they are used, and not lost to a kill or an answer that went astray. */

import { chapter as sapConcur } from '../../local/story/messages/sap-concur';
import { chapter as freshbooks } from '../../local/story/money/freshbooks';
import { chapter as paypal } from '../../local/story/money/paypal';
import { chapter as xero } from '../../local/story/money/xero';
import { stageOf } from '../../local/story/stage';
import type { OAuthState } from '../../local/vendors/kit/oauth';
import { recordXeroPayment, writeXeroInvoice } from '../../local/vendors/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { ConcurState } from '../../local/vendors/sap-concur';
import { endConcurAccess } from '../../local/vendors/sap-concur/people';
import type { XeroState } from '../../local/vendors/xero';
import type { Connection } from '../../src/api/desk/connections';
import { askApi, bookOf, leapTo, leaseOf, MINUTE, smallWorld, standAt, tabOf, twisted, type World } from '../worlds';

const line = twisted();
const base = smallWorld({ on: '2026-12-02', leases: [leaseOf('L-1')], vendors: line.vendors });

/** Signed in at nine, with everything read that there is. */
function connected(
  ...chapters: readonly { readonly platform: string; readonly connect: typeof xero.connect }[]
): World {
  const world = base.clone();
  for (const chapter of chapters) chapter.connect(stageOf(world, chapter.platform, '2026-12-02'));
  leapTo(world, world.now + 2 * MINUTE);
  return world;
}
const withXero = connected(xero);
const withFreshbooks = connected(freshbooks);
const withPaypal = connected(paypal);

const oauthOf = (world: World, platform: string) => world.vendorState<{ oauth: OAuthState }>(platform).oauth;
const keysOf = (world: World) => world.properties[`user:${world.owner}`] ?? {};

interface Stored {
  readonly access: string;
  readonly refresh?: string;
  readonly before?: string;
  readonly expiresAt: number;
}
const stored = (world: World, platform: string): Stored =>
  JSON.parse(keysOf(world)[`secret:token:${platform}`] ?? '{}') as Stored;
const poll = (world: World) => world.run('poll', [], { trigger: 'time' });
const shown = (world: World, platform: string): Connection => {
  const found = askApi<readonly Connection[]>(world, 'connections').find(({ id }) => id === platform);
  if (!found) throw new Error(`no ${platform}`);
  return found;
};
const stateOf = (world: World, platform: string) =>
  tabOf(world, 'Connections').find(({ Platform }) => Platform === platform)?.State;

const isToken = ({ url }: SandboxRequest): boolean => /identity\.xero|oauth\/token|oauth2\/token/.test(url);

/** What a platform is asked while something happens: `token 200`, `401`, in order. */
function asked(platform: 'xero' | 'freshbooks' | 'paypal', act: () => void): readonly string[] {
  const told: string[] = [];
  line.twist = (request, reply) => {
    if (request.url.includes(platform)) told.push(`${isToken(request) ? 'token ' : ''}${reply.status}`);
    return reply;
  };
  try {
    act();
  } finally {
    delete line.twist;
  }
  return told;
}

/** A minute before the access token ends. */
const lateIn = (world: World, platform: string): World => standAt(world, stored(world, platform).expiresAt - MINUTE);

/** The vendor has thrown the access token away, as it does when a person signs out everywhere. */
const revoke = (world: World, platform: string): void => {
  delete oauthOf(world, platform).access[stored(world, platform).access];
};

/** The bookkeeper writes an invoice and records its payment: what a poll that works will find. */
function xeroPaid(world: World): void {
  const state = world.vendorState<XeroState>('xero');
  const invoice = writeXeroInvoice(state, { contact: 'S-1', amountCents: 5000 }, world.now);
  recordXeroPayment(state, { invoice }, world.now);
}

describe('an access token', () => {
  it.each([
    ['xero', withXero],
    ['freshbooks', withFreshbooks],
    ['paypal', withPaypal],
  ] as const)('of %s that is about to end is renewed before anything is asked with it', (platform, made) => {
    const world = lateIn(made.clone(), platform);
    const told = asked(platform, () => poll(world));
    expect(told[0]).toBe('token 200');
    expect(told.length).toBeGreaterThan(1);
    expect(told.slice(1).filter((each) => each !== '200')).toEqual([]);
    expect(stateOf(world, platform)).toBe('connected');
  });

  it.each([
    ['xero', withXero],
    ['freshbooks', withFreshbooks],
    ['paypal', withPaypal],
  ] as const)('of %s that is refused is renewed once, and what was refused is asked again', (platform, made) => {
    const world = made.clone();
    revoke(world, platform);
    const told = asked(platform, () => poll(world));
    const at = told.indexOf('token 200');
    expect(told.slice(0, at).every((each) => each === '401') && at > 0).toBe(true);
    expect(told.slice(at + 1).filter((each) => each !== '200')).toEqual([]);
    expect(told.filter((each) => each.startsWith('token'))).toHaveLength(1);
    expect(stateOf(world, platform)).toBe('connected');
  });

  it('that is refused again when it is new leaves the connection to a person, and is not renewed again and again', () => {
    const world = withXero.clone();
    world.faults.atVendor({ vendor: 'api.xero.com', what: 'unauthorized', when: 'always' });
    expect(asked('xero', () => poll(world)).filter((each) => each === 'token 200')).toHaveLength(1);
    expect(stateOf(world, 'xero')).toBe('needs sign-in');
    world.faults.clear();
    leapTo(world, world.now + 65 * MINUTE);
    expect(stateOf(world, 'xero')).toBe('connected');
  });

  it('of client credentials leaves nothing behind that could be refreshed', () => {
    expect(stored(withPaypal, 'paypal')).not.toHaveProperty('refresh');
    expect(Object.keys(oauthOf(withPaypal, 'paypal').refresh)).toEqual([]);
  });
});

describe('a refresh token that rotates', () => {
  it.each([
    ['xero', withXero],
    ['freshbooks', withFreshbooks],
  ] as const)('at %s is saved before it is used, and the one before is kept until it has worked', (platform, made) => {
    const world = lateIn(made.clone(), platform);
    const first = stored(world, platform);
    const seen: (Stored & { readonly bearer: string | undefined })[] = [];
    line.twist = (request, reply) => {
      if (!request.url.includes(platform) || isToken(request)) return reply;
      seen.push({ ...stored(world, platform), bearer: request.headers.authorization });
      return reply;
    };
    poll(world);
    delete line.twist;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.map(({ bearer }) => bearer)).toEqual(seen.map(({ access }) => `Bearer ${access}`));
    expect(seen[0]).toMatchObject({ before: first.refresh });
    expect(seen[0]?.refresh).not.toBe(first.refresh);
    expect(stored(world, platform)).not.toHaveProperty('before');
  });

  it('that never worked, and that the vendor does not know, is no loss: the one before is tried', () => {
    const world = lateIn(withXero.clone(), 'xero');
    const first = stored(world, 'xero');
    world.faults.atVendor({ vendor: 'api.xero.com', what: 'server-error', when: 'always' });
    poll(world);
    expect(stored(world, 'xero').before).toBe(first.refresh);
    world.faults.clear();
    delete oauthOf(world, 'xero').refresh[stored(world, 'xero').refresh ?? ''];
    revoke(world, 'xero');
    leapTo(world, world.now + 12 * MINUTE);
    expect(stateOf(world, 'xero')).toBe('connected');
    expect(stored(world, 'xero')).not.toHaveProperty('before');
  });
});

describe('a first refresh token that was entered', () => {
  const linked = { 'Lease ID': 'L-1', Platform: 'sap-concur', Kind: 'customer', 'External ID': 'me' };
  const world = smallWorld({ on: '2026-12-02', leases: [leaseOf('L-1')], links: [linked] });
  sapConcur.connect(stageOf(world, 'sap-concur', '2026-12-02'));
  const posted = () => world.vendorState<ConcurState>('sap-concur').receipts.length;
  const pay = (reference: string) => {
    const request = `tokens-concur-${reference}`;
    const told = { request, lease: 'L-1', amount: `${reference}0.00`, method: 'check', reference };
    expect(askApi(world, 'recordOne', [told])).not.toHaveProperty('refused');
    leapTo(world, world.now + 12 * MINUTE);
  };

  it('is asked with until a reply brings another, and that one from then on', () => {
    const entered = keysOf(world)['secret:sap-concur:SAP_CONCUR_REFRESH_TOKEN'];
    pay('1');
    expect([posted(), stored(world, 'sap-concur').refresh]).toEqual([1, entered]);
    leapTo(world, world.now + 48 * 60 * MINUTE);
    pay('2');
    leapTo(world, world.now + 48 * 60 * MINUTE);
    pay('3');
    expect(posted()).toBe(3);
    expect(stored(world, 'sap-concur').refresh).not.toBe(entered);
  });

  it('gets a new access token where an empty 403 is all that the vendor says', () => {
    endConcurAccess(world.vendorState<ConcurState>('sap-concur'), world.now);
    pay('4');
    expect(posted()).toBe(4);
  });
});

describe('a lost answer of the sign-in service', () => {
  it('is survived at Xero, where the old refresh token is good for a while', () => {
    const world = lateIn(withXero.clone(), 'xero');
    world.faults.atVendor({ vendor: 'identity.xero.com', what: 'timeout', when: 'once', side: 'after' });
    poll(world);
    expect(stateOf(world, 'xero')).toBe('failing');
    leapTo(world, world.now + 12 * MINUTE);
    expect(stateOf(world, 'xero')).toBe('connected');
  });

  it('ends the sign-in at FreshBooks, which Connections says, and signing in again brings it back', () => {
    const world = lateIn(withFreshbooks.clone(), 'freshbooks');
    world.faults.atVendor({ vendor: 'freshbooks', what: 'timeout', when: 'once', side: 'after' });
    poll(world);
    leapTo(world, world.now + 12 * MINUTE);
    const told = shown(world, 'freshbooks');
    expect(told.state).toBe('needs sign-in');
    expect(JSON.stringify(told.fault)).toMatch(/Sign in again/);
    freshbooks.connect(stageOf(world, 'freshbooks', '2026-12-03'));
    leapTo(world, world.now + 2 * MINUTE);
    expect(stateOf(world, 'freshbooks')).toBe('connected');
  });
});

describe('two executions at once', () => {
  it.each([
    ['xero', withXero],
    ['freshbooks', withFreshbooks],
  ] as const)('renew the token of %s once, wherever the second begins', (platform, made) => {
    const start = lateIn(made.clone(), platform);
    const before = Object.keys(oauthOf(start, platform).refresh).length;
    let call = 1;
    for (; ; call++) {
      const world = start.clone();
      let reached = false;
      world.during(
        call,
        (same) => {
          reached = true;
          poll(same);
        },
        'poll',
      );
      poll(world);
      if (!reached) break;
      const renewals = Object.keys(oauthOf(world, platform).refresh).length - before;
      leapTo(world, world.now + 12 * MINUTE);
      expect([call, renewals, stateOf(world, platform)]).toEqual([call, 1, 'connected']);
    }
    expect(call).toBeGreaterThan(10);
  });
});

describe('a poll that renews', () => {
  /** The host calls after which the run was killed so that the connection was gone afterwards. */
  function lostTo(made: World, platform: string, prepare: (world: World) => void, receipts: number): readonly number[] {
    const start = lateIn(made.clone(), platform);
    prepare(start);
    const lost: number[] = [];
    let call = 1;
    for (; ; call++) {
      const world = start.clone();
      world.faults.killAt(call, 'after', 'poll');
      if (poll(world).ok) break;
      leapTo(world, world.now + 12 * MINUTE);
      leapTo(world, world.now + 12 * MINUTE);
      if (stateOf(world, platform) !== 'connected') lost.push(call);
      else expect([call, bookOf(world).receipts.length]).toEqual([call, receipts]);
    }
    expect(call).toBeGreaterThan(10);
    return lost;
  }

  it('never loses the connection to Xero, wherever it is killed, and reads what there is', () => {
    expect(lostTo(withXero, 'xero', xeroPaid, 1)).toEqual([]);
  });

  it('loses the one to FreshBooks only where it dies between the answer and the saving of it', () => {
    expect(lostTo(withFreshbooks, 'freshbooks', () => undefined, 0)).toHaveLength(1);
  });
});
