/** Why a call came to nothing, in words: what happened, what it means for rent, what to do, and an id to quote. */
import { signal } from '@preact/signals';
import type { Answer } from '../src/api/gateway';

type Failure = Extract<Answer, { ok: false }>;

export type TroubleKind =
  | Failure['kind']
  /** The computer has no network. */
  | 'offline'
  /** No reply came in time, or Google's own error came instead. */
  | 'lost'
  /** A change whose reply was lost, and the script says that it was not done. */
  | 'not done'
  /** A change whose reply was lost, and nobody could be asked. */
  | 'unsure'
  /** Google refused the frame: another account in the same browser. */
  | 'accounts';

/** Carries everything that a person needs; its message is what happened. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  constructor(
    readonly kind: TroubleKind,
    happened: string,
    readonly means: string,
    readonly fix: string,
    readonly id = '',
  ) {
    super(happened);
    lastTrouble.value = this;
  }
}

/** The last one of this frame, for a report to whoever helps. */
export const lastTrouble = signal<Trouble | undefined>(undefined);

export const fromFailure = ({ kind, error, means, fix, id }: Failure): Trouble =>
  new Trouble(kind, error, means, fix, id);

export const offline = (): Trouble =>
  new Trouble(
    'offline',
    'This computer is offline.',
    'Nothing was changed. Scheduled runs go on: they happen at Google, not here.',
    'It goes on by itself when the network is back.',
  );

export const lostRead = (): Trouble =>
  new Trouble('lost', 'The script did not answer.', 'Nothing was changed.', 'Try again.');

export const lostChange = (done: 'not done' | 'unsure', id: string): Trouble =>
  done === 'not done'
    ? new Trouble(
        done,
        'The reply was lost, and it was not done.',
        'Nothing was changed.',
        'Try again: it cannot happen twice.',
        id,
      )
    : new Trouble(
        done,
        'The reply was lost, and nobody could be asked what became of it.',
        'It may have been done.',
        'Try again: if it was done already, it is not done twice.',
        id,
      );

/** Google's own words help nobody; the usual cause is a second account in the same browser. */
export const otherAccount = (): Trouble =>
  new Trouble(
    'accounts',
    'Google did not let this sidebar in.',
    'Nothing was changed. This happens where a browser is signed in to several Google accounts.',
    'Open the sheet in a private window or a browser profile with one account, and try again.',
  );

/** Whatever was thrown, as something that can be shown. */
export const asTrouble = (error: unknown): Trouble =>
  error instanceof Trouble
    ? error
    : new Trouble('unknown', 'The sidebar stumbled over itself.', 'Nothing more was changed.', 'Reload the sheet.');
