/** Moving out and renewing through the gateway, on the built add-on. */
import { askApi, callApi, leaseOf, smallWorld, type World } from '../worlds';

function worldWith(end: string): World {
  const world = smallWorld({
    on: '2026-11-01',
    leases: [leaseOf('L-1', { Rent: '1200.00', Start: '2026-11-01', End: end })],
  });
  askApi(world, 'daily');
  return world;
}

const balance = (world: World) => askApi<{ leases: { balance: string }[] }>(world, 'exportBook').leases[0]?.balance;

describe('the end of a lease', () => {
  it('set by a person credits what was charged beyond it, and the Log names the reason', () => {
    const world = worldWith('');
    expect(
      callApi(world, 'moveOut', [{ lease: 'L-1', end: '2026-11-15', reason: 'moved to Ohio' }]).value,
    ).toMatchObject({ done: true });
    world.advanceTo(world.now + 86_400_000);
    expect(balance(world)).toBe('600.00');
    const { log } = askApi<{ log: { what: string; after: string }[] }>(world, 'exportBook');
    expect(log.find((each) => each.what.includes('moved to Ohio'))?.after).toBe('2026-11-15');
  });

  it('is refused where money that was received would fall outside it, and the sheet stays as it is', () => {
    const world = worldWith('');
    askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '200.00', method: 'check', reference: '17' }]);
    const refused = callApi(world, 'moveOut', [{ lease: 'L-1', end: '2026-10-31', reason: 'mistake' }]).value;
    expect(refused).toEqual({ refused: 'The end Oct 31, 2026 lies before the start Nov 1, 2026.' });
    expect(balance(world)).toBe('1000.00');
  });

  it('is moved on by one more term of the same length', () => {
    const world = worldWith('2027-10-31');
    askApi(world, 'renew', [{ lease: 'L-1', reason: 'signed again' }]);
    const refused = callApi(world, 'moveOut', [{ lease: 'L-1', end: '2028-11-30', reason: 'too far' }]).value;
    expect(refused).toEqual({ refused: expect.stringContaining("after the lease's end Oct 31, 2028") });
  });
});
