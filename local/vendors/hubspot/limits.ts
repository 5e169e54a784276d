/** HubSpot's limits: calls in ten seconds, searches in a second, and calls in a day of the account's own zone. */
import { jsonReply, Refused } from '../kit/reply';
import { correlationId, type HubspotState } from './state';

const TEN_SECONDS_MS = 10_000;
const SEARCHES_A_SECOND = 5;
/** An application that signs in has a limit of its own, and none for the day. */
const SIGNED_IN_PER_TEN_SECONDS = 110;

/** Who calls: a private app by its name, or an application that somebody signed in. */
export interface Caller {
  readonly name: string;
  readonly isPrivate: boolean;
}

type Policy = 'DAILY' | 'TEN_SECONDLY_ROLLING' | 'SECONDLY';
const WORDS: Readonly<Record<Policy, string>> = {
  DAILY: 'You have reached your daily limit.',
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
};

const limited = (state: HubspotState, policyName: Policy): Refused => {
  const id = correlationId(state);
  const body = { status: 'error', message: WORDS[policyName], errorType: 'RATE_LIMIT', correlationId: id, policyName };
  return new Refused(jsonReply(429, { ...body, requestId: id }));
};

const dayOf = (state: HubspotState, nowMs: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: state.timeZone }).format(nowMs);

const perTenSeconds = (state: HubspotState, { isPrivate }: Caller): number =>
  isPrivate ? state.plan.perTenSeconds : SIGNED_IN_PER_TEN_SECONDS;

/** Counts a call, or refuses it; what is refused is not counted. */
export function count(state: HubspotState, caller: Caller, isSearch: boolean, nowMs: number): void {
  const { usage, plan } = state;
  const day = dayOf(state, nowMs);
  if (usage.day !== day) Object.assign(usage, { day, calls: 0 });
  const recent = (usage.burst[caller.name] ?? []).filter((at) => at > nowMs - TEN_SECONDS_MS);
  usage.searches = usage.searches.filter((at) => at > nowMs - 1000);
  if (caller.isPrivate && usage.calls >= plan.perDay) throw limited(state, 'DAILY');
  if (recent.length >= perTenSeconds(state, caller)) throw limited(state, 'TEN_SECONDLY_ROLLING');
  if (isSearch && usage.searches.length >= SEARCHES_A_SECOND) throw limited(state, 'SECONDLY');
  usage.burst[caller.name] = [...recent, nowMs];
  if (isSearch) usage.searches.push(nowMs);
  if (caller.isPrivate) usage.calls += 1;
}

/** What answers say of the limits. Those of the search say nothing. */
export function headersFor(state: HubspotState, caller: Caller, isSearch: boolean): Record<string, string> {
  if (isSearch) return {};
  const most = perTenSeconds(state, caller);
  const { usage, plan } = state;
  const burst = {
    'x-hubspot-ratelimit-max': String(most),
    'x-hubspot-ratelimit-remaining': String(Math.max(0, most - (usage.burst[caller.name]?.length ?? 0))),
    'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS_MS),
  };
  if (!caller.isPrivate) return burst;
  return {
    ...burst,
    'x-hubspot-ratelimit-daily': String(plan.perDay),
    'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, plan.perDay - usage.calls)),
  };
}
