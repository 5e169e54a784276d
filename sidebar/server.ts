/** The sidebar's line to the script: one typed, promise-based call through the gateway. */

import type { Today } from '../src/api/desk/today';
import type { Answer } from '../src/api/gateway';

/** What became of a decision on an effect. */
export interface Decided {
  readonly done?: boolean;
  readonly refused?: string;
}

/** What the sidebar asks for; the gateway checks name, role and arguments again. */
export interface Calls {
  today: { args: Record<string, never>; value: Today };
  release: { args: { effect: string }; value: Decided };
  resolve: { args: { effect: string; as: 'sent' | 'again' | 'cancelled' }; value: Decided };
}

interface Runner {
  withSuccessHandler(done: (value: unknown) => void): Runner;
  withFailureHandler(failed: (error: Error) => void): Runner;
  api(name: string, args: readonly unknown[]): void;
}

declare const google: { readonly script: { readonly run: Runner } };

/** Rejects with a sentence that a person can act on. */
export function call<Name extends keyof Calls>(name: Name, args: Calls[Name]['args']): Promise<Calls[Name]['value']> {
  return new Promise((done, failed) => {
    google.script.run
      .withSuccessHandler((value) => {
        const answer = value as Answer;
        if (answer.ok) done(answer.value as Calls[Name]['value']);
        else failed(new Error(answer.error));
      })
      .withFailureHandler((error) => failed(new Error(plainly(error))))
      .api(name, [args]);
  });
}

/** Google's own words help nobody; the usual cause is a second account in the same browser. */
function plainly(error: Error): string {
  if (/PERMISSION_DENIED|authoriz/i.test(error.message)) {
    return (
      'Google did not let this sidebar in. If you use several Google accounts in this browser, ' +
      'open the sheet in a window with only one.'
    );
  }
  return 'The script did not answer. Nothing was changed; try again.';
}
