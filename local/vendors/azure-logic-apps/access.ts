/** The signed address of a Request trigger: made with one of a workflow's two keys, and checked in constant time. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from './errors';
import { type Members, moment, TRIGGER_HOST, type Workflow } from './state';

export const TRIGGER_VERSION = '2016-10-01';
const SIGN_VERSION = '1.0';

/** A key of a workflow: counted, not drawn, and different after each renewal. */
export const randomKey = (serial: number, name: string, renewals: number): string =>
  createHash('sha256').update(`${serial}:${name}:${renewals}`).digest('base64url');

/** What stands in the address of a trigger: 32 hex digits. */
export const workflowId = (serial: number, name: string): string =>
  createHash('sha256').update(`${serial}:${name}`).digest('hex').slice(0, 32);

const signature = (key: string, workflow: Workflow, sp: string, se: string): string =>
  createHmac('sha256', key).update([workflow.id, sp, SIGN_VERSION, se].join('\n')).digest('base64url');

/** What `listCallbackUrl` answers: the address whole, and in its parts. */
export function callbackOf(workflow: Workflow, name: string): Members {
  const trigger = triggerOf(workflow, name);
  if (trigger.type !== 'Request')
    throw refused(400, 'TriggerNotCallable', `The trigger '${name}' of workflow '${workflow.name}' cannot be called.`);
  const basePath = `https://${TRIGGER_HOST}:443/workflows/${workflow.id}/triggers/${name}/paths/invoke`;
  const sp = `/triggers/${name}/run`;
  const sig = signature(workflow.keys.primary, workflow, sp, '');
  const queries = { 'api-version': TRIGGER_VERSION, sp, sv: SIGN_VERSION, sig };
  const { method = 'POST' } = (trigger.inputs ?? {}) as { method?: string };
  return { value: `${basePath}?${new URLSearchParams(queries)}`, method, basePath, queries };
}

export function triggerOf(workflow: Workflow, name: string): Members {
  const trigger = ((workflow.definition.triggers ?? {}) as Record<string, Members>)[name];
  if (trigger) return trigger;
  const message = `The workflow '${workflow.name}' trigger '${name}' could not be found.`;
  throw refused(404, 'WorkflowTriggerNotFound', message);
}

const same = (a: string, b: string): boolean => {
  const [one, two] = [a, b].map((each) => createHash('sha256').update(each).digest());
  return timingSafeEqual(one!, two!);
};

const unauthorized = (code: string, message: string) => refused(401, code, message);

/** Throws the refusal of an address that is not signed for this trigger, or no longer. */
export function checkAccess(workflow: Workflow, name: string, query: URLSearchParams, nowMs: number): void {
  const [sp, sv, sig, se = ''] = ['sp', 'sv', 'sig', 'se'].map((each) => query.get(each) ?? '');
  if (!sp || !sv || !sig)
    throw unauthorized(
      'DirectApiAuthorizationRequired',
      'The request must be authenticated only by Shared Access scheme.',
    );
  const keys = Object.values(workflow.keys);
  // Both keys are tried, whichever fits: the time tells nothing.
  const fits = keys.map((key) => same(signature(key, workflow, sp, se), sig));
  const isFor = sp === `/triggers/${name}/run` && sv === SIGN_VERSION;
  const isOver = se !== '' && !(Date.parse(se) > nowMs);
  if (!fits.includes(true) || !isFor || isOver)
    throw unauthorized('AuthorizationFailed', 'The authentication credentials are not valid.');
}

/** An address that ends by itself, as a person may ask for one. */
export function endingAddress(workflow: Workflow, name: string, untilMs: number): string {
  const url = new URL(String(callbackOf(workflow, name).value));
  const se = moment(untilMs);
  url.searchParams.set('se', se);
  url.searchParams.set('sig', signature(workflow.keys.secondary, workflow, `/triggers/${name}/run`, se));
  return url.toString();
}
