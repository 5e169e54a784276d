/** The row that is selected in the Sheet, asked for every two seconds while somebody looks. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Calls } from '../src/api/desk/contract';
import { online } from './line';
import { acting, ask } from './server';

/** What the screen itself asks for goes first. */
const FIRST_MS = 500;
const EVERY_MS = 2_000;
/** After a silence it asks less often: a script that does not answer is not to be hurried. */
const AFTER_TROUBLE_MS = 20_000;

export type Selection = Calls['selection']['value'];
export const selection = signal<Selection | undefined>(undefined);

const resting = () => document.hidden || acting.value !== '' || !online.value;

/** Follows the selection while the screen that calls it is shown. */
export function useSelection(): Selection | undefined {
  useEffect(() => {
    let timer = 0;
    let over = false;
    const later = (ms: number) => {
      if (!over) timer = window.setTimeout(look, ms);
    };
    const look = () => {
      if (resting()) return later(EVERY_MS);
      ask('selection', {}).then(
        (value) => {
          if (over) return;
          if (JSON.stringify(value) !== JSON.stringify(selection.value)) selection.value = value;
          later(EVERY_MS);
        },
        () => later(AFTER_TROUBLE_MS),
      );
    };
    later(FIRST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, []);
  return selection.value;
}
