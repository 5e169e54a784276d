/** The document lock around read, decide, commit; never around a call to the outside. */
import type { App } from './app';

const WAIT_MS = 10_000;

/** Does the work under the lock; `busy` when another run holds it. A lock that was not had means nothing is written. */
export function withLock<T>(app: App, work: () => T): T | 'busy' {
  if (!app.host.lock.take(WAIT_MS)) return 'busy';
  try {
    return work();
  } finally {
    app.host.lock.release();
  }
}
