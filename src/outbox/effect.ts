/** What a row of the Outbox asks for: its effect, with what that needs, and its name at the vendor. */
import type { Account, Connector, Credentials, Effect } from '../connectors/connector';
import type { Once, OutboxRow } from '../domain/book';
import { wayOf } from '../domain/legs';
import { type Key, key } from '../domain/values';
import { type App, connectorOf, credentialsOf, webhookOf } from '../run/app';
import type { Kept } from '../run/told';
import type { Loaded } from '../sheet/load';
import type { GoodFor } from './pay-links';

/** Of a platform, or for an alert the webhook of the row's property; undefined when they are not there. */
export function credentialsFor(app: App, connector: Connector, row: OutboxRow, own: Kept): Credentials | undefined {
  if (connector.id !== 'slack') return credentialsOf(app, connector, own);
  if (row.kind !== ALERT) {
    const entered = credentialsOf(app, connector, own);
    return entered?.SLACK_BOT_TOKEN ? entered : undefined;
  }
  const url = webhookOf(row.property ?? '*', own);
  return url ? { SLACK_WEBHOOK_URL: url } : undefined;
}

/** The line that a property's Slack webhook gets. */
const ALERT = 'alert';

/** What a row asks for; undefined when nothing here can do it. */
export function effectOf(app: App, row: OutboxRow): Effect | undefined {
  const effects = connectorOf(app, row.channel)?.effects;
  const way = wayOf(row);
  if (way !== undefined) return effects?.[way === 'email' ? 'mail' : 'text'];
  return effects?.[row.channel === 'slack' && row.kind === ALERT ? 'post' : row.kind];
}

/** How an effect stays once at this account. */
export const onceOf = (effect: Effect, account: Account): Once => effect.onceFor?.(account) ?? effect.once;

/** For how long the page of a pay link is good, as its platform has it. */
export const goodForOf =
  (app: App): GoodFor =>
  (row) =>
    effectOf(app, row)?.goodForMs;

/** A copy of the file has the same keys: the workbook's id keeps the two apart at the vendor. */
export const vendorKey = ({ marks }: Loaded, row: OutboxRow): Key => key(`${marks.workbookId.slice(0, 16)}:${row.key}`);
