/** Many changes in one document: each has a name of its own, and those that fail leave the others done. */
import { bodyOf } from '../../http/body';
import { FaultError, isFault, type Outcome, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { chunks } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpRequest } from '../../ports';
import type { Effect, EffectContext, Flow } from '../connector';
import { faultOfPart, mutation } from './api';

/** Effects that are looked up together: Monday.com reads at most a hundred items by their ids. */
export const MOST = 100;
/** Changes in one document. A mutation costs some ten thousand points; the smallest plan has a million in a minute. */
const CHUNK = 25;

/** A mutation's field with its arguments, each with its GraphQL type, and what is read back. */
export interface Change {
  readonly field: string;
  readonly args: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  readonly gives: string;
}

function documentOf(changes: readonly Change[]): HttpRequest {
  const [types, parts]: [string[], string[]] = [[], []];
  const variables: Record<string, unknown> = {};
  changes.forEach(({ field, args, gives }, at) => {
    const given = Object.entries(args).map(([name, [type, value]]) => {
      variables[`${name}_${at}`] = value;
      types.push(`$${name}_${at}: ${type}`);
      return `${name}: $${name}_${at}`;
    });
    parts.push(`a${at}: ${field}(${given.join(', ')}) { ${gives} }`);
  });
  return mutation(`mutation (${types.join(', ')}) { ${parts.join(' ')} }`, variables);
}

/** Does all of them, in as few calls as can be. Gives what each came to, in order. */
export function* changed(changes: readonly Change[]): Flow<readonly (Json | Fault)[]> {
  if (changes.length === 0) return [];
  const groups = chunks(changes, CHUNK);
  const outcomes = yield* outcomesOf(groups.map(documentOf));
  return groups.flatMap((group, at) => group.map((_, part) => partOf(outcomes[at] as Outcome, `a${part}`)));
}

function* outcomesOf(requests: readonly HttpRequest[]): Flow<readonly Outcome[]> {
  try {
    return yield requests;
  } catch (error) {
    if (error instanceof FaultError && error.outcomes.length === requests.length) return error.outcomes;
    throw error;
  }
}

function partOf(outcome: Outcome, name: string): Json | Fault {
  if (isFault(outcome)) return outcome;
  const data = bodyOf(outcome, 'answer').at('data');
  return data.has(name) ? data.at(name) : faultOfPart(outcome, name);
}

/** An effect that goes by many: alone it is a batch of one. */
export function batched(
  once: Effect['once'],
  run: (contexts: readonly EffectContext[]) => Flow<readonly (string | Fault)[]>,
): Effect {
  return {
    once,
    batch: { most: MOST, together: () => 'all', run },
    *run(context) {
      const [outcome] = yield* run([context]);
      return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
    },
  };
}
