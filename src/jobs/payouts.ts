/** Payouts of processors, read once a day where a bank account is read too, so that its entries are known for what they are. */
import type { Account, Connector, Flow, Payout } from '../connectors/connector';
import type { KnownPayout, PayoutFacts } from '../domain/payouts';
import { type Cents, currency, type Day, type Instant } from '../domain/values';
import { isFaultError } from '../http/faults';
import { type App, connectorOf } from '../run/app';
import { bankAccount } from '../run/banks';
import { textOf } from '../sheet/cells';
import type { Loaded } from '../sheet/load';
import { payoutsName as nameOf } from './feed-memory';

const EVERY_MS = 23 * 3_600_000;
/** Enough for three months of daily payouts, and well within one property. */
const REMEMBERED = 150;

type Kept = Readonly<Record<string, string>>;
/** Cents, currency and day. */
type Short = readonly [number, string, string];

interface Remembered {
  readonly at: number;
  readonly list: readonly Short[];
}

function remembered(text: string | undefined): Remembered {
  try {
    const value = JSON.parse(text ?? '') as Remembered;
    return Array.isArray(value.list) ? value : { at: 0, list: [] };
  } catch {
    return { at: 0, list: [] };
  }
}

/** Whether a platform is to be asked for its payouts in this poll. */
export function arePayoutsDue(app: App, connector: Connector, kept: Kept): boolean {
  if (!connector.payouts) return false;
  const readsBank = app.connectors.some((each) => each.banks && (bankAccount(app, each, kept).ITEMS ?? '') !== '');
  return readsBank && app.host.clock.now() - remembered(kept[nameOf(connector.id)]).at >= EVERY_MS;
}

/** Undefined where the platform refuses: its receipts are worth more, and it is asked again the next day. */
export function* payoutsRead(
  { payouts }: Connector,
  context: { readonly since: Instant; readonly now: Instant; readonly account: Account },
): Flow<readonly Payout[] | undefined> {
  try {
    return payouts ? yield* payouts(context) : undefined;
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return undefined;
  }
}

/** What was known before stays where nothing new could be read. */
export function keepPayouts(app: App, id: string, read: readonly Payout[] | undefined): void {
  const before = remembered(app.host.userStore.get(nameOf(id))).list;
  const fresh = read?.map((each): Short => [each.amountCents, each.currency, each.arrivalDay]);
  const list = [...(fresh ?? before)].sort((a, b) => (a[2] < b[2] ? -1 : 1)).slice(-REMEMBERED);
  app.host.userStore.set(nameOf(id), JSON.stringify({ at: app.host.clock.now(), list } satisfies Remembered));
}

/** What is known of payouts, for matching. */
export function payoutFacts(app: App, { connections }: Loaded): PayoutFacts {
  const connected = connections
    .filter(({ cells }) => !['', 'not connected'].includes(textOf(cells[1])))
    .flatMap(({ platform }) => connectorOf(app, platform) ?? []);
  const processors = connected.filter((each) => each.group === 'Pay in' && !each.banks);
  return {
    processors: processors.map(({ title }) => title),
    known: processors.filter(({ payouts }) => payouts).flatMap((each) => knownOf(app, each)),
  };
}

const knownOf = (app: App, { id, title }: Connector): readonly KnownPayout[] =>
  remembered(app.host.userStore.get(nameOf(id))).list.map(([amountCents, code, day]) => ({
    by: title,
    amountCents: amountCents as Cents,
    currency: currency(code),
    day: day as Day,
  }));
