/** The steps of a run by name, as a person reads them, and what of them is counted. */
import type { Entry } from '../domain/book';
import type { PropertyName } from '../domain/values';
import type { StepCount } from '../run/progress';

export const READ_SHEET = 'Read the sheet';
export const MATCH = 'Match and post';
export const VIEWS = 'Rent Roll and Dashboard';

export const readingOf = (title: string): string => `Read ${title}`;

/** So many properties have a step each; more are told as one. */
const PROPERTIES_MAX = 12;

/** The step of each property whose day is due, by the property's name. */
export function daySteps(due: readonly PropertyName[]): ReadonlyMap<PropertyName, string> {
  const together = `Days of ${due.length} properties`;
  return new Map(
    due.map((name) => [name, due.length > PROPERTIES_MAX ? together : `Day of ${name.slice(0, 60)}`] as const),
  );
}

/** Charges, late fees and steps of the ladder among entries. */
export function entryCounts(entries: readonly Entry[]): readonly StepCount[] {
  const count = (wanted: (entry: Entry) => boolean) => entries.filter(wanted).length;
  return [
    { what: 'charges', count: count((entry) => entry.kind === 'charge' && entry.type !== 'late fee'), group: 'money' },
    {
      what: 'late fees',
      count: count((entry) => entry.kind === 'charge' && entry.type === 'late fee'),
      group: 'money',
    },
    { what: 'reminders', count: count((entry) => entry.kind === 'rung'), group: 'messages' },
  ];
}
