/** What is leaving right now, noted in one property of the owner: the only way to know, after a kill, what had left. */
import type { App } from '../app';
import type { Key } from '../domain/values';

export interface Flight {
  readonly claimed: ReadonlySet<Key>;
  /** Begun: may have left. */
  readonly sending: ReadonlySet<Key>;
  readonly sent: ReadonlyMap<Key, string>;
}

const NAME = 'sending';

interface Stored {
  readonly claimed: readonly Key[];
  readonly sending: readonly Key[];
  readonly sent: readonly (readonly [number, string])[];
}

const EMPTY: Stored = { claimed: [], sending: [], sent: [] };

function stored(app: App): Stored {
  try {
    const value = JSON.parse(app.host.userStore.get(NAME) ?? '') as Stored;
    return Array.isArray(value.claimed) && Array.isArray(value.sending) && Array.isArray(value.sent) ? value : EMPTY;
  } catch {
    return EMPTY;
  }
}

const store = (app: App, value: Stored): void => app.host.userStore.set(NAME, JSON.stringify(value));

/** Before the claim is committed. */
export const beginSending = (app: App, claimed: readonly Key[]): void => store(app, { claimed, sending: [], sent: [] });

/** Before the call that sends. */
export function noteSending(app: App, keys: readonly Key[]): void {
  store(app, { ...stored(app), sending: keys });
}

/** After it: positions instead of keys, to stay within 9 KB. */
export function noteSent(app: App, key: Key, ref: string): void {
  const value = stored(app);
  store(app, {
    ...value,
    sending: value.sending.filter((each) => each !== key),
    sent: [...value.sent, [value.claimed.indexOf(key), ref]],
  });
}

/** After the outcomes are committed. */
export const endSending = (app: App): void => app.host.userStore.remove(NAME);

export function inFlight(app: App): Flight {
  const value = stored(app);
  const sent = value.sent.flatMap(([index, ref]) => {
    const key = value.claimed[index];
    return key ? [[key, ref] as const] : [];
  });
  return { claimed: new Set(value.claimed), sending: new Set(value.sending), sent: new Map(sent) };
}
