/** What news of a message or a resident's answer says about an address: the resident's own word, or what a network knows of it. */
import { addressesOf, plain } from './arrival';
import type { OutboxRow } from './book';
import { type ContactRow, type ContactState, REFUSALS } from './contacts';
import type { Instant } from './values';

const LEARNT: Readonly<Record<string, ContactState>> = {
  delivered: 'good',
  bounced: 'bounced',
  blocked: 'blocked',
  complained: 'complained',
  'opted out': 'opted out',
  'opted in': 'opted in',
};

/** The resident's own words; of two of one moment the later in this list holds. */
const OWN: readonly ContactState[] = ['opted in', 'complained', 'opted out'];

/** What news of this word says of an address; undefined where it says nothing. */
export const learntFrom = (state: string): ContactState | undefined => LEARNT[state];

/** Does it change what is known of the address? What was told before, or is older than what is known, does not. */
export function isNews(known: ContactRow | undefined, state: ContactState, at: Instant): boolean {
  if (known && OWN.includes(known.state)) return comesAfter(known, state, at);
  if (REFUSALS.includes(state)) return isRefused(known, state, at);
  if (known === undefined) return state !== 'good';
  return at > known.since && !(known.state === 'good' && state === 'good');
}

/**
 * A refusal holds whatever a network has told since: that something arrived, or that a number is dead, takes no word back. Nor does a
 * person in the sidebar take an opt-out back, so one that is older than that person's "good" was not known then. What a person has
 * written over by hand, or a complaint after which a person tried again, is no news a second time.
 */
function isRefused(known: ContactRow | undefined, state: ContactState, at: Instant): boolean {
  if (known?.state !== 'good') return true;
  const byPerson = known.by.includes('@');
  return at > known.since || (at < known.since && (state === 'opted out' || !byPerson));
}

/** After a resident's own word. */
function comesAfter(known: ContactRow, state: ContactState, at: Instant): boolean {
  if (!OWN.includes(state)) return known.state === 'opted in' && state !== 'good' && at > known.since;
  if (at !== known.since) return at > known.since;
  return OWN.indexOf(state) > OWN.indexOf(known.state);
}

/** When something last arrived at each address, of mails and texts to one person. */
export function arrivals(outbox: readonly OutboxRow[]): ReadonlyMap<string, Instant> {
  const last = new Map<string, Instant>();
  for (const { to, delivery } of outbox) {
    if (delivery?.state !== 'delivered' || addressesOf({ to }).length > 1) continue;
    const address = plain(to);
    const before = last.get(address);
    if (before === undefined || before < delivery.at) last.set(address, delivery.at);
  }
  return last;
}
