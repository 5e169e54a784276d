/** Menus, dialogs and sidebars of SpreadsheetApp.getUi(), recorded by the host. */
import { call } from './bridge';
import { type EnumValue, enumeration } from './enums';
import { HtmlOutput } from './html-service';
import { isString, isTextLike, mismatch, requireArgs } from './types-of';

const Button = enumeration('CLOSE', 'OK', 'CANCEL', 'YES', 'NO');
const ButtonSet = enumeration('OK', 'OK_CANCEL', 'YES_NO', 'YES_NO_CANCEL');

type MenuItem =
  | { readonly caption: string; readonly functionName: string }
  | { readonly separator: true }
  | { readonly submenu: MenuShape };

interface MenuShape {
  readonly caption: string;
  readonly addon: boolean;
  readonly items: readonly MenuItem[];
}

class Menu {
  private readonly items: MenuItem[] = [];

  constructor(
    private readonly caption: string,
    private readonly addon: boolean,
  ) {}

  addItem(caption: unknown, functionName: unknown): this {
    requireArgs('SpreadsheetApp.Menu.addItem', [caption, functionName], isTextLike, isString);
    this.items.push({ caption: String(caption), functionName: String(functionName) });
    return this;
  }

  addSeparator(): this {
    this.items.push({ separator: true });
    return this;
  }

  addSubMenu(menu: unknown): this {
    if (!(menu instanceof Menu)) throw mismatch([menu], 'SpreadsheetApp.Menu.addSubMenu');
    this.items.push({ submenu: menu.describe() });
    return this;
  }

  describe(): MenuShape {
    return { caption: this.caption, addon: this.addon, items: this.items };
  }

  addToUi(): void {
    call('Ui', 'addMenu', [this.describe()]);
  }

  toString(): string {
    return 'Menu';
  }
}

class PromptResponse {
  constructor(
    private readonly button: EnumValue,
    private readonly response: string,
  ) {}

  getSelectedButton(): EnumValue {
    return this.button;
  }
  getResponseText(): string {
    return this.response;
  }
  toString(): string {
    return 'PromptResponse';
  }
}

interface Answer {
  readonly button: keyof typeof Button;
  readonly text?: string;
}

interface Asked {
  readonly title: string;
  readonly prompt: string;
  readonly buttons: string;
}

/** `(prompt)`, `(prompt, buttons)` or `(title, prompt, buttons)`. */
function asked(args: readonly unknown[], method: string): Asked {
  const isSet = (value: unknown) => Object.values(ButtonSet).includes(value as EnumValue);
  const [first, second, third] = args;
  if (args.length === 1 && isTextLike(first)) return { title: '', prompt: String(first), buttons: 'OK' };
  if (args.length === 2 && isTextLike(first) && isSet(second)) {
    return { title: '', prompt: String(first), buttons: String(second) };
  }
  if (args.length === 3 && isTextLike(first) && isTextLike(second) && isSet(third)) {
    return { title: String(first), prompt: String(second), buttons: String(third) };
  }
  throw mismatch(args, `SpreadsheetApp.Ui.${method}`);
}

function page(html: unknown, method: string): object {
  if (!(html instanceof HtmlOutput)) throw mismatch([html], `SpreadsheetApp.Ui.${method}`);
  return html.describe();
}

export class Ui {
  readonly Button = Button;
  readonly ButtonSet = ButtonSet;

  createMenu(caption: unknown): Menu {
    requireArgs('SpreadsheetApp.Ui.createMenu', [caption], isTextLike);
    return new Menu(String(caption), false);
  }

  /** The add-on's own menu; its caption is the add-on's name, which the host knows. */
  createAddonMenu(): Menu {
    return new Menu('', true);
  }

  alert(...args: readonly unknown[]): EnumValue {
    const answer = call('Ui', 'alert', [asked(args, 'alert')]) as Answer;
    return Button[answer.button];
  }

  prompt(...args: readonly unknown[]): PromptResponse {
    const answer = call('Ui', 'prompt', [asked(args, 'prompt')]) as Answer;
    return new PromptResponse(Button[answer.button], answer.text ?? '');
  }

  showSidebar(html: unknown): void {
    call('Ui', 'showSidebar', [page(html, 'showSidebar')]);
  }

  showModalDialog(html: unknown, title: unknown): void {
    call('Ui', 'showDialog', [{ ...page(html, 'showModalDialog'), title: String(title), modal: true }]);
  }

  showModelessDialog(html: unknown, title: unknown): void {
    call('Ui', 'showDialog', [{ ...page(html, 'showModelessDialog'), title: String(title), modal: false }]);
  }

  toString(): string {
    return 'Ui';
  }
}

/** @throws `Cannot call SpreadsheetApp.getUi() from this context.` where nobody looks at the spreadsheet */
export function getUi(): Ui {
  call('Ui', 'getUi');
  return new Ui();
}
