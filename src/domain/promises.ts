/** A promise to pay what is owed now by a day: reminders of it rest until then, and it ends by itself, kept or broken. */
import { type Account, entryBase, post } from './account';
import { LATE_FEE, type LeaseState, type OpenCharge, RETURN_FEE, type Task } from './book';
import { addDays, localDay } from './calendar';
import { decimal, minus, sum } from './money';
import type { RequestRow } from './requests';
import { pendingOf, rowsOfLease } from './run-book';
import { demandedOn, isDemanded, isDisputedLine } from './standing';
import { type Cents, type Day, type Key, key } from './values';

const FEES: readonly string[] = [LATE_FEE, RETURN_FEE];

/** What somebody who promises today would promise: what is asked for and starts the ladder. */
export const promisable = ({ state, today }: Account): readonly OpenCharge[] =>
  demandedOn(state, today).filter((charge) => !FEES.includes(charge.type));

/** Why no promise is taken; undefined where one is. `rows` are those of the lease. */
export function promiseClosed(
  account: Account,
  rows: readonly RequestRow[],
): 'off' | 'nothing owed' | 'promised already' | 'broken before' | undefined {
  const { book, property } = account;
  if (book.settings.promiseDays <= 0) return 'off';
  const debts = promisable(account);
  if (debts.length === 0) return 'nothing owed';
  const promises = rows.filter((row) => row.kind === 'promise');
  if (promises.some((row) => stateOfPromise(account, row) === 'open')) return 'promised already';
  // A promise that was refused or broken is not given again for what is still open of it.
  const spent = promises.filter((row) => ['broken', 'refused'].includes(stateOfPromise(account, row)));
  const isSpent = (debt: OpenCharge) => spent.some((row) => debt.due <= localDay(row.at, property.zone));
  return debts.some(isSpent) ? 'broken before' : undefined;
}

export function beginPromise(account: Account, row: RequestRow): void {
  const until = row.until ?? account.today;
  const name = key(`pause:${row.key}:begins`);
  post(account, { ...pauseEntry(account, row.key, true, name, `The resident promises to pay by ${until}.`), until });
}

/** What had come for it went back before its day: it holds again what it held, which is no more than was due when it was given. */
function beginAgain(account: Account, row: RequestRow): void {
  const until = row.until ?? account.today;
  const name = key(`pause:${row.key}:begins:${account.today}`);
  const why = `Money for it went back: the promise to pay by ${until} holds on.`;
  const given = localDay(row.at, account.property.zone);
  post(account, { ...pauseEntry(account, row.key, true, name, why), day: given, until });
}

export function endPromise(account: Account, name: Key, why: string): void {
  if (account.state.pauses.some((pause) => pause.type === 'promise' && pause.about === name))
    post(account, pauseEntry(account, name, false, key(`pause:${name}:ends:${account.today}`), why));
}

const pauseEntry = (account: Account, about: Key, begins: boolean, name: Key, why: string) => ({
  ...entryBase(account),
  kind: 'pause' as const,
  type: 'promise' as const,
  begins,
  key: name,
  about,
  day: account.today,
  why,
});

// ---------------------------------------------------------------- how it ends

/**
 * Paid by its day is kept, by the day on which the money was set going. Money that has not settled yet holds the answer open, and so
 * until its day does a line of it that is disputed: that may be answered, and asked for, before the day has come.
 */
export function promiseOutcome(account: Account, given: Day, until: Day): 'open' | 'kept' | 'broken' {
  const missing = missingOf(account.state, given, until);
  if (missing <= 0) return account.today <= until && isDisputedBy(account.state, given) ? 'open' : 'kept';
  if (account.today <= until) return 'open';
  return pendingBy(account, until) >= missing ? 'open' : 'broken';
}

function missingOf(state: LeaseState, given: Day, until: Day): Cents {
  const promised = state.charges.filter(
    (charge) => charge.due <= given && !FEES.includes(charge.type) && isDemanded(state, charge),
  );
  return sum(promised.map((charge) => minus(charge.totalCents, paidBy(charge, until))));
}

const isDisputedBy = (state: LeaseState, given: Day): boolean =>
  state.charges.some((charge) => charge.openCents > 0 && charge.due <= given && isDisputedLine(state, charge));

const paidBy = ({ covers }: OpenCharge, until: Day): Cents =>
  sum(covers.filter((cover) => cover.on <= until).map((cover) => cover.amountCents));

const pendingBy = ({ book, lease, property }: Account, until: Day): Cents =>
  sum(
    pendingOf(book, lease.id)
      .filter((row) => localDay(row.initiatedAt, property.zone) <= until)
      .map((row) => row.amountCents),
  );

/** As it is at this moment, which its row may not say yet: a person's word stands. */
export function stateOfPromise(account: Account, row: RequestRow): RequestRow['state'] {
  if (row.until === undefined || row.state === 'withdrawn' || row.state === 'refused') return row.state;
  return promiseOutcome(account, localDay(row.at, account.property.zone), row.until);
}

/** Banks return a payment within so many days, and a promise that was kept by it was not. */
const JUDGED_DAYS = 60;

/** Ends what has come to its end, and says how; nothing is reminded of twice, for the ladder takes its newest rung only. */
export function settlePromises(account: Account): {
  readonly requests: readonly RequestRow[];
  readonly tasks: readonly Task[];
} {
  const { book, lease, state, today } = account;
  const rows = rowsOfLease(book.requests ?? [], lease.id).filter(
    (row) => row.kind === 'promise' && row.until !== undefined && row.until >= addDays(today, -JUDGED_DAYS),
  );
  const judged = rows.map((row) => ({ row, now: stateOfPromise(account, row) }));
  for (const pause of state.pauses.filter((each) => each.type === 'promise')) {
    const now = judged.find(({ row }) => row.key === pause.about)?.now;
    const isOver = now === undefined ? (pause.until ?? '') < today : now !== 'open';
    if (isOver && pause.about) endPromise(account, pause.about, ENDS[now ?? 'broken'] ?? ENDS.broken);
  }
  const changed = judged.filter(({ row, now }) => row.state !== now);
  for (const { row, now } of changed)
    if (row.state === 'kept' && now === 'open' && today <= (row.until ?? '')) beginAgain(account, row);
  return {
    requests: changed.map(({ row, now }) => ({ ...row, state: now })),
    tasks: changed.flatMap(({ row, now }) => (now === 'broken' ? [brokenTask(account, row)] : [])),
  };
}

const ENDS: Readonly<Record<string, string>> & { readonly broken: string } = {
  kept: 'The promise was kept.',
  refused: 'Somebody of the house has ended the promise.',
  broken: 'The day of the promise has passed: reminders go on.',
};

function brokenTask({ lease, property, state, today }: Account, row: RequestRow): Task {
  const open = sum(demandedOn(state, today).map((charge) => charge.openCents));
  return {
    key: key(`task:promise:${row.key}`),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 1),
    title: 'A promise to pay was not kept: talk to the resident',
    detail:
      `${lease.residents}, ${property.name} ${lease.unit}: promised by ${row.until}, ` +
      `${decimal(open, property.currency)} ${property.currency} is open. Reminders go on.`,
  };
}
