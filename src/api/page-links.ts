/** The owner makes every link that was ever sent to a resident worthless, as after a mailbox was broken into. */
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { renewSeal } from '../run/page-links';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';

/** Messages from now on carry links that work. It is logged first: a second try after a kill only makes another secret. */
export function revokePageLinks(app: App): { readonly revoked: true } | 'busy' {
  return withLock(app, () => {
    const log = [
      logLine(runNow(app), 'page', 'Every link to a resident\u2019s page that was sent before is worthless now'),
    ];
    commit(app.host, loadBook(app.host), runNow(app), { log });
    renewSeal(app);
    return { revoked: true } as const;
  });
}
