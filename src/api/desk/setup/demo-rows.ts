/** The demo portfolio as rows of people's tabs: one house, six households that come out in different states, nobody real. */
import type { LeaseState } from '../../../domain/book';
import { addDays, dateOf } from '../../../domain/calendar';
import { DEMO_HOUSE, isDemoHouse } from '../../../domain/demo';
import type { Day } from '../../../domain/values';
import type { Cell } from '../../../ports';
import { serialOf } from '../../../sheet/cells';
import type { PeopleWrite } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { LEASES, PROPERTIES, TERMS } from '../../../sheet/schema';

/** `DEMO-1`; after a demo that the Ledger still knows, `DEMO2-1`. */
const DEMO_ID = /^DEMO(\d*)-\d+$/i;

export const isDemoLease = (id: string): boolean => DEMO_ID.test(id.trim());

export const hasDemo = ({ book }: Loaded): boolean => [...book.properties.keys()].some(isDemoHouse);

/** The newest demo that the Ledger knows rows of: 1 for `DEMO-1`, 2 for `DEMO2-1`; 0 without any. */
export const demosIn = (loaded: Loaded): number =>
  Math.max(0, ...demoStates(loaded).map(({ lease }) => Number(DEMO_ID.exec(lease)?.[1] || 1)));

/** What the Ledger knows of demo leases, also of those that have no row any more. */
export const demoStates = ({ book }: Loaded): readonly LeaseState[] =>
  [...book.states.values()].filter((state) => isDemoLease(state.lease));

export interface DemoFacts {
  readonly today: Day;
  readonly zone: string;
  readonly currency: string;
  /** How many demos the Ledger has seen before this one. */
  readonly before: number;
  /** Rents due before it are not charged, and neither are one-off lines. */
  readonly booksOpenOn: Day;
}

/**
 * Nothing can be sent: nobody is notified, no address is real, no channel is named, and the house has no digest. Each
 * lease begins with the one rent that shows its state, so that there is something to see at once.
 */
export function demoRows(facts: DemoFacts): readonly PeopleWrite[] {
  const id = (number: number) => `DEMO${facts.before > 0 ? facts.before + 1 : ''}-${number}`;
  const { today } = facts;
  const opens = facts.booksOpenOn > today ? facts.booksOpenOn : today;
  const lease = (number: number, unit: string, residents: string, rent: number, startsIn: number, more = {}) => {
    const start = addDays(today, startsIn);
    return leaseRow({ id: id(number), unit, residents, rent, dueDay: Math.min(28, dateOf(start)), start, ...more });
  };
  return [
    { tab: PROPERTIES, cells: houseCells(facts) },
    lease(1, '1A', 'Paula Paid (demo)', 1200, 0),
    lease(2, '1B', 'Grace Grace (demo)', 950, -2),
    lease(3, '2A', 'Lars Late (demo)', 1100, -8),
    lease(4, '2B', 'Pat Partly (demo)', 1000, 0),
    lease(5, '3A', 'Holly Hold (demo)', 875, -8, { holdUntil: addDays(today, 30) }),
    lease(6, '3B', 'Nora Next (demo)', 1300, 7),
    onceRow(id(1), 'credit', 1200, opens, 'Demo: the rent is paid'),
    onceRow(id(4), 'credit', 400, opens, 'Demo: part of the rent is paid'),
    onceRow(id(3), 'parking', 75, opens, 'Demo: a guest car'),
  ];
}

const houseCells = ({ zone, currency }: DemoFacts): Readonly<Record<string, Cell>> => ({
  Property: DEMO_HOUSE,
  Address: '1 Example Street (demo)',
  'Time zone': zone,
  Currency: currency,
  'Grace days': 3,
  'Grace rule': 'N full days',
  'Late fee': '50.00',
  'Fee terms confirmed': 'demo',
  'Manager email': 'demo@example.com',
});

interface DemoLease {
  readonly id: string;
  readonly unit: string;
  readonly residents: string;
  readonly rent: number;
  readonly dueDay: number;
  readonly start: Day;
  readonly holdUntil?: Day;
}

const leaseRow = (lease: DemoLease): PeopleWrite => ({
  tab: LEASES,
  cells: {
    'Lease ID': lease.id,
    Property: DEMO_HOUSE,
    Unit: lease.unit,
    Residents: lease.residents,
    Email: `${lease.id.toLowerCase()}@example.com`,
    Rent: lease.rent,
    'Due day': String(lease.dueDay),
    Start: serialOf(lease.start),
    'Notify by': 'none',
    ...(lease.holdUntil ? { 'Hold until': serialOf(lease.holdUntil) } : {}),
    Notes: 'Part of the demo: removed with it in one click',
  },
});

const onceRow = (id: string, type: string, amount: number, from: Day, memo: string): PeopleWrite => ({
  tab: TERMS,
  cells: { 'Lease ID': id, Type: type, Amount: amount, From: serialOf(from), Every: 'once', Memo: memo },
});
