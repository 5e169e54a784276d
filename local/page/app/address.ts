/** Views live in the address, so that a reload and the back button keep their place. */
import { signal } from '@preact/signals';

export type View =
  | { readonly kind: 'tab'; readonly title: string }
  | { readonly kind: 'mail'; readonly id?: string }
  | { readonly kind: 'texts'; readonly phone?: string }
  | { readonly kind: 'slack' | 'executions' };

function readView(): View {
  const [kind, rest] = decodeURIComponent(location.hash.slice(1)).split(/\/(.*)/s);
  if (kind === 'mail') return rest ? { kind, id: rest } : { kind };
  if (kind === 'texts') return rest ? { kind, phone: rest } : { kind };
  if (kind === 'slack' || kind === 'executions') return { kind };
  return { kind: 'tab', title: kind === 'tab' && rest ? rest : 'Rent Roll' };
}

export const view = signal<View>(readView());
/** The tab that was shown last; the link to the workbook returns to it. */
export const lastTab = signal(view.value.kind === 'tab' ? view.value.title : 'Rent Roll');

/** With `./`, because a bare `#mail` is a jump inside the page to those who read it aloud. */
export function addressOf(wanted: View): string {
  if (wanted.kind === 'tab') return `./#tab/${encodeURIComponent(wanted.title)}`;
  if (wanted.kind === 'mail' && wanted.id !== undefined) return `./#mail/${encodeURIComponent(wanted.id)}`;
  if (wanted.kind === 'texts' && wanted.phone !== undefined) return `./#texts/${encodeURIComponent(wanted.phone)}`;
  return `./#${wanted.kind}`;
}

/** Called once. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    view.value = readView();
    if (view.value.kind === 'tab') lastTab.value = view.value.title;
  });
}
