/** The one tooltip of the page: notes of cells and what is wrong with them, on hover and at the active cell. */
import { signal } from '@preact/signals';

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

const tip = signal<Tip | undefined>(undefined);
const WIDTH_PX = 280;
const ID = 'note';

/** Beside the element, so that what stands below it can still be read. */
export function showTip(element: HTMLElement, text: string): void {
  const { left, right, top } = element.getBoundingClientRect();
  const fits = right + 8 + WIDTH_PX < innerWidth;
  const beside = fits ? right + 8 : left - WIDTH_PX - 8;
  tip.value = { text, left: Math.max(8, Math.min(beside, innerWidth - WIDTH_PX - 8)), top };
}

export const hideTip = (): void => {
  if (tip.value !== undefined) tip.value = undefined;
};

/** Attributes of the element that has the note; `isActive` when the keyboard stands on it. */
export function tipFor(text: string, isActive: boolean) {
  return {
    ...(isActive && tip.value?.text === text ? { 'aria-describedby': ID } : {}),
    onMouseEnter: (event: MouseEvent) => showTip(event.currentTarget as HTMLElement, text),
    onMouseLeave: hideTip,
  };
}

export function TipLayer() {
  const now = tip.value;
  if (now === undefined) return null;
  const style = { left: `${now.left}px`, top: `${now.top}px`, width: `${WIDTH_PX}px` };
  return (
    <div id={ID} role="tooltip" class="tip" style={style}>
      {now.text}
    </div>
  );
}
