/** Batches of scheduled mail, and the holds that cancel or pause them. */
import { jsonReply } from '../kit/reply';
import { object, oneOf, text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { refuse } from './errors';
import { bodyOf, type Call, queryOf } from './gate';
import { type Account, type Hold, newId } from './state';

const DAY_MS = 86_400_000;
const BATCH_DAYS = 10;
const MAX_HOLDS = 10;

/** A batch is good for ten days. */
export const isGoodBatch = (account: Account, id: string, nowMs: number): boolean =>
  account.batches.some((batch) => batch.id === id && nowMs < batch.createdMs + BATCH_DAYS * DAY_MS);

export function createBatch(call: Call): SandboxReply {
  queryOf(call, []);
  const id = newId(call.account, 'batch');
  call.account.batches.push({ id, createdMs: call.nowMs });
  return jsonReply(201, { batch_id: id });
}

export function checkBatch(call: Call): SandboxReply {
  queryOf(call, []);
  if (!isGoodBatch(call.account, call.id, call.nowMs)) refuse(400, 'invalid batch id');
  return jsonReply(200, { batch_id: call.id });
}

const STATUS = oneOf('pause', 'cancel');
const HOLD = object({ batch_id: text({ like: /^[a-zA-Z0-9]/ }), status: STATUS });
const CHANGE = object({ status: STATUS });

function checked(rule: typeof HOLD, body: Readonly<Record<string, unknown>>): void {
  const complaint = rule(body, '');
  if (!complaint) return;
  if (complaint.what === 'unknown') refuse(400, `Additional property ${complaint.at} is not allowed`, complaint.at);
  refuse(400, complaint.at === 'status' ? 'status must be one of: pause, cancel' : 'invalid batch id', complaint.at);
}

const shown = ({ batch_id, status }: Hold) => ({ batch_id, status });
const holdOf = ({ account, id }: Call): Hold =>
  account.holds.find((each) => each.batch_id === id) ?? refuse(404, 'batch id not found');

/** A hold counts against the limit as long as mail of its batch waits, or as long as no mail of it has come. */
function isPending(account: Account, { batch_id: id }: Hold): boolean {
  const messages = account.messages.filter((message) => message.batchId === id);
  return messages.length === 0 || messages.some((message) => !message.isDone);
}

export function hold(call: Call): SandboxReply {
  queryOf(call, []);
  const body = bodyOf(call);
  checked(HOLD, body);
  const { account, nowMs } = call;
  const { batch_id: id, status } = body as unknown as { batch_id: string; status: Hold['status'] };
  if (!isGoodBatch(account, id, nowMs)) refuse(400, 'invalid batch id', 'batch_id');
  if (account.holds.some((each) => each.batch_id === id))
    refuse(400, 'a status for this batch id exists, try PATCH to update the status', 'batch_id');
  if (account.holds.filter((each) => isPending(account, each)).length >= MAX_HOLDS) refuse(400, 'max limit reached');
  const made: Hold = { batch_id: id, status, sinceMs: nowMs };
  account.holds.push(made);
  return jsonReply(201, shown(made));
}

export function listHolds(call: Call): SandboxReply {
  queryOf(call, []);
  return jsonReply(200, call.account.holds.map(shown));
}

/** One hold, in a list all the same. */
export function readHold(call: Call): SandboxReply {
  queryOf(call, []);
  return jsonReply(200, [shown(holdOf(call))]);
}

export function updateHold(call: Call): SandboxReply {
  queryOf(call, []);
  const body = bodyOf(call);
  checked(CHANGE, body);
  holdOf(call).status = body.status as Hold['status'];
  return { status: 204, headers: {}, body: '' };
}

/** Mail that waits is free again; what should have left in the meantime leaves at once. */
export function deleteHold(call: Call): SandboxReply {
  queryOf(call, []);
  const { account, nowMs } = call;
  const over = holdOf(call);
  account.holds = account.holds.filter((each) => each !== over);
  for (const message of account.messages) {
    if (message.batchId === over.batch_id && !message.isDone) message.dueMs = Math.max(message.dueMs, nowMs);
  }
  return { status: 204, headers: {}, body: '' };
}
