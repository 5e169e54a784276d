/** Decisions on what waits in the Outbox, and on tasks: each once, each in the Log. */
import { type Refused, refuse } from '../../../domain/acts/act';
import { decideEffect, type EffectAct } from '../../../domain/acts/effect';
import { postRelease, vainRelease } from '../../../domain/acts/release';
import type { OutboxRow, TaskRow } from '../../../domain/book';
import { addDays, instantOf, localDay } from '../../../domain/calendar';
import { type Decision, NOTHING, type RunBook } from '../../../domain/run-book';
import { rowLine } from '../../../outbox/row-line';
import { type App, runNow } from '../../../run/app';
import { maySee } from '../../../run/person';
import type { Loaded } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { accountOf } from '../../account';
import type { Calls } from '../contract';
import { actOnce, type Done } from '../once';
import type { Applied } from '../override';
import type { Refusal } from '../told';

/** Rows of other properties are not there for a person who may not see them; what belongs to no property is for all-seers. */
export function effectFor(app: App, { outbox }: Loaded, effect: string): OutboxRow | undefined {
  return outbox.find((each) => each.key === effect && maySee(app.person, each.property ?? ''));
}

export const noEffect = (effect: string): string => `There is no effect ${effect.slice(0, 120)}.`;

const TOLD = {
  release: 'Let go',
  hold: 'Held back',
  drop: 'Dropped',
  sent: 'Marked as sent',
  again: 'To be sent again',
} as const;

export function decideOn(app: App, { request, effect, as }: Calls['effect']['args']): Applied | Refusal {
  return actOnce(app, request, (acting, loaded) => {
    const row = effectFor(acting, loaded, effect);
    if (!row) return refuse(noEffect(effect));
    const next = rowDecided(acting, loaded, row, as);
    if ('refused' in next) return next;
    const decision = as === 'release' ? releaseOf(acting, loaded, row) : NOTHING;
    return decided(acting, [next], decision, `${TOLD[as]}: ${nameOf(row)}.`);
  });
}

/** The row as it is once it is decided; what would not leave anyway is not let go. */
export function rowDecided(app: App, { book }: Loaded, row: OutboxRow, as: EffectAct): OutboxRow | Refused {
  const run = runNow(app);
  const next = decideEffect(row, as, run.now);
  return ('refused' in next || as !== 'release' ? undefined : vainRelease(book, run, row)) ?? next;
}

function decided(app: App, rows: readonly OutboxRow[], decision: Decision, says: string): Done {
  effectsComing(app);
  return {
    changes: { decision, outbox: rows, log: rows.map((row) => rowLine(app, row)) },
    applied: { done: true, says, keys: decision.entries.map((entry) => entry.key) },
  };
}

const nameOf = (row: OutboxRow): string => `${row.subject || row.kind} (${row.channel}) to ${row.to}`;

/** The journal's word that a notice was released. */
export function releaseOf(app: App, loaded: Loaded, row: OutboxRow): Decision {
  const account = row.lease && accountOf(loaded, app, row.lease);
  if (!account) return NOTHING;
  postRelease(account, row, `${app.run.by} released ${row.key}`);
  return { ...NOTHING, entries: account.entries };
}

/** Every message to residents that would leave by the end of today in its property's zone. */
export function holdToday(app: App, { request }: Calls['holdToday']['args']): Applied | Refusal {
  return actOnce(app, request, (acting, loaded) => {
    const { now } = runNow(acting);
    const rows = loaded.outbox.flatMap((row) => {
      if (!leavesToday(loaded.book, row, now) || !maySee(acting.person, row.property ?? '')) return [];
      const next = decideEffect(row, 'hold', now);
      return 'refused' in next ? [] : [next];
    });
    if (rows.length === 0) return refuse('No message to residents leaves today: there is nothing to hold.');
    const what = rows.length === 1 ? '1 message' : `${rows.length} messages`;
    return decided(acting, rows, NOTHING, `${TOLD.hold}: ${what} that would have left today.`);
  });
}

function leavesToday(book: RunBook, row: OutboxRow, now: OutboxRow['notBefore']): boolean {
  if (row.channel !== 'gmail' || row.state !== 'ready' || !row.lease) return false;
  const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
  return row.notBefore < instantOf(addDays(localDay(now, zone), 1), 0, 0, zone);
}

export function taskDone(app: App, { request, task, outcome }: Calls['taskDone']['args']): Applied | Refusal {
  return actOnce(app, request, (acting, loaded) => {
    const row = loaded.book.tasks.find((each) => each.key === task && maySee(acting.person, each.property ?? ''));
    if (!row) return refuse(`There is no task ${task.slice(0, 120)}.`);
    if (row.state !== 'open') return refuse(`It is ${row.state} already: ${row.outcome || 'nothing was noted'}`);
    if (!outcome.trim()) return refuse('Say what came of it: the outcome stands on the Tasks tab and in the Log.');
    const next: TaskRow = { ...row, state: 'done', outcome: outcome.trim().slice(0, 500) };
    return { changes: { tasks: [next] }, applied: { done: true, says: `Done: ${row.title}.`, keys: [] } };
  });
}
