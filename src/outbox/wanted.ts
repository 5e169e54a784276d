/** Law 6: just before an effect leaves, the rule that wanted it is asked again. */
import { type Account, openAccount, upcomingRent } from '../domain/account';
import { owedFor } from '../domain/autopay';
import { isCareOver } from '../domain/autopay-care';
import type { Lease, OutboxRow } from '../domain/book';
import { localDay } from '../domain/calendar';
import { isAutopay, methodOf } from '../domain/collectors';
import type { Way } from '../domain/contacts';
import { wayOf } from '../domain/legs';
import { sum } from '../domain/money';
import { isMoneyOnItsWay } from '../domain/on-its-way';
import { planOver } from '../domain/plan-letters';
import { askedOn, instalmentsDue, isCovered, isInstalment, nextInstalment } from '../domain/plans';
import { reachOf, wishIn } from '../domain/reach';
import { leaseById, pendingCents, type Run, type RunBook } from '../domain/run-book';
import { resting, unpaidOn } from '../domain/standing';
import type { Cents } from '../domain/values';

/** Undefined while it is still wanted, else why it is not. */
export function noLongerWanted(book: RunBook, run: Run, row: OutboxRow): string | undefined {
  const way = wayOf(row);
  if (row.because.rule === 'always' && way === undefined) return row.lease && stillAsked(book, run, row);
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!row.lease) return undefined;
  if (!lease || !property) return `Lease ${row.lease} has no row that runs.`;
  const silent = way && closedTo(book, row, lease, way);
  if (silent) return `${silent}.`;
  const account = openAccount(book, run, lease, property);
  if (row.because.rule === 'always') return planOver(account, row);
  const today = localDay(run.now, property.zone);
  if (resting(lease, account.state, today)) return 'The lease is on hold, on a plan or in dispute.';
  if (isAutopay(row)) return autopayable(account, row);
  const pending = pendingCents(book, lease.id);
  if (row.because.rule === 'unpaid') {
    const { charges } = row.because;
    const asked = askedOn(account.state, unpaidOn(account.state, today), today);
    const open = asked.filter((charge) => charges.includes(charge.key));
    if (open.length === 0)
      return charges.some((each) => isCovered(account.state, each)) ? ON_PLAN : 'It was paid in the meantime.';
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

const ON_PLAN = 'A payment plan runs for it now.';

const instalmentOver = ({ state, today }: Account, charge: string, pending: Cents): string | undefined =>
  [...instalmentsDue(state, today, pending), nextInstalment(state, today, pending)].some((each) => each?.key === charge)
    ? undefined
    : 'It was paid in the meantime, or the plan is over.';

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
  if (row.kind !== TRANSFER) return planOver(account, row) ?? isCareOver(account, row);
  return collectable(account, row, sum(unpaidOn(account.state, account.today).map((charge) => charge.openCents)));
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
