/** The owner makes every link that was ever sent to a resident worthless, as after a mailbox was broken into. */
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { renewSeal } from '../run/page-links';
import type { Calls } from './desk/contract';
import { actOnce } from './desk/once';
import type { SetupView } from './desk/setup';
import { setupView } from './desk/setup/view';
import { GOOD } from './desk/setup/words';
import type { Refusal } from './desk/told';

/** Logged first, then done: the same click after a kill ends it, and a second secret closes nothing that was open. */
export function revokePageLinks(app: App, { request }: Calls['revokePageLinks']['args']): SetupView | Refusal {
  const done = actOnce(app, request, (acting) => {
    const log = [logLine(runNow(acting), 'page', GOOD.linksClosed)];
    return { changes: { log }, applied: { done: true, says: GOOD.linksClosed, keys: [] } };
  });
  if ('refused' in done) return done;
  renewSeal(app);
  return setupView(app, done.says);
}
