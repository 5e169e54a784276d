/** Reminders on or off, and the clock on or off: both are the owner's word, said once and told in the Log. */
import { logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import { currentRows } from '../../../sheet/current-rows';
import type { Loaded } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { layoutFor } from '../../../sheet/requests';
import { SETTINGS } from '../../../sheet/schema';
import { actOnce, type Done } from '../once';
import type { Applied } from '../override';
import type { SetupView } from '../setup';
import type { Refusal } from '../told';
import { clockRuns, setClock } from './clock';
import { unreachables } from './dry-run';
import { written } from './facts';
import { keptOf } from './kept';
import { setupView } from './view';
import { counted, GOOD } from './words';

interface Asked {
  readonly request: string;
  readonly on: boolean;
}

/** What is doubtful is said, and a person decides: it is their letter-box. */
export function turnOn(app: App, { request, on }: Asked): SetupView | Refusal {
  const done = actOnce(app, request, (acting, loaded) => reminders(acting, loaded, on));
  return 'refused' in done ? done : setupView(app, done.says);
}

function reminders(app: App, loaded: Loaded, on: boolean): Done {
  const settings = { layout: layoutFor(loaded, SETTINGS), rows: currentRows(app.host, loaded, SETTINGS) };
  const { people, log } = written(app, settings, [['Reminders', on ? 'on' : 'off']]);
  if (people.length > 0) daysMayHaveChanged(app);
  const doubts = on ? doubtsOf(app, loaded) : [];
  const says = on ? GOOD.remindersOn : GOOD.remindersOff;
  return { changes: { people, log }, applied: { done: true, says: [says, ...doubts].join(' '), keys: [] } };
}

/** Everything that leaves is held: messages, charges, what books and others are told. The ledger goes on. */
export function pauseAll(
  app: App,
  { request, paused }: { readonly request: string; readonly paused: boolean },
): Applied | Refusal {
  return actOnce(app, request, (acting, loaded) => {
    const settings = { layout: layoutFor(loaded, SETTINGS), rows: currentRows(acting.host, loaded, SETTINGS) };
    const { people, log } = written(acting, settings, [['Pause everything', paused ? 'yes' : 'no']]);
    if (!paused) effectsComing(acting);
    const says = paused
      ? 'Everything is paused: nothing leaves until it goes on. Rent is charged and payments are posted all the same.'
      : 'It goes on: what waited leaves with the next run, unless it is wanted no more.';
    return { changes: { people, log }, applied: { done: true, says, keys: [] } };
  });
}

function doubtsOf(app: App, loaded: Loaded): readonly string[] {
  const problems = loaded.book.problems.length;
  const silent = unreachables(app, loaded).length;
  return [
    ...(keptOf(app.host).done.includes('dry run') ? [] : ['Nobody has looked at a dry run yet.']),
    ...(problems > 0 ? [`${counted(problems, 'problem')} in cells: see what it says under Leases.`] : []),
    ...(silent > 0 ? [`${counted(silent, 'lease')} cannot be written to.`] : []),
    ...(clockRuns(app) ? [] : ['The clock is off, so nothing leaves by itself.']),
  ];
}

/** The triggers of the owner. Done before it is told: a kill in between is mended by the same click, which is then told. */
export function schedule(app: App, { request, on }: Asked): SetupView | Refusal {
  const done = actOnce(app, request, (acting) => {
    const says = on ? GOOD.clockOn : GOOD.clockOff;
    const before = clockRuns(acting) ? 'on' : 'off';
    setClock(acting, on);
    const log = [logLine(runNow(acting), 'setup', 'Clock', { before, after: on ? 'on' : 'off' })];
    return { changes: { log }, applied: { done: true, says, keys: [] } };
  });
  return 'refused' in done ? done : setupView(app, done.says);
}
