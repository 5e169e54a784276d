/** Banks that were linked on a web page, where there is no lock: their rows on Links and their lines in the Log are written here. */
import type { Connector } from '../connectors/connector';
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { type Bank, banksOf, keepBank } from '../run/banks';
import { withLock } from '../run/lock';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { LINKS } from '../sheet/schema';

interface News {
  readonly connector: Connector;
  readonly bank: Bank;
}

/** Each bank once. `kept` is all the owner's properties, where they were read at once. */
export function tellLinkedBanks(app: App, kept: Readonly<Record<string, string>>): 'told' | 'busy' {
  const news = app.connectors.flatMap((connector): News[] =>
    connector.banks
      ? banksOf(app, connector, kept)
          .filter((bank) => bank.untold)
          .map((bank) => ({ connector, bank }))
      : [],
  );
  if (news.length === 0) return 'told';
  const written = withLock(app, () => {
    const loaded = loadBook(app.host);
    commit(app.host, loaded, runNow(app), {
      log: news.map(({ connector, bank }) => logLine(runNow(app), 'connection', lineOf(connector, bank))),
      people: news.flatMap((each) => linkRows(loaded, each)),
    });
    return true;
  });
  if (written === 'busy') return 'busy';
  for (const { connector, bank } of news) {
    const { untold: _, ...told } = bank;
    keepBank(app, connector.id, told);
  }
  return 'told';
}

const lineOf = ({ title }: Connector, { name, leaseId }: Bank): string =>
  `${title}: ${name} of ${leaseId ? `lease ${leaseId}` : 'the landlord'} is linked`;

/** A lease is debited through the bank that was linked last: its row is written over, or a new one is added. */
function linkRows({ book }: Loaded, { connector: { id, title }, bank }: News): readonly PeopleWrite[] {
  if (bank.purpose !== 'pay') return [];
  const ofLease = book.links.filter((link) => link.lease === bank.leaseId && link.platform === id);
  const known = ofLease.find((link) => link.kind === 'autopay');
  const cells = {
    'Lease ID': bank.leaseId ?? '',
    Platform: id,
    Kind: 'autopay',
    'External ID': `${bank.item} ${bank.accountId}`,
    Note: `${bank.name}, linked at ${title}`,
  };
  return [{ tab: LINKS, cells, ...(known ? { row: known.row } : {}) }];
}
