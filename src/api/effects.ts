/** Decisions of a person on what waits in the Outbox: let it go, send it again, drop it. */
import type { OutboxRow } from '../domain/book';
import { localDay } from '../domain/calendar';
import { type Decision, NOTHING } from '../domain/run-book';
import { key } from '../domain/values';
import { rowLine } from '../outbox/deliver';
import { type App, runNow } from '../run/app';
import { effectsComing } from '../run/hints';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';

type Decided = { readonly done: true; readonly state: OutboxRow['state'] } | { readonly refused: string } | 'busy';

/** A named person lets a notice go that waits for release. */
export function release(app: App, { effect }: { effect: string }): Decided {
  return changeEffect(app, effect, ['waiting for release'], 'ready', 'It does not wait for release.');
}

/** A person decides on an effect of which nobody knows whether it left. */
export function resolve(app: App, { effect, as }: { effect: string; as: 'sent' | 'again' | 'cancelled' }): Decided {
  const from = ['unsure', 'failed', 'ready', 'waiting for release'] as const;
  return changeEffect(app, effect, from, as === 'again' ? 'ready' : as, 'There is nothing to decide about it.');
}

function changeEffect(
  app: App,
  effect: string,
  from: readonly OutboxRow['state'][],
  state: OutboxRow['state'],
  refused: string,
): Decided {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const row = loaded.outbox.find((each) => each.key === effect);
    if (!row) return { refused: `There is no effect ${effect}.` };
    if (!from.includes(row.state)) return { refused };
    const next = { ...row, state, fault: '', updatedAt: app.host.clock.now() };
    effectsComing(app);
    const released = row.state === 'waiting for release' && state === 'ready';
    commit(app.host, loaded, runNow(app), {
      outbox: [next],
      log: [rowLine(app, next)],
      ...(released ? { decision: releaseEntry(app, loaded, row) } : {}),
    });
    return { done: true, state };
  });
}

/** The journal's word that a notice was released: from then on the lease is under notice. */
export function releaseEntry(app: App, loaded: Loaded, row: OutboxRow): Decision {
  const property = row.property && loaded.book.properties.get(row.property);
  const { rung, about } = row.payload as { rung?: string; about?: string };
  if (!property || !row.lease || !rung || !about) return NOTHING;
  const { now } = runNow(app);
  const entry = {
    kind: 'release' as const,
    key: key(`release:${row.key}`),
    lease: row.lease,
    property: property.name,
    currency: property.currency,
    day: localDay(now, property.zone),
    postedAt: now,
    by: app.run.by,
    why: `${app.run.by} released ${row.key}`,
    rung,
    about: key(about),
  };
  return { ...NOTHING, entries: [entry] };
}
