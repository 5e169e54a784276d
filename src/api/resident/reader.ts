/** From a link that was found to its lease: rows of this lease and its property, and of no other. Two calls, whatever the portfolio. */
import { openAccount } from '../../domain/account';
import type { Entry, Lease, LeaseState, Property, ReceiptRow } from '../../domain/book';
import { contactName } from '../../domain/contacts';
import { emptyState, fold } from '../../domain/ledger';
import { isPageOpen, type PageRow } from '../../domain/pages';
import type { Run, RunBook } from '../../domain/run-book';
import type { LeaseId } from '../../domain/values';
import type { Cell, Host } from '../../ports';
import { instantFrom, textOf } from '../../sheet/cells';
import { entryFrom } from '../../sheet/journal';
import { schemaCells } from '../../sheet/layout';
import { openingFrom } from '../../sheet/openings';
import { pageFrom } from '../../sheet/page-rows';
import { readLeases, readProperties } from '../../sheet/people';
import { requestFrom } from '../../sheet/request-rows';
import { contactFrom, outboxFrom, receiptFrom, taskFrom } from '../../sheet/rows';
import {
  CONNECTIONS,
  CONTACTS,
  LADDER,
  LEASES,
  LEDGER,
  LINKS,
  OPENINGS,
  OUTBOX,
  PROPERTIES,
  RECEIPTS,
  REQUESTS,
  SETTINGS,
  TASKS,
  type Tab,
  TERMS,
} from '../../sheet/schema';
import { readSettings } from '../../sheet/settings';
import { readLadder, readLinks, readTerms } from '../../sheet/terms';
import { type Found, layoutIn } from './found';
import type { OneLease, PlatformState } from './lease';
import { type Places, placesOf, type Rows, rowsAt } from './places';

/** What is asked for: the last thirteen months, or all there is. */
export interface Reach {
  readonly whole?: boolean;
}

/** Undefined where the link is for a lease that does not run, or not for this address any more. */
export function readLease(host: Host, run: Run, found: Found, reach: Reach = {}): OneLease | undefined {
  if (found.row === undefined) return undefined;
  const places = placesOf(host, run, found, found.row, reach.whole === true);
  const page = pageFrom(places.page, found.row);
  if (page?.state !== 'live') return undefined;
  const rows = rowsAt(host, places);
  const people = peopleOf(found, rows, page.lease);
  if (!people) return undefined;
  const { lease, property } = people;
  const { state, entries } = journalOf(found, places, rows, lease);
  const receipts = receiptsOf(found, rows, lease.id);
  const tail = receipts.filter((row) => row.row >= found.marks.receiptsTailRow);
  const book: RunBook = {
    ...people.book,
    states: new Map([[lease.id, state]]),
    receipts: tail,
    tasks: ownRows(found, rows, TASKS, taskFrom, lease.id),
    requests: ownRows(found, rows, REQUESTS, requestFrom, lease.id),
    outbox: ownRows(found, rows, OUTBOX, outboxFrom, lease.id),
    contacts: contactsOf(found, places, lease),
    pages: [page],
    units: new Map([[property.name, places.unitsOf(property.name)]]),
  };
  const account = openAccount(book, run, lease, property);
  if (!isPageOpen(book, lease, page.address, account.today)) return undefined;
  return {
    link: linkOf(page),
    account,
    entries,
    older: places.older,
    receipts: [...receipts].sort((a, b) => b.initiatedAt - a.initiatedAt || b.row - a.row),
    platforms: platformsOf(found),
  };
}

const linkOf = ({ row, id, lease, address, version }: PageRow) => ({ row, id, lease, address, version });

interface People {
  readonly lease: Lease;
  readonly property: Property;
  readonly book: Omit<RunBook, 'states' | 'receipts' | 'tasks'>;
}

/** The lease as its row says, with its property, terms and links. A doubled id is no lease, as in every run. */
function peopleOf(found: Found, rows: Rows, id: LeaseId): People | undefined {
  const layout = layoutIn(found);
  const whole = (title: string) => found.rows.get(title) ?? [];
  const settings = readSettings(layout(SETTINGS), whole(SETTINGS.title));
  const properties = readProperties(layout(PROPERTIES), whole(PROPERTIES.title), settings.defaults);
  const context = { properties: properties.byName, defaults: settings.defaults };
  const [lease, other] = readLeases(layout(LEASES), inPlace(rows, LEASES.title), context).rows;
  const property = lease && properties.byName.get(lease.property.toLowerCase());
  if (!lease || other || !property || lease.id.toLowerCase() !== id.toLowerCase()) return undefined;
  const byId = new Map([[lease.id.toLowerCase(), lease]]);
  const terms = readTerms(layout(TERMS), inPlace(rows, TERMS.title), byId, () => property.currency).rows;
  return {
    lease,
    property,
    book: {
      properties: new Map([[property.name, property]]),
      leases: [lease],
      terms: new Map([[lease.id, terms]]),
      links: readLinks(layout(LINKS), inPlace(rows, LINKS.title), byId).rows,
      ladder: readLadder(layout(LADDER), whole(LADDER.title), settings.settings.currency).rows,
      templates: [],
      settings: settings.settings,
      problems: [],
    },
  };
}

/** A list with holes where rows of others stand: readers of people's tabs number rows by their place, and pass over holes. */
function inPlace(rows: Rows, title: string): readonly (readonly Cell[])[] {
  const cells: (readonly Cell[])[] = [];
  for (const { row, raw } of rows(title)) cells[row - 2] = raw;
  return cells;
}

/** Open items at the last close, and what was posted since. */
function journalOf(
  found: Found,
  places: Places,
  rows: Rows,
  lease: Lease,
): { readonly state: LeaseState; readonly entries: readonly Entry[] } {
  const layout = layoutIn(found)(LEDGER);
  const read = rows(LEDGER.title).flatMap(({ row, raw }) => {
    const entry = entryFrom(schemaCells(layout, raw));
    if (!entry && row >= found.marks.tailRow) throw new Error(`Ledger row ${row} is not as the add-on wrote it.`);
    return entry && entry.lease === lease.id ? [{ row, entry }] : [];
  });
  const [open] = rows(OPENINGS.title);
  const opening = open ? openingFrom(lease.id, textOf(open.raw[1])) : emptyState(lease.id);
  if (!opening) throw new Error('A row of Openings was edited.');
  const state = read
    .filter(({ row }) => row >= found.marks.tailRow)
    .reduce((folded, { entry }) => fold(folded, entry), opening);
  const entries = read
    .map(({ entry }) => entry)
    .filter((entry) => places.since === undefined || entry.day >= places.since);
  return { state, entries };
}

function ownRows<T extends { readonly lease?: LeaseId }>(
  found: Found,
  rows: Rows,
  tab: Tab,
  read: (cells: readonly Cell[], row: number) => T | undefined,
  lease: LeaseId,
): readonly T[] {
  const layout = layoutIn(found)(tab);
  return rows(tab.title).flatMap(({ row, raw }) => {
    const value = read(schemaCells(layout, raw), row);
    return value?.lease === lease ? [value] : [];
  });
}

const receiptsOf = (found: Found, rows: Rows, lease: LeaseId): readonly ReceiptRow[] =>
  ownRows(found, rows, RECEIPTS, receiptFrom, lease);

function contactsOf(found: Found, { contacts }: Places, lease: Lease) {
  const own = new Set([
    ...lease.emails.map((address) => contactName('email', address)),
    contactName('sms', lease.phone),
  ]);
  const layout = layoutIn(found)(CONTACTS);
  return contacts.flatMap(({ row, raw }) => {
    const contact = contactFrom(schemaCells(layout, raw), row);
    return contact && own.has(contactName(contact.kind, contact.address)) ? [contact] : [];
  });
}

function platformsOf(found: Found): readonly PlatformState[] {
  const layout = layoutIn(found)(CONNECTIONS);
  return (found.rows.get(CONNECTIONS.title) ?? []).flatMap((cells) => {
    const [id, state, , success] = schemaCells(layout, cells);
    const readAt = instantFrom(success);
    return textOf(id) === '' ? [] : [{ id: textOf(id), state: textOf(state), ...(readAt ? { readAt } : {}) }];
  });
}
