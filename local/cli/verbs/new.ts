/** `new`: an empty, set-up workbook with the clock at nine in the morning of a day. */
import { withNewBook } from '../book';
import { readDay, readZone } from '../days';
import { UsageError } from '../errors';
import { bareWorld, type NewBook, setUpWorld } from '../setup';
import { bookRequest, type Call, type Verb } from '../verb';
import { clockText, count } from '../words';

function readCurrency(text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw new UsageError(`--currency must be a code of three capitals such as USD; "${text}" is not one.`);
}

function readNewBook({ words }: Call): NewBook {
  const { on, zone, currency } = words.values;
  if (on === undefined) throw new UsageError('--on YYYY-MM-DD is missing: the day on which the books open.');
  return {
    on: readDay(on, '--on'),
    zone: readZone(zone ?? 'America/New_York'),
    currency: readCurrency(currency ?? 'USD'),
    title: 'Rent Ledger',
  };
}

export const newVerb: Verb = {
  name: 'new',
  usage: 'new --book BOOK --on YYYY-MM-DD [--zone America/New_York] [--currency USD] [--force]',
  about: 'makes an empty, set-up workbook with the clock at 09:00 of that day',
  operands: [0, 0],
  options: ['on', 'zone', 'currency', 'force'],
  run: async (call) => {
    const plan = readNewBook(call);
    const request = { ...bookRequest(call), force: call.words.flags.has('force') };
    return withNewBook(
      request,
      () => bareWorld(call.io, plan),
      (book) => {
        const setUp = setUpWorld(book.world, plan);
        book.touch();
        const { zone, currency } = plan;
        const clock = new Date(book.world.now).toISOString();
        return {
          json: { ok: true, book: book.path, clock, zone, currency, ...setUp },
          lines: [
            `Made ${book.path}: ${count(setUp.created.length, 'tab')}, the clock at ${clockText(book.world.now, zone)}.`,
            'Stripe and Slack are connected to their sandboxes. Next: `import FILE.csv`.',
          ],
        };
      },
    );
  },
};
