/** A part of a platform's card that opens in place of its button, and gives the focus back to it. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Actions, Button, useFocusBack } from '../../kit';

export function Opener({
  text,
  label,
  children,
}: {
  readonly text: string;
  /** As it is read aloud. */
  readonly label: string;
  readonly children: (close: () => void) => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  return (
    <div ref={place}>
      {open ? (
        children(() => setOpen(false))
      ) : (
        <Actions>
          <Button label={label} onClick={() => setOpen(true)}>
            {text}
          </Button>
        </Actions>
      )}
    </div>
  );
}
