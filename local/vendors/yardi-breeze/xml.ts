/** XML as a SOAP service reads and writes it: elements with namespaces, attributes and text; no document types, no processing. */

export interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** All text right under it, joined. */
  readonly text: string;
}

export class XmlError extends Error {}

interface Open {
  readonly tag: string;
  readonly spaces: Readonly<Record<string, string>>;
  readonly element: { name: string; namespace: string; attributes: Record<string, string>; text: string };
  readonly children: Element[];
}

const NAME = '[A-Za-z_][\\w.:-]*';
const TOKEN = new RegExp(
  [
    '<!--(?:(?!--)[^])*-->',
    '<!\\[CDATA\\[(?<data>[^]*?)\\]\\]>',
    '<\\?[^]*?\\?>',
    `</(?<end>${NAME})\\s*>`,
    `<(?<start>${NAME})(?<rest>(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+)?;?/gi, (all, name: string | undefined) => {
    if (!name || !all.endsWith(';')) throw new XmlError(`${all} is no reference.`);
    if (name.startsWith('#'))
      return String.fromCodePoint(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
    const value = ENTITIES[name];
    if (value === undefined) throw new XmlError(`The entity ${name} is not declared.`);
    return value;
  });
}

/** Throws an XmlError for what is not well-formed. */
export function parsed(text: string): Element {
  const open: Open[] = [];
  let root: Element | undefined;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw new XmlError(`The markup at position ${at} is not well-formed.`);
    const top = open.at(-1);
    if (groups.start !== undefined) {
      if (root) throw new XmlError('There are two root elements.');
      open.push(opened(groups.start, groups.rest ?? '', top));
      if (groups.empty) root = closed(open);
    } else if (groups.end !== undefined) {
      if (top?.tag !== groups.end) throw new XmlError(`The end tag ${groups.end} does not match ${top?.tag}.`);
      root = closed(open);
    } else if (groups.data !== undefined || groups.text !== undefined) {
      const said = groups.data ?? unescaped(groups.text ?? '');
      if (top) top.element.text += said;
      else if (said.replace(/^\uFEFF/, '').trim() !== '')
        throw new XmlError('There is text outside of the root element.');
    }
  }
  if (!root || open.length > 0) throw new XmlError('The root element is missing or not closed.');
  return root;
}

function opened(tag: string, rest: string, parent: Open | undefined): Open {
  const spaces: Record<string, string> = { ...parent?.spaces };
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of rest.matchAll(ATTRIBUTE)) {
    const value = unescaped(double ?? single ?? '');
    const [, prefix] = /^xmlns(?::(.+))?$/.exec(name) ?? [];
    if (name === 'xmlns' || prefix !== undefined) spaces[prefix ?? ''] = value;
    else if (name in attributes) throw new XmlError(`The attribute ${name} is there twice.`);
    else attributes[name] = value;
  }
  const [prefix, name] = tag.includes(':') ? tag.split(':', 2) : ['', tag];
  const namespace = spaces[prefix!] ?? '';
  if (prefix !== '' && namespace === '') throw new XmlError(`The prefix ${prefix} is not declared.`);
  return { tag, spaces, element: { name: name!, namespace, attributes, text: '' }, children: [] };
}

/** Takes the innermost element off; what it gives is the root when it was the last. */
function closed(open: Open[]): Element | undefined {
  const { element, children } = open.pop()!;
  const done = { ...element, children };
  const parent = open.at(-1);
  if (!parent) return done;
  parent.children.push(done);
  return undefined;
}

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

type Content = string | number | readonly (string | undefined)[] | undefined;

/** An element as text. Text content is escaped; a list holds elements that are written already, and gaps. */
export function xml(name: string, content: Content, attributes: Readonly<Record<string, string>> = {}): string {
  const said = Object.entries(attributes).map(([each, value]) => ` ${each}="${escaped(value)}"`);
  const inner = Array.isArray(content) ? content.join('') : escaped(String(content ?? ''));
  const start = `<${name}${said.join('')}`;
  return inner === '' ? `${start} />` : `${start}>${inner}</${name}>`;
}

/** The same, or nothing where there is no content. */
export const xmlIf = (name: string, content: string | undefined | null): string | undefined =>
  content === undefined || content === null ? undefined : xml(name, content);

export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((one) => one.name === name);
