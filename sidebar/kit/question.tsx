/** What is asked a second time before it is done: what it does, a yes, and a way out by Escape. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button';
import { useEscape } from './escape';
import { Actions } from './layout';
import { Came } from './states';

export interface QuestionProps {
  /** What is asked about, for who does not see it. */
  readonly label: string;
  /** The words of the button that does it. */
  readonly yes: string;
  readonly no?: string;
  readonly act: Parameters<typeof Came>[0]['of'] & { readonly busy: boolean };
  readonly onYes: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Question({ label, yes, no = 'Cancel', act, onYes, onClose, children }: QuestionProps) {
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  // The question itself, not its button: a second Enter must not answer it.
  useLayoutEffect(() => place.current?.focus(), []);
  return (
    <section class="panel" aria-label={label} ref={place} tabIndex={-1}>
      {children}
      <Came of={act} again={onYes} />
      <Actions>
        <Button changes busy={act.busy} onClick={onYes}>
          {yes}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {no}
        </Button>
      </Actions>
    </section>
  );
}
