/** What one run reads, already checked: the input of every decision. */
import type {
  Entry,
  Intent,
  Lease,
  LeaseState,
  LogLine,
  OutboxRow,
  Property,
  ReceiptRow,
  Task,
  TaskRow,
  Term,
} from './book';
import type { ContactRow } from './contacts';
import type { Rung } from './ladder';
import { emptyState } from './ledger';
import type { Link } from './matching';
import type { Mirror } from './mirror';
import type { PageRow } from './pages';
import type { RequestRow } from './requests';
import type { Listener } from './telling';
import type { Template } from './templates';
import type { Cents, Currency, Day, Instant, Key, LeaseId, Problem, PropertyName, Zone } from './values';

/** The Settings tab, checked. */
export interface Settings {
  readonly booksOpenOn: Day;
  readonly zone: Zone;
  readonly currency: Currency;
  /** Off: decisions are made and shown, and no resident is written to. */
  readonly reminders: boolean;
  /** Local hours [from, until) in which nothing is sent, e.g. 21 to 8. */
  readonly quietFromHour: number;
  readonly quietUntilHour: number;
  readonly senderName: string;
  readonly digestTo: string;
  /** Of the digest and its figures: en, es, fr, de. */
  readonly digestLanguage: string;
  /** What fails is told to the owner and to those of the digest, once a day for each cause; left out: it is. */
  readonly failureAlerts?: boolean;
  /** Messages about unpaid rent carry a link to pay; its page leads back to `payReturnTo`. */
  readonly payLinks: boolean;
  readonly payReturnTo: string;
  /** The saved method is charged so many days before the due date; 0 is the due date. */
  readonly autopayDaysBefore: number;
  /** The platform that makes the links. */
  readonly payLinksBy: string;
  /** Where a lease does not say: whether a part of what is owed may be paid on the resident's page, and the least one: a decimal. */
  readonly partialPayments: boolean;
  readonly minimumPart: string;
  /** How to pay in other ways, in the landlord's words; '' where nobody wrote any. */
  readonly howToPay: string;
  /** A payment that names no lease is matched when all evidence speaks for one, and its amount is open there to the cent. */
  readonly matchByEvidence: boolean;
  /** Overrides above this many units of the lease's currency wait for a second person; '' is no limit. */
  readonly approvalLimit: string;
  /** No message and no effect leaves; the ledger goes on. */
  readonly paused: boolean;
  /** What carries mail to residents and managers: `gmail`, or a connected platform. */
  readonly mailBy: string;
  /** What carries text messages; '' for nothing. */
  readonly textsBy: string;
  /** What one segment of a text message costs, for forecasts: a decimal with its currency, such as `0.0083 USD`; '' where unknown. */
  readonly textPrice: string;
  /** Which payments residents get a receipt for; left out: all. `platforms` leaves out what a person records by hand. */
  readonly receipts?: 'all' | 'platforms' | 'none';
  /** Messages that wait for a later hour are handed to a platform that holds them until then, so many hours ahead; 0 for never. */
  readonly handOverHours: number;
  /** A resident may promise to pay so many days ahead; 0 takes no promises. */
  readonly promiseDays: number;
  /** For how many days the link to a resident's page is good that a message carries. */
  readonly pageLinkDays: number;
}

export interface RunBook {
  readonly properties: ReadonlyMap<PropertyName, Property>;
  readonly leases: readonly Lease[];
  readonly terms: ReadonlyMap<LeaseId, readonly Term[]>;
  readonly links: readonly Link[];
  readonly ladder: readonly Rung[];
  readonly templates: readonly Template[];
  readonly settings: Settings;
  readonly states: ReadonlyMap<LeaseId, LeaseState>;
  /** The open end of the Receipts tab. */
  readonly receipts: readonly ReceiptRow[];
  readonly tasks: readonly TaskRow[];
  /** The open end of the Outbox tab: what left, what waits to leave, and what failed. */
  readonly outbox?: readonly OutboxRow[];
  readonly problems: readonly Problem[];
  /** Books elsewhere that are kept in step with this ledger. */
  readonly mirrors?: readonly Mirror[];
  /** The Contacts tab. */
  readonly contacts?: readonly ContactRow[];
  /** Platforms that are told of the ledger. */
  readonly listeners?: readonly Listener[];
  /** The Requests tab. */
  readonly requests?: readonly RequestRow[];
  /** The Resident pages tab. */
  readonly pages?: readonly PageRow[];
  /** Distinct units by property, where not all leases are here to be counted. */
  readonly units?: ReadonlyMap<PropertyName, number>;
}

/** Everything a decision wants committed together. */
export interface Decision {
  readonly entries: readonly Entry[];
  readonly receipts: readonly ReceiptRow[];
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
  /** Tasks whose cause is gone. */
  readonly closedTasks: readonly { readonly key: Key; readonly outcome: string }[];
  readonly log: readonly LogLine[];
  /** Requests of residents that come to another state. */
  readonly requests?: readonly RequestRow[];
}

export const NOTHING: Decision = { entries: [], receipts: [], intents: [], tasks: [], closedTasks: [], log: [] };

/** Who decides, and when. */
export interface Run {
  readonly id: string;
  readonly by: string;
  readonly now: Instant;
}

export const termsOf = (book: RunBook, lease: Lease): readonly Term[] => book.terms.get(lease.id) ?? [];
export const stateOf = (book: RunBook, lease: LeaseId): LeaseState => book.states.get(lease) ?? emptyState(lease);

/** Payments under way for a lease: they hold fees and the ladder, and clear nothing. */
export const pendingOf = (book: RunBook, lease: LeaseId): readonly ReceiptRow[] => pendingIndex(book).get(lease) ?? [];

export const pendingCents = (book: RunBook, lease: LeaseId): Cents =>
  pendingOf(book, lease).reduce((all, row) => (all + row.amountCents) as Cents, 0 as Cents);

const pendingCache = new WeakMap<RunBook, ReadonlyMap<LeaseId, readonly ReceiptRow[]>>();

function pendingIndex(book: RunBook): ReadonlyMap<LeaseId, readonly ReceiptRow[]> {
  const known = pendingCache.get(book);
  if (known) return known;
  const index = new Map<LeaseId, ReceiptRow[]>();
  for (const row of book.receipts) {
    if (row.state !== 'pending' || !row.lease) continue;
    const rows = index.get(row.lease);
    if (rows) rows.push(row);
    else index.set(row.lease, [row]);
  }
  pendingCache.set(book, index);
  return index;
}

const unitsCache = new WeakMap<RunBook, ReadonlyMap<PropertyName, number>>();

/** Distinct units of a property on the Leases tab: some laws ask. */
export function unitsIn(book: RunBook, property: PropertyName): number {
  let counts = book.units ?? unitsCache.get(book);
  if (!counts) {
    const units = new Map<PropertyName, Set<string>>();
    for (const lease of book.leases) {
      const known = units.get(lease.property) ?? new Set<string>();
      units.set(lease.property, known.add(lease.unit));
    }
    counts = new Map([...units].map(([name, set]) => [name, set.size]));
    unitsCache.set(book, counts);
  }
  return counts.get(property) ?? 0;
}

const leasesById = new WeakMap<readonly Lease[], ReadonlyMap<LeaseId, Lease>>();

/** The lease of an id: a run asks for every payment and every message, so the index is made once. */
export function leaseById(book: Pick<RunBook, 'leases'>, id: LeaseId): Lease | undefined {
  const index = leasesById.get(book.leases) ?? new Map(book.leases.map((lease) => [lease.id, lease]));
  leasesById.set(book.leases, index);
  return index.get(id);
}

type OfLease = { readonly lease?: LeaseId };
const rowsByLease = new WeakMap<readonly OfLease[], ReadonlyMap<LeaseId | undefined, OfLease[]>>();

/** The rows of a list that are about a lease, in their order; the index is made once for each list. */
export function rowsOfLease<T extends OfLease>(rows: readonly T[], lease: LeaseId): readonly T[] {
  let index = rowsByLease.get(rows) as ReadonlyMap<LeaseId | undefined, T[]> | undefined;
  if (!index) {
    const groups = new Map<LeaseId | undefined, T[]>();
    for (const row of rows) {
      const group = groups.get(row.lease);
      if (group) group.push(row);
      else groups.set(row.lease, [row]);
    }
    index = groups;
    rowsByLease.set(rows, index);
  }
  return index.get(lease) ?? [];
}
