/** Law 6: just before an effect leaves, the rule that wanted it is asked again. */
import { type Account, openAccount, upcomingRent } from './account';
import { owedFor } from './autopay';
import { isCareOver } from './autopay-care';
import type { Lease, OpenCharge, OutboxRow } from './book';
import { isAutopay, methodOf } from './collectors';
import type { Way } from './contacts';
import { wayOf } from './legs';
import { sum } from './money';
import { isMoneyOnItsWay } from './on-its-way';
import { isAwaited, isOfClosedPage, unawaited } from './pay-pages';
import { planOver } from './plan-letters';
import { instalmentsDue, isCovered, isInstalment, nextInstalment } from './plans';
import { reachOf, wishIn } from './reach';
import { leaseById, pendingCents, type Run, type RunBook } from './run-book';
import { demandedOn, isPromised, resting, unpaidOn } from './standing';
import type { Cents, Key } from './values';

/** Undefined while it is still wanted, else why it is not. */
export function noLongerWanted(book: RunBook, run: Run, row: OutboxRow): string | undefined {
  const way = wayOf(row);
  if (isOfClosedPage(book.outbox ?? [], row)) return 'Another page has taken the place of that one.';
  if (row.because.rule === 'always' && way === undefined) return row.lease && stillAsked(book, run, row);
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!row.lease) return undefined;
  if (!lease || !property) return `Lease ${row.lease} has no row that runs.`;
  const silent = way && closedTo(book, row, lease, way);
  return silent ? `${silent}.` : ruleOver(openAccount(book, run, lease, property), row);
}

/**
 * Why a person's word would do nothing for what waits for it: it would not leave all the same. Undefined while that word is
 * waited for. A closed way is no reason, for what is let go then takes the other one, or a task tells of it; nor is a promise,
 * which a notice that was let go does not wait for.
 */
export function inVain(book: RunBook, run: Run, row: OutboxRow): string | undefined {
  if (row.channel === 'ledger') return undefined;
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property || wayOf(row) === undefined) return noLongerWanted(book, run, row) || undefined;
  const account = openAccount(book, run, lease, property);
  if (isNotice(row)) account.state = { ...account.state, released: [...account.state.released, releaseName(row)] };
  return ruleOver(account, row) || undefined;
}

/** It waits, and for nobody: shown nowhere as long as it would not leave when it is let go, and again once it would. */
export const isInVain = (book: RunBook, run: Run, row: OutboxRow): boolean =>
  row.state === 'waiting for release' && inVain(book, run, row) !== undefined;

/** It waits because the ladder says so, and not because a person held it back. */
export const isNotice = ({ payload }: OutboxRow): boolean =>
  payload.held !== true && typeof payload.rung === 'string' && typeof payload.about === 'string';

const releaseName = ({ payload }: OutboxRow): string => `${String(payload.rung)}|${String(payload.about)}`;

/** The rule of what can leave by its way, on the account as it stands. */
function ruleOver(account: Account, row: OutboxRow): string | undefined {
  const { book, lease, today } = account;
  const way = wayOf(row);
  if (row.because.rule === 'always') return planOver(account, row);
  if (resting(lease, account.state, today)) return 'The lease is on hold, on a plan or in dispute.';
  if (isAutopay(row)) return autopayable(account, row);
  const pending = pendingCents(book, lease.id);
  if (row.because.rule === 'unpaid') {
    const { charges } = row.because;
    const asked = demandedOn(account.state, today);
    const open = asked.filter((charge) => charges.includes(charge.key));
    const rested = way && restedDebt(account, row, open);
    if (open.length === 0 || rested) return restsOrPaid(account, rested ? [rested] : charges);
    if (way && open.every((charge) => isHeldBack(account, row, charge)))
      return 'The resident has promised to pay by a day to come.';
    if (COLLECTS.includes(row.kind)) return collectable(account, row, sum(open.map((charge) => charge.openCents)));
    return pending >= sum(asked.map((charge) => charge.openCents)) ? 'A payment is under way.' : undefined;
  }
  const { charge, due } = row.because;
  if (today > due) return 'The due date has passed.';
  if (isInstalment(charge)) return instalmentOver(account, charge, pending);
  const posted = account.state.charges.find((each) => each.key === charge);
  if (posted) return posted.openCents === 0 ? 'It was paid in the meantime.' : undefined;
  const next = upcomingRent(account);
  const ahead = sum(account.state.unspent.map((each) => each.leftCents)) + pending;
  return next && next.amountCents > ahead ? undefined : 'It was paid ahead.';
}

const instalmentOver = ({ state, today }: Account, charge: string, pending: Cents): string | undefined =>
  [...instalmentsDue(state, today, pending), nextInstalment(state, today, pending)].some((each) => each?.key === charge)
    ? undefined
    : 'It was paid in the meantime, or the plan is over.';

function restsOrPaid({ state, today }: Account, charges: readonly Key[]): string {
  if (charges.some((each) => isCovered(state, each))) return 'A payment plan runs for it now.';
  return unpaidOn(state, today).some((charge) => charges.includes(charge.key))
    ? 'The resident disputes it.'
    : 'It was paid in the meantime.';
}

/**
 * The debt that brought the rung, where nobody asks for it now and all else is younger: what is due since has rungs of its own, and is
 * not told by those of a debt that rests.
 */
function restedDebt({ state, today }: Account, { payload }: OutboxRow, open: readonly OpenCharge[]): Key | undefined {
  if (payload.rung === undefined) return undefined;
  const about = unpaidOn(state, today).find((charge) => charge.key === payload.about);
  return about && open.every((charge) => charge.due > about.due) ? about.key : undefined;
}

/** What a person has let go is not held by what the resident has promised. */
function isHeldBack({ state, today }: Account, row: OutboxRow, charge: OpenCharge): boolean {
  return !state.released.includes(releaseName(row)) && isPromised(state, charge, today);
}

/** Why this way is closed now: the resident may have opted out, or chosen another one, since the message was wanted. */
function closedTo(book: RunBook, { payload }: OutboxRow, lease: Lease, way: Way): string | undefined {
  const { ways, standby, reasons } = reachOf(book, lease, wishIn(payload));
  if (ways.includes(way) || standby === way) return undefined;
  return reasons.join('; ') || `Notify by is "${lease.notifyBy}" now`;
}

/** It is a message to a resident that this way cannot be taken for any more. */
export function isWayClosed(book: RunBook, row: OutboxRow): boolean {
  const way = wayOf(row);
  const lease = row.lease && leaseById(book, row.lease);
  return way !== undefined && lease ? closedTo(book, row, lease, way) !== undefined : false;
}

/** Effects by which money is asked for. */
const COLLECTS: readonly string[] = ['charge', 'payLink', 'invoice', 'transfer'];
/** Of what people ask for themselves this alone takes money at once. */
const TRANSFER = 'transfer';

/** What a person has asked for stands, unless it would take money twice; what a rule of autopay wants is asked again. */
function stillAsked(book: RunBook, run: Run, row: OutboxRow): string | undefined {
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const account = openAccount(book, run, lease, property);
  if (isAwaited(row)) return unawaited(account, row);
  if (row.kind !== TRANSFER) return planOver(account, row) ?? isCareOver(account, row);
  return collectable(account, row, sum(demandedOn(account.state, account.today).map((charge) => charge.openCents)));
}

/** The lease may have gone over to another processor since. */
function autopayable(account: Account, row: OutboxRow): string | undefined {
  if (methodOf(account)?.platform !== row.channel) return 'The lease is not collected by this platform any more.';
  return collectable(account, row, owedFor(account, row));
}

/** Never more is collected than is owed at this moment, and nothing while other money is on its way. */
function collectable({ book, run, lease }: Account, row: OutboxRow, openCents: Cents): string | undefined {
  if (openCents === 0) return 'It was paid in the meantime.';
  if (isMoneyOnItsWay(book, lease.id, run.now, row)) return 'A payment is under way.';
  const wanted = Number(row.payload.amountCents ?? 0);
  return wanted > openCents ? 'Part of it was paid in the meantime. Collect the rest by hand.' : undefined;
}
