/** What the last action did, in words. */
import type { ActionResult } from '../types';
import { actionError, result } from './store';

function Facts({ facts }: Pick<ActionResult, 'facts'>) {
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Folded({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>
        {lines.length} {title}
        {lines.length === 1 ? '' : 's'}
      </summary>
      <ul class="lines">
        {lines.map((line, at) => (
          <li key={`${at} ${line}`}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function Told({ outcome }: { readonly outcome: ActionResult }) {
  const { title, ok, lines, facts, problems, log } = outcome;
  return (
    <div class={ok ? 'told' : 'told bad'}>
      <p class="told-title">
        <span aria-hidden="true">{ok ? '✓' : '▲'}</span> {title.charAt(0).toUpperCase() + title.slice(1)}
        {ok ? '' : ' failed'}
      </p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <Facts facts={facts} />
      <Folded title="problem" lines={problems} />
      <Folded title="log line" lines={log} />
    </div>
  );
}

export function Outcome() {
  const told = result.value;
  const error = actionError.value;
  return (
    <section class="card" aria-labelledby="result-title">
      <h2 id="result-title">Last result</h2>
      <div role="status">
        {error !== '' && (
          <p class="notice bad">
            <span aria-hidden="true">▲</span> {error}
          </p>
        )}
        {error === '' && told !== undefined && <Told outcome={told} />}
        {error === '' && told === undefined && (
          <p class="quiet">Move the clock or run a job; what it did is told here.</p>
        )}
      </div>
    </section>
  );
}
