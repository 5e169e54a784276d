/** What the owner's properties remember of each feed, so that an idle poll needs no call to Sheets. */
import type { FeedState } from '../connectors/connector';
import { instantOf } from '../domain/calendar';
import type { FailureKind } from '../domain/failure-words';
import type { Cell } from '../ports';
import type { App } from '../run/app';
import { textOf } from '../sheet/cells';
import { loadBook } from '../sheet/load';

export const feedName = (id: string) => `feed:${id}`;
/** Where reading goes on of what became of messages. */
export const deliveryFeed = (id: string) => `told:${id}`;
/** Where reading goes on of what people change at a platform that keeps a picture of the ledger. */
export const pictureFeed = (id: string) => `picture:${id}`;

export interface Remembered {
  readonly state: FeedState | null;
  /** Not asked again before: the platform said so, or it keeps failing. */
  readonly notBefore: number;
  readonly since: number;
  readonly lastFault: string;
  readonly failures: number;
  /** Since when the cursor stands before something unreadable. */
  readonly heldSince?: number;
  readonly failingSince?: number;
  /** What the owner was last told of it, and when. */
  readonly told?: { readonly kind: FailureKind; readonly at: number };
}

export function remembered(text: string | undefined): Remembered | undefined {
  try {
    return JSON.parse(text ?? '') as Remembered;
  } catch {
    return undefined;
  }
}

export const memoryOf = (id: string, value: Remembered): Readonly<Record<string, string>> => ({
  [feedName(id)]: JSON.stringify(value),
});
const remember = (app: App, id: string, value: Remembered): void => app.host.userStore.setAll(memoryOf(id, value));

/** Apart from the cursor, which a poll that is at work writes when it ends: a pause must outlast that. */
const pausedName = (id: string) => `paused:${id}`;
export const isPaused = (kept: Readonly<Record<string, string>>, id: string): boolean =>
  kept[pausedName(id)] !== undefined;

export const payoutsName = (id: string): string => `payouts:${id}`;

/** The next poll reads the cursor from the Connections tab, which is the truth. */
export function forgetCursor(app: App, id: string): void {
  app.host.userStore.remove(feedName(id));
  app.host.userStore.remove(deliveryFeed(id));
  app.host.userStore.remove(pictureFeed(id));
  app.host.userStore.remove(pausedName(id));
  app.host.userStore.remove(payoutsName(id));
}

/** A paused feed is not asked; its cursor stays, so that nothing is missed when it goes on. */
export function pauseFeed(app: App, id: string, paused: boolean): void {
  if (paused) {
    app.host.userStore.set(pausedName(id), 'yes');
    return;
  }
  app.host.userStore.remove(pausedName(id));
  askSoon(app, id);
}

/** The next poll asks, however often the platform has failed. */
export function askSoon(app: App, id: string): void {
  for (const name of [feedName(id), deliveryFeed(id), pictureFeed(id)]) {
    const memory = remembered(app.host.userStore.get(name));
    if (memory) app.host.userStore.set(name, JSON.stringify({ ...memory, notBefore: 0 }));
  }
}

/** Until when a platform is not asked again, as the owner's properties have it; 0 where it is asked at the next poll. */
export const askedAgain = (kept: Readonly<Record<string, string>>, id: string): number =>
  remembered(kept[feedName(id)])?.notBefore ?? 0;

/** How often a platform has failed in a row; what is not asked again before a time is a circuit that is open. */
export const failuresOf = (kept: Readonly<Record<string, string>>, id: string): number =>
  remembered(kept[feedName(id)])?.failures ?? 0;

/**
 * The cursor as the workbook has it; kept in a property so that an idle poll needs no call to Sheets. Undefined where the tab
 * says that it is paused, as before the keys were a new owner's.
 */
export function fromSheet(app: App, id: string): Remembered | undefined {
  const loaded = loadBook(app.host);
  const row = loaded.connections.find((each) => each.platform === id);
  const { booksOpenOn, zone } = loaded.book.settings;
  const since = instantOf(booksOpenOn, 0, 0, zone);
  const value: Remembered = {
    state: cursorOf(row?.cells[6]),
    notBefore: 0,
    since,
    lastFault: '',
    failures: 0,
  };
  remember(app, id, value);
  if (textOf(row?.cells[1]) !== 'paused') return value;
  pauseFeed(app, id, true);
  return undefined;
}

function cursorOf(cell: Cell | undefined): FeedState | null {
  try {
    const value: unknown = JSON.parse(textOf(cell));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FeedState) : null;
  } catch {
    return null;
  }
}
