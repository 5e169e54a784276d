/** Toasts at the foot of the page: what the script says in passing, and what went wrong. */
import { signal } from '@preact/signals';
import type { Shown, ToastView } from '../grid-types';

interface Standing extends ToastView {
  readonly id: number;
  readonly isBad: boolean;
}

const standing = signal<readonly Standing[]>([]);
let count = 0;
const MOST = 4;

function close(id: number): void {
  standing.value = standing.value.filter((each) => each.id !== id);
}

function show(toast: ToastView, isBad: boolean): void {
  count += 1;
  const id = count;
  standing.value = [...standing.value.slice(1 - MOST), { ...toast, id, isBad }];
  if (toast.seconds >= 0) setTimeout(() => close(id), toast.seconds * 1000);
}

/** Trouble stays until it is closed. */
export const showTrouble = (message: string): void => show({ title: '', message, seconds: -1 }, true);

export const showToasts = ({ toasts }: Shown): void => {
  for (const toast of toasts) show(toast, false);
};

export const showDone = (message: string): void => show({ title: '', message, seconds: 5 }, false);

export function ToastLayer() {
  return (
    <div class="toasts" role="status">
      {standing.value.map(({ id, title, message, isBad }) => (
        <div key={id} class={isBad ? 'toast bad' : 'toast'}>
          <div>
            {title !== '' && <strong>{title}</strong>}
            <p>
              {isBad && <span aria-hidden="true">▲ </span>}
              {message}
            </p>
          </div>
          <button type="button" class="plain-button" onClick={() => close(id)}>
            <span aria-hidden="true">✕</span>
            <span class="unseen">Close this message</span>
          </button>
        </div>
      ))}
    </div>
  );
}
