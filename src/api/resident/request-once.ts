/** A resident's request acts at most once: under the lock, on the lease of the link alone, in one commit that the Log names as theirs. */
import type { Account } from '../../domain/account';
import type { RequestRow } from '../../domain/requests';
import { rowsOfLease } from '../../domain/run-book';
import type { App } from '../../run/app';
import type { Changes } from '../../sheet/commit';
import type { Loaded } from '../../sheet/load';
import { accountOf } from '../account';
import { actOnce, BUSY, type Done } from '../desk/once';
import type { Applied } from '../desk/override';
import type { Refusal } from '../desk/told';
import type { Outcome } from './act';
import { clickIdOf, residentName } from './click';
import type { OneLease } from './lease';

/** Names of sentences of the page's words. */
export type Says = Pick<Outcome, 'says' | 'with'>;

export interface Scene {
  readonly app: App;
  readonly loaded: Loaded;
  readonly account: Account;
  /** Of this lease, the oldest first. */
  readonly rows: readonly RequestRow[];
}

/** What is to be written, and the sentence of the Log. */
export interface Wanted {
  readonly changes: Changes;
  readonly told: string;
  /** The book as it stands once people's tabs are written. */
  readonly book?: Done['book'];
}

interface No extends Refusal {
  readonly no: Says;
}

/** Refuses in the page's words; nothing is written. */
export const no = (says: string, fills?: Readonly<Record<string, string>>): No => ({
  refused: says,
  no: { says, ...(fills ? { with: fills } : {}) },
});

/** `yes` is what is said once it is done, and again for a second click. */
export function askOnce(
  app: App,
  one: OneLease,
  request: string,
  yes: Says,
  work: (scene: Scene) => Wanted | No,
): Outcome {
  if (request === '') return { done: false, says: 'formIncomplete' };
  const acting: App = { ...app, run: { ...app.run, by: residentName(one) } };
  const acted = actOnce<Applied>(acting, clickIdOf(one, request), (inside, loaded) => {
    const account = accountOf(loaded, inside, one.account.lease.id);
    if (!account) return no('notNow');
    const rows = rowsOfLease(loaded.book.requests ?? [], account.lease.id);
    const wanted = work({ app: inside, loaded, account, rows });
    if ('refused' in wanted) return wanted;
    const { changes, told, book } = wanted;
    return { changes, applied: { done: true, says: told, keys: [] }, ...(book ? { book } : {}) };
  });
  if (!('refused' in acted)) return { done: true, ...yes };
  if (acted === BUSY) return { done: false, says: 'busy' };
  return { done: false, ...('no' in acted ? (acted as No).no : { says: 'notNow' }) };
}
