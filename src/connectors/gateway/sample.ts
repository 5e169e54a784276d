/** The field tester of a gateway: one real row, as it is, with every member that a mapping could name. */
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { AccountSeen, Choice, Flow } from '../connector';
import type { SampleField, SampleOf, SampleRow } from '../mirror';
import { aboutRow, firstRows } from './lines';
import { KINDS, type Profile } from './profile';
import { idIf } from './wire';

const MAX_DEPTH = 3;

/** Members by the path to them: `amount`, `tenant.id`. */
export function fieldsOf(value: unknown, above = '', depth = 0): SampleField[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth >= MAX_DEPTH) {
    const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return above === '' ? [] : [{ field: above, label: above, value: value === null ? '' : shown.slice(0, 100) }];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldsOf(inner, above === '' ? name : `${above}.${name}`, depth + 1),
  );
}

/** The first rows of each list. */
function* rowsByPath(profile: Profile): Flow<ReadonlyMap<string, readonly Json[]>> {
  const { charge, payment } = profile.paths;
  const rows = new Map<string, readonly Json[]>();
  for (const path of new Set([payment, charge])) rows.set(path, yield* firstRows(profile, path, profile.list.lines));
  return rows;
}

function* someRows(profile: Profile): Flow<readonly Json[]> {
  return [...(yield* rowsByPath(profile)).values()].flat();
}

export function* sampleOf(profile: Profile, of: SampleOf | undefined): Flow<SampleRow | undefined> {
  const rows = yield* someRows(profile);
  const customer = (row: Json) => idIf(row, profile.payment[profile.key] ?? profile.charge[profile.key]);
  const row = (of?.customer && rows.find((each) => customer(each) === of.customer)) || rows[0];
  if (!row) return undefined;
  const id = aboutRow(row, profile.answer.id);
  return { id, name: `Line ${id}`, fields: fieldsOf(row.value) };
}

/** Every member that any row of the first pages has. */
export function* fieldChoices(profile: Profile): Flow<readonly Choice[]> {
  const found = new Map<string, string>();
  for (const row of yield* someRows(profile))
    for (const { field, value } of fieldsOf(row.value)) if (!found.get(field)) found.set(field, value);
  return [...found].map(([id, value]) => ({ id, name: id, ...(value ? { note: `such as ${value}` } : {}) }));
}

/** A list is read, and its first row is held against the mapping: a name that is not there is told before anything is posted. */
export function* testOf(profile: Profile): Flow<AccountSeen> {
  const lists = yield* rowsByPath(profile);
  for (const kind of KINDS) {
    const rows = lists.get(profile.paths[kind]) ?? [];
    const names = profile[kind];
    const needed = [names.amount, names.date, names[profile.key], names.reference, profile.answer.id];
    const row = rows.find((each) => !names.type || each.at(names.type).value === kind);
    const missing = row && needed.find((name) => name && row.at(name).value === undefined);
    if (row && missing)
      return fail(
        'rejected',
        `A ${kind} there has no "${missing}". It has: ${fieldsOf(row.value)
          .map(({ field }) => field)
          .join(', ')}.`,
      );
  }
  return { name: profile.base.replace(/^https:\/\//, ''), mode: 'live' };
}
