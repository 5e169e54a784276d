/** Autopay of a lease: its saved method is charged for what falls due, again where that may help, and given up with a task. */
import { type Account, openAccount, postDue, spendUnspent, upcomingRentDay } from './account';
import {
  type Because,
  DEPOSIT,
  type Intent,
  LATE_FEE,
  type OpenCharge,
  type OutboxRow,
  RENT,
  RETURN_FEE,
  type Task,
} from './book';
import { addDays, localDay } from './calendar';
import { AUTOPAY, isAutopay, type Method, methodOf, railOf, subjectOf } from './collectors';
import { sum } from './money';
import { isMoneyOnItsWay } from './on-its-way';
import { outsideOf } from './plans';
import { type Attempt, type Next, nextAttempt } from './retries';
import { rowsOfLease } from './run-book';
import { resting } from './standing';
import { type Cents, type Day, type Key, key } from './values';
import { lettersTo, URGENCY } from './wishes';

export interface Collecting {
  readonly intents: readonly Intent[];
  /** To residents whose autopay came to its end: a pay link may go before each. */
  readonly letters: readonly Intent[];
  readonly tasks: readonly Task[];
}

const NOTHING: Collecting = { intents: [], letters: [], tasks: [] };
/** Left to a person. */
const NOT_COLLECTED: readonly string[] = [DEPOSIT, LATE_FEE, RETURN_FEE];

/**
 * What the saved method is asked for today: what falls due, or was posted late by this run, rent and the lines beside
 * it, once; and what it did not give before, by the rules of retries.ts.
 */
export function collect(account: Account): Collecting {
  const method = methodOf(account);
  if (!method || resting(account.lease, account.state, account.today)) return NOTHING;
  const rows = attemptRows(account);
  const asked = new Set(rows.flatMap(chargesOf));
  const first = [ahead(account, asked), dueNow(account, asked)]
    .filter((charges) => charges.length > 0)
    .map((charges) => charging(account, method, charges, 1));
  const parts = chainsOf(rows).map((chain) => goOn(account, method, chain));
  return {
    intents: [...first, ...parts.flatMap((part) => part.intents)],
    letters: parts.flatMap((part) => part.letters),
    tasks: parts.flatMap((part) => part.tasks),
  };
}

// ---------------------------------------------------------------- the first time

function dueNow({ state, entries, today }: Account, asked: ReadonlySet<string>): readonly OpenCharge[] {
  const posted = new Set(entries.map((entry) => entry.key));
  return state.charges.filter(
    (charge) =>
      isWanted(charge, asked) && outsideOf(state, charge) > 0 && (charge.due === today || posted.has(charge.key)),
  );
}

const isWanted = (charge: OpenCharge, asked: ReadonlySet<string>): boolean =>
  charge.openCents > 0 && !NOT_COLLECTED.includes(charge.type) && !asked.has(charge.key);

/** What falls due next within the days that Settings gives the method, together with the rent; none while money is under way. */
function ahead(account: Account, asked: ReadonlySet<string>): readonly OpenCharge[] {
  const { book, lease, today } = account;
  const until = addDays(today, book.settings.autopayDaysBefore);
  const due = upcomingRentDay(account);
  if (due === undefined || due > until || isMoneyOnItsWay(book, lease.id, account.run.now)) return [];
  return onDay(account, due).state.charges.filter((charge) => charge.due === due && isWanted(charge, asked));
}

/** The account as it will stand on a day to come if nothing else happens; nothing is posted. */
function onDay(account: Account, day: Day): Account {
  if (day <= account.today) return account;
  const then = openAccount(account.book, account.run, account.lease, account.property, account.state, day);
  postDue(then);
  spendUnspent(then);
  return then;
}

function charging(
  account: Account,
  method: Method,
  charges: readonly OpenCharge[],
  attempt: number,
  chain: { readonly of?: Key; readonly presented: number } = FRESH,
): Intent {
  const { lease, property, run } = account;
  const keys = charges.map((charge) => charge.key);
  const [first] = [...charges].sort((a, b) => Number(b.type === RENT) - Number(a.type === RENT));
  const named = chain.of ?? (first as OpenCharge).key;
  return {
    key: key(`${AUTOPAY}${named}${attempt > 1 ? `:${attempt}` : ''}`),
    channel: method.platform,
    kind: method.kind,
    lease: lease.id,
    property: property.name,
    to: method.to,
    subject: subjectOf(account, charges, attempt),
    payload: {
      amountCents: sum(charges.map((charge) => charge.openCents)),
      currency: property.currency,
      leaseId: lease.id,
      ...method.takes(charges, named, chain.presented),
      charges: keys,
      of: named,
      attempt,
    },
    notBefore: run.now,
    waitsForRelease: false,
    because: becauseOf(account, charges),
    urgency: URGENCY.collect,
  };
}

const FRESH = { presented: 0 };

function becauseOf({ today }: Account, charges: readonly OpenCharge[]): Because {
  const coming = charges.find((charge) => charge.due > today);
  if (coming) return { rule: 'upcoming', charge: coming.key, due: coming.due };
  return { rule: 'unpaid', charges: charges.map((charge) => charge.key) };
}

// ---------------------------------------------------------------- what was asked before

const attemptRows = ({ book, lease }: Account): readonly OutboxRow[] =>
  rowsOfLease(book.outbox ?? [], lease.id).filter(isAutopay);

/** The charge that names an attempt and those that follow it. */
const namedBy = (row: OutboxRow): Key => key(String(row.payload.of ?? row.key.slice(AUTOPAY.length)));

/** The charges that an attempt collects. */
function chargesOf({ payload, because }: OutboxRow): readonly string[] {
  if (Array.isArray(payload.charges)) return payload.charges.map(String);
  return because.rule === 'unpaid' ? because.charges : [];
}

type Chain = readonly [OutboxRow, ...OutboxRow[]];

function chainsOf(rows: readonly OutboxRow[]): readonly Chain[] {
  const chains = new Map<string, [OutboxRow, ...OutboxRow[]]>();
  for (const row of rows) {
    const chain = chains.get(namedBy(row));
    if (chain) chain.push(row);
    else chains.set(namedBy(row), [row]);
  }
  return [...chains.values()];
}

/** The charges of an attempt that are unpaid, as they stand today or will stand on their day. */
function openOf(account: Account, row: OutboxRow): readonly OpenCharge[] {
  const keys = chargesOf(row);
  const day = row.because.rule === 'upcoming' ? row.because.due : account.today;
  // What a plan covers is paid by its instalments, as the resident pays them.
  const { state } = onDay(account, day);
  return state.charges.filter((charge) => outsideOf(state, charge) > 0 && keys.includes(charge.key));
}

/** What is still owed of what an attempt collects: never more than this is taken. */
export const owedFor = (account: Account, row: OutboxRow): Cents =>
  sum(openOf(account, row).map((charge) => charge.openCents));

function goOn(account: Account, method: Method, chain: Chain): Collecting {
  const { book, lease } = account;
  const of = namedBy(chain[0]);
  const charges = openOf(account, chain[0]);
  if (charges.length === 0 || rowsOfLease(book.tasks, lease.id).some((task) => task.key === endKey(of))) return NOTHING;
  const next = nextOf(account, method, chain, sum(charges.map((charge) => charge.openCents)));
  if (next.do === 'again' && !isMoneyOnItsWay(book, lease.id, account.run.now)) {
    const presented = chain.filter((row) => row.state === 'sent').length;
    return { ...NOTHING, intents: [charging(account, method, charges, next.number, { of, presented })] };
  }
  return next.do === 'end' ? ended(account, charges, of, next) : NOTHING;
}

/** Attempts go on where they began: what one processor was asked for another is not asked for. */
function nextOf(account: Account, method: Method, chain: Chain, openCents: Cents): Next {
  const attempts = chain.map((row) => attemptOf(account, row));
  const last = chain[chain.length - 1] as OutboxRow;
  const hasFailed = attempts.every((attempt) => attempt.outcome === 'failed');
  if (last.channel === 'square')
    return hasFailed
      ? { do: 'end', why: `Square made no invoice (${last.fault.replace(/\.$/, '')}).`, sure: true }
      : { do: 'wait' };
  const next = nextAttempt(attempts, account.today, openCents);
  if (next.do !== 'again' || last.channel === method.platform) return next;
  return { do: 'end', why: 'The lease is not collected by this platform any more.', sure: true };
}

const endKey = (of: Key): Key => key(`task:${AUTOPAY}${of}`);

function ended(
  account: Account,
  charges: readonly OpenCharge[],
  of: Key,
  { why, sure }: Extract<Next, { do: 'end' }>,
): Collecting {
  const { lease, property, today } = account;
  const letters = lettersTo(account, {
    name: `autopay-ended:${of}`,
    template: 'autopay-ended',
    because: becauseOf(account, charges),
    urgency: URGENCY.failed,
  });
  const task: Task = {
    key: endKey(of),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 1),
    title: sure ? 'Arrange another way to pay: autopay did not go through' : 'Find out whether autopay was charged',
    detail: `${property.name} ${lease.unit}, ${lease.residents}: ${of}. ${why}`,
  };
  return { intents: [], letters: sure ? letters : [], tasks: [task] };
}

function attemptOf({ book, property }: Account, row: OutboxRow): Attempt {
  const receipt = row.vendorRef
    ? book.receipts.find((each) => each.source === row.channel && each.externalId === row.vendorRef)
    : undefined;
  return {
    number: Number(row.payload.attempt ?? 1),
    day: localDay(row.createdAt, property.zone),
    rail: railOf(row),
    amountCents: Number(row.payload.amountCents ?? 0) as Cents,
    outcome: outcomeOf(row, receipt?.state),
    failure: receipt?.failure ?? row.fault,
  };
}

/** An answer that was lost, or a payment that its feed has not shown yet, is under way: nothing follows it. */
function outcomeOf(row: OutboxRow, receipt: string | undefined): Attempt['outcome'] {
  if (row.state === 'cancelled') return 'closed';
  if (row.state === 'failed') return 'failed';
  if (row.state !== 'sent' || receipt === undefined || receipt === 'pending') return 'under way';
  // Plaid tells what the bank sends back as a return. At Stripe a late one is a dispute, which a person answers.
  if (receipt === 'returned' && row.channel === 'plaid') return 'failed';
  return receipt === 'failed' ? 'failed' : 'closed';
}
