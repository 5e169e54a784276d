/** The keys as people see them, the switch that turns them off, and the listener behind them. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Actions, Button, CheckField, Details } from '../../kit';
import { type Command, commandOf, HINTS, takes } from './keys';

/** Single letters may be in the way of those who speak to their computer: they can be turned off. */
const keysOn = signal(true);

export function useKeys(onCommand: (command: Command) => void, active: boolean): void {
  const latest = useRef(onCommand);
  latest.current = onCommand;
  useLayoutEffect(() => {
    if (!active || !keysOn.value) return undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const { key, ctrlKey, altKey, metaKey } = event;
      const taken = takes(event.target instanceof Element ? event.target : null, key);
      const command = commandOf({ key, ctrlKey, altKey, metaKey, taken });
      if (!command) return;
      event.preventDefault();
      latest.current(command);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [active, keysOn.value]);
}

/** The letter of a button, while the keys are on. */
export const Hint = ({ letter }: { readonly letter: string }) =>
  keysOn.value ? (
    <span class="key" aria-hidden="true">
      {letter}
    </span>
  ) : null;

export const Hints = (props: { several: boolean; onNext: () => void; onPrevious: () => void }) => (
  <>
    {props.several ? (
      <Actions>
        <Button onClick={props.onPrevious}>Previous</Button>
        <Button onClick={props.onNext}>Next</Button>
      </Actions>
    ) : null}
    <Details summary="Keys">
      <dl class="keys">
        {HINTS.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <CheckField
        label="Use these keys"
        checked={keysOn.value}
        onInput={(on) => {
          keysOn.value = on;
        }}
      />
    </Details>
  </>
);
