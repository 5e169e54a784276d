/** What the card beside the spreadsheet says: today's figures, or in words why there are none. */
import { clockText } from '../domain/calendar';
import { display } from '../domain/money';
import type { Run } from '../domain/run-book';
import type { Cents } from '../domain/values';
import { isInVain } from '../domain/wanted';
import type { CardRow, CardView } from '../ports';
import { type App, errorText, runNow } from '../run/app';
import { figuresOf, waitingOf } from '../sheet/dashboard';
import { BookBroken, type Loaded, loadBook } from '../sheet/load';

/** Reads the book once. Never throws: a card that fails shows Google's words for it, which help nobody. */
export function cardView(app: App): CardView {
  try {
    return figuresView(app, loadBook(app.host));
  } catch (error) {
    if (error instanceof BookBroken) return { asOf: '', rows: [], trouble: error.message };
    app.host.note(`card: ${errorText(error)}`);
    const trouble =
      'The figures could not be read just now. The clock goes on by itself; reload the spreadsheet to see them here.';
    return { asOf: '', rows: [], trouble };
  }
}

function figuresView(app: App, loaded: Loaded): CardView {
  const { book } = loaded;
  const run = runNow(app);
  const figures = figuresOf(book, run);
  const { collected, expected } = figures.month;
  const money = (amount: Cents) => display(amount, figures.currency);
  const others = figures.left.length > 0 ? { note: `Without ${figures.left.join(', ')}` } : {};
  const share = expected > 0 ? Math.round((collected * 100) / expected) : 0;
  return {
    asOf: `As of ${clockText(run.now, book.settings.zone)} (${book.settings.zone})`,
    rows: [
      expected > 0
        ? {
            label: 'Collected this month',
            value: `${money(collected)} of ${money(expected)}`,
            note: [`${share}% of what is due`, ...Object.values(others)].join('. '),
          }
        : { label: 'Collected this month', value: 'Nothing was charged yet', ...others },
      { label: 'Outstanding', value: money(figures.outstanding), ...others },
      figures.late > 0
        ? {
            label: 'Late residents',
            value: `${figures.late}`,
            note: `${money(figures.lateCents)} together`,
          }
        : { label: 'Late residents', value: 'None' },
      waitingRow(loaded, run),
    ],
  };
}

/** States of an effect in which only a person can go on. */
const FOR_A_PERSON: readonly string[] = ['unsure', 'failed', 'waiting for release'];

function waitingRow({ book, outbox }: Loaded, run: Run): CardRow {
  const { problems, payments, tasks } = waitingOf(book);
  const messages = outbox.filter((row) => FOR_A_PERSON.includes(row.state) && !isInVain(book, run, row)).length;
  const kinds: readonly (readonly [count: number, one: string, many: string])[] = [
    [problems, 'problem in a cell', 'problems in cells'],
    [payments, 'payment to match', 'payments to match'],
    [messages, 'message to decide on', 'messages to decide on'],
    [tasks, 'open task', 'open tasks'],
  ];
  const parts = kinds
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  const label = 'Needs you';
  if (parts.length === 0) return { label, value: 'Nothing today' };
  return { label, value: String(problems + payments + messages + tasks), note: parts.join(', ') };
}
