/** A named person lets a notice go that waits for release. */
import { type Account, entryBase, post } from '../account';
import type { OutboxRow } from '../book';
import type { Run, RunBook } from '../run-book';
import { key } from '../values';
import { inVain, isNotice } from '../wanted';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';

export function release({ account, outbox }: Acting, act: ActOf<'release'>): ActResult | Refused {
  const row = outbox.find((each) => each.key === act.effect && each.lease === account.lease.id);
  if (!row || row.channel === 'ledger') return refuse(`There is no effect ${act.effect}.`);
  if (row.state !== 'waiting for release') return refuse('It does not wait for release.');
  const vain = vainRelease(account.book, account.run, row);
  if (vain) return vain;
  postRelease(account, row, act.reason);
  const what = `"${row.kind}" to ${row.to}`;
  return {
    title: `Let ${what} go`,
    told: `Let ${what} go`,
    outbox: [released(row, account.run.now)],
    warnings: isNotice(row) ? ['It is a notice with legal effect: from now on the lease is under notice.'] : [],
    fixed: 'A notice that was let go cannot be taken back. Hold the message while it has not left.',
  };
}

export const released = (row: OutboxRow, now: OutboxRow['updatedAt']): OutboxRow => ({
  ...row,
  state: 'ready',
  fault: '',
  updatedAt: now,
});

/** Refused where letting it go would do nothing: so nothing legal is written of a debt that nobody has any more. */
export function vainRelease(book: RunBook, run: Run, row: OutboxRow): Refused | undefined {
  const why = inVain(book, run, row);
  return why === undefined ? undefined : refuse(`${why} Letting it go would do nothing.`);
}

/** The journal's word that a notice was released: from then on the lease is under notice. */
export function postRelease(account: Account, row: OutboxRow, why: string): void {
  if (!isNotice(row)) return;
  post(account, {
    ...entryBase(account),
    kind: 'release',
    key: key(`release:${row.key}`),
    rung: String(row.payload.rung),
    about: key(String(row.payload.about)),
    day: account.today,
    why,
  });
}
