/** The figures of the account: what is owed, what is open, what is under way and what comes. */
import { firstFeeDayOf, standingFacts, upcomingRentDay } from '../../domain/account';
import type { Entry, OpenCharge } from '../../domain/book';
import { addDays, localDay } from '../../domain/calendar';
import { dueEntries } from '../../domain/charges';
import { mayCarryFee } from '../../domain/fees';
import { cents, minus, sum, ZERO } from '../../domain/money';
import { onItsWayCents } from '../../domain/pay-terms';
import { pendingCents, pendingOf, termsOf } from '../../domain/run-book';
import {
  demandedOn,
  isDemanded,
  isDisputedLine,
  payableOn,
  resting,
  standingOf,
  unpaidOn,
} from '../../domain/standing';
import type { Cents, Day } from '../../domain/values';
import type { OneLease } from './lease';
import { memoOf, sourceOf } from './ledger-view';
import type { AccountFigures, OpenLine, ProcessingLine, UpcomingLine } from './view';

const UPCOMING_DAYS = 30;

export function figuresOf({ account }: OneLease): AccountFigures {
  const { book, lease, state, today } = account;
  const standing = standingOf(standingFacts(account));
  const oldest = standing.oldest ?? oldestOpen(state.charges);
  const next = nextDue(account);
  const pending = pendingCents(book, lease.id);
  const lastFree = standing.oldest ? lastFreeDay(account, standing.oldest) : undefined;
  return {
    word: standing.word,
    daysLate: standing.daysLate,
    balanceCents: state.balanceCents,
    unpaidCents: standing.unpaidCents,
    ...notAskedFor(account, standing.unpaidCents),
    ...(oldest ? { oldestDue: oldest.due } : {}),
    aheadCents: sum(state.unspent.map((each) => each.leftCents)),
    processingCents: pending,
    collectedCents: positive(onItsWayCents(account), pending),
    depositHeldCents: state.depositHeldCents,
    ...(next ? { next } : {}),
    ...(lease.holdUntil && lease.holdUntil >= today ? { holdUntil: lease.holdUntil } : {}),
    ...(lastFree ? { lastFreeDay: lastFree } : {}),
  };
}

/** What is owed and need not be paid now. */
function notAskedFor({ state, today }: OneLease['account'], unpaidCents: Cents) {
  const openOf = (charges: readonly OpenCharge[]) => sum(charges.map((charge) => charge.openCents));
  const payable = openOf(payableOn(state, today));
  return {
    disputedCents: minus(unpaidCents, payable),
    planLaterCents: positive(payable, openOf(demandedOn(state, today))),
  };
}

const positive = (all: Cents, part: Cents): Cents => (all > part ? minus(all, part) : ZERO);

const byDue = <T extends { readonly due: Day }>(lines: readonly T[]): readonly T[] =>
  [...lines].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));

const oldestOpen = (charges: readonly OpenCharge[]): OpenCharge | undefined =>
  byDue(charges.filter((charge) => charge.openCents > 0))[0];

/** Where a fee may still come and has not, the last day that averts it. */
function lastFreeDay(account: OneLease['account'], charge: OpenCharge): Day | undefined {
  const { lease, state, today } = account;
  if (!lease.fees.late || !mayCarryFee(lease.fees, charge.type) || charge.feeCents > 0) return undefined;
  if (resting(lease, state, today) || !isDemanded(state, charge)) return undefined;
  const last = addDays(firstFeeDayOf(account, charge.due), -1);
  return last >= today && last > charge.due ? last : undefined;
}

/** All that falls due together with the next rent. */
function nextDue(account: OneLease['account']): AccountFigures['next'] {
  const due = upcomingRentDay(account);
  if (due === undefined) return undefined;
  const lines = chargesThrough(account, due).filter((line) => line.due === due);
  const amountCents = sum(lines.map((line) => line.amountCents));
  return amountCents > 0 ? { due, amountCents } : undefined;
}

export const upcomingLines = ({ account }: OneLease): readonly UpcomingLine[] =>
  byDue(chargesThrough(account, addDays(account.today, UPCOMING_DAYS)));

/** What the coming days will post, by the same rules that post it. */
function chargesThrough(account: OneLease['account'], last: Day): readonly UpcomingLine[] {
  const { book, lease, property, run, state, today } = account;
  const context = {
    property: property.name,
    currency: property.currency,
    postedAt: run.now,
    by: run.by,
    booksOpenOn: book.settings.booksOpenOn,
  };
  return dueEntries(context, lease, termsOf(book, lease), state, last).flatMap((entry) => {
    const line = upcomingLine(entry);
    return line && line.due >= today ? [line] : [];
  });
}

function upcomingLine(entry: Entry): UpcomingLine | undefined {
  if (entry.kind !== 'charge' && entry.kind !== 'credit') return undefined;
  const { from, until } = entry;
  const period = { ...(from ? { from } : {}), ...(until ? { until } : {}) };
  if (entry.kind === 'charge') return { type: entry.type, due: entry.due, amountCents: entry.amountCents, ...period };
  return { type: 'credit', due: entry.day, amountCents: cents(-entry.amountCents), ...period };
}

export const processingLines = ({ account }: OneLease): readonly ProcessingLine[] =>
  [...pendingOf(account.book, account.lease.id)]
    .sort((a, b) => b.initiatedAt - a.initiatedAt)
    .map((row) => ({
      amountCents: row.amountCents,
      on: localDay(row.initiatedAt, account.property.zone),
      source: sourceOf(row),
    }));

/** A line that money under way pays may still be wrong, so it can be disputed; one that is not due yet as well. */
export function openLines({ account, entries }: OneLease): readonly OpenLine[] {
  const { state } = account;
  const posted = new Map(entries.map((entry) => [entry.key, entry]));
  const unpaid = new Set(unpaidOn(state, account.today).map((charge) => charge.key));
  return byDue(state.charges.filter((charge) => charge.openCents > 0)).map((charge) => {
    const disputed = isDisputedLine(state, charge);
    const period = state.periods.find((each) => each.charge === charge.key);
    const entry = posted.get(charge.key);
    return {
      key: charge.key,
      type: charge.type,
      due: charge.due,
      totalCents: charge.totalCents,
      openCents: charge.openCents,
      ...(period && period.from < period.until ? { from: period.from, until: period.until } : {}),
      memo: entry ? memoOf(account, entry) : '',
      disputed,
      mayDispute: !disputed && unpaid.has(charge.key),
    };
  });
}
