/** `until D`: moves the clock to the end of a day and fires every trigger on the way. */
import { type Advanced, advanceThrough, type Progress, zoneOf } from '../advance';
import { withBook } from '../book';
import { dayAt, readDay } from '../days';
import { Refused } from '../errors';
import type { Io } from '../io';
import type { Tally } from '../tally';
import { bookRequest, type Call, type Outcome, operand, type Verb } from '../verb';
import { aligned, clockText, count, firstOf } from '../words';

const PROBLEMS_SHOWN = 20;
/** Without a terminal that can be written over, one line for so many days. */
const QUIET_DAYS = 7;

/** Tells on standard error how far a long span has come. */
export function progressLine(io: Io, isSilent: boolean): (progress: Progress, tally: Tally) => void {
  return ({ day, done, of }) => {
    if (isSilent || of < 3) return;
    if (io.isTerminal) io.err(`\r${day}  day ${done} of ${of}${done === of ? '\n' : ''}`);
    else if (done % QUIET_DAYS === 0 && done < of) io.err(`${day}: day ${done} of ${of}\n`);
  };
}

export function advancedLines(advanced: Advanced, zone: string): string[] {
  const { charges, fees, receipts, reversals, messages, chats, tasks, executions, problems } = advanced;
  const rows: [string, number][] = [
    ['charges', charges],
    ['fees', fees],
    ['receipts', receipts],
    ['reversals', reversals],
    ['messages', messages],
    ['Slack posts', chats],
    ['tasks', tasks],
    ['executions', executions],
  ];
  const shown = problems.map((problem) => `  ${problem}`);
  return [
    ...(advanced.stopped ? ['Stopped before the last day; what was done is saved.'] : []),
    `The clock stands at ${clockText(advanced.toMs, zone)}.`,
    ...aligned(rows),
    ...(problems.length === 0 ? ['No problems.'] : [`${count(problems.length, 'problem')}:`]),
    ...firstOf(shown, PROBLEMS_SHOWN, 'problems'),
  ];
}

/** Throws {@link Refused} when the workbook's calendar is past that day. */
export function requireFuture(nowMs: number, zone: string, day: string): void {
  const today = dayAt(nowMs, zone);
  if (day >= today) return;
  throw new Refused(
    `The clock of this book stands at ${clockText(nowMs, zone)} and only moves on. Name ${today} or later.`,
  );
}

async function runUntil(call: Call): Promise<Outcome> {
  const day = readDay(operand(call, 0), 'The day');
  return withBook(call.io, bookRequest(call), async (book) => {
    const zone = zoneOf(book.world);
    requireFuture(book.world.now, zone, day);
    book.touch();
    const onDay = progressLine(call.io, call.words.flags.has('json'));
    const advanced = await advanceThrough(book.world, day, { onDay, stop: call.io.stop });
    const { fromMs, toMs, ...counts } = advanced;
    const [from, clock] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
    return { json: { ok: true, from, clock, zone, ...counts }, lines: advancedLines(advanced, zone) };
  });
}

export const untilVerb: Verb = {
  name: 'until',
  usage: 'until YYYY-MM-DD --book BOOK',
  about: 'moves the clock to the end of that day, firing every trigger on the way',
  operands: [1, 1],
  options: [],
  run: runUntil,
};
