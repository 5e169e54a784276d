/** The REST face of Gmail over the world's own mailbox: profile, messages, threads and labels of API v1. */
import { GoogleError } from './host/errors';
import { decodeRaw, MailRefused, sendRaw } from './host/mailbox';
import { headerOf, headersOf, type MimePart, parsePart, splitMessage, textOf } from './host/mime';
import { drawInt } from './host/random';
import { neededScopes } from './host/scopes';
import { type HostState, type MailMessage, nextSerial } from './host/state';
import { accountOf } from './host/tokens';
import type { SandboxReply, SandboxRequest } from './vendors/sandbox';

/** What the face works on: the world's state, its clock, and what the token was granted. */
export interface MailFace {
  readonly state: HostState;
  readonly nowMs: number;
  readonly scopes: readonly string[];
}

interface Asked {
  readonly face: MailFace;
  readonly account: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly id: string;
}

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
};

const SYSTEM_LABELS = ['INBOX', 'SENT', 'DRAFT', 'UNREAD', 'IMPORTANT', 'STARRED', 'SPAM', 'TRASH'];

function json(status: number, value: unknown): SandboxReply {
  const headers = { 'content-type': 'application/json; charset=UTF-8', server: 'ESF' };
  return { status, headers, body: JSON.stringify(value) };
}

function refusal(code: number, message: string, reason: string): SandboxReply {
  const errors = [{ message, domain: reason === 'rateLimitExceeded' ? 'usageLimits' : 'global', reason }];
  return json(code, { error: { code, message, errors, status: STATUS[code] ?? 'UNKNOWN' } });
}

function missing(): MailRefused {
  return new MailRefused(404, 'Requested entity was not found.', 'notFound');
}

function mailOf(asked: Asked): MailMessage[] {
  return asked.face.state.mailbox.filter((message) => message.account === asked.account);
}

const base64url = (bytes: Buffer) => bytes.toString('base64url');

function payloadOf(part: MimePart, partId: string, named?: readonly string[]): Record<string, unknown> {
  const wanted = named?.map((name) => name.toLowerCase());
  const headers =
    wanted === undefined ? part.headers : part.headers.filter((h) => wanted.includes(h.name.toLowerCase()));
  const isLeaf = part.parts.length === 0;
  return {
    partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers,
    body: isLeaf ? { size: part.body.length, data: base64url(part.body) } : { size: 0 },
    ...(isLeaf
      ? {}
      : { parts: part.parts.map((p, index) => payloadOf(p, partId === '' ? `${index}` : `${partId}.${index}`)) }),
  };
}

function metadataOf(part: MimePart, names: readonly string[]): Record<string, unknown> {
  const { partId, mimeType, filename, headers } = payloadOf(part, '', names.length === 0 ? undefined : names);
  return { partId, mimeType, filename, headers };
}

function snippetOf(part: MimePart): string {
  const text = textOf(part, 'text/plain') ?? textOf(part, 'text/html')?.replace(/<[^>]*>/g, ' ') ?? '';
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

function messageOf(message: MailMessage, asked: Asked): Record<string, unknown> {
  const format = asked.query.get('format') ?? 'full';
  const part = parsePart(message.raw);
  const common = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds,
    snippet: snippetOf(part),
    historyId: String(message.date),
    internalDate: String(message.date),
    sizeEstimate: message.raw.length,
  };
  if (format === 'minimal') return common;
  if (format === 'raw') return { ...common, raw: base64url(Buffer.from(message.raw, 'latin1')) };
  if (format === 'metadata') {
    return { ...common, payload: metadataOf(part, asked.query.getAll('metadataHeaders')) };
  }
  if (format !== 'full')
    throw new MailRefused(400, `Invalid value at 'format' (type.googleapis.com), "${format}"`, 'invalidArgument');
  return { ...common, payload: payloadOf(part, '') };
}

/** One term of the search language; a term without a known operator is looked for in subject and text. */
function matchesTerm(message: MailMessage, term: string, nowMs: number): boolean {
  const [, operator = '', rest = term] = /^([a-z_0-9]+):(.+)$/i.exec(term) ?? [];
  const value = rest.replace(/^["(]|[")]$/g, '').toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(value);
  switch (operator.toLowerCase()) {
    case 'from':
      return has(message.from);
    case 'to':
      return has(message.to);
    case 'subject':
      return has(message.subject);
    case 'in':
    case 'label':
    case 'is':
      return value === 'anywhere' || message.labelIds.some((label) => label.toLowerCase() === value);
    case 'after':
      return message.date / 1000 >= Number(value);
    case 'before':
      return message.date / 1000 < Number(value);
    case 'newer_than':
      return message.date > nowMs - Number.parseInt(value, 10) * 86_400_000;
    case 'rfc822msgid':
      return has(headerOf(headersOf(splitMessage(message.raw).head), 'Message-ID'));
    default:
      return has(message.subject) || has(textOf(parsePart(message.raw), 'text/plain') ?? '');
  }
}

function found(asked: Asked): MailMessage[] {
  const terms = (asked.query.get('q') ?? '').match(/[a-z_0-9]+:"[^"]*"|"[^"]*"|\S+/gi) ?? [];
  const labels = asked.query.getAll('labelIds');
  return mailOf(asked)
    .filter((message) => labels.every((label) => message.labelIds.includes(label)))
    .filter((message) =>
      terms.every((term) =>
        term.startsWith('-')
          ? !matchesTerm(message, term.slice(1), asked.face.nowMs)
          : matchesTerm(message, term, asked.face.nowMs),
      ),
    )
    .reverse();
}

/** A page of a list; the token is the place to go on from. */
function page<T>(asked: Asked, all: readonly T[], name: string): SandboxReply {
  const size = Math.min(Number(asked.query.get('maxResults') ?? 100) || 100, 500);
  const start = Number(asked.query.get('pageToken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw new MailRefused(400, 'Invalid pageToken', 'invalidArgument');
  const items = all.slice(start, start + size);
  const next = start + size < all.length ? { nextPageToken: String(start + size) } : {};
  return json(200, { ...(items.length === 0 ? {} : { [name]: items }), ...next, resultSizeEstimate: all.length });
}

function send(asked: Asked): SandboxReply {
  const { raw, threadId } = asked.body;
  const thread = typeof threadId === 'string' ? threadId : undefined;
  const sent = sendRaw(asked.face.state, asked.account, decodeRaw(raw), asked.face.nowMs, thread);
  return json(200, { id: sent.id, threadId: sent.threadId, labelIds: sent.labelIds });
}

function profile(asked: Asked): SandboxReply {
  const mail = mailOf(asked);
  return json(200, {
    emailAddress: asked.account,
    messagesTotal: mail.length,
    threadsTotal: new Set(mail.map((message) => message.threadId)).size,
    historyId: String(mail.at(-1)?.date ?? 1),
  });
}

function threads(asked: Asked): SandboxReply {
  const lastMs = new Map(mailOf(asked).map((message) => [message.threadId, message.date]));
  const ids = [...new Set(found(asked).map((message) => message.threadId))];
  const all = ids.map((id) => ({ id, historyId: String(lastMs.get(id)) }));
  return page(asked, all, 'threads');
}

function thread(asked: Asked): SandboxReply {
  const messages = mailOf(asked).filter((message) => message.threadId === asked.id);
  if (messages.length === 0) throw missing();
  const parts = messages.map((message) => messageOf(message, asked));
  return json(200, { id: asked.id, historyId: String(messages.at(-1)?.date), messages: parts });
}

function labels(asked: Asked): SandboxReply {
  const system = SYSTEM_LABELS.map((name) => ({ id: name, name, type: 'system' }));
  return json(200, { labels: [...system, ...asked.face.state.labels.map((label) => ({ ...label, type: 'user' }))] });
}

function createLabel(asked: Asked): SandboxReply {
  const { state } = asked.face;
  const name = asked.body.name;
  if (typeof name !== 'string' || name === '') throw new MailRefused(400, 'Invalid label name', 'invalidArgument');
  if (state.labels.some((label) => label.name === name)) {
    throw new MailRefused(409, 'Label name exists or conflicts', 'aborted');
  }
  const serial = nextSerial(state, 'label');
  const label = { id: `Label_${serial}${drawInt(state.seed, `label:${serial}`, 10_000)}`, name };
  state.labels.push(label);
  return json(200, { ...label, messageListVisibility: 'show', labelListVisibility: 'labelShow' });
}

type Route = readonly [method: string, path: RegExp, call: string, act: (asked: Asked) => SandboxReply];

const ROUTES: readonly Route[] = [
  ['GET', /^profile$/, 'Gmail.Users.getProfile', profile],
  ['POST', /^messages\/send$/, 'Gmail.Users.Messages.send', send],
  [
    'GET',
    /^messages$/,
    'Gmail.Users.Messages.list',
    (asked) =>
      page(
        asked,
        found(asked).map(({ id, threadId }) => ({ id, threadId })),
        'messages',
      ),
  ],
  [
    'GET',
    /^messages\/([^/]+)$/,
    'Gmail.Users.Messages.get',
    (asked) => {
      const message = mailOf(asked).find(({ id }) => id === asked.id);
      if (message === undefined) throw missing();
      return json(200, messageOf(message, asked));
    },
  ],
  ['GET', /^threads$/, 'Gmail.Users.Threads.list', threads],
  ['GET', /^threads\/([^/]+)$/, 'Gmail.Users.Threads.get', thread],
  ['GET', /^labels$/, 'Gmail.Users.Labels.list', labels],
  ['POST', /^labels$/, 'Gmail.Users.Labels.create', createLabel],
];

function bodyOf(request: SandboxRequest): Record<string, unknown> {
  if (request.body === '') return {};
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the refusal that Google gives for any body it cannot read.
  }
  throw new MailRefused(400, 'Parse Error', 'parseError');
}

function answer(face: MailFace, request: SandboxRequest, account: string): SandboxReply {
  const url = new URL(request.url);
  const match = /^\/gmail\/v1\/users\/([^/]+)\/(.+)$/.exec(url.pathname);
  const user = decodeURIComponent(match?.[1] ?? '');
  const path = match?.[2] ?? '';
  const route = ROUTES.find(([method, pattern]) => method === request.method.toUpperCase() && pattern.test(path));
  if (match === null || route === undefined) return refusal(404, 'Not Found', 'notFound');
  const [, pattern, call, act] = route;
  if (user !== 'me' && user.toLowerCase() !== account.toLowerCase()) {
    return refusal(403, `Delegation denied for ${account}`, 'forbidden');
  }
  if (!neededScopes(call).some((scope) => face.scopes.includes(scope))) {
    return refusal(403, 'Request had insufficient authentication scopes.', 'insufficientPermissions');
  }
  const id = decodeURIComponent(pattern.exec(path)?.[1] ?? '');
  return act({ face, account, query: url.searchParams, body: bodyOf(request), id });
}

/** Answers one request; a bearer token of this world is required, and its account is `me`. */
export function gmailRest(face: MailFace, request: SandboxRequest): SandboxReply {
  const account = accountOf(request.headers.authorization);
  if (account === undefined) {
    const text =
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
      'authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
    return refusal(401, text, 'authError');
  }
  try {
    return answer(face, request, account);
  } catch (error) {
    if (error instanceof MailRefused) return refusal(error.code, error.message, error.reason);
    if (error instanceof GoogleError) return refusal(429, error.message, 'rateLimitExceeded');
    throw error;
  }
}
