/** What is leaving right now, noted in one property of the owner: the only way to know, after a kill, what had left. */

import type { Key } from '../domain/values';
import type { App } from '../run/app';

export interface Flight {
  readonly claimed: ReadonlySet<Key>;
  /** Begun: may have left. */
  readonly sending: ReadonlySet<Key>;
  readonly sent: ReadonlyMap<Key, string>;
  /** For the Log: what those that were begun say. */
  readonly said: ReadonlyMap<Key, string>;
}

const NAME = 'sending';
/** Beside it, for one property takes no more than 9 KB. */
const SAID = 'sending-said';
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

function stored(app: App, text = app.host.userStore.get(NAME)): Stored | undefined {
  try {
    const value = JSON.parse(text ?? '') as Stored;
    return [value.claimed, value.sending, value.sent].every(Array.isArray) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Positions as well. */
type Said = readonly (readonly [number, string])[];

function saidIn(text: string | undefined): Said {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return Array.isArray(value) ? (value as Said) : [];
  } catch {
    return [];
  }
}

const store = (app: App, value: Stored): void => app.host.userStore.set(NAME, JSON.stringify(value));

/** Before the claim is committed. */
export function beginSending(app: App, claimed: readonly Key[]): void {
  const value: Stored = { run: app.run.id, at: app.host.clock.now(), claimed, sending: [], sent: [] };
  app.host.userStore.setAll({ [NAME]: JSON.stringify(value), [SAID]: '[]' });
}

/** Another run that may still live is sending: its rows are its own, and so is the note. */
export function othersSend(app: App): boolean {
  const value = stored(app);
  return value !== undefined && value.run !== app.run.id && app.host.clock.now() - value.at < ALIVE_MS;
}

/** Before the call that sends. */
export function noteSending(app: App, keys: readonly Key[]): void {
  const value = stored(app);
  if (value && keys.length > 0) store(app, begun(value, keys));
}

const begun = (value: Stored, keys: readonly Key[]): Stored => ({
  ...value,
  sending: [...value.sending, ...keys.map((key) => value.claimed.indexOf(key))],
});

/** Before a mail leaves, with what it says: the Log tells that of it whatever becomes of this run. */
export function noteMail(app: App, key: Key, stamp: string): void {
  // Both at once: each read of one takes 30 ms, and a mail needs it.
  const own = app.host.userStore.all();
  const value = stored(app, own[NAME] ?? '');
  if (!value) return;
  const said = [...saidIn(own[SAID]), [value.claimed.indexOf(key), stamp]];
  app.host.userStore.setAll({ [NAME]: JSON.stringify(begun(value, [key])), [SAID]: JSON.stringify(said) });
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
  const own = app.host.userStore.all();
  const value = stored(app, own[NAME] ?? '');
  if (!value) return { claimed: new Set(), sending: new Set(), sent: new Map(), said: new Map() };
  const named = (place: number): Key[] => {
    const key = value.claimed[place];
    return key ? [key] : [];
  };
  const pairs = (all: readonly (readonly [number, string])[]) =>
    new Map(all.flatMap(([place, text]) => named(place).map((key) => [key, text] as const)));
  return {
    claimed: new Set(value.claimed),
    sending: new Set(value.sending.flatMap(named)),
    sent: pairs(value.sent),
    said: pairs(saidIn(own[SAID])),
  };
}
