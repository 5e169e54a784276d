/** A named person lets a notice go that waits for release. */
import { type Account, entryBase, post } from '../account';
import type { OutboxRow } from '../book';
import { unpaidOn } from '../standing';
import { key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';

export function release({ account, outbox }: Acting, act: ActOf<'release'>): ActResult | Refused {
  const row = outbox.find((each) => each.key === act.effect && each.lease === account.lease.id);
  if (!row || row.channel === 'ledger') return refuse(`There is no effect ${act.effect}.`);
  if (row.state !== 'waiting for release') return refuse('It does not wait for release.');
  postRelease(account, row, act.reason);
  const what = `"${row.kind}" to ${row.to}`;
  return {
    title: `Let ${what} go`,
    told: `Let ${what} go`,
    outbox: [released(row, account.run.now)],
    warnings:
      isNotice(row) && isOwed(account, row)
        ? ['It is a notice with legal effect: from now on the lease is under notice.']
        : [],
    fixed: 'A notice that was let go cannot be taken back. Hold the message while it has not left.',
  };
}

export const released = (row: OutboxRow, now: OutboxRow['updatedAt']): OutboxRow => ({
  ...row,
  state: 'ready',
  fault: '',
  updatedAt: now,
});

/** It waits because the ladder says so, and not because a person held it back. */
const isNotice = ({ payload }: OutboxRow): boolean =>
  payload.held !== true && typeof payload.rung === 'string' && typeof payload.about === 'string';

/** Something of what it is about: a notice of a debt that was paid does not leave, so nothing is said of it. */
const isOwed = ({ state, today }: Account, { because }: OutboxRow): boolean =>
  because.rule !== 'unpaid' || unpaidOn(state, today).some((charge) => because.charges.includes(charge.key));

/** The journal's word that a notice was released: from then on the lease is under notice. */
export function postRelease(account: Account, row: OutboxRow, why: string): void {
  if (!isNotice(row) || !isOwed(account, row)) return;
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
