/** What the messages of a dry run will use: mails and the quota left, text messages with their segments, and what they cost. */
import type { Outgoing } from '../../../connectors/messages';
import type { OutboxRow } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { isMessage } from '../../../domain/legs';
import type { RunBook } from '../../../domain/run-book';
import { segmentsOf } from '../../../domain/sms';
import type { Day } from '../../../domain/values';
import { noLongerWanted } from '../../../domain/wanted';
import { renderedOf } from '../../../outbox/rendered';
import { type App, runNow } from '../../../run/app';
import { carrierName } from '../lines';
import { scopeOf } from '../scope';
import type { Outlook } from '../setup';

export class Tally {
  private readonly mails = new Map<string, number>();
  private texts = 0;
  private segments = 0;

  constructor(private readonly book: RunBook) {}

  /** `by` is what carries it. */
  add(message: Outgoing, by: string): void {
    if (message.kind === 'mail') this.mails.set(by, (this.mails.get(by) ?? 0) + message.to.length);
    else {
      this.texts++;
      this.segments += segmentsOf(message.text).segments;
    }
  }

  /** The quota of Gmail is the owner's own, and nobody else's execution can ask for it. */
  outlook(app: App): Outlook {
    const isOwner = app.person?.role === 'owner';
    const mails = [...this.mails].map(([by, count]) => ({
      by: carrierName(app, by),
      count,
      ...(by === 'gmail' && isOwner ? { left: app.host.mail.remaining(), perDay: app.host.mail.perDay() } : {}),
    }));
    const cost = costOf(this.segments, this.book.settings.textPrice);
    return { mails, texts: this.texts, segments: this.segments, ...(cost ? { cost } : {}) };
  }
}

/**
 * Counts messages to residents that lie in the Outbox already, free to leave by the end of the day `until` by their property's
 * clock, as long as they are still wanted. Gives how many there are.
 */
export function tallyOutbox(app: App, book: RunBook, outbox: readonly OutboxRow[], until: Day, tally: Tally): number {
  const run = runNow(app);
  const scope = scopeOf(app, book);
  const context = { book, run, outbox, goodFor: () => undefined };
  let count = 0;
  for (const row of outbox.filter(({ lease }) => lease !== undefined)) {
    const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
    if (row.state !== 'ready' || !isMessage(row) || !scope.lease(row.lease) || localDay(row.notBefore, zone) > until)
      continue;
    const rendered = noLongerWanted(book, run, row) === undefined ? renderedOf(context, row) : undefined;
    if (!rendered || 'reason' in rendered) continue;
    tally.add(rendered.message, row.channel);
    count++;
  }
  return count;
}

const MICRO = 1_000_000;

/** `1.25 USD`, from a price such as `0.0083 USD`; whole millionths, so that no fraction is lost on the way. */
export function costOf(segments: number, price: string): string | undefined {
  const match = /^(\d+)(?:\.(\d{1,6}))? ([A-Z]{3})$/.exec(price);
  if (!match || segments === 0) return undefined;
  const micros = Number(match[1]) * MICRO + Number((match[2] ?? '').padEnd(6, '0'));
  const hundredths = Math.ceil((segments * micros) / (MICRO / 100));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} ${match[3]}`;
}
