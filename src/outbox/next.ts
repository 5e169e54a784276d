/** When the Outbox is to be looked at again. */
import type { OutboxRow } from '../domain/book';
import { isMessage } from '../domain/legs';
import type { Key } from '../domain/values';
import type { App } from '../run/app';
import { nextEffect } from '../run/hints';
import type { Loaded } from '../sheet/load';

const HOUR_MS = 3_600_000;
/** While a platform holds a message each poll asks whether it is still wanted. */
const HELD_MS = 9 * 60_000;

/** What a platform can hold is handed over ahead of its moment, so the look comes earlier. */
export function nextDelivery(app: App, { outbox, book }: Loaded, stuck: ReadonlySet<Key>): void {
  const { handOverHours } = book.settings;
  const early = (row: OutboxRow): number =>
    isMessage(row) && row.channel !== 'gmail' ? row.notBefore - handOverHours * HOUR_MS : row.notBefore;
  const held = app.host.clock.now() + HELD_MS;
  nextEffect(app, outbox, (row) => (row.state === 'scheduled' ? Math.min(row.notBefore, held) : early(row)), stuck);
}
