/** One execution: its clock, its rights, its count of service calls, and the moment it is killed. */
import { costMs, isNumbered } from './costs';
import { GoogleError, Killed } from './errors';
import { EXECUTION_MS, SHORT_EXECUTION_MS } from './limits';
import type { Machine } from './machine';
import { type Mode, requirePermission } from './scopes';
import { serve } from './services';
import type { RunResult, TriggerKind } from './state';
import type { ActivePlace } from './workbook/workbook';

export interface ExecutionOptions {
  readonly handler: string;
  /** The account it runs as. */
  readonly user: string;
  /** The person at the keyboard, '' when Apps Script does not tell. */
  readonly activeUser: string;
  /** Whose window it runs in, told to the script or not; undefined for clocks, the web and cells. */
  readonly atWindowOf?: string;
  readonly trigger?: TriggerKind;
  readonly mode: Mode;
}

const LOG_LINES = 2_000;

export class Execution {
  readonly id: number;
  readonly startMs: number;
  readonly limitMs: number;
  readonly calls: Record<string, number> = {};
  readonly log: string[] = [];
  /** Locks that this execution has taken, by name. */
  readonly locks = new Set<string>();
  /** Where the script itself has moved the cursor to. */
  cursor?: ActivePlace;
  elapsedMs = 0;
  totalCalls = 0;
  killed = false;
  private over = false;

  constructor(
    readonly machine: Machine,
    readonly options: ExecutionOptions,
  ) {
    this.id = machine.nextExecution();
    this.startMs = machine.state.nowMs;
    const isShort = options.mode !== 'full' || options.trigger === 'card';
    this.limitMs = isShort ? SHORT_EXECUTION_MS : EXECUTION_MS;
  }

  get nowMs(): number {
    return this.startMs + this.elapsedMs;
  }

  /** Real time after which an endless loop is ended: such a loop takes no modelled time. */
  get wallLimitMs(): number {
    return Math.min(this.machine.wallLimitMs, this.limitMs);
  }

  /** Lets modelled time pass; kills the execution when its time is over. */
  spend(milliseconds: number): void {
    this.elapsedMs += milliseconds;
    if (this.elapsedMs <= this.limitMs) return;
    this.elapsedMs = this.limitMs;
    this.kill();
  }

  kill(): never {
    this.killed = true;
    throw new Killed();
  }

  note(line: string): void {
    if (this.log.length < LOG_LINES) this.log.push(line);
  }

  /** Releases what the execution holds; calls that promises make after this act on nothing. */
  close(): void {
    this.over = true;
    for (const name of this.locks) this.machine.locks.delete(name);
    this.locks.clear();
  }

  /** The native function of the context; see {@link Native} for the text it answers. Never throws. */
  readonly native = (service: string, method: string, argsJson: string): string => {
    try {
      if (this.killed || this.over) throw new Killed();
      const value = this.dispatch(service, method, JSON.parse(argsJson) as unknown[], sizeOf(service, argsJson));
      return value === undefined ? '' : `=${JSON.stringify(value)}`;
    } catch (error) {
      return `!${JSON.stringify(failureOf(error))}`;
    }
  };

  private dispatch(service: string, method: string, args: unknown[], bytes: number): unknown {
    const name = `${service}.${method}`;
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    if (!isNumbered(service, method)) {
      this.permit(service, method);
      return serve(this, service, method, args, bytes);
    }
    this.totalCalls += 1;
    const call = this.totalCalls;
    this.strike(call, 'before');
    this.permit(service, method);
    this.spend(costMs(service, method, Array.isArray(args[0]) ? args[0].length : 1));
    this.machine.interleave(call, this);
    const value = serve(this, service, method, args, bytes);
    this.strike(call, 'after');
    return value;
  }

  private permit(service: string, method: string): void {
    requirePermission(this.options.mode, this.machine.bundle.manifest.oauthScopes, service, method);
  }

  private strike(call: number, side: 'before' | 'after'): void {
    const fault = this.machine.faults.strikeCall(call, side, this.options.handler);
    if (fault === undefined) return;
    if (fault === 'kill') this.kill();
    throw fault;
  }

  /** What there is to tell about the execution apart from its value. */
  figures(): Pick<RunResult, 'killed' | 'calls' | 'totalCalls' | 'modelMs' | 'log'> {
    const { killed, calls, totalCalls, log } = this;
    return { killed, calls, totalCalls, modelMs: this.elapsedMs, log };
  }
}

/** Bytes of the arguments; only the Sheets API limits its requests by them. */
function sizeOf(service: string, argsJson: string): number {
  return service === 'Sheets' ? Buffer.byteLength(argsJson) : 0;
}

/** Google's errors go to the app as they are; anything else is a defect of the host and says so. */
function failureOf(error: unknown): { name: string; message: string; details?: unknown } {
  if (error instanceof GoogleError) {
    return {
      name: error.name,
      message: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  }
  const { name, message, details } = error as Error & { details?: unknown };
  const isGoogles = name === 'Exception' || name === 'GoogleJsonResponseException';
  if (isGoogles) return { name, message, ...(details === undefined ? {} : { details }) };
  return { name: 'HostError', message: `The local host failed: ${(error as Error).stack ?? String(error)}` };
}
