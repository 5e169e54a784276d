/** `$batch`: several operations in one request, each with an answer of its own; a change set happens whole or not at all. */
import { digestOf } from '../../domain/audit';
import { sendJson } from '../../http/encode';
import { fail } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import { dynamicsFault, rootOf, VERSION } from './api';

export interface Op {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After the root: `contacts(…)`. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export const read = (path: string): Op => ({ method: 'GET', path });

const LINE = '\r\n';
const PART = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];

function written({ method, path, body, headers = {} }: Op): string {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const type = body ? 'Content-Type: application/json; charset=utf-8' : 'Accept: application/json';
  const head = [`${method} /api/data/${VERSION}/${path} HTTP/1.1`, type, ...more];
  return [...head, '', body ? JSON.stringify(body) : ''].join(LINE);
}

const closed = (boundary: string, parts: readonly string[]): string =>
  [...parts.flatMap((part) => [`--${boundary}`, part]), `--${boundary}--`, ''].join(LINE);

function changeSet(ops: readonly Op[], at: number): string {
  const name = `changeset_${at}`;
  const parts = ops.map((op, index) => [...PART, `Content-ID: ${index + 1}`, '', written(op)].join(LINE));
  return [`Content-Type: multipart/mixed; boundary=${name}`, '', closed(name, parts)].join(LINE);
}

/** Each item goes by itself, or as a list in a change set. A failure does not keep the later ones from being tried. */
export function batchRequest(account: Account, items: readonly (readonly Op[])[]): HttpRequest {
  const reads = items.every((ops) => ops.every(({ method }) => method === 'GET'));
  const parts = items.map((ops, at) => {
    const [only] = ops;
    return ops.length === 1 && only ? [...PART, '', written(only)].join(LINE) : changeSet(ops, at);
  });
  const boundary = `batch_${digestOf(parts.join('')).slice(0, 24)}`;
  return {
    ...sendJson('POST', `${rootOf(account)}$batch`),
    headers: { Prefer: 'odata.continue-on-error' },
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: closed(boundary, parts),
    ...(reads ? { reads: true } : {}),
  };
}

// ---------------------------------------------------------------- answers

const boundaryIn = (text: string | undefined): string | undefined =>
  /multipart\/mixed\s*;\s*boundary="?([^";\s]+)/i.exec(text ?? '')?.[1];

/** What stands between the boundaries. */
function partsOf(text: string, boundary: string): readonly string[] {
  const pieces = `\n${text}`.split(`\n--${boundary}`);
  if (pieces.length < 2 || !pieces[pieces.length - 1]?.startsWith('--'))
    return fail('malformed', 'The answer to a batch of Dynamics 365 is cut off.');
  return pieces.slice(1, -1).map((piece) => piece.replace(/^\r?\n/, ''));
}

/** The answer to one operation, as if it had come by itself. */
function answerIn(part: string): HttpReply {
  const [, status, rest = ''] = /(?:^|\n)HTTP\/1\.1 (\d{3})[^\n]*\n([\s\S]*)$/.exec(part) ?? [];
  if (status === undefined)
    return fail('malformed', 'The answer to a batch of Dynamics 365 has a part without a status.');
  const [head = '', ...body] = rest.split(/\r?\n\r?\n/);
  const headers = head.split(/\r?\n/).flatMap((line) => {
    const at = line.indexOf(':');
    return at < 0 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const];
  });
  return { status: Number(status), headers: Object.fromEntries(headers), body: body.join('\n\n').trim() };
}

/** For each item its answers; a change set that failed has one, which says why. */
export function answersIn(reply: HttpReply): readonly (readonly HttpReply[])[] {
  const boundary = boundaryIn(reply.headers['content-type']);
  if (boundary === undefined) return fail('malformed', 'Dynamics 365 has answered a batch with something else.');
  return partsOf(reply.body, boundary).map((part) => {
    const inner = boundaryIn(/^[^\n]*multipart\/mixed[^\n]*/i.exec(part)?.[0]);
    return inner === undefined ? [answerIn(part)] : partsOf(part, inner).map(answerIn);
  });
}

/** Sends the items and gives the answers of each, in order. Nothing is sent for nothing. */
export function* batched(account: Account, items: readonly (readonly Op[])[]): Flow<readonly (readonly HttpReply[])[]> {
  if (items.length === 0) return [];
  const answers = answersIn(yield* asked(batchRequest(account, items)));
  if (answers.length !== items.length)
    return fail('malformed', `Dynamics 365 has answered ${answers.length} of ${items.length} operations.`);
  return answers;
}

/** The first failure among the answers to one item. */
export const faultIn = (answers: readonly HttpReply[]): Fault | undefined =>
  answers.map(dynamicsFault).find((found) => found !== undefined);

/** Missing is an answer to a question; any other failure is a fault. */
export function rowIn(answer: HttpReply | undefined): HttpReply | undefined {
  if (!answer) return fail('malformed', 'Dynamics 365 has left a question unanswered.');
  if (answer.status === 404) return undefined;
  const found = dynamicsFault(answer);
  return found ? fail(found.fault, found.message, found) : answer;
}

/** Runs many of one kind, and one alone as a batch of one. */
export const alone = (run: (contexts: readonly EffectContext[]) => Flow<readonly (string | Fault)[]>) =>
  function* one(context: EffectContext): Flow<string> {
    const [came] = yield* run([context]);
    if (typeof came === 'string') return came;
    return came ? fail(came.fault, came.message, came) : fail('malformed', 'Rent Ledger bug: no outcome');
  };
