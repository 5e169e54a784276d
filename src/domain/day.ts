/** A property's day: for each lease what is due is charged, fees are assessed, and the ladder takes at most one rung. */
import {
  type Account,
  assessFees,
  entryBase,
  firstFeeDayOf,
  openAccount,
  post,
  postDue,
  spendUnspent,
  standingFacts,
  upcomingRent,
} from './account';
import { collect } from './autopay';
import { careFor } from './autopay-care';
import type { Because, Intent, Lease, OpenCharge, Property, Task } from './book';
import { addDays } from './calendar';
import { canLinkIn, payLinkFor } from './collect';
import { type Debt, debtsOf, nextRung, type RungCall, signedRungs } from './ladder';
import { messageName } from './legs';
import { decimal, sum } from './money';
import { keepPlan } from './plan-day';
import { askedOn, brokeOn, isInstalment, nextInstalment, runningPlan } from './plans';
import { reachOf, type Wish } from './reach';
import { type Decision, pendingCents, type Run, type RunBook, stateOf } from './run-book';
import { isOver, resting, standingOf, unpaidOn } from './standing';
import { type Day, type Key, key } from './values';
import { decisionOf, firstOfKey, lettersTo, logLine, slackAlert, URGENCY } from './wishes';

/** What the leases of one step want besides entries. */
export interface Extras {
  readonly intents: Intent[];
  readonly tasks: Task[];
  readonly log: ReturnType<typeof logLine>[];
  readonly alerts: string[];
}

export const noExtras = (): Extras => ({ intents: [], tasks: [], log: [], alerts: [] });

export interface DayPart {
  readonly decision: Decision;
  /** The next lease to go on with, or undefined when the property's day is done. */
  readonly nextLease?: number;
}

/**
 * Decides a property's day from the lease at `first` (position among its leases) until about `entriesMax` entries are
 * reached: a lease is never cut in two. The same day decided twice comes to the same keys.
 */
export function decideDay(
  book: RunBook,
  run: Run,
  property: Property,
  today: Day,
  first: number,
  entriesMax: number,
): DayPart {
  const leases = book.leases.filter((lease) => lease.property === property.name);
  const accounts: Account[] = [];
  const extras = noExtras();
  let entries = 0;
  let at = first;
  for (; at < leases.length && entries < entriesMax; at++) {
    const lease = leases[at] as Lease;
    if (isOver(lease, book.states.get(lease.id), today) || lease.awaitsSignature) continue;
    const account = openAccount(book, run, lease, property, stateOf(book, lease.id), today);
    leaseDay(account, extras);
    if (account.entries.length > 0 || account.proposals.length > 0) accounts.push(account);
    entries += account.entries.length;
  }
  const decision = decisionOf(book, run, accounts, [], []);
  const known = new Set(book.tasks.map((task) => task.key));
  const tasks = firstOfKey([...decision.tasks, ...extras.tasks]).filter((task) => !known.has(task.key));
  const intents = [...extras.intents, ...ladderAlert(property, run, today, first, extras.alerts)];
  const merged = { ...decision, intents, tasks, log: [...decision.log, ...extras.log] };
  return at < leases.length ? { decision: merged, nextLease: at } : { decision: merged };
}

/** One lease's day: what is due is charged, money is spent, fees are assessed, and the ladder takes at most one rung. */
export function leaseDay(account: Account, extras: Extras): void {
  postDue(account);
  spendUnspent(account);
  keepPlan(account, extras);
  assessFees(account, account.today);
  spendUnspent(account);
  const { intents, letters, tasks } = collect(account);
  extras.intents.push(...intents, ...careFor(account));
  for (const letter of letters) extras.intents.push(...payLink(account, letter), letter);
  extras.tasks.push(...tasks);
  for (const call of signedRungs(account.book.ladder, account.lease, account.state, account.today))
    welcome(account, extras, call);
  climb(account, extras);
}

/** A rung that counts from the day of signature: it is about no debt, and nothing holds it. */
function welcome(account: Account, extras: Extras, call: RungCall): void {
  const { rung, about } = call;
  const name = `${rung.name}:${about.slice('signed:'.length)}`;
  post(account, {
    ...entryBase(account),
    kind: 'rung',
    key: key(`rung:${name}`),
    rung: rung.name,
    about,
    day: call.on,
    why: `signed on ${account.lease.signedOn}: rung ${rung.name}`,
  });
  if (rung.channel !== 'task')
    writeTo(account, extras, call, { name, because: { rule: 'always' }, channel: rung.channel });
  if (rung.task) extras.tasks.push(rungTask(account, call, name));
}

function climb(account: Account, extras: Extras): void {
  const { book, lease, property, today } = account;
  if (book.ladder.length === 0 || resting(lease, account.state, today)) return;
  // The day on which a plan ends has its own message: the ladder goes on with the next one.
  if (brokeOn(account.state, today)) return;
  const standing = standingOf(standingFacts(account));
  const pending = pendingCents(book, lease.id);
  const asked = askedOn(account.state, unpaidOn(account.state, today), today);
  const askedCents = sum(asked.map((charge) => charge.openCents));
  if (standing.word === 'processing' || (runningPlan(account.state) && askedCents > 0 && pending >= askedCents)) return;
  const upcoming = upcomingDebt(account);
  const call = nextRung(
    book.ladder,
    debtsOf(account.state, today, upcoming, (charge) => firstFeeDayOf(account, charge.due), pending),
    account.state,
    today,
  );
  if (!call) return;
  const label = call.about.startsWith('rent:') ? call.about.slice('rent:'.length) : call.about;
  const name = `${call.rung.name}:${label}${call.time > 1 ? `:${call.time}` : ''}`;
  post(account, {
    ...entryBase(account),
    kind: 'rung',
    key: key(`rung:${name}`),
    rung: call.rung.name,
    about: call.about,
    day: call.on,
    why: `${standing.word}${standing.daysLate ? ` ${standing.daysLate} days` : ''}: rung ${call.rung.name}`,
  });
  const because = becauseOf(account, call, asked, upcoming);
  if (call.rung.channel !== 'task') writeTo(account, extras, call, { name, because, channel: call.rung.channel });
  if (call.rung.task) extras.tasks.push(rungTask(account, call, name));
  if (call.rung.from === 'first fee') {
    const unpaid = `${decimal(standing.unpaidCents, property.currency)} ${property.currency}`;
    extras.alerts.push(
      `${lease.unit || lease.id}: ${standing.daysLate} days late, ${unpaid} unpaid (${call.rung.name})`,
    );
  }
}

function becauseOf(
  { state, today }: Account,
  { about }: RungCall,
  asked: readonly OpenCharge[],
  upcoming: Debt | undefined,
): Because {
  if (upcoming && upcoming.charge === about) return { rule: 'upcoming', charge: about, due: upcoming.due };
  const coming = isInstalment(about) ? nextInstalment(state, today) : undefined;
  if (coming?.key === about) return { rule: 'upcoming', charge: about, due: coming.due };
  return { rule: 'unpaid', charges: asked.map((charge) => charge.key) };
}

/** The rung's message by every way that it takes, its link before it; where there is no way, the Log says why. */
function writeTo(
  account: Account,
  extras: Extras,
  call: RungCall,
  { name, because, channel }: { readonly name: string; readonly because: Because; readonly channel: Wish },
): void {
  const { book, lease, run } = account;
  const { rung, about } = call;
  const letters = lettersTo(
    account,
    {
      name,
      template: templateFor(call),
      because,
      urgency: urgencyOf(call),
      waitsForRelease: rung.release,
      payload: { rung: rung.name, about, ...planOf(account, about) },
    },
    channel,
  );
  const [first] = letters;
  if (first) extras.intents.push(...payLink(account, first), ...letters);
  const { reasons } = reachOf(book, lease, channel);
  if (reasons.length === 0) return;
  const what = first ? 'goes one way only' : 'not sent';
  extras.log.push(
    logLine(run, what, `${templateFor(call)} to ${lease.residents}: ${reasons.join('; ')}`, { lease: lease.id }),
  );
}

const planOf = ({ state }: Account, about: Key) => (isInstalment(about) && state.plan ? { plan: state.plan.key } : {});

/** An instalment has words of its own, whatever the rung says of rent. */
const templateFor = ({ rung, about }: RungCall): string => (isInstalment(about) ? 'plan-instalment' : rung.template);

const urgencyOf = ({ rung }: RungCall): number =>
  rung.release
    ? URGENCY.final
    : rung.from === 'first fee' || rung.days > 0
      ? URGENCY.late
      : rung.days < 0
        ? URGENCY.beforeDue
        : URGENCY.dueToday;

/** The link that a message about unpaid rent carries; it leaves before the message does. */
function payLink(account: Account, letter: Intent): readonly Intent[] {
  const { payLinks, payReturnTo } = account.book.settings;
  const asked = askedOn(account.state, unpaidOn(account.state, account.today), account.today);
  const cents = sum(asked.map((charge) => charge.openCents));
  if (!payLinks || !canLinkIn(account) || letter.waitsForRelease || letter.because.rule !== 'unpaid' || cents <= 0)
    return [];
  return [payLinkFor(account, messageName(letter), cents, payReturnTo)];
}

/** One post for all leases whose ladder moved: a channel is no place for five hundred messages. */
function ladderAlert(
  property: Property,
  run: Run,
  today: Day,
  first: number,
  lines: readonly string[],
): readonly Intent[] {
  const LINES_MAX = 20;
  const more = lines.length > LINES_MAX ? [`and ${lines.length - LINES_MAX} more on the Rent Roll`] : [];
  const text = [`${property.name}, ${today}: ${lines.length} late`, ...lines.slice(0, LINES_MAX), ...more].join('\n');
  const alert =
    lines.length > 0 ? slackAlert(`ladder:${property.name}:${today}:${first}`, property, run, text) : undefined;
  return alert ? [alert] : [];
}

/** The next rent, less money already ahead: a resident who has prepaid is not reminded. */
export function upcomingDebt(account: Account): Debt | undefined {
  const next = upcomingRent(account);
  if (!next) return undefined;
  const ahead =
    account.state.unspent.reduce((all, money) => all + money.leftCents, 0) +
    pendingCents(account.book, account.lease.id);
  const open = next.amountCents - ahead;
  if (open <= 0) return undefined;
  return {
    charge: next.key,
    due: next.due,
    firstFeeDay: firstFeeDayOf(account, next.due),
    openCents: open as Debt['openCents'],
  };
}

function rungTask(account: Account, call: RungCall, name: string): Task {
  const { lease, property, today } = account;
  return {
    key: key(`task:rung:${name}`),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 2),
    title: call.rung.task,
    detail: `${lease.residents}, ${property.name} ${lease.unit}${lease.phone ? `, ${lease.phone}` : ''}`,
  };
}
