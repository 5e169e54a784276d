/** Calls of the add-on's own functions through the one gateway that the sidebar uses as well. */
import type { RunResult } from '../host/state';
import type { World } from '../world';
import { Refused } from './errors';

export interface Counts {
  readonly [name: string]: unknown;
  readonly result?: string;
  readonly problems?: readonly string[];
}

/** The gateway call, with all that is known of the execution. */
export function callApi(world: World, name: string, args: readonly unknown[] = []): RunResult {
  return world.run('api', [name, args], { trigger: 'sidebar' });
}

/** What the function returned. Throws {@link Refused} with the add-on's own words when it failed. */
export function askApi<T>(world: World, name: string, args: readonly unknown[] = []): T {
  const result = callApi(world, name, args);
  if (!result.ok) throw new Refused(`${name} failed: ${failureText(result)}`);
  // The gateway answers in an envelope: a value, or a refusal in words.
  const answer = result.value as { readonly ok: boolean; readonly value?: unknown; readonly error?: string };
  if (answer.ok) return answer.value as T;
  throw new Refused(`${name} refused: ${answer.error}`);
}

/** Why an execution did not end well. */
export function failureText(result: Pick<RunResult, 'error' | 'killed'>): string {
  if (result.error !== undefined) return result.error.message;
  return result.killed ? 'The execution was ended before it was done; run it again.' : 'no reason was given';
}
