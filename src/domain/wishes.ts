/** What a decision wants to leave the house: messages, alerts, tasks and log lines, each with a key that makes a repeat a no-op. */
import type { Account } from './account';
import type { Because, Intent, Lease, LogLine, PaymentSeen, Property, ReceiptRow, Task, TaskRow } from './book';
import { addDays, instantOf, localTime } from './calendar';
import type { Way } from './contacts';
import { legKey } from './legs';
import { decimal } from './money';
import { MANUAL } from './payment-method';
import { e164 } from './phone';
import { mailsFor, reachOf, type Wish } from './reach';
import { type Decision, type Run, type RunBook, rowsOfLease, type Settings } from './run-book';
import { unpaidOn } from './standing';
import { type Cents, type Instant, instant, type Key, key, type Zone } from './values';

/** Something that happened to a payment, worth telling. */
export interface News {
  readonly kind: 'received' | 'failed' | 'returned' | 'disputed' | 'refunded' | 'reinstated' | 'dispute lost' | 'twice';
  readonly account: Account;
  readonly payment: PaymentSeen;
  readonly reason: string;
  /** What went back, where a part of the payment did. */
  readonly part?: { readonly key: Key; readonly amountCents: Cents };
  /** It happened long before it was first seen, as with the payments of a platform that has just been connected: no mail tells of it. */
  readonly isOld?: true;
}

export const URGENCY = {
  collect: 0,
  failed: 1,
  final: 2,
  late: 3,
  alert: 3,
  dueToday: 4,
  receipt: 5,
  beforeDue: 6,
  digest: 7,
  invoice: 8,
  books: 9,
  /** Of a picture kept elsewhere: figures that moved while the word stays. */
  figures: 10,
} as const;

/** The moment from which something may be sent: now, or the end of the quiet hours in the property's zone. */
export function sendFrom(
  now: Instant,
  zone: Zone,
  settings: Pick<Settings, 'quietFromHour' | 'quietUntilHour'>,
): Instant {
  const { quietFromHour: from, quietUntilHour: until } = settings;
  if (from === until) return now;
  const local = localTime(now, zone);
  const quiet = from < until ? local.hour >= from && local.hour < until : local.hour >= from || local.hour < until;
  if (!quiet) return now;
  return instantOf(local.hour >= until ? addDays(local.day, 1) : local.day, until, 0, zone);
}

/** Text messages leave between 8:00 and 21:00 whatever Settings say: the hours of the US Telephone Consumer Protection Act. */
const TEXT_HOURS = { quietFromHour: 21, quietUntilHour: 8 };

/** The moment from which a text message may leave: quiet hours of Settings and of the law both hold. */
export function textFrom(now: Instant, zone: Zone, settings: Parameters<typeof sendFrom>[2]): Instant {
  const lawful = sendFrom(now, zone, TEXT_HOURS);
  const asked = sendFrom(lawful, zone, settings);
  return asked === lawful ? lawful : sendFrom(asked, zone, TEXT_HOURS);
}

/** The moment after which a text message that may leave now must not leave any more. */
export function textUntil(now: Instant, zone: Zone, settings: Parameters<typeof sendFrom>[2]): Instant {
  const isQuiet = settings.quietFromHour !== settings.quietUntilHour;
  const hours = [TEXT_HOURS.quietFromHour, ...(isQuiet ? [settings.quietFromHour] : [])];
  const { day } = localTime(now, zone);
  const next = (hour: number): Instant => {
    const today = instantOf(day, hour, 0, zone);
    return today > now ? today : instantOf(addDays(day, 1), hour, 0, zone);
  };
  return instant(Math.min(...hours.map(next)));
}

export interface Letter {
  readonly name: string;
  readonly template: string;
  readonly because: Because;
  readonly urgency: number;
  readonly waitsForRelease?: boolean;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A message to the residents of a lease, one effect for each way it takes; none when they cannot or must not be written to. */
export function lettersTo(account: Account, letter: Letter, wish: Wish = 'resident'): readonly Intent[] {
  const { ways, standby } = reachOf(account.book, account.lease, wish);
  const asked = wish === 'resident' ? letter : { ...letter, payload: { ...letter.payload, wish } };
  return ways.map((way) => legTo(account, asked, way, standby));
}

/** One leg. `standby` is the way that is taken when this one fails. */
export function legTo({ lease, property, book, run }: Account, letter: Letter, way: Way, standby?: Way): Intent {
  const { settings, contacts = [] } = book;
  const phone = e164(lease.phone);
  return {
    key: legKey(way, letter.name),
    channel: way === 'email' ? (property.mailBy ?? settings.mailBy) : settings.textsBy,
    kind: letter.template,
    lease: lease.id,
    property: property.name,
    to: way === 'email' ? mailsFor(contacts, lease, letter.payload).join(', ') : 'number' in phone ? phone.number : '',
    subject: '',
    payload: {
      template: letter.template,
      language: lease.language,
      ...letter.payload,
      ...(standby ? { standby } : {}),
    },
    notBefore:
      way === 'email' ? sendFrom(run.now, property.zone, settings) : textFrom(run.now, property.zone, settings),
    waitsForRelease: letter.waitsForRelease ?? false,
    because: letter.because,
    urgency: letter.urgency,
  };
}

/** A line for the property's Slack channel; units and amounts only, no names: a channel is read by many. */
export function slackAlert(
  name: string,
  property: Property,
  run: Run,
  text: string,
  lease?: Lease,
  urgency: number = URGENCY.alert,
): Intent | undefined {
  // Where the app has a channel it tells of each lease in a thread of its own.
  if (!property.slack || property.slackChannel !== undefined) return undefined;
  return {
    key: key(`slack:${name}`),
    channel: 'slack',
    kind: 'alert',
    ...(lease ? { lease: lease.id } : {}),
    property: property.name,
    to: property.name,
    subject: text.slice(0, 120),
    payload: { text },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency,
  };
}

const MAILS: Partial<Record<News['kind'], { template: string; urgency: number }>> = {
  received: { template: 'receipt', urgency: URGENCY.receipt },
  failed: { template: 'payment-failed', urgency: URGENCY.failed },
  returned: { template: 'payment-failed', urgency: URGENCY.failed },
  refunded: { template: 'payment-refunded', urgency: URGENCY.receipt },
};

/** What is told to the residents; nothing about what is old, and no receipt that nobody wants. */
function mailOf({ kind, account, payment, isOld }: News): (typeof MAILS)[News['kind']] {
  const { receipts = 'all' } = account.book.settings;
  const isWanted = receipts === 'all' || (receipts === 'platforms' && payment.source !== MANUAL);
  return isOld || (kind === 'received' && !isWanted) ? undefined : MAILS[kind];
}

/** Whoever paid is told at their own address, where that is one of the lease: the others need not read of a card that was declined. */
const payerOf = ({ account, payment }: News): string | undefined =>
  account.lease.emails.find((each) => each.toLowerCase() === payment.payerEmail?.trim().toLowerCase());

const VERBS: Readonly<Record<News['kind'], string>> = {
  received: 'was received',
  failed: 'failed',
  returned: 'was returned by the bank',
  disputed: 'is disputed',
  refunded: 'was refunded',
  reinstated: 'counts again: the dispute was won',
  'dispute lost': 'is lost: the dispute was decided for the payer',
  twice: 'went back twice: it was refunded, and the bank took the payment back as well',
};

/** What a person has to do about it. */
const TASKS: Partial<Record<News['kind'], string>> = {
  returned: 'Agree on how the returned payment will be replaced',
  disputed: 'Answer the payment dispute',
  'dispute lost': 'Collect the money of the lost dispute',
  twice: 'See whether money went back twice, and charge what did',
};

function newsWishes(news: News): { intents: readonly Intent[]; tasks: readonly Task[] } {
  const { account, payment, kind } = news;
  const amountCents = news.part?.amountCents ?? payment.amountCents;
  const amount = `${decimal(amountCents, payment.currency)} ${payment.currency}`;
  const reason = news.reason ? ` (${news.reason})` : '';
  const whole = `${decimal(payment.amountCents, payment.currency)} ${payment.currency}`;
  const what = amountCents < payment.amountCents ? `${amount} of a payment of ${whole}` : `payment of ${amount}`;
  const text = `${account.property.name} ${account.lease.unit}: ${what} ${VERBS[kind]}${reason}.`;
  const mail = mailOf(news);
  const payer = payerOf(news);
  const letters = mail
    ? lettersTo(account, {
        name: `${mail.template}:${kind === 'refunded' && news.part ? news.part.key : payment.key}`,
        template: mail.template,
        urgency: mail.urgency,
        because: { rule: 'always' },
        payload: {
          ...(payer === undefined ? {} : { payer }),
          payment: {
            amountCents,
            reference: payment.externalId,
            source: payment.source,
            at: payment.initiatedAt,
            reason: news.reason,
          },
        },
      })
    : [];
  const alert =
    kind === 'received'
      ? undefined
      : slackAlert(`${kind}:${payment.key}`, account.property, account.run, text, account.lease);
  const title = TASKS[kind];
  const task: Task | undefined = title
    ? {
        key: key(`task:${kind}:${payment.key}`),
        lease: account.lease.id,
        property: account.property.name,
        owner: account.property.managerEmail,
        due: addDays(account.today, 1),
        title,
        detail: text,
      }
    : undefined;
  return { intents: alert ? [...letters, alert] : letters, tasks: task ? [task] : [] };
}

/** Tasks that a debt has opened. */
export const isDebtTask = ({ key: name }: Pick<Task, 'key'>): boolean =>
  /^task:(rung|returned|dispute lost|autopay|promise|plan:)/.test(name);

/** Tasks about a debt close by themselves once nothing that fell due is unpaid. */
export function closable(account: Account, tasks: readonly TaskRow[]): Decision['closedTasks'] {
  if (unpaidOn(account.state, account.today).length > 0) return [];
  return rowsOfLease(tasks, account.lease.id)
    .filter((task) => task.state === 'open' && isDebtTask(task))
    .map((task) => ({ key: task.key, outcome: `Balance cleared on ${account.today}.` }));
}

/** A person confirms the fee terms of a property once; until then the add-on asks and charges nothing. */
export function feeTask(account: Account): Task | undefined {
  if (account.proposals.length === 0) return undefined;
  return {
    key: key(`task:fee-terms:${account.property.name}`),
    property: account.property.name,
    owner: account.property.managerEmail,
    due: account.today,
    title: `Confirm the fee terms of ${account.property.name}`,
    detail:
      `${account.proposals[0]} Write your name and the date under "Fee terms confirmed" on the Properties tab.`.slice(
        0,
        900,
      ),
  };
}

export function logLine(run: Run, kind: string, what: string, more: Partial<LogLine> = {}): LogLine {
  return { at: run.now, by: run.by, run: run.id, kind, what, before: '', after: '', ...more };
}

/** Gathers what several accounts decided into one decision. */
export function decisionOf(
  book: RunBook,
  run: Run,
  accounts: readonly Account[],
  news: readonly News[],
  receipts: readonly ReceiptRow[],
): Decision {
  const wishes = news.map(newsWishes);
  const tasks = [
    ...wishes.flatMap((each) => each.tasks),
    ...accounts.map(feeTask).filter((task): task is Task => task !== undefined),
  ];
  const known = new Set(book.tasks.map((task) => task.key));
  const waiting = receipts
    .filter((row) => !row.lease && row.state !== 'split' && row.state !== 'not rent' && row.state !== 'taken back')
    .map((row) =>
      logLine(
        run,
        'receipt waits',
        `${row.source} ${row.externalId} ${decimal(row.amountCents, row.currency)} ${row.currency}: ${row.matched}`,
        { key: row.key },
      ),
    );
  const states = receipts
    .filter((row) => row.lease && (row.state === 'pending' || row.state === 'failed'))
    .map((row) =>
      logLine(
        run,
        `payment ${row.state}`,
        `${row.source} ${row.externalId} ${decimal(row.amountCents, row.currency)} ${row.currency}`,
        { key: row.key, ...(row.lease ? { lease: row.lease } : {}) },
      ),
    );
  return {
    entries: accounts.flatMap((account) => account.entries),
    receipts,
    intents: wishes.flatMap((each) => each.intents),
    tasks: firstOfKey(tasks).filter((task) => !known.has(task.key)),
    closedTasks: accounts.flatMap((account) => closable(account, book.tasks)),
    log: [...waiting, ...states],
  };
}

export function firstOfKey<T extends { readonly key: string }>(rows: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.key) && seen.add(row.key));
}
