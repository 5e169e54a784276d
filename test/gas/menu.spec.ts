/** The menu: it is there before anybody has consented, it is short, and every item leads to a function. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { builtBundle } from '../simulation/bundle';
import { bare, OWNER, smallWorld } from '../worlds';
import { handlersOf, type Menu, openedMenu, pathsOf } from './menus';

const CODE = readFileSync(join(builtBundle(), 'Code.js'), 'utf8');
const SERVICES =
  'Sheets Gmail GmailApp MailApp UrlFetchApp PropertiesService CacheService LockService ScriptApp HtmlService ' +
  'ContentService Utilities Session Logger DriveApp CalendarApp CardService';

/** A realm in which every service throws at the first touch; SpreadsheetApp has only its Ui. */
function onlyUi(run: string): { readonly calls: readonly string[]; readonly value: unknown } {
  const calls: string[] = [];
  const forbidden = (name: string) =>
    new Proxy(() => undefined, {
      get: (_target, field) => {
        throw new Error(`You do not have permission to call ${name}.${String(field)}`);
      },
    });
  const ui: object = new Proxy(
    {},
    {
      get:
        (_target, name) =>
        (...args: readonly unknown[]) =>
          note(name, args),
    },
  );
  const note = (name: string | symbol, args: readonly unknown[]) => {
    calls.push([String(name), ...args.filter((arg) => typeof arg === 'string')].join(' '));
    return ui;
  };
  const services = Object.fromEntries(SERVICES.split(' ').map((name) => [name, forbidden(name)]));
  const SpreadsheetApp = new Proxy({ getUi: () => ui }, { get: (target, name) => openOr(target, name) });
  const openOr = (target: { getUi: () => object }, name: string | symbol) => {
    if (name === 'getUi') return target.getUi;
    throw new Error(`You do not have permission to call SpreadsheetApp.${String(name)}`);
  };
  const context = createContext({ ...services, SpreadsheetApp });
  runInContext(CODE, context);
  return { value: runInContext(run, context), calls };
}

describe('the menu', () => {
  it.each(['onOpen', 'onInstall'])('is built by %s with Ui alone, before anybody has consented', (handler) => {
    const { calls } = onlyUi(`${handler}({ authMode: { toString: () => 'NONE' } })`);
    expect(calls).toContain('createAddonMenu');
    expect(calls[calls.length - 1]).toBe('addToUi');
  });

  it('touches no other service in any mode, nor without an event', () => {
    for (const event of ["{ authMode: 'LIMITED' }", "{ authMode: 'FULL' }", ''])
      expect(onlyUi(`onOpen(${event})`).calls).toContain('createMenu Rent Ledger');
  });

  it('opens nothing by itself', () => {
    const world = bare('2026-11-01');
    openedMenu('none', world);
    openedMenu('limited', bare('2026-11-01'));
    expect([world.ui.sidebar, world.ui.dialogs, world.ui.toasts, world.ui.alerts]).toEqual([undefined, [], [], []]);
    expect(onlyUi('onOpen()').calls.filter((call) => /show|alert|prompt/.test(call))).toEqual([]);
  });

  it('stands under Extensions for an installed add-on that this file has not used, and beside Help for our own script', () => {
    expect(openedMenu('none')).toMatchObject({ addon: true });
    expect(openedMenu('limited')).toMatchObject({ addon: false, caption: 'Rent Ledger' });
    expect(openedMenu('none').items).toEqual(openedMenu('limited').items);
  });

  it('is there once, however often the file is opened', () => {
    const world = bare('2026-11-01');
    openedMenu('limited', world);
    expect(openedMenu('limited', world)).toBeDefined();
  });

  it('has at most six items at the top, each a verb in sentence case, none with the name of the add-on', () => {
    const menu = openedMenu('limited');
    expect(menu.items.length).toBeLessThanOrEqual(6);
    const labels = (of: Menu): readonly string[] =>
      of.items.flatMap(({ caption, submenu }) => (submenu ? [submenu.caption, ...labels(submenu)] : [caption ?? '']));
    const verbs = /^(Open|Record|Run|Read|Send|Check|Verify|Repair|Put|Connect|Set)\b( [a-z]+)*$/;
    expect(labels(menu).filter((label) => !verbs.test(label))).toEqual([]);
    expect(labels(menu).join(' ')).not.toMatch(/rent ledger/i);
  });

  it('names only functions that the script has', () => {
    const handlers = handlersOf(openedMenu('limited'));
    expect(handlers).toHaveLength(pathsOf(openedMenu('limited')).length);
    const declared = [...CODE.matchAll(/^function (\w+)\(/gm)].map(([, name]) => name);
    expect(handlers.filter((name) => !declared.includes(name))).toEqual([]);
  });
});

describe('a trigger', () => {
  it('leads to a function that the script has', () => {
    const handlers = smallWorld({ on: '2026-12-01' }).triggers.map(({ handler }) => handler);
    expect(handlers).toEqual(expect.arrayContaining(['poll', 'tick', 'edited']));
    for (const handler of handlers) expect(CODE).toContain(`\nfunction ${handler}(`);
  });
});

describe('a menu item', () => {
  const world = smallWorld({ on: '2026-12-01' });
  const press = (handler: string) => {
    const pressed = world.clone();
    const run = pressed.run(handler, [], { user: OWNER });
    expect(run.error).toBeUndefined();
    return pressed;
  };
  const sidebarOf = (handler: string) =>
    press(handler).ui.sidebar as { readonly content: string; readonly title: string };

  it.each([
    ['menuSidebar', 'today'],
    ['menuRecord', 'record'],
    ['menuConnections', 'connections'],
    ['menuWizard', 'setup'],
  ])('%s opens the sidebar at the screen %s', (handler, screen) => {
    const { content, title } = sidebarOf(handler);
    expect(title).toBe('Rent Ledger');
    expect(content.match(/<body[^>]*>/g)?.[0]).toBe(`<body data-screen="${screen}">`);
    const file = readFileSync(join(builtBundle(), 'sidebar.html'), 'utf8');
    expect(content.replace(/<body\b[^>]*>/, '')).toBe(file.replace(/<body\b[^>]*>/, ''));
  });

  it.each([
    ['menuDaily', 'Daily run'],
    ['menuPoll', 'Poll'],
    ['menuDeliver', 'Sending'],
    ['menuVerify', 'Verify'],
    ['menuSetUp', 'Set up'],
  ])('%s answers with a toast', (handler, title) => {
    const { toasts } = press(handler).ui;
    expect(toasts[toasts.length - 1]).toMatchObject({ title, seconds: 8 });
  });
});
