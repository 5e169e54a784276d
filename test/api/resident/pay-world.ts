/** Worlds in which residents pay on their page: the bundle with a door to the acts, and the processors connected. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { morningOf } from '../../../local/cli/days';
import { setUpWorld } from '../../../local/cli/setup';
import { type Bundle, loadBundle } from '../../../local/host/bundle';
import { sandboxes } from '../../../local/vendors';
import type { Outcome } from '../../../src/api/resident/act';
import type { AutopayView, PayView, ShareView } from '../../../src/api/resident/view';
import { builtBundle, ROOT } from '../../simulation/bundle';
import { ELM, importRows, leaseOf, MINUTE, OWNER, type Row, World } from '../../worlds';

let made: Bundle | undefined;

/** The built add-on with the doors of door.ts beside its own. */
export function doorBundle(): Bundle {
  if (made) return made;
  const out = join(ROOT, `.cache/door-${process.pid}`);
  mkdirSync(out, { recursive: true });
  cpSync(builtBundle(), out, { recursive: true });
  const { outputFiles } = esbuild.buildSync({
    stdin: {
      contents: "import './src/entrypoints'; import './test/api/resident/door';",
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['browser', 'module', 'main'],
    target: 'es2020',
    define: { __VERSION__: '"0"' },
  });
  const entries = ['src/entrypoints.ts', 'test/api/resident/door.ts'].flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^global\.(\w+) =/gm)].map(
      ([, name]) => `function ${name}() {}`,
    ),
  );
  writeFileSync(join(out, 'Code.js'), `var global = this;\n${entries.join('\n')}\n${outputFiles[0]?.text ?? ''}`);
  made = loadBundle(out);
  rmSync(out, { recursive: true });
  return made;
}

export interface House {
  readonly lease?: Row;
  readonly property?: Row;
  readonly settings?: Row;
  readonly on?: string;
}

/** Elm House with one lease, on the morning of the first of December, with 1000.00 due and no processor. */
export function house({ lease, property, settings, on = '2026-12-01' }: House = {}): World {
  const world = World.create({
    bundle: doorBundle(),
    sandboxes,
    now: morningOf(on, 'America/New_York'),
    zone: 'America/New_York',
    locale: 'en_US',
    owner: OWNER,
    title: 'Rent Ledger',
  });
  setUpWorld(world, { on, zone: 'America/New_York', currency: 'USD', title: 'Rent Ledger' });
  const all = { 'Quiet hours': 'none', 'Pay link returns to': 'https://example.com/paid', ...settings };
  const rows = Object.entries(all).map(([Setting, Value]) => ({ Setting, Value }));
  const tabs: readonly (readonly [string, readonly Row[]])[] = [
    ['Settings', rows],
    ['Properties', [{ ...ELM, ...property }]],
    ['Leases', [leaseOf('L-1', lease)]],
  ];
  for (const [tab, of] of tabs) {
    const { refused } = importRows(world, tab, of);
    if (refused.length > 0) throw new Error(`${tab}: ${JSON.stringify(refused)}`);
  }
  world.run('api', ['daily', [{}]], { trigger: 'sidebar' });
  return world;
}

export const TOKEN = 'token-of-the-link-0123456789abcdef';
const visit = (address: string) => ({ lease: 'L-1', address });

let requests = 0;
export const request = (): string => `request-${String(++requests).padStart(6, '0')}`;

function run<T>(world: World, name: string, args: readonly unknown[]): T {
  const ran = world.run(name, args as never, { trigger: 'web' } as never);
  if (!ran.ok) throw new Error(`${name}: ${ran.error?.message}`);
  return ran.value as T;
}

export const act = (world: World, name: string, fields: Row, id = request(), address = 'l-1@example.com'): Outcome =>
  run<Outcome>(world, 'residentAct', [visit(address), name, id, { page: TOKEN, ...fields }]);

/** The same as its execution ended, killed or not. */
export const door = (world: World, name: string, fields: Row, id: string): { readonly ok: boolean } =>
  world.run('residentAct', [visit('l-1@example.com'), name, id, { page: TOKEN, ...fields }], {
    trigger: 'web',
  } as never);

export const pay = (world: World, fields: Row, id?: string, address?: string): Outcome =>
  act(world, 'pay', fields, id, address);

export const seen = (world: World, address = 'l-1@example.com') =>
  run<{ pay: PayView; autopay: AutopayView; people: readonly ShareView[] }>(world, 'residentView', [visit(address)]);

/** The resident is led back to the page; then the minutes of one poll pass. */
export function comeBack(world: World, from: 'paid' | 'saved' = 'paid', minutes = 2): void {
  run(world, 'residentBack', [visit('l-1@example.com'), from]);
  world.advanceTo(world.now + minutes * MINUTE);
}

export const urlOf = (outcome: Outcome): string => {
  if (!outcome.done || !outcome.open) throw new Error(`no page: ${JSON.stringify(outcome)}`);
  return outcome.open.url;
};
