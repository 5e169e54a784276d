/** What a manager sees of a resident's page and does with its link: shown once in the Log, sent anew, made worthless, each click once. */
import type { LeaseView } from '../../src/api/desk/lease';
import {
  answerAs,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  mailsOf,
  OWNER,
  savedCard,
  smallWorld,
  tabOf,
  type World,
} from '../worlds';

const MANAGER = 'ann@example.com';

/** Two leases; the first collects by a saved card, and has a payment under way besides. */
let base: World;
beforeAll(() => {
  const { objects, links } = savedCard('L-1', '2026-11-20T12:00:00Z');
  base = smallWorld({
    on: '2026-11-25',
    properties: [{ ...ELM, Jurisdiction: 'US-TX' }],
    leases: [leaseOf('L-1'), leaseOf('L-2')],
    links,
    settings: { Reminders: 'on', Managers: MANAGER },
  });
  loadStripe(base, objects);
  leapTo(base, '2026-12-01T15:30:00Z');
  loadStripe(base, [intentOf('pi_1', 'L-2', 40_000, '2026-12-01T16:00:00Z', { status: 'processing' })]);
  leapTo(base, '2026-12-01T18:30:00Z');
});

const viewOf = (world: World, lease: string, user = MANAGER): LeaseView =>
  answerAs(world, user, 'lease', { lease }).value as LeaseView;

const pageOf = (world: World, lease: string): string => viewOf(world, lease).page.links[0]?.page ?? '';

interface Told {
  readonly done?: true;
  readonly says?: string;
  readonly link?: string;
  readonly refused?: string;
}

let clicks = 0;
function decide(
  world: World,
  lease: string,
  as: string,
  user = MANAGER,
  request = `page-click-${++clicks}-of-these`,
): Told {
  return answerAs(world, user, 'residentLink', { request, lease, page: pageOf(world, lease), as }).value as Told;
}

const logged = (world: World) =>
  tabOf(world, 'Log')
    .filter((row) => row.Kind === 'page')
    .map((row) => row.What ?? '');
const rowOf = (world: World, lease: string) => tabOf(world, 'Resident pages').find((row) => row['Lease ID'] === lease);
const opens = (world: World, link = '') => world.doGet({ page: new URL(link).searchParams.get('page') ?? '' }).body;

describe('what is seen of it', () => {
  it('is each link with its state, sent and opened', () => {
    expect(viewOf(base, 'L-1').page.links).toEqual([
      expect.objectContaining({ address: 'l-1@example.com', state: 'live', opened: 0 }),
    ]);
  });

  it('is autopay with its platform and its next day, and payments under way', () => {
    expect(viewOf(base, 'L-1').page).toMatchObject({
      autopay: { by: 'Stripe', next: '2027-01-01' },
      disputes: 0,
    });
    const other = viewOf(base, 'L-2').page;
    expect(other.autopay).toBeUndefined();
    expect(other.processing).toEqual({ amount: { cents: 40_000, currency: 'USD' }, since: '2026-12-01' });
  });
});

describe('a link that is shown', () => {
  it('opens the page of its lease, and the Log tells who has seen it but not the link', () => {
    const world = base.clone();
    const told = decide(world, 'L-1', 'link', OWNER);
    expect(opens(world, told.link)).toContain('Resident L-1');
    expect(logged(world).at(-1)).toBe(`The link to the page for l-1@example.com was shown. ${OWNER}`);
    const token = new URL(told.link ?? '').searchParams.get('page') ?? '';
    expect(token).toMatch(/^rl_/);
    for (const tab of ['Log', 'Outbox', 'Resident pages', 'State'])
      expect(JSON.stringify(tabOf(world, tab))).not.toContain(token);
  });

  it('is refused to an account without the key, which is told what to do instead', () => {
    const world = base.clone();
    const before = tabOf(world, 'Log').length;
    expect(decide(world, 'L-1', 'link').refused).toMatch(/^Only the account of the owner can show a link/);
    expect(tabOf(world, 'Log')).toHaveLength(before);
  });
});

describe('a fresh link', () => {
  it('goes once to the one address however often one click is repeated', () => {
    const world = base.clone();
    const before = mailsOf(world).length;
    const request = 'one-click-that-came-twice';
    expect(decide(world, 'L-2', 'send', MANAGER, request).says).toBe('A fresh link is on its way to l-2@example.com.');
    expect(decide(world, 'L-2', 'send', MANAGER, request).says).toBe('A fresh link is on its way to l-2@example.com.');
    leapTo(world, '2026-12-01T19:30:00Z');
    const fresh = mailsOf(world).slice(before);
    expect(fresh.map((mail) => mail.to)).toEqual(['l-2@example.com']);
  });
});

describe('a link that is revoked', () => {
  it('opens nothing any more, and a fresh one opens the page again while the old one stays worthless', () => {
    const world = base.clone();
    const { link } = decide(world, 'L-1', 'link', OWNER);
    expect(decide(world, 'L-1', 'revoke').says).toMatch(/worthless from now on/);
    expect(rowOf(world, 'L-1')).toMatchObject({ State: 'revoked', Version: '2' });
    expect(opens(world, link)).not.toContain('Resident L-1');
    expect(decide(world, 'L-1', 'revoke').refused).toBe('This link is revoked already.');
    expect(decide(world, 'L-1', 'link', OWNER).refused).toBe('This link was revoked. Send a fresh one.');
    expect(decide(world, 'L-1', 'send').done).toBe(true);
    expect(rowOf(world, 'L-1')).toMatchObject({ State: 'live', Version: '2' });
    expect(opens(world, link)).not.toContain('Resident L-1');
    expect(opens(world, decide(world, 'L-1', 'link', OWNER).link)).toContain('Resident L-1');
  });

  it('is decided on by managers only, and by nobody for a lease that has no such page', () => {
    const world = base.clone();
    const page = pageOf(world, 'L-1');
    const asked = answerAs(world, MANAGER, 'residentLink', {
      request: 'page-of-another-lease',
      lease: 'L-2',
      page,
      as: 'revoke',
    });
    expect((asked.value as Told).refused).toMatch(/has no such page/);
    const stranger = answerAs(world, 'vera@example.com', 'residentLink', {
      request: 'a-viewer-revokes-one',
      lease: 'L-1',
      page,
      as: 'revoke',
    });
    expect(stranger.ok).toBe(false);
    expect(rowOf(world, 'L-1')).toMatchObject({ State: 'live', Version: '1' });
  });
});

it('killed at any call of the host, a revocation is done whole or not at all, and the second click ends it', () => {
  const request = 'a-click-that-was-killed-once';
  for (let call = 1; call < 60; call++) {
    const world = base.clone();
    const page = pageOf(world, 'L-1');
    world.faults.atCall({ what: 'kill', call, side: 'before', handler: 'api' });
    const run = world.run('api', ['residentLink', [{ request, lease: 'L-1', page, as: 'revoke' }]], {
      trigger: 'sidebar',
      user: MANAGER,
    });
    if (run.ok) {
      expect(call).toBeGreaterThan(5);
      return;
    }
    expect(['1', '2']).toContain(rowOf(world, 'L-1')?.Version);
    leapTo(world, world.now + 10 * 60_000);
    answerAs(world, MANAGER, 'residentLink', { request, lease: 'L-1', page, as: 'revoke' });
    expect(rowOf(world, 'L-1')).toMatchObject({ State: 'revoked', Version: '2' });
    expect(logged(world).filter((text) => text.includes('worthless'))).toHaveLength(1);
  }
  throw new Error('The call never came to its end');
}, 120_000);
