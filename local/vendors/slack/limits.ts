/** Slack's rate limits: one message a second and channel after a short burst, and a number of calls a minute for each other method. */
import { busy } from './answer';
import type { SlackState } from './state';

interface Rate {
  /** Calls that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

const POSTS: Rate = { burst: 4, perSecond: 1 };

/** Takes one call from an allowance; otherwise the whole seconds to wait. */
function secondsToWait(state: SlackState, name: string, { burst, perSecond }: Rate, nowMs: number): number {
  const last = state.allowance[name] ?? { left: burst, atMs: nowMs };
  const left = Math.min(burst, last.left + (Math.max(0, nowMs - last.atMs) / 1000) * perSecond);
  if (left < 1) return Math.max(1, Math.ceil((1 - left) / perSecond));
  state.allowance[name] = { left: left - 1, atMs: nowMs };
  return 0;
}

/** Seconds until the channel takes another message, by webhook or by the Web API; 0 when it takes this one. */
export const secondsToPost = (state: SlackState, channel: string, nowMs: number): number =>
  secondsToWait(state, channel, POSTS, nowMs);

/** Refuses the call when the method's minute is used up. */
export function withinTier(state: SlackState, method: string, perMinute: number, nowMs: number): void {
  const rate = { burst: perMinute, perSecond: perMinute / 60 };
  const waitSeconds = secondsToWait(state, `method ${method}`, rate, nowMs);
  if (waitSeconds > 0) busy('ratelimited', waitSeconds);
}
