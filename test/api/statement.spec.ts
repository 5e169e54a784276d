/** The statement of one lease through the gateway, on the built add-on. */
import { askApi, leaseOf, smallWorld } from '../worlds';

it('is told as of any day, with a running balance, aging and the fee terms in words', () => {
  const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1', { Rent: '1200.00', Start: '2026-11-01' })] });
  askApi(world, 'daily');
  world.advanceTo(world.now + 86_400_000);
  askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '200.00', method: 'check', reference: '17' }]);
  const now = askApi<Record<string, unknown>>(world, 'statement', [{ lease: 'L-1' }]);
  expect(now).toMatchObject({
    asOf: '2026-11-02',
    balance: '1000.00',
    lines: [
      { key: 'rent:L-1:2026-11', amount: '1200.00', balance: '1200.00' },
      { day: '2026-11-02', amount: '-200.00', balance: '1000.00' },
    ],
    aging: { '0-30': '1000.00', '31-60': '0.00', '61-90': '0.00', '90+': '0.00' },
  });
  expect(String(now.grace)).toMatch(/from/);
  expect(askApi(world, 'statement', [{ lease: 'L-1', asOf: '2026-11-01' }])).toMatchObject({ balance: '1200.00' });
});
