/** Carriers that Settings or a property name and that nobody has connected: what they are to carry would wait without a word. */
import type { Property } from '../domain/book';
import type { Settings } from '../domain/run-book';
import type { Problem } from '../domain/values';
import { PROPERTIES, SETTINGS } from './schema';

/** `connected` are the platforms of the Connections tab that are not "not connected". Gmail needs nothing. */
export function carrierProblems(
  settings: Settings,
  properties: Iterable<Property>,
  connected: ReadonlySet<string>,
): readonly Problem[] {
  const isThere = (by: string | undefined) => by === undefined || by === '' || by === 'gmail' || connected.has(by);
  const problem = (tab: string, column: string, by: string, row?: number): Problem => ({
    tab,
    ...(row === undefined ? {} : { row }),
    column,
    what: `${by} is to carry messages here, but is not connected: they wait.`,
    fix: 'Connect it under Connections, or choose another carrier.',
  });
  return [
    ...(isThere(settings.mailBy) ? [] : [problem(SETTINGS.title, 'Mail by', settings.mailBy)]),
    ...(isThere(settings.textsBy) ? [] : [problem(SETTINGS.title, 'Texts by', settings.textsBy)]),
    ...[...properties].flatMap(({ mailBy, row }) =>
      mailBy === undefined || isThere(mailBy) ? [] : [problem(PROPERTIES.title, 'Mail by', mailBy, row)],
    ),
  ];
}
