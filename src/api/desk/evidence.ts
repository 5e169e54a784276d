/** The evidence packet of one lease, made for the manager: all about it in two files, and a line of the Log that tells of them. */
import { localDay, parseDay } from '../../domain/calendar';
import { packetCsv } from '../../domain/packet/csv';
import { packetHtml } from '../../domain/packet/html';
import { coverFact } from '../../domain/packet/parts';
import { type Sealed, seal } from '../../domain/packet/seal';
import type { Day, Instant, Key, LeaseId } from '../../domain/values';
import { logLine } from '../../domain/wishes';
import { type App, runNow } from '../../run/app';
import { withLock } from '../../run/lock';
import { instantFrom, textOf } from '../../sheet/cells';
import { commit } from '../../sheet/commit';
import { type Loaded, loadBook } from '../../sheet/load';
import { noLease, placeFor } from '../account';
import { BUSY, lastLogRows, runIdOf } from './once';
import { askedOf } from './packet/asked';
import { packetOf } from './packet/packet';
import { effectsOf, ledgerOf, linesOf, receiptsOf, TooLong } from './packet/read';
import type { Refusal } from './told';

export interface Evidence {
  /** `evidence-L-1-2026-12-01`: of both files, without the ending. */
  readonly name: string;
  readonly html: string;
  readonly csv: string;
  readonly digest: string;
  readonly says: string;
}

const KIND = 'packet';
/** What one call can carry, with room to spare; a larger packet takes a shorter period. */
const CHARACTERS_MAX = 4_500_000;
const ROWS_BACK = 200;

export function evidence(
  app: App,
  args: {
    readonly lease: string;
    readonly request: string;
    readonly from?: string | undefined;
    readonly until?: string | undefined;
  },
): Evidence | Refusal {
  const acting: App = { ...app, run: { ...app.run, id: runIdOf(args.request) } };
  const period = periodIn(args);
  if ('refused' in period) return period;
  const loaded = loadBook(acting.host);
  const place = placeFor(acting, loaded.book, args.lease);
  if (!place) return { refused: noLease(args.lease) };
  const said = toldBefore(acting, loaded);
  const madeAt = said?.at ?? runNow(acting).now;
  const made = madeOf(acting, loaded, place, { period, madeAt });
  if ('refused' in made) return made;
  const { sealed, html } = made;
  const says = madeWords(sealed, place.lease.id);
  if (said?.key !== keyOf(sealed) && tell(acting, sealed, { lease: place.lease.id, says, madeAt }) === 'busy')
    return BUSY;
  const day = localDay(madeAt, place.property.zone);
  const name = `evidence-${place.lease.id.replace(/[^\w-]+/g, '-')}-${day}`;
  return { name, html, csv: packetCsv(sealed), digest: sealed.digest, says };
}

/** Under this key the Log tells of a packet. */
export const keyOf = ({ digest }: Pick<Sealed, 'digest'>): Key => `packet:${digest}` as Key;

function periodIn({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): Wanted['period'] | Refusal {
  const [first, last] = [from ? parseDay(from) : undefined, until ? parseDay(until) : undefined];
  if ((from && !first) || (until && !last)) return { refused: `"${first ? until : from}" is not a date.` };
  if (first && last && last < first) return { refused: 'The last day lies before the first one.' };
  return { from: first, until: last };
}

interface Wanted {
  readonly period: { readonly from: Day | undefined; readonly until: Day | undefined };
  readonly madeAt: Instant;
}

function madeOf(
  app: App,
  loaded: Loaded,
  place: NonNullable<ReturnType<typeof placeFor>>,
  { period, madeAt }: Wanted,
): { readonly sealed: Sealed; readonly html: string } | Refusal {
  const { id } = place.lease;
  try {
    const packet = packetOf({
      place,
      period,
      ledger: ledgerOf(app, loaded, id),
      receipts: receiptsOf(app, loaded, id),
      effects: effectsOf(app, loaded, id),
      tasks: loaded.book.tasks.filter(({ lease }) => lease === id),
      lines: linesOf(app, loaded, id).filter(({ cells }) => textOf(cells[3]) !== app.run.id),
      asked: askedOf(app, loaded, place),
      madeBy: app.run.by,
      madeAt,
    });
    const sealed = seal(packet);
    const html = packetHtml(sealed);
    return html.length > CHARACTERS_MAX ? { refused: TOO_LONG } : { sealed, html };
  } catch (error) {
    if (error instanceof TooLong) return { refused: TOO_LONG };
    throw error;
  }
}

const TOO_LONG = 'There is more about this lease than one packet holds. Choose a shorter period and make several.';

const madeWords = ({ packet, digest }: Sealed, lease: string): string =>
  `Evidence packet of ${lease}, ${coverFact(packet, 'Period')}: ${packet.ledger.length} ledger rows, ${packet.log.length} log lines, ` +
  `contents digest ${digest}`;

/** A second click finds what the first has told. */
function toldBefore(
  app: App,
  { marks }: Loaded,
): { readonly at: Instant | undefined; readonly key: string } | undefined {
  const mine = lastLogRows(app, marks.logRows, ROWS_BACK).find(
    (cells) => textOf(cells[3]) === app.run.id && textOf(cells[5]) === KIND,
  );
  return mine && { at: instantFrom(mine[1]), key: textOf(mine[9]) };
}

interface Telling {
  readonly lease: LeaseId;
  readonly says: string;
  readonly madeAt: Instant;
}

/** The Log tells of every packet that was handed out: by that a file is known again. */
function tell(app: App, sealed: Sealed, { lease, says, madeAt }: Telling): 'told' | 'busy' {
  return withLock(app, () => {
    const more = { lease, key: keyOf(sealed) };
    const run = { ...runNow(app), now: madeAt };
    commit(app.host, loadBook(app.host), run, { log: [logLine(run, KIND, says, more)] });
    return 'told' as const;
  });
}
