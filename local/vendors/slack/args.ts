/** What a call to Slack's Web API brings: arguments in query, form or JSON, and the token. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { type Fields, refuse } from './answer';
import type { SlackState, Token } from './state';

export interface Called {
  readonly args: Fields;
  /** Odd, but taken. */
  readonly warnings: readonly string[];
}

/** Arguments from query and body. Only methods that write take JSON, and they take no GET. */
export function argsOf(request: SandboxRequest, writes: boolean): Called {
  const query: Record<string, unknown> = Object.fromEntries(new URL(request.url).searchParams);
  // A token in the address would end up in logs: Slack does not look there any more.
  delete query.token;
  if (request.method === 'GET') return writes ? refuse('missing_post_type') : { args: query, warnings: [] };
  if (request.method !== 'POST') return refuse('invalid_post_type');
  if (request.body === '') return { args: query, warnings: [] };
  const hasCharset = /;\s*charset=/i.test(request.headers['content-type'] ?? '');
  switch (mediaType(request)) {
    case '':
      return refuse('missing_post_type');
    case 'application/x-www-form-urlencoded': {
      const form = Object.fromEntries(new URLSearchParams(request.body));
      return { args: { ...query, ...form }, warnings: hasCharset ? ['superfluous_charset'] : [] };
    }
    case 'application/json': {
      const warnings = hasCharset ? [] : ['missing_charset'];
      return { args: writes ? { ...query, ...objectOf(request) } : query, warnings };
    }
    default:
      return refuse('invalid_post_type');
  }
}

function objectOf(request: SandboxRequest): object {
  const parsed = jsonBody(request);
  if (parsed === undefined) return refuse('invalid_json');
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return refuse('json_not_object');
  return parsed;
}

export function tokenOf(state: SlackState, request: SandboxRequest, args: Fields): Token {
  const [, bearer] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const given = bearer ?? textIn(args, 'token');
  if (given === '') return refuse('not_authed');
  const known = state.tokens.find((one) => one.token === given);
  if (!known) return refuse('invalid_auth');
  return known.error ? refuse(known.error) : known;
}

/** A text argument; '' where it is missing. */
export function textIn(args: Fields, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

/** A form says true as `true` or `1`. */
export const flagIn = (args: Fields, name: string): boolean => ['true', '1'].includes(String(args[name]));

/** A list argument: in a form it is a JSON text. Undefined where it is missing or cannot be read. */
export function listIn(args: Fields, name: string): readonly unknown[] | undefined {
  const value = args[name];
  const parsed: unknown = typeof value === 'string' ? jsonOf(value) : value;
  return Array.isArray(parsed) ? parsed : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** How many rows of a list are wanted. */
export function limitIn(args: Fields, most: number): number {
  const limit = Number(args.limit ?? 100);
  return Number.isInteger(limit) && limit >= 1 && limit <= most ? limit : refuse('invalid_limit');
}

/** Cursors name a place in a list; they look like nothing that a caller could make. */
export const cursorAt = (place: string): string => Buffer.from(`next:${place}`).toString('base64');

export function placeIn(args: Fields): string | undefined {
  const cursor = textIn(args, 'cursor');
  if (cursor === '') return undefined;
  const [, place] = /^next:([\d.]+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  return place ?? refuse('invalid_cursor');
}
