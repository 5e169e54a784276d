/** The only wiring: the host and the connectors become what jobs need. */
import { connectors } from './connectors';
import type { Host } from './ports';
import type { App } from './run/app';

/** A job stops taking on work after this long: Apps Script kills at six minutes. */
const BUDGET_MS = 4.5 * 60 * 1000;

/** `by` is the person at the keyboard, or the name of the job. */
export function appOf(host: Host, by: string): App {
  const startedAt = host.clock.now();
  return {
    host,
    connectors,
    run: { id: `${by.includes('@') ? 'click' : by}-${startedAt.toString(36)}`, by, now: startedAt },
    mayGoOn: () => host.clock.now() - startedAt < BUDGET_MS,
  };
}
