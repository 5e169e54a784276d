/** A pasted or CSV list of payments: first read and judged, then recorded in one commit, exactly as it was shown. */
import { digestOf } from '../../../domain/audit';
import type { Key } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import { type Loaded, loadBook } from '../../../sheet/load';
import { placesFor } from '../../account';
import type { Recorded, RecordMany } from '../acts';
import { actOnce, type Done } from '../once';
import type { Money, Refusal } from '../told';
import { sumsOf, sumsText } from '../words';
import { type ByHand, freeKey, keyOf, knownFor, paymentOf, type Recording, recording } from './by-hand';
import { compared, type Judged, readRow } from './judge';
import { readList } from './list';
import { asRecorded } from './record';
import { leaseFinder } from './which-lease';

/** So that one commit holds them all: a payment writes a few entries, and a step takes 2,000. */
const ROWS_MAX = 500;

export function previewMany(app: App, { text }: { readonly text: string }): RecordMany | Refusal {
  const judged = judgedList(app, loadBook(app.host), text);
  return 'refused' in judged ? judged : shown(text, judged);
}

/** Records what the preview showed as good, in one commit. A list or a book that has changed since is refused. */
export function recordMany(
  app: App,
  args: { readonly request: string; readonly text: string; readonly digest: string },
): Recorded | Refusal {
  const answer = actOnce<Recorded>(app, args.request, (acting, loaded) => recorded(acting, loaded, args));
  return 'refused' in answer ? answer : asRecorded(app, args.request, answer);
}

function judgedList(app: App, loaded: Loaded, text: string): readonly Judged[] | Refusal {
  const list = readList(text);
  if ('reason' in list) return { refused: list.reason };
  if (list.rows.length === 0) return { refused: 'The list is empty. Paste one payment per line.' };
  if (list.rows.length > ROWS_MAX)
    return { refused: `The list has ${list.rows.length} rows. Record at most ${ROWS_MAX} at once.` };
  const { book } = loaded;
  const find = leaseFinder(placesFor(app, book));
  const { now } = runNow(app);
  const rows = list.rows.map((raw) => readRow(raw, find(raw), book, now));
  const wanted = rows.flatMap(({ byHand, raw }) => (byHand ? [keyOf(byHand, `row-${raw.row}`)] : []));
  return compared(rows, book, knownFor(app, loaded, wanted));
}

function shown(text: string, judged: readonly Judged[]): RecordMany {
  const rows = judged.map(({ raw, place, byHand, on, method, problems, notes }): RecordMany['rows'][number] => ({
    row: raw.row,
    ...(place ? { lease: place.lease.id } : {}),
    label: place
      ? `${place.property.name} ${place.lease.unit}`.trim()
      : [raw.lease, raw.property, raw.unit, raw.resident].filter((said) => said !== '').join(' '),
    ...(byHand ? { amount: moneyOf(byHand) } : {}),
    method,
    reference: raw.reference,
    on,
    memo: raw.memo,
    problems,
    notes,
  }));
  const good = goodOf(judged);
  return { rows, good: good.length, sums: sumsOf(good.map(moneyOf)), digest: digestOf(JSON.stringify([text, rows])) };
}

const moneyOf = ({ amountCents, property }: ByHand): Money => ({ cents: amountCents, currency: property.currency });
const goodOf = (judged: readonly Judged[]): readonly ByHand[] =>
  judged.flatMap(({ byHand }) => (byHand ? [byHand] : []));

function recorded(
  app: App,
  loaded: Loaded,
  args: { readonly request: string; readonly text: string; readonly digest: string },
): Done<Recorded> | Refusal {
  const judged = judgedList(app, loaded, args.text);
  if ('refused' in judged) return judged;
  const { digest, good, sums } = shown(args.text, judged);
  if (digest !== args.digest)
    return { refused: 'The list or the book has changed since it was shown. Nothing was recorded: look at it again.' };
  if (good === 0) return { refused: 'No row of the list can be recorded. Correct the rows and look at it again.' };
  const changes = recording(app, loaded, recordings(app, loaded, judged, args.request));
  const left = judged.filter(({ byHand }) => !byHand).map(({ raw }) => raw.row);
  const leftOut = left.length === 0 ? '' : `; left out: ${left.length === 1 ? 'row' : 'rows'} ${left.join(', ')}`;
  return {
    changes,
    applied: {
      done: true,
      says: `Recorded ${good} ${good === 1 ? 'payment' : 'payments'}: ${sumsText(sums)}${leftOut}`,
      keys: changes.decision.entries.map((entry) => entry.key),
      undo: app.run.id,
      recorded: good,
      sums,
    },
  };
}

/** Cash without a reference is named by the request and its row, so that a repeat has the same keys. */
function recordings(app: App, loaded: Loaded, judged: readonly Judged[], request: string): readonly Recording[] {
  const wanted = judged.flatMap(({ byHand, raw }) => (byHand ? [{ byHand, request: `${request}-${raw.row}` }] : []));
  const known = new Map(
    knownFor(
      app,
      loaded,
      wanted.map((each) => keyOf(each.byHand, each.request)),
    ),
  );
  return wanted.flatMap(({ byHand, request: mine }) => {
    const id: Key | undefined = freeKey(known, keyOf(byHand, mine));
    return id ? [{ byHand, payment: paymentOf(byHand, id, mine) }] : [];
  });
}
