/** Pipedrive's limits: calls in a window of two seconds for each token, fewer for searches, and a company's tokens for the day. */
import { atGateway, blocked } from './errors';
import type { PipedriveState } from './state';

/** Who calls: by a personal token or by an application's. */
export interface Caller {
  readonly token: string;
  readonly isApp: boolean;
}

const WINDOW_MS = 2_000;
/** On the lowest plan. */
const CALLS = { token: 20, app: 80, search: 10 };
/** Seconds that a caller of the search waits who was too fast. */
const PENALTY_SECONDS = 10;
const OVER = 'request over limit';

export type Headers = Readonly<Record<string, string>>;

/** Takes one call from the window and its cost from the day, or refuses it. Gives what the reply says of both. */
export function admitted(
  state: PipedriveState,
  caller: Caller,
  { cost, isSearch }: { readonly cost: number; readonly isSearch: boolean },
  nowMs: number,
): Headers {
  if (state.tokens.find(({ token }) => token === caller.token)?.isBlocked) throw blocked();
  const day = new Date(nowMs).toISOString().slice(0, 10);
  if (state.spent.day !== day) state.spent = { day, tokens: 0 };
  if (state.spent.tokens >= state.budget) throw atGateway(429, OVER, daily(state));
  const window = isSearch
    ? taken(state, `search ${caller.token}`, CALLS.search, nowMs, PENALTY_SECONDS)
    : taken(state, caller.token, caller.isApp ? CALLS.app : CALLS.token, nowMs);
  state.spent.tokens += cost;
  return { ...window, ...daily(state) };
}

const daily = (state: PipedriveState): Headers => ({
  'x-daily-ratelimit-token-limit': String(state.budget),
  'x-daily-ratelimit-token-remaining': String(Math.max(0, state.budget - state.spent.tokens)),
});

function taken(state: PipedriveState, name: string, most: number, nowMs: number, penalty?: number): Headers {
  const recent = (state.calls[name] ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
  const isPunished = (state.penalties[name] ?? 0) > nowMs;
  if (isPunished || recent.length >= most) {
    if (penalty !== undefined) state.penalties[name] = nowMs + penalty * 1000;
    const after: Headers = penalty === undefined ? {} : { 'retry-after': String(penalty) };
    throw atGateway(429, OVER, { ...told(most, 0, penalty ?? 2), ...after });
  }
  state.calls[name] = [...recent, nowMs];
  return told(most, most - recent.length - 1, 2);
}

const told = (limit: number, remaining: number, reset: number): Headers => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
});
