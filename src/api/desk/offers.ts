/** What connected platforms can do for a lease: pay links, subscriptions, saved methods; a manager asks, the Outbox does it. */
import type { Connector, Offer } from '../../connectors/connector';
import type { Account } from '../../domain/account';
import { type LeaseOffer, leaseOffer, offerIntent, pageIn, termsFor } from '../../domain/collect';
import { autopayLinks } from '../../domain/collectors';
import { leaseById } from '../../domain/run-book';
import { type Key, key } from '../../domain/values';
import { deliver } from '../../outbox/deliver';
import { type App, connectorOf } from '../../run/app';
import { type Loaded, loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { accountOf, noLease } from '../account';
import { isConnected } from './bank-offers';
import { cameToNothing } from './ended';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import type { Money, Refusal } from './told';
import { moneyOf } from './words';

export interface LeaseOffering {
  readonly platform: string;
  /** The platform's name for people. */
  readonly by: string;
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  readonly amount: Money;
  /** A document that goes out for signature: its page at the platform is the manager's, and not the resident's. */
  readonly document?: true;
  /** What the manager writes with it. */
  readonly asks?: { readonly label: string; readonly help: string };
}

/** What may be asked for this lease now: of platforms that are connected, where the Links tab allows it. */
export function offersFor(app: App, loaded: Loaded, lease: string): readonly LeaseOffering[] {
  const account = accountOf(loaded, app, lease);
  if (!account) return [];
  return app.connectors.flatMap((connector) =>
    isConnected(loaded, connector.id)
      ? (connector.offers ?? []).flatMap((offer) => {
          const payload = offered(account, connector, offer);
          if (closedFor(loaded, connector, offer, payload) || nothingOwed(offer, payload)) return [];
          const amount = moneyOf(payload.amountCents, payload.currency);
          const { kind, title, says, asks } = offer;
          const about = connector.group === DOCUMENTS ? { document: true as const } : {};
          const by = connector.title;
          return [{ platform: connector.id, by, kind, title, says, amount, ...about, ...(asks ? { asks } : {}) }];
        })
      : [],
  );
}

const DOCUMENTS: Connector['group'] = 'Documents';

/** Documents say what was agreed, and who signs. */
function offered(account: Account, connector: Connector, offer: Offer, note = ''): LeaseOffer {
  const payload = leaseOffer(account, offer.amount, connector.id);
  return {
    ...payload,
    ...(connector.group === DOCUMENTS ? { terms: termsFor(account) } : {}),
    ...(offer.asks ? { note } : {}),
  };
}

const nothingOwed = (offer: Offer, { amountCents }: LeaseOffer): boolean => offer.amount !== 'none' && amountCents <= 0;

/** Why an offer is not made for a lease; undefined while it is. */
function closedFor({ book }: Loaded, connector: Connector, offer: Offer, payload: LeaseOffer): string | undefined {
  const { needs, unless, currencies, notMirrored } = offer;
  const { title, group, id } = connector;
  if (currencies && !currencies.includes(payload.currency)) return `${title} does not do that in ${payload.currency}.`;
  if (notMirrored && book.mirrors?.some((mirror) => mirror.platform === id))
    return `${title} is told of every charge by this ledger: it would bill the rent twice.`;
  // A second processor would collect the same rent.
  const lease = leaseById(book, payload.leaseId);
  const others = lease && group === 'Pay in' && unless === 'autopay' ? autopayLinks({ book, lease }) : [];
  const isOpen =
    (needs === undefined || payload[needs] !== undefined) && (unless === undefined || payload[unless] === undefined);
  if (isOpen && others.length === 0) return undefined;
  return `${title} cannot do that for this lease: look at its rows on the Links tab.`;
}

interface Asked {
  readonly request: string;
  readonly lease: string;
  readonly platform: string;
  readonly kind: string;
  readonly note?: string | undefined;
}

/** Asks the platform once. The owner's wish leaves at once; anybody else's with the owner's next run. */
export function askPlatform(app: App, asked: Asked): (Applied & { readonly link?: string }) | Refusal {
  const acted = actOnce(app, asked.request, (acting, loaded) => wanted(acting, loaded, asked));
  if ('refused' in acted || app.person?.role !== 'owner') return acted;
  const id = keyOf(asked);
  deliver(app, id);
  return { ...acted, ...outcome(app, id) };
}

const keyOf = ({ platform, kind, lease, request }: Asked): Key => key(`offer:${platform}:${kind}:${lease}:${request}`);

function wanted(app: App, loaded: Loaded, asked: Asked): Done | Refusal {
  const connector = connectorOf(app, asked.platform);
  const account = accountOf(loaded, app, asked.lease);
  const offer = connector?.offers?.find((each) => each.kind === asked.kind);
  if (!account) return { refused: noLease(asked.lease) };
  if (!connector || !offer) return { refused: `${asked.platform} has nothing called "${asked.kind}".` };
  if (!isConnected(loaded, connector.id)) return { refused: `${connector.title} is not connected.` };
  const note = asked.note?.trim().slice(0, 500) ?? '';
  if (offer.asks && note === '') return { refused: `${offer.title} needs ${offer.asks.label}.` };
  const payload = offered(account, connector, offer, note);
  const refused = closedFor(loaded, connector, offer, payload) ?? notReady(connector, offer, payload);
  if (refused) return { refused };
  effectsComing(app);
  const intent = offerIntent(account, { ...asked, title: offer.title }, payload);
  const says = `${connector.title}: ${offer.title} for ${asked.lease} is in the Outbox, and is done with the owner's next run.`;
  const decision = { entries: [], receipts: [], intents: [intent], tasks: [], closedTasks: [], log: [] };
  return { changes: { decision }, applied: { done: true, says, keys: [] } };
}

function notReady(connector: Connector, offer: Offer, payload: LeaseOffer): string | undefined {
  if (nothingOwed(offer, payload)) return 'Nothing is owed: there is nothing to pay.';
  if (connector.group !== DOCUMENTS && !/^https:\/\//.test(payload.successUrl))
    return 'Write an https address under "Pay link returns to" on the Settings tab: the page a resident sees after paying.';
  return undefined;
}

function outcome(app: App, id: Key): { readonly says?: string; readonly link?: string } | Refusal {
  const row = loadBook(app.host).outbox.find((each) => each.key === id);
  const nothing = cameToNothing(row);
  if (nothing) return nothing;
  if (row?.state !== 'sent') return {};
  const link = pageIn(row.vendorRef);
  return { says: `${row.subject}: done.`, ...(link ? { link } : {}) };
}
