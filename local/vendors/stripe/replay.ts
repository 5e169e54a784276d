/** Idempotency keys: the first answer is kept for a day and given again. */
import { invalid, Refusal } from './errors';
import type { Replay, StripeState } from './state';

const KEEP_MS = 24 * 3600 * 1000;
const MAX_KEY_LENGTH = 255;

/** The first answer under this key, or undefined. The same key with other parameters is a 400. */
export function replayOf(
  state: StripeState,
  name: string,
  key: string,
  print: string,
  nowMs: number,
): Replay | undefined {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw invalid(`An idempotency key has from 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const known = Object.hasOwn(state.replays, name) ? state.replays[name] : undefined;
  if (!known || known.atMs <= nowMs - KEEP_MS) return undefined;
  if (known.print === print) return known;
  throw new Refusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters and endpoint: '${key}'.`,
  });
}

/** Keeps the answer, and drops those that are past their day. */
export function keepReplay(state: StripeState, name: string, replay: Replay): void {
  for (const [other, kept] of Object.entries(state.replays)) {
    if (kept.atMs > replay.atMs - KEEP_MS) break;
    delete state.replays[other];
  }
  state.replays[name] = replay;
}
