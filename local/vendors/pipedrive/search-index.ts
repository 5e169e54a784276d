/** What the search knows: a text of each deal and person, some seconds behind what the lists show. */
import { isSearchable } from './fields';
import type { Deal, Indexed, Person, PipedriveState } from './state';

/** How long a change is unknown to the search. */
export const INDEX_MS = 5_000;

type Texts = Indexed['texts'];

const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as { value: unknown }).value) : String(value);

function customTexts(state: PipedriveState, custom: Readonly<Record<string, unknown>>): string[] {
  const codes = state.fields.filter(isSearchable).map(({ code }) => code);
  return codes.flatMap((code) => (custom[code] === undefined ? [] : [said(custom[code])]));
}

/** Each field under its own name, and all custom ones together, as the two searches want them. */
function textsOf(state: PipedriveState, kind: 'deal' | 'person', row: Deal | Person): Texts {
  const custom = Object.fromEntries(
    state.fields.filter(isSearchable).flatMap(({ code }) => {
      const value = row.custom[code];
      return kind === 'deal' && value !== undefined ? [[code, [said(value)]]] : [];
    }),
  );
  const all = { ...custom, custom_fields: kind === 'deal' ? customTexts(state, row.custom) : [] };
  if ('title' in row) return { ...all, title: [row.title] };
  return {
    ...all,
    name: [`${row.first} ${row.last}`.trim()],
    email: row.emails.map(({ value }) => value),
    phone: row.phones.map(({ value }) => value),
  };
}

/** Notes a change for the search, which will know of it later. */
export function remember(state: PipedriveState, kind: 'deal' | 'person', row: Deal | Person, nowMs: number): void {
  const name = `${kind} ${row.id}`;
  const entry: Indexed = { atMs: nowMs, texts: textsOf(state, kind, row), isDeleted: row.isDeleted };
  const before = state.index[name] ?? [];
  // What was known before the newest entry that counts by now is never asked for again.
  const known = before.filter(({ atMs }) => atMs + INDEX_MS <= nowMs).slice(-1);
  state.index[name] = [...known, ...before.filter(({ atMs }) => atMs + INDEX_MS > nowMs), entry];
}

/** What the search knows of a thing now; undefined for what it has not met or knows to be deleted. */
export function knownTexts(state: PipedriveState, name: string, nowMs: number): Texts | undefined {
  const known = (state.index[name] ?? []).filter(({ atMs }) => atMs + INDEX_MS <= nowMs).at(-1);
  return known && !known.isDeleted ? known.texts : undefined;
}
