/** `serve`: the book in the browser; makes the demo, or an empty book, where there is none yet. */
import { join } from 'node:path';
import { DEMO_BOOK, makeDemo } from '../../demo';
import { Past } from '../../page/server/past';
import { serveBook } from '../../serve';
import { type BookRequest, fromCwd, holdsWorld, type OpenBook, withBook, withNewBook } from '../book';
import { dayAt } from '../days';
import { Refused, UsageError } from '../errors';
import { bareWorld, type NewBook, setUpWorld } from '../setup';
import type { Call, Outcome, Verb } from '../verb';
import { progressLine } from './until';

const HOME = '.rent-ledger';
const DEFAULT_PORT = 8700;
const MAX_PORT = 65_535;

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d+$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= MAX_PORT) return port;
  throw new UsageError(`--port must be a whole number from 0 to ${MAX_PORT}; "${text}" is not one.`);
}

function requestOf({ io, words }: Call): BookRequest {
  const { book, har } = words.values;
  const path = book ?? join(HOME, words.flags.has('empty') ? 'empty' : 'demo');
  return { path: fromCwd(io, path), verb: 'serve', ...(har === undefined ? {} : { har: fromCwd(io, har) }) };
}

/** An empty book opens today, where the person is. */
function emptyBook(): NewBook {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { on: dayAt(Date.now(), timeZone), zone: timeZone, currency: 'USD', title: 'Rent Ledger' };
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function serveUntilStopped({ io, words }: Call, book: OpenBook, port: number): Promise<Outcome> {
  const { url, close } = await serveBook(book, io.root, port);
  const json = { ok: true, url, book: book.path };
  // Told at once and not as the outcome, which comes when it is over.
  io.out(words.flags.has('json') ? `${JSON.stringify(json)}\n` : `${url}\n`);
  await stopped(io.stop);
  await close();
  return { json: undefined, lines: [] };
}

async function fill(call: Call, book: OpenBook, plan: NewBook, isEmpty: boolean): Promise<void> {
  if (isEmpty) {
    setUpWorld(book.world, plan);
    book.touch();
  } else {
    call.say('Making the demo portfolio; this happens once and takes about a minute.');
    const past = new Past(book.path);
    const tell = progressLine(call.io, call.words.flags.has('json'));
    const onDay: typeof tell = (progress, tally) => {
      tell(progress, tally);
      // The demo begins with a yesterday to which one can go back.
      if (progress.done === progress.of - 1) past.keep(book.world);
    };
    const { stopped: isStopped } = await makeDemo(book, { onDay, stop: call.io.stop });
    if (isStopped) throw new Refused('The demo was stopped half-way and nothing was saved. Run this again.');
  }
  book.save();
}

export const serveVerb: Verb = {
  name: 'serve',
  usage: 'serve [--book BOOK] [--port N] [--empty]',
  about: 'serves a book in the browser and prints its address; without BOOK the demo, or an empty book with --empty',
  operands: [0, 0],
  options: ['port', 'empty'],
  run: async (call) => {
    const port = readPort(call.words.values.port);
    const request = requestOf(call);
    if (holdsWorld(request.path)) return withBook(call.io, request, (book) => serveUntilStopped(call, book, port));
    const isEmpty = call.words.flags.has('empty');
    const plan = isEmpty ? emptyBook() : DEMO_BOOK;
    return withNewBook(
      { ...request, force: false },
      () => bareWorld(call.io, plan),
      async (book) => {
        await fill(call, book, plan, isEmpty);
        return serveUntilStopped(call, book, port);
      },
    );
  },
};
