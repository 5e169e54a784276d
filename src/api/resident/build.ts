/** The view of one lease, put together: every piece is a pure function of that lease. */

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
  readonly people?: readonly ShareView[];
  readonly contact?: ContactView;
}

export function build(one: OneLease, told: Told, pieces: Pieces = {}): ResidentView {
  const { lease, today } = one.account;
  const { requests, people = [], ...sections } = pieces;
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
    open: requests ? open : open.map((line) => ({ ...line, mayDispute: false })),
    months: monthsOf(ledgerLines(one)),
    older: one.older,
    strip: stripOf(one),
    fee: feeFacts(one),
    ...sections,
    requests: requests ?? [],
    mayAsk: requests !== undefined && account.unpaidCents > 0 && account.word !== 'processing',
    people,
    documents: documentsOf(one),
  };
}
