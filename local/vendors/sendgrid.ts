/** The SendGrid sandbox: mail, scheduled sends, suppression lists and logs of one account, as api.sendgrid.com has them. */
import { answering } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { passTime } from './sendgrid/clock';
import { allow, letIn, limited, ratesOf } from './sendgrid/gate';
import { routeFor } from './sendgrid/routes';
import { freshState, type SendgridState } from './sendgrid/state';

export type { SendgridState } from './sendgrid/state';

const HOST = 'api.sendgrid.com';
const EU_HOST = 'api.eu.sendgrid.com';

function handle(state: SendgridState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const region = url.hostname === EU_HOST ? 'eu' : 'global';
  passTime(state, nowMs);
  return answering(() => {
    const key = letIn(state, request, region);
    const { route, id } = routeFor(request.method, url.pathname);
    const account = state.accounts[region];
    const rates = ratesOf(account, route.group, nowMs);
    return limited(rates, () => {
      allow(key, route.scope);
      return route.run({ account, region, key, request, url, id, nowMs });
    });
  });
}

export const sendgrid: Sandbox<SendgridState> = {
  id: 'sendgrid',
  title: 'SendGrid',
  hosts: [HOST, EU_HOST],
  start: freshState,
  handle,
};
