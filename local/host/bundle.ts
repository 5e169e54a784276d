/** What was pushed to Google, as the host loads it: the code, its pages and its manifest. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { scriptOf } from './process-wide';

interface HomepageTrigger {
  readonly runFunction: string;
}

export interface Manifest {
  readonly timeZone: string;
  readonly oauthScopes: readonly string[];
  readonly webapp?: { readonly access: string; readonly executeAs: string };
  readonly addOns?: {
    readonly common?: { readonly homepageTrigger?: HomepageTrigger };
    readonly sheets?: { readonly homepageTrigger?: HomepageTrigger };
  };
  readonly urlFetchWhitelist?: readonly string[];
  readonly dependencies?: {
    readonly enabledAdvancedServices?: readonly { readonly userSymbol: string; readonly serviceId: string }[];
  };
}

export interface Bundle {
  readonly script: Script;
  readonly manifest: Manifest;
  /** Pages by name without `.html`. */
  readonly pages: ReadonlyMap<string, string>;
  /** Functions that a cell can call: those declared at the top, but for private ones. */
  readonly functions: readonly string[];
  /** True when its globals are the same after an execution as before it, but for what can be worked out again. */
  readonly keepsNothing: boolean;
}

/** A bundle from texts. The code is compiled once; every execution runs it again in a context of its own. */
export function bundleOf(code: string, manifest: Manifest, pages: Readonly<Record<string, string>> = {}): Bundle {
  return bundleFrom(compiled(code), code, manifest, pages);
}

const compiled = (code: string): Script => new Script(code, { filename: 'Code.gs' });

const bundleFrom = (
  script: Script,
  code: string,
  manifest: Manifest,
  pages: Readonly<Record<string, string>>,
): Bundle => ({
  script,
  manifest,
  pages: new Map(Object.entries(pages)),
  functions: declared(code),
  keepsNothing: false,
});

/** The same app with a fresh realm for each execution, as at Google: slower, and what times a cold start needs. */
export const alwaysFresh = (bundle: Bundle): Bundle => ({ ...bundle, keepsNothing: false });

const declared = (code: string): readonly string[] =>
  [...code.matchAll(/^function (\w*[^\W_])\(/gm)].map(([, name = '']) => name);

const loaded = new Map<string, { readonly stamp: string; readonly bundle: Bundle }>();

function stampOf(dir: string, names: readonly string[]): string {
  return names.map((name) => `${name}:${statSync(join(dir, name)).mtimeMs}`).join('|');
}

/**
 * Reads `Code.js`, the pages and `appsscript.json` of a folder; compiled again only when a file has changed. It is taken for
 * our own build, which keeps nothing between executions: `test/tidy-state.spec.ts` holds the source to that.
 */
export function loadBundle(dir: string): Bundle {
  const names = readdirSync(dir).filter((name) => /^(Code\.js|appsscript\.json|.+\.html)$/.test(name));
  const stamp = stampOf(dir, names.sort());
  const known = loaded.get(dir);
  if (known?.stamp === stamp) return known.bundle;
  const pages: Record<string, string> = {};
  for (const name of names) {
    if (name.endsWith('.html')) pages[name.slice(0, -5)] = readFileSync(join(dir, name), 'utf8');
  }
  const manifest = JSON.parse(readFileSync(join(dir, 'appsscript.json'), 'utf8')) as Manifest;
  const code = readFileSync(join(dir, 'Code.js'), 'utf8');
  const script = scriptOf(`${dir} ${stamp}`, () => compiled(code));
  const bundle = { ...bundleFrom(script, code, manifest, pages), keepsNothing: true };
  loaded.set(dir, { stamp, bundle });
  return bundle;
}
