/** Saves in composite calls what belongs together: all or nothing first, and if some is refused, each for itself. */
import { fault as faultWith } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { Account, Flow } from '../connector';
import { composite, type Part, partName, type Told } from './api';

export const MOST_PARTS = 25;

/** Parts that stand or fall together. A field may take its value from the id that an earlier part of the unit gives. */
export type Unit = readonly Part[];

/** The id that the part of that number within its unit gives. */
export interface IdOf {
  readonly idOf: number;
}

/** The ids that the parts of a unit gave, '' where one gave none; or why it was refused. */
export type Saved = readonly string[] | Fault;

/**
 * One call in which all is saved or nothing. Where something is refused, the others are sent once more, now each for
 * itself: a bad record stops no other.
 */
export function* saveUnits(account: Account, units: readonly Unit[]): Flow<readonly Saved[]> {
  const full = units.map((unit) => unit.length > 0);
  const first = yield* attempt(account, units, true);
  const isRefused = (at: number): boolean => full[at] === true && 'fault' in (first[at] as Saved);
  if (!units.some((_, at) => isRefused(at))) return first;
  const again = units.map((unit, at) => (isHalted(first[at]) ? unit : []));
  const second = yield* attempt(account, again, false);
  return units.map((_, at) => (isHalted(first[at]) ? (second[at] as Saved) : (first[at] as Saved)));
}

const HALTED = 'PROCESSING_HALTED';

const isHalted = (saved: Saved | undefined): boolean =>
  saved !== undefined && 'fault' in saved && saved.code === HALTED;

function* attempt(account: Account, units: readonly Unit[], whole: boolean): Flow<readonly Saved[]> {
  const starts: number[] = [];
  const parts: Part[] = [];
  for (const unit of units) {
    const start = parts.length;
    starts.push(start);
    parts.push(...unit.map((part) => placed(part, start)));
  }
  const told = parts.length === 0 ? [] : yield* composite(account, parts, whole);
  return units.map((unit, at) => savedFrom(told.slice(starts[at], (starts[at] ?? 0) + unit.length)));
}

/** The parts are numbered across the whole call. */
function placed(part: Part, start: number): Part {
  const members = Object.entries(part.body ?? {}).map(([name, value]) =>
    isIdOf(value) ? [name, `@{${partName(start + value.idOf)}.id}`] : [name, value],
  );
  return part.body ? { ...part, body: Object.fromEntries(members) } : part;
}

const isIdOf = (value: unknown): value is IdOf => typeof value === 'object' && value !== null && 'idOf' in value;

/** The first part that was refused for its own sake says why. */
function savedFrom(told: readonly Told[]): Saved {
  const own = told.find(({ fault, halted }) => fault && !halted)?.fault;
  if (own) return own;
  const halted = told.find(({ fault }) => fault)?.fault;
  if (halted) return { ...faultWith('busy', halted.message), code: HALTED };
  return told.map(({ body }) => body.word('id') ?? '');
}
