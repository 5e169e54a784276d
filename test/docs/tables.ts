/** Reads the Markdown of the docs: headings, tables as rows by header, and code blocks. */

export interface Table {
  /** Text of the nearest heading above. */
  readonly heading: string;
  readonly headers: readonly string[];
  /** Cells by header. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const BAR = /(?<!\\)\|/;

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(BAR).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

/** Every table of a text, in order; lines inside code blocks are none. */
export function tablesOf(markdown: string): Table[] {
  const tables: Table[] = [];
  let heading = '';
  let open: { headers: string[]; rows: Record<string, string>[] } | undefined;
  for (const line of withoutCode(markdown).split('\n')) {
    const titled = /^#+ (.*)$/.exec(line)?.[1];
    if (titled !== undefined) heading = titled.trim();
    if (!line.startsWith('|')) open = undefined;
    else if (!open) {
      open = { headers: cellsOf(line), rows: [] };
      tables.push({ heading, ...open });
    } else if (!/^\|[\s|:-]+$/.test(line)) {
      const cells = cellsOf(line);
      open.rows.push(Object.fromEntries(open.headers.map((header, at) => [header, cells[at] ?? ''])));
    }
  }
  return tables;
}

/** The text with its code blocks emptied, so that nothing inside them counts as prose. */
export const withoutCode = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, '');

/** The contents of code blocks of a language, in order. */
export function codeOf(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm);
  return [...blocks].flatMap(([, kind, code]) => (kind === language && code !== undefined ? [code] : []));
}
