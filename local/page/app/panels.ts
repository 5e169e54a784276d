/** The two panels beside the work: the time machine at the left, the add-on's sidebar at the right. */
import { signal } from '@preact/signals';

export type Panel = 'time' | 'sidebar';

/** Below this width a panel covers the work, so only one can be open. */
const NARROW = matchMedia('(max-width: 899px)');
/** From this width on there is room for the sidebar beside the sheet. */
const ROOMY = matchMedia('(min-width: 1180px)');

export const isTimeOpen = signal(false);
export const isSidebarOpen = signal(false);
const openOf = { time: isTimeOpen, sidebar: isSidebarOpen };

/** The page begins with the sidebar, where it fits and was not closed. */
export const wantsSidebar = (): boolean => ROOMY.matches && localStorage.getItem('sidebar') !== 'closed';

/** Where a panel covers the work, whoever uses the keyboard is taken there. */
function goTo(panel: Panel): void {
  if (NARROW.matches) requestAnimationFrame(() => document.getElementById(`${panel}-panel`)?.focus());
}

export function openPanel(panel: Panel): void {
  if (NARROW.matches) for (const each of Object.values(openOf)) each.value = false;
  openOf[panel].value = true;
  if (panel === 'sidebar' && ROOMY.matches) localStorage.removeItem('sidebar');
  goTo(panel);
}

export function closePanel(panel: Panel): void {
  openOf[panel].value = false;
  if (panel === 'sidebar' && ROOMY.matches) localStorage.setItem('sidebar', 'closed');
  document.getElementById(`${panel}-button`)?.focus();
}

/** A view was chosen: on a phone it must not stay covered. */
export function uncover(): void {
  if (NARROW.matches) for (const each of Object.values(openOf)) each.value = false;
}
