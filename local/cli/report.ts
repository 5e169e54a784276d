/** What a job told about itself, read for people: its sections, counts and complaints, whatever the job. */

export interface Report {
  /** `poll done`, `daily nothing to do`. */
  readonly results: readonly string[];
  readonly counts: readonly (readonly [string, number])[];
  /** Problems, faults and trouble, each text once. */
  readonly problems: readonly string[];
}

type Value = Readonly<Record<string, unknown>>;

const isValue = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A day of a property stands as `Carroll House 2026-11-01`; a plain text as it is. */
function lineOf(value: unknown): string {
  return isValue(value) ? Object.values(value).join(' ') : String(value);
}

function readSection(
  name: string,
  section: Value,
): { results: string[]; counts: [string, number][]; problems: string[] } {
  const read = { results: [] as string[], counts: [] as [string, number][], problems: [] as string[] };
  for (const [field, value] of Object.entries(section)) {
    if (field === 'result' || field === 'trouble') continue;
    if (typeof value === 'number') read.counts.push([field, value]);
    else if (Array.isArray(value) && field === 'days')
      read.results.push(...value.map((day) => `${name} of ${lineOf(day)}`));
    else if (Array.isArray(value)) read.problems.push(...value.map(lineOf));
  }
  if (typeof section.result === 'string') read.results.unshift(`${name}: ${section.result}`);
  if (typeof section.trouble === 'string') read.problems.unshift(section.trouble);
  return read;
}

/** Reads a job's value: one section, or one for each thing that it did. */
export function readReport(job: string, value: unknown): Report {
  if (!isValue(value)) return { results: [`${job}: done`], counts: [], problems: [] };
  const inner = Object.entries(value).filter((entry): entry is [string, Value] => isValue(entry[1]));
  const own = Object.fromEntries(Object.entries(value).filter(([, each]) => !isValue(each)));
  const sections = [readSection(job, own), ...inner.map(([name, section]) => readSection(name, section))];
  const results = sections.flatMap((section) => section.results);
  return {
    results: results.length === 0 ? [`${job}: nothing to do`] : results,
    counts: sections.flatMap((section) => section.counts),
    problems: [...new Set(sections.flatMap((section) => section.problems))],
  };
}
