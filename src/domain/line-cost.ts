/** What days of a rent period cost on one line of a lease: dated rates, free stretches, and pieces that add up to the cent. */
import { type ChargedPeriod, type ChargeType, type Lease, RENT, type Term } from './book';
import { addDays } from './calendar';
import { decimal, minus, plus, ZERO } from './money';
import type { Period } from './periods';
import { type Prorated, prorate, type Stretch } from './proration';
import type { Cents, Currency, Day, Instant, PropertyName } from './values';

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

/** One line of a lease: rent, parking, a running credit. */
export interface Line {
  readonly context: ChargeContext;
  readonly lease: Lease;
  readonly terms: readonly Term[];
  readonly type: ChargeType;
  /** What a whole period costs where no dated term says otherwise. */
  readonly baseCents: Cents;
}

export const stemOf = (writer: Writer, lease: Lease) => ({
  lease: lease.id,
  property: writer.property,
  currency: writer.currency,
  postedAt: writer.postedAt,
  by: writer.by,
});

export const baseRate = (lease: Lease, line: ChargeType): Cents => (line === RENT ? lease.rentCents : ZERO);

/** What a whole period costs on a day: the latest dated change, else the base; other lines add their running terms. */
export function rateOn(terms: readonly Term[], line: ChargeType, on: Day, baseCents: Cents): Cents {
  if (terms.length === 0) return baseCents;
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
  const bounds: Day[] = [];
  const within = (on: Day) => on > from && on < until && bounds.push(on);
  for (const term of terms) {
    if (term.type !== line || term.every !== 'period') continue;
    within(term.from);
    if (term.until) within(addDays(term.until, 1));
  }
  if (bounds.length === 0) return [{ from, until, rateCents: rateOn(terms, line, from, baseCents) }];
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
  if (pieces.length === 1 && (pieces[0]?.rateCents ?? 0) > 0) return pieces;
  const first = pieces.findIndex((piece) => piece.rateCents > 0);
  if (first < 0) return [];
  let last = pieces.length - 1;
  while (pieces[last]?.rateCents === 0) last--;
  return pieces.slice(first, last + 1);
}

export interface Cost extends Prorated {
  /** The days that cost something, one rate each. */
  readonly pieces: readonly Stretch[];
}

/**
 * The cost of [from, until). Where days of the same period were charged by themselves before, from `begins` on, it is what
 * they leave of the cost of both together: pieces never differ from the whole by a cent or by a method's way of counting.
 */
export function costOf(line: Line, whole: Period, begins: Day, from: Day, until: Day): Cost {
  const own = costUpTo(line, whole, from, until);
  if (begins >= from || own.pieces.length === 0) return own;
  const through = costUpTo(line, whole, begins, until);
  const before = costUpTo(line, whole, begins, from);
  const amountCents = minus(through.amountCents, before.amountCents);
  const money = (amount: Cents) => decimal(amount, line.context.currency);
  const why = `${through.why}, less ${money(before.amountCents)} for the days before ${from} = ${money(amountCents)}`;
  return { amountCents, why, pieces: own.pieces };
}

function costUpTo({ context, lease, terms, type, baseCents }: Line, whole: Period, from: Day, until: Day): Cost {
  const pieces = worthPaying(stretches(terms, type, from, until, baseCents));
  const { amountCents, why } = prorate(lease.proration, lease.frequency, whole, pieces, context.currency);
  return { amountCents, why, pieces };
}

/** Pieces of the same whole period that were charged before a day, first one first. */
export const piecesBefore = (
  periods: readonly ChargedPeriod[],
  type: ChargeType,
  whole: Period,
  from: Day,
): readonly ChargedPeriod[] =>
  periods
    .filter((each) => each.line === type && each.from >= whole.from && each.from < from && each.from < each.until)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
