/** A person's decision on one waiting receipt: matched, split, not rent, or asked about; each with a version that must still hold. */
import type { ReceiptRow } from '../../../domain/book';
import { moneyText } from '../../../domain/fee-words';
import { foldAll } from '../../../domain/ledger';
import { matchIndex } from '../../../domain/matching';
import { type Directed, decidePayments, paymentOf, questionKey } from '../../../domain/payments';
import { type Decision, stateOf } from '../../../domain/run-book';
import { setAside } from '../../../domain/take-back';
import type { Key } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import type { Changes, PeopleWrite } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { LINKS } from '../../../sheet/schema';
import { noLease, type Place, placeFor } from '../../account';
import { actOnce, type Done } from '../once';
import type { Applied } from '../override';
import type { Resolution } from '../reconcile';
import type { Refusal } from '../told';
import { askLater } from './later';
import { rememberOf, versionOf, waitingReceipt } from './queue';
import { reconciledLine, wrongLease } from './reconciled';
import { splitUp } from './split-up';

export function reconcile(
  app: App,
  args: { readonly request: string; readonly receipt: string; readonly as: Resolution },
): Applied | Refusal {
  return actOnce<Applied>(app, args.request, (acting, loaded) => {
    const row = waitingReceipt(acting, loaded.book, args.receipt);
    if (!row) return { refused: `There is no receipt ${args.receipt} that waits.` };
    if (args.as.version !== versionOf(row))
      return { refused: 'The receipt has changed since it was shown. Nothing was changed: look at it again.' };
    return resolved(acting, loaded, row, args.as);
  });
}

function resolved(app: App, loaded: Loaded, row: ReceiptRow, as: Resolution): Done | Refusal {
  switch (as.kind) {
    case 'match':
      return matched(app, loaded, row, as);
    case 'split':
      return splitUp(app, loaded, row, as.parts);
    case 'not rent':
      return notRent(app, row, as.reason);
    case 'later':
      return askLater(app, loaded, row, as);
  }
}

// ---------------------------------------------------------------- match

/** What giving a waiting receipt to a lease changes. */
export function matchTo(app: App, loaded: Loaded, row: ReceiptRow, place: Place): Changes & { decision: Decision } {
  const run = runNow(app);
  const { book } = loaded;
  const directed = new Map<Key, Directed>([[row.key, { lease: place.lease.id, reason: `matched by ${run.by}` }]]);
  const decision = decidePayments(
    { book, run, index: matchIndex(book.leases, book.links), known: new Map([[row.key, row]]), directed },
    [paymentOf(row)],
  );
  if (decision.intents.length > 0) effectsComing(app);
  return { decision, views: true, log: [reconciledLine(app, row, `matched to ${place.lease.id}`, place)] };
}

function matched(
  app: App,
  loaded: Loaded,
  row: ReceiptRow,
  as: Resolution & { readonly kind: 'match' },
): Done | Refusal {
  const place = placeFor(app, loaded.book, as.lease);
  if (!place) return { refused: noLease(as.lease) };
  const wrong = wrongLease(row, place);
  if (wrong) return { refused: wrong };
  const changes = matchTo(app, loaded, row, place);
  const people = as.remember ? remembering(app, loaded, row, place) : [];
  const { lease, property } = place;
  const state = foldAll(stateOf(loaded.book, lease.id), changes.decision.entries);
  return {
    changes: { ...changes, people },
    applied: {
      done: true,
      says: `Matched ${moneyText(row.amountCents, row.currency)} of ${row.externalId} to ${lease.id}`,
      keys: changes.decision.entries.map((entry) => entry.key),
      undo: app.run.id,
      balance: { cents: state.balanceCents, currency: property.currency },
    },
  };
}

/** Stands in the Note of a link that was remembered with a match, so that undoing the match takes it along. */
export const rememberedWith = (receipt: Key): string => `remembered with ${receipt}`;

/** One row of the Links tab; none where it stands there already, or the payment tells nothing to remember. */
function remembering(app: App, { book }: Loaded, row: ReceiptRow, { lease }: Place): readonly PeopleWrite[] {
  const remember = rememberOf(row);
  if (!remember) return [];
  const there = book.links.some(
    (link) => link.lease === lease.id && link.kind === remember.kind && link.externalId === remember.value,
  );
  if (there) return [];
  const cells = {
    'Lease ID': lease.id,
    Platform: row.source,
    Kind: remember.kind,
    'External ID': remember.value,
    Note: `${rememberedWith(row.key)} by ${app.run.by}`,
  };
  return [{ tab: LINKS, cells }];
}

// ---------------------------------------------------------------- not rent

function notRent(app: App, row: ReceiptRow, reason: string): Done | Refusal {
  const why = reason.trim();
  if (!why) return { refused: 'Say why: the reason stands in the Ledger and in the Log.' };
  if (row.state === 'pending')
    return { refused: `${row.externalId} is still under way. Decide on it once it has settled.` };
  const run = runNow(app);
  const closed = { key: questionKey(row.key), outcome: 'not rent' };
  return {
    changes: {
      decision: { ...setAside({ run, why }, row), closedTasks: [closed] },
      log: [reconciledLine(app, row, `not rent: ${why}`)],
      views: true,
    },
    applied: {
      done: true,
      says: `Set ${moneyText(row.amountCents, row.currency)} of ${row.externalId} aside as not rent`,
      keys: [],
      undo: app.run.id,
    },
  };
}
