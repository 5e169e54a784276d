/** A lease of a property system that the sheet has not: its row, an id that nobody has, and what to know before it is taken. */
import { parseAddressList } from './addresses';
import type { Property } from './book';
import { decimal } from './money';
import type { Listed, RosterChange } from './roster';
import { isPlace, isRunning, sameUnit, titleOf } from './roster-words';
import type { RunBook } from './run-book';
import type { Day, LeaseId } from './values';

export interface Adding {
  readonly book: RunBook;
  readonly each: Listed;
  /** Ids that somebody has, in lower case; the new one is put among them. */
  readonly taken: Set<string>;
  /** Leases here that are known to be another one there. */
  readonly claimed: ReadonlySet<LeaseId>;
  readonly today: Day;
}

export function added(adding: Adding): RosterChange {
  const { book, each, taken } = adding;
  const lease = freeId(each, taken);
  const property = [...book.properties.values()].find(({ name }) => isPlace(name, each));
  const mail = parseAddressList(each.emails.join(', '));
  const values: readonly (readonly [string, string])[] = [
    ['Lease ID', lease],
    ['Property', property?.name ?? (each.property.trim() || each.propertyId)],
    ['Unit', each.unit],
    ['Residents', each.residents.join(', ')],
    ['Email', mail.addresses.join(', ')],
    ['Phone', each.phone],
    ['Rent', each.rentCents === undefined ? '' : decimal(each.rentCents, each.currency)],
    ['Due day', each.dueDay === undefined ? '' : String(each.dueDay)],
    ['Start', each.start ?? ''],
    ['End', each.state === 'notice' ? (each.end ?? '') : ''],
    ['Deposit', each.depositCents === undefined ? '' : decimal(each.depositCents, each.currency)],
  ];
  const cells = values.filter(([, after]) => after !== '').map(([header, after]) => ({ header, before: '', after }));
  const remarks = [...remarksOnNew(adding, property), ...mail.reasons.map((reason) => `There: ${reason}`)];
  return { kind: 'add', id: each.id, lease, title: titleOf(each), cells, remarks };
}

function remarksOnNew({ book, each, claimed, today }: Adding, property: Property | undefined): readonly string[] {
  const { balanceCents, currency } = each;
  const others = book.leases.filter(
    (lease) => !claimed.has(lease.id) && isRunning(lease, today) && sameUnit(lease, each),
  );
  return [
    ...others.map(
      ({ id, residents }) =>
        `${id} (${residents || 'nobody named'}) runs on this unit here: if it is the same lease, enter its id there as a ` +
        'customer on the Links tab instead.',
    ),
    ...(property ? [] : [`${each.property} is added to the Properties tab: look at its time zone, currency and fees.`]),
    ...(property && property.currency !== currency
      ? [`There it is in ${currency}, here the property is in ${property.currency}.`]
      : []),
    ...(each.rentCents === undefined ? ['The system does not say the rent: enter it before it is taken.'] : []),
    ...(balanceCents ? [`${decimal(balanceCents, currency)} ${currency} is owed there; it is not posted here.`] : []),
  ];
}

const STEM = 50;

/** Made of the property's code and the unit; a second lease of the same unit gets a number behind it. */
function freeId(each: Listed, taken: Set<string>): LeaseId {
  const stem = usable(`${each.propertyId || each.property}-${each.unit || each.id}`) || usable(`lease-${each.id}`);
  let id = stem;
  for (let count = 2; taken.has(id.toLowerCase()); count++) id = `${stem}-${count}`;
  taken.add(id.toLowerCase());
  return id as LeaseId;
}

/** In the letters that an id may have. */
function usable(text: string): string {
  const letters = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._/#-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return Array.from(letters).slice(0, STEM).join('');
}
