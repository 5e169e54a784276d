/** The little XML that a SOAP service needs: written as text, read as elements by their local names. Nothing is ever expanded. */
import { fail } from '../../http/faults';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

type Opened = { -readonly [Member in keyof Element]: Element[Member] } & { children: Element[]; readonly tag: string };

const NAME = '[A-Za-z_][\\w.:-]*';
const TOKEN = new RegExp(
  [
    '<!--[\\s\\S]*?-->|<\\?[\\s\\S]*?\\?>|<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>',
    `</(${NAME})\\s*>`,
    `<(${NAME})((?:\\s+[\\w.:-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`,
    '([^<]+)',
  ].join('|'),
  'y',
);
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MAX_DEPTH = 64;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(digits);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** Throws a `malformed` fault for what is no XML. A document type is none of ours and is refused like any other slip. */
export function parseXml(text: string): Element {
  const broken = (): never => fail('malformed', `The answer is not XML: ${text.slice(0, 80) || '(empty)'}`);
  const top: Opened = { name: '', tag: '', attributes: {}, children: [], text: '' };
  const open: Opened[] = [top];
  const body = text.replace(/^\uFEFF/, '');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const [found, data, end, start, rest = '', empty, said] = TOKEN.exec(body) ?? [];
    const parent = open[open.length - 1];
    if (found === undefined || !parent) return broken();
    if (start !== undefined) {
      const attributes: Record<string, string> = {};
      for (const [, name = '', double, single] of rest.matchAll(ATTRIBUTE))
        attributes[local(name)] = plain(double ?? single ?? '');
      const element: Opened = { name: local(start), tag: start, attributes, children: [], text: '' };
      parent.children.push(element);
      if (!empty) open.push(element);
      if (open.length > MAX_DEPTH) return broken();
    } else if (end !== undefined) {
      if (open.length < 2 || open.pop()?.tag !== end) return broken();
    } else parent.text += data ?? (said === undefined ? '' : plain(said));
  }
  const [root] = top.children;
  return root && open.length === 1 && top.children.length === 1 ? root : broken();
}

/** All elements of that name, wherever they stand; not those inside one that was found. */
export function allIn(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : allIn(child, name)));
}

export const firstIn = (element: Element, name: string): Element | undefined => allIn(element, name)[0];

/** The text of the first element of that name; undefined where there is none, or nothing in it. */
export const textIn = (element: Element, name: string): string | undefined =>
  firstIn(element, name)?.text.trim() || undefined;

// Control characters other than tab and line ends cannot stand in XML at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, ' ')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** `<name>text</name>`; nothing for a value that is left out. */
export const el = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${escaped(value)}</${name}>`;
