/** The opposite of a click on receipts: money recorded by hand, matched, split, or set aside as not rent. */
import type { Refused } from '../../../domain/acts/act';
import { digestOf } from '../../../domain/audit';
import type { ReceiptRow } from '../../../domain/book';
import { foldAll } from '../../../domain/ledger';
import type { Decision } from '../../../domain/run-book';
import type { LeaseId } from '../../../domain/values';
import type { App } from '../../../run/app';
import type { Loaded } from '../../../sheet/load';
import { accountOf } from '../../account';
import { receiptsDecided, undoReceipts } from '../money/undo';
import type { Click } from './click';
import type { UndoPart, UndoWork } from './undo-work';
import { versionOf } from './version';

const DIGITS = 10;

/** Undefined where the click decided about no receipt. */
export function moneyUndo(
  app: App,
  loaded: Loaded,
  { lines }: Click,
  told: string,
  reason: string,
): UndoWork | Refused | undefined {
  const receipts = receiptsDecided(lines);
  if (receipts.length === 0) return undefined;
  const changes = undoReceipts(app, loaded, receipts, reason);
  if ('refused' in changes) return changes;
  const parts = partsOf(app, loaded, changes.decision);
  return {
    told,
    parts,
    receipts: changes.decision.receipts,
    tasks: [],
    requests: [],
    version: [...parts.map(({ before }) => versionOf(loaded, before)), rowsVersion(loaded, receipts)].join('.'),
    changes,
  };
}

function partsOf(app: App, loaded: Loaded, { entries }: Decision): readonly UndoPart[] {
  const leases = [...new Set<LeaseId>(entries.map((entry) => entry.lease))];
  return leases.flatMap((lease) => {
    const before = accountOf(loaded, app, lease);
    if (!before) return [];
    const mine = entries.filter((entry) => entry.lease === lease);
    const account = { ...before, entries: [...mine], state: foldAll(before.state, mine) };
    return [{ before, account, people: [], termsOff: [] }];
  });
}

/** Stands where a lease's version has its payments. */
function rowsVersion({ book }: Loaded, receipts: readonly string[]): string {
  const rows = book.receipts.filter((row) => receipts.includes(row.key));
  const seen = rows.map((row: ReceiptRow) => [row.key, row.state, row.lease ?? '', row.reversedCents]);
  return `0.0.0.${digestOf(JSON.stringify(seen)).slice(0, DIGITS)}`;
}
