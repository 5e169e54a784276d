/** A charge or a payment that is posted: read by the set-up's names and formats, and made once. */
import { createHash } from 'node:crypto';
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import type { Kind, Part } from './profiles';
import { addLine, type GatewayState, type Line, type Tenant } from './state';
import { readAmount, readDay, readId, refused, writtenId } from './wire';

type Members = Readonly<Record<string, unknown>>;
type Given = Partial<Record<Part, unknown>>;

const METHODS = ['ACH', 'Check', 'CreditCard', 'Cash', 'Other'];
const MAX_REFERENCE = 64;

/** `kinds` are those that the path takes. */
export function postLine(state: GatewayState, request: SandboxRequest, kinds: readonly Kind[]): SandboxReply {
  const { setUp } = state;
  if (mediaType(request) !== 'application/json') throw refused(setUp, 415, 'The body has to be application/json.');
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refused(setUp, 400, 'The body is no JSON object.');
  const kind = kindOf(state, body as Members, kinds);
  const given = partsOf(state, body as Members, kind);
  const asked = digest(request.body);
  const before = madeBefore(state, request, given, asked);
  if (before) return shownMade(state, before, 200);
  const line = made(state, kind, given, asked);
  const key = request.headers['idempotency-key'];
  if (setUp.once.key && key) state.keys[key] = { asked, line: line.id };
  return shownMade(state, line, 201);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function kindOf({ setUp }: GatewayState, body: Members, kinds: readonly Kind[]): Kind {
  if (kinds.length === 1) return kinds[0]!;
  const name = setUp.fields.charge.type ?? 'type';
  const kind = kinds.find((one) => one === body[name]);
  if (!kind) throw refused(setUp, 400, `${name} has to be charge or payment.`);
  return kind;
}

function partsOf({ setUp }: GatewayState, body: Members, kind: Kind): Given {
  const names = Object.entries(setUp.fields[kind]) as [Part, string][];
  const known = new Map(names.map(([part, name]) => [name.replace(/\?$/, ''), { part, optional: name.endsWith('?') }]));
  for (const name of Object.keys(body))
    if (!known.has(name)) throw refused(setUp, 400, `${name} is not known for a ${kind}.`);
  const given: Given = {};
  for (const [name, { part, optional }] of known) {
    if (body[name] !== undefined && body[name] !== null) given[part] = body[name];
    else if (!optional) throw refused(setUp, 400, `${name} is missing.`);
  }
  return given;
}

/** The line that the same reference or key made earlier; the same with another content is refused. */
function madeBefore(state: GatewayState, request: SandboxRequest, given: Given, asked: string): Line | undefined {
  const { setUp } = state;
  const key = request.headers['idempotency-key'];
  const known = setUp.once.key && key ? state.keys[key] : undefined;
  if (known) {
    if (known.asked !== asked) throw refused(setUp, 422, 'This Idempotency-Key came with another body before.');
    return state.lines.find(({ id }) => id === known.line);
  }
  if (!setUp.once.reference) return undefined;
  const same = state.lines.find(({ reference, reverses }) => reference === given.reference && reverses === null);
  if (same && same.posted !== asked)
    throw refused(setUp, 409, `The reference ${String(given.reference)} is taken by another transaction.`);
  return same;
}

function made(state: GatewayState, kind: Kind, given: Given, posted: string): Line {
  const { setUp } = state;
  const bad = (part: Part, wanted: string) =>
    refused(setUp, 400, `${(setUp.fields[kind][part] ?? part).replace(/\?$/, '')} has to be ${wanted}.`);
  const signed = readAmount(setUp.amountFormat, given.amount);
  const cents = (signed ?? 0) * setUp.signs[kind];
  if (cents === 0 || (cents < 0 && !setUp.negative)) throw bad('amount', `an amount as ${setUp.amountFormat}`);
  const day = readDay(setUp.dateFormat, given.date);
  if (!day) throw bad('date', `a day as ${setUp.dateFormat}`);
  const { reference } = given;
  if (typeof reference !== 'string' || reference === '' || reference.length > MAX_REFERENCE)
    throw bad('reference', `1 to ${MAX_REFERENCE} characters`);
  if (given.method !== undefined && !METHODS.includes(String(given.method))) throw bad('method', METHODS.join(', '));
  for (const part of ['text', 'document'] as const)
    if (given[part] !== undefined && typeof given[part] !== 'string') throw bad(part, 'text');
  const postMonth = given.postMonth ?? day.slice(0, 7);
  if (typeof postMonth !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(postMonth))
    throw bad('postMonth', 'a month yyyy-MM');
  const tenant = tenantOf(state, given);
  const code = kind === 'charge' ? codeOf(state, given) : null;
  if (setUp.openFrom !== null && postMonth < setUp.openFrom)
    throw refused(setUp, 422, `The month ${postMonth} is closed.`);
  return addLine(state, {
    ...{ kind, tenant: tenant.code, cents, day, postMonth, code, reference, posted },
    text: (given.text as string | undefined) ?? null,
    method: (given.method as string | undefined) ?? null,
    document: (given.document as string | undefined) ?? null,
    status: setUp.posts === 'at once' ? 'posted' : 'pending',
  });
}

/** Whoever is named by tenant, by lease, or by both; unit and property have to be theirs. */
function tenantOf(state: GatewayState, given: Given): Tenant {
  const { setUp } = state;
  const named = (part: Part) => (given[part] === undefined ? undefined : (readId(setUp, given[part]) ?? ''));
  const [code, lease] = [named('tenant'), named('lease')];
  const tenant = state.tenants.find((one) => (lease === undefined ? one.code === code : one.lease === lease));
  if (!tenant || (code !== undefined && tenant.code !== code))
    throw refused(setUp, 422, `There is no tenant ${code ?? lease}.`);
  for (const part of ['unit', 'property'] as const) {
    const one = named(part);
    if (one !== undefined && one !== tenant[part])
      throw refused(setUp, 422, `The tenant ${tenant.code} does not live in the ${part} ${one}.`);
  }
  return tenant;
}

function codeOf({ setUp }: GatewayState, given: Given): string {
  const code = readId(setUp, given.code);
  if (code === undefined || !setUp.codes.includes(code))
    throw refused(setUp, 422, `There is no charge code ${String(given.code)}.`);
  return code;
}

function shownMade({ setUp }: GatewayState, line: Line, status: number): SandboxReply {
  const { id, status: state } = setUp.fields.answer;
  const reference = (setUp.fields[line.kind].reference ?? 'reference').replace(/\?$/, '');
  return jsonReply(status, { [id]: writtenId(setUp, line.id), [state]: line.status, [reference]: line.reference });
}
