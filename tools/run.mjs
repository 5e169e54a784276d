/** Runs a TypeScript program of the repo: `node tools/run.mjs FILE args...`, with a fresh dist/ and a cached bundle. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const ROOT = join(dirname(SELF), '..');
const CACHE = join(ROOT, '.cache');

/** What dist/ is made of; a folder counts with all it holds. */
const DIST_SOURCES = ['src', 'sidebar', 'tools', 'appsscript.json', 'esbuild.config.mjs', 'package.json'];

/** Milliseconds of the youngest file under a path; folders count too, because a deletion changes only the folder. */
function youngest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => youngest(join(path, name))));
}

function distIsFresh() {
  const built = ['Code.js', 'appsscript.json'].map((name) =>
    statSync(join(ROOT, 'dist', name), { throwIfNoEntry: false }),
  );
  if (built.some((stat) => stat === undefined)) return false;
  const oldest = Math.min(...built.map((stat) => stat.mtimeMs));
  return DIST_SOURCES.every((name) => youngest(join(ROOT, name)) <= oldest);
}

async function freshDist() {
  if (distIsFresh()) return;
  const { build } = await import('../esbuild.config.mjs');
  await build();
}

const stampOf = (path) => {
  const stat = statSync(join(ROOT, path), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}:${stat.size}` : 'gone';
};

/** True when no input of the last bundle has changed since. */
function isCurrent(output, record) {
  if (!existsSync(output) || !existsSync(record)) return false;
  const { inputs } = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(inputs).every(([path, stamp]) => stampOf(path) === stamp);
}

function publish(path, text) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

async function bundle(entry, output, record) {
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    outfile: output,
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: 'inline',
    logLevel: 'warning',
    loader: { '.html': 'text', '.css': 'text', '.svg': 'text' },
  });
  // This file decides how to bundle and the lock file what is installed, so both are inputs as well.
  const paths = [...Object.keys(result.metafile.inputs), relative(ROOT, SELF), 'package-lock.json'];
  mkdirSync(CACHE, { recursive: true });
  publish(output, result.outputFiles[0].text);
  publish(record, JSON.stringify({ inputs: Object.fromEntries(paths.map((path) => [path, stampOf(path)])) }));
}

async function main([file, ...args]) {
  if (!file) throw new Error('usage: node tools/run.mjs FILE args...');
  const entry = resolve(ROOT, file);
  if (!existsSync(entry)) throw new Error(`${file} does not exist`);
  await freshDist();
  const name = relative(ROOT, entry)
    .replace(/[\\/]/g, '-')
    .replace(/\.tsx?$/, '');
  const output = join(CACHE, `${name}.mjs`);
  const record = join(CACHE, `${name}.json`);
  if (!isCurrent(output, record)) await bundle(entry, output, record);
  // Programs find dist/ and data files from the working folder, as under `npm run`; INIT_CWD keeps where the user stood.
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(ROOT);
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], output, ...args];
  return pathToFileURL(output).href;
}

let program;
try {
  program = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(program);
