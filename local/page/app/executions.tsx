/** The executions log: what ran, for whom, how long it would have taken at Google, and how it ended. */
import { useState } from 'preact/hooks';
import type { ExecutionView } from '../types';
import { Empty, Failed, useLoaded, Waiting } from './load';

const MOST = 150;
/** Column heads, and whether numbers stand below. */
const HEADS: readonly (readonly [string, boolean])[] = [
  ['Started', false],
  ['Function', false],
  ['Set off by', false],
  ['Outcome', false],
  ['Service calls', true],
  ['At Google', true],
];

function Execution({ run }: { readonly run: ExecutionView }) {
  return (
    <tr>
      <td>{run.at}</td>
      <th scope="row">
        {run.handler}
        {run.asked !== '' && <span class="quiet"> {run.asked}</span>}
        {run.times > 1 && <span class="quiet"> × {run.times.toLocaleString('en')}</span>}
      </th>
      <td>
        {run.trigger}
        <p class="quiet">{run.user}</p>
      </td>
      <td>
        <span class={run.ok ? 'chip good' : 'chip late'}>{run.ok ? '✓ done' : '▲ failed'}</span>
        {!run.ok && <p>{run.outcome}</p>}
        {run.log.length > 0 && (
          <details>
            <summary>{run.log.length} log lines</summary>
            <pre class="plain">{run.log.join('\n')}</pre>
          </details>
        )}
      </td>
      <td class="right">{run.calls}</td>
      <td class="right">{run.seconds.toFixed(1)} s</td>
    </tr>
  );
}

function Table({ runs }: { readonly runs: readonly ExecutionView[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="numbers-box" aria-label="Executions, scrollable table" tabIndex={0}>
      <table class="numbers">
        <caption class="unseen">Executions, the newest first</caption>
        <thead>
          <tr>
            {HEADS.map(([head, isNumber]) => (
              <th key={head} scope="col" class={isNumber ? 'right' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, MOST).map((run, at) => (
            <Execution key={`${at} ${run.at} ${run.handler}`} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Executions({ revision }: { readonly revision: number }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const { data, error, retry } = useLoaded<ExecutionView[]>('/api/executions', revision);
  const shown = data?.filter((run) => !onlyFailed || !run.ok) ?? [];
  return (
    <section aria-labelledby="runs-title">
      <div class="bar">
        <h2 id="runs-title">Executions</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={onlyFailed}
            onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
          />
          Only those that failed
        </label>
      </div>
      {error !== '' && <Failed error={error} retry={retry} />}
      {data === undefined && error === '' && <Waiting what="the executions" />}
      {data !== undefined && shown.length === 0 && (
        <Empty>
          <p>{onlyFailed ? 'None of the last executions failed.' : 'Nothing has run yet.'}</p>
        </Empty>
      )}
      {shown.length > 0 && (
        <>
          <p class="quiet">
            {shown.length > MOST
              ? `The newest ${MOST} of the last ${shown.length} executions`
              : `${shown.length} executions`}
          </p>
          <Table runs={shown} />
        </>
      )}
    </section>
  );
}
