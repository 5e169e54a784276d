/** A resident who answers a plan on the page, in the process of the test: the lease of a link is read, and the act is done. */
import type { Outcome } from '../../../src/api/resident/act';
import type { OneLease } from '../../../src/api/resident/lease';
import { ACTS } from '../../../src/api/resident/plan-acts';
import { planView } from '../../../src/api/resident/plan-view';
import { openAccount } from '../../../src/domain/account';
import { leaseById } from '../../../src/domain/run-book';
import { leaseId } from '../../../src/domain/values';
import type { App } from '../../../src/run/app';
import { loadBook } from '../../../src/sheet/load';
import { nodeApp } from '../../bench/node-host';
import type { World } from '../../worlds';

/** Two instalments of all that the late house owes. */
export const OFFER = {
  kind: 'plan propose',
  lease: 'L-1',
  reason: 'agreed by phone',
  charges: ['deposit:L-1', 'rent:L-1:2026-11', 'fee:rent:L-1:2026-11'],
  instalments: [
    { due: '2026-11-20', amount: '775.00' },
    { due: '2026-12-20', amount: '775.00' },
  ],
  feesPaused: true,
  graceDays: 3,
  missedAllowed: 0,
  agreed: 'on the page',
  note: 'Thank you.',
} as const;

export const appOf = (world: World): App => nodeApp(world, 'resident l…@example.com', world.now);

/** What the page's link has read. */
export function oneIn(app: App, lease = 'L-1'): Pick<OneLease, 'link' | 'account'> {
  const { book } = loadBook(app.host);
  const found = leaseById(book, leaseId(lease));
  const property = found && book.properties.get(found.property);
  if (!found || !property) throw new Error(`no lease ${lease}`);
  const link = { row: 2, id: 'a1'.repeat(16), lease: found.id, address: 'l-1@example.com', version: 1 };
  return { link, account: openAccount(book, app.run, found, property) };
}

interface Answering {
  readonly plan?: string;
  readonly request?: string;
  readonly lease?: string;
}

export function answers(world: World, act: 'planAccept' | 'planDecline', more: Answering = {}): Outcome {
  const app = appOf(world);
  const plan = more.plan ?? planView(oneIn(app))?.key ?? '';
  // An act reads nothing of the lease but its link.
  const one = oneIn(app, more.lease) as OneLease;
  const outcome = ACTS[act]?.(app, one, more.request ?? 'request-of-the-page', { plan });
  if (!outcome) throw new Error(`there is no act ${act}`);
  return outcome;
}
