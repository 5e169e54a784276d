/** Leases of a property system held against the Leases tab: what is new there, what has changed, and what has ended. */
import { digestOf } from './audit';
import type { Lease } from './book';
import { decimal } from './money';
import { leaseById, type RunBook, rowsOfLease } from './run-book';
import { unitName } from './unit-text';
import type { Cents, Currency, Day, LeaseId } from './values';

/** One lease as a property system has it; connectors/roster.ts says what each member means. */
export interface Listed {
  readonly id: string;
  readonly property: string;
  readonly propertyId: string;
  readonly unit: string;
  readonly residents: readonly string[];
  readonly emails: readonly string[];
  readonly phone: string;
  readonly state: 'future' | 'current' | 'notice' | 'past';
  readonly rentCents?: Cents;
  readonly depositCents?: Cents;
  readonly currency: Currency;
  readonly dueDay?: number;
  readonly start?: Day;
  readonly end?: Day;
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
  /** Linked leases of this sheet that are no longer there at all. */
  readonly missing: readonly LeaseId[];
  /** The same for the same suggestions: who takes them has seen these. */
  readonly version: string;
}

/** `today` in the workbook's zone: what was over before is not taken over. */
export function rosterNews(book: RunBook, platform: string, listed: readonly Listed[], today: Day): RosterNews {
  const linked = linksOf(book, platform);
  const taken = new Set(book.leases.map((lease) => lease.id.toLowerCase()));
  const claimed = new Set(linked.values());
  const changes: RosterChange[] = [];
  let same = 0;
  for (const each of listed) {
    const id = linked.get(each.id);
    const lease = id && leaseById(book, id);
    if (lease) {
      const found = changesOf(lease, each, today);
      if (found) changes.push(found);
      else same++;
      continue;
    }
    if (each.state === 'past') continue;
    const alike = alikeIn(book, each, claimed, today);
    if (alike) {
      claimed.add(alike.id);
      changes.push({ ...(changesOf(alike, each, today) ?? unchanged(alike, each)), kind: 'link' });
    } else changes.push(added(book, each, taken));
  }
  const there = new Set(listed.map((each) => each.id));
  const missing = [...linked].filter(([id]) => !there.has(id)).map(([, lease]) => lease);
  return { changes, same, missing, version: digestOf(JSON.stringify([changes, missing])).slice(0, 16) };
}

/** Their id to ours. */
function linksOf({ links }: RunBook, platform: string): ReadonlyMap<string, LeaseId> {
  const mine = links.filter((link) => link.platform === platform && link.kind === 'customer');
  return new Map(mine.map((link) => [link.externalId, link.lease]));
}

const isRunning = (lease: Lease, today: Day): boolean => lease.end === undefined || lease.end >= today;

/** The lease that stands on the same unit and runs: most sheets were typed from the same system. */
function alikeIn(book: RunBook, each: Listed, claimed: ReadonlySet<LeaseId>, today: Day): Lease | undefined {
  const places = [each.property, each.propertyId].map(plain);
  const found = book.leases.filter(
    (lease) =>
      !claimed.has(lease.id) &&
      isRunning(lease, today) &&
      places.includes(plain(lease.property)) &&
      unitName(lease.unit) === unitName(each.unit) &&
      sharesName(lease.residents, each.residents),
  );
  const [only, more] = found;
  return more ? undefined : only;
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Two people may follow each other in a unit: at least one name must be the same. */
function sharesName(here: string, there: readonly string[]): boolean {
  const names = new Set(words(here));
  return there.some((name) => words(name).some((word) => names.has(word)));
}

const words = (text: string): readonly string[] =>
  plain(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2);

const titleOf = ({ property, unit, residents }: Listed): string =>
  `${property} ${unit}, ${residents.join(', ') || 'nobody named'}`.trim();

// ---------------------------------------------------------------- rows that are here

const unchanged = (lease: Lease, each: Listed): RosterChange => ({
  kind: 'link',
  id: each.id,
  lease: lease.id,
  title: titleOf(each),
  cells: [],
  remarks: [],
});

/** Undefined where all is the same. What they leave empty changes nothing here. */
function changesOf(lease: Lease, each: Listed, today: Day): RosterChange | undefined {
  const people = each.state === 'past' ? [] : peopleCells(lease, each);
  const end = endCell(lease, each, today);
  const cells = [...people, ...end];
  const remarks = remarksOn(lease, each, today);
  if (cells.length === 0) return undefined;
  const kind = end.length > 0 && people.length === 0 ? 'end' : 'change';
  return { kind, id: each.id, lease: lease.id, title: titleOf(each), cells, remarks };
}

function peopleCells(lease: Lease, each: Listed): readonly CellChange[] {
  const cells: CellChange[] = [
    { header: 'Residents', before: lease.residents, after: each.residents.join(', ') },
    { header: 'Email', before: lease.emails.join(', '), after: each.emails.join(', ') },
    { header: 'Phone', before: lease.phone, after: each.phone },
  ];
  return cells.filter(({ before, after }) => after.trim() !== '' && squeezed(before) !== squeezed(after));
}

/** Order and case of addresses, and signs of a phone number, are no change. */
const squeezed = (text: string): string =>
  text
    .toLowerCase()
    .split(/[,;]/)
    .map((part) => part.replace(/[\s().-]/g, ''))
    .filter((part) => part !== '')
    .sort()
    .join(',');

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

function remarksOn(lease: Lease, each: Listed, today: Day): readonly string[] {
  const { rentCents, currency } = each;
  const rent =
    rentCents !== undefined && rentCents !== lease.rentCents && each.state !== 'past'
      ? [
          `The rent there is ${decimal(rentCents, currency)}, here ${decimal(lease.rentCents, currency)} before changes on the ` +
            'Terms tab: change it with Override, from the day that it holds.',
        ]
      : [];
  const over =
    each.state === 'past' && each.end === undefined && isRunning(lease, today)
      ? ['It is over there, but no last day is named: enter the move-out with Override.']
      : [];
  return [...rent, ...over];
}

// ---------------------------------------------------------------- rows that are new

function added(book: RunBook, each: Listed, taken: Set<string>): RosterChange {
  const lease = freeId(each, taken);
  const property = [...book.properties.values()].find(
    ({ name }) => plain(name) === plain(each.property) || plain(name) === plain(each.propertyId),
  );
  const values: readonly (readonly [string, string])[] = [
    ['Lease ID', lease],
    ['Property', property?.name ?? each.property],
    ['Unit', each.unit],
    ['Residents', each.residents.join(', ')],
    ['Email', each.emails.join(', ')],
    ['Phone', each.phone],
    ['Rent', each.rentCents === undefined ? '' : decimal(each.rentCents, each.currency)],
    ['Due day', each.dueDay === undefined ? '' : String(each.dueDay)],
    ['Start', each.start ?? ''],
    ['End', each.state === 'notice' ? (each.end ?? '') : ''],
    ['Deposit', each.depositCents === undefined ? '' : decimal(each.depositCents, each.currency)],
  ];
  const cells = values.filter(([, after]) => after !== '').map(([header, after]) => ({ header, before: '', after }));
  return { kind: 'add', id: each.id, lease, title: titleOf(each), cells, remarks: remarksOnNew(each, property) };
}

function remarksOnNew(each: Listed, property: { readonly currency: Currency } | undefined): readonly string[] {
  const { balanceCents, currency } = each;
  return [
    ...(property ? [] : [`${each.property} is added to the Properties tab: look at its time zone, currency and fees.`]),
    ...(property && property.currency !== currency
      ? [`There it is in ${currency}, here the property is in ${property.currency}.`]
      : []),
    ...(each.rentCents === undefined ? ['The system does not say the rent: enter it before it is taken.'] : []),
    ...(balanceCents ? [`${decimal(balanceCents, currency)} ${currency} is owed there; it is not posted here.`] : []),
  ];
}

/** Made of the property's code and the unit; a second lease of the same unit gets a number behind it. */
function freeId(each: Listed, taken: Set<string>): LeaseId {
  const stem = `${each.propertyId || each.property}-${each.unit || each.id}`
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._/#-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 50);
  let id = stem || `lease-${each.id.slice(0, 40)}`;
  for (let count = 2; taken.has(id.toLowerCase()); count++) id = `${stem}-${count}`;
  taken.add(id.toLowerCase());
  return id as LeaseId;
}

/** Rows of the Links tab that a change needs: none where it is linked already. */
export const needsLink = (book: RunBook, platform: string, { lease, id }: RosterChange): boolean =>
  !rowsOfLease(book.links, lease).some((link) => link.platform === platform && link.externalId === id);
