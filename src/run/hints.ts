/** Hints in shared properties that let an idle trigger end at once; the Sheet stays the truth, and a lost hint only costs a read. */

import type { OutboxRow } from '../domain/book';
import { addDays, instantOf, isZone, localDay } from '../domain/calendar';
import type { RunBook } from '../domain/run-book';
import type { Key, Zone } from '../domain/values';
import { OUTBOX_DUE } from '../sheet/outbox-hint';
import type { App } from './app';
import type { Kept } from './told';

const NEXT_DAY = 'next-day';
const ZONE = 'zone';

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Number(text);

/** True when some effect may be due; `kept` are the shared properties, where they were read at once and nothing has changed. */
export function effectsDue(app: App, kept?: Kept): boolean {
  const due = numberOf(kept ? kept[OUTBOX_DUE] : app.host.documentStore.get(OUTBOX_DUE));
  return due === undefined || due <= app.host.clock.now();
}

/** What could not leave just now (no quota, no key) is not asked again at every poll. */
const RETRY_MS = 30 * 60_000;

/** After a delivery: the moment of the next effect, or far ahead. `stuck` are those that could not leave just now. */
export function nextEffect(
  app: App,
  outbox: readonly OutboxRow[],
  dueAt: (row: OutboxRow) => number,
  stuck: ReadonlySet<Key>,
): void {
  const later = app.host.clock.now() + RETRY_MS;
  const due = outbox
    .filter((row) => row.state === 'ready' || row.state === 'sending' || row.state === 'scheduled')
    .map((row) => (stuck.has(row.key) ? Math.max(dueAt(row), later) : dueAt(row)))
    .reduce((least, at) => Math.min(least, at), Number.MAX_SAFE_INTEGER);
  app.host.documentStore.set(OUTBOX_DUE, String(due));
}

export const daysMayHaveChanged = (app: Pick<App, 'host'>): void => app.host.documentStore.remove(NEXT_DAY);

/**
 * `views` when a person's edit, an import or a set-up may have changed what the views show, `day` when some property's
 * local date may have changed since its last run.
 */
export function dayHint(app: App, kept: Kept): 'nothing' | 'day' | 'views' {
  const text = kept[NEXT_DAY];
  const next = numberOf(text);
  if (next !== undefined && next > app.host.clock.now()) return 'nothing';
  return text === undefined ? 'views' : 'day';
}

/** The next local midnight of any property; `more` is kept in the same call. */
export function nextDay(app: App, book: RunBook, more: Kept = {}): void {
  const now = app.host.clock.now();
  const midnights = [...book.properties.values()].map((property) =>
    instantOf(addDays(localDay(now, property.zone), 1), 0, 0, property.zone),
  );
  if (midnights.length === 0) return;
  app.host.documentStore.setAll({ ...more, [NEXT_DAY]: String(Math.min(...midnights)), [ZONE]: book.settings.zone });
}

/** The workbook's zone as the last day run found it: a look at a run needs no call to Sheets. */
export const zoneHint = (kept: Kept): Zone | undefined => {
  const name = kept[ZONE] ?? '';
  return isZone(name) ? name : undefined;
};
export const rememberZone = (app: Pick<App, 'host'>, zone: Zone): void => app.host.documentStore.set(ZONE, zone);
