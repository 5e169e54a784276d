/** What the page knows and does: one state from the server, one person at the keyboard, one action at a time. */
import { signal } from '@preact/signals';
import type { ActionResult, PageState, ProgressEvent } from '../types';
import { ask } from './net';

export const state = signal<PageState | undefined>(undefined);
/** Why the state could not be read; '' when it could. */
export const stateError = signal('');
/** The action under way, in words; '' when there is none. */
export const busy = signal('');
export const progress = signal<ProgressEvent | undefined>(undefined);
export const result = signal<ActionResult | undefined>(undefined);
/** Why the last action was refused; '' when it was not. */
export const actionError = signal('');
/** The person who acts; '' is the owner until the state is known. */
export const user = signal(sessionStorage.getItem('user') ?? '');

/** Who acts, as the server knows them. */
export const acting = (): string => user.value || (state.value?.people[0]?.email ?? '');

export function chooseUser(email: string): void {
  user.value = email;
  sessionStorage.setItem('user', email);
}

/** Reads the state anew; while somebody else's action runs it looks again every second. */
export async function refresh(): Promise<void> {
  try {
    const fresh = await ask<PageState>('/api/state');
    if (!fresh.people.some(({ email }) => email === user.value)) user.value = fresh.people[0]?.email ?? '';
    state.value = fresh;
    stateError.value = '';
    if (fresh.busy !== undefined && busy.value === '') setTimeout(refresh, 1000);
    else if (fresh.busy === undefined && busy.value === '') progress.value = undefined;
  } catch (error) {
    stateError.value = (error as Error).message;
  }
}

async function act(name: string, work: () => Promise<ActionResult | undefined>): Promise<void> {
  if (busy.value !== '') return;
  busy.value = name;
  actionError.value = '';
  progress.value = undefined;
  try {
    result.value = await work();
  } catch (error) {
    result.value = undefined;
    actionError.value = (error as Error).message;
  } finally {
    busy.value = '';
    progress.value = undefined;
    await refresh();
  }
}

export const advance = (name: string, to: { days: number } | { to: string }): Promise<void> =>
  act(name, () => ask<ActionResult>('/api/advance', to));

export const goBack = (atMs: number): Promise<void> =>
  act('Going back', () => ask<ActionResult>('/api/back', { atMs }));

export const runJob = (job: string): Promise<void> => act(job, () => ask<ActionResult>('/api/run', { job }));

export const setSwitch = (vendor: string, kind: string): Promise<void> =>
  act('The switch', async () => {
    await ask('/api/switch', { vendor, kind });
    return undefined;
  });

export async function stop(): Promise<void> {
  try {
    await ask('/api/stop', {});
  } catch (error) {
    actionError.value = (error as Error).message;
  }
}

/** Follows the days that pass. Called once. */
export function start(): void {
  new EventSource('/api/progress').onmessage = (message) => {
    const event = JSON.parse(String(message.data)) as ProgressEvent;
    const running = busy.value !== '' || state.value?.busy !== undefined;
    if (running) progress.value = event;
  };
  void refresh();
}
