/** The way to every screen, opened from the header. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useEscape } from './kit/escape';
import { go, place, type ScreenName } from './route';
import { SCREENS } from './screens';

const ORDER: readonly ScreenName[] = [
  'today',
  'lease',
  'record',
  'override',
  'reconcile',
  'log',
  'connections',
  'run',
  'setup',
  'help',
];

export function Menu({ close }: { readonly close: () => void }) {
  const first = useRef<HTMLButtonElement>(null);
  useEscape(close);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <nav class="menu" aria-label="Screens">
      {ORDER.map((name, index) => (
        <button
          key={name}
          type="button"
          ref={index === 0 ? first : undefined}
          aria-current={place.value.screen === name ? 'page' : undefined}
          onClick={() => {
            close();
            go(name);
          }}
        >
          {name === 'lease' ? 'Find a lease' : SCREENS[name].title}
        </button>
      ))}
    </nav>
  );
}
