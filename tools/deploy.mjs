/** Puts the add-on into a Google Sheet with clasp: `npm run deploy -- --new "Title"` once, later `npm run deploy`. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../esbuild.config.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PROJECT = join(ROOT, '.clasp.json');
// By Node and not by .bin/clasp: on Windows that one needs a shell, which would split a title at its spaces.
const CLASP = join(ROOT, 'node_modules/@google/clasp/build/src/index.js');
const API_SWITCH = 'https://script.google.com/home/usersettings';

const USAGE = `This copy of Rent Ledger is not connected to a Sheet yet.
  npm run deploy -- --new "Rent Ledger"    makes a new Google Sheet with the add-on in it
  npm run deploy -- --script SCRIPT_ID     uses the script of your own Sheet (Extensions > Apps Script > Project Settings)
  npm run deploy -- --check                builds and lists what would be pushed, without a network`;

const NEXT_STEPS = `Next:
  1. Open the Sheet and reload the page, so that the menu "Rent Ledger" appears.
  2. Rent Ledger > Set up, and grant what it asks for. A personal Google account shows "Google hasn't verified this app"
     for a script of your own: choose Advanced, then go on.
  3. For the residents' page: Extensions > Apps Script > Deploy > New deployment > Web app.`;

class Stop extends Error {}

function clasp(...args) {
  const options = { cwd: ROOT, encoding: 'utf8' };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [CLASP, ...args], options);
  if (error) throw new Stop(`clasp could not be started: ${error.message}`);
  return { ok: status === 0, output: `${stdout}${stderr}`.trim() };
}

/** The output of a clasp command that must succeed; its known failures get their cure, the others are shown as they are. */
function must(what, ...args) {
  const { ok, output } = clasp(...args);
  if (ok) return output;
  if (/not enabled the Apps Script API|usersettings/i.test(output)) {
    throw new Stop(`${what}: the Apps Script API is switched off for your account.
Turn it on at ${API_SWITCH} and wait a few minutes, then run this command again.`);
  }
  if (/No credentials|not logged in|invalid_grant|invalid_rapt/i.test(output)) throw new Stop(notLoggedIn());
  throw new Stop(`${what} failed:\n${output}`);
}

const notLoggedIn = () =>
  `You are not logged in to Google. Run:  npx clasp login
Also turn on the Apps Script API once, at ${API_SWITCH}, and wait a few minutes.`;

const project = () => JSON.parse(readFileSync(PROJECT, 'utf8'));
const saveProject = (value) => writeFileSync(PROJECT, `${JSON.stringify(value)}\n`);

function argument(name) {
  const at = process.argv.indexOf(name);
  if (at < 0) return undefined;
  const value = process.argv[at + 1];
  if (!value || value.startsWith('--')) throw new Stop(`${name} needs a value.\n${USAGE}`);
  return value;
}

/** A connected project, or a likeness of this one in .cache/: clasp lists no files where the scriptId is empty. */
function listable() {
  if (project().scriptId) return PROJECT;
  const folder = join(ROOT, '.cache/clasp');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(ROOT, '.claspignore'), join(folder, '.claspignore'));
  const file = join(folder, '.clasp.json');
  writeFileSync(file, JSON.stringify({ scriptId: 'not-connected-yet', rootDir: 'dist' }));
  return file;
}

/** Exactly our files may leave: asked of clasp itself, so .claspignore and rootDir are proven before each push. */
function listFiles(built) {
  const output = must('Listing the files', 'show-file-status', '--json', '--project', listable());
  const listed = JSON.parse(output.slice(output.indexOf('{'))).filesToPush.map((path) => basename(path));
  const [has, wants] = [listed, built].map((names) => [...names].sort().join(', '));
  if (has !== wants) throw new Stop(`clasp would push ${has} instead of ${wants}. See .claspignore.`);
  return has;
}

function requireLogin() {
  const { loggedIn, email } = JSON.parse(must('Checking the login', 'show-authorized-user', '--json'));
  if (!loggedIn) throw new Stop(notLoggedIn());
  console.log(`Logged in${email ? ` as ${email}` : ''}.`);
}

function create(title) {
  const before = project();
  if (before.scriptId)
    throw new Stop(`.clasp.json already names the script ${before.scriptId}; --new would orphan it.`);
  // clasp refuses to create while the file has a scriptId, even an empty one.
  saveProject({ rootDir: before.rootDir });
  try {
    console.log(must('Creating the Sheet', 'create-script', '--type', 'sheets', '--title', title, '--rootDir', 'dist'));
  } finally {
    const { scriptId = '', parentId } = project();
    saveProject({ scriptId, rootDir: 'dist', ...(parentId ? { parentId } : {}) });
  }
}

/** A push may claim success while the API is still switching on (clasp #244), so clasp is asked again what differs. */
function push() {
  console.log(must('Pushing', 'push', '-f'));
  const { ok, output } = clasp('push', '-f', '--json');
  const again = ok && output.startsWith('[') ? JSON.parse(output) : undefined;
  if (again?.length === 0) console.log('Confirmed: the script at Google is the same as this build.');
  else console.log(`Google has not confirmed the push yet. If the menu stays away, run the command again.\n${output}`);
}

async function main() {
  const title = argument('--new');
  const script = argument('--script');
  const { files, bytes } = await build();
  console.log(`Built ${files.length} files, Code.js ${Math.ceil(bytes / 1024)} KB.`);
  console.log(`To push: ${listFiles(files)}.`);
  if (process.argv.includes('--check')) return;
  if (!title && !script && !project().scriptId) throw new Stop(USAGE);
  requireLogin();
  if (script) saveProject({ scriptId: script, rootDir: 'dist' });
  if (title) {
    create(title);
    // Creating also pulls Google's empty script into dist/.
    await build();
  }
  push();
  const { parentId } = project();
  if (parentId) console.log(`The Sheet: https://docs.google.com/spreadsheets/d/${[parentId].flat()[0]}/edit`);
  console.log(NEXT_STEPS);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
}
