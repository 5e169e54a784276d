/** Builds dist/: Code.js for Apps Script, its pages and its manifest; refuses what Google could not run. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { checkBundle, READABLE_BYTES } from './tools/check-bundle.mjs';
import { packagesIn, pageNotices, scriptNotices } from './tools/licences.mjs';
import { buildPages } from './tools/pages.mjs';

const ROOT = dirname(fileURLToPath(import.meta.url));
const TARGET = { target: 'es2020', charset: 'utf8', logLevel: 'silent' };

/**
 * Top-level `function onOpen(e) {}` stubs for the `global.onOpen = …` lines: Google finds triggers, menus and custom
 * functions by their declarations, and the bundle replaces them when it loads. The generator is the one inside
 * gas-webpack-plugin (whose own entry needs webpack). TypeScript strips the types because esbuild would drop the JSDoc.
 */
function entryStubs(root) {
  const require = createRequire(import.meta.url);
  const inside = createRequire(require.resolve('gas-webpack-plugin/package.json'));
  const source = readFileSync(join(root, 'src/entrypoints.ts'), 'utf8');
  const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  return inside('gas-entry-generator').generate(outputText, { comment: true }).entryPointFunctions;
}

async function buildCode(root, define) {
  const result = await esbuild.build({
    ...TARGET,
    entryPoints: ['src/entrypoints.ts'],
    absWorkingDir: root,
    write: false,
    metafile: true,
    bundle: true,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['browser', 'module', 'main'],
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define,
  });
  const body = result.outputFiles[0].text;
  const head = `var global = this;\n${entryStubs(root)}\n`;
  const packages = packagesIn(result.metafile, root);
  const foot = scriptNotices(packages);
  const readable = head + body + foot;
  if (Buffer.byteLength(readable) <= READABLE_BYTES) return { readable, code: readable, packages };
  // Above the limit names are shortened too: load time counts at every trigger, and the readable source is the repository.
  const options = { ...TARGET, minify: true, legalComments: 'none' };
  const { code } = await esbuild.transform(body, options);
  return { readable, code: head + code + foot, packages };
}

/** Writes beside the target and renames, so a reader never sees half a file; dated `at`, when reading the sources began. */
function publish(out, files, at) {
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(out)) {
    // Pages that are gone, and what clasp pulls; never another build's drafts.
    if (/\.(html|js|gs|json)$/.test(name) && !(name in files)) rmSync(join(out, name));
  }
  for (const [name, text] of Object.entries(files)) {
    const draft = join(out, `${name}.${process.pid}`);
    writeFileSync(draft, text);
    utimesSync(draft, at, at);
    renameSync(draft, join(out, name));
  }
}

/**
 * Builds and checks the add-on of `root` into `out`. Resolves to `{ files, entries, bytes, unused }`: written names,
 * entry points, size of Code.js, and scopes that nothing needs. Rejects with every problem found, writing nothing.
 */
export async function build({ root = ROOT, out = join(root, 'dist') } = {}) {
  const at = new Date();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const define = { __VERSION__: JSON.stringify(version) };
  const [{ readable, code, packages }, built] = await Promise.all([buildCode(root, define), buildPages(root, define)]);
  const pages = Object.fromEntries(
    built.map(({ name, html, metafile }) => [name, `${html.trimEnd()}\n${pageNotices(packagesIn(metafile, root))}`]),
  );
  const manifest = readFileSync(join(root, 'appsscript.json'), 'utf8');
  const bytes = Buffer.byteLength(code);
  const found = checkBundle({ code: readable, size: bytes, manifest: JSON.parse(manifest), pages, packages });
  if (found.problems.length > 0) throw new Error(found.problems.map((each) => `bundle: ${each}`).join('\n'));
  const files = { 'Code.js': code, 'appsscript.json': manifest, ...pages };
  publish(out, files, at);
  return { files: Object.keys(files), entries: found.entries, bytes, unused: found.unused };
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : resolve(process.argv[at + 1]);
}

async function main() {
  const root = option('--root') ?? ROOT;
  const { files, entries, bytes, unused } = await build({ root, out: option('--out') });
  for (const each of unused) console.log(`note: ${each}`);
  console.log(`built ${files.join(', ')}: ${entries.length} entry points, ${Math.ceil(bytes / 1024)} KB`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
