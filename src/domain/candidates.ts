/** Leases that a waiting payment may belong to, by the evidence that speaks for each. They are proposals: a person decides. */
import type { Lease, OpenCharge, Property, ReceiptRow } from './book';
import { daysBetween, localDay } from './calendar';
import { shortDay } from './dates';
import type { Link } from './matching';
import { sum } from './money';
import { nameTokens, peopleOf } from './names';
import { type Evidence, type NameIndex, nameEvidence, nameIndex } from './payer-names';
import type { RunBook } from './run-book';
import { leaseName, namedIn, unitName } from './unit-text';
import type { Cents, Currency, Day, Instant, LeaseId } from './values';

export type Confidence = 'sure' | 'likely' | 'possible';

export interface Proposal {
  readonly lease: Lease;
  readonly property: Property;
  readonly confidence: Confidence;
  /** The amount is open there to the cent, as one charge or as all that is open. */
  readonly fits: boolean;
  /** In words, the strongest first. */
  readonly reasons: readonly string[];
}

/** What each kind of evidence weighs. Two strong kinds together make a candidate sure, one makes it likely. */
const WEIGHT = {
  remembered: 60,
  leaseId: 60,
  payerSeen: 50,
  unitWord: 40,
  openAmount: 35,
  rentAmount: 20,
  unitAlone: 20,
  property: 15,
  nearDue: 5,
} as const;
const SURE = 75;
const LIKELY = 40;
const POSSIBLE = 20;
/** A sure candidate leaves the next one this far behind: two that are equally good are both only likely. */
const AHEAD = 25;
const MOST = 3;
/** Money comes this near to a due date, before or after. */
const NEAR_DAYS = 5;
/** An amount that so many leases owe says little of any of them. */
const COMMON = 3;

interface Place {
  readonly lease: Lease;
  readonly property: Property;
}

interface Owed {
  readonly place: Place;
  readonly points: number;
  readonly reason: string;
}

export interface CandidateIndex {
  readonly places: ReadonlyMap<LeaseId, Place>;
  readonly byAmount: ReadonlyMap<string, readonly Owed[]>;
  readonly byUnit: ReadonlyMap<string, readonly Place[]>;
  readonly byId: ReadonlyMap<string, Place>;
  readonly byProperty: ReadonlyMap<string, ReadonlySet<LeaseId>>;
  readonly names: NameIndex;
  readonly seen: ReadonlyMap<string, ReadonlyMap<LeaseId, Instant>>;
  readonly remembered: ReadonlyMap<string, readonly LeaseId[]>;
  readonly book: RunBook;
}

const amountName = (amount: Cents, currency: Currency): string => `${currency} ${amount}`;
const payerKeys = (row: Pick<ReceiptRow, 'source' | 'customer' | 'payerEmail' | 'payer'>): readonly string[] => [
  ...(row.customer ? [`customer ${row.source}:${row.customer}`] : []),
  ...(row.payerEmail ? [`mail ${row.payerEmail.trim().toLowerCase()}`] : []),
  ...nameKey(row.payer),
];
/** A single word names nobody. */
const nameKey = (name: string): readonly string[] => {
  const tokens = nameTokens(name);
  return tokens.length < 2 ? [] : [`name ${[...tokens].sort().join(' ')}`];
};

/** Made once for a list of receipts; only these leases are ever proposed. */
export function candidateIndex(book: RunBook, places: readonly Place[]): CandidateIndex {
  const byAmount = new Map<string, Owed[]>();
  const byUnit = new Map<string, Place[]>();
  const byProperty = new Map<string, Set<LeaseId>>();
  for (const place of places) {
    for (const [amount, points, reason] of amountsOf(book, place))
      into(byAmount, amountName(amount, place.property.currency), { place, points, reason });
    const unit = unitName(place.lease.unit);
    if (unit !== '') into(byUnit, unit, place);
    const name = leaseName(place.property.name);
    byProperty.set(name, (byProperty.get(name) ?? new Set()).add(place.lease.id));
  }
  return {
    places: new Map(places.map((place) => [place.lease.id, place])),
    byAmount,
    byUnit,
    byId: new Map(places.map((place) => [leaseName(place.lease.id), place])),
    byProperty,
    names: nameIndex(places.map(({ lease }) => ({ lease: lease.id, people: peopleOf(lease.residents) }))),
    seen: payersSeen(book.receipts),
    remembered: rememberedPayers(book.links),
    book,
  };
}

function into<K, V>(map: Map<K, V[]>, name: K, value: V): void {
  const known = map.get(name);
  if (known) known.push(value);
  else map.set(name, [value]);
}

/** The sums that would fit a lease, each once, the best reason first. */
function amountsOf(book: RunBook, { lease }: Place): readonly (readonly [Cents, number, string])[] {
  const open = (book.states.get(lease.id)?.charges ?? []).filter((charge) => charge.openCents > 0);
  const found = new Map<Cents, readonly [Cents, number, string]>();
  const add = (amount: Cents, points: number, reason: string) => {
    if (amount > 0 && !found.has(amount)) found.set(amount, [amount, points, reason]);
  };
  if (open.length > 1) add(sum(open.map((charge) => charge.openCents)), WEIGHT.openAmount, 'pays all that is open');
  for (const charge of open)
    add(charge.openCents, WEIGHT.openAmount, `same amount as ${charge.type} due ${shortDay(charge.due, 'en')}`);
  add(lease.rentCents, WEIGHT.rentAmount, 'same amount as the rent');
  const [raised] = (book.terms.get(lease.id) ?? []).filter((term) => term.type === 'rent').slice(-1);
  if (raised) add(raised.amountCents, WEIGHT.rentAmount, `same amount as the rent from ${shortDay(raised.from, 'en')}`);
  return [...found.values()];
}

/** Who has paid for which lease before, and when last. */
function payersSeen(receipts: readonly ReceiptRow[]): CandidateIndex['seen'] {
  const seen = new Map<string, Map<LeaseId, Instant>>();
  for (const row of receipts) {
    if (!row.lease || row.state === 'taken back' || row.state === 'failed') continue;
    for (const name of payerKeys(row)) {
      const leases = seen.get(name) ?? new Map<LeaseId, Instant>();
      const last = leases.get(row.lease);
      if (last === undefined || row.initiatedAt > last) leases.set(row.lease, row.initiatedAt);
      seen.set(name, leases);
    }
  }
  return seen;
}

function rememberedPayers(links: readonly Link[]): CandidateIndex['remembered'] {
  const payers = new Map<string, LeaseId[]>();
  for (const link of links) {
    if (link.kind === 'customer') into(payers, `customer ${link.platform}:${link.externalId}`, link.lease);
    if (link.kind !== 'payer') continue;
    const names = link.externalId.includes('@') ? [`mail ${link.externalId.toLowerCase()}`] : nameKey(link.externalId);
    for (const name of names) into(payers, name, link.lease);
  }
  return payers;
}

// ---------------------------------------------------------------- one receipt

/** At most three leases, the best first; none that keeps its books in another currency. */
export function proposalsFor(index: CandidateIndex, row: ReceiptRow): readonly Proposal[] {
  const evidence = new Map<LeaseId, Evidence[]>();
  const add = (lease: LeaseId, points: number, reason: string) => {
    const place = index.places.get(lease);
    if (place && place.property.currency === row.currency) into(evidence, lease, { points, reason });
  };
  byPayer(index, row, add);
  byText(index, row, add);
  byAmount(index, row, add);
  for (const [lease, found] of nameEvidence(index.names, row.payer, row.memo)) add(lease, found.points, found.reason);
  byDate(index, row, evidence);
  const ranked = [...evidence]
    .map(([lease, found]) => ({ lease, found, points: found.reduce((all, each) => all + each.points, 0) }))
    .filter(({ points }) => points >= POSSIBLE)
    .sort((a, b) => b.points - a.points || (a.lease < b.lease ? -1 : 1))
    .slice(0, MOST);
  return ranked.flatMap(({ lease, found, points }, at) => {
    const place = index.places.get(lease);
    const next = ranked[at + 1]?.points ?? 0;
    if (!place) return [];
    const fits = openFits(index, row, lease);
    return [{ ...place, confidence: wordFor(points, at, next), fits, reasons: reasonsOf(found) }];
  });
}

function wordFor(points: number, at: number, next: number): Confidence {
  if (points >= SURE && at === 0 && points - next >= AHEAD) return 'sure';
  return points >= LIKELY ? 'likely' : 'possible';
}

const reasonsOf = (found: readonly Evidence[]): readonly string[] => [
  ...new Set([...found].sort((a, b) => b.points - a.points).map((each) => each.reason)),
];

type Add = (lease: LeaseId, points: number, reason: string) => void;

function byPayer({ remembered, seen, book }: CandidateIndex, row: ReceiptRow, add: Add): void {
  const told = new Set<LeaseId>();
  for (const name of payerKeys(row)) {
    const leases = remembered.get(name) ?? [];
    for (const lease of leases) {
      if (told.has(lease)) continue;
      told.add(lease);
      add(lease, leases.length > 1 ? WEIGHT.remembered / 2 : WEIGHT.remembered, 'this payer is remembered for it');
    }
  }
  for (const name of payerKeys(row)) {
    const before = seen.get(name);
    for (const [lease, at] of before ?? []) {
      if (told.has(lease)) continue;
      told.add(lease);
      const points = (before?.size ?? 0) > 1 ? WEIGHT.payerSeen / 2 : WEIGHT.payerSeen;
      add(lease, points, `this payer paid on ${shortDay(localDay(at, book.settings.zone), 'en')}`);
    }
  }
}

function byText(index: CandidateIndex, row: ReceiptRow, add: Add): void {
  const texts = [
    ['memo', row.memo],
    ['reference', row.leaseRef],
  ] as const;
  const told = new Set<LeaseId>();
  for (const [where, text] of texts) {
    if (text === '') continue;
    const named = namedIn(text);
    for (const run of named.runs) {
      const place = index.byId.get(run);
      // An id of digits alone is as likely a house number or a date.
      if (!place || /^\d+$/.test(run) || told.has(place.lease.id)) continue;
      told.add(place.lease.id);
      add(place.lease.id, WEIGHT.leaseId, `lease ${place.lease.id} in ${where}`);
    }
    const properties = [...named.runs].flatMap((run) => [...(index.byProperty.get(run) ?? [])]);
    const inNamed = new Set(properties);
    for (const name of new Set([...named.units, ...named.runs])) {
      const marked = named.units.has(name);
      const mixed = /\d/.test(name) && /\p{L}/u.test(name);
      const places = (index.byUnit.get(name) ?? []).filter(({ lease }) => !told.has(lease.id));
      for (const { lease, property } of places) {
        const here = inNamed.has(lease.id);
        if (!marked && !mixed && !here) continue;
        told.add(lease.id);
        const points = (marked ? WEIGHT.unitWord : WEIGHT.unitAlone) + (here ? WEIGHT.property : 0);
        const shared = places.length > 1 && !here ? points / 2 : points;
        add(lease.id, shared, `unit ${lease.unit}${here ? ` of ${property.name}` : ''} in ${where}`);
      }
    }
  }
}

function byAmount(index: CandidateIndex, row: ReceiptRow, add: Add): void {
  const owed = index.byAmount.get(amountName(row.amountCents, row.currency)) ?? [];
  const share = owed.length === 1 ? 1 : owed.length <= COMMON ? 0.8 : 0.5;
  for (const { place, points, reason } of owed) add(place.lease.id, points * share, reason);
}

const openFits = ({ byAmount: owed }: CandidateIndex, row: ReceiptRow, lease: LeaseId): boolean =>
  (owed.get(amountName(row.amountCents, row.currency)) ?? []).some(
    ({ place, points }) => place.lease.id === lease && points === WEIGHT.openAmount,
  );

/** Only beside other evidence: on the first of a month every lease is due. */
function byDate({ places, book }: CandidateIndex, row: ReceiptRow, evidence: Map<LeaseId, Evidence[]>): void {
  for (const [lease, found] of evidence) {
    const property = places.get(lease)?.property;
    const charges = book.states.get(lease)?.charges ?? [];
    const on = property && localDay(row.initiatedAt, property.zone);
    const due = on && nearest(charges, on);
    if (due) found.push({ points: WEIGHT.nearDue, reason: `near the due date ${shortDay(due, 'en')}` });
  }
}

function nearest(charges: readonly OpenCharge[], on: Day): Day | undefined {
  const near = charges.filter((charge) => charge.openCents > 0 && Math.abs(daysBetween(charge.due, on)) <= NEAR_DAYS);
  return near[0]?.due;
}
