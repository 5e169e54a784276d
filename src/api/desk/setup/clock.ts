/** The clock of the ledger: the triggers that run in the owner's name, on or off. */
import { RESUME } from '../../../jobs/later';
import type { App } from '../../../run/app';
import { installTriggers, TRIGGERS } from '../../set-up';
import { keep, keptOf } from './kept';

/** Edits are told in the Log also while the clock rests. */
const CLOCK: readonly string[] = [TRIGGERS.poll, TRIGGERS.tick, RESUME];

/** Google lists only the triggers of whoever asks: for anybody but the owner the last decision counts. */
export function clockRuns(app: App): boolean {
  if (app.person?.role !== 'owner') return !keptOf(app.host).clockOff;
  const present = new Set(app.host.triggers.list().map((trigger) => trigger.handler));
  return present.has(TRIGGERS.poll) && present.has(TRIGGERS.tick);
}

/** A trigger of the owner's is gone that nobody has taken away. */
export function clockIsBroken(app: App): boolean {
  if (app.person?.role !== 'owner' || keptOf(app.host).clockOff) return false;
  const present = new Set(app.host.triggers.list().map((trigger) => trigger.handler));
  return Object.values(TRIGGERS).some((handler) => !present.has(handler));
}

/** Puts the clock there, or takes it away; doing it again changes nothing. */
export function setClock(app: App, on: boolean): void {
  if (on) installTriggers(app);
  else removeTriggers(app, (handler) => CLOCK.includes(handler));
  keep(app.host, { clockOff: !on });
}

/** The triggers of whoever runs this, never anybody else's. */
export function removeTriggers(app: App, which: (handler: string) => boolean): void {
  for (const { id, handler } of app.host.triggers.list()) if (which(handler)) app.host.triggers.remove(id);
}
