/** How Monday.com's GraphQL is talked to: documents with variables, a token as it is, and errors that come with HTTP 200. */
import { bodyOf, errorIn } from '../../http/body';
import { sendJson, withHeaders } from '../../http/encode';
import { classify, fail, fault, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { asked, type Credentials, type Flow } from '../connector';

export const HOST = 'api.monday.com';
/** Versions come each quarter and are served for about a year. */
const VERSION = '2026-10';
const ENDPOINT = `https://${HOST}/v2`;

type Variables = Readonly<Record<string, unknown>>;

/** A document that only reads: it may be asked again. */
export const query = (text: string, variables: Variables = {}): HttpRequest =>
  sendJson('POST', ENDPOINT, { query: text, variables }, { reads: true });

export const mutation = (text: string, variables: Variables): HttpRequest =>
  sendJson('POST', ENDPOINT, { query: text, variables });

/** The data of one document. */
export function* dataOf(request: HttpRequest, about: string): Flow<Json> {
  return bodyOf(yield* asked(request), about).at('data');
}

export function sign(request: HttpRequest, { MONDAY_TOKEN: token = '' }: Credentials): HttpRequest {
  const plain = token.trim();
  if (plain === '' || /\s/.test(plain))
    return fail('auth', 'The token of Monday.com is one word without blanks. Copy it again.');
  return withHeaders(request, { Authorization: plain, 'API-Version': VERSION });
}

// ---------------------------------------------------------------- errors

interface Meaning {
  readonly kind?: FaultKind;
  /** Instead of Monday.com's words, which are written for programmers. */
  readonly says?: string;
}

const BUSY: Meaning = { kind: 'busy' };

const MEANINGS: Readonly<Record<string, Meaning>> = {
  COMPLEXITY_BUDGET_EXHAUSTED: BUSY,
  DAILY_LIMIT_EXCEEDED: { kind: 'busy', says: 'The calls that your plan of Monday.com has in a day are used up.' },
  FIELD_LIMIT_EXCEEDED: BUSY,
  IP_RATE_LIMIT_EXCEEDED: BUSY,
  MAX_CONCURRENCY_EXCEEDED: BUSY,
  MINUTE_RATE_LIMIT_EXCEEDED: BUSY,
  maxConcurrencyExceeded: BUSY,
  InvalidBoardIdException: { kind: 'missing', says: 'The board is gone, or you may not see it. Choose another one.' },
  InvalidColumnIdException: {
    kind: 'missing',
    says: 'The board has no such column. Choose another one in the mapping, or press Make columns.',
  },
  ResourceNotFoundException: { kind: 'missing' },
  UserUnauthorizedException: {
    says: 'The person whose token this is may not do that on the board. Make them an editor or owner of it.',
  },
  INTERNAL_SERVER_ERROR: { kind: 'down' },
  InternalServerError: { kind: 'down' },
};

interface Said {
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly waitSeconds?: number | undefined;
}

const numberIn = (error: Json, path: string): number | undefined => {
  const { value } = error.at(path);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** One of `errors`: an object with a code of its own, or a text alone. */
function saidBy(error: Json): Said {
  if (typeof error.value === 'string') return { message: error.value };
  const label = error.word('extensions.error_data.column_name');
  const message = error.word('message');
  return {
    message: label === undefined ? message : `${label}: ${message ?? ''}`,
    code: error.word('extensions.code'),
    status: numberIn(error, 'extensions.status_code'),
    waitSeconds:
      numberIn(error, 'extensions.retry_in_seconds') ?? numberIn(error, 'extensions.error_data.retry_in_seconds'),
  };
}

/** The first error of an answer, in the current shape or in that of older versions; undefined where it names none. */
function firstSaid(body: Json): Said | undefined {
  const { value } = body.at('errors');
  if (Array.isArray(value) && value.length > 0) return saidBy(body.at('errors.0'));
  const [message, code] = [body.word('error_message'), body.word('error_code')];
  return message === undefined && code === undefined
    ? undefined
    : { message, code, status: numberIn(body, 'status_code') };
}

/** What was done is known only where it is a mutation of ours: its fields have the names a0, a1 and so on. */
const isOurs = (body: Json): boolean =>
  body.has('data') && /^a\d+$/.test(Object.keys(body.at('data').value ?? {})[0] ?? '');

/** Undefined when the reply is good: a mutation of which parts failed is, and tells each part's fault by itself. */
export function mondayFault(reply: HttpReply): Fault | undefined {
  const body = errorIn(reply);
  const said = firstSaid(body);
  if (isGood(reply) && !said)
    return body.has('data')
      ? undefined
      : fault('malformed', 'Monday.com answered without data.', { status: reply.status });
  if (isGood(reply) && isOurs(body)) return undefined;
  return faultFrom(reply, said ?? {});
}

function faultFrom(reply: HttpReply, { message, code, status = 0, waitSeconds }: Said): Fault {
  const meaning = MEANINGS[code ?? ''] ?? (status >= 500 ? { kind: 'down' as const } : status === 429 ? BUSY : {});
  const words = { message: meaning.says ?? message, code, kind: meaning.kind };
  const found = isGood(reply) ? refusal(reply, words as never) : (classify(reply, words as never) as Fault);
  return waitSeconds === undefined ? found : { ...found, retryAfterSeconds: Math.ceil(waitSeconds) };
}

/** The fault of the part of a mutation that bears this name. */
export function faultOfPart(reply: HttpReply, name: string): Fault {
  const error = errorIn(reply)
    .items('errors')
    .find((each) => each.word('path.0') === name);
  if (error) return faultFrom(reply, saidBy(error));
  return fault('malformed', 'Monday.com told neither what it did nor why it did nothing.', { status: reply.status });
}
