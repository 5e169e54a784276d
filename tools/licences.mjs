/** The third-party packages inside a bundle: which they are, under which licence, and their notices. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PERMISSIVE = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);
const PACKAGE = /^(.*node_modules\/)((?:@[^/]+\/)?[^/]+)\//;

/** Package name of a module path, or undefined for our own code. */
export const packageOf = (path) => PACKAGE.exec(path)?.[2];

/** The packages of an esbuild metafile's inputs, by name: `{ name, version, licence, text, permissive }`. */
export function packagesIn(metafile, root) {
  const folders = new Map();
  for (const path of Object.keys(metafile.inputs)) {
    const match = PACKAGE.exec(path);
    if (match) folders.set(match[2], resolve(root, match[1] + match[2]));
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => describe(name, folder));
}

function describe(name, folder) {
  const { version, license: licence } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return { name, version, licence, text, permissive: PERMISSIVE.has(licence) };
}

/** Every package's licence text, as their licences ask of copies; empty when nothing is included. */
function notices(packages) {
  if (packages.length === 0) return '';
  const parts = packages.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}`);
  return `This file includes:\n\n${parts.join(`\n\n${'='.repeat(80)}\n\n`)}`;
}

/** The notices as a comment that ends a script. */
export function scriptNotices(packages) {
  const text = notices(packages);
  return text && `/*\n${text.replace(/\*\//g, '* /')}\n*/\n`;
}

/** The notices as a comment of a page. */
export function pageNotices(packages) {
  const text = notices(packages);
  return text && `<!--\n${text.replace(/--/g, '- -')}\n-->\n`;
}
