/** The Azure Logic Apps sandbox: sign-in, the management API of workflows, and the addresses of their triggers. */
import { callbackOf } from './azure-logic-apps/access';
import { refused } from './azure-logic-apps/errors';
import { type Place, placeOf, takeFrom } from './azure-logic-apps/gate';
import { invoke } from './azure-logic-apps/invoke';
import { listedRuns, runOf, shownRun } from './azure-logic-apps/runs';
import { signIn } from './azure-logic-apps/sign-in';
import { type AzureState, freshState, TRIGGER_HOST } from './azure-logic-apps/state';
import { listedWorkflows, putWorkflow, shownWorkflow, switchWorkflow, workflowOf } from './azure-logic-apps/workflows';
import { answering, jsonReply } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { AzureState } from './azure-logic-apps/state';

const MANAGEMENT = 'management.azure.com';
const SIGN_IN = 'login.microsoftonline.com';

function handle(state: AzureState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() => {
    if (url.hostname === SIGN_IN) return signIn(state, request, url, nowMs);
    if (url.hostname === TRIGGER_HOST) return invoke(state, request, url, nowMs);
    return manage(state, request, url, nowMs);
  });
}

function manage(state: AzureState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const { parts, may } = placeOf(state, request, url, nowMs);
  const kind = request.method === 'GET' ? 'reads' : 'writes';
  const left = takeFrom(state, kind, nowMs);
  const reply = answer(state, { parts, may }, request, url, nowMs);
  return { ...reply, headers: { ...reply.headers, [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(left) } };
}

function answer(
  state: AzureState,
  { parts, may }: Place & { readonly may: (act: string) => void },
  request: SandboxRequest,
  url: URL,
  nowMs: number,
): SandboxReply {
  const [name = '', part = '', which = '', act = ''] = parts;
  const shape = parts.map((each, at) => (at === 0 || at === 2 ? '*' : each)).join('/');
  switch (`${request.method} ${shape}`) {
    case 'GET ':
      return jsonReply(200, listedWorkflows(state, url));
    case 'GET *':
      return jsonReply(200, shownWorkflow(workflowOf(state, name)));
    case 'PUT *':
      may('write');
      return putWorkflow(state, name, request, nowMs);
    case 'POST */enable':
    case 'POST */disable':
      may(`${part}/action`);
      return switchWorkflow(workflowOf(state, name), part === 'enable', nowMs);
    case 'POST */triggers/*/listCallbackUrl':
      may(`triggers/${act}/action`);
      return jsonReply(200, callbackOf(workflowOf(state, name), which));
    case 'GET */runs':
      return jsonReply(200, listedRuns(workflowOf(state, name), url, nowMs));
    case 'GET */runs/*':
      return jsonReply(200, runWith(state, name, which, nowMs));
    default: {
      const message = `The requested resource does not support http method '${request.method}'.`;
      throw refused(parts.length > 4 ? 404 : 405, 'HttpMethodNotSupported', message);
    }
  }
}

function runWith(state: AzureState, name: string, run: string, nowMs: number) {
  const workflow = workflowOf(state, name);
  return shownRun(workflow, runOf(workflow, run), nowMs);
}

export const azureLogicApps: Sandbox<AzureState> = {
  id: 'azure-logic-apps',
  title: 'Azure Logic Apps',
  hosts: [MANAGEMENT, SIGN_IN, TRIGGER_HOST],
  start: freshState,
  handle,
};
