/** The small world with somebody who listens: what a commit tells them is kept, and nothing is told twice under one key. */
import type { Entry, Intent, Lease, LeaseState, OutboxRow, Property, TaskRow } from '../../src/domain/book';
import { addDays, day, instantOf, localDay } from '../../src/domain/calendar';
import { decideDay } from '../../src/domain/day';
import { emptyState, fold } from '../../src/domain/ledger';
import { matchIndex } from '../../src/domain/matching';
import { decimal } from '../../src/domain/money';
import { decidePayments } from '../../src/domain/payments';
import { reopenedTasks } from '../../src/domain/reopened';
import { type Decision, NOTHING, type Run, type RunBook } from '../../src/domain/run-book';
import type { RentEvent } from '../../src/domain/status';
import { taskTellings } from '../../src/domain/task-telling';
import { type Listener, standingsToTell, tellings } from '../../src/domain/telling';
import { type Day, type Instant, type LeaseId, leaseId } from '../../src/domain/values';
import { bookOf, entryStem, leaseFrom, newWorld, nothingTold, stateIn, take, type World } from './small-world';
import { optionsOf, paymentIn } from './story';

export interface Ear {
  readonly world: World;
  readonly listeners: readonly Listener[];
  readonly outbox: OutboxRow[];
  /** All that was told, with the day of it. */
  readonly told: { readonly on: Day; readonly intent: Intent }[];
}

export const AZURE: Listener = { platform: 'azure-logic-apps', tells: { event: 'all leases' } };

/** Leases as the language of stories writes them: `L-1 rent 1000.00 fee 50.00`. */
export function listening(
  leases: readonly string[],
  listeners: readonly Listener[] = [AZURE],
  property: Partial<Property> = {},
): Ear {
  const world = newWorld();
  world.property = { ...world.property, ...property };
  for (const line of leases) {
    const [id = '', ...words] = line.split(' ');
    world.leases.push(leaseFrom(world, id, optionsOf(words, ['autopay'])));
  }
  return { world, listeners, outbox: [], told: [] };
}

export const bookIn = ({ world, listeners, outbox }: Ear): RunBook => ({
  ...bookOf(world),
  listeners,
  outbox: [...outbox],
});

const runAt = (now: Instant): Run => ({ id: `run-${now}`, by: 'test', now });

function statesAfter(book: RunBook, entries: readonly Entry[]): ReadonlyMap<LeaseId, LeaseState> {
  const states = new Map(book.states);
  for (const entry of entries) states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  return states;
}

const rowOf = (intent: Intent, row: number, now: Instant): OutboxRow => ({
  ...intent,
  row,
  createdAt: now,
  updatedAt: now,
  state: 'sent',
  attempts: 1,
  vendorRef: `ref-${row}`,
  fault: '',
});

/** What one commit tells. */
export function commitTo(ear: Ear, decision: Decision, now: Instant, more: readonly Intent[] = []): readonly Intent[] {
  const book = bookIn(ear);
  const states = statesAfter(book, decision.entries);
  take(ear.world, nothingTold(), decision);
  const changed = tasksChanged(ear, book, reopenedTasks(book, states, runAt(now), decision));
  const wishes = [
    ...tellings(book, states, runAt(now), decision),
    ...taskTellings(book, states, runAt(now), changed),
    ...more,
  ];
  const known = new Set(ear.outbox.map((row) => row.key));
  const fresh = wishes.filter((intent) => !known.has(intent.key) && known.add(intent.key));
  const on = localDay(now, ear.world.property.zone);
  for (const intent of fresh) {
    ear.outbox.push(rowOf(intent, ear.outbox.length + 2, now));
    ear.told.push({ on, intent });
  }
  return wishes;
}

/** Tasks that stand otherwise than before; those that were opened again are put into the world. */
function tasksChanged({ world }: Ear, before: RunBook, again: readonly TaskRow[]): readonly TaskRow[] {
  for (const task of again) world.tasks[world.tasks.findIndex((each) => each.key === task.key)] = task;
  return world.tasks.filter((task) => !before.tasks.includes(task));
}

const nine = ({ world }: Ear, on: Day): Instant => instantOf(on, 9, 0, world.property.zone);

/** The property's day, and then the standings that only the day has changed. */
export function dayOf(ear: Ear, on: Day): void {
  ear.world.today = on;
  const now = nine(ear, on);
  const { decision } = decideDay(bookIn(ear), runAt(now), ear.world.property, on, 0, Number.POSITIVE_INFINITY);
  commitTo(ear, decision, now);
  commitTo(
    ear,
    NOTHING,
    now,
    standingsToTell(bookIn(ear), runAt(now), ear.outbox, () => true),
  );
}

/** Every day up to one, the first time from the start of the first lease. */
export function until(ear: Ear, last: string): Ear {
  const first = ear.world.journal.length === 0 ? firstDay(ear) : addDays(ear.world.today, 1);
  for (let on = first; on <= last; on = addDays(on, 1)) dayOf(ear, on);
  ear.world.today = day(last);
  return ear;
}

const firstDay = ({ world }: Ear): Day => world.leases.map((lease) => lease.start).sort()[0] ?? world.today;

/** `stripe:p1 L-1 1000.00 settled`, then `stripe:p1 returned`: what the poll of that evening brings. */
export function pay(ear: Ear, line: string): Ear {
  const { payment, at } = paymentIn(ear.world, line.split(' '));
  const { world } = ear;
  const index = matchIndex(world.leases, world.links);
  const facts = { book: bookIn(ear), run: runAt(at), index, known: new Map(world.receipts) };
  commitTo(ear, decidePayments(facts, [payment]), at);
  return ear;
}

/** A person's entry in the afternoon. */
export function enter(ear: Ear, lease: Lease, name: string, entry: object): Ear {
  const { world } = ear;
  const made = { ...entryStem(world, lease, name), ...entry } as Entry;
  commitTo(ear, { ...NOTHING, entries: [made] }, instantOf(world.today, 15, 0, world.property.zone));
  return ear;
}

export const leaseIn = ({ world }: Ear, id = 'L-1'): Lease =>
  world.leases.find((lease) => lease.id === id) ?? (world.leases[0] as Lease);
export const balanceIn = ({ world }: Ear, id = 'L-1') => stateIn(world, leaseId(id)).balanceCents;

export const eventsIn = ({ told }: Ear): readonly { readonly on: Day; readonly event: RentEvent }[] =>
  told.flatMap(({ on, intent }) =>
    intent.kind === 'event' ? [{ on, event: intent.payload as unknown as RentEvent }] : [],
  );

/** One line for each event: day, type, rung or reference, amount, balance, standing. */
export const eventLines = (ear: Ear): string =>
  eventsIn(ear)
    .map(({ on, event }) => {
      const { type, rung, ref, amountCents, balanceCents, currency, standing, daysLate } = event;
      const money = `${decimal(amountCents, currency)} of ${decimal(balanceCents, currency)}`;
      return `${on} ${type}${rung || ref ? ` ${rung}${ref}` : ''}: ${money}, ${standing}${daysLate ? ` ${daysLate}` : ''}`;
    })
    .join('\n');
