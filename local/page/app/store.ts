/** What the page knows and does: one state from the server, one view from the address, one action at a time. */
import { signal } from '@preact/signals';
import type { ActionResult, PageState, ProgressEvent } from '../types';

export type View =
  | { readonly kind: 'tab'; readonly title: string }
  | { readonly kind: 'mail'; readonly id?: string }
  | { readonly kind: 'slack' | 'executions' };

export const state = signal<PageState | undefined>(undefined);
/** Why the state could not be read; '' when it could. */
export const stateError = signal('');
export const view = signal<View>(readView());
/** The action under way, in words; '' when there is none. */
export const busy = signal('');
export const progress = signal<ProgressEvent | undefined>(undefined);
export const result = signal<ActionResult | undefined>(undefined);
/** Why the last action was refused; '' when it was not. */
export const actionError = signal('');

const token = document.querySelector<HTMLMetaElement>('meta[name="page-token"]')?.content ?? '';

/** Throws an Error whose message can be shown as it is. */
export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json', 'x-page-token': token } };
  const init: RequestInit = body === undefined ? {} : { ...post, body: JSON.stringify(body) };
  let reply: Response;
  try {
    reply = await fetch(path, signal === undefined ? init : { ...init, signal });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Error('The local host does not answer. Is it still running in its terminal?');
  }
  const json = (await reply.json()) as T & { error?: string };
  if (!reply.ok) throw new Error(json.error ?? `The local host answered ${reply.status}.`);
  return json;
}

/** Reads the state anew; while somebody else's action runs it looks again every second. */
export async function refresh(): Promise<void> {
  try {
    const fresh = await ask<PageState>('/api/state');
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

/** Views live in the address, so that a reload and the back button keep their place. */
function readView(): View {
  const [kind, rest] = decodeURIComponent(location.hash.slice(1)).split(/\/(.*)/s);
  if (kind === 'mail') return rest ? { kind, id: rest } : { kind };
  if (kind === 'slack' || kind === 'executions') return { kind };
  return { kind: 'tab', title: kind === 'tab' && rest ? rest : 'Rent Roll' };
}

/** With `./`, because a bare `#mail` is a jump inside the page to those who read it aloud. */
export function addressOf(wanted: View): string {
  if (wanted.kind === 'tab') return `./#tab/${encodeURIComponent(wanted.title)}`;
  if (wanted.kind === 'mail' && wanted.id !== undefined) return `./#mail/${encodeURIComponent(wanted.id)}`;
  return `./#${wanted.kind}`;
}

/** Follows the address and the days that pass. Called once. */
export function start(): void {
  addEventListener('hashchange', () => {
    view.value = readView();
  });
  new EventSource('/api/progress').onmessage = (message) => {
    const event = JSON.parse(String(message.data)) as ProgressEvent;
    const running = busy.value !== '' || state.value?.busy !== undefined;
    if (running) progress.value = event;
  };
  void refresh();
}
