/** Drives our sandboxes on loopback with the vendors' official clients, which are installed apart. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const HOME = join(ROOT, 'test/clients');
const STAMP = join(HOME, 'node_modules/.ensured');

/** Installs the clients when their lock file has changed. Gives what went wrong, or nothing. */
export function installClients() {
  const hash = createHash('sha256')
    .update(readFileSync(join(HOME, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === hash) return undefined;
  const options = { cwd: HOME, encoding: 'utf8', shell: process.platform === 'win32' };
  const { status, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], options);
  if (error || status !== 0) return (error?.message ?? stderr).trim();
  writeFileSync(STAMP, hash);
  return undefined;
}

async function bundleSandboxes() {
  const esbuild = await import('esbuild');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  await esbuild.build({
    stdin: {
      contents:
        "export * from './local/vendors'; export * from './local/loopback'; export * from './local/vendors/people';",
      resolveDir: ROOT,
      loader: 'ts',
    },
    outfile: join(ROOT, '.cache/sandboxes.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
}

const count = (output, word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);

/** Runs all client tests, or those of the given platforms. Gives passed and failed, and prints what failed. */
export async function runClients(only = []) {
  await bundleSandboxes();
  const files = readdirSync(HOME)
    .filter((name) => name.endsWith('.test.mjs') && (only.length === 0 || only.some((id) => name === `${id}.test.mjs`)))
    .map((name) => join(HOME, name));
  const args = ['--test', '--test-reporter=tap', '--test-concurrency=2', ...files];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 300_000,
  });
  const failed = count(stdout, 'fail') + count(stdout, 'cancelled');
  if (status !== 0) console.log(`${stdout}\n${stderr}`);
  return { passed: count(stdout, 'pass'), failed: status === 0 ? failed : Math.max(1, failed) };
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const trouble = installClients();
  if (trouble) console.error(trouble);
  const { passed, failed } = trouble ? { passed: 0, failed: 1 } : await runClients(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
