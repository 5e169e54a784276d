/** The script's own menus as a menu bar: by mouse, by touch, and by keyboard as menus are used everywhere. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MenuItem, MenuView } from '../grid-types';
import { menus, runItem, runningItem } from './script';

const ITEMS = ':scope > div > [role="menuitem"]';

function step(list: HTMLElement | null, by: number | 'first' | 'last'): void {
  const items = [...(list?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
  const now = items.indexOf(document.activeElement as HTMLElement);
  const next = by === 'first' ? 0 : by === 'last' ? items.length - 1 : (now + by + items.length) % items.length;
  items[next]?.focus();
}

const STEPS: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
};

interface ListProps {
  readonly menu: MenuView;
  readonly label: string;
  /** Everything closes. */
  readonly done: () => void;
  /** This list closes and its opener has the focus again. */
  readonly back: () => void;
}

function SubMenu({ menu, done }: { readonly menu: MenuView; readonly done: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const back = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
  };
  return (
    <div role="none" class="submenu" onMouseLeave={() => setOpen(false)}>
      <button
        ref={opener}
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        onMouseEnter={() => setOpen(true)}
        onKeyDown={keys}
      >
        {menu.caption}
        <span aria-hidden="true" class="arrow">
          ▸
        </span>
      </button>
      {isOpen && <List menu={menu} label={menu.caption} done={done} back={back} />}
    </div>
  );
}

function Item({ item, done }: { readonly item: MenuItem; readonly done: () => void }) {
  if ('separator' in item) return <hr />;
  if ('submenu' in item) return <SubMenu menu={item.submenu} done={done} />;
  const run = () => {
    done();
    void runItem(item.caption, item.functionName);
  };
  return (
    <div role="none">
      <button type="button" role="menuitem" tabIndex={-1} disabled={runningItem.value !== ''} onClick={run}>
        {item.caption}
      </button>
    </div>
  );
}

function List({ menu, label, done, back }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => step(list.current, 'first'), []);
  const keys = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by !== undefined) step(list.current, by);
    else if (event.key === 'Escape' || event.key === 'ArrowLeft') back();
    else if (event.key === 'Tab') return done();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="menu" aria-label={label} class="menu" onKeyDown={keys}>
      {menu.items.map((item, at) => (
        <Item key={String(at)} item={item} done={done} />
      ))}
    </div>
  );
}

function Menu({ menu }: { readonly menu: MenuView }) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return undefined;
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, [isOpen]);
  const caption = menu.caption || 'Rent Ledger';
  return (
    <div ref={box} class="menu-box">
      <button
        ref={opener}
        type="button"
        class="plain-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {caption} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && <List menu={menu} label={caption} done={close} back={close} />}
    </div>
  );
}

export function Menus() {
  return (
    <>
      {menus.value.map((menu, at) => (
        <Menu key={String(at)} menu={menu} />
      ))}
      {runningItem.value !== '' && (
        <span class="quiet" role="status">
          {runningItem.value} is running…
        </span>
      )}
    </>
  );
}
