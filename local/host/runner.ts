/** Runs one function of the app in a world: as whom, with which rights and quotas, and what is kept of it. */
import type { EventSpec } from './context/events';
import { GoogleError } from './errors';
import { Execution } from './execution';
import { type Outcome, runIsolated } from './isolate';
import { requireTriggerTime, spendTriggerMs } from './limits';
import type { Machine } from './machine';
import type { Mode } from './scopes';
import type { ExecutionRecord, HostState, RunError, RunResult, TriggerKind } from './state';

export interface RunRequest {
  readonly handler: string;
  readonly args?: readonly unknown[];
  /** The account it runs as. */
  readonly user: string;
  /** The person at the keyboard; the same account when left out. */
  readonly activeUser?: string;
  readonly trigger?: TriggerKind;
  /** Rights; derived from the trigger and the function's name when left out. */
  readonly mode?: Mode;
  readonly event?: EventSpec;
}

/** A result with what the app returned it as. */
export interface Ran {
  readonly result: RunResult;
  readonly kind: Outcome['kind'];
}

export const SIMPLE_TRIGGERS = ['onOpen', 'onEdit', 'onInstall', 'onSelectionChange'];
const RECORDS = 500;
const RECORD_LINES = 200;
/** Executions of one user that may be under way at once. */
const MAX_PARALLEL = 30;

function modeOf(request: RunRequest): Mode {
  if (request.mode !== undefined) return request.mode;
  if (request.trigger === 'custom') return 'custom';
  const isEvent = request.trigger === 'edit' || request.trigger === 'open' || request.trigger === 'install';
  if (!isEvent || !SIMPLE_TRIGGERS.includes(request.handler)) return 'full';
  return request.trigger === 'install' ? 'full' : 'limited';
}

/** Google names the person at the keyboard only to their own account's code. */
function activeUserOf(request: RunRequest, mode: Mode): string {
  if (request.trigger === 'web' || (mode !== 'full' && request.trigger !== 'sidebar')) return '';
  const active = request.activeUser ?? request.user;
  const domain = (address: string) => address.split('@')[1]?.toLowerCase();
  const isColleague = domain(active) === domain(request.user) && domain(active) !== 'gmail.com';
  return active === request.user || isColleague ? active : '';
}

/** Clocks, the web and cells have no window with a cursor in it. */
const windowless = ['time', 'web', 'custom'];

function windowOf(request: RunRequest): { readonly atWindowOf?: string } {
  if (request.trigger !== undefined && windowless.includes(request.trigger)) return {};
  return { atWindowOf: request.activeUser ?? request.user };
}

function keep(state: HostState, record: ExecutionRecord): void {
  state.executions.push(record);
  if (state.executions.length > RECORDS) state.executions.splice(0, state.executions.length - RECORDS);
}

function recordOf(request: RunRequest, startMs: number, result: RunResult): ExecutionRecord {
  const { ok, error, killed, calls, totalCalls, modelMs, log } = result;
  return {
    handler: request.handler,
    user: request.user,
    ...(request.trigger === undefined ? {} : { trigger: request.trigger }),
    startMs,
    ok,
    ...(error === undefined ? {} : { error }),
    killed,
    calls,
    totalCalls,
    modelMs,
    log: log.slice(-RECORD_LINES),
  };
}

const NOTHING = { killed: false, calls: {}, totalCalls: 0, modelMs: 0, wallMs: 0, log: [] };

function refusedRun(name: string, message: string): RunResult {
  return { ...NOTHING, ok: false, error: { name, message, stack: '' } };
}

const isMetered = (request: RunRequest, mode: Mode) =>
  mode === 'full' && (request.trigger === 'time' || request.trigger === 'edit' || request.trigger === 'open');

/** What google.script.run refuses on the page's side, or undefined. */
function refusedByPage(request: RunRequest): RunResult | undefined {
  if (request.trigger !== 'sidebar') return undefined;
  if (request.handler.endsWith('_')) {
    return refusedRun('TypeError', `google.script.run.${request.handler} is not a function`);
  }
  const wrong = (request.args ?? []).map(illegalIn).find((path) => path !== undefined);
  if (wrong === undefined) return undefined;
  return refusedRun('TypeError', `Failed due to illegal value in property: ${wrong}`);
}

/** The name of the first value that google.script.run does not carry: a Date, a function, an object with a class. */
function illegalIn(value: unknown, path: unknown = '0'): string | undefined {
  if (value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  // Asking the constructor's name instead of its identity lets values of other realms through.
  const kind = Array.isArray(value) ? 'Array' : (Object.getPrototypeOf(value)?.constructor?.name ?? 'Object');
  if (typeof value !== 'object' || (kind !== 'Array' && kind !== 'Object')) return String(path);
  for (const [name, inner] of Object.entries(value)) {
    const wrong = illegalIn(inner, name);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function resultOf(execution: Execution, outcome: Outcome, wallMs: number): RunResult {
  const { handler } = execution.options;
  const figures = { ...execution.figures(), wallMs };
  if (execution.killed) {
    const message = 'Exceeded maximum execution time';
    return { ...figures, ok: false, error: { name: 'Exception', message, stack: '' } };
  }
  if (outcome.kind === 'absent') {
    const error: RunError = { name: 'Error', message: `Script function not found: ${handler}`, stack: '' };
    return { ...figures, ok: false, error };
  }
  if (outcome.error !== undefined) return { ...figures, ok: false, error: outcome.error };
  return { ...figures, ok: true, ...(outcome.value === undefined ? {} : { value: outcome.value }) };
}

/** Runs a function to its end. Failures of the app are in the result; the world's clock moves on by what it took. */
export function runFunction(machine: Machine, request: RunRequest): Ran {
  const { state } = machine;
  const refused = refusedByPage(request);
  if (refused !== undefined) return { result: refused, kind: undefined };
  const mode = modeOf(request);
  const startMs = state.nowMs;
  const metered = isMetered(request, mode);
  try {
    if (machine.running() >= MAX_PARALLEL) {
      throw new GoogleError('There are too many scripts running simultaneously for this Google user account.');
    }
    if (metered) requireTriggerTime(state.meters, state.profile, request.user, startMs);
  } catch (error) {
    const result = refusedRun('Exception', (error as Error).message);
    keep(state, recordOf(request, startMs, result));
    return { result, kind: undefined };
  }
  const ran = execute(machine, request, mode);
  if (metered) spendTriggerMs(state.meters, request.user, startMs, ran.result.modelMs);
  // Cells that come to their value are too many to list: they would push out all that matters.
  const isQuiet = ran.kind === 'absent' || (request.trigger === 'custom' && ran.result.ok);
  if (!isQuiet) keep(state, recordOf(request, startMs, ran.result));
  return ran;
}

function execute(machine: Machine, request: RunRequest, mode: Mode): Ran {
  const { handler, user, trigger } = request;
  const activeUser = activeUserOf(request, mode);
  const kind = trigger === undefined ? {} : { trigger };
  const options = { handler, user, activeUser, mode, ...kind, ...windowOf(request) };
  const execution = new Execution(machine, options);
  const beganMs = performance.now();
  machine.entered(execution);
  try {
    const outcome = runIsolated(execution, request.args ?? [], request.event);
    const wallMs = performance.now() - beganMs;
    return { result: resultOf(execution, outcome, wallMs), kind: outcome.kind };
  } finally {
    execution.close();
    machine.left(execution);
    // Cells are calculated beside each other and beside everything else: nobody's time passes.
    if (trigger !== 'custom') machine.state.nowMs = Math.max(machine.state.nowMs, execution.nowMs);
  }
}
