/** The bare line to the script: one call through the gateway, its reply or its silence. */
import { signal } from '@preact/signals';
import type { Answer } from '../src/api/gateway';
import { otherAccount } from './trouble';

interface Runner {
  withSuccessHandler(done: (value: unknown) => void): Runner;
  withFailureHandler(failed: (error: Error) => void): Runner;
  api(name: string, args: readonly unknown[]): void;
}

declare const google: { readonly script: { readonly run: Runner } };

export const online = signal(navigator.onLine);
window.addEventListener('online', () => {
  online.value = true;
});
window.addEventListener('offline', () => {
  online.value = false;
});

/** No answer of ours came: silence, or an error of Google's. What became of the call is not known. */
export type Silence = 'silence';

/** Rejects only where Google refused the frame itself, so that the call cannot have run. */
export function send(name: string, args: unknown, patienceMs: number): Promise<Answer | Silence> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => done('silence'), patienceMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    google.script.run
      .withSuccessHandler((value) => settle(() => done(isAnswer(value) ? value : 'silence')))
      .withFailureHandler((error) =>
        settle(() => (/PERMISSION_DENIED|authoriz/i.test(error.message) ? failed(otherAccount()) : done('silence'))),
      )
      .api(name, [args]);
  });
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
