/** The HTML part of a mail: one column, inline styles, no image, one button; made from the same pieces as the text. */
import type { Piece, Row } from './message-pieces';
import { tidy } from './message-pieces';

/** What buttons and links say. */
export interface Labels {
  readonly payButton: string;
  readonly accountLink: string;
}

export interface HtmlParts extends Labels {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly body: readonly Piece[];
  readonly footer: readonly Piece[];
}

const FONT = 'font-family:Roboto,Arial,sans-serif';
const TEXT = '#202124';
const QUIET = '#5f6368';
const LINE = '#dadce0';
/** A long word or address breaks before it pushes the amounts off a phone. */
const WRAP = 'overflow-wrap:anywhere;word-break:break-word';
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur', 'yi'];

// Mail programs that know the dark scheme get colours with the same contrast; the others keep the inline light ones.
const DARK = [
  '@media (prefers-color-scheme:dark){.p{background:#202124!important}',
  '.t{color:#e8eaed!important}.q{color:#9aa0a6!important}.r{border-color:#3c4043!important}',
  '.b{background:#a8c7fa!important;color:#062e6f!important}}',
].join('');

/** A value or a word of the template, safe between tags and in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The whole document. Every text goes through {@link escapeHtml}; nothing of a template or a value is ever markup. */
export function htmlPage({ language, title, body, footer, ...words }: HtmlParts): string {
  const direction = RIGHT_TO_LEFT.includes(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
  const table = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  return [
    `<!doctype html><html lang="${escapeHtml(language)}" dir="${direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(title)}</title><style>${DARK}</style></head>`,
    '<body class="p" style="margin:0;padding:0;background:#ffffff">',
    `${table} class="p" style="background:#ffffff"><tr><td align="center" style="padding:16px">`,
    `${table} style="max-width:560px">`,
    `<tr><td class="t" style="${FONT};font-size:16px;line-height:24px;color:${TEXT};text-align:start;${WRAP}">`,
    blocks(body, words, true),
    '</td></tr>',
    `<tr><td class="q r" style="${FONT};font-size:13px;line-height:20px;color:${QUIET};${WRAP};`,
    `border-top:1px solid ${LINE};padding-top:16px;text-align:start">`,
    blocks(footer, words, false),
    '</td></tr></table></td></tr></table></body></html>',
  ].join('\n');
}

/** Text runs between buttons and tables become paragraphs; the first one is the line that inboxes preview. */
function blocks(pieces: readonly Piece[], words: Labels, lead: boolean): string {
  const out: string[] = [];
  let [run, leads, buttons] = ['', lead, 0];
  const flush = (next?: Piece['kind']) => {
    const paragraphs = paragraphsOf(run);
    run = '';
    paragraphs.forEach((paragraph, at) => {
      const below = at === paragraphs.length - 1 ? next : undefined;
      out.push(paragraphHtml(paragraph, leads ? 'lead' : roleAbove(paragraph, below)));
      leads = false;
    });
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') run += piece.text;
    else if (piece.kind === 'link' && buttons++ > 0) run += piece.url;
    else {
      flush(piece.kind);
      out.push(blockHtml(piece, words));
    }
  }
  flush();
  return out.join('\n');
}

function blockHtml(piece: Exclude<Piece, { readonly kind: 'text' }>, words: Labels): string {
  if (piece.kind === 'rows') return tableHtml(piece.rows, piece.more);
  if (piece.kind === 'link') return buttonHtml(piece.url, words.payButton);
  return anchorHtml(piece.url, piece.kind === 'account' ? words.accountLink : piece.url);
}

const anchorHtml = (url: string, label: string): string =>
  `<p style="${ROLES.text}"><a class="t" href="${escapeHtml(url)}" style="color:#0b57d0">${escapeHtml(label)}</a></p>`;

type Role = 'lead' | 'heading' | 'above' | 'text';

/** What ends in a colon belongs to what stands below it: a list gets it as its heading, a button as its caption. */
function roleAbove(paragraph: string, below: Piece['kind'] | undefined): Role {
  if (below === undefined || !/[:：]$/.test(paragraph)) return 'text';
  return below === 'rows' && !paragraph.includes('\n') ? 'heading' : 'above';
}

function paragraphsOf(text: string): string[] {
  // A full stop that stood behind the link is nothing to read on a line of its own.
  return tidy(text)
    .split(/\n\n+/)
    .map((each) => each.trim())
    .filter((each) => !/^[\s.,;:!)\]]*$/.test(each));
}

const ROLES: Readonly<Record<Role, string>> = {
  lead: 'margin:0 0 16px;font-size:18px;font-weight:bold',
  heading: 'margin:24px 0 4px;font-weight:bold',
  above: 'margin:0 0 8px',
  text: 'margin:0 0 16px',
};

/** In French a blank stands before a colon, which must not begin a line. */
const together = (text: string): string => text.replace(/ (?=[:;?!»])/g, '\u00a0');

const paragraphHtml = (text: string, role: Role): string =>
  `<p style="${ROLES[role]}">${escapeHtml(together(text)).replace(/\n/g, '<br>\n')}</p>`;

function buttonHtml(url: string, label: string): string {
  const cell = 'border-radius:24px;background:#0b57d0';
  const size = 'display:inline-block;padding:12px 28px;font-size:16px;line-height:24px;font-weight:bold';
  const link = `${FONT};${size};color:#ffffff;text-decoration:none;border-radius:24px`;
  return [
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">',
    `<tr><td class="b" bgcolor="#0b57d0" style="${cell}">`,
    `<a class="b" href="${escapeHtml(url)}" style="${link}">${escapeHtml(label)}</a></td></tr></table>`,
  ].join('');
}

function tableHtml(rows: readonly Row[], more: number): string {
  const lines = rows.map((row) => rowHtml(cellsOf(row)));
  if (more > 0) lines.push(rowHtml([{ text: `… + ${more}`, field: undefined, bare: false }]));
  const table = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  return `${table} style="margin:0 0 16px">${lines.join('\n')}</table>`;
}

interface Cell {
  readonly text: string;
  readonly field: string | undefined;
  /** Nothing but the value of its field. */
  readonly bare: boolean;
}

const CELL = `border-top:1px solid ${LINE};padding:8px 0;vertical-align:top`;

/** What a row is about, the rest of it below in quiet letters, and its amount at the end of the line: a phone has room for two columns. */
function rowHtml(cells: readonly Cell[]): string {
  const said = cells.filter((cell) => cell.text.trim() !== '');
  const words = said.filter((cell) => cell.field !== 'amount');
  const [first, ...rest] = words.length > 0 ? words : said;
  if (first === undefined) return '';
  const amount = words.length > 0 ? said.filter((cell) => cell.field === 'amount') : [];
  const below = rest.map((cell) => cell.text.trim()).join(' · ');
  const quiet =
    below === '' ? '' : `<br><span class="q" style="font-size:14px;color:${QUIET}">${escapeHtml(below)}</span>`;
  const label = `<td class="r" style="${CELL}">${escapeHtml(first.text.trim())}${quiet}</td>`;
  return `<tr>${label}${amountHtml(amount)}</tr>`;
}

/** An amount stays on its line, unless a person wrote words around it. */
function amountHtml(cells: readonly Cell[]): string {
  if (cells.length === 0) return '';
  const style = `${CELL};padding-left:16px;text-align:end${cells.every((cell) => cell.bare) ? ';white-space:nowrap' : ''}`;
  return `<td class="r" style="${style}">${escapeHtml(cells.map((cell) => cell.text.trim()).join(' '))}</td>`;
}

const SAYS_SOMETHING = /[\p{L}\p{N}\p{Sc}]/u;

/**
 * One cell per field of the row. The template's own words go with the field that follows them, those at the end with
 * the last; dashes and commas between fields are what the table's columns stand for and fall away.
 */
function cellsOf(row: Row): Cell[] {
  const cells: Cell[] = [];
  let words = '';
  for (const part of row) {
    if (part.field === undefined) words += part.text.replace(/\s+/g, ' ');
    else {
      const before = SAYS_SOMETHING.test(words) ? words.replace(/^[^\p{L}\p{N}\p{Sc}]+/u, '') : '';
      cells.push({ text: before + part.text, field: part.field, bare: before === '' });
      words = '';
    }
  }
  const last = cells.pop();
  if (!SAYS_SOMETHING.test(words)) return last === undefined ? [] : [...cells, last];
  return [...cells, { text: (last?.text ?? '') + words.trimEnd(), field: last?.field, bare: false }];
}
