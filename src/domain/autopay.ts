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
import { decimal, sum, ZERO } from './money';
import { type Attempt, nextAttempt } from './retries';
import { pendingCents, rowsOfLease } from './run-book';
import { resting } from './standing';
import { type Cents, type Day, type Key, key } from './values';
import { mailTo, URGENCY } from './wishes';

export interface Collecting {
  readonly intents: readonly Intent[];
  /** To residents whose autopay came to its end: a pay link may go before each. */
  readonly letters: readonly Intent[];
  readonly tasks: readonly Task[];
}

const PLATFORM = 'stripe';
const PREFIX = 'autopay:';
const NOTHING: Collecting = { intents: [], letters: [], tasks: [] };
/** Left to a person. */
const NOT_COLLECTED: readonly string[] = [DEPOSIT, LATE_FEE, RETURN_FEE];

/**
 * What the saved method is asked for today: what falls due, or was posted late by this run, rent and the lines beside
 * it, once; and what it did not give before, by the rules of retries.ts.
 */
export function collect(account: Account): Collecting {
  const saved = savedOf(account);
  if (!saved || resting(account.lease, account.state, account.today)) return NOTHING;
  const rows = attemptRows(account);
  const asked = new Set(rows.flatMap(chargesOf));
  const first = [ahead(account, asked), dueNow(account, asked)]
    .filter((charges) => charges.length > 0)
    .map((charges) => charging(account, saved, charges, 1));
  const parts = chainsOf(rows).map((chain) => goOn(account, saved, chain));
  return {
    intents: [...first, ...parts.flatMap((part) => part.intents)],
    letters: parts.flatMap((part) => part.letters),
    tasks: parts.flatMap((part) => part.tasks),
  };
}

// ---------------------------------------------------------------- the first time

function dueNow({ state, entries, today }: Account, asked: ReadonlySet<string>): readonly OpenCharge[] {
  const posted = new Set(entries.map((entry) => entry.key));
  return state.charges.filter((charge) => isWanted(charge, asked) && (charge.due === today || posted.has(charge.key)));
}

const isWanted = (charge: OpenCharge, asked: ReadonlySet<string>): boolean =>
  charge.openCents > 0 && !NOT_COLLECTED.includes(charge.type) && !asked.has(charge.key);

/** What falls due next within the days that Settings gives the method, together with the rent; none while money is under way. */
function ahead(account: Account, asked: ReadonlySet<string>): readonly OpenCharge[] {
  const { book, lease, today } = account;
  const until = addDays(today, book.settings.autopayDaysBefore);
  const due = upcomingRentDay(account);
  if (due === undefined || due > until || pendingCents(book, lease.id) > 0) return [];
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

interface Saved {
  readonly customer: string;
  readonly paymentMethod: string;
  readonly methodType: 'card' | 'us_bank_account';
}

function savedOf({ book, lease }: Account): Saved | undefined {
  const links = rowsOfLease(book.links, lease.id).filter((link) => link.platform === PLATFORM);
  const idOf = (kind: 'autopay' | 'customer') => links.find((link) => link.kind === kind)?.externalId;
  const [method, customer] = [idOf('autopay'), idOf('customer')];
  return method && customer ? { customer, ...savedMethod(method) } : undefined;
}

/** A link holds `pm_123`, or `us_bank_account pm_123` for a bank account: the id alone does not tell which it is. */
function savedMethod(externalId: string): Omit<Saved, 'customer'> {
  const [first = '', second] = externalId.trim().split(/[\s:]+/);
  const bank = /bank/i.test(externalId);
  return { paymentMethod: second ?? first, methodType: bank ? 'us_bank_account' : 'card' };
}

function charging(account: Account, saved: Saved, charges: readonly OpenCharge[], attempt: number, of?: Key): Intent {
  const { lease, property, run } = account;
  const keys = charges.map((charge) => charge.key);
  const [first] = [...charges].sort((a, b) => Number(b.type === RENT) - Number(a.type === RENT));
  const named = of ?? first?.key;
  const amountCents = sum(charges.map((charge) => charge.openCents));
  return {
    key: key(`${PREFIX}${named}${attempt > 1 ? `:${attempt}` : ''}`),
    channel: PLATFORM,
    kind: 'charge',
    lease: lease.id,
    property: property.name,
    to: saved.customer,
    subject: `Autopay ${decimal(amountCents, property.currency)} ${property.currency}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
    payload: {
      amountCents,
      currency: property.currency,
      leaseId: lease.id,
      description: keys.join(', ').slice(0, 300),
      ...saved,
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

function becauseOf({ today }: Account, charges: readonly OpenCharge[]): Because {
  const coming = charges.find((charge) => charge.due > today);
  if (coming) return { rule: 'upcoming', charge: coming.key, due: coming.due };
  return { rule: 'unpaid', charges: charges.map((charge) => charge.key) };
}

// ---------------------------------------------------------------- what was asked before

export const isAutopay = (row: Pick<OutboxRow, 'key' | 'kind'>): boolean =>
  row.kind === 'charge' && row.key.startsWith(PREFIX);

const attemptRows = ({ book, lease }: Account): readonly OutboxRow[] =>
  rowsOfLease(book.outbox ?? [], lease.id).filter(isAutopay);

/** The charge that names an attempt and those that follow it. */
const namedBy = (row: OutboxRow): Key => key(String(row.payload.of ?? row.key.slice(PREFIX.length)));

/** The charges that an attempt collects. */
function chargesOf({ payload, because }: OutboxRow): readonly string[] {
  if (Array.isArray(payload.charges)) return payload.charges.map(String);
  return because.rule === 'unpaid' ? because.charges : [];
}

function chainsOf(rows: readonly OutboxRow[]): readonly (readonly [OutboxRow, ...OutboxRow[]])[] {
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
  return onDay(account, day).state.charges.filter((charge) => charge.openCents > 0 && keys.includes(charge.key));
}

/** What is still owed of what an attempt collects: never more than this is taken. */
export const owedFor = (account: Account, row: OutboxRow): Cents =>
  sum(openOf(account, row).map((charge) => charge.openCents));

function goOn(account: Account, saved: Saved, chain: readonly [OutboxRow, ...OutboxRow[]]): Collecting {
  const { book, lease, property, today } = account;
  const of = namedBy(chain[0]);
  const ended = key(`task:${PREFIX}${of}`);
  const charges = openOf(account, chain[0]);
  if (charges.length === 0 || rowsOfLease(book.tasks, lease.id).some((task) => task.key === ended)) return NOTHING;
  const attempts = chain.map((row) => attemptOf(account, row));
  const next = nextAttempt(attempts, today, sum(charges.map((charge) => charge.openCents)));
  if (next.do === 'again' && pendingCents(book, lease.id) === ZERO)
    return { ...NOTHING, intents: [charging(account, saved, charges, next.number, of)] };
  if (next.do !== 'end') return NOTHING;
  const letter = mailTo(account, {
    name: `autopay-ended:${of}`,
    template: 'autopay-ended',
    because: becauseOf(account, charges),
    urgency: URGENCY.failed,
  });
  const task: Task = {
    key: ended,
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 1),
    title: next.sure
      ? 'Arrange another way to pay: autopay did not go through'
      : 'Find out whether autopay was charged',
    detail: `${property.name} ${lease.unit}, ${lease.residents}: ${of}. ${next.why}`,
  };
  return { intents: [], letters: letter && next.sure ? [letter] : [], tasks: [task] };
}

function attemptOf({ book, property }: Account, row: OutboxRow): Attempt {
  const receipt = row.vendorRef
    ? book.receipts.find((each) => each.source === row.channel && each.externalId === row.vendorRef)
    : undefined;
  return {
    number: Number(row.payload.attempt ?? 1),
    day: localDay(row.createdAt, property.zone),
    rail: row.payload.methodType === 'us_bank_account' ? 'ach' : 'card',
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
  return receipt === 'failed' ? 'failed' : 'closed';
}
