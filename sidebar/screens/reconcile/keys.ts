/** The keys of Reconcile: what each means while nobody is typing. */

export type Command =
  | { readonly kind: 'choose'; readonly index: number }
  | { readonly kind: 'match' | 'split' | 'not rent' | 'later' | 'undo' | 'next' | 'previous' };

export const HINTS: readonly (readonly [key: string, what: string])[] = [
  ['1 2 3', 'choose'],
  ['Enter', 'match'],
  ['S', 'split'],
  ['N', 'not rent'],
  ['L', 'ask later'],
  ['U', 'undo'],
  ['J K', 'next, previous'],
  ['← →', 'previous, next'],
];

const LETTERS = new Map<string, Exclude<Command['kind'], 'choose' | 'match'>>([
  ['s', 'split'],
  ['n', 'not rent'],
  ['l', 'later'],
  ['u', 'undo'],
  ['j', 'next'],
  ['k', 'previous'],
  ['arrowright', 'next'],
  ['arrowdown', 'next'],
  ['arrowleft', 'previous'],
  ['arrowup', 'previous'],
]);

export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** The element that has the focus takes text, or this key itself. */
  readonly taken: boolean;
}

/** Undefined where the key is somebody else's: of the browser, of a field, of a button that has the focus. */
export function commandOf({ key, ctrlKey, altKey, metaKey, taken }: Stroke): Command | undefined {
  if (taken || ctrlKey || altKey || metaKey) return undefined;
  if (/^[1-3]$/.test(key)) return { kind: 'choose', index: Number(key) - 1 };
  if (key === 'Enter') return { kind: 'match' };
  const kind = LETTERS.get(key.toLowerCase());
  return kind === undefined ? undefined : { kind };
}

const WRITES = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]';
/** Enter presses these, and must not match a payment besides. */
const PRESSED = 'button, a[href], summary';
const ARROWED = 'input[type=radio], [role=tab], [role=option], summary';

/** Whether the element with the focus wants this key for itself. */
export function takes(target: Element | null, key: string): boolean {
  if (!target) return false;
  if (target.closest(WRITES)) return true;
  if (key === 'Enter' || key === ' ') return target.closest(PRESSED) !== null;
  return key.startsWith('Arrow') && target.closest(ARROWED) !== null;
}
