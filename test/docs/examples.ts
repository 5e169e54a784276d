/** Recomputes the worked examples of docs/rules.md: each takes the inputs of a table's row and gives its other cells. */

import { AGING_NAMES, bucketOf } from '../../src/domain/aging';
import { allocate } from '../../src/domain/allocation';
import {
  type AllocationRule,
  type FeePolicy,
  type FeeRule,
  LATE_FEE,
  type Lease,
  type LeaseState,
  type OpenCharge,
  type Proration,
  RENT,
  type Term,
} from '../../src/domain/book';
import { addDays, day, daysBetween } from '../../src/domain/calendar';
import { dueEntries } from '../../src/domain/charges';
import { firstFeeDay, graceWords, parseFee, parseGrace } from '../../src/domain/fee-words';
import { assessFee } from '../../src/domain/fees';
import { debtsOf, nextRung, type Rung } from '../../src/domain/ladder';
import { lawOf } from '../../src/domain/law';
import { emptyState, fold } from '../../src/domain/ledger';
import { cents, decimal, parseAmount, ZERO } from '../../src/domain/money';
import { standingOf, standingWords } from '../../src/domain/standing';
import {
  type Cents,
  currency,
  type Day,
  type Instant,
  instant,
  type Key,
  key,
  leaseId,
  propertyName,
  zone,
} from '../../src/domain/values';
import { defaultRows } from '../../src/sheet/defaults';
import { NO_FEES } from '../../src/sheet/fee-cells';
import { layoutOf } from '../../src/sheet/layout';
import { allocationOf } from '../../src/sheet/people';
import { LADDER } from '../../src/sheet/schema';
import { readLadder } from '../../src/sheet/terms';

type Cells = Readonly<Record<string, string>>;

/** One table of docs/rules.md: its heading, and how the cells that are not given follow from those that are. */
export interface Example {
  readonly heading: string;
  readonly compute: (given: Cells) => Cells;
}

const USD = currency('USD');
const ID = leaseId('L-1');
const NOW: Instant = instant(Date.parse('2027-01-01T12:00:00Z'));

function money(text: string | undefined): Cents {
  const amount = parseAmount(text ?? '', USD);
  if (amount === undefined) throw new Error(`"${text}" is no amount`);
  return amount;
}
const words = (amount: Cents): string => decimal(amount, USD);
const cell = (given: Cells, name: string): string => {
  const text = given[name];
  if (text === undefined) throw new Error(`The table lacks the column ${name}.`);
  return text;
};

function leaseOf(given: Partial<Lease>): Lease {
  return {
    row: 2,
    id: ID,
    property: propertyName('Maple Court'),
    unit: '1A',
    residents: 'Ada Brook',
    emails: [],
    phone: '',
    rentCents: cents(120_000),
    frequency: 'monthly',
    dueDay: 1,
    start: day('2026-12-01'),
    depositCents: ZERO,
    proration: 'actual days',
    allocation: { kind: 'oldest' },
    notifyBy: 'email',
    smsConsent: '',
    language: 'en',
    fees: NO_FEES,
    ...given,
  };
}

function charged(lease: Lease, terms: readonly Term[], today: Day, booksOpenOn = day('2000-01-01')) {
  return dueEntries(contextOf(lease, booksOpenOn), lease, terms, emptyState(ID), today);
}

const contextOf = (lease: Lease, booksOpenOn: Day) => ({
  property: lease.property,
  currency: USD,
  postedAt: NOW,
  by: 'docs',
  booksOpenOn,
});

// ---------------------------------------------------------------- rent

function prorated(given: Cells): Cells {
  const end = cell(given, 'End');
  const lease = leaseOf({
    rentCents: money(cell(given, 'Rent')),
    dueDay: Number(cell(given, 'Due day')),
    start: day(cell(given, 'Start')),
    proration: cell(given, 'Proration') as Proration,
    ...(end === '' ? {} : { end: day(end) }),
  });
  const entries = charged(lease, [], end === '' ? lease.start : day(end));
  const entry = end === '' ? entries[0] : entries[entries.length - 1];
  return { 'On the charge': entry?.why ?? '' };
}

function dueDates(given: Cells): Cells {
  const lease = leaseOf({
    frequency: cell(given, 'Frequency') as Lease['frequency'],
    dueDay: Number(cell(given, 'Due day')),
    start: day(cell(given, 'Start')),
  });
  const due = charged(lease, [], addDays(lease.start, 800)).flatMap((entry) =>
    entry.kind === 'charge' ? entry.due : [],
  );
  return { 'Falls due': due.slice(0, 4).join(', ') };
}

function changed(given: Cells): Cells {
  const term: Term = {
    row: 2,
    lease: ID,
    type: cell(given, 'Type'),
    amountCents: money(cell(given, 'Amount')),
    from: day(cell(given, 'From')),
    every: 'period',
    memo: '',
  };
  const lease = leaseOf({ rentCents: money(cell(given, 'Rent')) });
  const entries = charged(lease, [term], day('2027-01-31'));
  const january = entries.find(
    (entry) => entry.kind === 'charge' && entry.type === term.type && entry.day >= '2027-01-01',
  );
  return { 'January is charged': january?.why ?? '' };
}

/** What a rent that is written down after the period was charged makes of it. */
function changedLate(given: Cells): Cells {
  const entered = day(cell(given, 'Entered'));
  const lease = leaseOf({});
  const before = charged(lease, [], day('2027-01-19')).reduce<LeaseState>(fold, emptyState(ID));
  const term: Term = {
    row: 2,
    lease: ID,
    type: RENT,
    amountCents: money(cell(given, 'New rent')),
    from: day(cell(given, 'From')),
    every: 'period',
    memo: '',
  };
  const [entry] = dueEntries(contextOf(lease, day('2000-01-01')), lease, [term], before, entered);
  if (entry === undefined) return { Posted: 'nothing' };
  if (entry.kind !== 'charge' && entry.kind !== 'credit') throw new Error(`A ${entry.kind} was posted.`);
  const due = entry.kind === 'charge' ? `, due ${entry.due}` : '';
  return { Posted: `${entry.kind} ${words(entry.amountCents)}${due}` };
}

// ---------------------------------------------------------------- fees

function feeOf(text: string): FeeRule | undefined {
  const fee = parseFee(text, USD);
  if (fee === undefined) throw new Error(`"${text}" is no fee`);
  return fee === 'none' ? undefined : fee;
}

function graceOf(rule: string, days: string): FeePolicy['grace'] {
  const reading = parseGrace(rule, days);
  if ('value' in reading) return reading.value;
  throw new Error(reading.reason);
}

function graced(given: Cells): Cells {
  const grace = graceOf(cell(given, 'Grace rule'), cell(given, 'Grace days'));
  const due = day(cell(given, 'Due'));
  return { 'First fee day': firstFeeDay(due, grace), 'In words': graceWords(grace, due) };
}

function feeAssessed(given: Cells): Cells {
  const late = feeOf(cell(given, 'Late fee'));
  const policy: FeePolicy = {
    ...NO_FEES,
    ...(late ? { late } : {}),
    grace: graceOf(cell(given, 'Grace'), ''),
    confirmed: cell(given, 'Confirmed') === 'yes',
  };
  const paid = cell(given, 'Paid');
  const [amount, on] = paid.split(' on ');
  const rent = money(cell(given, 'Rent'));
  const covers = paid === '' ? [] : [{ on: day(on ?? ''), amountCents: money(amount), source: key('stripe:pi_1') }];
  const fee = assessFee(policy, lawOf(cell(given, 'Jurisdiction')), {
    charge: { due: day('2026-12-01'), totalCents: rent, covers },
    today: day(cell(given, 'Today')),
    rentCents: rent,
    frequency: 'monthly',
    currency: USD,
    unitsInProperty: 10,
  });
  return { Verdict: fee.verdict, Fee: words(fee.cents), Why: fee.why };
}

// ---------------------------------------------------------------- allocation

const charge = (type: string, due: string, amount: string): OpenCharge => ({
  key: key(`${type}:L-1:${due}`),
  type,
  due: day(due),
  totalCents: money(amount),
  openCents: money(amount),
  covers: [],
  feeCents: ZERO,
});

/** The open charges that the allocation examples speak of; docs/rules.md lists them. */
export const OPEN: readonly OpenCharge[] = [
  charge(RENT, '2026-11-01', '400.00'),
  charge(LATE_FEE, '2026-11-06', '50.00'),
  charge('utilities', '2026-11-20', '80.00'),
  charge(RENT, '2026-12-01', '1000.00'),
];

const ruleOf = (text: string): AllocationRule => {
  const types = ['rent', 'utilities', 'late fee'];
  return allocationOf(text, '', { types, allocation: '' });
};

function spread(given: Cells): Cells {
  const { items, leftCents } = allocate(ruleOf(cell(given, 'Allocation')), OPEN, money(cell(given, 'Money')));
  const parts = items.map((item) => `${words(item.amountCents)} ${item.type} of ${item.due}`);
  return { Pays: [...parts, ...(leftCents > 0 ? [`${words(leftCents)} ahead`] : [])].join(', ') };
}

// ---------------------------------------------------------------- standing and ladder

const GRACE = { kind: 'full days', days: 3 } as const;
const December = (openCents: Cents): OpenCharge => ({
  ...charge(RENT, '2026-12-01', '1000.00'),
  key: key('rent:L-1:2026-12'),
  openCents,
});

function owing(openCents: Cents, more: Partial<LeaseState> = {}): LeaseState {
  return { ...emptyState(ID), balanceCents: openCents, charges: [December(openCents)], ...more };
}

function stands(given: Cells): Cells {
  const extra = cell(given, 'And');
  const unpaid = money(cell(given, 'Unpaid'));
  const hold = extra === 'hold until 2026-12-31' ? { holdUntil: day('2026-12-31') } : {};
  const plan = extra === 'a plan' ? { pauses: [{ type: 'plan' as const }] } : {};
  const released = extra === 'a final notice was released' ? { released: ['final-notice|rent:L-1:2026-12'] } : {};
  const standing = standingOf({
    lease: leaseOf(hold),
    state: owing(unpaid, { ...plan, ...released }),
    today: day(cell(given, 'Day')),
    pendingCents: extra.endsWith(' under way') ? money(extra.split(' ')[0]) : ZERO,
    firstFeeDay: ({ due }) => firstFeeDay(due, GRACE),
  });
  return { Standing: standingWords(standing) };
}

/** The rungs of a new workbook, read as the add-on reads them. */
function defaultLadder(): readonly Rung[] {
  const options = { booksOpenOn: day('2026-12-01'), zone: zone('Etc/UTC'), currency: USD, locale: 'en_US', owner: '' };
  const headers = LADDER.columns.map((column) => column.header);
  const { rows, problems } = readLadder(layoutOf(LADDER, headers), defaultRows(LADDER, options), USD);
  if (problems.length > 0) throw new Error(problems[0]?.what);
  return rows;
}

function climbed(given: Cells): Cells {
  const today = day(cell(given, 'Run on'));
  const before = cell(given, 'Rung before');
  const about: Key = key('rent:L-1:2026-12');
  const rungs = before === '' ? [] : [{ rung: before, about, on: rungDay(before), times: 1 }];
  const state = owing(money(cell(given, 'Unpaid')), { rungs });
  const upcoming =
    today < '2026-12-01' ? { charge: about, due: day('2026-12-01'), ...fees(), openCents: cents(100_000) } : undefined;
  const call = nextRung(
    defaultLadder(),
    debtsOf(today < '2026-12-01' ? emptyState(ID) : state, today, upcoming, ({ due }) => firstFeeDay(due, GRACE)),
    state,
    today,
  );
  return { 'Rung taken': call ? `${call.rung.name} of ${call.on}` : 'none' };
}

const fees = () => ({ firstFeeDay: firstFeeDay(day('2026-12-01'), GRACE) });
function rungDay(name: string): Day {
  const rung = defaultLadder().find((each) => each.name === name);
  if (!rung) throw new Error(`There is no rung ${name}.`);
  return addDays(rung.from === 'due' ? day('2026-12-01') : fees().firstFeeDay, rung.days);
}

function aged(given: Cells): Cells {
  const days = daysBetween(day(cell(given, 'Due')), day(cell(given, 'As of')));
  const bucket = bucketOf(days);
  return { Days: String(days), Column: bucket === undefined ? 'not yet due' : (AGING_NAMES[bucket] ?? '') };
}

export const EXAMPLES: readonly Example[] = [
  { heading: 'Due dates', compute: dueDates },
  { heading: 'Part periods', compute: prorated },
  { heading: 'Changes within a period', compute: changed },
  { heading: 'Changes entered late', compute: changedLate },
  { heading: 'Grace', compute: graced },
  { heading: 'Late fees', compute: feeAssessed },
  { heading: 'Order of payment', compute: spread },
  { heading: 'Standing', compute: stands },
  { heading: 'Ladder', compute: climbed },
  { heading: 'Aging', compute: aged },
];
