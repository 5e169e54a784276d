/** Messages handed to a platform that holds them until their moment: which may go ahead of it, and which the platform may hold. */
import type { Account, Effect } from '../connectors/connector';
import type { OutboxRow } from '../domain/book';
import { isMessage } from '../domain/legs';
import { type App, accountOf, connectorOf } from '../run/app';
import type { Kept } from '../run/told';
import { effectOf } from './effect';

const HOUR_MS = 3_600_000;
/** Google ends a run after six minutes: what is claimed now has left by then. */
export const RUN_MS = 7 * 60_000;
/** What was not taken ahead of its moment is tried again at the next poll; some tries are left for the moment itself. */
const AGAIN_MS = 9 * 60_000;
const EARLY_TRIES = 3;

/** Early enough for the platform to hold it, and not too early. */
const fits = ({ schedule }: Effect, aheadMs: number): boolean =>
  schedule !== undefined && aheadMs >= schedule.leastMs && aheadMs <= schedule.mostMs;

/** The vendor gets it with its moment: that is still ahead. */
export const isAhead = (effect: Effect, account: Account, row: OutboxRow, now: number): boolean =>
  isMessage(row) && fits(effect, row.notBefore - now) && (effect.schedule?.may(account) ?? false);

export interface AheadLook {
  readonly app: App;
  readonly own: Kept;
  readonly now: number;
  /** As Settings say; 0 for never. */
  readonly hours: number;
}

/** The effect and account of a row whose platform can hold it; undefined for all others. */
function holder({ app, own }: Pick<AheadLook, 'app' | 'own'>, row: OutboxRow) {
  const effect = isMessage(row) ? effectOf(app, row) : undefined;
  const connector = effect?.schedule && connectorOf(app, row.channel);
  if (!connector || !effect?.schedule) return undefined;
  const account = accountOf(app, connector, own);
  return effect.schedule.may(account) ? { effect, account } : undefined;
}

/** It may go ahead of its moment. There is time left for the run: what would come too late for that waits for the moment itself. */
export function goesAhead(look: AheadLook, row: OutboxRow): boolean {
  const aheadMs = row.notBefore - look.now;
  if (aheadMs <= RUN_MS || aheadMs > look.hours * HOUR_MS || !isRested(look, row)) return false;
  const held = holder(look, row);
  return held !== undefined && fits(held.effect, aheadMs - RUN_MS);
}

/** After a try at its moment the row says when the next one is: that is nothing for the platform to hold. */
const isRested = ({ now }: AheadLook, row: OutboxRow): boolean =>
  row.attempts === 0 || (wasAhead(row) && row.attempts < EARLY_TRIES && now - row.updatedAt >= AGAIN_MS);

/** It was handed over ahead of its moment, and it is not known to be held. */
const wasAhead = ({ attempts, payload }: OutboxRow): boolean => attempts > 0 && payload.ahead === true;

/** The row of which that is to be remembered, or no longer. */
export function markedAhead(row: OutboxRow, ahead: boolean): OutboxRow {
  const { ahead: _, ...payload } = row.payload;
  return { ...row, payload: ahead ? { ...payload, ahead } : payload };
}

/**
 * It was handed over and nobody knows whether it was taken: before it is dropped the platform is asked, and what is held there is
 * taken back. Dropped only here it would leave all the same.
 */
export function mayBeHeld(look: AheadLook, row: OutboxRow): boolean {
  const held = wasAhead(row) ? holder(look, row) : undefined;
  return held !== undefined && fits(held.effect, row.notBefore - look.now - RUN_MS);
}

/** When a row is looked at: at its moment, or as soon as its platform may have it; what may lie there, at every poll. */
export function lookedAt(look: Pick<AheadLook, 'app' | 'own' | 'hours'>, row: OutboxRow): number {
  const isNew = row.attempts === 0;
  if (!(isNew ? look.hours > 0 : wasAhead(row)) || !holder(look, row)) return row.notBefore;
  return isNew ? row.notBefore - look.hours * HOUR_MS : 0;
}
