/** Calls of the add-on's own functions through the one gateway that the sidebar uses as well. */
import type { RunResult } from '../host/state';
import type { World } from '../world';
import { Refused } from './errors';

export interface Called {
  readonly ok: boolean;
  readonly value?: unknown;
  /** Why it was refused or failed; '' when it was not. */
  readonly error: string;
  /** All that is known of the execution. */
  readonly run: RunResult;
}

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: string;
}

/** Why an execution did not end well. */
export function failureText(result: Pick<RunResult, 'error' | 'killed'>): string {
  if (result.error !== undefined) return result.error.message;
  return result.killed ? 'The execution was ended before it was done; run it again.' : 'no reason was given';
}

/** The gateway call: a refusal in the add-on's words is an answer, a crash is told as Google tells it. */
export function callApi(world: World, name: string, args: readonly unknown[] = []): Called {
  const run = world.run('api', [name, args], { trigger: 'sidebar' });
  if (!run.ok) return { ok: false, error: failureText(run), run };
  const answer = run.value as Answer;
  if (!answer.ok) return { ok: false, error: answer.error ?? 'no reason was given', run };
  return { ok: true, value: answer.value, error: '', run };
}

/** What the function returned. Throws {@link Refused} with the reason when it did not. */
export function askApi<T>(world: World, name: string, args: readonly unknown[] = []): T {
  const called = callApi(world, name, args);
  if (called.ok) return called.value as T;
  throw new Refused(`${name}: ${called.error}`);
}
