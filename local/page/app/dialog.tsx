/** The one dialog of the page: it asks or tells, and gives back the button that was pressed. */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Asked {
  readonly title: string;
  readonly text: ComponentChildren;
  /** The first is the one that Enter presses. */
  readonly buttons: readonly string[];
  /** With a line to write in. */
  readonly isPrompt?: boolean;
  /** With a box to tick, and these words beside it. */
  readonly check?: string;
}

export interface Chosen {
  /** The pressed button; '' when it was closed. */
  readonly button: string;
  readonly text: string;
  readonly isChecked: boolean;
}

interface Open extends Asked {
  readonly answer: (chosen: Chosen) => void;
}

const open = signal<Open | undefined>(undefined);

/** Shows a dialog and waits for the person. */
export function askPerson(asked: Asked): Promise<Chosen> {
  open.value?.answer({ button: '', text: '', isChecked: false });
  const back = document.activeElement as HTMLElement | null;
  return new Promise((resolve) => {
    const answer = (chosen: Chosen) => {
      open.value = undefined;
      resolve(chosen);
      requestAnimationFrame(() => back?.isConnected && back.focus());
    };
    open.value = { ...asked, answer };
  });
}

function Box({ asked }: { readonly asked: Open }) {
  const box = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [isChecked, setChecked] = useState(false);
  useEffect(() => {
    box.current?.showModal();
    // A question is answered with Enter at once; only a line to write in comes before the button.
    if (asked.isPrompt !== true) box.current?.querySelector<HTMLButtonElement>('button.primary')?.focus();
  }, []);
  const press = (button: string) => asked.answer({ button, text, isChecked });
  const submit = (event: Event) => {
    event.preventDefault();
    press(asked.buttons[0] ?? '');
  };
  return (
    <dialog ref={box} class="dialog" aria-labelledby="dialog-title" onCancel={() => press('')}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">{asked.title}</h2>
        <div class="dialog-text">{asked.text}</div>
        {asked.isPrompt === true && (
          <input aria-label="Your answer" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        )}
        {asked.check !== undefined && (
          <label class="check">
            <input type="checkbox" checked={isChecked} onChange={(event) => setChecked(event.currentTarget.checked)} />
            {asked.check}
          </label>
        )}
        <div class="row">
          {asked.buttons.map((button, at) =>
            at === 0 ? (
              <button key={button} type="submit" class="primary">
                {button}
              </button>
            ) : (
              <button key={button} type="button" onClick={() => press(button)}>
                {button}
              </button>
            ),
          )}
        </div>
      </form>
    </dialog>
  );
}

export function DialogLayer() {
  const asked = open.value;
  return asked === undefined ? null : <Box key={asked.title} asked={asked} />;
}
