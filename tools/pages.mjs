/** Builds the add-on's HTML pages: every script and style of a page inlined into one self-contained file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const SCRIPT = /[ \t]*<script\b[^>]*\bsrc="([^":]+)"[^>]*>\s*<\/script>\n?/g;
const STYLE = /[ \t]*<link\b[^>]*\bhref="([^":]+\.css)"[^>]*>\n?/g;

/** `index.html` is the manager's sidebar; other pages keep their names. */
const outputName = (file) => (file === 'index.html' ? 'sidebar.html' : file);

/** A text inside a script element must not end it; outside of strings `</script` and `<!--` cannot occur in good code. */
const inScript = (code) => code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

async function bundle(folder, entries, root, define) {
  const result = await build({
    entryPoints: entries.map((entry) => join(folder, entry)),
    absWorkingDir: root,
    outdir: join(root, 'out'),
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.png': 'dataurl' },
    define,
    logLevel: 'silent',
  });
  const textOf = (end) =>
    result.outputFiles.filter((file) => file.path.endsWith(end)).map((file) => file.text.trimEnd());
  return { scripts: textOf('.js'), styles: textOf('.css'), metafile: result.metafile };
}

/** One page: styles at the end of the head, scripts at the end of the body (they run where they stand, so last). */
async function buildPage(folder, file, root, define) {
  const html = readFileSync(join(folder, file), 'utf8');
  const entries = [SCRIPT, STYLE].flatMap((pattern) => [...html.matchAll(pattern)].map((match) => match[1]));
  if (entries.length === 0) return { name: outputName(file), html, metafile: { inputs: {} } };
  const { scripts, styles, metafile } = await bundle(folder, entries, root, define);
  const style = styles.map((text) => `<style>${text}</style>\n`).join('');
  const script = scripts.map((text) => `<script>${inScript(text)}</script>\n`).join('');
  const bare = html.replace(SCRIPT, '').replace(STYLE, '');
  for (const tag of ['</head>', '</body>']) if (!bare.includes(tag)) throw new Error(`sidebar/${file} has no ${tag}`);
  // Functions as replacements: in a plain string `$&` of the code would be expanded.
  const whole = bare.replace('</head>', () => `${style}</head>`).replace('</body>', () => `${script}</body>`);
  return { name: outputName(file), html: whole, metafile };
}

/** Every page of `sidebar/*.html`, in name order; none when the folder has no page. */
export async function buildPages(root, define) {
  const folder = join(root, 'sidebar');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.html'));
  return Promise.all(files.sort().map((file) => buildPage(folder, file, root, define)));
}
