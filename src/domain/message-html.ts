/** The HTML part of a mail: one column, inline styles, no image, one button; made from the same pieces as the text. */
import type { Piece, Row } from './message-pieces';
import { tidy } from './message-pieces';

export interface HtmlParts {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly body: readonly Piece[];
  readonly footer: readonly Piece[];
  readonly payButton: string;
}

const FONT = 'font-family:Roboto,Arial,sans-serif';
const TEXT = '#202124';
const QUIET = '#5f6368';
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur', 'yi'];

// Mail programs that know the dark scheme get colours with the same contrast; the others keep the inline light ones.
const DARK = [
  '@media (prefers-color-scheme:dark){.p{background:#202124!important}',
  '.t{color:#e8eaed!important}.q{color:#9aa0a6!important}}',
].join('');

/** A value or a word of the template, safe between tags and in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The whole document. Every text goes through {@link escapeHtml}; nothing of a template or a value is ever markup. */
export function htmlPage({ language, title, body, footer, payButton }: HtmlParts): string {
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
    `<tr><td class="t" style="${FONT};font-size:16px;line-height:24px;color:${TEXT};text-align:start">`,
    blocks(body, payButton, true),
    '</td></tr>',
    `<tr><td class="q" style="${FONT};font-size:13px;line-height:20px;color:${QUIET};`,
    'border-top:1px solid #dadce0;padding-top:16px;text-align:start">',
    blocks(footer, payButton, false),
    '</td></tr></table></td></tr></table></body></html>',
  ].join('\n');
}

/** Text runs between buttons and tables become paragraphs; the first one is the line that inboxes preview. */
function blocks(pieces: readonly Piece[], payButton: string, lead: boolean): string {
  const out: string[] = [];
  let [run, leads, buttons] = ['', lead, 0];
  const flush = () => {
    const paragraphs = paragraphsOf(run);
    run = '';
    paragraphs.forEach((paragraph) => {
      out.push(paragraphHtml(paragraph, leads));
      leads = false;
    });
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') run += piece.text;
    else if (piece.kind === 'link' && buttons++ > 0) run += piece.url;
    else {
      flush();
      out.push(piece.kind === 'link' ? buttonHtml(piece.url, payButton) : tableHtml(piece.rows, piece.more));
    }
  }
  flush();
  return out.join('\n');
}

function paragraphsOf(text: string): string[] {
  // A full stop that stood behind the link is nothing to read on a line of its own.
  return tidy(text)
    .split(/\n\n+/)
    .map((each) => each.trim())
    .filter((each) => !/^[\s.,;:!)\]]*$/.test(each));
}

function paragraphHtml(text: string, lead: boolean): string {
  const style = `margin:0 0 16px${lead ? ';font-size:18px;font-weight:bold' : ''}`;
  return `<p style="${style}">${escapeHtml(text).replace(/\n/g, '<br>\n')}</p>`;
}

function buttonHtml(url: string, label: string): string {
  const cell = 'border-radius:20px;background:#0b57d0';
  const size = 'display:inline-block;padding:12px 24px;font-size:16px;line-height:24px';
  const link = `${FONT};${size};color:#ffffff;text-decoration:none`;
  return [
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">',
    `<tr><td bgcolor="#0b57d0" style="${cell}">`,
    `<a href="${escapeHtml(url)}" style="${link}">${escapeHtml(label)}</a></td></tr></table>`,
  ].join('');
}

function tableHtml(rows: readonly Row[], more: number): string {
  const lines = rows.map((row) => `<tr>${cellsOf(row).map(cellHtml).join('')}</tr>`);
  if (more > 0) lines.push(`<tr>${cellHtml({ text: `… + ${more}`, field: undefined })}</tr>`);
  const table = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  return `${table} style="margin:0 0 16px">${lines.join('\n')}</table>`;
}

interface Cell {
  readonly text: string;
  readonly field: string | undefined;
}

function cellHtml({ text, field }: Cell): string {
  const money = field === 'amount' ? ';text-align:end;white-space:nowrap' : '';
  return `<td style="padding:6px 8px 6px 0${money}">${escapeHtml(text)}</td>`;
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
      cells.push({ text: before + part.text, field: part.field });
      words = '';
    }
  }
  const last = cells.pop();
  if (!SAYS_SOMETHING.test(words)) return last === undefined ? [] : [...cells, last];
  return [...cells, { text: (last?.text ?? '') + words.trimEnd(), field: last?.field }];
}
