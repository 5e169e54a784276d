/** A mail to whoever owns or manages the ledger, of one of the templates that are theirs. */
import type { Intent } from './book';
import type { MessageFields } from './message-fields';
import type { Run, RunBook } from './run-book';
import { key, type PropertyName, type Zone } from './values';
import { sendFrom } from './wishes';

export interface ManagerMail {
  /** The key of its template. */
  readonly kind: string;
  /** Names it among those of its kind: one mail for each. */
  readonly name: string;
  readonly to: string;
  /** What carries it. */
  readonly by: string;
  readonly fields: MessageFields;
  /** Quiet hours hold there. */
  readonly zone: Zone;
  readonly property?: PropertyName;
  readonly urgency: number;
}

/** In the language of the digest. */
export const managerMail = (
  { settings }: RunBook,
  run: Run,
  { kind, name, to, by, fields, zone, property, urgency }: ManagerMail,
): Intent => ({
  key: key(`email:${kind}:${name}`),
  channel: by,
  kind,
  ...(property === undefined ? {} : { property }),
  to,
  subject: '',
  payload: { template: kind, language: settings.digestLanguage, fields },
  notBefore: sendFrom(run.now, zone, settings),
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency,
});
