/** The charges that must exist on a day: rent and other lines by period, one-offs, the deposit, and corrections of what was charged. */
import {
  type ChargedPeriod,
  type ChargeType,
  DEPOSIT,
  type Entry,
  type Lease,
  type LeaseState,
  RENT,
  type Term,
} from './book';
import { addDays } from './calendar';
import { corrected, corrections } from './corrections';
import { baseRate, type ChargeContext, CREDIT_LINE, costOf, piecesBefore, stemOf } from './line-cost';
import { periodLabel, periodOf } from './periods';
import { type Day, key } from './values';

export { type ChargeContext, CREDIT_LINE, rateOn } from './line-cost';

/** A guard against a mistyped date: no lease is charged more periods than this in one run. */
const PERIODS_AT_ONCE = 600;

/** Every entry that posting a lease through `today` still needs, in posting order. */
export function dueEntries(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  state: LeaseState,
  today: Day,
): readonly Entry[] {
  const changes = corrections(context, lease, terms, state, today);
  const after = corrected(state, changes);
  const lines = [
    RENT,
    ...new Set(terms.filter((term) => term.every === 'period' && term.type !== RENT).map((term) => term.type)),
  ];
  const posted = lines.flatMap((line) => linePeriods(context, lease, terms, line, after, today));
  return [
    ...changes,
    ...onceSigned(lease, today, posted),
    ...oneOffs(context, lease, terms, state, today),
    ...onceSigned(lease, today, depositEntry(context, lease, state, today)),
  ];
}

/** Nobody was asked for anything before the lease was signed, so that its signature makes nobody late. In UTC it may be tomorrow. */
function onceSigned({ signedOn }: Lease, today: Day, entries: readonly Entry[]): readonly Entry[] {
  if (signedOn === undefined || signedOn > addDays(today, 1)) return entries;
  return entries.map((entry) =>
    entry.kind === 'charge' && entry.due < signedOn
      ? { ...entry, due: signedOn, why: `${entry.why.replace(/\.$/, '')}; due when the lease was signed` }
      : entry,
  );
}

/** The day after `today` on which rent falls due next, if any; far cheaper than what is due then. */
export function nextRentDay(
  context: Pick<ChargeContext, 'booksOpenOn'>,
  lease: Lease,
  state: LeaseState,
  today: Day,
): Day | undefined {
  const from = nextFrom(lease, state, RENT, context.booksOpenOn);
  return from !== undefined && from > today ? from : undefined;
}

/** The next charge of rent after a day, for reminders and the Rent Roll: nothing is posted. */
export function nextRent(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  state: LeaseState,
  today: Day,
): (Entry & { kind: 'charge' }) | undefined {
  const due = nextRentDay(context, lease, state, today);
  const entry = due === undefined ? undefined : periodEntry(context, lease, terms, RENT, state, due);
  return entry?.kind === 'charge' ? entry : undefined;
}

/** The first day not yet charged of a line; undefined when the lease is charged to its end. */
function nextFrom(
  lease: Lease,
  state: Pick<LeaseState, 'periods'>,
  line: ChargeType,
  booksOpenOn: Day,
): Day | undefined {
  let from = chargedUntil(state.periods, line) ?? lease.start;
  if (!state.periods.some((period) => period.line === line) && from < booksOpenOn) {
    const period = periodOf(lease, booksOpenOn);
    from = period.from >= booksOpenOn ? period.from : period.until;
  }
  return lease.end && from > lease.end ? undefined : from;
}

/** A period that was taken back altogether is charged for no day: the next one begins before it, not after. */
function chargedUntil(periods: readonly ChargedPeriod[], line: ChargeType): Day | undefined {
  const ofLine = periods.filter((period) => period.line === line);
  const ends = ofLine.filter((period) => period.from < period.until).map((period) => period.until);
  return ends.length > 0 ? ends.sort()[ends.length - 1] : ofLine.map((period) => period.from).sort()[0];
}

function linePeriods(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  line: ChargeType,
  state: Pick<LeaseState, 'periods'>,
  today: Day,
): readonly Entry[] {
  const entries: Entry[] = [];
  let from = nextFrom(lease, state, line, context.booksOpenOn);
  for (let count = 0; from !== undefined && from <= today && count < PERIODS_AT_ONCE; count++) {
    const entry = periodEntry(context, lease, terms, line, state, from);
    // A line that begins later in its period falls due then.
    if (entry && entry.day > today) break;
    if (entry) entries.push(entry);
    const until: Day = periodOf(lease, from).until;
    from = lease.end && until > lease.end ? undefined : until;
  }
  return entries;
}

/** The charge (or, for a credit line, the credit) of the period part that begins on `from`; undefined when it costs nothing. */
function periodEntry(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  type: ChargeType,
  state: Pick<LeaseState, 'periods'>,
  from: Day,
): Entry | undefined {
  const whole = periodOf(lease, from);
  const until = lease.end && addDays(lease.end, 1) < whole.until ? addDays(lease.end, 1) : whole.until;
  const line = { context, lease, terms, type, baseCents: baseRate(lease, type) };
  const begins = piecesBefore(state.periods, type, whole, from)[0]?.from ?? from;
  const { amountCents, why, pieces } = costOf(line, whole, begins, from, until);
  if (amountCents <= 0) return undefined;
  const first = pieces[0]?.from ?? from;
  // What was charged from this day and taken back keeps its key: charging it again is another event.
  const again = state.periods.some((period) => period.line === type && (period.from === first || period.from === from));
  const name = `${type}:${lease.id}:${periodLabel(lease.frequency, whole, from)}`;
  // Written out: spreading one object into another costs ten times as much, for every charge of every lease.
  const charge = {
    lease: lease.id,
    property: context.property,
    currency: context.currency,
    postedAt: context.postedAt,
    by: context.by,
    key: key(again ? `${name}:${context.postedAt}` : name),
    day: first,
    amountCents,
    from: first,
    until: pieces[pieces.length - 1]?.until ?? until,
    // What the Rent cell said, also where a dated change spoke louder: a later edit of the cell must not reprice this.
    rateCents: type === RENT ? line.baseCents : (pieces[0]?.rateCents ?? amountCents),
    why,
    kind: 'charge' as const,
    type,
    due: first,
  };
  if (type !== CREDIT_LINE) return charge;
  const { due: _due, ...credit } = charge;
  return { ...credit, kind: 'credit', type: 'concession', items: [] };
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 24);

function oneOffs(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  state: LeaseState,
  today: Day,
): readonly Entry[] {
  const due = terms.filter((term) => term.every === 'once' && term.from <= today && term.from >= context.booksOpenOn);
  const entries: Entry[] = [];
  const posted = new Set(state.once);
  for (const term of due) {
    // Never the key of a period that begins on the same day.
    const id = key([term.type, lease.id, term.from, slug(term.memo) || 'once'].join(':'));
    if (posted.has(id) || term.amountCents <= 0) continue;
    posted.add(id);
    const shared = {
      ...stemOf(context, lease),
      key: id,
      day: term.from,
      amountCents: term.amountCents,
      why: term.memo || `Terms row ${term.row}`,
    };
    entries.push(
      term.type === CREDIT_LINE
        ? { ...shared, kind: 'credit', type: 'concession', items: [] }
        : { ...shared, kind: 'charge', type: term.type, due: term.from },
    );
  }
  return entries;
}

/** The deposit: charged at the start, or taken over as already held where the lease is older than the books. */
function depositEntry(context: ChargeContext, lease: Lease, state: LeaseState, today: Day): readonly Entry[] {
  if (lease.depositCents <= 0 || lease.start > today || state.periods.some((period) => period.line === DEPOSIT))
    return [];
  const shared = { ...stemOf(context, lease), amountCents: lease.depositCents };
  if (lease.start < context.booksOpenOn) {
    const why = `Held when the books opened on ${context.booksOpenOn}.`;
    return [
      {
        ...shared,
        key: key(`deposit-opening:${lease.id}`),
        day: context.booksOpenOn,
        kind: 'deposit',
        type: 'opening',
        why,
      },
    ];
  }
  return [
    {
      ...shared,
      key: key(`deposit:${lease.id}`),
      day: lease.start,
      kind: 'charge',
      type: DEPOSIT,
      due: lease.start,
      why: 'Security deposit agreed in the lease.',
    },
  ];
}
