/** `status`: where a book stands, at a glance. */
import type { SlackState } from '../../vendors/slack';
import type { World } from '../../world';
import { zoneOf } from '../advance';
import { withBook } from '../book';
import { rowCount, rowsOf } from '../tabs';
import { problemsNow } from '../tally';
import { bookRequest, type Verb } from '../verb';
import { aligned, clockText, count, firstOf } from '../words';
import { armedFaults } from './fail';

/** How many leases stand where, by the first word of the Rent Roll's Status, its icon and days left out. */
export function standings(world: World): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const row of rowsOf(world, 'Rent Roll')) {
    const word = (row.Status ?? '').replace(/^\P{L}+/u, '').replace(/\s+\d.*$/u, '');
    if (word !== '') counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

function facts(world: World) {
  return {
    leases: rowCount(world, 'Leases'),
    entries: rowCount(world, 'Ledger'),
    receipts: rowCount(world, 'Receipts'),
    tasks: rowCount(world, 'Tasks'),
    outbox: rowCount(world, 'Outbox'),
    messages: world.mailbox.length,
    chats: world.vendorState<SlackState>('slack').messages.length,
  };
}

export const statusVerb: Verb = {
  name: 'status',
  usage: 'status --book BOOK',
  about: 'tells where the book stands: clock, leases by standing, problems, switches',
  operands: [0, 0],
  options: [],
  run: async (call) =>
    withBook(call.io, bookRequest(call), ({ world, path }) => {
      const zone = zoneOf(world);
      const [counts, byStanding] = [facts(world), standings(world)];
      const [problems, faults] = [problemsNow(world), armedFaults(world)];
      return {
        json: {
          ok: true,
          book: path,
          clock: new Date(world.now).toISOString(),
          zone,
          ...counts,
          standings: byStanding,
          problems,
          faults,
        },
        lines: [
          `${path}: the clock stands at ${clockText(world.now, zone)}.`,
          ...aligned(Object.entries(counts)),
          ...(Object.keys(byStanding).length === 0
            ? []
            : ['Leases by standing:', ...aligned(Object.entries(byStanding))]),
          ...(problems.length === 0 ? [] : [`${count(problems.length, 'problem')}:`]),
          ...firstOf(
            problems.map((each) => `  ${each}`),
            20,
            'problems',
          ),
          ...faults.map((each) => `Switched on: ${each}`),
        ],
      };
    }),
};
