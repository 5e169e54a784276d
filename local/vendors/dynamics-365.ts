/** The Dynamics 365 sandbox: the sign-in of its tenant, and the Dataverse Web API of one environment. */
import { batched } from './dynamics-365/batch';
import { admit } from './dynamics-365/gate';
import { NO_REFS, operate } from './dynamics-365/operate';
import { signIn } from './dynamics-365/sign-in';
import { type DynamicsState, freshState, HOST, SIGN_IN, TENANT } from './dynamics-365/state';
import { answering } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { DynamicsState } from './dynamics-365/state';

function handle(state: DynamicsState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() => {
    if (url.hostname === SIGN_IN) return signIn(state, request, url, nowMs);
    const { desk, told } = admit(state, request, url, nowMs);
    // A refusal tells the limits too.
    const reply = answering(() =>
      url.pathname.endsWith('/$batch') ? batched(desk, request) : operate({ desk, request, url, refs: NO_REFS }),
    );
    return { ...reply, headers: { ...told, ...reply.headers } };
  });
}

export const dynamics365: Sandbox<DynamicsState> = {
  id: 'dynamics-365',
  title: 'Dynamics 365',
  hosts: [HOST, SIGN_IN],
  owns: (url) => url.hostname !== SIGN_IN || url.pathname.startsWith(`/${TENANT}/`),
  start: freshState,
  handle,
};
