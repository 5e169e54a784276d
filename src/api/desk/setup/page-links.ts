/** The owner makes every link that was ever sent to a resident worthless, as after a mailbox was broken into. */
import { logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import { renewSeal } from '../../../run/page-links';
import type { Calls } from '../contract';
import { actOnce } from '../once';
import type { SetupView } from '../setup';
import type { Refusal } from '../told';
import { setupView } from './view';
import { GOOD } from './words';

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
