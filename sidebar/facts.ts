/** What the frame knows from the last answer of Today: health, person, mail left. */
import { signal } from '@preact/signals';
import type { Today } from '../src/api/desk/today';
import type { Role } from '../src/api/desk/told';
import { ask } from './server';

export type Facts = Pick<Today, 'health' | 'mail' | 'person' | 'zone' | 'asOf' | 'ready' | 'paused'>;

export const facts = signal<Facts | undefined>(undefined);

declare const __VERSION__: string;
export const VERSION = __VERSION__;

const ROLES: readonly Role[] = ['none', 'viewer', 'manager', 'owner'];

/** True while nobody knows better: the script decides in any case. */
export function mayAct(needs: Role): boolean {
  const role = facts.value?.person.role;
  return role === undefined || ROLES.indexOf(role) >= ROLES.indexOf(needs);
}

/** What somebody has just changed here: Today tells the same when it is asked next. */
export function knowPaused(paused: boolean): void {
  if (facts.value) facts.value = { ...facts.value, paused };
}

/** For a frame that opened on another screen than Today. */
export async function learnFacts(): Promise<void> {
  if (facts.value) return;
  try {
    facts.value = await ask('today', {});
  } catch {
    // The screen at hand tells its own trouble; the strip stays empty.
  }
}
