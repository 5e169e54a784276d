/** A realm per execution: compiles the service code once, then runs it and the app's bundle in contexts of their own. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants, createContext, Script } from 'node:vm';
import { buildSync } from 'esbuild';
import type { Bundle } from './bundle';
import type { EventSpec } from './context/events';
import type { dress, Facts } from './context/index';
import type { Execution } from './execution';
import { processWide, type Realm, scriptOf } from './process-wide';
import { drawInt } from './random';
import type { RunError } from './state';
import { inProcessZone } from './zone';

/** The value of an execution, told apart by what the app returned. */
export interface Outcome {
  /** `absent`: the app has no such function. */
  readonly kind?: 'json' | 'html' | 'text' | 'card' | 'absent';
  readonly value?: unknown;
  readonly error?: RunError;
}

const ENTRY = 'local/host/context/index.ts';

/** The project's folder: the code runs from bundles and test runners, so its own place says nothing. */
function projectRoot(): string {
  for (let dir = process.cwd(); ; dir = dirname(dir)) {
    if (existsSync(join(dir, ENTRY))) return dir;
    if (dir === dirname(dir)) throw new Error(`The local host needs ${ENTRY} at or above ${process.cwd()}`);
  }
}

const FOLDER = dirname(ENTRY);

/** Changes when a file of the service code does. */
function stampOf(root: string): string {
  const names = readdirSync(join(root, FOLDER)).sort();
  return names.map((name) => `${name}:${statSync(join(root, FOLDER, name)).mtimeMs}`).join('|');
}

let services: Script | undefined;

/** A script whose value is the function `dress` of the context's entry; its variables are never globals of a realm. */
function serviceScript(): Script {
  const root = projectRoot();
  services ??= scriptOf(`services ${root} ${stampOf(root)}`, () => compiledServices(root));
  return services;
}

function compiledServices(root: string): Script {
  const built = buildSync({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'services',
    platform: 'neutral',
    target: 'es2022',
  });
  const code = built.outputFiles[0]?.text ?? '';
  return new Script(`(function () {${code}\nreturn services.dress;})()`, { filename: 'apps-script-services.js' });
}

/** Takes itself out of the realm before the app's first line runs. */
const launch = new Script('(() => { const run = $run; delete globalThis.$run; run(); })()', { filename: 'host.js' });

/**
 * Makes the bare realm. An ordinary global object is several times faster to look names up in than a contextified
 * one; Node before 20.18 has only the latter. Promises settle before the evaluation ends, within its time limit.
 */
function freshRealm(): ReturnType<typeof createContext> {
  const ordinary: typeof constants.DONT_CONTEXTIFY | undefined = constants?.DONT_CONTEXTIFY;
  return createContext(ordinary ?? {}, { microtaskMode: 'afterEvaluate' });
}

function openRealm(bundle: Bundle): Realm {
  const context = freshRealm();
  const wires = processWide.wires();
  const begin = serviceScript().runInContext(context) as typeof dress;
  const services = bundle.manifest.dependencies?.enabledAdvancedServices ?? [];
  const advanced = JSON.stringify(services.map((service) => service.userSymbol));
  return { context, wires, dressed: begin(wires.native, wires.now, wires.load, advanced) };
}

/**
 * Realms that wait for the next execution of an app that keeps nothing between executions: a realm that has run before is
 * compiled and several times faster, and for such an app nobody can tell it from a fresh one.
 */
function idleOf({ script }: Bundle): Realm[] {
  const known = processWide.idle.get(script) ?? [];
  processWide.idle.set(script, known);
  return known;
}

function factsOf({ id, machine, options }: Execution, args: readonly unknown[], event: EventSpec | undefined): Facts {
  return {
    seed: drawInt(machine.state.seed, `random:${id}`, 2 ** 32),
    isInDocument: options.trigger !== 'web',
    handler: options.handler,
    argsJson: JSON.stringify(args),
    eventJson: event === undefined ? '' : JSON.stringify(event),
    isForPage: options.trigger === 'sidebar',
  };
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/** Runs the execution's function to its end and gives what came of it. Errors of the app are values here. */
export function runIsolated(execution: Execution, args: readonly unknown[], event?: EventSpec): Outcome {
  const { bundle } = execution.machine;
  return inProcessZone(bundle.manifest.timeZone, () => {
    const realm = (bundle.keepsNothing ? idleOf(bundle).pop() : undefined) ?? openRealm(bundle);
    const facts = JSON.stringify(factsOf(execution, args, event));
    const { context, wires, dressed } = realm;
    Object.assign(wires.ends, {
      native: execution.native,
      now: () => execution.nowMs,
      load: () => bundle.script.runInContext(context),
    });
    Object.defineProperty(context, '$run', { value: () => dressed.run(facts), configurable: true });
    try {
      launch.runInContext(context, { timeout: execution.wallLimitMs });
      if (bundle.keepsNothing) idleOf(bundle).push(realm);
    } catch (error) {
      // Stopped in the middle of anything, so this realm does not serve again.
      if (!isTimeout(error)) throw error;
      execution.killed = true;
    } finally {
      for (const name of ['native', 'now', 'load'] as const) delete wires.ends[name];
    }
    return JSON.parse(dressed.outcome()) as Outcome;
  });
}
