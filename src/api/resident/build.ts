/** The view of one lease, put together: every piece is a pure function of that lease. */

import type { Key } from '../../domain/values';
import { figuresOf, openLines, processingLines, upcomingLines } from './account-view';
import { feeFacts } from './fee-view';
import { headOf, type Told } from './head-view';
import type { OneLease } from './lease';
import { ledgerLines, monthsOf } from './ledger-view';
import { documentsOf } from './papers-view';
import { stripOf } from './strip-view';
import type { AutopayView, ContactView, PayView, PlanView, RequestView, ResidentView, ShareView } from './view';

/** What other parts know of the lease; what is left out has no place on the page. */
export interface Pieces {
  readonly pay?: PayView;
  readonly autopay?: AutopayView;
  readonly plan?: PlanView;
  readonly requests?: readonly RequestView[];
  /** Whether a line that could be disputed may be: not one that was answered twice. */
  readonly mayDispute?: (charge: Key) => boolean;
  readonly mayPromise?: boolean;
  readonly people?: readonly ShareView[];
  readonly contact?: ContactView;
}

export function build(one: OneLease, told: Told, pieces: Pieces = {}): ResidentView {
  const { lease, today } = one.account;
  const { requests, people = [], mayDispute = () => requests !== undefined, mayPromise = true, ...sections } = pieces;
  const account = figuresOf(one);
  const open = openLines(one);
  return {
    ...headOf(one, told),
    ...(told.asOf === undefined ? {} : { asOf: told.asOf }),
    stale: told.stale,
    ...(lease.end && lease.end < today ? { endedOn: lease.end } : {}),
    account,
    processing: processingLines(one),
    upcoming: upcomingLines(one),
    // Where nobody takes requests, none can be made.
    open: open.map((line) => ({ ...line, mayDispute: line.mayDispute && mayDispute(line.key) })),
    months: monthsOf(ledgerLines(one)),
    older: one.older,
    strip: stripOf(one),
    fee: feeFacts(one),
    ...sections,
    requests: requests ?? [],
    mayPromise,
    mayAsk: requests !== undefined && account.unpaidCents > 0 && account.word !== 'processing',
    people,
    documents: documentsOf(one),
  };
}
