/** What one click wrote, found again by its run: lines of the Log, rows of the Ledger, cells on people's tabs. */
import type { Entry } from '../../../domain/book';
import type { App } from '../../../run/app';
import { textOf } from '../../../sheet/cells';
import { entryFrom } from '../../../sheet/journal';
import type { Loaded } from '../../../sheet/load';
import { LEDGER, LOG } from '../../../sheet/schema';
import { rowsBack } from './rows-back';

export interface ClickLine {
  readonly lease: string;
  readonly kind: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly key: string;
  /** It reports a row of the Ledger. */
  readonly entry: boolean;
}

export interface Click {
  /** In the order in which they were written. */
  readonly lines: readonly ClickLine[];
  readonly entries: readonly Entry[];
  /** Another click has undone it. */
  readonly undone: boolean;
}

/** The kind of a Log line that says that a run was undone; its key is that run. */
export const UNDO_LINE = 'undo';

/** A click is one commit: its lines stand together, and what undid it stands behind them. */
export function clickIn(app: App, loaded: Loaded, run: string): Click {
  const lines: ClickLine[] = [];
  let undone = false;
  for (const [, cells] of rowsBack(app, LOG, loaded.marks.logRows)) {
    const [, , , id, lease, kind, what, before, after, key, digest] = cells.map(textOf);
    if (id === run)
      lines.unshift({
        lease: lease ?? '',
        kind: kind ?? '',
        what: what ?? '',
        before: before ?? '',
        after: after ?? '',
        key: key ?? '',
        entry: digest !== '',
      });
    else if (lines.length > 0) break;
    else if (kind === UNDO_LINE && key === run) undone = true;
  }
  return { lines, entries: entriesOf(app, loaded, lines), undone };
}

function entriesOf(app: App, loaded: Loaded, lines: readonly ClickLine[]): readonly Entry[] {
  const wanted = new Set(lines.filter((line) => line.entry).map((line) => line.key));
  const found: Entry[] = [];
  if (wanted.size === 0) return found;
  for (const [, cells] of rowsBack(app, LEDGER, loaded.marks.ledgerRows)) {
    if (!wanted.has(textOf(cells[0]))) continue;
    const entry = entryFrom(cells);
    if (entry) found.unshift(entry);
    if (found.length >= wanted.size) break;
  }
  return found;
}
