/** Runs: how one begins, how it is shown, and how the list of them is searched and paged. */
import { nextNumber } from '../kit/reply';
import { refused } from './errors';
import { paged, type Query } from './lists';
import { play } from './play';
import { type AzureState, fallingTicks, type Members, moment, type Run, type Workflow, workflowPath } from './state';

/** A run that has nothing to wait for is seen as running for so long all the same. */
const SHORTEST_MS = 2000;

export function startRun(
  state: AzureState,
  workflow: Workflow,
  trigger: string,
  outputs: Members,
  { tracking, nowMs }: { readonly tracking?: string; readonly nowMs: number },
): Run {
  const serial = nextNumber(state, 'run');
  const name = `${fallingTicks(nowMs, serial)}${String(serial).padStart(9, '0')}CU27`;
  const run: Run = {
    ...{ name, startMs: nowMs, endMs: null, status: 'Running', tracking: tracking ?? name },
    ...{ trigger, triggerOutputs: outputs, results: {}, waiting: {}, sent: [] },
  };
  workflow.runs.push(run);
  play(state, workflow, run, nowMs);
  return run;
}

/** What a reader is told now. */
export function statusOf(run: Run, nowMs: number): { status: Run['status']; endMs: number | null } {
  if (run.status === 'Cancelled') return { status: run.status, endMs: run.endMs };
  const isYoung = run.endMs !== null && nowMs < run.startMs + SHORTEST_MS;
  if (isYoung || run.endMs === null) return { status: run.endMs === null ? run.status : 'Running', endMs: null };
  return { status: run.status, endMs: Math.max(run.endMs, run.startMs + SHORTEST_MS) };
}

export function shownRun(workflow: Workflow, run: Run, nowMs: number): Members {
  const { status, endMs } = statusOf(run, nowMs);
  const id = `${workflowPath(workflow.name)}/runs/${run.name}`;
  const version = workflow.version;
  const at = moment(run.startMs);
  const correlation = { clientTrackingId: run.tracking };
  const failed = { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' };
  return {
    properties: {
      ...{ waitEndTime: at, startTime: at, ...(endMs === null ? {} : { endTime: moment(endMs) }), status },
      ...(status === 'Failed' ? { code: failed.code, error: failed } : {}),
      correlation,
      workflow: {
        id: `${workflowPath(workflow.name)}/versions/${version}`,
        name: version,
        type: 'Microsoft.Logic/workflows/versions',
      },
      trigger: { name: run.trigger, startTime: at, endTime: at, correlation, code: 'OK', status: 'Succeeded' },
      outputs: {},
    },
    ...{ id, name: run.name, type: 'Microsoft.Logic/workflows/runs' },
  };
}

export function runOf(workflow: Workflow, name: string): Run {
  const run = workflow.runs.find((each) => each.name === name);
  if (!run) throw refused(404, 'WorkflowRunNotFound', `The workflow run '${name}' could not be found.`);
  return run;
}

/** Ninety days of history are kept. */
const KEPT_MS = 90 * 86_400_000;

/** Newest first. */
export function listedRuns(workflow: Workflow, url: URL, nowMs: number): Members {
  const rows = workflow.runs
    .filter((run) => run.startMs > nowMs - KEPT_MS)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((run) => ({ run, fields: fieldsOf(run, nowMs) }));
  const page = paged(
    rows,
    ({ run }) => run.name,
    url,
    ({ fields }) => fields,
  );
  return { ...page, value: page.value.map(({ run }) => shownRun(workflow, run, nowMs)) };
}

const fieldsOf = (run: Run, nowMs: number): Query => ({
  status: statusOf(run, nowMs).status,
  starttime: run.startMs,
  clienttrackingid: run.tracking,
});
