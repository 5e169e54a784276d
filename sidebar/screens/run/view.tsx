/** The steps of one run, their counts, and what came of it. */
import type { RunProgress, RunStep } from '../../../src/api/desk/runs';
import { Button, Chip, clockText, type IconName, List, Note, type Tone } from '../../kit';
import { go } from '../../route';

type RunFacts = NonNullable<RunProgress['run']>;

const STEPS: Readonly<Record<RunStep['state'], readonly [tone: Tone, icon: IconName, text: string]>> = {
  waiting: ['none', 'dash', 'Waiting'],
  running: ['info', 'clock', 'Running'],
  done: ['good', 'check', 'Done'],
  skipped: ['none', 'dash', 'Skipped'],
  failed: ['bad', 'warn', 'Failed'],
};

const STATES: Readonly<Record<RunFacts['state'], readonly [tone: Tone, icon: IconName, text: string]>> = {
  running: ['info', 'clock', 'Running'],
  stopping: ['due', 'half', 'Stopping after this step'],
  stopped: ['none', 'pause', 'Stopped'],
  'goes on': ['info', 'clock', 'Goes on in the next run'],
  done: ['good', 'check', 'Done'],
  failed: ['bad', 'warn', 'Failed'],
};

function Counts({ step, run }: { readonly step: RunStep; readonly run: string }) {
  if (step.counts.length === 0) return null;
  return (
    <div class="counts">
      {step.counts.map(({ what, count, group }) =>
        group && count > 0 ? (
          <Button key={what} look="quiet" onClick={() => go('log', { run, group })}>
            {count} {what}
          </Button>
        ) : (
          <span key={what} class="quiet">
            {count} {what}
          </span>
        ),
      )}
    </div>
  );
}

const Step = ({ step, run }: { readonly step: RunStep; readonly run: string }) => {
  const [tone, icon, text] = STEPS[step.state];
  return (
    <>
      <div class="line">
        <span>{step.name}</span>
        <Chip tone={tone} icon={icon} text={text} />
      </div>
      <Counts step={step} run={run} />
    </>
  );
};

export function RunView({ run, zone }: { readonly run: RunFacts; readonly zone: string }) {
  const [tone, icon, text] = STATES[run.state];
  const ended = run.steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
  return (
    <section aria-label={run.job}>
      <div class="line">
        <h2>{run.job}</h2>
        <Chip tone={tone} icon={icon} text={text} />
      </div>
      <p class="quiet">
        {run.reason === 'schedule' ? 'By the schedule' : `By ${run.by}`}, {run.startedAt} ({zone}),{' '}
        {clockText(run.elapsedMs)} min
      </p>
      <progress class="whole" max={Math.max(1, run.steps.length)} value={ended} aria-label="Steps done" />
      <p class="quiet small" role="status">
        {ended} of {run.steps.length} steps done
      </p>
      <List of={run.steps} keyOf={(step) => step.name}>
        {(step) => <Step step={step} run={run.id} />}
      </List>
      {run.trouble ? <Note tone="due">{run.trouble}</Note> : null}
      {run.problems.map((problem) => (
        <Note key={problem} tone="due">
          {problem}
        </Note>
      ))}
      <Button look="quiet" onClick={() => go('log', { run: run.id })}>
        Show its lines in the Log
      </Button>
    </section>
  );
}
