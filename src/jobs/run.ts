/** What each trigger does: work until it is done or time is short, and then leave at most one continuation. */

import { type Delivery, deliver } from '../outbox/deliver';
import type { App } from '../run/app';
import { errorText } from '../run/app';
import { dayHint, effectsDue } from '../run/hints';
import { type DailyReport, daily } from './daily';
import { type PollReport, poll } from './poll';

export interface RunReport {
  readonly poll?: PollReport;
  readonly daily?: DailyReport;
  readonly delivery?: Delivery;
  /** What kept the run from working, in words for people. */
  readonly trouble?: string;
}

export const RESUME = 'resume';
const RESUME_MS = 60_000;

/** Every ten minutes: read the platforms, and send what is due. */
export const pollRun = (app: App): RunReport => guarded(app, () => withDelivery(app, { poll: poll(app) }));

/** Every hour: run the day of each property whose date has changed, and send what is due. */
export const tickRun = (app: App): RunReport =>
  guarded(app, () => {
    const due = dayHint(app);
    return withDelivery(app, due === 'nothing' ? {} : { daily: daily(app, due === 'views') });
  });

/** A continuation: whatever is left of all three. */
export const resumeRun = (app: App): RunReport =>
  guarded(app, () => withDelivery(app, { daily: daily(app), poll: poll(app) }));

/** A person runs the day now. */
export const dailyRun = (app: App): RunReport => guarded(app, () => withDelivery(app, { daily: daily(app, true) }));

export const deliverRun = (app: App): RunReport => guarded(app, () => ({ delivery: deliver(app) }));

function withDelivery(app: App, report: RunReport): RunReport {
  const delivery = effectsDue(app) && app.mayGoOn() ? deliver(app) : undefined;
  const whole = delivery ? { ...report, delivery } : report;
  const unfinished =
    whole.daily?.result === 'goes on' ||
    whole.daily?.result === 'busy' ||
    whole.poll?.result === 'busy' ||
    delivery?.result === 'busy' ||
    !app.mayGoOn();
  if (unfinished) continueLater(app);
  return whole;
}

/** One continuation at most: those that fired stay listed and are cleared away first. */
export function continueLater(app: App, ms = RESUME_MS): void {
  for (const trigger of app.host.triggers.list()) if (trigger.handler === RESUME) app.host.triggers.remove(trigger.id);
  app.host.triggers.after(RESUME, ms);
}

/**
 * After a hand-over the former owner's triggers are without a ledger: two clocks would take each other's messages for ones
 * that a dead run has left. They take themselves away.
 */
function retired(app: App): RunReport | undefined {
  const owner = app.host.documentStore.get('owner')?.toLowerCase() ?? '';
  const runsAs = app.host.session.effectiveUser().toLowerCase();
  if (owner === '' || runsAs === '' || owner === runsAs) return undefined;
  for (const { id } of app.host.triggers.list()) app.host.triggers.remove(id);
  const trouble = `${owner} is the owner of this ledger now. The clock of ${runsAs} is taken away.`;
  app.host.note(trouble);
  return { trouble };
}

/** A run that could not work says why and leaves everything as it was; programmer errors crash on. */
function guarded(app: App, work: () => RunReport): RunReport {
  try {
    return retired(app) ?? work();
  } catch (error) {
    if (error instanceof Error && error.name === 'BookBroken') {
      app.host.note(`Nothing was written: ${errorText(error)}`);
      return { trouble: errorText(error) };
    }
    throw error;
  }
}
