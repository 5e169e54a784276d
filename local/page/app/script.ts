/** The script as this page meets it: its menus, the questions it asks, what it opens. */
import { signal } from '@preact/signals';
import type { GivenAnswer, MenuReply, MenuView, Shown } from '../grid-types';
import { askPerson } from './dialog';
import { ask } from './net';
import { isSidebarOpen, openPanel } from './panels';
import { acting, refresh, state } from './store';
import { showToasts, showTrouble } from './toast';

export const menus = signal<readonly MenuView[]>([]);
/** The menu item under way, in words; '' when there is none. */
export const runningItem = signal('');
/** Grows when the script puts a page into the sidebar; 0 while it has put none since the page was opened. */
export const sidebarShown = signal(0);
/** The dialog that the script has opened. */
export const scriptDialog = signal<(Required<Shown>['dialog'] & { readonly serial: number }) | undefined>(undefined);

/** The item of the add-on's menu that opens its sidebar. */
const SIDEBAR_FUNCTION = 'menuSidebar';
const WORDS: Readonly<Record<string, string>> = { OK: 'OK', CANCEL: 'Cancel', YES: 'Yes', NO: 'No' };
let dialogs = 0;

/** Opens the file as the person who is chosen: the script builds its menus. */
export async function openFile(): Promise<void> {
  try {
    menus.value = await ask<MenuView[]>('/api/open', { user: acting() });
  } catch (error) {
    showTrouble((error as Error).message);
  }
}

/** Shows what a run of the script left for the person. */
export function takeShown(shown: Shown): void {
  showToasts(shown);
  if (shown.sidebar === true) {
    sidebarShown.value += 1;
    openPanel('sidebar');
  }
  if (shown.dialog !== undefined) {
    dialogs += 1;
    scriptDialog.value = { ...shown.dialog, serial: dialogs };
  }
  if (shown.revision !== state.value?.revision) void refresh();
}

/** Runs a function of the menu; what it asks is asked here, and only then does it run. */
export async function runItem(caption: string, functionName: string): Promise<void> {
  if (runningItem.value !== '') return;
  const answers: GivenAnswer[] = [];
  try {
    for (;;) {
      runningItem.value = caption;
      const reply = await ask<MenuReply>('/api/menu', { function: functionName, answers, user: acting() });
      runningItem.value = '';
      if (reply.question === undefined) {
        if (!reply.ok) showTrouble(`${caption} failed: ${reply.error}`);
        return takeShown(reply);
      }
      const { kind, title, text, buttons } = reply.question;
      const names = buttons.map((button) => WORDS[button] ?? button);
      const chosen = await askPerson({
        title: title || 'Rent Ledger',
        text,
        buttons: names,
        isPrompt: kind === 'prompt',
      });
      const button = buttons[names.indexOf(chosen.button)] ?? 'CLOSE';
      answers.push(kind === 'prompt' ? { button, text: chosen.text } : { button });
    }
  } catch (error) {
    showTrouble((error as Error).message);
  } finally {
    runningItem.value = '';
  }
}

export const openSidebar = (): Promise<void> => runItem('Open sidebar', SIDEBAR_FUNCTION);

/** After another person has sat down or another day has come back: menus anew, and the sidebar where one is open. */
export async function reopen(): Promise<void> {
  await openFile();
  if (isSidebarOpen.value) await openSidebar();
}
