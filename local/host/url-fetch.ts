/** UrlFetchApp, main side: real addresses, answered by sandboxes and the local Google within Google's limits. */
import { isUtf8 } from 'node:buffer';
import type { VendorFault } from '../faults';
import { gmailRest } from '../gmail-rest';
import type { Sandbox, SandboxReply, SandboxRequest } from '../vendors/sandbox';
import { GoogleError } from './errors';
import type { Execution } from './execution';
import { FETCH_BYTES, FETCH_HEADER_BYTES, FETCH_HEADERS, URL_CHARS, useQuota } from './limits';
import { SHEETS_HOST, sheetsRest, spreadsheetOf } from './sheets-rest';

/** A request as the context side has normalised it. */
export interface FetchSpec {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly contentType?: string;
  /** Text, or bytes as characters 0 to 255 when `isBinary`. */
  readonly payload?: string;
  readonly isBinary?: boolean;
  readonly mute: boolean;
  readonly follow: boolean;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const FORBIDDEN_HEADERS = ['host', 'content-length'];
const USER_AGENT = 'Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com)';
const MAX_REDIRECTS = 20;
const TRUNCATED_CHARS = 200;
const SLOW_MS = 55_000;
/** One fetch is given up after this. */
const TIMEOUT_MS = 60_000;

const invalid = (what: string) => new GoogleError(`Attribute provided with invalid value: ${what}`);

function checkHeaders(headers: FetchSpec['headers']): void {
  const names = Object.keys(headers);
  if (names.length > FETCH_HEADERS) throw new GoogleError('Limit Exceeded: URLFetch Header Count.');
  for (const [name, value] of Object.entries(headers)) {
    if (FORBIDDEN_HEADERS.includes(name.toLowerCase())) throw invalid(`Header:${name}`);
    if (value === null) throw invalid('Header:null');
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(value)) throw invalid(`Header:${name}`);
    if (name.length + value.length > FETCH_HEADER_BYTES) throw new GoogleError('Limit Exceeded: URLFetch Header Size.');
  }
}

/** The request as it goes on the wire. Throws Google's text for what it would not send. */
function prepared(spec: FetchSpec, whitelist: readonly string[] | undefined): SandboxRequest {
  if (spec.url.length > URL_CHARS) throw new GoogleError('Limit Exceeded: URLFetch URL Length.');
  if (!METHODS.includes(spec.method)) throw invalid('method');
  const url = /^[a-z]+:\/\//i.test(spec.url) ? spec.url : `http://${spec.url}`;
  if (!URL.canParse(url) || !/^https?:/i.test(url)) throw new GoogleError(`Invalid argument: ${spec.url}`);
  if (whitelist !== undefined && !whitelist.some((prefix) => url.startsWith(prefix))) {
    throw new GoogleError(`The requested URL is not included in the urlFetchWhitelist: ${spec.url}`);
  }
  checkHeaders(spec.headers);
  const headers: Record<string, string> = { 'user-agent': USER_AGENT };
  const bytes = Buffer.from(spec.payload ?? '', spec.isBinary === true ? 'latin1' : 'utf8');
  if (bytes.length > FETCH_BYTES) throw new GoogleError('Limit Exceeded: URLFetch POST Size.');
  const hasBody = spec.payload !== undefined;
  if (hasBody) headers['content-type'] = spec.contentType ?? 'application/x-www-form-urlencoded';
  for (const [name, value] of Object.entries(spec.headers)) headers[name.toLowerCase()] = String(value);
  if (hasBody && spec.contentType !== undefined) headers['content-type'] = spec.contentType;
  // A payload turns a GET into a POST on Google's side.
  const method = hasBody && spec.method === 'get' ? 'POST' : spec.method.toUpperCase();
  const lost = isUtf8(bytes) ? {} : { bytes: bytes.toString('latin1') };
  return { method, url, headers, body: bytes.toString('utf8'), ...lost };
}

function isHostOf(sandbox: Sandbox, host: string): boolean {
  return sandbox.hosts.some((known) =>
    known.startsWith('*.') ? host.endsWith(known.slice(1)) && host.length >= known.length : known === host,
  );
}

/** Who answers for this address; undefined when nobody does. */
function answererOf(execution: Execution, url: URL): ((request: SandboxRequest) => SandboxReply) | undefined {
  const { machine } = execution;
  const { state } = machine;
  const host = url.hostname;
  if (host === 'gmail.googleapis.com') {
    const scopes = machine.bundle.manifest.oauthScopes;
    return (request) => gmailRest({ state, nowMs: execution.nowMs, scopes }, request);
  }
  const sandbox = machine.sandboxes.find((one) => isHostOf(one, host) && (one.owns?.(url) ?? true));
  if (host === SHEETS_HOST) return (request) => answerForSpreadsheet(execution, sandbox, request);
  return sandbox === undefined ? undefined : (request) => answerOfVendor(execution, sandbox, request);
}

function answerOfVendor(execution: Execution, sandbox: Sandbox, request: SandboxRequest): SandboxReply {
  const { vendors } = execution.machine.state;
  vendors[sandbox.id] ??= sandbox.start();
  return sandbox.handle(vendors[sandbox.id], request, execution.nowMs);
}

/** The file that the script is bound to is the world's own; every other file lies in the sandbox of Google Sheets. */
function answerForSpreadsheet(
  execution: Execution,
  others: Sandbox | undefined,
  request: SandboxRequest,
): SandboxReply {
  const { workbook } = execution.machine;
  const isOwn = spreadsheetOf(request.url) === workbook.id;
  return isOwn || others === undefined ? sheetsRest(workbook, request) : answerOfVendor(execution, others, request);
}

function refused(status: number, message: string, headers: Record<string, string> = {}): SandboxReply {
  const body = JSON.stringify({ error: { code: status, message } });
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** Every list of the answer changed, wherever it is in the JSON. */
function withLists(reply: SandboxReply, change: (list: unknown[]) => unknown[]): SandboxReply {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return change(value);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  try {
    return { ...reply, body: JSON.stringify(walk(JSON.parse(reply.body))) };
  } catch {
    return reply;
  }
}

/** A connection that failed; thrown even where HTTP errors are muted. */
function unavailable(url: string): GoogleError {
  return new GoogleError(`Address unavailable: ${url}`);
}

/** Answers under a fault; an Error is a connection that failed. */
function troubled(
  execution: Execution,
  fault: VendorFault,
  request: SandboxRequest,
  act: (request: SandboxRequest) => SandboxReply,
): SandboxReply | Error {
  switch (fault.what) {
    case 'unauthorized':
      return refused(401, 'Invalid credentials');
    case 'payment-required':
      return refused(402, 'Payment required');
    case 'busy': {
      const wait = fault.retryAfterSeconds;
      return refused(429, 'Too many requests', wait === undefined ? {} : { 'retry-after': String(wait) });
    }
    case 'server-error':
      return refused(500, 'Internal server error');
    case 'timeout':
      if (fault.side === 'after') act(request);
      execution.spend(TIMEOUT_MS);
      return unavailable(request.url);
    case 'slow': {
      const delayMs = fault.delayMs ?? SLOW_MS;
      execution.spend(Math.min(delayMs, TIMEOUT_MS));
      const reply = act(request);
      return delayMs > TIMEOUT_MS ? unavailable(request.url) : reply;
    }
    case 'truncated': {
      const reply = act(request);
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    }
    case 'empty-page':
      return withLists(act(request), () => []);
    case 'duplicate':
      return withLists(act(request), (list) => (list.length === 0 ? list : [...list, list.at(-1)]));
  }
}

function exchange(execution: Execution, request: SandboxRequest): SandboxReply | Error {
  const { machine } = execution;
  const url = new URL(request.url);
  const host = url.hostname;
  const act = answererOf(execution, url);
  const startMs = execution.nowMs;
  const sandbox = machine.sandboxes.find((one) => isHostOf(one, host) && (one.owns?.(url) ?? true));
  const fault =
    act === undefined ? undefined : machine.faults.strikeVendor(sandbox === undefined ? [host] : [host, sandbox.id]);
  let reply: SandboxReply | Error;
  if (act === undefined) reply = new GoogleError(`DNS error: ${request.url}`);
  else if (fault === undefined) reply = act(request);
  else reply = troubled(execution, fault, request, act);
  machine.recorder?.add(request, reply, startMs, execution.nowMs - startMs);
  return reply;
}

function redirected(request: SandboxRequest, reply: SandboxReply): SandboxRequest {
  const url = new URL(reply.headers.location ?? '', request.url).toString();
  if (reply.status === 307 || reply.status === 308) return { ...request, url };
  const { 'content-type': _dropped, ...headers } = request.headers;
  return { method: 'GET', url, headers, body: '' };
}

function followed(execution: Execution, first: SandboxRequest, follow: boolean): SandboxReply | Error {
  let request = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const reply = exchange(execution, request);
    if (reply instanceof Error) return reply;
    const isRedirect = [301, 302, 303, 307, 308].includes(reply.status) && reply.headers.location !== undefined;
    if (!follow || !isRedirect) return reply;
    request = redirected(request, reply);
  }
  return new GoogleError(`Too many redirects: ${first.url}`);
}

function checkedReply(spec: FetchSpec, reply: SandboxReply | Error): SandboxReply {
  if (reply instanceof Error) throw reply;
  if (Buffer.byteLength(reply.body) > FETCH_BYTES) throw new GoogleError('Limit Exceeded: URLFetch Response Size.');
  if (spec.mute || reply.status < 400) return reply;
  const start = reply.body.slice(0, TRUNCATED_CHARS);
  throw new GoogleError(
    `Request failed for ${new URL(spec.url).origin} returned code ${reply.status}. ` +
      `Truncated server response: ${start} (use muteHttpExceptions option to examine full response)`,
  );
}

/**
 * Answers one call of the UrlFetchApp service. In a wave every request is sent before the first failure is thrown,
 * because on Google they are all under way at once.
 */
export function serveUrlFetch(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { state, bundle } = execution.machine;
  if (method !== 'fetch' && method !== 'fetchAll') {
    throw new GoogleError(`UrlFetchApp.${method} is not offered by the local host.`);
  }
  const specs = args[0] as FetchSpec[];
  const requests = specs.map((spec) => prepared(spec, bundle.manifest.urlFetchWhitelist));
  useQuota(state.meters, state.profile, execution.options.user, 'fetches', execution.nowMs, specs.length);
  const replies = specs.map((spec, index) => followed(execution, requests[index] as SandboxRequest, spec.follow));
  return specs.map((spec, index) => checkedReply(spec, replies[index] as SandboxReply | Error));
}
