/** The folder with the built add-on that the tests run: dist/ when it is as young as its sources, else a build of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');
const SOURCES = ['src', 'sidebar', 'appsscript.json', 'esbuild.config.mjs', 'package.json'];

function youngestMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => youngestMs(join(path, name))));
}

function isFresh(folder: string): boolean {
  const built = ['Code.js', 'appsscript.json'].map((name) => join(folder, name));
  if (!built.every((path) => existsSync(path))) return false;
  const oldestMs = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return SOURCES.every((name) => youngestMs(join(ROOT, name)) <= oldestMs);
}

/** A test of yesterday's bundle would prove nothing, so a stale one is built anew, beside dist/ so as not to disturb it. */
export function builtBundle(): string {
  const dist = join(ROOT, 'dist');
  if (isFresh(dist)) return dist;
  const own = join(ROOT, '.cache/test-dist');
  if (!isFresh(own)) execFileSync(process.execPath, [join(ROOT, 'esbuild.config.mjs'), '--out', own], { cwd: ROOT });
  return own;
}
