/** How a run goes on: actions begin when those before them have ended as wanted, and requests leave. */
import { type Scope, worked } from './evaluate';
import { BadExpression } from './expressions';
import { textOf } from './functions';
import type { ActionResult, ActionStatus, AzureState, Members, Outgoing, Run, Workflow } from './state';

type Actions = Readonly<Record<string, Members>>;
type Ended = ActionStatus | 'waiting';

interface Stage extends Scope {
  readonly state: AzureState;
}

/** Takes a run as far as it goes: to its end, or to a request that waits for an answer. */
export function play(state: AzureState, workflow: Workflow, run: Run, nowMs: number): void {
  if (run.status !== 'Running') return;
  const ended = runGroup({ state, workflow, run, nowMs }, (workflow.definition.actions ?? {}) as Actions);
  if (run.status !== 'Running' || ended === 'waiting') return;
  finish(run, ended === 'Failed' ? 'Failed' : 'Succeeded', nowMs);
}

function finish(run: Run, status: Run['status'], nowMs: number): void {
  Object.assign(run, { status, endMs: nowMs });
}

/** A group fails when an action fails after which no other was to run. */
function runGroup(stage: Stage, actions: Actions): Ended {
  const order = inOrder(actions);
  let waits = false;
  for (const name of order) {
    if (stage.run.status !== 'Running') break;
    if (runOne(stage, name, actions[name]!) === 'waiting') waits = true;
  }
  if (waits) return 'waiting';
  const leaves = order.filter((name) => !order.some((each) => name in afterOf(actions[each]!)));
  return leaves.some((name) => outcome(stage.run, actions, name) === 'Failed') ? 'Failed' : 'Succeeded';
}

const afterOf = (action: Members) => (action.runAfter ?? {}) as Readonly<Record<string, readonly string[]>>;

/** Those that must end first, first. */
function inOrder(actions: Actions): string[] {
  const order: string[] = [];
  const add = (name: string): void => {
    if (order.includes(name)) return;
    for (const before of Object.keys(afterOf(actions[name]!))) add(before);
    order.push(name);
  };
  for (const name of Object.keys(actions)) add(name);
  return order;
}

/** What was skipped counts as what came before it. */
function outcome(run: Run, actions: Actions, name: string): ActionStatus {
  const status = run.results[name]?.status ?? 'Skipped';
  if (status !== 'Skipped') return status;
  const before = Object.keys(afterOf(actions[name]!));
  return before.some((each) => outcome(run, actions, each) === 'Failed') ? 'Failed' : 'Skipped';
}

function runOne(stage: Stage, name: string, action: Members): Ended {
  const known = stage.run.results[name];
  if (known) return known.status;
  const before = Object.entries(afterOf(action)).map(([each, wanted]) => [stage.run.results[each], wanted] as const);
  if (before.some(([result]) => result === undefined)) return 'waiting';
  if (before.some(([result, wanted]) => !wanted.includes(result!.status)))
    return end(stage, name, { status: 'Skipped' });
  try {
    return begin(stage, name, action);
  } catch (error) {
    if (!(error instanceof BadExpression)) throw error;
    return end(stage, name, {
      status: 'Failed',
      outputs: { error: { code: 'InvalidTemplate', message: error.message } },
    });
  }
}

function end({ run }: Stage, name: string, result: ActionResult): ActionStatus {
  run.results[name] = result;
  delete run.waiting[name];
  return result.status;
}

function begin(stage: Stage, name: string, action: Members): Ended {
  switch (action.type) {
    case 'Http':
      return call(stage, name, action);
    case 'ApiConnection':
      return useConnector(stage, name, action);
    case 'Compose':
      return end(stage, name, { status: 'Succeeded', outputs: worked(action.inputs, stage) });
    case 'Terminate':
      finish(stage.run, (action.inputs as { runStatus: Run['status'] }).runStatus, stage.nowMs);
      return end(stage, name, { status: 'Succeeded' });
    default: {
      const ended = runGroup(stage, chosen(stage, action));
      return ended === 'waiting' ? ended : end(stage, name, { status: ended });
    }
  }
}

/** The branch that a Switch or an If takes, or what a Scope holds. */
function chosen(stage: Stage, action: Members): Actions {
  const group = (of: unknown): Actions => ((of as Members | undefined)?.actions ?? {}) as Actions;
  if (action.type === 'Switch') {
    const value = worked(action.expression, stage);
    const cases = Object.values(action.cases as Record<string, Members>);
    return group(cases.find((each) => each.case === value) ?? action.default);
  }
  if (action.type === 'If') return holds(action.expression, stage) ? group(action) : group(action.else);
  return group(action);
}

/** A condition: an expression, or operators as members. */
function holds(condition: unknown, stage: Stage): boolean {
  if (typeof condition === 'string') return worked(condition, stage) === true;
  const [[operator, of] = ['', []]] = Object.entries(condition as Readonly<Record<string, unknown>>);
  if (operator === 'and') return (of as readonly unknown[]).every((each) => holds(each, stage));
  if (operator === 'or') return (of as readonly unknown[]).some((each) => holds(each, stage));
  if (operator === 'not') return !holds(of, stage);
  const [a, b] = worked(of, stage) as readonly unknown[];
  if (operator === 'equals') return a === b;
  if (operator === 'greater') return Number(a) > Number(b);
  if (operator === 'less') return Number(a) < Number(b);
  throw new Error(`The sandbox does not know the condition ${operator}.`);
}

/** An HTTP action sends its request and waits: the answer comes from outside. */
function call(stage: Stage, name: string, action: Members): Ended {
  if (stage.run.waiting[name] !== undefined) return 'waiting';
  stage.run.waiting[name] = 1;
  stage.run.sent.push(requestOf(stage, name, action));
  return 'waiting';
}

/** The request of an HTTP action, with all its expressions worked out. */
export function requestOf(scope: Scope, name: string, action: Members): Outgoing {
  const inputs = worked(action.inputs, scope) as Members;
  const url = new URL(textOf(inputs.uri));
  for (const [query, value] of Object.entries((inputs.queries ?? {}) as Members))
    url.searchParams.append(query, textOf(value));
  const headers = Object.entries((inputs.headers ?? {}) as Members).map(([each, value]) => [
    each.toLowerCase(),
    textOf(value),
  ]);
  const isJson = typeof inputs.body === 'object' && inputs.body !== null;
  return {
    ...{ workflow: scope.workflow.name, run: scope.run.name, action: name },
    method: textOf(inputs.method),
    url: url.toString(),
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...Object.fromEntries(headers) },
    body: textOf(inputs.body),
  };
}

/** A connector does its work at once, if somebody has agreed to its connection. */
function useConnector(stage: Stage, name: string, action: Members): Ended {
  const inputs = worked(action.inputs, stage) as Members;
  const id = textOf((inputs.host as { connection: { name: unknown } }).connection.name);
  const connection = stage.state.connections.find((each) => id.toLowerCase().endsWith(`/${each.name.toLowerCase()}`));
  if (connection?.status !== 'Connected')
    return end(stage, name, {
      status: 'Failed',
      outputs: { statusCode: 401, body: { error: { code: 'Unauthorized' } } },
    });
  stage.run.sent.push({
    ...{ workflow: stage.workflow.name, run: stage.run.name, action: name },
    method: textOf(inputs.method).toUpperCase(),
    url: `${connection.name}${textOf(inputs.path)}`,
    headers: {},
    body: textOf(inputs.body),
  });
  return end(stage, name, { status: 'Succeeded', outputs: { statusCode: 200 } });
}

/** How often an HTTP action is sent again after an answer that may pass. */
function retriesOf(action: Members): number {
  const policy = ((action.inputs as Members).retryPolicy ?? {}) as { type?: string; count?: number };
  return policy.type?.toLowerCase() === 'none' ? 0 : Number(policy.count ?? 4);
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The server that an HTTP action asked has answered. Whoever sent it again is told so by `true`. */
export function answered(
  state: AzureState,
  { workflow, run, name }: { readonly workflow: Workflow; readonly run: Run; readonly name: string },
  { status, headers = {}, body = '' }: Answer,
  nowMs: number,
): boolean {
  const action = actionOf((workflow.definition.actions ?? {}) as Actions, name);
  const tries = run.waiting[name];
  if (!action || tries === undefined) throw new Error(`Nothing of run ${run.name} waits for an answer to ${name}.`);
  const mayPass = status === 408 || status === 429 || status >= 500;
  if (mayPass && tries <= retriesOf(action)) {
    run.waiting[name] = tries + 1;
    run.sent.push(requestOf({ workflow, run, nowMs }, name, action));
    return true;
  }
  // Whether a redirect after POST is followed is not told anywhere: it counts as no success.
  const isGood = status >= 200 && status < 300;
  const outputs = { statusCode: status, headers, body };
  end({ state, workflow, run, nowMs }, name, { status: isGood ? 'Succeeded' : 'Failed', outputs });
  play(state, workflow, run, nowMs);
  return false;
}

function actionOf(actions: Actions, name: string): Members | undefined {
  for (const [each, action] of Object.entries(actions)) {
    if (each === name) return action;
    const inner = [action, action.else, action.default, ...Object.values((action.cases ?? {}) as Members)];
    for (const group of inner) {
      const found = actionOf(((group as Members | undefined)?.actions ?? {}) as Actions, name);
      if (found) return found;
    }
  }
  return undefined;
}
