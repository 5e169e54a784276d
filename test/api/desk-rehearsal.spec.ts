/** A dry run of a gateway: the request for a real charge or payment as it would be sent, with every secret masked, and nothing sent. */
import type { AppfolioState } from '../../local/vendors/appfolio';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import type { Rehearsed } from '../../src/api/desk/rehearsal';
import type { Refusal } from '../../src/api/desk/told';
import { click, paysByCheque } from '../jobs/carriers-world';
import { ask } from '../jobs/crm-world';
import { answerAs, askApi, leapTo, leaseOf, smallWorld, tabOf, type World } from '../worlds';

const SECRET = 'gw-appfolio-93ac';
const URL = 'https://appfolio-gateway.example';
const gateway = (world: World) => world.vendorState<AppfolioState>('appfolio').gateway;

/** The second of December behind AppFolio's gateway: December is charged, and L-1 has paid. */
const base = (() => {
  const world = smallWorld({
    on: '2026-11-30',
    leases: [leaseOf('L-1', { Start: '2026-12-01' }), leaseOf('L-2', { Start: '2027-02-01' })],
    links: [{ 'Lease ID': 'L-1', Platform: 'appfolio', Kind: 'customer', 'External ID': '7001' }],
    settings: { 'Quiet hours': 'none' },
  });
  openPortfolio(world.vendorState<AppfolioState>('appfolio'), SMALL_PORTFOLIO, world.now);
  click(world, 'connectPlatform', {
    platform: 'appfolio',
    credentials: {
      APPFOLIO_PROFILE: 'gateway',
      GATEWAY_URL: URL,
      GATEWAY_AUTH: 'basic',
      GATEWAY_USER: 'rent-ledger',
      GATEWAY_SECRET: SECRET,
    },
  });
  leapTo(world, '2026-12-01T15:00:00Z');
  paysByCheque(world, 'L-1', '400.00');
  return world;
})();

const rehearsed = (world: World, kind: string, lease = 'L-1'): Rehearsed =>
  ask<Rehearsed>(world, 'rehearse', { platform: 'appfolio', kind, lease });
const refused = (args: object): string | undefined => askApi<Refusal>(base, 'rehearse', [args]).refused;
const encoded = Buffer.from(`rent-ledger:${SECRET}`).toString('base64');

describe('a dry run', () => {
  it('shows the request for the last charge of a lease, as the gateway would get it', () => {
    const { about, requests } = rehearsed(base, 'invoice');
    expect(about).toMatch(/^invoice RL-\w{10}$/);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: expect.stringMatching(/^https:\/\/appfolio-gateway\.example\//),
    });
    const body = JSON.parse(requests[0]?.body ?? '') as Record<string, unknown>;
    expect(Object.values(body)).toEqual(expect.arrayContaining(['1000.00', '2026-12-01', '7001']));
  });

  it('shows the one for a payment, which came in elsewhere', () => {
    const { requests } = rehearsed(base, 'payment');
    expect(requests[0]?.body).toMatch(/"400\.00"/);
  });

  it('is the very request that is then sent', () => {
    const world = base.clone();
    const [request] = rehearsed(world, 'payment').requests;
    const traffic = world.record();
    ask(world, 'deliver');
    const sent = JSON.stringify(traffic.toJSON().log.entries.map((each) => each.request));
    expect(sent).toContain(JSON.stringify(request?.url));
    expect(sent).toContain(JSON.stringify(request?.body));
  });

  it('shows no secret, in any form', () => {
    for (const kind of ['invoice', 'payment']) {
      const shown = JSON.stringify(rehearsed(base, kind));
      expect(shown).toContain('[secret]');
      for (const secret of [SECRET, encoded, Buffer.from('[secret]').toString('base64')])
        expect(shown).not.toContain(secret);
    }
  });

  it('shows neither a key in a header of its own nor another header', () => {
    const world = base.clone();
    click(world, 'connectPlatform', {
      platform: 'appfolio',
      credentials: {
        APPFOLIO_PROFILE: 'gateway',
        GATEWAY_URL: URL,
        GATEWAY_AUTH: 'basic',
        GATEWAY_USER: 'rent-ledger',
        GATEWAY_SECRET: SECRET,
        GATEWAY_EXTRA: 'X-Tenant: very-secret-77',
      },
    });
    const { requests } = rehearsed(world, 'invoice');
    expect(JSON.stringify(requests)).not.toMatch(/very-secret-77|gw-appfolio-93ac/);
  });

  it('sends nothing and changes nothing', () => {
    const world = base.clone();
    const before = JSON.stringify([world.workbook, gateway(world)]);
    rehearsed(world, 'invoice');
    rehearsed(world, 'payment');
    expect(JSON.stringify([world.workbook, gateway(world)])).toBe(before);
    expect(tabOf(world, 'Outbox')).toEqual(tabOf(base, 'Outbox'));
  });
});

describe('what is refused', () => {
  it.each([
    [{ platform: 'appfolio', kind: 'invoice', lease: 'L-2' }, 'There is no invoice of L-2 to try it with.'],
    [{ platform: 'appfolio', kind: 'invoice', lease: 'X-9' }, 'There is no invoice of X-9 to try it with.'],
    [{ platform: 'appfolio', kind: 'launch', lease: 'L-1' }, 'There is no launch of L-1 to try it with.'],
    [
      { platform: 'stripe', kind: 'invoice', lease: 'L-1' },
      "Stripe has no dry run: its requests are the vendor's own.",
    ],
    [{ platform: 'hubspot', kind: 'invoice', lease: 'L-1' }, 'HubSpot is not connected.'],
  ])('%j', (args, why) => {
    expect(refused(args)).toBe(why);
  });

  it('anybody but the owner', () => {
    const args = { platform: 'appfolio', kind: 'invoice', lease: 'L-1' };
    expect(answerAs(base, 'meg@example.com', 'rehearse', args)).toMatchObject({ ok: false });
  });
});
