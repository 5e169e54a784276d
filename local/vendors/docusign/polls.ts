/** How often an application may look at one envelope: one look in 15 minutes is the rule, and far more is refused. */
import { refusal } from './errors';
import type { Desk } from './state';

const RULE_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const BURST_MS = 30_000;

/** DocuSign keeps these figures to itself, so that nobody works up to them; these are ours, and mild. */
const LIMITS = {
  GET: { hour: 30, burst: 10, code: 'Envelope_Polling_Limit_Exceeded', what: 'polling' },
  PUT: { hour: 20, burst: 5, code: 'APIInvocation_Envelope_Limit_Exceeded', what: 'update' },
} as const;

/** A call about one envelope, or about something in it. */
export function countEnvelopeCall(desk: Desk, method: 'GET' | 'PUT', envelope: string): void {
  const { state, nowMs } = desk;
  const { hour, burst, code, what } = LIMITS[method];
  const key = `${method} ${envelope}`;
  const recent = (state.asked[key] ?? []).filter((at) => at > nowMs - HOUR_MS);
  if (recent.filter((at) => at > nowMs - BURST_MS).length >= burst)
    throw refusal(400, `Burst_${code}`, `The maximum number of burst envelope ${what} requests has been exceeded.`);
  if (recent.length >= hour)
    throw refusal(400, `Hourly_${code}`, `The maximum number of hourly envelope ${what} requests has been exceeded.`);
  state.asked[key] = [...recent, nowMs];
}

/** The same thing of the same envelope, looked at again within 15 minutes, is flagged; the call itself succeeds. */
export function notePoll({ state, nowMs }: Desk, envelope: string, part = ''): void {
  const path = `/envelopes/${envelope}${part}`;
  const before = state.polled[path];
  state.polled[path] = nowMs;
  if (before !== undefined && nowMs - before < RULE_MS)
    state.flags.push({ envelope, path, atMs: nowMs, sinceMs: before });
}
