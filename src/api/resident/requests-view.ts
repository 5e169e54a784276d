/** What the resident has asked for and what became of it, for the page; a promise as it stands at this moment. */
import { localDay } from '../../domain/calendar';
import { promiseClosed, stateOfPromise } from '../../domain/promises';
import { mayDispute, type RequestRow, wishIn } from '../../domain/requests';
import { rowsOfLease } from '../../domain/run-book';
import { type Key, key } from '../../domain/values';
import type { OneLease } from './lease';
import type { RequestView } from './view';

const rowsFor = ({ account: { book, lease } }: OneLease): readonly RequestRow[] =>
  rowsOfLease(book.requests ?? [], lease.id);

/** Newest first. */
export function requestsView(one: OneLease): readonly RequestView[] {
  return [...rowsFor(one)].sort((a, b) => b.at - a.at).map((row) => viewOf(one, row));
}

function viewOf({ account }: OneLease, row: RequestRow): RequestView {
  const { zone, currency } = account.property;
  return {
    key: row.key,
    kind: row.kind,
    on: localDay(row.at, zone),
    ...(row.kind === 'dispute' ? { about: key(row.about) } : {}),
    ...(row.kind === 'plan' ? wishIn(row.text, currency) : { text: row.text }),
    file: row.file,
    ...(row.until ? { until: row.until } : {}),
    state: row.kind === 'promise' ? stateOfPromise(account, row) : row.state,
    answer: row.answer,
    ...(row.answeredAt === undefined ? {} : { answeredOn: localDay(row.answeredAt, zone) }),
  };
}

/** Whether a line may be disputed now. */
export function disputableIn(one: OneLease): (charge: Key) => boolean {
  const rows = rowsFor(one);
  return (charge) => mayDispute(rows, one.account.state, { key: charge });
}

/** Whether a promise to pay is taken now: the form stands on the page only then. */
export const mayPromise = (one: OneLease): boolean => promiseClosed(one.account, rowsFor(one)) === undefined;
