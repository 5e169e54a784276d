/** Workload R: rent schedules of 10,000 contracts over 24 months, made by the product's own charge rules. */
import type { Lease, Term } from '../../src/domain/book';
import { type ChargeContext, dueEntries } from '../../src/domain/charges';
import { emptyState } from '../../src/domain/ledger';
import { cents } from '../../src/domain/money';
import { currency, type Day, instant, leaseId, propertyName } from '../../src/domain/values';
import { cpuTimes, figure, goal, heading, timesText } from './measure';

const CONTRACTS = 10_000;
const MONTHS = 24;
const START = '2023-01-01' as Day;
const LAST = '2024-12-31' as Day;
const EXPENSES = [25_00, 10_00];
/** In whole units: what a contract that pays nothing owes after its last term, and after each term, over all contracts. */
const SUM_LAST = 308_280_000;
const SUM_ALL = 3_853_500_000;

const CONTEXT: ChargeContext = {
  property: propertyName('P'),
  currency: currency('EUR'),
  postedAt: instant(Date.UTC(2023, 0, 1)),
  by: 'bench',
  booksOpenOn: START,
};

function leaseAt(index: number): Lease {
  return {
    row: index + 2,
    id: leaseId(`R-${index}`),
    property: CONTEXT.property,
    unit: String(index),
    residents: '',
    emails: [],
    phone: '',
    rentCents: cents((1000 + (index % 500)) * 100),
    frequency: 'monthly',
    dueDay: 1,
    start: START,
    end: LAST,
    depositCents: cents(0),
    proration: 'actual days',
    allocation: { kind: 'oldest' },
    notifyBy: 'none',
    smsConsent: '',
    language: 'en',
    fees: {
      grace: { kind: 'due plus', days: 0 },
      minimumCents: cents(0),
      appliesTo: ['rent'],
      returnedCents: cents(0),
      confirmed: false,
    },
  };
}

const termsOf = (lease: Lease): readonly Term[] =>
  EXPENSES.map((amount, index) => ({
    row: 2,
    lease: lease.id,
    type: `expense ${index + 1}`,
    amountCents: cents(amount),
    from: START,
    every: 'period',
    memo: '',
  }));

interface Sums {
  readonly last: number;
  readonly all: number;
  readonly entries: number;
}

/** Charges every term of every contract, and adds up what is owed after each. */
function schedules(contracts: readonly { readonly lease: Lease; readonly terms: readonly Term[] }[]): Sums {
  let [last, all, entries] = [0, 0, 0];
  for (const { lease, terms } of contracts) {
    const owed = new Map<string, number>();
    for (const entry of dueEntries(CONTEXT, lease, terms, emptyState(lease.id), LAST)) {
      if (entry.kind !== 'charge') continue;
      entries++;
      owed.set(entry.due, (owed.get(entry.due) ?? 0) + entry.amountCents);
    }
    let balance = 0;
    for (const amount of owed.values()) {
      balance += amount;
      all += balance;
    }
    last += balance;
  }
  return { last: last / 100, all: all / 100, entries };
}

/** Prints the time of workload R. Throws when the sums are not the agreed ones. */
export function benchRent(runs: number): void {
  heading('Rent schedules: 10,000 contracts, 24 terms, rent and two expenses (in Node, the real charge rules)');
  const contracts = Array.from({ length: CONTRACTS }, (_, index) => {
    const lease = leaseAt(index);
    return { lease, terms: termsOf(lease) };
  });
  let sums: Sums = { last: 0, all: 0, entries: 0 };
  const took = cpuTimes(
    runs,
    () => contracts,
    (all) => {
      sums = schedules(all);
    },
  );
  if (sums.last !== SUM_LAST || sums.all !== SUM_ALL) throw new Error(`workload R comes to ${JSON.stringify(sums)}`);
  figure('checked sums', `${sums.last.toLocaleString('en')} and ${sums.all.toLocaleString('en')}, as agreed`);
  figure('charges made, each with key, period and arithmetic', sums.entries.toLocaleString('en'));
  const perTerm = (took.minMs * 1e6) / (CONTRACTS * MONTHS);
  goal(`CPU time, ${perTerm.toFixed(0)} ns a term`, timesText(took), 'under 120 ms', took.minMs < 120);
}
