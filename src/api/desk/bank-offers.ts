/** Linking a resident's bank, among what can be done for a lease: where a platform collects from banks in its currency. */
import type { Account } from '../../domain/account';
import { type App, accountOf, connectorOf } from '../../run/app';
import { type Bank, banksOf } from '../../run/banks';
import { textOf } from '../../sheet/cells';
import type { Loaded } from '../../sheet/load';
import type { LinkedBankLine } from './connections';

export interface BankOffering {
  readonly platform: string;
  /** The platform's name for people. */
  readonly by: string;
  /** The bank that the lease is collected from now, by name; left out where none is linked. */
  readonly linked?: string;
}

export const isConnected = ({ connections }: Loaded, platform: string): boolean => {
  const state = textOf(connections.find((each) => each.platform === platform)?.cells[1]);
  return state !== '' && state !== 'not connected';
};

/** For the owner only: a page is made with the keys, and they are nobody else's. */
export function bankOffersFor(app: App, loaded: Loaded, { lease, property }: Account): readonly BankOffering[] {
  if (app.person?.role !== 'owner') return [];
  const platforms = app.connectors.filter(({ id, banks }) => banks && isConnected(loaded, id));
  if (platforms.length === 0) return [];
  const kept = app.host.userStore.all();
  return platforms.flatMap((connector): BankOffering[] => {
    if (!connector.banks?.collects(accountOf(app, connector, kept)).includes(property.currency)) return [];
    const row = loaded.book.links.find(
      (link) => link.lease === lease.id && link.platform === connector.id && link.kind === 'autopay',
    );
    const bank = row && banksOf(app, connector, kept).find(({ item }) => row.externalId.startsWith(`${item} `));
    return [{ platform: connector.id, by: connector.title, ...(bank ? { linked: bank.name } : {}) }];
  });
}

const lineOf = ({ item, name, purpose, leaseId }: Bank): LinkedBankLine => ({
  item,
  name,
  purpose,
  ...(leaseId ? { lease: leaseId } : {}),
});

/** The banks that are linked at a platform, as the owner's properties have them; the owner's own come first. */
export function linkedBanks(app: App, platform: string, own: Readonly<Record<string, string>>) {
  const connector = connectorOf(app, platform);
  if (!connector?.banks) return {};
  const lines = banksOf(app, connector, own).map(lineOf);
  const isMine = (line: LinkedBankLine) => line.purpose === 'feed';
  return { banks: [...lines.filter(isMine), ...lines.filter((line) => !isMine(line))] };
}
