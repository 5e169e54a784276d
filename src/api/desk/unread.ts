/** A platform that is told but cannot be read: a carrier's opt-outs, or what people changed in a CRM, may lie there unread. */
import { faultKindOf } from '../../http/faults';
import { deliveryFeed, pictureFeed, remembered } from '../../jobs/feed-memory';
import type { Kept } from '../../run/told';
import type { Connection, ConnectionState } from './connections';
import { faultOf } from './fault-words';

/** Only the owner's properties (`own`) know it. Single news that cannot be read leaves the platform connected. */
export function unread(
  own: Kept | undefined,
  id: string,
  state: ConnectionState,
): Partial<Pick<Connection, 'state' | 'fault'>> {
  const memory = [deliveryFeed, pictureFeed]
    .map((name) => remembered(own?.[name(id)]))
    .find((each) => each !== undefined && each.lastFault !== '');
  if (!memory || state !== 'connected') return {};
  const shown = memory.failures > 0 ? stateOf(memory.lastFault) : state;
  const fault = faultOf(memory.lastFault, shown);
  return { state: shown, ...(fault ? { fault } : {}) };
}

function stateOf(fault: string): ConnectionState {
  const kind = faultKindOf(fault);
  return kind === 'auth' ? 'needs sign-in' : kind === 'busy' ? 'busy' : 'failing';
}
