/** What `npm test` runs: types, lint, build, the vendors' clients, every jest test; its last line counts them. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installClients, runClients } from './clients.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const REPORT = join(ROOT, '.cache/jest.json');
const SEQUENCER = join(ROOT, 'tools/slow-first.mjs');
const CI = /^(1|true|yes)$/i.test(process.env.CI ?? '');
const script = (path, ...args) => [join(ROOT, 'node_modules', path), ...args];

/**
 * Worlds make and drop many small objects: with room for the young ones a fifth of the time goes. Both workers are busy all the
 * time, so threads that collect beside them only take turns with them. Jest gives these to its workers.
 */
const V8 = ['--single-threaded-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

/** First of all, because the tests run what it makes. */
const BUILD = ['build', [join(ROOT, 'esbuild.config.mjs')]];

/** One after the other, beside the clients and jest: the two compilers at once would need more memory than a small machine has. */
const CHECKS = [
  ['lint', script('@biomejs/biome/bin/biome', 'check', '.')],
  ['types', script('typescript/bin/tsc', '-p', 'tsconfig.json')],
  ['core types', script('typescript/bin/tsc', '-p', 'tsconfig.core.json')],
];

/** Programs that some tests need, the variable that hands them their path, and the spec files that are theirs. */
const TOOLS = [
  {
    title: 'chromium',
    commands: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    variable: 'CHROMIUM_PATH',
    specs: /[\\/]test[\\/]browser[\\/].*\.spec\.tsx?$/,
    what: 'screens in a real browser',
  },
  {
    title: 'hledger',
    commands: ['hledger'],
    variable: 'HLEDGER_PATH',
    specs: /hledger[^\\/]*\.spec\.tsx?$/,
    what: 'the journal read by hledger',
  },
];

function specFiles(folder = join(ROOT, 'test')) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return each.name === 'node_modules' ? [] : specFiles(path);
    return /\.spec\.tsx?$/.test(each.name) ? [path] : [];
  });
}

function findTool({ commands, variable }) {
  if (process.env[variable] && existsSync(process.env[variable])) return process.env[variable];
  const lookup = process.platform === 'win32' ? 'where' : 'which';
  for (const command of commands) {
    const { status, stdout } = spawnSync(lookup, [command], { encoding: 'utf8' });
    if (status === 0) return stdout.split('\n')[0].trim();
  }
  return undefined;
}

/** Absent tools become skipped spec files, or in CI failures: there a silent gap would look like a pass. */
function surveyTools(files) {
  const survey = { env: {}, ignored: [], failed: 0, skipped: 0 };
  for (const tool of TOOLS) {
    const specs = files.filter((file) => tool.specs.test(file));
    const path = findTool(tool);
    if (path) survey.env[tool.variable] = path;
    if (path || specs.length === 0) continue;
    survey.ignored.push(...specs);
    if (CI) survey.failed += 1;
    else survey.skipped += specs.length;
    const verb = CI ? 'FAILED' : 'skipped';
    console.log(`${verb}: ${tool.what} (${specs.length} spec files), because ${tool.title} is not installed`);
  }
  return survey;
}

function run(args, options = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => done({ ok: false, output: String(error) }));
    child.on('close', (code) => done({ ok: code === 0, output }));
  });
}

async function check([name, args]) {
  const start = performance.now();
  const { ok, output } = await run(args);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!ok || name === 'build') console.log(output.trim());
  return ok;
}

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function jest({ env, ignored }) {
  mkdirSync(dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });
  const args = [
    '--maxWorkers=3',
    `--testSequencer=${SEQUENCER}`,
    '--json',
    `--outputFile=${REPORT}`,
    '--testPathIgnorePatterns',
    '/node_modules/',
  ];
  args.push(...ignored.map((file) => `${literal(file)}$`));
  // Its report goes to the file; with --json standard output would be the same report again.
  const stdio = ['ignore', 'ignore', 'inherit'];
  const options = { stdio, env: { ...process.env, ...env } };
  const { ok } = await run([...V8, ...script('jest/bin/jest.js', ...args)], options);
  if (!existsSync(REPORT)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(REPORT, 'utf8'));
  // A spec file that cannot even be loaded has no tests, so it counts as one failure.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  return { passed: result.numPassedTests, failed: ok || failed > 0 ? failed : 1, skipped };
}

/** The vendors' own clients need packages of their own: without a network they are skipped, in CI that is a failure. */
async function clients() {
  const trouble = await installClients();
  if (!trouble) {
    const start = performance.now();
    const { passed, failed } = await runClients();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} vendors' own clients (${passed} passed, ${seconds} s)`);
    return { passed, failed, skipped: 0 };
  }
  console.log(
    `${CI ? 'FAILED' : 'skipped'}: the vendors' own clients, because they could not be installed: ${trouble}`,
  );
  return { passed: 0, failed: CI ? 1 : 0, skipped: CI ? 0 : 1 };
}

async function checkAll() {
  const passed = [];
  for (const each of CHECKS) passed.push(await check(each));
  return passed;
}

const survey = surveyTools(specFiles());
const built = await check(BUILD);
const [vendors, others, tests] = await Promise.all([clients(), checkAll(), jest(survey)]);
const checks = [built, ...others];
const passed = tests.passed + vendors.passed + checks.filter(Boolean).length;
const failed = tests.failed + vendors.failed + checks.filter((ok) => !ok).length + survey.failed;
const skipped = tests.skipped + vendors.skipped + survey.skipped;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
