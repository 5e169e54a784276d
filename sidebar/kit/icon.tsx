/** Small drawings beside words; never the only sign of anything. */

const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 4.8',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  warn: 'M8 2.5l6 11H2zM8 6.5v3M8 11.5v.2',
  half: 'M8 2a6 6 0 0 1 0 12zM14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  dash: 'M3 8h10',
  hands: 'M2 9l3.5 3.5L8 10l2.5 2.5L14 9M2 5h4l2 2 2-2h4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  back: 'M10 3L5 8l5 5',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  close: 'M4 4l8 8M12 4l-8 8',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  pin: 'M6 2h4l-.6 4 2.1 2.5h-7L6.6 6zM8 8.5V14',
  info: 'M8 7.5v4M8 4.8v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
