/** What the wizard keeps beside the workbook, in the file's shared properties: steps ticked off, and a hand-over under way. */
import type { Host } from '../../../ports';
import type { SetupStep } from '../setup';

const STEPS_DONE = 'setup';
const HAND_OVER = 'hand-over';
const OWNER = 'owner';

export interface Kept {
  /** Steps that a person has called done; what the workbook itself shows is not kept. */
  readonly done: readonly SetupStep[];
  /** The newest demo whose rows the Ledger keeps: the next one gets ids of its own, also when those are long closed. */
  readonly demos: number;
  /** The owner has taken the clock away. */
  readonly clockOff: boolean;
}

/** A hand-over from its offer until the former owner has left. Addresses are in lower case. */
export interface Offer {
  readonly state: 'offered' | 'taken';
  readonly from: string;
  readonly to: string;
}

const NONE: Kept = { done: [], demos: 0, clockOff: false };

export function keptOf(host: Host): Kept {
  const found = parsed<Partial<Kept>>(host.documentStore.get(STEPS_DONE));
  return { ...NONE, ...found, done: Array.isArray(found?.done) ? found.done : [] };
}

export function keep(host: Host, change: Partial<Kept>): void {
  host.documentStore.set(STEPS_DONE, JSON.stringify({ ...keptOf(host), ...change }));
}

/** Calls a step done; the same step twice is one. */
export const tick = (host: Host, step: SetupStep): void =>
  keep(host, { done: [...new Set([...keptOf(host).done, step])] });

export function offerOf(host: Host): Offer | undefined {
  const found = parsed<Offer>(host.documentStore.get(HAND_OVER));
  return found && typeof found.to === 'string' && typeof found.from === 'string' ? found : undefined;
}

export function keepOffer(host: Host, offer: Offer | undefined): void {
  if (offer) host.documentStore.set(HAND_OVER, JSON.stringify(offer));
  else host.documentStore.remove(HAND_OVER);
}

/** Undefined before anybody has set up; '' where Google did not tell who did. */
export const ownerOf = (host: Host): string | undefined => host.documentStore.get(OWNER)?.toLowerCase();
export const setOwner = (host: Host, mail: string): void => host.documentStore.set(OWNER, mail);

function parsed<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
