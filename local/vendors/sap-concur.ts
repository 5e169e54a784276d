/** The SAP Concur sandbox: sign-in, image-only receipts of Receipts v4 with their status, and the older Image v1, for one company. */
import { answering, jsonReply } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { handleImages } from './sap-concur/image-v1';
import { HOSTS, placeOf } from './sap-concur/places';
import { handleReceipts } from './sap-concur/receipts';
import { authorize, token } from './sap-concur/signin';
import { type ConcurState, freshState, newUuid } from './sap-concur/state';

export type { ConcurState } from './sap-concur/state';

const RECEIPTS = '/receipts/v4/';
const IMAGES = '/api/image/v1.0/';

function route(state: ConcurState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const place = placeOf(url);
  const at = `${request.method} ${url.pathname}`;
  if (at === 'GET /oauth2/v0/authorize') return authorize(state, request, place, nowMs);
  if (at === 'POST /oauth2/v0/token') return token(state, request, place, nowMs);
  if (url.pathname.startsWith(RECEIPTS))
    return handleReceipts(state, request, place, url.pathname.slice(RECEIPTS.length), nowMs);
  if (url.pathname.startsWith(IMAGES))
    return handleImages(state, request, place, url.pathname.slice(IMAGES.length), nowMs);
  return jsonReply(404, undefined);
}

/** Every answer names itself; whoever sends a name of their own gets that one back. */
function handle(state: ConcurState, request: SandboxRequest, nowMs: number): SandboxReply {
  const reply = answering(() => route(state, request, nowMs));
  const name = request.headers['concur-correlationid'] ?? newUuid(state, 'correlation');
  return { ...reply, headers: { ...reply.headers, 'concur-correlationid': name } };
}

export const sapConcur: Sandbox<ConcurState> = {
  id: 'sap-concur',
  title: 'SAP Concur',
  hosts: HOSTS,
  start: freshState,
  handle,
};
