/** A continuation: one more run soon, and never more than one. */
import type { App } from '../run/app';

export const RESUME = 'resume';
const RESUME_MS = 60_000;

/** One continuation at most: those that fired stay listed and are cleared away first. */
export function continueLater(app: App, ms = RESUME_MS): void {
  for (const trigger of app.host.triggers.list()) if (trigger.handler === RESUME) app.host.triggers.remove(trigger.id);
  app.host.triggers.after(RESUME, ms);
}
