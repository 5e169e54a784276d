/** Messages that a platform holds until their moment: taken back when they are wanted no more, and sent when that moment has come. */
import type { Connector } from '../connectors/connector';
import type { OutboxRow } from '../domain/book';
import { runFlows } from '../http/client';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, runNow } from '../run/app';
import { callCounter } from '../run/calls';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { rowLine } from './row-line';
import { effectOf, vendorKey } from './send';
import { noLongerWanted } from './wanted';

/** How many were taken back; `busy` where another run writes. A kill in between asks the platform once more, which changes nothing. */
export function recall(app: App, loaded: Loaded): number | 'busy' {
  const now = app.host.clock.now();
  const held = loaded.outbox.filter((row) => row.state === 'scheduled');
  const gone = held
    .filter((row) => row.notBefore <= now)
    .map((row): OutboxRow => ({ ...row, state: 'sent', updatedAt: now }));
  const unwanted = held.flatMap((row) => {
    const why = row.notBefore > now ? noLongerWanted(loaded.book, runNow(app), row) : undefined;
    return why === undefined ? [] : [{ row, why }];
  });
  const back = takenBack(app, loaded, unwanted);
  if (gone.length + back.length === 0) return 0;
  const written = withLock(app, () => write(app, [...gone, ...back]));
  return written === 'busy' ? 'busy' : back.length;
}

interface Unwanted {
  readonly row: OutboxRow;
  readonly why: string;
}

function takenBack(app: App, loaded: Loaded, unwanted: readonly Unwanted[]): readonly OutboxRow[] {
  const own = app.host.userStore.all();
  const asks = unwanted.flatMap((one) => {
    const connector = connectorOf(app, one.row.channel);
    const credentials = connector && credentialsOf(app, connector, own);
    const schedule = effectOf(app, one.row)?.schedule;
    if (!connector || !credentials || !schedule) return [];
    const context = contextOf(app, loaded, one.row, connector);
    return [{ one, connector, credentials, flow: schedule.cancel(one.row.vendorRef, context) }];
  });
  if (asks.length === 0) return [];
  const counter = callCounter(app, own);
  const { results, calls } = runFlows(asks, clientDeps(app, counter.of));
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  return asks.flatMap(({ one: { row, why } }, at) => {
    const result = results[at];
    // What could not be taken back is asked for again at the next poll, until its moment has come.
    if (!result || !('value' in result) || result.value !== 'cancelled') return [];
    return [
      { ...row, state: 'cancelled' as const, fault: `${why} It was taken back.`, updatedAt: app.host.clock.now() },
    ];
  });
}

const contextOf = (app: App, loaded: Loaded, row: OutboxRow, connector: Connector) => ({
  key: vendorKey(loaded, row),
  payload: row.payload,
  now: app.host.clock.now(),
  account: accountOf(app, connector),
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
