/** A property system as books of the houses that name it: charges of those only, and what it cannot hold is no difference. */
import { chapter } from '../../local/story/crm/appfolio';
import { stageOf } from '../../local/story/stage';
import type { AppfolioState } from '../../local/vendors/appfolio';
import { askApi, bookOf, ELM, HOUR, leapTo, leaseOf, MINUTE, smallWorld, twisted, type World } from '../worlds';
import { record } from './books-worlds';

const HOUSE = { ...ELM, Property: 'Harbor Court', Books: 'AppFolio', 'Grace days': '25' };
const AF = { Property: 'Harbor Court', Unit: '11', Residents: 'Ada Park', Email: 'ada@example.com' };

/** The third of December, at night: one house is kept in AppFolio, the other in no books, and both have had a check. */
function third(): World {
  const world = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('AF-1', AF), leaseOf('L-1')],
    properties: [HOUSE, { ...ELM, Books: 'none', 'Grace days': '25' }],
    settings: { 'Quiet hours': 'none' },
    vendors: twisted().vendors,
  });
  chapter.connect(stageOf(world, 'appfolio', '2026-12-01'));
  leapTo(world, world.now + 2 * MINUTE);
  record(world, 'AF-1', '400.00', '77');
  record(world, 'L-1', '400.00', '78');
  leapTo(world, world.now + HOUR);
  // The night after the next day: what is fresh is no difference yet.
  const midnight = Math.ceil(world.now / (24 * HOUR)) * 24 * HOUR + 29 * HOUR;
  for (const minutes of [10, 30, 190, 215]) leapTo(world, midnight + minutes * MINUTE);
  return world;
}

const appfolioOf = (world: World) => world.vendorState<AppfolioState>('appfolio');

describe('a house that names AppFolio as its books', () => {
  const world = third();

  it('has its charge there, and the other house has none', () => {
    expect(appfolioOf(world).charges.map(({ cents, description }) => [cents, /RL-\w{10}$/.test(description)])).toEqual([
      [100_000, true],
    ]);
    const told = bookOf(world).outbox.filter(({ channel }) => channel === 'appfolio');
    expect(told.map(({ kind, lease, state }) => [kind, lease, state])).toEqual([
      ['invoice', 'AF-1', 'sent'],
      ['payment', 'AF-1', 'sent'],
    ]);
  });

  it('is told of money by a note, and the nightly comparison does not miss it', () => {
    expect(appfolioOf(world).notes.map(({ body }) => body)).toEqual([
      expect.stringMatching(/\$400\.00 received 2026-12-01 \(manual .*Enter it as a receipt with the reference RP-/),
    ]);
    expect(appfolioOf(world).receipts).toEqual([]);
    const [connection] = askApi<readonly { id: string; differences: unknown; agreed?: unknown }[]>(
      world,
      'connections',
    ).filter(({ id }) => id === 'appfolio');
    expect(connection).toMatchObject({ differences: [], agreed: { here: '1,000.00 USD', there: '1,000.00 USD' } });
    expect(bookOf(world).tasks.filter(({ key }) => key.startsWith('task:drift:'))).toEqual([]);
  });
});
