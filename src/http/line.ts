/** What all requests of one platform share within a run: its token, its limits, its pace, and what one answer means for the others. */
import type { Instant } from '../domain/values';
import type { HttpReply, HttpRequest, Transport } from '../ports';
import { fault, isFault, isFaultError, type Outcome } from './faults';
import type { Fault } from './types';

/** What the client must know of a connector; every Connector is one. */
export interface Wire {
  readonly id: string;
  readonly hosts: readonly string[];
  /** Hosts of the customer's own, as the owner entered them. */
  ownHosts?(credentials: Readonly<Record<string, string>>): readonly string[];
  readonly limits?: { readonly concurrency?: number; readonly perMinute?: number };
  /** Its credentials hold an access token, which can be renewed. */
  readonly oauth?: object;
  sign(request: HttpRequest, credentials: Readonly<Record<string, string>>): HttpRequest;
  fault(reply: HttpReply): Fault | undefined;
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

export type Named = Readonly<Record<string, string>>;

/** UrlFetchApp opens this many connections without trouble. */
const WAVE_SIZE = 50;
export interface Slot {
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
export interface Line {
  readonly wire: Wire;
  credentials: Named;
  renewed: boolean;
  confirmed: boolean;
  /** Nothing more leaves for this platform in this run. */
  halted?: Fault;
  /** When its calls of the last minute left. */
  callsMs: number[];
  /** After a wave that took long it is not known whose answer was late: each is then asked apart, and the late one last. */
  pace: 'usual' | 'unknown' | 'slow';
}

export function linesOf(jobs: readonly { readonly connector: Wire; readonly credentials: Named }[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const { connector, credentials } of jobs) {
    const name = lineName(connector, credentials);
    if (lines.has(name)) continue;
    lines.set(name, { wire: connector, credentials, renewed: false, confirmed: false, callsMs: [], pace: 'usual' });
  }
  return lines;
}

/** Webhooks of several properties have credentials of their own; what is refused at one says nothing of the others. */
export const lineName = (wire: Wire, credentials: Named): string =>
  [wire.id, ...Object.entries(credentials).map(([name, value]) => `${name}=${value}`)].join(' ');

/** The requests that may leave now, signed; those that may never leave get their fault instead. */
export function nextWave(
  open: readonly Slot[],
  lines: ReadonlyMap<string, Line>,
  calls: Calls,
  deps: ClientDeps,
): Slot[] {
  renewStale(open, lines, deps);
  const wave: Slot[] = [];
  const taken = new Map<string, number>();
  for (const slot of inTurn(open, lines)) {
    const line = lineOf(slot, lines);
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

function lineOf(slot: Slot, lines: ReadonlyMap<string, Line>): Line {
  const line = lines.get(slot.line);
  if (!line) throw new Error('Rent Ledger bug: a request of nobody');
  return line;
}

/** A wave takes as long as its slowest answer: platforms that are quick go on by themselves until they are done. */
function inTurn(open: readonly Slot[], lines: ReadonlyMap<string, Line>): readonly Slot[] {
  const unknown = open.find((slot) => lineOf(slot, lines).pace === 'unknown');
  if (unknown) return open.filter((slot) => slot.line === unknown.line);
  const usual = open.filter((slot) => lineOf(slot, lines).pace === 'usual');
  return usual.length > 0 ? usual : open.filter((slot) => slot.line === open[0]?.line);
}

/** More than this is no usual answer. */
const SLOW_MS = 15_000;

export function timed(wave: readonly Slot[], lines: ReadonlyMap<string, Line>, tookMs: number): void {
  const asked = new Set(wave.map((slot) => lineOf(slot, lines)));
  for (const line of asked) {
    if (tookMs > SLOW_MS) line.pace = asked.size > 1 ? 'unknown' : 'slow';
    else if (line.pace === 'unknown') line.pace = 'usual';
  }
}

export type Calls = Record<string, number>;
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
    return refusal(slot.request.url, [...slot.wire.hosts, ...(slot.wire.ownHosts?.(line.credentials) ?? [])]);
  } catch (error) {
    return faultOf(error, slot.wire);
  }
}

// One plain host name, then the end or a path or a query: no user, no port, no IPv6, nothing that readers take
// differently.
const HTTPS_URL = /^https:\/\/([a-z0-9.-]+)(?:[/?][^\s\\#]*)?$/i;

/** `.example.com` stands for every host under it, at any depth. */
const isUnder = (host: string, allowed: string): boolean =>
  allowed.startsWith('.') ? host.endsWith(allowed) : host === allowed;

function refusal(url: string, hosts: readonly string[]): Fault | undefined {
  const host = HTTPS_URL.exec(url)?.[1]?.toLowerCase();
  if (host !== undefined && hosts.some((each) => isUnder(host, each))) return undefined;
  return fault('rejected', `Refused to call ${host ?? url}: only https to ${hosts.join(', ')} is allowed.`);
}

/** What one answer means for the platform's other requests. */
export function heed(slot: Slot, line: Line | undefined, { renew, tokenWorked }: ClientDeps): void {
  const { outcome } = slot;
  if (!line || !outcome) return;
  if (!isFault(outcome)) {
    if (line.renewed && !line.confirmed) tokenWorked?.(line.wire.id);
    line.confirmed = true;
    return;
  }
  if (outcome.status === 429) line.halted ??= outcome;
  if ((outcome.status !== 401 && !outcome.tokenEnded) || !renew || !line.wire.oauth) return;
  const isCurrent = slot.signedWith === line.credentials;
  if (isCurrent && line.renewed) return;
  const failed = isCurrent ? renewAll([line], renew)[0] : undefined;
  if (failed) {
    line.halted = failed;
    slot.outcome = failed;
  } else delete slot.outcome; // What was refused did not act: it may go again, whatever it is.
}

export function faultOf(error: unknown, wire: Wire): Fault {
  if (isFaultError(error)) return error.fault;
  return fault(
    'malformed',
    `Rent Ledger bug in the ${wire.id} connector: ${error instanceof Error ? error.message : error}`,
  );
}
