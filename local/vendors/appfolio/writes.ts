/** What may be posted: charges one by one and in bulk, and a note at a tenant; once for each idempotency key. */
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import { type Complaint, listOf, object, type Rule, text } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { plainRefused, refused } from './errors';
import { type AppfolioState, type Charge, centsOf, type Desk, isDay, newId, nextOf } from './state';

const MEMBERS: Readonly<Record<string, Rule>> = {
  OccupancyId: text({ min: 1 }),
  GlAccountId: text({ min: 1 }),
  AmountDue: text({ like: /^\d{1,9}\.\d{2}$/ }),
  ChargedOn: text({ like: /^\d{4}-\d{2}-\d{2}$/ }),
  Description: text({ min: 1, max: 255 }),
};
const CHARGE = object(MEMBERS);
const ITEM = object({ ...MEMBERS, ReferenceId: text({ min: 1, max: 255 }) });
const BULK = object({ data: listOf(() => undefined, { min: 1 }) });
const NOTE = object({ Body: text({ min: 1, max: 10_000 }) });

const worded = ({ at, what, wanted }: Complaint): string =>
  what === 'missing' ? `${at} is required` : what === 'unknown' ? `${at} is not permitted` : `${at} must be ${wanted}`;

function bodyOf(request: SandboxRequest, rule: Rule): Record<string, unknown> {
  if (mediaType(request) !== 'application/json') throw plainRefused(406, 'Not Acceptable');
  const body = jsonBody(request);
  if (body === undefined) throw refused(400, 'The body is no JSON.');
  const complaint = rule(body, '');
  if (complaint) throw refused(422, worded(complaint));
  return body as Record<string, unknown>;
}

type Wanted = Readonly<Record<string, string>>;

/** What is wrong with a charge beyond its form. */
function complaints(state: AppfolioState, wanted: Wanted): string[] {
  const wrong: string[] = [];
  const occupancy = state.occupancies.find(({ id }) => id === wanted.OccupancyId);
  if (!occupancy) wrong.push('OccupancyId does not exist');
  if (!state.glAccounts.some(({ id }) => id === wanted.GlAccountId)) wrong.push('GlAccountId does not exist');
  if (!isDay(wanted.ChargedOn)) wrong.push('ChargedOn is not a valid date');
  else if (state.closedUntil !== null && wanted.ChargedOn <= state.closedUntil)
    wrong.push('ChargedOn is in a closed accounting period');
  if (centsOf(wanted.AmountDue!) === 0) wrong.push('AmountDue must be greater than 0');
  return wrong;
}

/** A charge that is known to be right. */
export function addCharge({ state, nowMs }: Desk, wanted: Wanted): Charge {
  const charge: Charge = {
    id: newId(state, 'charge'),
    number: nextOf(state, 'txn'),
    occupancyId: wanted.OccupancyId!,
    glAccountId: wanted.GlAccountId!,
    cents: centsOf(wanted.AmountDue!),
    chargedOn: wanted.ChargedOn!,
    description: wanted.Description!,
    referenceId: wanted.ReferenceId ?? null,
    updatedMs: nowMs,
  };
  state.charges.push(charge);
  return charge;
}

export function createCharge(desk: Desk, request: SandboxRequest): SandboxReply {
  const wanted = bodyOf(request, CHARGE) as Wanted;
  const wrong = complaints(desk.state, wanted);
  if (wrong.length > 0) throw refused(422, ...wrong);
  return jsonReply(200, { Id: addCharge(desk, wanted).id });
}

/** Each item stands for itself: what is wrong with one does not keep the others back. */
export function createCharges(desk: Desk, request: SandboxRequest): SandboxReply {
  const { data } = bodyOf(request, BULK) as { data: unknown[] };
  const seen = new Set<unknown>();
  const results = data.map((item) => {
    const reference = (item as Wanted | null)?.ReferenceId ?? null;
    const complaint = ITEM(item, '');
    const wrong = complaint ? [worded(complaint)] : complaints(desk.state, item as Wanted);
    if (seen.has(reference)) wrong.push('ReferenceId must be unique');
    seen.add(reference);
    const made = wrong.length > 0 ? undefined : addCharge(desk, item as Wanted);
    return {
      ReferenceId: reference,
      successful: made !== undefined,
      ResourceId: made?.id ?? null,
      errors: made ? null : wrong,
    };
  });
  return jsonReply(200, { data: results });
}

export function createNote({ state, nowMs }: Desk, request: SandboxRequest, tenantId: string): SandboxReply {
  if (!state.tenants.some(({ id }) => id === tenantId)) throw refused(404, 'Tenant not found');
  const { Body: body } = bodyOf(request, NOTE) as { Body: string };
  const id = newId(state, 'note');
  state.notes.push({ id, tenantId, body, writtenMs: nowMs });
  return jsonReply(200, { Id: id });
}

const PRINTABLE = /^[ -~]{1,256}$/;
const BUSY_MS = 2000;

/** A key is good for one request; the same request again gets the same answer. */
export function once(desk: Desk, request: SandboxRequest, path: string, act: () => SandboxReply): SandboxReply {
  const { state, nowMs } = desk;
  const key = request.headers['idempotency-key'];
  if (key === undefined) return act();
  if (!PRINTABLE.test(key)) throw refused(400, 'Idempotency-Key must be 1 to 256 printable ASCII characters');
  const kept = state.keys[key];
  if (kept) return again(kept, request, path, nowMs);
  const reply = act();
  const isSlow = nowMs < state.slowUntilMs;
  const busyUntilMs = isSlow ? nowMs + BUSY_MS : nowMs;
  state.keys[key] = { path, body: request.body, status: reply.status, reply: reply.body, busyUntilMs };
  // It is at work and nobody waits for it: the answer can be had later, with the same key.
  return isSlow ? { status: 503, headers: { 'content-type': 'text/plain' }, body: 'Service Unavailable' } : reply;
}

function again(
  kept: AppfolioState['keys'][string],
  request: SandboxRequest,
  path: string,
  nowMs: number,
): SandboxReply {
  if (kept.path !== path || kept.body !== request.body)
    throw refused(422, 'Idempotency-Key was used with another request');
  if (nowMs < kept.busyUntilMs) {
    const wait = String(Math.ceil((kept.busyUntilMs - nowMs) / 1000));
    return jsonReply(409, { errors: ['A request with this Idempotency-Key is in progress'] }, { 'retry-after': wait });
  }
  const headers = { 'content-type': 'application/json', 'idempotent-replayed': 'true' };
  return { status: kept.status, headers, body: kept.reply };
}
