/** A platform's last fault for a person: what happened, what it means for rent, and what to do. */
import { faultKindOf } from '../../http/faults';
import type { FaultKind } from '../../http/types';
import type { Connection } from './connections';

const WORDS: Readonly<Record<FaultKind, readonly [means: string, fix: string]>> = {
  auth: ['Nothing is read. Tried again once an hour.', 'Connect again with a good key.'],
  busy: ['Nothing is lost; it goes on when the platform allows.', 'Nothing.'],
  rejected: ['One thing was refused, such as a declined card.', 'Read the reason.'],
  missing: ['One object is gone.', 'Look at the platform.'],
  down: ['Nothing is lost; tried again, ever less often, at most every six hours.', 'Wait.'],
  malformed: ['One answer could not be read. The rest was.', 'If it stays for days, tell us the words.'],
};
/** Of a state, where the words of the fault are the platform's own. */
const BY_STATE: Readonly<Partial<Record<Connection['state'], FaultKind>>> = { 'needs sign-in': 'auth', busy: 'busy' };

export function faultOf(text: string, state: Connection['state']): Connection['fault'] {
  if (text === '') return undefined;
  const [means, fix] = WORDS[faultKindOf(text) ?? BY_STATE[state] ?? 'malformed'];
  return { what: text, means, fix };
}
