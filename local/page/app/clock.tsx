/** The time machine: what time it is, how to move on and back, and the jobs that can be run now. */
import { useState } from 'preact/hooks';
import type { PageState, PastMoment } from '../types';
import { askPerson } from './dialog';
import { reopen } from './script';
import { forgetSteps } from './sheet/write';
import { advance, busy, goBack, progress, runJob, stop } from './store';

const JOBS = [
  ['poll', 'Poll', 'Ask the platforms for payments'],
  ['daily', 'Daily', "Run every property's day"],
  ['deliver', 'Deliver', 'Send what waits in the Outbox'],
] as const;

function ClockFace({ nowMs, zone }: PageState) {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(nowMs);
  return (
    <p class="clock">
      <strong>{part({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}</strong>
      <span class="clock-time">{part({ hour: '2-digit', minute: '2-digit' })}</span>
      <span class="quiet">{zone}</span>
    </p>
  );
}

function GoTo({ today, disabled }: { readonly today: string; readonly disabled: boolean }) {
  const [day, setDay] = useState('');
  const go = (event: Event) => {
    event.preventDefault();
    if (day !== '') void advance(`Until ${day}`, { to: day });
  };
  return (
    <form class="row" onSubmit={go}>
      <label class="grow">
        <span class="label">To the end of</span>
        <input type="date" min={today} value={day} required onInput={(event) => setDay(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={disabled}>
        Go
      </button>
    </form>
  );
}

/** Asks first: what happened since that moment is gone afterwards. */
async function back({ atMs, label }: PastMoment): Promise<void> {
  const text =
    `Everything goes back to ${label}: the workbook, the mailbox, Slack, the platforms and the clock. ` +
    'What happened since then is lost.';
  const { button } = await askPerson({ title: 'Back to yesterday?', text, buttons: ['Go back', 'Cancel'] });
  if (button !== 'Go back') return;
  await goBack(atMs);
  forgetSteps();
  await reopen();
}

function Back({ past, disabled }: { readonly past: PastMoment | undefined; readonly disabled: boolean }) {
  return (
    <div class="back">
      <button type="button" disabled={disabled || past === undefined} onClick={() => past && void back(past)}>
        Back to yesterday
      </button>
      <p class="quiet">
        {past === undefined
          ? 'No earlier day is kept yet. When the clock moves, the day before is kept.'
          : `Returns to ${past.label}.`}
      </p>
    </div>
  );
}

function Running({ name }: { readonly name: string }) {
  const now = progress.value;
  return (
    <div class="running">
      <p role="status">
        {name}
        {now === undefined ? ' is running…' : `: ${now.day}, day ${now.done} of ${now.of}`}
      </p>
      <progress
        aria-label={`${name}: days done`}
        max={now?.of ?? 1}
        {...(now === undefined ? {} : { value: now.done })}
      />
      {now !== undefined && <p class="quiet">{now.counts.map(([what, number]) => `${number} ${what}`).join(', ')}</p>}
      {(now?.of ?? 0) > 1 && (
        <button type="button" onClick={() => void stop()}>
          Stop after this day
        </button>
      )}
    </div>
  );
}

export function Clock({ state }: { readonly state: PageState }) {
  const running = busy.value || (state.busy ?? '');
  const disabled = running !== '';
  return (
    <section class="card" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <ClockFace {...state} />
      <div class="row">
        <button
          type="button"
          class="primary grow"
          disabled={disabled}
          onClick={() => void advance('Next day', { days: 1 })}
        >
          Next day
        </button>
        <button type="button" class="grow" disabled={disabled} onClick={() => void advance('Next week', { days: 7 })}>
          Next week
        </button>
      </div>
      <GoTo today={state.today} disabled={disabled} />
      <Back past={state.past} disabled={disabled} />
      <fieldset class="row">
        <legend class="label">Run now</legend>
        {JOBS.map(([job, word, about]) => (
          <button
            key={job}
            type="button"
            class="grow"
            title={about}
            disabled={disabled}
            onClick={() => void runJob(job)}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {disabled && <Running name={running} />}
    </section>
  );
}
