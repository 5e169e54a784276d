/** What the last comparison of each platform came to, in one shared property. */
import type { Compared } from '../domain/drift';
import type { Currency, Day } from '../domain/values';
import type { App } from './app';
import type { Kept } from './told';

export interface Agreed {
  readonly day: Day;
  readonly at: number;
  readonly count: number;
  readonly drifts: number;
  /** Minor units by currency. */
  readonly here: Readonly<Record<Currency, number>>;
  readonly there: Readonly<Record<Currency, number>>;
}

const NAME = 'agreed';
const DUE = 'agree-due';
const FAILED = 'agree-failed';

const COMING = 'yes';

/** Set when a day begins; the day itself stands there once the platforms have been compared. */
export const comparisonComing = (app: Pick<App, 'host'>): void => app.host.documentStore.set(DUE, COMING);
export const comparisonDone = (app: Pick<App, 'host'>, today: Day): void => app.host.documentStore.set(DUE, today);
export const isComparisonDue = (kept: Kept): boolean => kept[DUE] === COMING;
/** An edit just before midnight hides from the next tick that a day has begun: the day of the last comparison tells. */
export const isUncompared = (kept: Kept, today: Day): boolean => (kept[DUE] ?? COMING) < today;

function allIn(kept: Kept): Readonly<Record<string, Agreed>> {
  try {
    return JSON.parse(kept[NAME] ?? '{}') as Record<string, Agreed>;
  } catch {
    return {};
  }
}

export const lastAgreed = (kept: Kept, platform: string): Agreed | undefined => allIn(kept)[platform];

export function keepAgreed(app: App, day: Day, told: Readonly<Record<string, Compared>>): void {
  const before = allIn({ [NAME]: app.host.documentStore.get(NAME) ?? '{}' });
  const now = Object.entries(told).map(([platform, { drifts, count, here, there }]): [string, Agreed] => [
    platform,
    {
      day,
      at: app.host.clock.now(),
      count,
      drifts: drifts.length,
      here: Object.fromEntries(here) as Agreed['here'],
      there: Object.fromEntries(there) as Agreed['there'],
    },
  ]);
  app.host.documentStore.set(NAME, JSON.stringify({ ...before, ...Object.fromEntries(now) }));
}

interface Failed {
  readonly day: Day;
  readonly platforms: readonly string[];
}

function failedIn(kept: Kept): Failed | undefined {
  try {
    const value = JSON.parse(kept[FAILED] ?? '') as Failed;
    return Array.isArray(value.platforms) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A platform that could not be compared is left until the next day: each try reads it from the beginning of the period. */
export function hasFailed(kept: Kept, platform: string, day: Day): boolean {
  const failed = failedIn(kept);
  return failed?.day === day && failed.platforms.includes(platform);
}

export function keepFailed(app: App, day: Day, platforms: readonly string[]): void {
  if (platforms.length === 0) return;
  const before = failedIn({ [FAILED]: app.host.documentStore.get(FAILED) ?? '' });
  const all = [...(before?.day === day ? before.platforms : []), ...platforms];
  app.host.documentStore.set(FAILED, JSON.stringify({ day, platforms: [...new Set(all)] } satisfies Failed));
}
