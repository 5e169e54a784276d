/** One payment recorded by hand: cash, a check, a money order. */
import { dayText } from '../../../domain/acts/words';
import { localDay, parseDay } from '../../../domain/calendar';
import { moneyText } from '../../../domain/fee-words';
import { foldAll } from '../../../domain/ledger';
import { negate, parseAmount } from '../../../domain/money';
import { stateOf } from '../../../domain/run-book';
import { currency } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import { textOf } from '../../../sheet/cells';
import { type Loaded, loadBook } from '../../../sheet/load';
import { noLease, placeFor } from '../../account';
import type { LooksTwice, Recorded, RecordOne } from '../acts';
import { actOnce, type Done, lastLogRows, runIdOf } from '../once';
import type { Applied } from '../override';
import type { Money, Refusal } from '../told';
import { sumsOf } from '../words';
import {
  alreadyText,
  type ByHand,
  dayProblem,
  freeKey,
  keyOf,
  knownFor,
  lookAlikes,
  paymentOf,
  recording,
} from './by-hand';

const NO_AMOUNT = 'The amount must be a number above nothing, such as 50.00.';

/** What was typed, read in the currency and by the day of its lease. */
export function readByHand(
  app: App,
  loaded: Loaded,
  typed: Omit<RecordOne, 'twice' | 'method'> & { method: string },
): ByHand | Refusal {
  const place = placeFor(app, loaded.book, typed.lease);
  if (!place) return { refused: noLease(typed.lease) };
  const today = localDay(runNow(app).now, place.property.zone);
  const amountCents = parseAmount(typed.amount, place.property.currency);
  if (amountCents === undefined || amountCents <= 0) return { refused: NO_AMOUNT };
  const on = typed.on ? parseDay(typed.on) : today;
  if (!on) return { refused: `"${typed.on}" is not a date.` };
  const method = typed.method.trim().toLowerCase() || 'cash';
  const byHand: ByHand = {
    ...place,
    amountCents,
    method,
    reference: typed.reference.trim(),
    on,
    memo: typed.memo?.trim() ?? '',
  };
  const wrong = dayProblem(loaded.book, byHand, today);
  return wrong ? { refused: wrong } : byHand;
}

/** Records one payment. The same check twice is refused; money that only looks the same is asked about first. */
export function recordOne(app: App, args: RecordOne & { readonly request: string }): Recorded | LooksTwice | Refusal {
  const answer = actOnce<Recorded>(app, args.request, (acting, loaded) => recorded(acting, loaded, args));
  return 'refused' in answer ? answer : asRecorded(app, args.request, answer);
}

function recorded(app: App, loaded: Loaded, args: RecordOne & { readonly request: string }): Done<Recorded> | Refusal {
  const byHand = readByHand(app, loaded, args);
  if ('refused' in byHand) return byHand;
  if (byHand.method !== 'cash' && byHand.reference === '')
    return { refused: `Write the number of the ${byHand.method}: it tells this payment from another one.` };
  const wanted = keyOf(byHand, args.request);
  const id = freeKey(knownFor(app, loaded, [wanted]), wanted);
  if (!id) return { refused: alreadyText(byHand) };
  const twice = args.twice ? undefined : looksTwice(loaded, byHand);
  if (twice) return twice;
  const changes = recording(app, loaded, [{ byHand, payment: paymentOf(byHand, id, args.request) }]);
  const { lease, property, amountCents } = byHand;
  const money = property.currency;
  const state = foldAll(stateOf(loaded.book, lease.id), changes.decision.entries);
  return {
    changes,
    applied: {
      done: true,
      says: `Recorded ${moneyText(amountCents, money)} for ${lease.id}`,
      keys: changes.decision.entries.map((entry) => entry.key),
      undo: app.run.id,
      balance: { cents: state.balanceCents, currency: money },
      recorded: 1,
      sums: [{ cents: amountCents, currency: money }],
    },
  };
}

function looksTwice({ book }: Loaded, byHand: ByHand): LooksTwice | undefined {
  const [row] = lookAlikes(book, byHand);
  if (!row) return undefined;
  const amount = moneyText(row.amountCents, row.currency);
  const on = localDay(row.initiatedAt, byHand.property.zone);
  const there = `A payment of ${amount} for ${byHand.lease.id} on ${dayText(on)} (${row.externalId})`;
  return { refused: `${there} is there already. If this is another one, record it all the same.`, twice: true };
}

/** Rows of the Log that a list may write, and what others write meanwhile. */
const ROWS_BACK = 4000;

/** An answer that was read back after a lost reply: how many it recorded stands in the Log, in the rows of its run. */
export function asRecorded(app: App, request: string, answer: Recorded | Applied): Recorded {
  if ('recorded' in answer) return answer;
  const { marks } = loadBook(app.host);
  const mine = lastLogRows(app, marks.logRows, ROWS_BACK).filter((cells) => textOf(cells[3]) === runIdOf(request));
  const entries = mine.filter((cells) => textOf(cells[10]) !== '');
  const receipts = entries.filter((cells) => textOf(cells[5]) === 'receipt');
  return {
    ...answer,
    keys: entries.map((cells) => textOf(cells[9])),
    recorded: receipts.length,
    sums: sumsOf(receipts.flatMap((cells) => moneyIn(textOf(cells[8])))),
  };
}

/** `-1000.00 USD`, the effect of a receipt on the balance, as the money that came. */
function moneyIn(text: string): readonly Money[] {
  const [amount = '', code = ''] = text.split(' ');
  const cents = parseAmount(amount, currency(code));
  return cents === undefined ? [] : [{ cents: negate(cents), currency: currency(code) }];
}
