/** The opposite of a click on the book as it is loaded: rows, cells and tasks, or why it cannot be had. */
import type { Account } from '../../../domain/account';
import { CONTACT_HEADERS, type ContactHeader, type PeopleWrite, type Refused, refuse } from '../../../domain/acts/act';
import { contactCell } from '../../../domain/acts/contact';
import { clickOf, undoEntry, undoRefusal } from '../../../domain/acts/undo';
import type { Entry, ReceiptRow, TaskRow, Term } from '../../../domain/book';
import { parseDay } from '../../../domain/calendar';
import { decimal } from '../../../domain/money';
import type { RequestRow } from '../../../domain/requests';
import { type RunBook, termsOf } from '../../../domain/run-book';
import { datesRefused } from '../../../domain/term-dates';
import type { Key } from '../../../domain/values';
import type { App } from '../../../run/app';
import type { Changes } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { LEASES, TERMS } from '../../../sheet/schema';
import { accountOf } from '../../account';
import { type Click, type ClickLine, clickIn, UNDO_LINE } from './click';
import { wishesBack } from './plan-wish';
import { moneyUndo } from './undo-money';
import { versionOf } from './version';
import { bookAfter, olderReceipts, placeOf } from './work';

/** The opposite of one lease's part of a click. */
export interface UndoPart {
  readonly before: Account;
  readonly account: Account;
  readonly people: readonly PeopleWrite[];
  /** Rows of the Terms tab that the click had added. */
  readonly termsOff: readonly Term[];
}

export interface UndoWork {
  /** What the person was told when it was done. */
  readonly told: string;
  readonly parts: readonly UndoPart[];
  readonly receipts: readonly ReceiptRow[];
  /** Tasks that the click had closed, open again. */
  readonly tasks: readonly TaskRow[];
  /** Wishes for a plan that it had met, waiting again. */
  readonly requests: readonly RequestRow[];
  readonly version: string;
  /** Where receipts are taken back: all that this writes. */
  readonly changes?: Changes;
}

export const UNDO_STAYS = 'An undo cannot be undone: do the act again.';
const nothing = (run: string) => refuse(`There is nothing to undo under "${run.slice(0, 80)}".`);

export function undoOf(app: App, loaded: Loaded, run: string, reason: string): UndoWork | Refused {
  const click = clickIn(app, loaded, run);
  const told = click.lines.find((line) => line.kind === 'act')?.what ?? run;
  if (click.undone) return refuse('It was undone already.');
  const money = moneyUndo(app, loaded, click, told, reason);
  if (money) return money;
  const ids = [...new Set(click.lines.flatMap((line) => line.lease || []))];
  const accounts = ids.flatMap((id) => accountOf(loaded, app, id) ?? []);
  if (ids.length === 0 || accounts.length < ids.length) return nothing(run);
  if (click.lines.some((line) => line.kind === UNDO_LINE)) return refuse(UNDO_STAYS);
  const entries = undoable(click, run);
  if ('refused' in entries) return entries;
  const receipts = receiptsOf(app, loaded, entries);
  const before = new Map(receipts);
  const parts: UndoPart[] = [];
  for (const account of accounts) {
    const part = partOf(app, account, click, entries, receipts, reason);
    if ('refused' in part) return part;
    parts.push(part);
  }
  if (entries.length === 0 && parts.every(({ people, termsOff }) => people.length + termsOff.length === 0))
    return nothing(run);
  const wishes = wishesBack(loaded.book, click.lines);
  return {
    told,
    parts,
    receipts: [...receipts.values()].filter((row) => before.get(row.key) !== row),
    tasks: [...reopened(loaded, click), ...wishes.tasks],
    requests: wishes.requests,
    version: accounts.map((account) => versionOf(loaded, account)).join('.'),
  };
}

/** The rows to undo: those that the click itself wrote, and receipts; what the rules wrote along the way stays. */
function undoable({ entries }: Click, run: string): readonly Entry[] | Refused {
  const mine = entries.filter((entry) => clickOf(entry.key) === run || entry.kind === 'receipt');
  const fixed = mine.flatMap((entry) => undoRefusal(entry) ?? []);
  return fixed[0] === undefined ? mine : refuse(fixed[0]);
}

function receiptsOf(app: App, loaded: Loaded, entries: readonly Entry[]): Map<Key, ReceiptRow> {
  const wanted = new Set<Key>(
    entries.flatMap((entry) => (entry.kind === 'receipt' || entry.kind === 'reversal' ? entry.receipt : [])),
  );
  const known = loaded.book.receipts.filter((row) => wanted.has(row.key));
  for (const row of known) wanted.delete(row.key);
  const older = wanted.size > 0 ? olderReceipts(app, loaded, wanted) : [];
  return new Map([...known, ...older].map((row) => [row.key, row]));
}

function partOf(
  app: App,
  before: Account,
  { lines }: Click,
  entries: readonly Entry[],
  receipts: Map<Key, ReceiptRow>,
  reason: string,
): UndoPart | Refused {
  const { lease } = before;
  const account: Account = { ...before, entries: [], click: app.run.id };
  for (const entry of entries.filter((each) => each.lease === lease.id).reverse()) {
    const refused = undoEntry({ account, reason, receipts }, entry);
    if (refused) return refused;
  }
  const people: PeopleWrite[] = [];
  const termsOff: Term[] = [];
  for (const line of lines.filter((each) => each.kind === 'lease' && each.lease === lease.id).reverse()) {
    const back = line.key.startsWith(`${TERMS.title}:`) ? termBack(account, line) : cellBack(account, line);
    if ('refused' in back) return back;
    if ('row' in back) termsOff.push(back);
    else people.push(back);
  }
  return { before, account, people, termsOff };
}

function contactBack({ lease }: Account, header: ContactHeader, line: ClickLine): PeopleWrite | Refused {
  const now = contactCell(lease, header);
  if (now !== line.after)
    return refuse(`"${header}" of ${lease.id} was changed since, to ${now || 'nothing'}: set it on the Leases tab.`);
  return { header, before: now, after: line.before };
}

/** A cell is set back only while it holds what the click wrote. */
function cellBack(account: Account, line: ClickLine): PeopleWrite | Refused {
  const { lease, state } = account;
  const contact = CONTACT_HEADERS.find((each) => line.key === placeOf(lease, each, LEASES.title));
  if (contact) return contactBack(account, contact, line);
  const header = (['Hold until', 'End'] as const).find((each) => line.key === placeOf(lease, each, LEASES.title));
  if (!header) return refuse(`What it wrote at ${line.key} cannot be set back from here.`);
  const now = header === 'End' ? lease.end : lease.holdUntil;
  if ((now ?? '') !== line.after)
    return refuse(`"${header}" of ${lease.id} was changed since, to ${now ?? 'nothing'}: set it on the Leases tab.`);
  const after = parseDay(line.before);
  const lost = header === 'End' ? datesRefused(state, lease.start, after, { start: lease.start }) : undefined;
  if (lost) return refuse(lost);
  return { header, ...(now ? { before: now } : {}), ...(after ? { after } : {}) };
}

/** A row of the Terms tab is taken out only while it reads as the click wrote it. */
function termBack({ book, lease, property }: Account, line: ClickLine): Term | Refused {
  const term = [...termsOf(book, lease)]
    .reverse()
    .find(
      (each) =>
        placeOf(lease, `${each.type}:${each.from}`, TERMS.title) === line.key &&
        each.every === 'period' &&
        !each.until &&
        decimal(each.amountCents, property.currency) === line.after,
    );
  return term ?? refuse(`The row that it added for ${lease.id} was changed since: change it on the Terms tab.`);
}

const reopened = ({ book }: Loaded, { lines }: Click): readonly TaskRow[] => {
  const closed = new Set(
    lines.flatMap((line) => (line.kind === 'task' && line.what.startsWith('closed by payment') ? line.key : [])),
  );
  return book.tasks
    .filter((task) => closed.has(task.key) && task.state === 'closed by payment')
    .map((task) => ({ ...task, state: 'open', outcome: '' }));
};

/** The book once one part stands. */
export function bookWithout(book: RunBook, { account, people, termsOff }: UndoPart) {
  const after = bookAfter({ book }, account, people);
  if (termsOff.length === 0) return after;
  const { lease } = after;
  const left = termsOf(after.book, lease).filter((term) => !termsOff.includes(term));
  return { lease, book: { ...after.book, terms: new Map(after.book.terms).set(lease.id, left) } };
}
