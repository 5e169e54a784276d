/** What one part of the wizard's answers wants written, or why it is refused. */
import type { LogLine } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import type { Day } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import type { PeopleWrite } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import type { FactsRefused } from '../setup';

export interface Part {
  readonly people: readonly PeopleWrite[];
  readonly log: readonly LogLine[];
  /** What changed, by name. */
  readonly changed: readonly string[];
  /** What the person should know beside it. */
  readonly notes: readonly string[];
}

export const NO_PART: Part = { people: [], log: [], changed: [], notes: [] };

/** One sentence for each field, and each field by its name. */
export function factsRefused(fields: Readonly<Record<string, string>>): FactsRefused {
  return { refused: Object.values(fields).join(' '), fields };
}

/** The day by the property's clock, or by the file's where the property is not there yet. */
export function todayAt(app: App, { book }: Loaded, property: string): Day {
  const found = [...book.properties.values()].find((each) => each.name.toLowerCase() === property.toLowerCase());
  return localDay(runNow(app).now, found?.zone ?? book.settings.zone);
}
