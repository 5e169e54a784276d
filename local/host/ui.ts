/** What people see of the script in the spreadsheet: menus, sidebars, dialogs, toasts, and the answers they give. */
import { GoogleError } from './errors';
import type { Execution } from './execution';

/** Only a person's own execution has a window to show something in. */
function hasWindow(execution: Execution): boolean {
  const { trigger } = execution.options;
  return (
    trigger === undefined || trigger === 'sidebar' || trigger === 'open' || trigger === 'edit' || trigger === 'install'
  );
}

/** A menu that is added again takes the place of the one with its name. */
const captionOf = (menu: unknown) => (menu as { readonly caption?: unknown }).caption;

/** Answers one call of the spreadsheet's user interface. Throws Google's text where there is no window. */
export function serveUi(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { ui } = execution.machine.state;
  const isShown = hasWindow(execution);
  // A toast that nobody could see is no error.
  if (!isShown && method === 'toast') return undefined;
  if (!isShown) throw new GoogleError('Cannot call SpreadsheetApp.getUi() from this context.');
  switch (method) {
    case 'getUi':
      return undefined;
    case 'addMenu':
      ui.menus = [...ui.menus.filter((menu) => captionOf(menu) !== captionOf(args[0])), args[0]];
      return undefined;
    case 'showSidebar':
      ui.sidebar = args[0];
      return undefined;
    case 'showDialog':
      ui.dialogs.push(args[0]);
      return undefined;
    case 'toast':
      ui.toasts.push(args[0]);
      return undefined;
    case 'alert':
    case 'prompt':
      return answered(execution, method, args);
    default:
      throw new GoogleError(`Ui.${method} is not offered by the local host.`);
  }
}

/** A dialog drops its execution's locks; the person presses what the world was told, or closes it. */
function answered(execution: Execution, kind: 'alert' | 'prompt', args: readonly unknown[]): unknown {
  const { ui } = execution.machine.state;
  ui.alerts.push({ kind, text: args });
  for (const name of execution.locks) execution.machine.locks.delete(name);
  execution.locks.clear();
  return ui.answers.shift() ?? { button: 'CLOSE' };
}
