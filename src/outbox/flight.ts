/** What is leaving right now, noted in one property of the owner: the only way to know, after a kill, what had left. */

import type { Key } from '../domain/values';
import type { App } from '../run/app';

export interface Flight {
  readonly claimed: ReadonlySet<Key>;
  /** Begun: may have left. */
  readonly sending: ReadonlySet<Key>;
  readonly sent: ReadonlyMap<Key, string>;
}

const NAME = 'sending';
/** Google ends every run after six minutes; one that claimed longer ago than this is dead. */
const ALIVE_MS = 6.5 * 60 * 1000;

interface Stored {
  readonly run: string;
  readonly at: number;
  readonly claimed: readonly Key[];
  /** Positions instead of keys, to stay within 9 KB. */
  readonly sending: readonly number[];
  readonly sent: readonly (readonly [number, string])[];
}

function stored(app: App): Stored | undefined {
  try {
    const value = JSON.parse(app.host.userStore.get(NAME) ?? '') as Stored;
    return [value.claimed, value.sending, value.sent].every(Array.isArray) ? value : undefined;
  } catch {
    return undefined;
  }
}

const store = (app: App, value: Stored): void => app.host.userStore.set(NAME, JSON.stringify(value));

/** Before the claim is committed. */
export const beginSending = (app: App, claimed: readonly Key[]): void =>
  store(app, { run: app.run.id, at: app.host.clock.now(), claimed, sending: [], sent: [] });

/** Another run that may still live is sending: its rows are its own, and so is the note. */
export function othersSend(app: App): boolean {
  const value = stored(app);
  return value !== undefined && value.run !== app.run.id && app.host.clock.now() - value.at < ALIVE_MS;
}

/** Before the call that sends. */
export function noteSending(app: App, keys: readonly Key[]): void {
  const value = stored(app);
  if (!value || keys.length === 0) return;
  store(app, { ...value, sending: [...value.sending, ...keys.map((key) => value.claimed.indexOf(key))] });
}

/** After it: what the platform said each of them is. */
export function noteSent(app: App, sent: readonly (readonly [Key, string])[]): void {
  const value = stored(app);
  if (!value || sent.length === 0) return;
  const places = sent.map(([key, ref]) => [value.claimed.indexOf(key), ref] as const);
  const left = new Set(places.map(([place]) => place));
  store(app, {
    ...value,
    sending: value.sending.filter((place) => !left.has(place)),
    sent: [...value.sent, ...places],
  });
}

/** After the outcomes are committed. */
export const endSending = (app: App): void => app.host.userStore.remove(NAME);

export function inFlight(app: App): Flight {
  const value = stored(app);
  if (!value) return { claimed: new Set(), sending: new Set(), sent: new Map() };
  const named = (place: number): Key[] => {
    const key = value.claimed[place];
    return key ? [key] : [];
  };
  return {
    claimed: new Set(value.claimed),
    sending: new Set(value.sending.flatMap(named)),
    sent: new Map(value.sent.flatMap(([place, ref]) => named(place).map((key) => [key, ref] as const))),
  };
}
