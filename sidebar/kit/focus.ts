/** Where the keyboard stands when a part of a screen opens and closes: in what has opened, and back at what opened it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const FIRST = 'input:not([type=hidden]), select, textarea, a[href], button';

/** Puts the focus on the first thing that can be used in what has just opened, and again whenever `turn` changes. */
export function useFocusInside(place: RefObject<HTMLElement | null>, turn: unknown = ''): void {
  useLayoutEffect(() => place.current?.querySelector<HTMLElement>(FIRST)?.focus(), [turn]);
}

/** Puts the focus back on the first button of `place` when what was open there has closed. */
export function useFocusBack(place: RefObject<HTMLElement | null>, open: boolean): void {
  const was = useRef(open);
  useLayoutEffect(() => {
    if (was.current && !open) place.current?.querySelector<HTMLElement>('button')?.focus();
    was.current = open;
  }, [open]);
}
