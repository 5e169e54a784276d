/** Refuses a bundle that Apps Script could not run: syntax, free names, size, packages, entry points, manifest. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { freeNames, walk } from './free-names.mjs';
import { packageOf } from './licences.mjs';
import { manifestFunctions, manifestProblems } from './manifest.mjs';
import { compareScopes } from './scopes.mjs';

/** Google publishes no limit per file; past this the editor and cold starts get slow. */
export const MAX_BYTES = 1500 * 1024;
/** Up to here the code keeps its names, so that an owner can read it in the script editor. */
export const READABLE_BYTES = 400 * 1024;

/** What may ride in the bundle (docs/decisions.md, 2026, "In the bundle"). */
export const PACKAGES = new Set([
  '@noble/hashes',
  'mustache',
  'papaparse',
  'preact',
  'preact-render-to-string',
  'valibot',
]);

const LANGUAGE =
  'Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError Float32Array ' +
  'Float64Array Function Infinity Int16Array Int32Array Int8Array Intl JSON Map Math NaN Number Object Promise Proxy ' +
  'RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array ' +
  'Uint8Array Uint8ClampedArray WeakMap WeakSet console decodeURI decodeURIComponent encodeURI encodeURIComponent ' +
  'globalThis isFinite isNaN parseFloat parseInt undefined';
const SERVICES =
  'CacheService CardService Charts ContentService Gmail HtmlService LockService Logger MailApp PropertiesService ' +
  'ScriptApp Session Sheets SpreadsheetApp UrlFetchApp Utilities';
const KNOWN = new Set(`${LANGUAGE} ${SERVICES}`.split(' '));

/** Absent from Apps Script, and reached as a property of the global object just as well. */
const ABSENT = new Set(
  (
    'setTimeout setInterval setImmediate clearTimeout clearInterval TextEncoder TextDecoder URL URLSearchParams Blob ' +
    'File FileReader crypto atob btoa performance process Buffer fetch XMLHttpRequest structuredClone queueMicrotask ' +
    'window document navigator Worker eval'
  ).split(' '),
);

/**
 * Names that a package mentions only on a path we never take. papaparse feeds strings synchronously: `worker`,
 * `download`, File inputs and Node streams are its other doors, each guarded by the option that asks for it. preact touches
 * `document` and the microtasks when it draws into a page; on the server its components become text.
 */
const UNREACHED = {
  preact: new Set(['document', 'queueMicrotask']),
  papaparse: new Set(
    'setTimeout window document URL Blob File FileReader FileReaderSync XMLHttpRequest Worker self module exports define require'.split(
      ' ',
    ),
  ),
};

/** The package around a position of an unminified esbuild bundle, from esbuild's `// path` line above each module. */
function ownerOf(code, at) {
  const marker = code.lastIndexOf('\n  // ', at);
  if (marker < 0) return undefined;
  const line = code.slice(marker + 6, code.indexOf('\n', marker + 1));
  return packageOf(line);
}

const lineOf = (code, at) => code.slice(0, at).split('\n').length;

function nameProblems(code, program) {
  const own = new Set(entryPoints(program));
  own.add('global');
  return freeNames(program).flatMap(({ name, at, probe, called, via }) => {
    const owner = ownerOf(code, at);
    const where = `line ${lineOf(code, at)}${owner ? `, from ${owner}` : ''}`;
    if (name === 'Function' && called) return [`builds code from text with Function (${where})`];
    if (via && !ABSENT.has(name)) return [];
    if (probe || (!via && (KNOWN.has(name) || own.has(name)))) return [];
    if (owner && UNREACHED[owner]?.has(name)) return [];
    return [`names ${via ? `${via}.` : ''}${name}, which Apps Script lacks (${where})`];
  });
}

/** The functions and variables at the top level of a script: what triggers, menus and the sidebar can call. */
export function entryPoints(program) {
  return program.body.filter((node) => node.type === 'FunctionDeclaration').map((node) => node.id.name);
}

/** Which argument of a method names a global function. */
const HANDLER_AT = { addItem: 1, newTrigger: 0, everyMinutes: 0, everyHour: 0, onEdit: 0, after: 0 };

/** Function names that the code hands to menus and triggers, as literals or as constants that hold one. */
export function handlersNamed(program) {
  const constants = new Map();
  const names = new Set();
  walk(program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return;
    if (typeof node.init?.value === 'string') constants.set(node.id.name, node.init.value);
  });
  walk(program, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const at = HANDLER_AT[node.callee.property.name];
    const handler = at === undefined || node.callee.computed ? undefined : node.arguments[at];
    const name = handler?.type === 'Identifier' ? constants.get(handler.name) : handler?.value;
    if (typeof name === 'string') names.add(name);
  });
  return [...names];
}

/** `google.script.run.name(` and `google.script.run.withSuccessHandler(…).name(` of a page. */
function pageCalls(page) {
  const calls = page.matchAll(/google\.script\.run((?:\.with\w+\([^()]*\))*)\.(?!with)(\w+)\(/g);
  return [...calls].map((match) => match[2]);
}

function pageProblems(name, page) {
  const problems = [];
  const remote = /<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^"'\s>]*/i.exec(page);
  if (remote) problems.push(`${name} loads from elsewhere: ${remote[0]}`);
  const style = /(?:url\(\s*["']?|@import\s+["'])(?:https?:)?\/\/[^"')\s]*/i.exec(page);
  if (style) problems.push(`${name} has a style from elsewhere: ${style[0]}`);
  if (page.includes('<?!=')) problems.push(`${name} prints unescaped with <?!=`);
  return problems;
}

/**
 * Problems of a bundle, one line each. `code` is unminified, `size` the bytes of what is pushed, `pages` maps file names to
 * HTML, `packages` are those of `licences.mjs`. `unused` scopes are told apart: they are untidy, not fatal.
 */
export function checkBundle({ code, size, manifest, pages = {}, packages = [] }) {
  const problems = [...manifestProblems(manifest)];
  let program;
  try {
    program = parse(code, { ecmaVersion: 2020, sourceType: 'script' });
  } catch (error) {
    return { problems: [...problems, `Code.js is not ES2020: ${error.message}`], unused: [], entries: [] };
  }
  const entries = entryPoints(program);
  const named = [...manifestFunctions(manifest), ...handlersNamed(program), ...Object.values(pages).flatMap(pageCalls)];
  const { missing, unused } = compareScopes(program, manifest);
  problems.push(...nameProblems(code, program).map((each) => `Code.js ${each}`));
  problems.push(
    ...[...new Set(named)].filter((name) => !entries.includes(name)).map((name) => `no entry point ${name}`),
  );
  problems.push(...missing.map((each) => `appsscript.json: ${each}`));
  problems.push(...Object.entries(pages).flatMap(([name, page]) => pageProblems(name, page)));
  problems.push(
    ...packages.filter((each) => !PACKAGES.has(each.name)).map((each) => `${each.name} may not be bundled`),
  );
  problems.push(...packages.filter((each) => !each.permissive).map((each) => `${each.name} is under ${each.licence}`));
  if (entries.length === 0) problems.push('Code.js has no entry point');
  if (size > MAX_BYTES) problems.push(`Code.js has ${size} bytes, more than ${MAX_BYTES}`);
  return { problems: [...new Set(problems)], unused, entries };
}

/** Checks a folder with Code.js and appsscript.json as they would be pushed; packages are not looked at. */
function checkFolder(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const code = read('Code.js');
  const names = ['sidebar.html', 'resident.html'].filter((name) => existsSync(join(folder, name)));
  const pages = Object.fromEntries(names.map((name) => [name, read(name)]));
  return checkBundle({ code, size: Buffer.byteLength(code), manifest: JSON.parse(read('appsscript.json')), pages });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, unused, entries } = checkFolder(resolve(process.argv[2] ?? 'dist'));
  for (const each of problems) console.error(`bundle: ${each}`);
  for (const each of unused) console.log(`bundle: ${each}`);
  console.log(`${entries.length} entry points, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
