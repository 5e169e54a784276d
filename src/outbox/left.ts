/** Rows that a run left in `sending` when it died: sent, not begun, or unsure, by what was noted while they left. */
import type { OutboxRow } from '../domain/book';
import { type App, accountOf, connectorOf } from '../run/app';
import type { Kept } from '../run/told';
import { markedAhead } from './ahead';
import { effectOf, onceOf } from './effect';
import { type Flight, inFlight } from './flight';
import { saidBefore } from './said';
import { triedToo } from './tries';

/** Its effect asks for what is there before it does anything twice. */
export function mayRepeat(app: App, row: OutboxRow, own: Kept): boolean {
  const connector = connectorOf(app, row.channel);
  const effect = effectOf(app, row);
  if (row.channel === 'gmail' || !connector || !effect) return false;
  return onceOf(effect, accountOf(app, connector, own)) !== 'ask';
}

export interface Left {
  readonly row: OutboxRow;
  /** For the Log: what it says, where it may have left. */
  readonly stamp?: string | undefined;
}

export function leftovers(app: App, outbox: readonly OutboxRow[], own: Kept): readonly Left[] {
  const rows = outbox.filter((row) => row.state === 'sending');
  if (rows.length === 0) return [];
  const flight = inFlight(app);
  const said = saidBefore(own);
  return rows.map((each) => {
    const row = landed(app, flight, { ...each, payload: triedToo(each, said.get(each.key)) }, own);
    return { row, stamp: row.state === 'ready' ? undefined : flight.said.get(row.key) };
  });
}

function landed(app: App, flight: Flight, row: OutboxRow, own: Kept): OutboxRow {
  const updatedAt = app.host.clock.now();
  const ref = flight.sent.get(row.key);
  if (ref !== undefined) return { ...row, state: 'sent', vendorRef: ref, updatedAt };
  if (mayRepeat(app, row, own)) {
    const fault = 'The run ended while this was being sent.';
    return markedAhead({ ...row, state: 'ready', fault, updatedAt }, row.notBefore > updatedAt);
  }
  const begun = flight.sending.has(row.key) || !flight.claimed.has(row.key);
  if (!begun) return { ...row, state: 'ready', updatedAt };
  return {
    ...row,
    state: 'unsure',
    fault: 'The run ended while this was being sent. Look whether it arrived, then mark it sent or send it again.',
    updatedAt,
  };
}
