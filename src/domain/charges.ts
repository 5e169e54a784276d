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
import { addDays, daysBetween } from './calendar';
import { cents, decimal, fraction, minus, negate, plus, ZERO } from './money';
import { type Period, periodLabel, periodOf } from './periods';
import { prorate, type Stretch } from './proration';
import { type Cents, type Currency, type Day, type Instant, type Key, key, type PropertyName } from './values';

/** Who writes, when, in which currency: the same for every entry of one lease in one run. */
export interface Writer {
  readonly property: PropertyName;
  readonly currency: Currency;
  readonly postedAt: Instant;
  readonly by: string;
}

export interface ChargeContext extends Writer {
  /** Nothing that fell due before this day is charged: what was owed then is an opening balance. */
  readonly booksOpenOn: Day;
}

export const CREDIT_LINE = 'credit';
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
  const corrections = state.periods.flatMap((period) => correction(context, lease, terms, period));
  const lines = [
    RENT,
    ...new Set(terms.filter((term) => term.every === 'period' && term.type !== RENT).map((term) => term.type)),
  ];
  const posted = lines.flatMap((line) =>
    linePeriods(context, lease, terms, line, corrected(state, corrections), today),
  );
  return [
    ...corrections,
    ...posted,
    ...oneOffs(context, lease, terms, state, today),
    ...depositEntry(context, lease, state, today),
  ];
}

/** The next charge of rent after a day, for reminders and the Rent Roll: nothing is posted. */
export function nextRent(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  state: LeaseState,
  today: Day,
): (Entry & { kind: 'charge' }) | undefined {
  const from = nextFrom(lease, state, RENT, context.booksOpenOn);
  if (from === undefined) return undefined;
  const due = from > today ? from : undefined;
  const entry = due === undefined ? undefined : periodEntry(context, lease, terms, RENT, due);
  return entry?.kind === 'charge' ? entry : undefined;
}

const baseOf = (writer: Writer, lease: Lease) => ({
  lease: lease.id,
  property: writer.property,
  currency: writer.currency,
  postedAt: writer.postedAt,
  by: writer.by,
});

/** What a whole period costs on a day: the latest dated change, else the base; other lines add their running terms. */
export function rateOn(terms: readonly Term[], line: ChargeType, on: Day, baseCents: Cents): Cents {
  const mine = terms.filter((term) => term.type === line && term.every === 'period');
  if (line === RENT) {
    const changes = mine.filter((term) => term.from <= on && (!term.until || term.until >= on));
    return (
      changes.reduce<Term | undefined>(
        (latest, term) => (!latest || term.from >= latest.from ? term : latest),
        undefined,
      )?.amountCents ?? baseCents
    );
  }
  // A line that was deleted altogether keeps what it was charged; one that was ended costs nothing after its end.
  if (mine.length === 0) return baseCents;
  return mine
    .filter((term) => term.from <= on && (!term.until || term.until >= on))
    .reduce((all, term) => plus(all, term.amountCents), ZERO);
}

/** The stretches of [from, until) at one rate each. */
function stretches(
  terms: readonly Term[],
  line: ChargeType,
  from: Day,
  until: Day,
  baseCents: Cents,
): readonly Stretch[] {
  const bounds = terms
    .filter((term) => term.type === line && term.every === 'period')
    .flatMap((term) => [term.from, ...(term.until ? [addDays(term.until, 1)] : [])])
    .filter((on) => on > from && on < until);
  const edges = [from, ...[...new Set(bounds)].sort(), until];
  const pieces: Stretch[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i] as Day;
    const rateCents = rateOn(terms, line, start, baseCents);
    const last = pieces[pieces.length - 1];
    if (last && last.rateCents === rateCents) pieces[pieces.length - 1] = { ...last, until: edges[i + 1] as Day };
    else pieces.push({ from: start, until: edges[i + 1] as Day, rateCents });
  }
  return pieces;
}

/** Without the free stretches at either end, so that a line begun in mid-period falls due when it begins. */
function worthPaying(pieces: readonly Stretch[]): readonly Stretch[] {
  const first = pieces.findIndex((piece) => piece.rateCents > 0);
  if (first < 0) return [];
  let last = pieces.length - 1;
  while (pieces[last]?.rateCents === 0) last--;
  return pieces.slice(first, last + 1);
}

const baseRate = (lease: Lease, line: ChargeType): Cents => (line === RENT ? lease.rentCents : ZERO);

/** The first day not yet charged of a line; undefined when the lease is charged to its end. */
function nextFrom(
  lease: Lease,
  state: Pick<LeaseState, 'periods'>,
  line: ChargeType,
  booksOpenOn: Day,
): Day | undefined {
  const charged = state.periods.filter((period) => period.line === line);
  const last = charged.reduce<Day | undefined>(
    (latest, period) => (!latest || period.until > latest ? period.until : latest),
    undefined,
  );
  let from = last ?? lease.start;
  if (!last && from < booksOpenOn) {
    const period = periodOf(lease, booksOpenOn);
    from = period.from >= booksOpenOn ? period.from : period.until;
  }
  return lease.end && from > lease.end ? undefined : from;
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
    const entry = periodEntry(context, lease, terms, line, from);
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
  line: ChargeType,
  from: Day,
): Entry | undefined {
  const period = periodOf(lease, from);
  const until = lease.end && addDays(lease.end, 1) < period.until ? addDays(lease.end, 1) : period.until;
  const pieces = worthPaying(stretches(terms, line, from, until, baseRate(lease, line)));
  const { amountCents, why } = prorate(lease.proration, lease.frequency, period, pieces, context.currency);
  if (amountCents <= 0) return undefined;
  const first = pieces[0]?.from ?? from;
  const shared = {
    ...baseOf(context, lease),
    key: key(`${line}:${lease.id}:${periodLabel(lease, from)}`),
    day: first,
    amountCents,
    from: first,
    until: pieces[pieces.length - 1]?.until ?? until,
    rateCents: pieces[0]?.rateCents ?? amountCents,
    why,
  };
  if (line === CREDIT_LINE) return { ...shared, kind: 'credit', type: 'concession', items: [] };
  return { ...shared, kind: 'charge', type: line, due: first };
}

/** A charged period that the lease's end or a dated rent change has since made wrong. */
function correction(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  period: ChargedPeriod,
): readonly Entry[] {
  if (period.line === DEPOSIT || period.from === period.until) return [];
  const whole = periodOf(lease, period.from);
  const cut = lease.end && addDays(lease.end, 1) < period.until ? addDays(lease.end, 1) : period.until;
  const end = cut < period.from ? period.from : cut;
  const should = expected(context, lease, terms, period, whole, end);
  const difference = minus(should.amountCents, period.amountCents);
  if (difference === 0 && end === period.until) return [];
  const to = decimal(should.amountCents, context.currency);
  const charged = decimal(period.amountCents, context.currency);
  const ends = end < period.until;
  const shared = {
    ...baseOf(context, lease),
    key: key(`adjust:${period.charge}:${ends ? `ends-${end}` : context.postedAt}:${to}`),
    day: end,
    about: period.charge,
    why: `${charged} was charged from ${period.from} to ${addDays(period.until, -1)}; now ${should.why}`,
  };
  if (difference <= 0) {
    const span = ends ? { from: end, until: period.until } : { from: period.from, until: period.from };
    return [{ ...shared, ...span, kind: 'credit', type: 'adjustment', amountCents: negate(difference), items: [] }];
  }
  return [
    {
      ...shared,
      day: period.from,
      from: period.from,
      until: period.until,
      kind: 'charge',
      type: period.line,
      due: period.from,
      amountCents: difference,
    },
  ];
}

function expected(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  period: ChargedPeriod,
  whole: Period,
  end: Day,
) {
  if (end <= period.from) return { amountCents: ZERO, why: 'the lease ended before it: nothing' };
  const fits = whole.from <= period.from && period.until <= whole.until;
  if (!fits) {
    // The due day has moved since: share what was charged by days, as its own period no longer exists.
    const [days, of] = [daysBetween(period.from, end), daysBetween(period.from, period.until)];
    const amountCents = fraction(period.amountCents, days, of);
    return { amountCents, why: `${decimal(period.amountCents, context.currency)} x ${days}/${of} days` };
  }
  const pieces = stretches(terms, period.line, period.from, end, period.rateCents);
  return prorate(lease.proration, lease.frequency, whole, pieces, context.currency);
}

/** The charged periods as they stand once the corrections are posted. */
function corrected(state: LeaseState, corrections: readonly Entry[]): Pick<LeaseState, 'periods'> {
  const shortened = new Map<Key, Day>();
  for (const entry of corrections)
    if (entry.kind === 'credit' && entry.about && entry.from && entry.until && entry.from < entry.until)
      shortened.set(entry.about, entry.from);
  return {
    periods: state.periods.map((period) => ({ ...period, until: shortened.get(period.charge) ?? period.until })),
  };
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
    const name = [term.type, lease.id, term.from, slug(term.memo)].filter((part) => part !== '').join(':');
    const id = key(name);
    if (posted.has(id) || term.amountCents <= 0) continue;
    posted.add(id);
    const shared = {
      ...baseOf(context, lease),
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
  const shared = { ...baseOf(context, lease), amountCents: lease.depositCents };
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

/**
 * Whether a lease may get these dates: a charge on which money was received may not fall outside them, and an end must lie
 * within the lease. Undefined when it may, else the reason.
 */
export function datesRefused(
  state: LeaseState,
  start: Day,
  end: Day | undefined,
  booked: { readonly start: Day; readonly end?: Day },
): string | undefined {
  if (end && end < start) return `The end ${end} lies before the start ${start}.`;
  if (end && booked.end && end > booked.end)
    return `The end ${end} lies after the lease's end ${booked.end}: extend the lease instead.`;
  const lost = state.charges.find(
    (charge) =>
      charge.type !== DEPOSIT &&
      charge.openCents < charge.totalCents &&
      (charge.due < start || (end !== undefined && charge.due > end)),
  );
  return lost
    ? `Money was received for ${lost.key} (due ${lost.due}), which would fall outside the new dates.`
    : undefined;
}

/** Days in whole periods from start to end inclusive: how many charges a fixed term makes. */
export function periodsWithin(lease: Pick<Lease, 'frequency' | 'dueDay' | 'start'>, end: Day): readonly Period[] {
  const periods: Period[] = [];
  for (let from = lease.start; from <= end && periods.length < PERIODS_AT_ONCE; ) {
    const whole = periodOf(lease, from);
    const until = addDays(end, 1) < whole.until ? addDays(end, 1) : whole.until;
    periods.push({ from, until });
    from = whole.until;
  }
  return periods;
}

/** The same term once more, from the day after its end. */
export function renewedEnd(lease: Pick<Lease, 'frequency' | 'dueDay' | 'start'>, end: Day): Day {
  const count = periodsWithin(lease, end).length;
  let at = addDays(end, 1);
  for (let i = 0; i < count; i++) at = periodOf({ ...lease, start: lease.start }, at).until;
  return addDays(at, -1);
}

export const totalOf = (entries: readonly Entry[]): Cents =>
  entries.reduce((all, entry) => (entry.kind === 'charge' ? plus(all, entry.amountCents) : all), cents(0));
