/** Scriptlets of a template: `<? code ?>`, `<?= escaped for its place ?>` and `<?!= as it is ?>`. */

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for the body of a page or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML[character] ?? character);
}

const hex = (character: string, width: number) => character.charCodeAt(0).toString(16).padStart(width, '0');

/** Text for the inside of a JavaScript string. */
function escapeScript(text: string): string {
  return text.replace(/[^\w .,:;@#%*()[\]{}|^~!?$+=-]/g, (character) =>
    character.charCodeAt(0) < 256 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`,
  );
}

/** A value that stands alone in a script becomes a literal that cannot close the element. */
function literal(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${hex(character, 4)}`);
}

const SAFE_SCHEME = /^(https?:|mailto:|tel:|[^:]*$|[/?#.])/i;

/** An address attribute takes no scheme that could run code. */
function escapeUrl(text: string): string {
  return escapeHtml(SAFE_SCHEME.test(text.trim()) ? text : '#unsafe');
}

type Place = 'text' | 'url' | 'script' | 'script-string';

/** An odd number of unescaped quotes before the place means that it lies in a string. */
function isInString(script: string): boolean {
  const bare = script.replace(/\\./g, '').replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');
  let open = '';
  for (const character of bare) {
    if (open === '' && /["'`]/.test(character)) open = character;
    else if (character === open || (character === '\n' && open !== '`')) open = '';
  }
  return open !== '';
}

/** Where in the page the text before a scriptlet ends. */
export function placeAfter(html: string): Place {
  const start = html.search(/<script\b[^>]*>(?![\s\S]*<\/script)/i);
  if (start >= 0) return isInString(html.slice(html.indexOf('>', start) + 1)) ? 'script-string' : 'script';
  return /\s(href|src|action|formaction)\s*=\s*["']?$/i.test(html) ? 'url' : 'text';
}

/** The value as that place of the page may hold it. */
export function escapeFor(place: Place, value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  if (place === 'script') return literal(value);
  if (place === 'script-string') return escapeScript(text);
  return place === 'url' ? escapeUrl(text) : escapeHtml(text);
}

/** The template as code that writes its page. */
function compile(source: string): string {
  const code: string[] = [];
  let html = '';
  for (const piece of source.split(/(<\?(?:!?=)?[\s\S]*?\?>)/)) {
    const scriptlet = /^<\?(!?=)?([\s\S]*?)\?>$/.exec(piece);
    if (scriptlet === null) {
      html += piece;
      code.push(`$write(${JSON.stringify(piece)});`);
      continue;
    }
    const [, kind, body = ''] = scriptlet;
    if (kind === undefined) code.push(`${body}\n`);
    else if (kind === '!=') code.push(`$write(${body});`);
    else code.push(`$write($escape(${JSON.stringify(placeAfter(html))}, (${body})));`);
    // A value inside a string or an attribute leaves the place as it was.
    if (kind !== undefined) html += 'x';
  }
  return `with ($fields) {${code.join('')}}`;
}

/** The page that the template makes with these fields as variables. */
export function fill(source: string, fields: object): string {
  let page = '';
  const write = (text: unknown) => {
    page += text === null || text === undefined ? '' : String(text);
  };
  // Scriptlets are code of the app's own files and run as on Google: by evaluation, with the fields in scope.
  const run = new Function('$fields', '$write', '$escape', compile(source));
  run(fields, write, escapeFor);
  return page;
}
