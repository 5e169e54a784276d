/** Undo of a click: the opposite of all that it wrote, in one commit, previewed first. */
import { refuse } from '../../../domain/acts/act';
import { REASON_MOST } from '../../../domain/acts/perform';
import { NO_REASON } from '../../../domain/acts/words';
import type { Intent, LogLine, Term } from '../../../domain/book';
import { decimal } from '../../../domain/money';
import { voidOf } from '../../../domain/plan-void';
import { waits } from '../../../domain/receipt-row';
import type { RunBook } from '../../../domain/run-book';
import { type Key, key } from '../../../domain/values';
import { decisionOf, logLine } from '../../../domain/wishes';
import type { SheetRequest } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import type { Changes } from '../../../sheet/commit';
import { type Loaded, loadBook } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { idOf } from '../../../sheet/requests';
import { TERMS } from '../../../sheet/schema';
import type { Calls } from '../contract';
import { entryLinesAfter } from '../lines';
import { actOnce, type Done, type Told } from '../once';
import type { Applied, Preview } from '../override';
import type { Refusal } from '../told';
import { UNDO_LINE } from './click';
import { alsoBetween, changesBetween, sidesOf } from './preview';
import { bookWithout, UNDO_STAYS, type UndoPart, type UndoWork, undoOf } from './undo-work';
import { changedSince } from './version';
import { cellsOf, lineOf, placeOf } from './work';

export function previewUndo(app: App, { what }: Calls['previewUndo']['args']): Preview | Refusal {
  const loaded = loadBook(app.host);
  const work = undoOf(app, loaded, what, 'undone');
  return 'refused' in work ? work : previewOf(loaded, work);
}

function previewOf(loaded: Loaded, { told, parts, tasks, receipts, version }: UndoWork): Preview {
  const sides = parts.map((part) => {
    const { before, account } = part;
    return sidesOf(loaded, { before, account, ...bookWithout(before.book, part) });
  });
  const named = (lease: string, what: string) => (parts.length > 1 ? `${lease}: ${what}` : what);
  return {
    title: `Undo: ${told.replace(/\.$/, '')}`,
    changes: sides.flatMap(([was, is]) =>
      changesBetween(was, is).map((each) => ({ ...each, what: named(is.lease.id, each.what) })),
    ),
    entries: parts.flatMap(({ account, before }) => entryLinesAfter(account.entries, before.state.balanceCents)),
    also: [
      ...sides.flatMap(([was, is]) => alsoBetween(loaded, was, is)),
      ...tasks.map((task) => `The task "${task.title}" is open again.`),
      ...receipts.filter(waits).map((row) => `${row.externalId} waits until a person matches it again.`),
    ],
    warnings: [],
    fixed: UNDO_STAYS,
    version,
  };
}

export function undo(app: App, args: Calls['undo']['args']): Applied | Refusal {
  return actOnce(app, args.request, (acting, loaded): Done | Told => {
    const reason = args.reason.trim();
    if (reason === '') return refuse(NO_REASON);
    if (reason.length > REASON_MOST) return refuse(`Say why in at most ${REASON_MOST} letters.`);
    const work = undoOf(acting, loaded, args.what, reason);
    if ('refused' in work) return work;
    const leases = work.parts.map(({ account }) => account.lease.id).join(', ');
    const changed = changedSince(leases, args.before.version, work.version);
    if (changed)
      return { refused: changed, attempt: logLine(runNow(acting), 'refused', `Undo of "${work.told}" ${changed}`) };
    return doneOf(acting, loaded, work, key(args.what), reason);
  });
}

function doneOf(app: App, loaded: Loaded, work: UndoWork, run: Key, reason: string): Done {
  const { parts, told } = work;
  const book = parts.reduce<RunBook>((before, part) => bookWithout(before, part).book, loaded.book);
  const [only, more] = parts;
  const balance = only && {
    cents: only.account.state.balanceCents,
    currency: only.account.property.currency,
  };
  effectsComing(app);
  if (parts.some(({ people, termsOff }) => people.length + termsOff.length > 0)) daysMayHaveChanged(app);
  return {
    changes: changesOf(app, loaded, work, book, run, reason),
    applied: {
      done: true,
      says: `Undone: ${told}`,
      keys: parts.flatMap(({ account }) => account.entries.map((entry) => entry.key)),
      ...(balance && !more ? { balance } : {}),
    },
    book: { ...book, states: loaded.book.states },
  };
}

function changesOf(app: App, loaded: Loaded, work: UndoWork, book: RunBook, run: Key, reason: string): Changes {
  const { parts, receipts, tasks, requests, told } = work;
  const accounts = parts.map(({ account }) => account);
  const cells = parts.flatMap(({ account, people }) => people.map((write) => ({ account, write })));
  const rows = parts.flatMap((part) => part.termsOff.map((term) => ({ part, term })));
  const decision = decisionOf(book, runNow(app), accounts, [], receipts);
  const lease = accounts.length === 1 && accounts[0] ? { lease: accounts[0].lease.id } : {};
  const said = logLine(runNow(app), UNDO_LINE, `Undone: ${told} ${reason}`, { ...lease, key: run });
  if (work.changes) return { ...work.changes, log: [...(work.changes.log ?? []), said] };
  return {
    decision: { ...decision, intents: [...decision.intents, ...parts.flatMap(documentBack)] },
    tasks,
    requests,
    people: cells.map(({ account, write }) => cellsOf(account, write)),
    more: rowsOut(
      loaded,
      rows.map(({ term }) => term),
    ),
    log: [
      ...cells.map(({ account, write }) => lineOf(app, account, write, reason)),
      ...rows.map(({ part, term }) => termLine(app, part, term, reason)),
      said,
    ],
    views: true,
  };
}

/** The document of a proposal that is undone is voided like that of one that is withdrawn. */
function documentBack({ account, before }: UndoPart): readonly Intent[] {
  const { plan } = account.state;
  const isBack = before.state.plan?.state === 'proposed' && plan?.state === 'withdrawn';
  return plan && isBack ? voidOf(account, plan, 'withdrawn') : [];
}

/** From the last row up, for each that goes moves those below it. */
const rowsOut = (loaded: Loaded, terms: readonly Term[]): readonly SheetRequest[] =>
  terms
    .map((term) => term.row - 1)
    .sort((a, b) => b - a)
    .map((index) => ({
      deleteDimension: {
        range: { sheetId: idOf(loaded, TERMS), dimension: 'ROWS', startIndex: index, endIndex: index + 1 },
      },
    }));

function termLine(app: App, { account: { lease, property } }: UndoPart, term: Term, reason: string): LogLine {
  return logLine(runNow(app), 'lease', `Rent of ${lease.id} from ${term.from} taken out: ${reason}`, {
    lease: lease.id,
    before: decimal(term.amountCents, property.currency),
    key: placeOf(lease, `${term.type}:${term.from}`, TERMS.title),
  });
}
