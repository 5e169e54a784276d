/** The menu that a person finds when they open the file, as the built bundle makes it. */
import { bare, type World } from '../worlds';

export interface Item {
  readonly caption?: string;
  readonly functionName?: string;
  readonly submenu?: Menu;
}

export interface Menu {
  readonly caption: string;
  readonly addon: boolean;
  readonly items: readonly Item[];
}

/** Opens the file in a spreadsheet where nothing has been set up. Throws when that fails or gives no menu of one's own. */
export function openedMenu(mode: 'none' | 'limited', world: World = bare('2026-11-01')): Menu {
  const [opened, ...others] = world.visit(world.owner, mode);
  if (!opened?.ok || others.length > 0) throw new Error(JSON.stringify(opened?.error ?? others));
  const [menu, ...more] = world.ui.menus as readonly Menu[];
  if (!menu || more.length > 0) throw new Error(`${more.length} menus too many`);
  return menu;
}

/** `Rent Ledger > Check > Repair`, in the order of the menu. */
export const pathsOf = (menu: Menu, above: readonly string[] = []): readonly string[] =>
  menu.items.flatMap(({ caption = '', submenu }) =>
    submenu ? pathsOf(submenu, [...above, menu.caption]) : [[...above, menu.caption, caption].join(' > ')],
  );

export const handlersOf = (menu: Menu): readonly string[] =>
  menu.items.flatMap(({ functionName, submenu }) => (submenu ? handlersOf(submenu) : [functionName ?? '']));
