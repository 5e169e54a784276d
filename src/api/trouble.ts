/** A call that came to nothing, for a person: what happened, what it means for rent, what to do, and an id to quote. */
import type { Answer, Failure } from '../ports';
import type { App } from '../run/app';

const MEANS: Readonly<Record<Failure['kind'], readonly [means: string, fix: string]>> = {
  unknown: ['Nothing was changed.', 'Reload the sheet: the sidebar and the script are of different versions.'],
  role: ['Nothing was changed.', 'The owner can add you under Managers on the Settings tab.'],
  arguments: ['Nothing was changed.', 'Correct what you entered and try again.'],
  busy: ['Nothing was changed; the run that is at work finishes by itself.', 'Try again in a minute.'],
  book: [
    'Nothing is charged or sent until it is mended; what is in the Ledger is kept.',
    'Do what the message says, then run the day.',
  ],
};

export function trouble(app: App, kind: Failure['kind'], error: string): Answer {
  const [means, fix] = MEANS[kind];
  return { ok: false, error, kind, means, fix, id: app.run.id };
}
