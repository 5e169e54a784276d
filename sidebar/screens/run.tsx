/** A run as it goes: its steps with counts, stop after this step, and numbers that open the Log. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunProgress } from '../../src/api/desk/runs';
import { facts, mayAct } from '../facts';
import { Actions, Button, Came, Empty, Note, Skeleton, Trouble } from '../kit';
import { ask } from '../server';
import { asTrouble, type Trouble as Fault } from '../trouble';
import { changes, isApplied, useChange } from '../use';
import { NextRun } from './run/next-run';
import { RunView } from './run/view';
import { PauseAll } from './shared/pause-all';

const EVERY_MS = 1_000;
/** A run that goes on by itself later need not be watched by the second. */
const LATER_MS = 5_000;

const isRunning = (progress: RunProgress | undefined) =>
  progress?.run?.state === 'running' || progress?.run?.state === 'stopping';

/** Asks again while something runs; one question at a time. */
function useProgress(starting: boolean) {
  const [progress, setProgress] = useState<RunProgress | undefined>();
  const [fault, setFault] = useState<Fault | undefined>();
  const ran = useRef(false);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let over = false;
    let timer = 0;
    const look = () =>
      ask('progress', {}).then(
        (value) => {
          if (over) return;
          setFault(undefined);
          setProgress(value);
          const running = isRunning(value);
          // What other screens show is old once a run has ended.
          if (ran.current && !running) changes.value++;
          ran.current = running;
          if (running || starting) timer = window.setTimeout(look, EVERY_MS);
          else if (value.run?.state === 'goes on') timer = window.setTimeout(look, LATER_MS);
        },
        (error: unknown) => {
          if (over) return;
          setFault(asTrouble(error));
          if (ran.current) timer = window.setTimeout(look, LATER_MS);
        },
      );
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [starting, turn]);
  return { progress, fault, setProgress, refresh: () => setTurn(turn + 1) };
}

const JOBS = [
  ['poll', 'Read payments'],
  ['deliver', 'Send what is ready'],
] as const;

function Start({ start, idle }: { start: (job: 'daily' | 'poll' | 'deliver') => void; idle: boolean }) {
  if (!mayAct('manager')) return null;
  return (
    <Actions>
      <Button look="primary" changes disabled={!idle} onClick={() => start('daily')}>
        Run the day
      </Button>
      {JOBS.map(([job, label]) => (
        <Button key={job} changes disabled={!idle} onClick={() => start(job)}>
          {label}
        </Button>
      ))}
    </Actions>
  );
}

function Stop({ stopped }: { readonly stopped: (progress: RunProgress) => void }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const stop = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      stopped(await ask('stopRun', {}));
    } catch (error) {
      setFault(asTrouble(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Actions>
        <Button busy={busy} onClick={() => void stop()}>
          Stop after this step
        </Button>
      </Actions>
      {fault ? <Trouble trouble={fault} again={() => void stop()} /> : null}
    </>
  );
}

export function Run() {
  const act = useChange('startRun');
  const { progress, fault, setProgress, refresh } = useProgress(act.busy);
  const start = async (job: 'daily' | 'poll' | 'deliver') => {
    const came = await act.run({ job });
    if (came && !isApplied(came)) setProgress(came);
    refresh();
  };
  const running = isRunning(progress);
  const run = progress?.run;
  return (
    <>
      {fault ? <Trouble trouble={fault} again={refresh} /> : null}
      {progress?.nudged ? <Note>{progress.nudged}</Note> : null}
      <Came of={act} />
      {progress === undefined && !fault ? <Skeleton rows={6} what="Looking for a run…" /> : null}
      {progress && !run ? <Empty text={act.busy ? 'It begins…' : 'Nothing has run yet.'} /> : null}
      {run ? <RunView run={run} zone={progress?.zone ?? ''} /> : null}
      {running && run?.state === 'running' && mayAct('manager') ? <Stop stopped={setProgress} /> : null}
      {running ? (
        <p class="quiet">Closing the sidebar does not stop it.</p>
      ) : (
        <>
          {mayAct('manager') ? <NextRun paused={facts.value?.paused === true} /> : null}
          <Start start={(job) => void start(job)} idle={!act.busy} />
        </>
      )}
      {facts.value ? <PauseAll paused={facts.value.paused} /> : null}
    </>
  );
}
