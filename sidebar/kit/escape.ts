/** Escape closes what was opened last, and only that. */
import { useLayoutEffect, useRef } from 'preact/hooks';

const open: { current: () => void }[] = [];

/** While it is shown, Escape calls `close`; what was shown later comes first. */
export function useEscape(close: () => void, active = true): void {
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    if (!active) return undefined;
    open.push(latest);
    return () => {
      open.splice(open.indexOf(latest), 1);
    };
  }, [active]);
}

/** True where something was closed. */
export function closeTop(): boolean {
  const top = open[open.length - 1];
  top?.current();
  return top !== undefined;
}
