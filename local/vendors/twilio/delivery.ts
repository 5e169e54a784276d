/** What becomes of a message as time passes: it gets a number, waits its turn, leaves, and a carrier answers. */
import { segmentsOf } from './segments';
import {
  isOptedOut,
  type Message,
  type OwnNumber,
  type PhoneKind,
  type Step,
  senderOf,
  type TwilioState,
} from './state';

/** A long code sends one segment a second. */
const SEGMENT_MS = 1000;
/** What would wait longer is refused. */
export const QUEUE_MS = 10 * 3_600_000;
/** In the United States, for each segment; in hundred-thousandths of a dollar. */
const PRICE = 830;

/** How long a carrier takes to answer for a phone. */
const ANSWER_MS: Readonly<Record<Exclude<PhoneKind, 'silent'>, number>> = {
  on: 3000,
  off: 600_000,
  gone: 4000,
  landline: 4000,
  'hidden landline': 4000,
  filtered: 2000,
};

const REFUSED: Readonly<Partial<Record<PhoneKind, number>>> = {
  off: 30003,
  gone: 30005,
  landline: 30006,
  'hidden landline': 30006,
  filtered: 30007,
};

/** Brings all messages to where they are by then, in the order in which things happen. */
export function passTime(state: TwilioState, nowMs: number): void {
  for (;;) {
    const due = state.pending
      .flatMap((sid) => state.messages[sid] ?? [])
      .filter(({ next }) => next !== null && next.atMs <= nowMs)
      .sort((a, b) => a.next!.atMs - b.next!.atMs);
    if (due.length === 0) return;
    for (const message of due) take(state, message, message.next!);
    state.pending = state.pending.filter((sid) => state.messages[sid]?.next);
  }
}

function take(
  state: TwilioState,
  message: Message,
  { atMs, step }: { readonly atMs: number; readonly step: Step },
): void {
  message.next = null;
  message.updatedMs = atMs;
  switch (step) {
    case 'queue':
      leavePool(state, message, atMs);
      break;
    case 'expire':
      fail(message, 'failed', 30036);
      break;
    case 'start':
      message.status = 'sending';
      message.next = { atMs: atMs + message.segments * SEGMENT_MS, step: 'send' };
      break;
    case 'send':
      leave(state, message, atMs);
      break;
    case 'settle':
      settle(state, message);
      break;
  }
}

function fail(message: Message, status: 'failed' | 'undelivered', code: number): void {
  message.status = status;
  message.errorCode = code;
}

/** A service has chosen a number, or it has none, or the person has said STOP since: that is told afterwards. */
function leavePool(state: TwilioState, message: Message, atMs: number): void {
  const own = ownNumber(state, message);
  message.from = own?.number ?? null;
  const code = own ? refusedBy(state, own, message, atMs) : 21703;
  if (code !== undefined) fail(message, 'failed', code);
  else queueUp(message, own!, atMs);
}

function refusedBy(state: TwilioState, own: OwnNumber, message: Message, atMs: number): number | undefined {
  if (isOptedOut(state, senderOf(state, own.number), message.to)) return 21610;
  return own.busyUntilMs - atMs > QUEUE_MS ? 30001 : undefined;
}

/** The number that this phone knows already, or the one with the shortest queue. */
function ownNumber(state: TwilioState, message: Message): OwnNumber | undefined {
  const pool = state.numbers.filter((own) =>
    message.from === null ? own.service === message.service : own.number === message.from,
  );
  const before = Object.values(state.messages).filter((one) => one.to === message.to && one !== message);
  const known = before.reverse().flatMap(({ from }) => pool.find((own) => own.number === from) ?? [])[0];
  return known ?? [...pool].sort((a, b) => a.busyUntilMs - b.busyUntilMs)[0];
}

/** Takes its place in a number's queue; what cannot leave within its validity never does. */
export function queueUp(message: Message, own: OwnNumber, atMs: number): void {
  message.status = 'queued';
  message.segments = segmentsOf(message.body);
  const startMs = Math.max(atMs, own.busyUntilMs);
  const lastMs = atMs + message.validitySeconds * 1000;
  if (startMs > lastMs) {
    message.next = { atMs: lastMs, step: 'expire' };
    return;
  }
  own.busyUntilMs = startMs + message.segments * SEGMENT_MS;
  message.next = { atMs: startMs, step: 'start' };
}

function leave(state: TwilioState, message: Message, atMs: number): void {
  const kind = state.phones[message.to] ?? 'on';
  message.status = 'sent';
  message.sentMs = atMs;
  // An answer that Twilio gives by itself costs nothing.
  message.price = message.direction === 'outbound-reply' ? null : message.segments * PRICE;
  if (kind !== 'silent') message.next = { atMs: atMs + ANSWER_MS[kind], step: 'settle' };
}

function settle(state: TwilioState, message: Message): void {
  const own = state.numbers.find(({ number }) => number === message.from);
  const isUnknown = own?.registered === false && message.to.startsWith('+1');
  const code = isUnknown ? 30034 : REFUSED[state.phones[message.to] ?? 'on'];
  if (code === undefined) message.status = 'delivered';
  else fail(message, 'undelivered', code);
}

/** Keeps a message whose next step stands. */
export function keep(state: TwilioState, message: Message): void {
  state.messages[message.sid] = message;
  if (message.next) state.pending.push(message.sid);
}
