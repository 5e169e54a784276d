/** Payments by hand and matches for the command line: the same work as in the sidebar, with the answers of its other acts. */
import { foldAll } from '../domain/ledger';
import { decimal } from '../domain/money';
import { type Decision, stateOf } from '../domain/run-book';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { type Changes, commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { noLease, type Place, placeFor } from './account';
import type { Acted } from './act';
import { alreadyText, freeKey, keyOf, knownFor, paymentOf, recording } from './desk/money/by-hand';
import { waitingReceipt } from './desk/money/queue';
import { wrongLease } from './desk/money/reconciled';
import { readByHand } from './desk/money/record';
import { matchTo } from './desk/money/resolve';
import { BUSY } from './desk/once';
import type { Refusal } from './desk/told';

interface Work {
  readonly changes: Changes & { readonly decision: Decision };
  readonly place: Place;
}

function acted(app: App, work: (loaded: Loaded) => Work | Refusal): Acted {
  const done = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const found = work(loaded);
    if ('refused' in found) return found;
    const { changes, place } = found;
    commit(app.host, loaded, runNow(app), changes);
    const { entries } = changes.decision;
    const mine = entries.filter((entry) => entry.lease === place.lease.id);
    const state = foldAll(stateOf(loaded.book, place.lease.id), mine);
    return {
      done: true,
      balance: decimal(state.balanceCents, place.property.currency),
      keys: entries.map((entry) => entry.key),
    };
  });
  return done === 'busy' ? BUSY : done;
}

/** Money that came by hand: cash, check, money order. */
export function recordReceipt(
  app: App,
  act: { lease: string; amount: string; method: string; reference: string; on?: string; memo?: string },
): Acted {
  return acted(app, (loaded) => {
    const byHand = readByHand(app, loaded, act);
    if ('refused' in byHand) return byHand;
    // A call of the command line has no request of its own: its moment names cash without a reference.
    const request = runNow(app).now.toString(36);
    const wanted = keyOf(byHand, request);
    const id = freeKey(knownFor(app, loaded, [wanted]), wanted);
    if (!id) return { refused: alreadyText(byHand) };
    return { changes: recording(app, loaded, [{ byHand, payment: paymentOf(byHand, id, request) }]), place: byHand };
  });
}

/** A waiting receipt is given to a lease by a person. */
export function matchReceipt(app: App, act: { receipt: string; lease: string }): Acted {
  return acted(app, (loaded) => {
    const belongs = loaded.book.receipts.find((each) => each.key === act.receipt || each.externalId === act.receipt);
    if (belongs?.lease && placeFor(app, loaded.book, belongs.lease))
      return { refused: `It already belongs to lease ${belongs.lease}. Reverse it there first.` };
    const row = waitingReceipt(app, loaded.book, act.receipt);
    const place = placeFor(app, loaded.book, act.lease);
    if (!row) return { refused: `There is no receipt ${act.receipt} that waits.` };
    if (!place) return { refused: noLease(act.lease) };
    const wrong = wrongLease(row, place);
    return wrong ? { refused: wrong } : { changes: matchTo(app, loaded, row, place), place };
  });
}
