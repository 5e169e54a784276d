/** The address of a Request trigger: whoever has it whole begins a run. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { checkAccess, TRIGGER_VERSION, triggerOf } from './access';
import { mismatch } from './bodies';
import { refused, workflowNotFound } from './errors';
import { takeFrom } from './gate';
import { startRun } from './runs';
import { type AzureState, type Members, REGION, type Run, TRIGGER_HOST, type Workflow } from './state';

const PATH = /^\/workflows\/(\w+)\/triggers\/([^/]+)\/paths\/invoke$/;

export function invoke(state: AzureState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const [, id = '', given = ''] = PATH.exec(url.pathname) ?? [];
  const workflow = state.workflows.find((each) => each.id === id);
  if (!workflow) throw workflowNotFound(id);
  const name = decodeURIComponent(given);
  if (request.headers.authorization !== undefined && url.searchParams.has('sig'))
    throw refused(
      400,
      'DirectApiRequestHasMoreThanOneAuthorization',
      'The request has SAS authentication scheme and another authorization scheme. Only one scheme should be used.',
    );
  checkAccess(workflow, name, url.searchParams, nowMs);
  const trigger = triggerOf(workflow, name);
  if (url.searchParams.get('api-version') !== TRIGGER_VERSION)
    throw refused(400, 'InvalidApiVersionParameter', `The api-version query parameter must be ${TRIGGER_VERSION}.`);
  const left = takeFrom(state, 'triggers', nowMs);
  if (!workflow.isEnabled) {
    const which = `workflow '${workflow.id}' trigger '${name}' with state 'Disabled'`;
    throw refused(400, 'WorkflowTriggerIsNotEnabled', `Could not execute ${which}: trigger is not enabled.`);
  }
  const body = acceptedBody(request, trigger, name);
  const outputs = { headers: outputHeaders(request), body };
  const tracking = request.headers['x-ms-client-tracking-id'];
  const run = startRun(state, workflow, name, outputs, { nowMs, ...(tracking === undefined ? {} : { tracking }) });
  return accepted(workflow, run, left);
}

const outputHeaders = ({ headers }: SandboxRequest): Members =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value]));

/** The schema is enforced only where the trigger says so: otherwise it just helps the designer. */
function acceptedBody(request: SandboxRequest, trigger: Members, name: string): unknown {
  const { method = 'POST', schema } = (trigger.inputs ?? {}) as { method?: string; schema?: unknown };
  if (request.method !== method) {
    const message = `The HTTP method of trigger '${name}' is not valid: expected '${method}'.`;
    throw refused(400, 'TriggerRequestMethodNotValid', message);
  }
  const isJson = /^application\/(?:.+\+)?json$/.test(mediaType(request));
  const body = isJson ? jsonBody(request) : request.body;
  if (isJson && body === undefined)
    throw refused(400, 'InvalidRequestContent', 'The request content is not valid JSON.');
  if (schema === undefined || trigger.operationOptions !== 'EnableSchemaValidation') return body;
  const wrong = mismatch(schema, body);
  if (wrong === undefined) return body;
  const message = `The input body for trigger '${name}' of type 'Request' did not match its schema definition.`;
  throw refused(400, 'TriggerInputSchemaMismatch', `${message} Error details: '${wrong}'.`);
}

/** Without a Response action the caller is let go at once. */
function accepted(workflow: Workflow, run: Run, left: number): SandboxReply {
  const headers = {
    'x-ms-workflow-run-id': run.name,
    'x-ms-client-tracking-id': run.tracking,
    'x-ms-trigger-history-name': run.name,
    'x-ms-workflow-id': workflow.id,
    'x-ms-workflow-name': workflow.name,
    'x-ms-workflow-version': workflow.version,
    'x-ms-workflow-system-id': `/locations/${REGION}/scaleunits/prod-27/workflows/${workflow.id}`,
    'x-ms-execution-location': REGION,
    'x-ms-ratelimit-burst-remaining-workflow-writes': String(left),
    location: `https://${TRIGGER_HOST}/workflows/${workflow.id}/runs/${run.name}`,
  };
  return { status: 202, headers, body: '' };
}
