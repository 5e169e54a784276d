/** The dry run: today and the days to come decided in memory, with reminders on, and told; nothing is written and nothing leaves. */
import { type Intent, LATE_FEE, type OutboxRow, type Property, type TaskRow } from '../../../domain/book';
import { addDays, instantOf, localDay } from '../../../domain/calendar';
import { decideDay } from '../../../domain/day';
import { emptyState, fold } from '../../../domain/ledger';
import { isMessage } from '../../../domain/legs';
import { cents } from '../../../domain/money';
import { unreachable } from '../../../domain/reach';
import type { Decision, Run, RunBook } from '../../../domain/run-book';
import { segmentsOf } from '../../../domain/sms';
import type { Currency, Day, Instant } from '../../../domain/values';
import { renderedOf } from '../../../outbox/rendered';
import { type App, runNow } from '../../../run/app';
import { maySee } from '../../../run/person';
import type { Loaded } from '../../../sheet/load';
import type { Calls } from '../contract';
import type { Preparation, PreparedMessage } from '../setup';
import type { Refusal } from '../told';
import { Tally, tallyOutbox } from './outlook';
import { standOf } from './stand';
import { still } from './still';
import { seenProblems } from './view';

/** Messages told in full. */
const MESSAGES_MAX = 50;
/** Half an hour past midnight: the hourly clock has come by. */
const MINUTES_PAST = 30;

interface DayTold {
  charges: number;
  fees: number;
  readonly sums: Map<Currency, number>;
  readonly messages: PreparedMessage[];
  more: number;
  readonly tasks: string[];
  readonly other: string[];
}

interface Rehearsal {
  readonly app: App;
  book: RunBook;
  readonly days: Map<Day, DayTold>;
  readonly faults: Set<string>;
  readonly tally: Tally;
  told: number;
}

/** `days` from 1 to 31, today included; a property whose day was run already begins with tomorrow. */
export function dryRun(given: App, { days, asItIs = false }: Calls['dryRun']['args']): Preparation | Refusal {
  const app = still(given);
  const { loaded } = standOf(app);
  if (!loaded) return { refused: 'There is nothing to run yet. Make the tabs first, and add a lease.' };
  const properties = [...loaded.book.properties.values()].filter((each) => maySee(app.person, each.name));
  const settings = asItIs ? loaded.book.settings : { ...loaded.book.settings, reminders: true };
  const rehearsal: Rehearsal = {
    app,
    book: { ...loaded.book, settings },
    days: new Map(),
    faults: new Set(),
    tally: new Tally(loaded.book),
    told: 0,
  };
  const { now } = runNow(app);
  let done = 0;
  for (; done < days && app.mayGoOn(); done++) {
    for (const property of properties) {
      const today = addDays(localDay(now, property.zone), done);
      const isRun = (loaded.marks.days.get(property.name) ?? '') >= today;
      if (isRun) dayOf(rehearsal, today);
      else liveDay(rehearsal, property, today, done === 0 ? now : instantOf(today, 0, MINUTES_PAST, property.zone));
    }
  }
  const until = addDays(localDay(now, loaded.book.settings.zone), Math.max(0, done - 1));
  const waiting = tallyOutbox(app, { ...loaded.book, settings }, loaded.outbox, until, rehearsal.tally);
  const short = done < days ? [`Time was short: the dry run ends after ${done} of ${days} days.`] : [];
  return {
    days: [...rehearsal.days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, told]) => shown(day, told)),
    problems: [...seenProblems(app.person, loaded), ...rehearsal.faults, ...short],
    unreachable: unreachables(app, loaded),
    waiting,
    outlook: rehearsal.tally.outlook(app),
  };
}

function dayOf({ days }: Rehearsal, day: Day): DayTold {
  const known = days.get(day);
  if (known) return known;
  const fresh = { charges: 0, fees: 0, sums: new Map(), messages: [], more: 0, tasks: [], other: [] };
  days.set(day, fresh);
  return fresh;
}

function liveDay(rehearsal: Rehearsal, property: Property, today: Day, at: Instant): void {
  const run: Run = { ...rehearsal.app.run, now: at };
  const { decision } = decideDay(rehearsal.book, run, property, today, 0, Number.MAX_SAFE_INTEGER);
  rehearsal.book = bookAfter(rehearsal.book, decision);
  const told = dayOf(rehearsal, today);
  for (const entry of decision.entries) {
    if (entry.kind !== 'charge') continue;
    if (entry.type === LATE_FEE) told.fees++;
    else told.charges++;
    told.sums.set(entry.currency, (told.sums.get(entry.currency) ?? 0) + entry.amountCents);
  }
  told.tasks.push(...decision.tasks.map((task) => `${task.title}${task.detail ? `: ${task.detail}` : ''}`));
  for (const intent of decision.intents) {
    if (isMessage(intent)) tellMessage(rehearsal, told, run, intent);
    else told.other.push(intent.subject);
  }
}

/** The book as it would stand, had the day been committed. */
function bookAfter(book: RunBook, decision: Decision): RunBook {
  const states = new Map(book.states);
  for (const entry of decision.entries)
    states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  const closed = new Map(decision.closedTasks.map((task) => [task.key, task.outcome]));
  const fresh = decision.tasks.map((task): TaskRow => ({ ...task, row: 0, state: 'open', outcome: '' }));
  const tasks = book.tasks.map((task): TaskRow => {
    const outcome = closed.get(task.key);
    return outcome === undefined ? task : { ...task, state: 'closed by payment', outcome };
  });
  return { ...book, states, tasks: [...tasks, ...fresh] };
}

function tellMessage(rehearsal: Rehearsal, told: DayTold, run: Run, intent: Intent): void {
  const { book } = rehearsal;
  const leaves: Run = { ...run, now: intent.notBefore > run.now ? intent.notBefore : run.now };
  const rendered = renderedOf({ book, run: leaves, outbox: [], goodFor: () => undefined }, rowOf(intent, run.now));
  if ('reason' in rendered) {
    rehearsal.faults.add(rendered.reason);
    return;
  }
  const { message, subject } = rendered;
  rehearsal.tally.add(message, intent.channel);
  if (rehearsal.told >= MESSAGES_MAX) {
    told.more++;
    return;
  }
  rehearsal.told++;
  told.messages.push({
    lease: intent.lease ?? '',
    to: intent.to,
    subject,
    text: message.text,
    template: intent.kind,
    ...(message.kind === 'mail'
      ? { way: 'email' as const }
      : { way: 'sms' as const, segments: segmentsOf(message.text).segments }),
    waits: intent.waitsForRelease,
  });
}

const rowOf = ({ waitsForRelease, ...intent }: Intent, at: Instant): OutboxRow => ({
  ...intent,
  row: 0,
  createdAt: at,
  updatedAt: at,
  state: waitsForRelease ? 'waiting for release' : 'ready',
  attempts: 0,
  vendorRef: '',
  fault: '',
});

const shown = (day: Day, { sums, ...told }: DayTold): Preparation['days'][number] => ({
  day,
  ...told,
  sums: [...sums].map(([currency, amount]) => ({ cents: cents(amount), currency })),
});

/** Leases that run and whose residents would get nothing, reminders being on. */
export function unreachables(app: App, { book }: Loaded): readonly string[] {
  const settings = { ...book.settings, reminders: true };
  return book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    if (!property || !maySee(app.person, property.name)) return [];
    const today = localDay(runNow(app).now, property.zone);
    if (lease.end && lease.end < today) return [];
    const why = unreachable({ ...book, settings }, lease);
    return why === undefined ? [] : [`${lease.id}, ${lease.residents}: ${why}`];
  });
}
