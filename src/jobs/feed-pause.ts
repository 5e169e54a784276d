/** How long a feed is left alone: as its platform asks, as its failures teach, or as its plan can bear. */
import type { Account, Connector } from '../connectors/connector';
import type { Fault } from '../http/types';

interface Feed {
  readonly connector: Connector;
  readonly account: Account;
  readonly more: boolean;
}

/** The clock's trigger comes a little early or late: a rest that ends just after it would last one poll longer. */
const TRIGGER_SLACK_MS = 120_000;

/** How long a feed that was read to its end rests, where the account's plan cannot bear every poll. */
export function restMs({ connector, account, more }: Feed): number {
  const minutes = more ? undefined : connector.receipts?.everyMinutes?.(account);
  return minutes === undefined ? 0 : Math.max(0, minutes * 60_000 - TRIGGER_SLACK_MS);
}

/** After so many failures in a row a platform's circuit is open: it is asked ever less often. */
const OPEN_AFTER = 3;
export const isOpenAfter = (failures: number): boolean => failures >= OPEN_AFTER;

/** The platform's own word first; a refused key is asked again each hour, other failures soon, and then ever later. */
export function pauseMs(fault: Fault, failures: number): number {
  if (fault.retryAfterSeconds !== undefined) return fault.retryAfterSeconds * 1000;
  if (fault.fault === 'auth') return 3_600_000;
  return isOpenAfter(failures) ? Math.min(2 ** (failures - 2) * 600_000, 6 * 3_600_000) : 0;
}
