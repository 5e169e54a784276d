/** Decisions of a person on what waits in the Outbox: let it go, send it again, drop it. */
import type { EffectAct } from '../domain/acts/effect';
import type { OutboxRow } from '../domain/book';
import { rowLine } from '../outbox/row-line';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { effectFor, noEffect, releaseOf, rowDecided } from './desk/act/effects';

type Decided = { readonly done: true; readonly state: OutboxRow['state'] } | { readonly refused: string } | 'busy';

/** A named person lets a notice go that waits for release. */
export const release = (app: App, { effect }: { effect: string }): Decided => decide(app, effect, 'release');

const RESOLVED = { sent: 'sent', again: 'again', cancelled: 'drop' } as const;

/** A person decides on an effect of which nobody knows whether it left. */
export const resolve = (app: App, { effect, as }: { effect: string; as: keyof typeof RESOLVED }): Decided =>
  decide(app, effect, RESOLVED[as]);

function decide(app: App, effect: string, as: EffectAct): Decided {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const row = effectFor(app, loaded, effect);
    if (!row) return { refused: noEffect(effect) };
    const next = rowDecided(app, loaded, row, as);
    if ('refused' in next) return next;
    effectsComing(app);
    commit(app.host, loaded, runNow(app), {
      outbox: [next],
      log: [rowLine(app, next)],
      ...(as === 'release' ? { decision: releaseOf(app, loaded, row) } : {}),
    });
    return { done: true, state: next.state };
  });
}
