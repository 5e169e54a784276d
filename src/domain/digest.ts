/** The manager's digest of a property: yesterday in, today due, what needs a person. */

import { firstFeeDayOf, openAccount, upcomingRent } from './account';
import type { Intent, OutboxRow, Property } from './book';
import { addDays, localDay, monthKey } from './calendar';
import { daysWords, moneyWords, shortDay } from './dates';
import { isDemoHouse } from './demo';
import { isMessage } from './legs';
import { managerMail } from './manager-mail';
import type { MessageFields } from './message-fields';
import { cents, plus, sum, ZERO } from './money';
import { pendingCents, type Run, type RunBook, stateOf } from './run-book';
import { type Standing, standingOf } from './standing';
import { MANAGER_KEYS } from './templates';
import { type Day, key, type PropertyName, problemText } from './values';
import { slackAlert, URGENCY } from './wishes';

const LIST_MAX = 10;

/** One mail per property to its manager, and one line to its Slack channel; none about the demo. */
export function digests(
  book: RunBook,
  outbox: readonly OutboxRow[],
  run: Run,
  properties: readonly PropertyName[],
): readonly Intent[] {
  return properties.flatMap((name) => {
    const property = book.properties.get(name);
    if (!property || isDemoHouse(name)) return [];
    const today = localDay(run.now, property.zone);
    const to = property.managerEmail || book.settings.digestTo;
    const figures = figuresOf(book, outbox, run, property, today);
    const alert = slackAlert(`digest:${name}:${today}`, property, run, figures.line, undefined, URGENCY.digest);
    const mail = to
      ? managerMail(book, run, {
          kind: 'digest',
          name: `${name}:${today}`,
          to,
          by: property.mailBy ?? book.settings.mailBy,
          fields: figures.fields,
          zone: property.zone,
          property: name,
          urgency: URGENCY.digest,
        })
      : undefined;
    const post = slackDigest(property, run, today, figures);
    return [mail, alert, post].filter((each): each is Intent => each !== undefined);
  });
}

/** The day's numbers in the channel of Slack's app: units and amounts, no names. */
function slackDigest(
  property: Property,
  run: Run,
  today: Day,
  { fields, lines }: Pick<ReturnType<typeof figuresOf>, 'fields' | 'lines'>,
): Intent | undefined {
  if (property.slackChannel === undefined) return undefined;
  const text = `${property.name}, ${today}`;
  const figures = [
    ['Received', `${fields.received_total} (${fields.received_count})`],
    ['Expected this month', fields.expected_total],
    ['Late', `${fields.late_total} (${fields.late_count})`],
    ['Due tomorrow', fields.next_day_due_count],
    ['Messages sent', fields.sent_count],
    ['Payments to match', fields.unmatched_count],
    ['Problems', fields.problems_count],
  ].map(([label, value]) => ({ label, value }));
  return {
    key: key(`slack:digest:${property.name}:${today}`),
    channel: 'slack',
    kind: 'digest',
    property: property.name,
    to: property.slackChannel,
    subject: `Digest, ${text}`,
    payload: { channel: property.slackChannel, text, figures, lines },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.digest,
  };
}

interface Late {
  readonly standing: Standing;
  readonly residents: string;
  readonly unit: string;
}

function figuresOf(
  book: RunBook,
  outbox: readonly OutboxRow[],
  run: Run,
  property: Property,
  today: Day,
): { fields: MessageFields; line: string; lines: readonly string[] } {
  const money = (amount: typeof ZERO) => moneyWords(amount, property.currency, book.settings.digestLanguage);
  const yesterday = addDays(today, -1);
  const leases = book.leases.filter((lease) => lease.property === property.name);
  const mine = new Set(leases.map((lease) => lease.id));
  const received = book.receipts.filter(
    (row) =>
      row.lease && mine.has(row.lease) && row.state === 'settled' && localDay(row.seenAt, property.zone) === yesterday,
  );
  const waiting = book.receipts.filter((row) => !row.lease && (row.state === 'settled' || row.state === 'pending'));
  let expected = ZERO;
  let dueTomorrow = 0;
  const late: Late[] = [];
  for (const lease of leases) {
    const state = stateOf(book, lease.id);
    for (const charge of state.charges)
      if (monthKey(charge.due) === monthKey(today) && charge.type !== 'deposit')
        expected = plus(expected, charge.totalCents);
    const standing = standingOf({
      lease,
      state,
      today,
      pendingCents: pendingCents(book, lease.id),
      firstFeeDay: (charge) => firstFeeDayOf({ lease, property }, charge.due),
    });
    if (standing.word === 'late') late.push({ standing, residents: lease.residents, unit: lease.unit });
    if (upcomingRent(openAccount(book, run, lease, property, state, today))?.due === addDays(today, 1)) dueTomorrow++;
  }
  late.sort((a, b) => b.standing.unpaidCents - a.standing.unpaidCents);
  const lateTotal = sum(late.map((each) => each.standing.unpaidCents));
  const receivedTotal = sum(received.map((row) => row.amountCents));
  const problems = book.problems.map(problemText);
  const tasks = book.tasks
    .filter((task) => task.state === 'open' && (!task.property || task.property === property.name))
    .sort((a, b) => (a.due < b.due ? -1 : 1));
  const sent = outbox.filter(
    (row) =>
      row.state === 'sent' &&
      isMessage(row) &&
      row.property === property.name &&
      !MANAGER_KEYS.includes(row.kind) &&
      localDay(row.updatedAt, property.zone) >= yesterday,
  ).length;
  const fields: MessageFields = {
    manager_name: book.settings.senderName || property.name,
    manager_email: property.managerEmail,
    today: shortDay(today, book.settings.digestLanguage),
    as_of: '',
    received_total: money(receivedTotal),
    received_count: String(received.length),
    expected_total: money(expected),
    late_count: String(late.length),
    late_total: money(lateTotal),
    late_list: late.slice(0, LIST_MAX).map((each) => ({
      resident_names: each.residents,
      unit: each.unit,
      property: property.name,
      amount: money(each.standing.unpaidCents),
      days_late: daysWords(each.standing.daysLate, book.settings.digestLanguage),
    })),
    unmatched_count: String(waiting.length),
    unmatched_list: waiting.slice(0, LIST_MAX).map((row) => ({
      payer: row.payer || row.payerEmail || row.customer || 'unknown payer',
      amount: moneyWords(cents(row.amountCents), row.currency, book.settings.digestLanguage),
      date: shortDay(localDay(row.initiatedAt, property.zone), book.settings.digestLanguage),
      source: row.source,
    })),
    problems_count: String(problems.length),
    problems_list: problems.slice(0, LIST_MAX).map((problem) => ({ problem })),
    tasks_list: tasks
      .slice(0, LIST_MAX)
      .map((task) => ({ title: task.title, owner: task.owner, due: shortDay(task.due, book.settings.digestLanguage) })),
    sent_count: String(sent),
    next_day_due_count: String(dueTomorrow),
  };
  const line = [
    `${property.name}, ${today}: ${money(receivedTotal)} received yesterday (${received.length})`,
    `${late.length} late with ${money(lateTotal)}`,
    `${waiting.length} payments to match`,
    `${problems.length} problems`,
    `${tasks.length} open tasks.`,
  ].join(', ');
  const lines = late
    .slice(0, LIST_MAX)
    .map(({ unit, standing }) => `${unit}: ${money(standing.unpaidCents)}, ${daysWords(standing.daysLate, 'en')} late`);
  return { fields, line, lines };
}
