/** The door of the API: one address, a token as it is, a body of JSON, the version, and the limits. */
import { createHash } from 'node:crypto';
import { answering, jsonBody, jsonReply, mediaType, nextNumber, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refuseCall } from './errors';
import { countCall, limitHeaders } from './limits';
import { type Call, run } from './run';
import type { MondayState, User } from './state';
import { versionOf } from './versions';

type Fields = Readonly<Record<string, unknown>>;

export function handleCall(state: MondayState, request: SandboxRequest, nowMs: number): SandboxReply {
  const reply = answering(() => {
    const { pathname } = new URL(request.url);
    if (pathname !== '/v2') return refuseCall(404, 'NOT_FOUND', 'Not found');
    if (request.method !== 'POST') return refuseCall(405, 'METHOD_NOT_ALLOWED', 'Only POST is allowed');
    const user = userOf(state, request);
    countCall(state, nowMs);
    const version = versionOf(request.headers['api-version'], nowMs);
    return jsonReply(200, run(state, callOf(request), user, version, nowMs));
  });
  return stamped(state, reply, nowMs);
}

/** The token stands alone in the header: with `Bearer` before it, it is another one that nobody knows. */
function userOf(state: MondayState, request: SandboxRequest): User {
  const known = state.tokens.find(({ token }) => token === request.headers.authorization);
  const user = state.users.find(({ id }) => id === known?.user);
  if (user) return user;
  throw new Refused(jsonReply(401, { errors: ['Not Authenticated'] }));
}

function callOf(request: SandboxRequest): Call {
  if (mediaType(request) !== 'application/json')
    return refuseCall(400, 'BAD_REQUEST', 'The body of a call is sent as application/json');
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null) return refuseCall(400, 'BAD_REQUEST', 'No query string was present');
  const { query, variables, operationName, ...others } = body as Fields;
  if (typeof query !== 'string' || query === '') return refuseCall(400, 'BAD_REQUEST', 'No query string was present');
  const odd = Object.keys(others)[0];
  if (odd !== undefined) return refuseCall(400, 'BAD_REQUEST', `${odd} is not a part of a call`);
  const given = variables ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    return refuseCall(400, 'BAD_REQUEST', 'variables is not an object');
  return { query, variables: given as Fields, operationName: operationName ? String(operationName) : undefined };
}

/** Every body has an id for support; those of an account that is known name it. */
function stamped(state: MondayState, reply: SandboxReply, nowMs: number): SandboxReply {
  const digest = createHash('sha256')
    .update(`request ${nextNumber(state, 'request')}`)
    .digest('hex');
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const account = reply.status === 200 ? { account_id: state.account.id } : {};
  const body = { ...(JSON.parse(reply.body) as Fields), extensions: { request_id: id }, ...account };
  const limits = reply.status === 401 ? {} : limitHeaders(state, nowMs);
  return { ...reply, headers: { ...reply.headers, ...limits }, body: JSON.stringify(body) };
}
