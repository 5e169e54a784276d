/** Drives our sandboxes on loopback with the vendors' official clients, which are installed apart. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const HOME = join(ROOT, 'test/clients');
const STAMP = join(HOME, 'node_modules/.ensured');

const LIMIT_MS = 300_000;

/** Runs a program to its end; `status` is null when it could not be started or took too long. */
function run(command, args, options) {
  return new Promise((done) => {
    const child = spawn(command, args, { timeout: LIMIT_MS, ...options });
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        told[name] += text;
      });
    }
    child.on('error', (error) => done({ ...told, stderr: error.message, status: null }));
    child.on('close', (status) => done({ ...told, status }));
  });
}

/** The lines of npm's complaint that say what happened; the others list its stack and where its log lies. */
const shortly = (complaint) => complaint.trim().split('\n').slice(0, 4).join('\n');

/** Installs the clients when their lock file has changed. Resolves to what went wrong, or nothing. */
export async function installClients() {
  const hash = createHash('sha256')
    .update(readFileSync(join(HOME, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === hash) return undefined;
  // Without a network npm would wait more than a minute before it says so.
  const args = ['ci', '--ignore-scripts', '--loglevel=error', '--prefer-offline', '--fetch-retries=1'];
  const { status, stderr } = await run('npm', args, { cwd: HOME, shell: process.platform === 'win32' });
  if (status !== 0) return shortly(stderr) || 'npm did not end in time';
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

/** The tests of a TAP report that failed, indented ones within their file's; each with the lines that say why. */
export function failuresIn(report) {
  const lines = report.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^\s*not ok \d+/.test(line) || / # [A-Z]+/.test(line)) return [];
    const end = lines.findIndex((each, index) => index > at && each.trim() === '...');
    const why = lines.slice(at + 1, end < 0 ? at + 1 : end + 1).filter((each) => !/^\s*(?:---|\.\.\.)$/.test(each));
    return [[line.trim().replace(/^not ok \d+ - /, ''), ...why].join('\n')];
  });
}

/** Runs all client tests, or those of the given platforms. Resolves to passed and failed, and prints what failed. */
export async function runClients(only = []) {
  await bundleSandboxes();
  const files = readdirSync(HOME)
    .filter((name) => name.endsWith('.test.mjs') && (only.length === 0 || only.some((id) => name === `${id}.test.mjs`)))
    .map((name) => join(HOME, name));
  if (files.length === 0) {
    console.log(`There is no client test for ${only.join(', ')}.`);
    return { passed: 0, failed: 1 };
  }
  const args = ['--test', '--test-reporter=tap', '--test-concurrency=2', ...files];
  const { stdout, stderr, status } = await run(process.execPath, args, { cwd: ROOT });
  const passed = count(stdout, 'pass');
  if (status === 0) return { passed, failed: 0 };
  const failures = failuresIn(stdout);
  console.log(failures.length > 0 ? `client tests that failed:\n${failures.join('\n')}` : stdout);
  if (stderr.trim() !== '') console.log(stderr.trim());
  if (status === null) console.log('The client tests did not end in time.');
  return { passed, failed: Math.max(1, count(stdout, 'fail') + count(stdout, 'cancelled')) };
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const trouble = await installClients();
  if (trouble) console.error(trouble);
  const { passed, failed } = trouble ? { passed: 0, failed: 1 } : await runClients(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
