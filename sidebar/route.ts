/** Where the sidebar is: a screen and what it is about, with the way back. */
import { computed, signal } from '@preact/signals';

export type ScreenName =
  | 'today'
  | 'lease'
  | 'record'
  | 'override'
  | 'approve'
  | 'reconcile'
  | 'log'
  | 'connections'
  | 'run'
  | 'setup'
  | 'help';

export type Params = Readonly<Record<string, string>>;

export interface Place {
  readonly screen: ScreenName;
  readonly params: Params;
}

const NAMES: readonly string[] = [
  'today',
  'lease',
  'record',
  'override',
  'approve',
  'reconcile',
  'log',
  'connections',
  'run',
  'setup',
  'help',
];
const HOME: Place = { screen: 'today', params: {} };
const KEPT = 'rent-ledger-place';
const DEEPEST = 20;

const trail = signal<readonly Place[]>([HOME]);

export const place = computed<Place>(() => trail.value[trail.value.length - 1] ?? HOME);
export const canGoBack = computed(() => trail.value.length > 1);

function move(next: readonly Place[]): void {
  trail.value = next.slice(-DEEPEST);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(trail.value));
  } catch {
    // A sandboxed frame has no storage: the next one begins at Today.
  }
}

/** Leaves where it is when it is there already. */
export function go(screen: ScreenName, params: Params = {}): void {
  const here = place.value;
  if (here.screen === screen && JSON.stringify(here.params) === JSON.stringify(params)) return;
  move(screen === 'today' ? [HOME] : [...trail.value, { screen, params }]);
}

/** The same step of the way with other params: a tab, a filter, another lease. */
export function swap(screen: ScreenName, params: Params = {}): void {
  move([...trail.value.slice(0, -1), { screen, params }]);
}

export function back(): void {
  if (canGoBack.value) move(trail.value.slice(0, -1));
}

/** Reads `lease?lease=L-1&tab=notices`; undefined for anything that is no screen. */
export function readPlace(text: string): Place | undefined {
  const [screen = '', query = ''] = text.replace(/^#/, '').split('?');
  if (!NAMES.includes(screen)) return undefined;
  return { screen: screen as ScreenName, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** A link into the sidebar comes first, then where this frame was before. */
export function startPlace(linked: string): void {
  const target = readPlace(linked);
  if (target) {
    move(target.screen === 'today' ? [HOME] : [HOME, target]);
    return;
  }
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    if (Array.isArray(kept) && kept.length > 0 && kept.every(isPlace)) trail.value = kept;
  } catch {
    // Nothing kept, or nothing that can be read: Today.
  }
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' &&
  value !== null &&
  NAMES.includes((value as { screen?: string }).screen ?? '') &&
  typeof (value as { params?: unknown }).params === 'object';
