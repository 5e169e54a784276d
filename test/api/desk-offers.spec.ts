/** What may be asked of platforms for a lease: in its currency, with its links, and never so that rent is billed or collected twice. */
import { chapter as xero } from '../../local/story/money/xero';
import type { LeaseView } from '../../src/api/desk/lease';
import { connectPaypal, connectPlaid, connectSquare, stage } from '../jobs/autopay-world';
import { askApi, ELM, importRows, leapTo, leaseOf, type Row, smallWorld, typeInto, type World } from '../worlds';

const WHARF = { ...ELM, Property: 'Canal Wharf', 'Time zone': 'Europe/London', Currency: 'GBP' };

function everything(): World {
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM, WHARF],
    leases: [leaseOf('L-1'), leaseOf('W-1', { Property: 'Canal Wharf' })],
    settings: { 'Quiet hours': 'none', 'Pay link returns to': 'https://example.com/paid' },
  });
  connectPlaid(world);
  connectPaypal(world);
  connectSquare(world);
  xero.connect(stage(world, 'xero'));
  leapTo(world, '2026-12-01T14:30:00Z');
  return world;
}
const base = everything();

const offersOf = (world: World, lease: string, platform: string): readonly string[] =>
  askApi<LeaseView>(world, 'lease', [{ lease }])
    .offers.filter((each) => each.platform === platform)
    .map(({ kind }) => kind);
const link = (world: World, ...rows: readonly Row[]) => importRows(world, 'Links', rows);
const autopay = (Platform: string, id: string): Row => ({
  'Lease ID': 'L-1',
  Platform,
  Kind: 'autopay',
  'External ID': id,
});
let asked = 0;
const refusal = (world: World, lease: string, platform: string, kind: string): string | undefined =>
  askApi<{ refused?: string }>(world, 'askPlatform', [{ request: `offers-${asked++}-asked`, lease, platform, kind }])
    .refused;

describe('offers for a lease', () => {
  it('are made in the currency of the lease only', () => {
    const world = base.clone();
    link(world, autopay('plaid', 'item_1 acc_1'), { ...autopay('plaid', 'item_2 acc_2'), 'Lease ID': 'W-1' });
    expect(offersOf(world, 'L-1', 'plaid')).toEqual(['transfer']);
    expect(offersOf(world, 'W-1', 'plaid')).toEqual(['payLink']);
    expect(refusal(world, 'L-1', 'plaid', 'payLink')).toBe('Plaid does not do that in USD.');
  });

  it('set up no second processor beside the one that collects', () => {
    const world = base.clone();
    expect(offersOf(world, 'L-1', 'paypal')).toContain('subscribe');
    expect(offersOf(world, 'L-1', 'stripe')).toContain('setup');
    link(world, autopay('plaid', 'item_1 acc_1'));
    expect(offersOf(world, 'L-1', 'paypal')).not.toContain('subscribe');
    expect(offersOf(world, 'L-1', 'stripe')).not.toContain('setup');
    expect(offersOf(world, 'L-1', 'stripe')).toContain('payLink');
    expect(refusal(world, 'L-1', 'paypal', 'subscribe')).toMatch(/look at its rows on the Links tab/);
  });

  it('let no books bill the rent that they are told of already', () => {
    const world = base.clone();
    expect(offersOf(world, 'L-1', 'xero')).toEqual([]);
    expect(refusal(world, 'L-1', 'xero', 'repeat')).toMatch(/^Xero is told of every charge by this ledger/);
    typeInto(world, 'Connections', 'xero', 'Books from', '');
    expect(offersOf(world, 'L-1', 'xero')).toEqual(['repeat']);
  });

  it('end what was set up, and its row leaves the tab while all others stay where they are', () => {
    const world = base.clone();
    typeInto(world, 'Connections', 'xero', 'Books from', '');
    const rowsOf = () =>
      askApi<LeaseView>(world, 'lease', [{ lease: 'L-1' }]).links.map(({ platform, kind }) => `${platform} ${kind}`);
    link(world, { ...autopay('stripe', 'cus_1'), Kind: 'customer' });
    expect(refusal(world, 'L-1', 'xero', 'repeat')).toBeUndefined();
    link(world, { ...autopay('square', 'CUST1'), Kind: 'customer' });
    expect(rowsOf()).toEqual(['stripe customer', 'xero autopay', 'square customer']);
    expect(offersOf(world, 'L-1', 'xero')).toEqual(['unrepeat']);
    expect(refusal(world, 'L-1', 'xero', 'unrepeat')).toBeUndefined();
    expect(rowsOf()).toEqual(['stripe customer', 'square customer']);
    expect(offersOf(world, 'L-1', 'xero')).toEqual(['repeat']);
  });
});
