/**
 * Linking a bank on a platform's own page: the owner's account to read, or a resident's to collect from. Whoever was on the page
 * comes back to our web address, or the owner asks how it ended.
 */
import type { Connector, Flow, LinkedBank } from '../connectors/connector';
import { key, type LeaseId } from '../domain/values';
import { type FlowResult, runFlows } from '../http/client';
import { askSoon } from '../jobs/feed-memory';
import { continueLater } from '../jobs/later';
import { tellLinkedBanks } from '../jobs/linked-banks';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, errorText } from '../run/app';
import { banksOf, endedWith, keepBank, keepEnded } from '../run/banks';
import { loadBook } from '../sheet/load';
import { noLease, placeFor } from './account';
import { noPlatform } from './connect';
import type { Refusal } from './desk/told';
import type { SignedIn } from './sign-in';

export interface BankLinkBegun {
  /** The platform's page. */
  readonly open: string;
  /** To ask with how it ended. */
  readonly link: string;
}

export interface BankLinkEnded {
  /** Bank, account and its last digits; left out while nobody has come to the end of the page. */
  readonly linked?: string;
}

interface Waiting {
  readonly state: string;
  readonly platform: string;
  readonly purpose: 'feed' | 'pay';
  readonly lease?: string;
  readonly item?: string;
  /** The platform's own name for this page. */
  readonly token: string;
  readonly until: number;
  /** Its page, and the request of the resident's page that began it. */
  readonly open?: string;
  readonly request?: string;
}

interface Asked {
  readonly platform: string;
  readonly purpose: 'feed' | 'pay';
  readonly lease?: string | undefined;
  readonly item?: string | undefined;
  /** A resident's: the same one gets the same page. */
  readonly request?: string | undefined;
}

const STATE = 'bank';
const SOON_MS = 1000;
const waitingName = (state: string): string => `secret:bank-link:${state}`;
/** A resident may take days; the owner sits before the page. */
const VALID_MS = { feed: 3_600_000, pay: 8 * 86_400_000 } as const;

/** What comes back to our web address is the end of a page on which a bank was linked. */
export const isBankLink = (state: string | undefined): state is string => /^bank[0-9a-f]{64}$/.test(state ?? '');

/** Asks the platform for a page. What waits for its end is remembered; nothing else is. */
export function beginBankLink(app: App, asked: Asked): BankLinkBegun | Refusal {
  const connector = connectorOf(app, asked.platform);
  if (!connector) return { refused: noPlatform(asked.platform) };
  const credentials = credentialsOf(app, connector);
  if (!connector.banks) return { refused: `${connector.title} links no bank accounts.` };
  if (!credentials) return { refused: `${connector.title} is not connected.` };
  const place = asked.lease ? placeFor(app, loadBook(app.host).book, asked.lease) : undefined;
  if (asked.purpose === 'pay' && !place) return { refused: noLease(asked.lease ?? '') };
  if (asked.item && !banksOf(app, connector).some((bank) => bank.item === asked.item))
    return { refused: `${connector.title} has no linked bank of that name here.` };
  const before = asked.request ? begunBy(app, asked.request) : undefined;
  if (before?.open) return { open: before.open, link: before.state };
  const state = `${STATE}${app.host.digest.uuid()}${app.host.digest.uuid()}`.replace(/-/g, '');
  const begun = ran(
    app,
    connector,
    connector.banks.begin({
      purpose: asked.purpose,
      name: place?.lease.residents || 'Rent Ledger',
      redirect: app.host.session.webAddress(),
      state,
      key: key(`bank:${state}`),
      account: accountOf(app, connector),
      ...(place ? { leaseId: place.lease.id } : {}),
      ...(asked.item ? { item: asked.item } : {}),
    }),
  );
  if ('fault' in begun) return { refused: begun.fault.message };
  remember(app, {
    state,
    platform: connector.id,
    purpose: asked.purpose,
    token: begun.value.token,
    until: app.host.clock.now() + VALID_MS[asked.purpose],
    ...(place ? { lease: place.lease.id } : {}),
    ...(asked.item ? { item: asked.item } : {}),
    ...(asked.request ? { open: begun.value.open, request: asked.request } : {}),
  });
  return { open: begun.value.open, link: state };
}

const waitingAll = (app: App, kept: Readonly<Record<string, string>>): readonly Waiting[] =>
  Object.entries(kept)
    .flatMap(([name, text]) => (name.startsWith(waitingName('')) ? (waitingIn(text) ?? []) : []))
    .filter(({ until }) => until > app.host.clock.now());

const begunBy = (app: App, request: string): Waiting | undefined =>
  waitingAll(app, app.host.userStore.all()).find((each) => each.request === request);

/** Pages that residents have begun to link a bank for their lease, and not ended. */
export const waitingBanks = (app: App, kept: Readonly<Record<string, string>>) =>
  waitingAll(app, kept).flatMap(({ platform, lease, open }) =>
    lease && open ? [{ platform, lease: lease as LeaseId, url: open }] : [],
  );

/** A resident who wants no autopay ends nothing by a page that was begun before. */
export function forgetWaitingBanks(app: App, lease: LeaseId): void {
  for (const each of waitingAll(app, app.host.userStore.all()))
    if (each.purpose === 'pay' && each.lease === lease) app.host.userStore.remove(waitingName(each.state));
}

function ran<T>(app: App, connector: Connector, flow: Flow<T>): FlowResult<T> {
  const credentials = credentialsOf(app, connector) ?? {};
  const [result] = runFlows<T>([{ connector, credentials, flow }], clientDeps(app)).results;
  if (!result) throw new Error('Rent Ledger bug: one flow gives one result');
  return result;
}

/** Pages that nobody came back from are forgotten when a new one is begun. */
function remember(app: App, waiting: Waiting): void {
  for (const [name, text] of Object.entries(app.host.userStore.all())) {
    if (!name.startsWith(waitingName(''))) continue;
    if ((waitingIn(text)?.until ?? 0) < app.host.clock.now()) app.host.userStore.remove(name);
  }
  app.host.userStore.set(waitingName(waiting.state), JSON.stringify(waiting));
}

function waitingIn(text: string | undefined): Waiting | undefined {
  try {
    const value = JSON.parse(text ?? '') as Waiting;
    return typeof value.token === 'string' && typeof value.until === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

const NOT_KNOWN = 'This link to a bank was not begun here, or has been used or has expired. Begin again.';

/** For whoever began it: the page may have ended it by itself meanwhile, which is told as often as it is asked. */
export function endBankLink(app: App, { link }: { readonly link: string }): BankLinkEnded | Refusal {
  const linked = isBankLink(link) ? endedWith(app, link) : undefined;
  return linked ? { linked } : ended(app, link);
}

/** Looks whether the page was finished, and keeps the bank if so: once, whoever asks first. */
function ended(app: App, link: string): BankLinkEnded | Refusal {
  const waiting = isBankLink(link) ? waitingIn(app.host.userStore.get(waitingName(link))) : undefined;
  const connector = waiting && connectorOf(app, waiting.platform);
  if (!waiting || !connector?.banks || waiting.until < app.host.clock.now()) return { refused: NOT_KNOWN };
  const came = ran(app, connector, connector.banks.finish(waiting.token, accountOf(app, connector), waiting.item));
  if ('fault' in came) return { refused: came.fault.message };
  return came.value ? { linked: keep(app, connector, waiting, came.value) } : {};
}

/** The secret first, for the platform gives it once only; the workbook is told now, or by a run that gets the lock. */
function keep(app: App, connector: Connector, waiting: Waiting, linked: LinkedBank): string {
  const before = banksOf(app, connector).find(({ item }) => item === linked.item);
  const lease = before ? before.leaseId : waiting.lease;
  keepBank(app, connector.id, {
    ...linked,
    secret: linked.secret || (before?.secret ?? ''),
    purpose: before?.purpose ?? waiting.purpose,
    untold: true,
    ...(lease ? { leaseId: lease } : {}),
  });
  app.host.userStore.remove(waitingName(waiting.state));
  keepEnded(app, waiting.state, linked.name);
  askSoon(app, connector.id);
  if (tellLinkedBanks(app, app.host.userStore.all()) === 'busy') continueLater(app, SOON_MS);
  return linked.name;
}

/** Somebody comes back from the page: the owner, or a resident, who is told nothing of the ledger. */
export function endBankPage(app: App, state: string): SignedIn {
  try {
    const came = ended(app, state);
    if ('refused' in came) return { title: 'The bank is not linked', text: came.refused, good: false };
    if (came.linked)
      return { title: 'The bank is linked', text: `${came.linked}. You can close this page.`, good: true };
    return {
      title: 'The bank is not linked',
      text: 'The page was left before its end. Open the link again.',
      good: false,
    };
  } catch (error) {
    app.host.note(`bank link: ${errorText(error)}`);
    return { title: 'The bank is not linked', text: 'Something went wrong here. Open the link again.', good: false };
  }
}
