/** What came of rows of the Outbox that the owner should hear of: not sent, sent or not, and a platform that refuses or is down. */
import type { OutboxRow } from '../domain/book';
import type { FailureKind } from '../domain/failure-words';
import type { Failure } from '../domain/failures';
import { faultKindOf } from '../http/faults';
import type { App } from '../run/app';
import { failureAt } from '../run/failures';
import { TEST } from './rendered';

/** A platform that has failed so often in a row is down; before that it may be a moment of its own. */
const DOWN_AFTER = 3;

/** Of a test whoever asked for it is told on the screen. */
export const rowFailures = (app: App, rows: readonly OutboxRow[]): readonly Failure[] =>
  rows.flatMap((row) => {
    const kind = row.kind === TEST ? undefined : kindOf(row);
    return kind ? [failureAt(app, row.channel, kind, row.fault)] : [];
  });

function kindOf({ state, fault, attempts }: OutboxRow): FailureKind | undefined {
  const isAuth = faultKindOf(fault) === 'auth';
  if (state === 'failed') return isAuth ? 'sign-in' : 'failed';
  if (state === 'unsure') return 'unsure';
  if (state !== 'ready') return undefined;
  if (isAuth) return 'sign-in';
  return faultKindOf(fault) === 'down' && attempts >= DOWN_AFTER ? 'down' : undefined;
}
