/** When the Outbox is to be looked at again. */
import type { Key } from '../domain/values';
import type { App } from '../run/app';
import { nextEffect } from '../run/hints';
import type { Kept } from '../run/told';
import type { Loaded } from '../sheet/load';
import { lookedAt } from './ahead';

/** While a platform holds a message each poll asks whether it is still wanted. */
const HELD_MS = 9 * 60_000;

/** What a platform can hold is handed over ahead of its moment, so the look comes earlier. */
export function nextDelivery(app: App, { outbox, book }: Loaded, stuck: ReadonlySet<Key>, own: Kept): void {
  const held = app.host.clock.now() + HELD_MS;
  const look = { app, own, hours: book.settings.handOverHours };
  const dueAt = (row: (typeof outbox)[number]): number =>
    row.state === 'scheduled' ? Math.min(row.notBefore, held) : lookedAt(look, row);
  nextEffect(app, outbox, dueAt, stuck);
}
