/** The only loop that talks: drives all flows together, in waves of one `fetchAll`. */
import type { HttpReply, HttpRequest, Transport } from '../ports';
import { FaultError, fault, isFault, type Outcome } from './faults';
import {
  type Calls,
  type ClientDeps,
  faultOf,
  heed,
  type Line,
  lineName,
  linesOf,
  nextWave,
  type Slot,
  timed,
  type Wire,
} from './line';

export type { ClientDeps, Wire } from './line';

import type { Exchange } from './paging';
import { redact } from './redact';
import { retry, retryAfterSeconds } from './retry';
import type { Fault } from './types';

export interface FlowJob<T> {
  readonly connector: Wire;
  readonly credentials: Readonly<Record<string, string>>;
  readonly flow: Exchange<T>;
}

export type FlowResult<T> = { readonly value: T } | { readonly fault: Fault };

export interface FlowRun<T> {
  /** One per job, in job order. */
  readonly results: readonly FlowResult<T>[];
  /** Requests really sent per connector id, repeats included. */
  readonly calls: Readonly<Record<string, number>>;
}

const MAX_BODY_LENGTH = 10 * 1024 * 1024;
/** A flow that yields more often than this never ends. */
const MAX_YIELDS = 500;

interface Running<T> {
  readonly job: FlowJob<T>;
  slots: readonly Slot[];
  yields: number;
  result?: FlowResult<T>;
}

/**
 * Runs all flows to their end and gives each its value or its fault; a failing flow never touches those of another platform.
 * A flow may catch the {@link FaultError} thrown at its `yield`. A programmer error inside a connector becomes a `malformed`
 * fault of that connector alone. When time is up the flows left over end as `busy`, and the next run takes them up.
 *
 * Each platform is asked as fast as its limits allow: at most so many requests in a wave and in a minute. Once it answers 429,
 * or its plan's calls of the day are used up, nothing more leaves for it in this run. An access token that is about to end, or
 * that is refused with 401, is renewed once.
 */
export function runFlows<T>(jobs: readonly FlowJob<T>[], deps: ClientDeps): FlowRun<T> {
  const runs = jobs.map((job): Running<T> => ({ job, slots: [], yields: 0 }));
  const lines = linesOf(jobs);
  const calls: Record<string, number> = {};
  for (const run of runs) advance(run, () => run.job.flow.next());
  for (;;) {
    for (const run of runs) goOn(run);
    const open = runs.flatMap((run) => (run.result ? [] : run.slots.filter((slot) => !slot.outcome)));
    if (open.length === 0) break;
    if (!deps.mayGoOn()) return stop(runs, calls);
    const wave = nextWave(open, lines, calls, deps);
    if (wave.length > 0) send(wave, lines, deps, calls);
  }
  return { results: runs.map(resultOf), calls };
}

function resultOf<T>(run: Running<T>): FlowResult<T> {
  return run.result ?? { fault: fault('malformed', `${run.job.connector.id} ended without a result.`) };
}

function stop<T>(runs: readonly Running<T>[], calls: Record<string, number>): FlowRun<T> {
  for (const run of runs) {
    // What was answered must be told: a message that left and is reported as not sent would be sent twice.
    goOn(run);
    if (run.result) continue;
    run.result = { fault: fault('busy', 'The time of this run is spent; the next run goes on from here.') };
    // Lets a flow clean up; what it says while closing no longer matters.
    ignoreErrors(() => run.job.flow.return(undefined as T));
  }
  return { results: runs.map(resultOf), calls };
}

function ignoreErrors(action: () => void): void {
  try {
    action();
  } catch {
    // The result is already told.
  }
}

/** Resumes a flow for as long as its wave is answered. */
function goOn<T>(run: Running<T>): void {
  while (!run.result && run.slots.every((slot) => slot.outcome)) {
    const outcomes = run.slots.map((slot) => slot.outcome as Outcome);
    const worst = worstOf(outcomes);
    if (worst) advance(run, () => run.job.flow.throw(new FaultError(worst, outcomes)));
    else advance(run, () => run.job.flow.next(outcomes as readonly HttpReply[]));
  }
}

const GRAVITY: readonly Fault['fault'][] = ['auth', 'busy', 'down', 'malformed', 'rejected', 'missing'];

/** The fault that concerns the most: refused credentials say more than one missing object. */
function worstOf(outcomes: readonly Outcome[]): Fault | undefined {
  const faults = outcomes.filter(isFault);
  return faults.sort((a, b) => GRAVITY.indexOf(a.fault) - GRAVITY.indexOf(b.fault))[0];
}

function advance<T>(run: Running<T>, step: () => IteratorResult<readonly HttpRequest[], T>): void {
  const { connector, credentials } = run.job;
  try {
    const next = step();
    if (next.done) {
      run.result = { value: next.value };
      return;
    }
    if (++run.yields > MAX_YIELDS) {
      run.result = {
        fault: fault('malformed', `${connector.id} asked ${MAX_YIELDS} times and did not come to an end.`),
      };
      ignoreErrors(() => run.job.flow.return(undefined as T));
      return;
    }
    const line = lineName(connector, credentials);
    run.slots = next.value.map((plain) => ({ wire: connector, line, plain, request: plain, attempt: 1 }));
  } catch (error) {
    run.result = { fault: faultOf(error, connector) };
  }
}

function send(slots: readonly Slot[], lines: ReadonlyMap<string, Line>, deps: ClientDeps, calls: Calls): void {
  for (const slot of slots) {
    calls[slot.wire.id] = (calls[slot.wire.id] ?? 0) + 1;
    lines.get(slot.line)?.callsMs.push(deps.now());
  }
  const startMs = deps.now();
  const replies = fetchAll(
    deps.transport,
    slots.map((slot) => slot.request),
  );
  const nowMs = deps.now();
  timed(slots, lines, nowMs - startMs);
  slots.forEach((slot, index) => {
    settle(slot, replies[index], nowMs, deps.note);
    heed(slot, lines.get(slot.line), deps);
  });
}

function fetchAll(transport: Transport, requests: readonly HttpRequest[]): readonly (HttpReply | Error | undefined)[] {
  try {
    return transport.fetchAll(requests);
  } catch (error) {
    return requests.map(() => (error instanceof Error ? error : new Error(String(error))));
  }
}

function settle(slot: Slot, reply: HttpReply | Error | undefined, nowMs: number, note: (line: string) => void): void {
  const outcome = judge(slot.wire, reply, nowMs);
  if (!isFault(outcome)) {
    slot.outcome = outcome;
    return;
  }
  const { method, url } = slot.request;
  const next = retry(outcome, slot.attempt, slot.request.reads ? 'GET' : method, hasKey(slot.request));
  // The query is dropped by redact: it may hold names and mail addresses.
  note(redact(`${slot.wire.id} ${method} ${url} try ${slot.attempt}: ${outcome.fault}, ${outcome.message}`));
  if (next.again === 'now') slot.attempt++;
  else slot.outcome = next.again === 'later' ? { ...outcome, retryAfterSeconds: next.seconds } : outcome;
}

const hasKey = (request: HttpRequest): boolean =>
  request.keyed ??
  Object.entries(request.headers).some(([name, value]) => name.toLowerCase() === 'idempotency-key' && value !== '');

function judge(wire: Wire, reply: HttpReply | Error | undefined, nowMs: number): Outcome {
  // Told apart by shape: an error may come from another realm, where instanceof fails.
  if (reply === undefined || !('status' in reply)) {
    return fault('down', `No answer from ${wire.hosts.join(', ')}: ${reply?.message ?? 'nothing came back'}`);
  }
  if (reply.body.length > MAX_BODY_LENGTH) {
    return fault('malformed', `The answer is larger than ${MAX_BODY_LENGTH} characters.`, { status: reply.status });
  }
  if (reply.status >= 300 && reply.status < 400) {
    return fault('rejected', 'The platform redirected the call, which is not followed.', { status: reply.status });
  }
  return vendorFault(wire, reply, nowMs) ?? reply;
}

function vendorFault(wire: Wire, reply: HttpReply, nowMs: number): Fault | undefined {
  try {
    const found = wire.fault(reply);
    if (!found) return undefined;
    const seconds = retryAfterSeconds(reply.headers['retry-after'], nowMs);
    return {
      ...found,
      message: redact(found.message),
      ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    };
  } catch (error) {
    return faultOf(error, wire);
  }
}
