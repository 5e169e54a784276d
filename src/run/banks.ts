/** Banks that people have linked at a platform, one of the owner's properties for each: the secret, and whose account it is. */
import type { Account, Connector, Credentials } from '../connectors/connector';
import type { App } from './app';

type Kept = Readonly<Record<string, string>>;

export interface Bank {
  readonly item: string;
  readonly secret: string;
  /** For people: bank, account and its last digits. */
  readonly name: string;
  readonly accountId: string;
  readonly purpose: 'feed' | 'pay';
  readonly leaseId?: string;
  /** The workbook does not tell of it yet. */
  readonly untold?: true;
}

/** As connectors name it in a request, in place of the secret. */
const ITEM = 'ITEM_';
const prefixOf = (platform: string): string => `secret:${platform}:${ITEM}`;

function bankIn(text: string): Bank | undefined {
  try {
    const value = JSON.parse(text) as Bank;
    return typeof value.item === 'string' && typeof value.secret === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `kept` is all the owner's properties, where they were read at once. */
export function banksOf(app: App, connector: Connector, kept: Kept = app.host.userStore.all()): readonly Bank[] {
  const prefix = prefixOf(connector.id);
  const names = Object.keys(kept).filter((name) => name.startsWith(prefix));
  return names.sort().flatMap((name) => bankIn(kept[name] ?? '') ?? []);
}

/** The secrets of linked banks as members of the credentials; none where the platform links no banks. */
export const bankSecrets = (app: App, connector: Connector, kept?: Kept): Credentials =>
  connector.banks
    ? Object.fromEntries(banksOf(app, connector, kept).map(({ item, secret }) => [ITEM + item, secret]))
    : {};

/** Which banks are to be read, as a member of the account. */
export function bankAccount(app: App, connector: Connector, kept?: Kept): Account {
  if (!connector.banks) return {};
  const read = banksOf(app, connector, kept).filter(({ purpose }) => purpose === 'feed');
  return { ITEMS: read.map(({ item }) => item).join(',') };
}

export const keepBank = (app: App, platform: string, bank: Bank): void =>
  app.host.userStore.set(prefixOf(platform) + bank.item, JSON.stringify(bank));

/** How the last links ended, by the state they were begun with: whoever began one asks after the page has ended it. */
const ENDED = 'banks-linked';
const ENDED_MAX = 5;

function endedLinks(app: App): readonly (readonly [state: string, bank: string])[] {
  try {
    const value: unknown = JSON.parse(app.host.userStore.get(ENDED) ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

export const keepEnded = (app: App, state: string, bank: string): void =>
  app.host.userStore.set(ENDED, JSON.stringify([[state, bank], ...endedLinks(app)].slice(0, ENDED_MAX)));

/** The name of the bank that a link has ended with; undefined where it has not, or long ago. */
export const endedWith = (app: App, state: string): string | undefined =>
  endedLinks(app).find(([known]) => known === state)?.[1];

/** Its secret opens nothing any more. */
export const forgetBank = (app: App, platform: string, item: string): void =>
  app.host.userStore.remove(prefixOf(platform) + item);

export function forgetBanks(app: App, platform: string): void {
  app.host.userStore.remove(ENDED);
  for (const name of Object.keys(app.host.userStore.all()))
    if (name.startsWith(prefixOf(platform))) app.host.userStore.remove(name);
}
