/** Differences between a platform and the ledger: what the comparison and people's changes there have opened, and what puts each right. */
import type { TaskRow } from '../../domain/book';
import { OUR_NUMBER } from '../../domain/books';
import { instantOf, localDay } from '../../domain/calendar';
import { driftSince } from '../../domain/drift';
import { toldAgain } from '../../domain/mirror';
import { pictureOf } from '../../domain/picture';
import { NOTHING } from '../../domain/run-book';
import { standingAgain } from '../../domain/telling';
import type { LeaseId } from '../../domain/values';
import { agree, driftOf } from '../../jobs/agree';
import { readAgain } from '../../jobs/poll';
import { deliver } from '../../outbox/deliver';
import { type App, connectorOf, credentialsOf, runNow } from '../../run/app';
import { sharedNow } from '../../run/told';
import { type Loaded, loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { actOnce, BUSY, type Done } from './once';
import type { Applied } from './override';
import type { Refusal } from './told';

export interface Difference {
  readonly task: string;
  readonly title: string;
  readonly detail: string;
  /** False where only a person can tell which side is wrong. */
  readonly fixable: boolean;
}

export const differencesOf = ({ book }: Loaded, platform: string): readonly Difference[] =>
  openDrifts(book.tasks, platform).map(({ key, title, detail }) => ({
    task: key,
    title,
    detail: detail.replace(WHERE_TO_FIX, ''),
    fixable: !detail.endsWith('correct the one that is wrong.'),
  }));

/** A task says where its button is; here it stands beside it. */
const WHERE_TO_FIX = / [^.]+: Connections, Differences, Fix\.$/;

const openDrifts = (tasks: readonly TaskRow[], platform: string): readonly TaskRow[] =>
  tasks.filter((task) => task.state === 'open' && (driftOf(task) ?? pictureOf(task))?.platform === platform);

/**
 * Puts differences of a platform right: payments are read again, books are told again what the ledger says; then both are
 * compared anew, and what agrees is closed.
 */
export function fixDifferences(
  app: App,
  { request, platform }: { readonly request: string; readonly platform: string },
): Applied | Refusal {
  const connector = connectorOf(app, platform);
  if (!connector) return { refused: `There is no platform "${platform}".` };
  if (!credentialsOf(app, connector)) return { refused: `${connector.title} is not connected.` };
  const acted = actOnce(app, request, (acting, loaded) => toldThere(acting, loaded, platform, connector.title));
  if ('refused' in acted) return acted;
  if (!connector.receipts && !connector.books) {
    deliver(app, { platform });
    return acted;
  }
  const { zone } = loadBook(app.host).book.settings;
  const since = instantOf(driftSince(localDay(runNow(app).now, zone)), 0, 0, zone);
  const read = connector.receipts ? readAgain(app, platform, since) : undefined;
  deliver(app, { platform });
  const compared = agree(app, sharedNow(app), platform);
  if (read?.result === 'busy' || compared === 'busy') return BUSY;
  // Nothing is said of agreement where nothing was compared.
  if (!compared) return { refused: `${connector.title} is paused, so nothing was compared.` };
  const [fault] = [...(read?.faults ?? []), ...compared.faults];
  if (fault) return { refused: fault };
  const left = compared.drifts;
  return {
    ...acted,
    says:
      left === 0
        ? `${connector.title} and the ledger agree.`
        : `${left} ${left === 1 ? 'difference is' : 'differences are'} left: look at both, and correct the one that is wrong.`,
  };
}

function toldThere(app: App, loaded: Loaded, platform: string, title: string): Done {
  const mirror = (loaded.book.mirrors ?? []).find((each) => each.platform === platform);
  const numbers = openDrifts(loaded.book.tasks, platform).flatMap((task) => OUR_NUMBER.exec(task.key)?.[0] ?? []);
  const run = runNow(app);
  const leases = openDrifts(loaded.book.tasks, platform).flatMap((task) => {
    const of = pictureOf(task);
    return of ? [{ task: task.key, lease: of.lease as LeaseId }] : [];
  });
  const intents = [
    ...(mirror ? [...new Set(numbers)].flatMap((number) => toldAgain(loaded.book, run, mirror, number) ?? []) : []),
    ...[...new Set(leases.map(({ lease }) => lease))].flatMap(
      (lease) => standingAgain(loaded.book, run, platform, lease) ?? [],
    ),
  ];
  if (intents.length > 0) effectsComing(app);
  const ordered = [...intents].sort((a, b) => a.urgency - b.urgency);
  const closedTasks = leases.map(({ task }) => ({ key: task, outcome: 'Told again.' }));
  const decision = { ...NOTHING, intents: ordered, closedTasks };
  return { changes: { decision }, applied: { done: true, says: `${title}: differences are put right`, keys: [] } };
}
