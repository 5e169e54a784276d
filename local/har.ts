/** A HAR 1.2 recorder of a world's HTTP exchanges; whatever could open a door is taken out before it is kept. */
import type { SandboxReply, SandboxRequest } from './vendors/sandbox';

const HIDDEN = '[redacted]';
const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|api-?key|signature/i;
const SECRET_NAMES = [
  'access_?token|refresh_?token|id_?token|public_?token|api_?token|auth_?token|token|client_?secret|secret',
  'password|passwd|pwd|api_?key|assertion|signature|verifier',
  'access_?token|refresh_?token|id_?token|public_?token|api_?token|token|client_?secret|secret',
  'password|passwd|pwd|api_?key|inbound_?key|assertion|signature|verifier|sig',
];
const SECRET_FIELD = new RegExp(`^(${SECRET_NAMES.join('|')})$`, 'i');
/** In addresses and forms a `code` or `key` opens doors; in JSON it names an error or an object. */
const SECRET_PARAMETER = new RegExp(`^(${SECRET_NAMES.join('|')}|key|code|sig|auth)$`, 'i');
/** SOAP services of property systems take the password and the licence of an interface in every body. */
const SECRET_ELEMENT = /(<(?:\w+:)?(?:Password|InterfaceLicense)>)[^<]*(<)/g;
/** Token shapes that vendors print; a secret may stand inside any text. */
const SECRET_SHAPE = new RegExp(
  [
    '\\b(?:sk|rk|pk)_(?:test|live)_[A-Za-z0-9]+',
    '\\bwhsec_[A-Za-z0-9]+',
    '\\bxox[a-z]-[A-Za-z0-9-]+',
    '\\bSG\\.[\\w-]+\\.[\\w-]+',
    '\\bA21AA[\\w-]{6,}',
    '\\b(?:EAAA|sq0[a-z]{3}-)[\\w-]{16,}',
    '\\bya29\\.[\\w-]+',
    '\\b1000\\.[\\da-f]{32}\\.[\\da-f]{32}\\b',
    '\\bpat-[a-z0-9]+-[\\w-]+',
    '\\b(?:access|public|link)-(?:sandbox|production)-[\\w-]+',
    '\\bAB11[\\w-]{12,}',
    '\\baccess-(?:sandbox|development|production)-[\\w-]+',
    // The key of our own web address, where it stands inside a body.
    '(?<=[?&]key=)[\\w-]+',
    // What opens the address of a workflow's trigger.
    '(?<=[?&]sig=)[\\w%-]+',
  ].join('|'),
  'g',
);

interface NameValue {
  readonly name: string;
  readonly value: string;
}

export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
}

export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

function redactText(text: string): string {
  return text.replace(SECRET_SHAPE, HIDDEN);
}

/**
 * Incoming webhook addresses are secrets as a whole, host included: what is left names the kind only. No vendor describes
 * them either, so a checker of recorded traffic finds no host of its own here.
 */
function redactPath(url: URL): void {
  if (url.hostname === 'hooks.slack.com') {
    url.hostname = 'slack-webhook.invalid';
    url.pathname = `/${HIDDEN}`;
  }
  if (/\.logic\.azure\.com$/.test(url.hostname)) url.search = '';
}

/** The address without user, password, secret query values or secret paths. */
export function redactUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return redactText(text);
  }
  if (url.username !== '' || url.password !== '') {
    url.username = 'redacted';
    url.password = '';
  }
  redactPath(url);
  for (const name of [...url.searchParams.keys()]) {
    if (SECRET_PARAMETER.test(name)) url.searchParams.set(name, HIDDEN);
  }
  return redactText(url.toString()).replaceAll('%5Bredacted%5D', HIDDEN);
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET_FIELD.test(name) ? hidden(inner) : redactValue(inner)]),
  );
}

/** A secret as a text, or as Azure writes the value of a parameter. */
function hidden(inner: unknown): unknown {
  if (typeof inner === 'string') return HIDDEN;
  const isParameter = typeof inner === 'object' && inner !== null && 'value' in inner;
  return isParameter ? { ...inner, value: HIDDEN } : redactValue(inner);
}

/** A body as JSON or form with its secret fields hidden; other text only loses known token shapes. */
export function redactBody(body: string, contentType: string): string {
  if (/json/i.test(contentType) || /^\s*[{[]/.test(body)) {
    try {
      return JSON.stringify(redactValue(JSON.parse(body)));
    } catch {
      return redactText(body);
    }
  }
  if (/xml/i.test(contentType)) return redactText(body.replace(SECRET_ELEMENT, `$1${HIDDEN}$2`));
  if (!/x-www-form-urlencoded/i.test(contentType)) return redactText(body);
  const pairs = body.split('&').map((pair) => {
    const name = pair.split('=', 1)[0] ?? '';
    return SECRET_PARAMETER.test(decodeURIComponent(name)) ? `${name}=${HIDDEN}` : pair;
  });
  return redactText(pairs.join('&'));
}

function redactHeaders(headers: Readonly<Record<string, string>>): NameValue[] {
  return Object.entries(headers).map(([name, value]) => ({
    name,
    value: SECRET_HEADER.test(name) ? HIDDEN : redactText(name.toLowerCase() === 'location' ? redactUrl(value) : value),
  }));
}

function requestOf(request: SandboxRequest): Record<string, unknown> {
  const url = redactUrl(request.url);
  const mimeType = request.headers['content-type'] ?? '';
  const query = url.includes('?') ? [...new URLSearchParams(url.slice(url.indexOf('?')))] : [];
  return {
    method: request.method.toUpperCase(),
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: redactHeaders(request.headers),
    queryString: query.map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: Buffer.byteLength(request.body),
    ...(request.body === '' ? {} : { postData: { mimeType, text: redactBody(request.body, mimeType) } }),
  };
}

/** Addresses whose whole answer is a token, as one JSON string. */
const TELLS_TOKEN = /^https:\/\/[^/]+\.rentmanager\.com\/Authentication\//i;

function responseOf(reply: SandboxReply | Error, url: string): Record<string, unknown> {
  const isError = reply instanceof Error;
  const headers = isError ? {} : reply.headers;
  const mimeType = isError ? 'x-unknown' : (reply.headers['content-type'] ?? 'x-unknown');
  const isToken = !isError && reply.status === 200 && TELLS_TOKEN.test(url);
  const text = isError ? '' : isToken ? JSON.stringify(HIDDEN) : reply.body;
  return {
    status: isError ? 0 : reply.status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: redactHeaders(headers),
    content: { size: Buffer.byteLength(text), mimeType, text: redactBody(text, mimeType) },
    redirectURL: redactUrl(isError ? '' : (reply.headers.location ?? '')),
    headersSize: -1,
    bodySize: Buffer.byteLength(text),
    ...(isError ? { _error: redactText(reply.message) } : {}),
  };
}

export class HarRecorder {
  private readonly entries: HarEntry[] = [];

  /** Keeps one exchange, already redacted. `tookMs` is modelled time; an Error is a connection that failed. */
  add(request: SandboxRequest, reply: SandboxReply | Error, nowMs: number, tookMs = 0): void {
    this.entries.push({
      startedDateTime: new Date(nowMs).toISOString(),
      time: tookMs,
      request: requestOf(request),
      response: responseOf(reply, request.url),
      cache: {},
      timings: { send: 0, wait: tookMs, receive: 0 },
    });
  }

  get size(): number {
    return this.entries.length;
  }

  toJSON(): Har {
    return { log: { version: '1.2', creator: { name: 'rent-ledger', version: '1' }, entries: [...this.entries] } };
  }
}
