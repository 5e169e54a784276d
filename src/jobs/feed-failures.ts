/** When a feed that fails is told to the owner: a refused key at once, an outage at its third failure, and what lags by half a day. */
import type { Connector, FeedState } from '../connectors/connector';
import type { FailureKind } from '../domain/failure-words';
import type { Failure } from '../domain/failures';
import type { Fault } from '../http/types';
import type { App } from '../run/app';
import { failureAt } from '../run/failures';
import type { Remembered } from './feed-memory';
import { isOpenAfter } from './feed-pause';

const HOUR_MS = 3_600_000;
/** What is not read for so long is behind: a busy platform, or an object that cannot be read and soon will be passed by. */
const BEHIND_MS = 12 * HOUR_MS;
/** Once a day, though a circuit that is open lets nobody ask more often than every six hours. */
const AGAIN_MS = 20 * HOUR_MS;

interface Read {
  readonly connector: Connector;
  readonly memory: Remembered;
  readonly fault?: Fault;
  readonly held?: FeedState | null;
}

/** What the owner is to hear of it with this run. */
export function toTell(feed: Read, now: number): FailureKind | undefined {
  const kind = kindOf(feed, now);
  const { told } = feed.memory;
  const isTold = kind !== undefined && told?.kind === kind && now - told.at < AGAIN_MS;
  return isTold ? undefined : kind;
}

function kindOf({ memory, fault, held }: Read, now: number): FailureKind | undefined {
  const isLong = (since: number | undefined) => since !== undefined && now - since >= BEHIND_MS;
  if (!fault) return held !== undefined && isLong(memory.heldSince) ? 'behind' : undefined;
  if (fault.fault === 'auth') return 'sign-in';
  if (fault.fault === 'busy') return isLong(memory.failingSince) ? 'behind' : undefined;
  return isOpenAfter(memory.failures + 1) ? 'down' : undefined;
}

/** What is remembered of it; nothing of a feed that works. */
export function illness(
  { memory, fault, held, tells }: Read & { readonly tells?: FailureKind },
  now: number,
): Pick<Remembered, 'failingSince' | 'told'> {
  if (!fault && held === undefined) return {};
  const told = tells ? { kind: tells, at: now } : memory.told;
  return { ...(fault ? { failingSince: memory.failingSince ?? now } : {}), ...(told ? { told } : {}) };
}

export const feedFailures = (
  app: App,
  feeds: readonly { readonly connector: Connector; readonly tells?: FailureKind }[],
  saidOf: (at: number) => string,
): readonly Failure[] =>
  feeds.flatMap(({ connector, tells }, at) => (tells ? [failureAt(app, connector.id, tells, saidOf(at))] : []));
