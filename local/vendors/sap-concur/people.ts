/** What people do at SAP Concur: its administrators, the owner in the profile, SAP's own staff, and the imaging service on a bad day. */
import { type ConcurState, type DataCentre, newUuid, OWNER_ID, type Receipt, V4_SCOPE } from './state';

const DAY_MS = 86_400_000;

/** SAP has not opened Receipts v4 to the application: its tokens lose the scopes, and new ones do not get them. */
export function withholdConcurReceiptsV4(state: ConcurState): void {
  const kept = (scope: string) => !scope.startsWith('receipts.');
  state.granted = state.granted.filter(kept);
  for (const [token, grant] of Object.entries(state.oauth.access))
    state.oauth.access[token] = { ...grant, scope: grant.scope.split(' ').filter(kept).join(' ') };
}

/** SAP opens Receipts v4 to the application; tokens that exist do not change. */
export function openConcurReceiptsV4(state: ConcurState): void {
  state.granted = [...new Set([...state.granted, V4_SCOPE])];
}

/** The imaging service does not manage the next receipts. */
export function failConcurImaging(state: ConcurState, count = 1): void {
  state.imagingFailures += count;
}

/** A receipt that lies there already comes to nothing. Its id is that of its Location. */
export function failConcurReceipt(state: ConcurState, id: string): void {
  receiptAt(state, id).fate = 'imaging fails';
}

function receiptAt(state: ConcurState, id: string): Receipt {
  const receipt = state.receipts.find((one) => one.id === id);
  if (!receipt) throw new Error(`SAP Concur has no receipt ${id}.`);
  return receipt;
}

/** All access tokens have ended; refresh tokens are good. */
export function endConcurAccess(state: ConcurState, nowMs: number): void {
  for (const grant of Object.values(state.oauth.access)) grant.untilMs = Math.min(grant.untilMs, nowMs);
}

/** The owner disconnects the application in the profile. */
export function disconnectConcur(state: ConcurState, nowMs: number): void {
  endConcurAccess(state, nowMs);
  for (const grant of Object.values(state.oauth.refresh)) grant.untilMs = Math.min(grant.untilMs, nowMs);
}

/** An administrator switches a user's account off, or on again. */
export function setConcurUserActive(state: ConcurState, active: boolean, id = OWNER_ID): void {
  const user = state.users.find((one) => one.id === id);
  if (!user) throw new Error(`SAP Concur has no user ${id}.`);
  user.active = active;
}

/** SAP moves the company to another data centre: nothing answers for it at the old one. */
export function moveConcurCompany(state: ConcurState, to: DataCentre): void {
  state.company.at = to;
}

/** The company's administrator makes a request token on the page for it: good for 24 hours. */
export function makeConcurRequestToken(state: ConcurState, nowMs: number): string {
  const token = newUuid(state, 'request token');
  state.requestTokens[token] = nowMs + DAY_MS;
  return token;
}

/** SAP enters the address of the script at the application. */
export function registerConcurRedirect(state: ConcurState, redirect: string): void {
  state.oauth.clients = state.oauth.clients.map((client) => ({
    ...client,
    redirects: [...client.redirects, redirect],
  }));
}
