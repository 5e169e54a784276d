/** Leases of a property system held against the Leases tab: what is new there, what has changed, and what has ended. */
import { parseAddressList } from './addresses';
import { digestOf } from './audit';
import { type Lease, RENT } from './book';
import { rateOn } from './line-cost';
import { decimal } from './money';
import { added } from './roster-new';
import { isRunning, sameUnit, titleOf } from './roster-words';
import { leaseById, type RunBook, rowsOfLease, termsOf } from './run-book';
import type { Cents, Currency, Day, LeaseId } from './values';

/** One lease as a property system has it, whoever lives in it. */
export interface Listed {
  /** The vendor's id of the lease, by which its money is known: it becomes the `customer` row on the Links tab. */
  readonly id: string;
  /** The property's name there, and its code or id. */
  readonly property: string;
  readonly propertyId: string;
  readonly unit: string;
  readonly residents: readonly string[];
  readonly emails: readonly string[];
  readonly phone: string;
  readonly state: 'future' | 'current' | 'notice' | 'past';
  /** Left out where the system does not tell. */
  readonly rentCents?: Cents;
  readonly depositCents?: Cents;
  readonly currency: Currency;
  readonly dueDay?: number;
  readonly start?: Day;
  /** The last day lived in. */
  readonly end?: Day;
  /** Owed there, for people to compare; it is never posted. */
  readonly balanceCents?: Cents;
}

export interface CellChange {
  readonly header: string;
  readonly before: string;
  readonly after: string;
}

export interface RosterChange {
  /** `add`: a row of the Leases tab; `change`: cells of one; `link`: the same lease, not yet linked; `end`: its last day. */
  readonly kind: 'add' | 'change' | 'link' | 'end';
  /** The lease's id there. */
  readonly id: string;
  /** Its id here: a new one for `add`. */
  readonly lease: LeaseId;
  /** `Elm Street 5 4B, Ana Ruiz` */
  readonly title: string;
  readonly cells: readonly CellChange[];
  /** What a person should know before taking it. */
  readonly remarks: readonly string[];
}

export interface RosterNews {
  readonly changes: readonly RosterChange[];
  /** Linked leases that stand here as they stand there. */
  readonly same: number;
  /** Linked leases that run here and are no longer there at all. */
  readonly missing: readonly LeaseId[];
  /** What a person must look at, and of which nothing can be taken. */
  readonly notes: readonly string[];
  /** The same for the same suggestions: who takes them has seen these. */
  readonly version: string;
}

/** What stands on the tabs and cannot be read as a row: the book has nothing of it. */
export interface Unread {
  /** Ids of rows of the Leases tab. */
  readonly leases: readonly string[];
  /** Links of this platform to leases that do not run: their id to ours. */
  readonly links: ReadonlyMap<string, string>;
}

const ALL_READ: Unread = { leases: [], links: new Map() };

/** `today` in the workbook's zone: what was over before is not taken over. */
export function rosterNews(
  book: RunBook,
  platform: string,
  listed: readonly Listed[],
  today: Day,
  unread: Unread = ALL_READ,
): RosterNews {
  const linked = linksOf(book, platform);
  const taken = takenIds(book, unread);
  const claimed = new Set(linked.values());
  const changes: RosterChange[] = [];
  const notes: string[] = unread.leases.map(unreadRow);
  const told = new Set<LeaseId>();
  let same = 0;
  for (const each of inOrder(listed)) {
    const lost = unread.links.get(each.id);
    const id = linked.get(each.id);
    const lease = id && leaseById(book, id);
    if (lease) {
      // Several leases there may be one here, such as a renewal: the first in order is the one that holds.
      if (told.has(lease.id)) continue;
      told.add(lease.id);
      const found = changesOf(book, lease, each, today);
      if (found.cells.length > 0) changes.push(found);
      else same++;
      if (found.cells.length === 0) notes.push(...found.remarks.map((remark) => `${lease.id}: ${remark}`));
    } else if (lost !== undefined) {
      // A second lease beside it would charge the same rent twice.
      if (each.state !== 'past') notes.push(`${titleOf(each)}: ${lostRow(lost)}`);
    } else if (each.state !== 'past') {
      const alike = alikeIn(book, each, claimed, today);
      if (alike) claimed.add(alike.id);
      changes.push(
        alike ? { ...changesOf(book, alike, each, today), kind: 'link' } : added({ book, each, taken, claimed, today }),
      );
    }
  }
  const there = new Set(listed.map((each) => each.id));
  const missing = [...linked]
    .filter(([id, lease]) => !there.has(id) && isRunning(leaseById(book, lease), today))
    .map(([, lease]) => lease);
  return { changes, same, missing, notes, version: digestOf(JSON.stringify([changes, missing, notes])).slice(0, 16) };
}

const lostRow = (lease: string): string =>
  `it is linked to ${lease}, whose row on the Leases tab is gone or has a problem. Correct the row, or take the link out.`;
const unreadRow = (lease: string): string =>
  `The row of ${lease} on the Leases tab has a problem: correct it first, or its lease may be added a second time.`;

const ORDER: readonly Listed['state'][] = ['current', 'notice', 'future', 'past'];

/** Each once; who lives there is looked for before who comes after them. */
const inOrder = (listed: readonly Listed[]): readonly Listed[] =>
  [...new Map(listed.map((each) => [each.id, each])).values()].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );

/** Their id to ours. */
function linksOf({ links }: RunBook, platform: string): ReadonlyMap<string, LeaseId> {
  const mine = links.filter((link) => link.platform === platform && link.kind === 'customer');
  return new Map(mine.map((link) => [link.externalId, link.lease]));
}

/** An id that the ledger, a link or a row has is nobody else's: its balance would come with it. */
const takenIds = (book: RunBook, unread: Unread): Set<string> =>
  new Set(
    [...book.leases.map((lease) => lease.id), ...book.states.keys(), ...unread.leases, ...unread.links.values()].map(
      (id) => id.toLowerCase(),
    ),
  );

/** The lease that stands on the same unit and runs: most sheets were typed from the same system. */
function alikeIn(book: RunBook, each: Listed, claimed: ReadonlySet<LeaseId>, today: Day): Lease | undefined {
  const found = book.leases.filter(
    (lease) =>
      !claimed.has(lease.id) &&
      isRunning(lease, today) &&
      sameUnit(lease, each) &&
      sharesName(lease.residents, each.residents),
  );
  const [only, more] = found;
  return more ? undefined : only;
}

/** Two people may follow each other in a unit: at least one name must be the same. */
function sharesName(here: string, there: readonly string[]): boolean {
  const names = new Set(words(here));
  return there.some((name) => words(name).some((word) => names.has(word)));
}

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2);

// ---------------------------------------------------------------- rows that are here

/** What they leave empty changes nothing here. */
function changesOf(book: RunBook, lease: Lease, each: Listed, today: Day): RosterChange {
  const people = each.state === 'past' ? [] : peopleCells(lease, each);
  const end = endCell(lease, each, today);
  return {
    kind: end.length > 0 && people.length === 0 ? 'end' : 'change',
    id: each.id,
    lease: lease.id,
    title: titleOf(each),
    cells: [...people, ...end],
    remarks: remarksOn(book, lease, each, today),
  };
}

function peopleCells(lease: Lease, each: Listed): readonly CellChange[] {
  const mail = parseAddressList(each.emails.join(', ')).addresses;
  const cells: readonly (CellChange & { readonly isSame: (one: string, other: string) => boolean })[] = [
    { header: 'Residents', before: lease.residents, after: each.residents.join(', '), isSame: isSameList },
    { header: 'Email', before: lease.emails.join(', '), after: mail.join(', '), isSame: isSameList },
    { header: 'Phone', before: lease.phone, after: each.phone, isSame: isSamePhone },
  ];
  return cells.flatMap(({ isSame, ...cell }) =>
    cell.after.trim() === '' || isSame(cell.before, cell.after) ? [] : [cell],
  );
}

/** Order, case and repeats are no change, and neither are the signs between. */
const isSameList = (one: string, other: string): boolean => squeezed(one) === squeezed(other);

const squeezed = (text: string): string =>
  [
    ...new Set(
      text
        .toLowerCase()
        .split(/[,;]/)
        .map((part) => part.replace(/[\s().-]/g, '')),
    ),
  ]
    .filter((part) => part !== '')
    .sort()
    .join(',');

/** Digits of a number without its country code. */
const NATIONAL = 9;

/** A number with its country code, as texts need it, is the same number as one without. */
function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replace(/\D/g, '').replace(/^0+/, '')) as [string, string];
  if (a === b) return a !== '' || isSameList(one, other);
  return Math.min(a.length, b.length) >= NATIONAL && (a.endsWith(b) || b.endsWith(a));
}

function endCell(lease: Lease, each: Listed, today: Day): readonly CellChange[] {
  const before = lease.end ?? '';
  // A term that ended while the resident stays is no end of the lease there: it goes on from month to month.
  const stays = each.state === 'current' && each.end !== undefined && each.end < today;
  const after = stays ? '' : (each.end ?? '');
  if (after === '' || after === before) return [];
  return each.state === 'notice' || each.state === 'past' || lease.end !== undefined
    ? [{ header: 'End', before, after }]
    : [];
}

function remarksOn(book: RunBook, lease: Lease, each: Listed, today: Day): readonly string[] {
  const { rentCents, currency, state, end } = each;
  const rent = rateOn(termsOf(book, lease), RENT, today, lease.rentCents);
  const unread = each.emails.length > 0 ? parseAddressList(each.emails.join(', ')).reasons : [];
  return [
    ...(rentCents !== undefined && rentCents !== rent && state !== 'past'
      ? [
          `The rent there is ${decimal(rentCents, currency)}, here ${decimal(rent, currency)}: change it with Override, ` +
            'from the day that it holds.',
        ]
      : []),
    ...(state === 'past' && end === undefined && isRunning(lease, today)
      ? ['It is over there, but no last day is named: enter the move-out with Override.']
      : []),
    ...(state === 'current' && end === undefined && lease.end !== undefined
      ? [
          `It has no last day there, and ends here on ${lease.end}: take the day out of its row if the notice was withdrawn.`,
        ]
      : []),
    ...(state === 'past' ? [] : unread.map((reason) => `There: ${reason}`)),
  ];
}

/** Rows of the Links tab that a change needs: none where it is linked already. */
export const needsLink = (book: RunBook, platform: string, { lease, id }: RosterChange): boolean =>
  !rowsOfLease(book.links, lease).some((link) => link.platform === platform && link.externalId === id);
