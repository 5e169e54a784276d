/** Messages that a platform holds until their moment: taken back when they are wanted no more, and sent when that moment has come. */
import type { Connector } from '../connectors/connector';
import type { OutboxRow } from '../domain/book';
import { noLongerWanted } from '../domain/wanted';
import { type App, accountOf, connectorOf, credentialsOf, runNow } from '../run/app';
import { countedFlows } from '../run/flows';
import { withLock } from '../run/lock';
import { NO_LINKS, type PageLinks, pageLinks } from '../run/page-links';
import type { Kept } from '../run/told';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { pausedPlatforms } from './claim';
import { effectOf, vendorKey } from './effect';
import { rowLine } from './row-line';
import { wordsOf } from './send';

/** How many are wanted no more; `busy` where another run writes. A kill in between asks the platform once more, which changes nothing. */
export function recall(app: App, loaded: Loaded, own: Kept): number | 'busy' {
  const now = app.host.clock.now();
  const held = loaded.outbox.filter((row) => row.state === 'scheduled');
  const gone = held
    .filter((row) => row.notBefore <= now)
    .map((row): OutboxRow => ({ ...row, state: 'sent', updatedAt: now }));
  const pageLink = held.length > 0 ? pageLinks(app, own) : NO_LINKS;
  const unwanted = held
    .filter((row) => row.notBefore > now)
    .flatMap((row) => unwantedNow(app, loaded, row, pageLink) ?? []);
  const back = takenBack(app, loaded, own, unwanted);
  if (gone.length + back.length === 0) return 0;
  const written = withLock(app, () => write(app, [...gone, ...back]));
  return written === 'busy' ? 'busy' : back.filter((row) => row.state === 'cancelled').length;
}

interface Unwanted {
  readonly row: OutboxRow;
  readonly why: string;
  /** It waits here again, and leaves at its moment as things stand then. */
  readonly waits: boolean;
}

/** There is time for another look, should this run die: what was taken back is not to be taken for sent. */
const WORDS_MS = 40 * 60_000;

function unwantedNow(app: App, loaded: Loaded, row: OutboxRow, pageLink: PageLinks): Unwanted | undefined {
  const why = noLongerWanted(loaded.book, runNow(app), row) || undefined;
  if (why !== undefined) return { row, why, waits: false };
  if (loaded.book.settings.paused) return { row, why: 'Everything is paused.', waits: true };
  if (pausedPlatforms(loaded).has(row.channel)) return { row, why: `${row.channel} is paused.`, waits: true };
  if (row.notBefore - app.host.clock.now() < WORDS_MS || !saysOther(app, loaded, row, pageLink)) return undefined;
  return { row, why: 'It would say something else by now.', waits: true };
}

/** Part of the rent was paid since, or somebody has changed what it says. */
function saysOther(app: App, loaded: Loaded, row: OutboxRow, pageLink: PageLinks): boolean {
  const { said } = row.payload;
  if (typeof said !== 'string' || !row.lease) return false;
  const words = wordsOf(app, loaded, row, pageLink);
  return 'reason' in words || words.content !== said;
}

function takenBack(app: App, loaded: Loaded, own: Kept, unwanted: readonly Unwanted[]): readonly OutboxRow[] {
  const asks = unwanted.flatMap((one) => {
    const connector = connectorOf(app, one.row.channel);
    const credentials = connector && credentialsOf(app, connector, own);
    const schedule = effectOf(app, one.row)?.schedule;
    if (!connector || !credentials || !schedule) return [];
    const context = contextOf(app, loaded, one.row, connector, own);
    return [{ one, connector, credentials, flow: schedule.cancel(one.row.vendorRef, context) }];
  });
  if (asks.length === 0) return [];
  const results = countedFlows(app, asks);
  return asks.flatMap(({ one }, at) => {
    const result = results[at];
    // What could not be taken back is asked for again at the next poll, until its moment has come.
    return result && 'value' in result && result.value === 'cancelled' ? [backHere(one, app.host.clock.now())] : [];
  });
}

function backHere({ row, why, waits }: Unwanted, at: number): OutboxRow {
  const back = { ...row, fault: `${why} It was taken back.`, updatedAt: at as OutboxRow['updatedAt'] };
  if (!waits) return { ...back, state: 'cancelled' };
  const { said: _, ...payload } = row.payload;
  // Nothing of it is there any more, so that the next try is a first one.
  return { ...back, state: 'ready', attempts: 0, vendorRef: '', payload };
}

const contextOf = (app: App, loaded: Loaded, row: OutboxRow, connector: Connector, own: Kept) => ({
  key: vendorKey(loaded, row),
  payload: row.payload,
  now: app.host.clock.now(),
  account: accountOf(app, connector, own),
  attempt: row.attempts,
});

function write(app: App, rows: readonly OutboxRow[]): true {
  const loaded = loadBook(app.host);
  const held = new Set(loaded.outbox.filter((row) => row.state === 'scheduled').map((row) => row.key));
  const changed = rows.filter((row) => held.has(row.key));
  const places = new Map(loaded.outbox.map((row) => [row.key, row.row]));
  commit(app.host, loaded, runNow(app), {
    outbox: changed.map((row) => ({ ...row, row: places.get(row.key) ?? row.row })),
    log: changed.map((row) => rowLine(app, row)),
  });
  return true;
}
