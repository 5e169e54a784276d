/** Makes sure that Node is new enough and the packages of the lock file are installed; needs only node and npm. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules/.ensured');
const OLDEST_NODE = 20;

function fail(line) {
  console.error(line);
  process.exit(1);
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

/**
 * True when npm's own record of what it installed agrees with the lock file, so that somebody's `npm ci` or `npm install`
 * is not repeated. Optional packages may be absent: they are those of other platforms.
 */
function npmInstalledLock() {
  const record = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  const wanted = Object.entries(JSON.parse(readFileSync(LOCK, 'utf8')).packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) => {
    const has = installed[path]?.version;
    return (has === version && existsSync(join(ROOT, path))) || (has === undefined && optional === true);
  });
}

function install(hash) {
  console.log('Installing packages (npm ci); this happens once and takes about a minute...');
  const { status, error, stdout, stderr } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    // A developer's NODE_ENV=production would leave out the build tools.
    env: { ...process.env, NODE_ENV: '' },
  });
  if (error)
    fail(`npm could not be started (${error.message}). Install Node ${OLDEST_NODE} or newer, which brings npm.`);
  if (status !== 0) {
    fail(
      `${stdout}${stderr}\nnpm ci failed. Check the network or the registry in your .npmrc, then run the command again.`,
    );
  }
  writeFileSync(STAMP, hash);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  fail(`Rent Ledger needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Get it from https://nodejs.org`);
}
const hash = lockHash();
const stamped = existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === hash;
if (!stamped) {
  if (npmInstalledLock()) writeFileSync(STAMP, hash);
  else install(hash);
}
if (!process.argv.includes('--quiet')) console.log(`Node ${process.version}, packages as locked.`);
