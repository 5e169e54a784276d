/** Calls to the outside today, by platform, in one property of the owner: Google allows so many a day for all together. */
import type { App } from './app';

/** Of a personal account; a Workspace account has more. */
export const CALLS_PER_DAY = 20_000;

const NAME = 'calls-today';

interface Counted {
  /** In UTC: a poll that finds nothing has not read the workbook's zone. */
  readonly day: string;
  readonly calls: Readonly<Record<string, number>>;
}

export interface CallCounter {
  add(calls: Readonly<Record<string, number>>): void;
  of(platform: string): number;
  /** To be stored together with what else the run stores. */
  stored(): Readonly<Record<string, string>>;
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

function countedIn(text: string | undefined, day: string): Counted['calls'] {
  try {
    const value = JSON.parse(text ?? '') as Counted;
    return value.day === day && typeof value.calls === 'object' ? value.calls : {};
  } catch {
    return {};
  }
}

/** `kept` are the owner's properties; left out, the one that counts is read. */
export function callCounter(app: App, kept?: Readonly<Record<string, string>>): CallCounter {
  const day = dayOf(app.host.clock.now());
  let calls = countedIn(kept ? kept[NAME] : app.host.userStore.get(NAME), day);
  return {
    add(more) {
      for (const [platform, count] of Object.entries(more))
        if (count > 0) calls = { ...calls, [platform]: (calls[platform] ?? 0) + count };
    },
    of: (platform) => calls[platform] ?? 0,
    stored: () => ({ [NAME]: JSON.stringify({ day, calls } satisfies Counted) }),
  };
}
