/** What people and the clock do in the Azure portal, and the network that carries a workflow's requests. */
import { endingAddress, randomKey, triggerOf } from './access';
import { checkDefinition } from './definition';
import { type Answer, answered } from './play';
import { runOf, startRun } from './runs';
import {
  type AzureState,
  type Connection,
  GROUP_PATH,
  type Members,
  moment,
  type Outgoing,
  sameName,
  type Workflow,
} from './state';

function workflowNamed(state: AzureState, name: string): Workflow {
  const workflow = state.workflows.find((each) => sameName(each.name, name));
  if (!workflow) throw new Error(`Azure has no workflow ${name}.`);
  return workflow;
}

/** The clock strikes: a workflow with a Recurrence trigger runs. Gives the requests that its HTTP actions send. */
export function tick(state: AzureState, name: string, nowMs: number): Outgoing[] {
  const workflow = workflowNamed(state, name);
  const triggers = Object.entries((workflow.definition.triggers ?? {}) as Record<string, { type: string }>);
  const [trigger] = triggers.find(([, { type }]) => type === 'Recurrence') ?? [];
  if (trigger === undefined) throw new Error(`The workflow ${name} has no Recurrence trigger.`);
  // A workflow that is switched off lets its hours pass.
  if (!workflow.isEnabled) return [];
  return takeRequests(
    state,
    startRun(state, workflow, trigger, { body: { scheduledTime: moment(nowMs) } }, { nowMs }).name,
  );
}

/** Requests that have left since the last look, of one run or of all. */
export function takeRequests(state: AzureState, run?: string): Outgoing[] {
  return state.workflows.flatMap((workflow) =>
    workflow.runs.filter(({ name }) => run === undefined || name === run).flatMap(({ sent }) => sent.splice(0)),
  );
}

/** The server that was asked has answered: the run goes on. Gives what it sends then, again or next. */
export function answerRequest(state: AzureState, sent: Outgoing, answer: Answer, nowMs: number): Outgoing[] {
  const workflow = workflowNamed(state, sent.workflow);
  const run = runOf(workflow, sent.run);
  answered(state, { workflow, run, name: sent.action }, answer, nowMs);
  return takeRequests(state, run.name);
}

/** The owner deploys a connection to a service, and agrees to it in the portal. */
export function agreeToConnection(state: AzureState, name: string): void {
  const known = state.connections.find((each) => sameName(each.name, name));
  if (known) known.status = 'Connected';
  else state.connections.push({ name, status: 'Connected' });
}

/** In the designer the owner puts a step at the end of a workflow: a message by a connection that was agreed to. */
export function designStep(state: AzureState, name: string, connection: string, nowMs: number): void {
  const workflow = workflowNamed(state, name);
  const { definition, parameters } = workflow;
  const actions = (definition.actions ?? {}) as Readonly<Record<string, unknown>>;
  const last = Object.keys(actions).at(-1);
  const step = {
    type: 'ApiConnection',
    runAfter: last === undefined ? {} : { [last]: ['Succeeded'] },
    inputs: {
      host: { connection: { name: `@parameters('$connections')['${connection}']['connectionId']` } },
      method: 'post',
      path: '/messages',
      body: { text: "@{triggerBody()?['type']}: @{triggerBody()?['lease']}" },
    },
  };
  const connectionId = `${GROUP_PATH}/providers/Microsoft.Web/connections/${connectionNamed(state, connection).name}`;
  const changed: Members = {
    ...definition,
    parameters: { ...(definition.parameters as object), $connections: { type: 'Object', defaultValue: {} } },
    actions: { ...actions, [`Tell_${connection}`]: step },
  };
  checkDefinition(changed);
  const handed = { ...(parameters.$connections?.value as object), [connection]: { connectionId } };
  Object.assign(workflow, { definition: changed, changedMs: nowMs });
  workflow.parameters = { ...parameters, $connections: { value: handed } };
}

/** A consent has ended, as when its owner changed their password: connector actions fail from now on. */
export function endConsent(state: AzureState, name: string): void {
  connectionNamed(state, name).status = 'Error';
}

function connectionNamed(state: AzureState, name: string): Connection {
  const connection = state.connections.find((each) => sameName(each.name, name));
  if (!connection) throw new Error(`Azure has no connection ${name}.`);
  return connection;
}

/** The owner switches a workflow off or on in the portal. */
export function switchInPortal(state: AzureState, name: string, isEnabled: boolean, nowMs: number): void {
  Object.assign(workflowNamed(state, name), { isEnabled, changedMs: nowMs });
}

export function deleteInPortal(state: AzureState, name: string): void {
  state.workflows.splice(state.workflows.indexOf(workflowNamed(state, name)), 1);
}

/** The owner makes a new access key: addresses that were signed with the old one are worth nothing. */
export function renewKey(state: AzureState, name: string, kind: 'primary' | 'secondary'): void {
  const workflow = workflowNamed(state, name);
  const serial = state.workflows.indexOf(workflow) + 1;
  state.serials.renewals = (state.serials.renewals ?? 0) + 1;
  workflow.keys[kind] = randomKey(serial, kind, state.serials.renewals);
}

/** An address that works for some time only, made with the second key. */
export function addressUntil(state: AzureState, name: string, trigger: string, untilMs: number): string {
  const workflow = workflowNamed(state, name);
  triggerOf(workflow, trigger);
  return endingAddress(workflow, trigger, untilMs);
}

/** The owner cancels a run that still waits. */
export function cancelRun(state: AzureState, name: string, run: string, nowMs: number): void {
  const found = runOf(workflowNamed(state, name), run);
  if (found.status === 'Running') Object.assign(found, { status: 'Cancelled', endMs: nowMs, waiting: {} });
}

/** Azure is asked too much for some seconds: `reads` and `writes` of the management API, or `triggers`. */
export function throttle(
  state: AzureState,
  part: 'reads' | 'writes' | 'triggers',
  seconds: number,
  nowMs: number,
): void {
  state.throttledUntilMs[part] = nowMs + seconds * 1000;
}

/** The administrator gives the application a role on the resource group, or takes it. */
export function giveRole(state: AzureState, role: AzureState['applications'][number]['role']): void {
  for (const application of state.applications) application.role = role;
}

/** The application's secret has run out, and a new one was made. */
export function renewSecret(state: AzureState, secret: string): void {
  for (const application of state.applications) application.secret = secret;
}
