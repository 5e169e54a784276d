/** The web app as browsers and vendors meet it: pages at once, texts by a redirect to a one-time address. */
import type { RunResult } from './state';

/** What a doGet or doPost came to. */
export interface WebReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** A page is shown where it was asked for; a text is fetched from another address. */
  readonly isPage: boolean;
  /** The name under which a browser saves a text. */
  readonly file?: string;
  readonly run?: RunResult;
}

interface Described {
  readonly content?: unknown;
  readonly type?: string;
  readonly file?: string | null;
  readonly title?: string;
}

const MIME: Readonly<Record<string, string>> = {
  CSV: 'text/csv',
  ICAL: 'text/calendar',
  JAVASCRIPT: 'application/javascript',
  JSON: 'application/json',
  TEXT: 'text/plain',
  VCARD: 'text/vcard',
};

/** Query names that Google keeps for itself and answers with 405. */
export const RESERVED = ['c', 'sid'];

export const methodNotAllowed: WebReply = { status: 405, contentType: 'text/html', body: '', isPage: true };

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Google shows failures on a page of its own, with status 200. */
function errorPage(message: string, run: RunResult): WebReply {
  const head = '<!DOCTYPE html><html><head><title>Error</title></head>';
  const body = `${head}<body><div>${escaped(message)}</div></body></html>`;
  return { status: 200, contentType: 'text/html; charset=utf-8', body, isPage: true, run };
}

/** The reply for what a handler returned. */
export function webReply(run: RunResult, kind: string | undefined): WebReply {
  if (!run.ok) return errorPage(`${run.error?.name}: ${run.error?.message}`, run);
  const { content, type, file } = (run.value ?? {}) as Described;
  const body = String(content ?? '');
  if (kind === 'html') return { status: 200, contentType: 'text/html; charset=utf-8', body, isPage: true, run };
  if (kind === 'text') {
    const contentType = `${MIME[type ?? 'TEXT']}; charset=utf-8`;
    return { status: 200, contentType, body, isPage: false, ...(file ? { file } : {}), run };
  }
  return errorPage('The script completed but the returned value is not a supported return type.', run);
}

interface LoopRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface LoopReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the helper needs of a world. */
export interface WebWorld {
  doGet(parameters: Readonly<Record<string, readonly string[]>>): WebReply;
  doPost(request: {
    readonly parameters: Readonly<Record<string, readonly string[]>>;
    readonly body: string;
    readonly type: string;
  }): WebReply;
}

const ECHO = '/macros/echo';
/** Texts that nobody fetched are forgotten, oldest first. */
const WAITING = 100;

function parametersOf(url: URL): Record<string, string[]> {
  const parameters: Record<string, string[]> = {};
  for (const name of url.searchParams.keys()) parameters[name] = url.searchParams.getAll(name);
  return parameters;
}

/** Serves `/macros/s/<id>/exec` on loopback, with the redirect hop that callers of a real web app must follow. */
export class WebApp {
  private readonly waiting = new Map<string, WebReply>();
  private served = 0;

  constructor(private readonly world: WebWorld) {}

  handle(request: LoopRequest): LoopReply {
    const url = new URL(request.url);
    if (url.pathname === ECHO) return this.echo(url.searchParams.get('user_content_key') ?? '');
    const parameters = parametersOf(url);
    const isPost = request.method.toUpperCase() === 'POST';
    const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
    const reply = isPost ? this.world.doPost({ parameters, body: request.body, type }) : this.world.doGet(parameters);
    if (reply.isPage) return { status: reply.status, headers: { 'content-type': reply.contentType }, body: reply.body };
    this.served += 1;
    const key = `once-${this.served}`;
    this.waiting.set(key, reply);
    for (const old of [...this.waiting.keys()].slice(0, -WAITING)) this.waiting.delete(old);
    return { status: 302, headers: { location: `${url.origin}${ECHO}?user_content_key=${key}` }, body: '' };
  }

  private echo(key: string): LoopReply {
    const reply = this.waiting.get(key);
    this.waiting.delete(key);
    if (reply === undefined) return { status: 404, headers: { 'content-type': 'text/html' }, body: 'Not Found' };
    const saved: Record<string, string> =
      reply.file === undefined ? {} : { 'content-disposition': `attachment; filename="${reply.file}"` };
    return { status: 200, headers: { 'content-type': reply.contentType, ...saved }, body: reply.body };
  }
}
