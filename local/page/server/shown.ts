/** What a run of the script put before the person: toasts, a page in the sidebar, a dialog. */
import type { World } from '../../world';
import type { Shown, ToastView } from '../grid-types';
import type { Desk } from './desk';

interface Page {
  readonly content?: unknown;
  readonly title?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
}

/** How things stood before a run. */
interface Seen {
  readonly toasts: number;
  readonly dialogs: number;
  readonly sidebar: unknown;
}

export const watch = ({ ui }: World): Seen => ({
  toasts: ui.toasts.length,
  dialogs: ui.dialogs.length,
  sidebar: ui.sidebar,
});

function toastView(toast: unknown): ToastView {
  const { title = '', message = '', seconds } = toast as Partial<Record<keyof ToastView, unknown>>;
  return { title: String(title), message: String(message), seconds: typeof seconds === 'number' ? seconds : 5 };
}

const pixels = (size: unknown, fallback: number): number => (typeof size === 'number' ? size : fallback);

/** What is new since then. */
export function shownBy(desk: Desk, before: Seen): Shown {
  const { ui } = desk.world;
  const dialog = ui.dialogs.length > before.dialogs ? (ui.dialogs.at(-1) as Page) : undefined;
  return {
    revision: desk.revision,
    toasts: ui.toasts.slice(before.toasts).map(toastView),
    ...(ui.sidebar === before.sidebar ? {} : { sidebar: true }),
    ...(dialog === undefined
      ? {}
      : {
          dialog: {
            title: String(dialog.title ?? ''),
            widthPx: pixels(dialog.width, 600),
            heightPx: pixels(dialog.height, 400),
          },
        }),
  };
}

/** The HTML that the script put into the sidebar or into its last dialog; undefined when it has put none. */
export function pageOf({ ui }: World, where: 'sidebar' | 'dialog'): string | undefined {
  const page = (where === 'sidebar' ? ui.sidebar : ui.dialogs.at(-1)) as Page | undefined;
  return typeof page?.content === 'string' ? page.content : undefined;
}
