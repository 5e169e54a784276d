/** What needs a person now: the figures and lists of the sidebar's first screen. */
import { localDay, localTime } from '../domain/calendar';
import { decimal } from '../domain/money';
import { problemText } from '../domain/values';
import { type App, runNow } from '../run/app';
import { loadBook } from '../sheet/load';
import { standingToday } from '../sheet/rent-roll';

export interface Today {
  /** `2026-12-06 09:05`, by the workbook's clock. */
  readonly asOf: string;
  readonly zone: string;
  readonly problems: readonly string[];
  readonly late: readonly {
    readonly lease: string;
    readonly where: string;
    readonly residents: string;
    readonly amount: string;
    readonly days: number;
  }[];
  readonly waiting: readonly {
    readonly id: string;
    readonly amount: string;
    readonly payer: string;
    readonly why: string;
  }[];
  /** Effects that only a person can decide on. */
  readonly decide: readonly {
    readonly key: string;
    readonly state: string;
    readonly what: string;
    readonly why: string;
  }[];
  readonly tasks: readonly { readonly title: string; readonly detail: string; readonly due: string }[];
}

const UNDECIDED = ['unsure', 'failed', 'waiting for release'];

export function today(app: App): Today {
  const { book, outbox } = loadBook(app.host);
  const { now } = runNow(app);
  const clock = localTime(now, book.settings.zone);
  const two = (n: number) => String(n).padStart(2, '0');
  const late = book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    const standing = property && standingToday(book, lease, property, localDay(now, property.zone));
    if (!property || standing?.word !== 'late') return [];
    const amount = `${decimal(standing.unpaidCents, property.currency)} ${property.currency}`;
    return [
      {
        lease: lease.id,
        where: `${property.name} ${lease.unit}`.trim(),
        residents: lease.residents,
        amount,
        days: standing.daysLate,
      },
    ];
  });
  return {
    asOf: `${clock.day} ${two(clock.hour)}:${two(clock.minute)}`,
    zone: book.settings.zone,
    problems: book.problems.map(problemText),
    late: late.sort((a, b) => b.days - a.days),
    waiting: book.receipts
      .filter((row) => !row.lease && (row.state === 'settled' || row.state === 'pending'))
      .map((row) => ({
        id: row.externalId,
        amount: `${decimal(row.amountCents, row.currency)} ${row.currency}`,
        payer: row.payer || row.payerEmail || row.customer,
        why: row.matched,
      })),
    decide: outbox
      .filter((row) => UNDECIDED.includes(row.state))
      .map((row) => ({
        key: row.key,
        state: row.state,
        what: `${row.kind} to ${row.to}: ${row.state}`,
        why: row.fault,
      })),
    tasks: book.tasks
      .filter((task) => task.state === 'open')
      .map((task) => ({ title: task.title, detail: task.detail, due: task.due }))
      .sort((a, b) => (a.due < b.due ? -1 : 1)),
  };
}
