/** The one tooltip of the page: header notes, shown on hover and on focus, closed with Escape. */
import { signal } from '@preact/signals';

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

const tip = signal<Tip | undefined>(undefined);
const WIDTH_PX = 280;
const ID = 'note';

function show(element: HTMLElement, text: string): void {
  const { left, bottom } = element.getBoundingClientRect();
  tip.value = { text, left: Math.max(8, Math.min(left, innerWidth - WIDTH_PX - 8)), top: bottom + 6 };
}

const hide = (): void => {
  tip.value = undefined;
};

/** Attributes of the element that has the note. */
export function tipFor(text: string) {
  return {
    'aria-describedby': tip.value?.text === text ? ID : undefined,
    onMouseEnter: (event: MouseEvent) => show(event.currentTarget as HTMLElement, text),
    onMouseLeave: hide,
    onFocus: (event: FocusEvent) => show(event.currentTarget as HTMLElement, text),
    onBlur: hide,
    onClick: (event: MouseEvent) => show(event.currentTarget as HTMLElement, text),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    },
  };
}

export function TipLayer() {
  const now = tip.value;
  if (now === undefined) return null;
  return (
    <div
      id={ID}
      role="tooltip"
      class="tip"
      style={{ left: `${now.left}px`, top: `${now.top}px`, maxWidth: `${WIDTH_PX}px` }}
    >
      {now.text}
    </div>
  );
}
