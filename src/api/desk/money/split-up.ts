/** A waiting receipt split over leases and charges: every part on its own lease, the whole remembered as split. */
import type { ReceiptRow } from '../../../domain/book';
import { decideSplit } from '../../../domain/decide-split';
import { moneyText } from '../../../domain/fee-words';
import { matchIndex } from '../../../domain/matching';
import { parseAmount, sum } from '../../../domain/money';
import { wholeOf } from '../../../domain/receipt-row';
import { stateOf } from '../../../domain/run-book';
import type { Part } from '../../../domain/split';
import type { Cents } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import type { Loaded } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { noLease, placeFor } from '../../account';
import type { Done } from '../once';
import type { SplitPart } from '../reconcile';
import type { Refusal } from '../told';
import { reconciledLine, wrongLease } from './reconciled';

const PARTS_MAX = 20;

/** Parts come to the whole amount exactly; a part that names a charge must fit into what is open of it. */
export function splitUp(app: App, loaded: Loaded, row: ReceiptRow, wanted: readonly SplitPart[]): Done | Refusal {
  if (row.state === 'pending')
    return { refused: `${row.externalId} is still under way. Decide on it once it has settled.` };
  if (wholeOf(row.key)) return { refused: 'It is a part of a split payment. Undo that split, and split it anew.' };
  if (wanted.length < 2)
    return { refused: 'A split has at least two parts. To give all of it to one lease, match it.' };
  if (wanted.length > PARTS_MAX) return { refused: `A split has at most ${PARTS_MAX} parts.` };
  const parts: Part[] = [];
  for (const each of wanted) {
    const part = readPart(app, loaded, row, each, parts);
    if ('refused' in part) return part;
    parts.push(part);
  }
  const money = (amount: Cents) => moneyText(amount, row.currency);
  const total = sum(parts.map((part) => part.amountCents));
  if (total !== row.amountCents)
    return {
      refused: `The parts come to ${money(total)}, but the payment is ${money(row.amountCents)}. Make them equal.`,
    };
  return written(app, loaded, row, parts);
}

function readPart(
  app: App,
  { book }: Loaded,
  row: ReceiptRow,
  each: SplitPart,
  before: readonly Part[],
): Part | Refusal {
  const place = placeFor(app, book, each.lease);
  if (!place) return { refused: noLease(each.lease) };
  const wrong = wrongLease(row, place);
  if (wrong) return { refused: wrong };
  const amountCents = parseAmount(each.amount, row.currency);
  if (amountCents === undefined || amountCents <= 0)
    return { refused: 'The amount must be a number above nothing, such as 50.00.' };
  const lease = place.lease.id;
  if (!each.charge) return { lease, amountCents };
  const charge = stateOf(book, lease).charges.find((one) => one.key === each.charge);
  if (!charge || charge.openCents <= 0) return { refused: `There is no open charge ${each.charge} on this lease.` };
  const taken = sum(before.filter((part) => part.charge === charge.key).map((part) => part.amountCents));
  if (taken + amountCents > charge.openCents)
    return { refused: `Only ${moneyText(charge.openCents, row.currency)} of ${charge.key} is open.` };
  return { lease, amountCents, charge: charge.key };
}

function written(app: App, loaded: Loaded, row: ReceiptRow, parts: readonly Part[]): Done {
  const list = parts.map((part) => `${moneyText(part.amountCents, row.currency)} to ${part.lease}`).join(', ');
  const run = runNow(app);
  const { book } = loaded;
  const words = { whole: `split by ${run.by}: ${list}`, part: `part of ${row.externalId}, split by ${run.by}` };
  const decision = decideSplit({ book, run, index: matchIndex(book.leases, book.links) }, row, parts, words);
  if (decision.intents.length > 0) effectsComing(app);
  return {
    changes: { decision, views: true, log: [reconciledLine(app, row, `split, ${list}`)] },
    applied: {
      done: true,
      says: `Split ${row.externalId}: ${list}`,
      keys: decision.entries.map((entry) => entry.key),
      undo: app.run.id,
    },
  };
}
