/** The line of the Log about one row of the Outbox. */
import type { LogLine, OutboxRow } from '../domain/book';
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';

/** `stamp` says in which template's version and with what content a message left. */
export function rowLine(app: App, row: OutboxRow, stamp?: string): LogLine {
  const what = `${row.state} ${row.kind} by ${row.channel} to ${row.to}${row.fault ? `: ${row.fault}` : ''}${stamp ? ` (${stamp})` : ''}`;
  return logLine(runNow(app), `effect ${row.state}`, what, {
    ...(row.lease ? { lease: row.lease } : {}),
    key: row.key,
    after: row.vendorRef,
  });
}
