/** Messages and the hours in which nobody is written to: what would leave then waits for the morning. */
import type { OutboxRow } from '../domain/book';
import { isMessage, wayOf } from '../domain/legs';
import type { Instant } from '../domain/values';
import { sendFrom, textFrom } from '../domain/wishes';
import type { Loaded } from '../sheet/load';
import { RUN_MS } from './ahead';
import { TEST } from './rendered';

/**
 * Messages that were to leave by day and did not, because a run died, a quota was spent or a platform asked to wait. A text that is
 * claimed in the last minutes of the day could leave in the first of the night, so it waits as well.
 */
export const postponed = ({ outbox, book }: Loaded, now: Instant): readonly OutboxRow[] =>
  outbox.flatMap((row) => {
    if (!isMessage(row) || row.kind === TEST || row.state !== 'ready') return [];
    const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
    const isText = wayOf(row) === 'sms';
    const from = isText ? textFrom : sendFrom;
    const wanted = row.notBefore > now ? row.notBefore : now;
    const byDay = from(wanted, zone, book.settings);
    const last = isText ? ((byDay + RUN_MS) as Instant) : byDay;
    const notBefore = from(last, zone, book.settings) > last ? from(last, zone, book.settings) : byDay;
    return notBefore > wanted ? [{ ...row, notBefore }] : [];
  });
