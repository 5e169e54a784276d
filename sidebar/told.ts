/** What was done last: a confirmation that stays at the top of the frame, long enough to be undone. */
import { signal } from '@preact/signals';
import type { Applied } from '../src/api/desk/override';

export interface Told {
  readonly applied: Applied;
  /** The run of its rows, by which the Log lists them. */
  readonly run: string;
}

/** A confirmation goes with the next screen only after this long. */
const STAYS_MS = 30_000;

export const told = signal<Told | undefined>(undefined);
let since = 0;

export function tell(what: Told): void {
  since = performance.now();
  told.value = what;
}

export function dismiss(): void {
  told.value = undefined;
}

/** Called when another screen is shown. */
export function forgetOld(): void {
  if (performance.now() - since > STAYS_MS) dismiss();
}
