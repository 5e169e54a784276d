/** Intuit's sign-in: refresh tokens roll, and their value changes when the last one is a day old. */
import { authorize, type OAuthRules, token } from '../kit/oauth';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import type { QuickbooksState } from './state';

const DAY_MS = 86_400_000;
const REFRESH_SECONDS = 100 * 86_400;

const rules = (realm: string, rotates: boolean): OAuthRules => ({
  client: 'basic',
  body: 'form',
  accessSeconds: 3600,
  rotates,
  refreshSeconds: REFRESH_SECONDS,
  codeSeconds: 300,
  accessPrefix: 'eyJlbmMiOiJB.',
  refreshPrefix: 'AB117',
  scopes: ['com.intuit.quickbooks.accounting'],
  returned: { realmId: realm },
  told: () => ({ x_refresh_token_expires_in: REFRESH_SECONDS }),
});

export const agree = (state: QuickbooksState, request: SandboxRequest, nowMs: number): SandboxReply =>
  authorize(state.oauth, rules(state.realm, true), request, nowMs);

export function tokens(state: QuickbooksState, request: SandboxRequest, nowMs: number): SandboxReply {
  const given = new URLSearchParams(request.body).get('refresh_token') ?? '';
  const known = state.oauth.refresh[given];
  const isYoung = known !== undefined && known.untilMs - REFRESH_SECONDS * 1000 > nowMs - DAY_MS;
  const reply = token(state.oauth, rules(state.realm, !isYoung), request, nowMs);
  if (!isYoung || reply.status !== 200) return reply;
  return { ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), refresh_token: given }) };
}
