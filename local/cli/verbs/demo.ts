/** `demo`: makes the demo portfolio in a folder. */
import { DEMO_BOOK, makeDemo } from '../../demo';
import { withNewBook } from '../book';
import { Refused } from '../errors';
import { bareWorld } from '../setup';
import { bookRequest, type Verb } from '../verb';
import { aligned } from '../words';
import { standings } from './status';
import { advancedLines, progressLine } from './until';

export const demoVerb: Verb = {
  name: 'demo',
  usage: 'demo --book BOOK [--force]',
  about: 'makes the demo portfolio: 3 properties, 48 units, two currencies, three time zones, six weeks of rent',
  operands: [0, 0],
  options: ['force'],
  run: async (call) => {
    const { io, words } = call;
    const request = { ...bookRequest(call), force: words.flags.has('force') };
    return withNewBook(
      request,
      () => bareWorld(io, DEMO_BOOK),
      async (book) => {
        const onDay = progressLine(io, words.flags.has('json'));
        const advanced = await makeDemo(book, { onDay, stop: io.stop });
        if (advanced.stopped) throw new Refused('The demo was stopped half-way and nothing was saved. Run this again.');
        const { fromMs: _from, toMs, ...counts } = advanced;
        const byStanding = standings(book.world);
        return {
          json: { ok: true, book: book.path, clock: new Date(toMs).toISOString(), ...counts, standings: byStanding },
          lines: [
            `Made the demo in ${book.path}.`,
            ...advancedLines(advanced, DEMO_BOOK.zone),
            'Leases by standing:',
            ...aligned(Object.entries(byStanding)),
          ],
        };
      },
    );
  },
};
