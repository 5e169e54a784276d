/** The only loop that talks: drives all flows together, in waves of one `fetchAll`. */
import type { Instant } from '../domain/values';
import type { HttpReply, HttpRequest, Transport } from '../ports';
import { FaultError, fault, isFault, isFaultError, type Outcome } from './faults';
import type { Exchange } from './paging';
import { redact } from './redact';
import { retry, retryAfterSeconds } from './retry';
import type { Fault } from './types';

/** What the client must know of a connector; every Connector is one. */
export interface Wire {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly limits?: { readonly concurrency?: number; readonly perMinute?: number };
  /** Its credentials hold an access token, which can be renewed. */
  readonly oauth?: object;
  sign(request: HttpRequest, credentials: Readonly<Record<string, string>>): HttpRequest;
  fault(reply: HttpReply): Fault | undefined;
}

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

export interface ClientDeps {
  readonly transport: Transport;
  readonly now: () => Instant;
  /** False when the run's time is spent; asked before every wave. */
  readonly mayGoOn: () => boolean;
  /** Gets redacted lines only. */
  readonly note: (line: string) => void;
  /** True where the access token among the credentials is missing or about to end. */
  readonly isStale?: (id: string, credentials: Named) => boolean;
  /** The same credentials with fresh access tokens, in the same order; all are asked for together. */
  readonly renew?: (
    stale: readonly { readonly id: string; readonly credentials: Named }[],
  ) => readonly (Named | Fault)[];
  /** A token that was just renewed has been accepted. */
  readonly tokenWorked?: (id: string) => void;
  /** Calls that the account's plan still allows today; undefined where there is no such limit. */
  readonly callsLeft?: (id: string) => number | undefined;
}

type Named = Readonly<Record<string, string>>;

/** UrlFetchApp opens this many connections without trouble. */
const WAVE_SIZE = 50;
const MAX_BODY_LENGTH = 10 * 1024 * 1024;
/** A flow that yields more often than this never ends. */
const MAX_YIELDS = 500;

interface Slot {
  readonly wire: Wire;
  readonly line: string;
  /** As the flow built it. */
  readonly plain: HttpRequest;
  /** Signed just before it leaves. */
  request: HttpRequest;
  signedWith?: Named;
  attempt: number;
  outcome?: Outcome;
}

/** What all flows of one platform share within a run. */
interface Line {
  readonly wire: Wire;
  credentials: Named;
  renewed: boolean;
  confirmed: boolean;
  /** Nothing more leaves for this platform in this run. */
  halted?: Fault;
  /** When its calls of the last minute left. */
  callsMs: number[];
}

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

function linesOf<T>(jobs: readonly FlowJob<T>[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const { connector, credentials } of jobs) {
    const name = lineName(connector, credentials);
    if (lines.has(name)) continue;
    lines.set(name, { wire: connector, credentials, renewed: false, confirmed: false, callsMs: [] });
  }
  return lines;
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

function faultOf(error: unknown, wire: Wire): Fault {
  if (isFaultError(error)) return error.fault;
  return fault(
    'malformed',
    `Rent Ledger bug in the ${wire.id} connector: ${error instanceof Error ? error.message : error}`,
  );
}

/** Webhooks of several properties have credentials of their own; what is refused at one says nothing of the others. */
const lineName = (wire: Wire, credentials: Named): string =>
  [wire.id, ...Object.entries(credentials).map(([name, value]) => `${name}=${value}`)].join(' ');

/** The requests that may leave now, signed; those that may never leave get their fault instead. */
function nextWave(open: readonly Slot[], lines: ReadonlyMap<string, Line>, calls: Calls, deps: ClientDeps): Slot[] {
  renewStale(open, lines, deps);
  const wave: Slot[] = [];
  const taken = new Map<string, number>();
  for (const slot of open) {
    const line = lines.get(slot.line);
    if (!line) throw new Error('Rent Ledger bug: a request of nobody');
    const { id, limits } = slot.wire;
    const sending = taken.get(id) ?? 0;
    if (wave.length >= WAVE_SIZE || sending >= (limits?.concurrency ?? WAVE_SIZE)) continue;
    const refused = mayNotLeave(line, sending, calls, deps) ?? sign(slot, line);
    if (refused) {
      slot.outcome = refused;
      continue;
    }
    taken.set(id, sending + 1);
    wave.push(slot);
  }
  return wave;
}

type Calls = Record<string, number>;
const MINUTE_MS = 60_000;

function mayNotLeave(line: Line, sending: number, calls: Calls, deps: ClientDeps): Fault | undefined {
  line.halted ??= spent(line, sending, calls, deps);
  return line.halted;
}

/** Tokens that are about to end are renewed together: each by itself would cost a wave of its own. */
function renewStale(open: readonly Slot[], lines: ReadonlyMap<string, Line>, { isStale, renew }: ClientDeps): void {
  if (!renew || !isStale) return;
  const waiting = [...new Set(open.map((slot) => slot.line))].flatMap((name) => lines.get(name) ?? []);
  const stale = waiting.filter((line) => !line.halted && isStale(line.wire.id, line.credentials));
  if (stale.length === 0) return;
  renewAll(stale, renew).forEach((failed, at) => {
    const line = stale[at];
    if (line && failed) line.halted = failed;
  });
}

/** What went wrong with each, if anything. */
function renewAll(lines: readonly Line[], renew: NonNullable<ClientDeps['renew']>): readonly (Fault | undefined)[] {
  const fresh = renew(lines.map(({ wire, credentials }) => ({ id: wire.id, credentials })));
  return lines.map((line, at): Fault | undefined => {
    line.renewed = true;
    const given = fresh[at];
    if (!given || isFaultValue(given)) return given;
    line.credentials = given;
    return undefined;
  });
}

const isFaultValue = (value: Named | Fault): value is Fault => 'fault' in value && 'message' in value;

/** Nothing waits in a run: what the limits do not allow now is left to a later one. */
function spent(line: Line, sending: number, calls: Calls, deps: ClientDeps): Fault | undefined {
  const { id, limits } = line.wire;
  const now = deps.now();
  line.callsMs = line.callsMs.filter((at) => at > now - MINUTE_MS);
  if (limits?.perMinute !== undefined && line.callsMs.length + sending >= limits.perMinute) {
    const told = `It allows ${limits.perMinute} calls a minute; reading goes on after that.`;
    return fault('busy', told, { retryAfterSeconds: 60 });
  }
  const left = deps.callsLeft?.(id);
  if (left === undefined || (calls[id] ?? 0) + sending < left) return undefined;
  const seconds = Math.ceil((DAY_MS - (now % DAY_MS)) / 1000);
  return fault('busy', "Today's calls of the account's plan are used up; it goes on tomorrow.", {
    retryAfterSeconds: seconds,
  });
}

const DAY_MS = 86_400_000;

/** Signs the request as it leaves; gives the fault of one that may not. */
function sign(slot: Slot, line: Line): Fault | undefined {
  try {
    slot.signedWith = line.credentials;
    slot.request = slot.wire.sign(slot.plain, line.credentials);
    return refusal(slot.request.url, slot.wire.hosts);
  } catch (error) {
    return faultOf(error, slot.wire);
  }
}

// One plain host name, then the end or a path or a query: no user, no port, no IPv6, nothing that readers take
// differently.
const HTTPS_URL = /^https:\/\/([a-z0-9.-]+)(?:[/?][^\s\\#]*)?$/i;

function refusal(url: string, hosts: readonly string[]): Fault | undefined {
  const host = HTTPS_URL.exec(url)?.[1]?.toLowerCase();
  if (host !== undefined && hosts.includes(host)) return undefined;
  return fault('rejected', `Refused to call ${host ?? url}: only https to ${hosts.join(', ')} is allowed.`);
}

function send(slots: readonly Slot[], lines: ReadonlyMap<string, Line>, deps: ClientDeps, calls: Calls): void {
  for (const slot of slots) {
    calls[slot.wire.id] = (calls[slot.wire.id] ?? 0) + 1;
    lines.get(slot.line)?.callsMs.push(deps.now());
  }
  const replies = fetchAll(
    deps.transport,
    slots.map((slot) => slot.request),
  );
  const nowMs = deps.now();
  slots.forEach((slot, index) => {
    settle(slot, replies[index], nowMs, deps.note);
    heed(slot, lines.get(slot.line), deps);
  });
}

/** What one answer means for the platform's other requests. */
function heed(slot: Slot, line: Line | undefined, { renew, tokenWorked }: ClientDeps): void {
  const { outcome } = slot;
  if (!line || !outcome) return;
  if (!isFault(outcome)) {
    if (line.renewed && !line.confirmed) tokenWorked?.(line.wire.id);
    line.confirmed = true;
    return;
  }
  if (outcome.status === 429) line.halted ??= outcome;
  if (outcome.status !== 401 || !renew || !line.wire.oauth) return;
  const isCurrent = slot.signedWith === line.credentials;
  if (isCurrent && line.renewed) return;
  const failed = isCurrent ? renewAll([line], renew)[0] : undefined;
  if (failed) {
    line.halted = failed;
    slot.outcome = failed;
  } else delete slot.outcome; // What was refused did not act: it may go again, whatever it is.
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
  request.keyed === true ||
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
