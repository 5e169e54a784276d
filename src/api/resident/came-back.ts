/** A resident comes back from a processor's page: what happened there is asked for soon, and believed from nobody but the processor. */
import type { Account } from '../../domain/account';
import { adoptTakes } from '../../domain/autopay-ended';
import type { Intent, OutboxRow } from '../../domain/book';
import { leaseOffer } from '../../domain/collect';
import { autopayLinks } from '../../domain/collectors';
import { isAwaited, isPayPage, looksPaid, residentIntent } from '../../domain/pay-pages';
import { NOTHING, rowsOfLease } from '../../domain/run-book';
import { type Key, key } from '../../domain/values';
import { askSoon } from '../../jobs/feed-memory';
import { continueLater } from '../../jobs/later';
import { deliver } from '../../outbox/deliver';
import { type App, runNow } from '../../run/app';
import { withLock } from '../../run/lock';
import { commit } from '../../sheet/commit';
import { effectsComing } from '../../sheet/outbox-hint';
import { underLock } from './acting';
import { setupOpen } from './autopay-view';
import { asResident } from './click';
import type { OneLease } from './lease';

const SOON_MS = 1000;
const DAY_MS = 86_400_000;
/** A page that is reloaded again and again asks once in so long. */
const AGAIN_MS = 60_000;

/** The next poll asks this platform, and comes within a minute; however often it is told so, one run comes. */
export function lookSoon(app: App, platform: string): void {
  askSoon(app, platform);
  continueLater(app, SOON_MS);
}

/** By the `view` that the address of the page bears; any other one says nothing. */
export function cameBack(app: App, one: OneLease, view: string | undefined): void {
  if (view === 'paid') cameFromPaying(app, one);
  if (view === 'saved') cameFromAgreeing(app, one);
}

/** After a page to pay on. Nothing is written; nothing happens where no such page of the lease is open. */
function cameFromPaying(app: App, { account }: Pick<OneLease, 'account'>): void {
  const { book, lease, run } = account;
  const pages = rowsOfLease(book.outbox ?? [], lease.id).filter(
    (row) => isPayPage(row) && row.state === 'sent' && run.now - row.updatedAt < DAY_MS && !looksPaid(account, row),
  );
  for (const platform of new Set(pages.map((page) => page.channel))) lookSoon(app, platform);
}

/** After a page on which to agree to autopay: what was saved or agreed to there is taken up at once. */
function cameFromAgreeing(app: App, one: OneLease): void {
  const acting = asResident(app, one, `back-${app.host.clock.now().toString(36)}`);
  const wanted = withLock(acting, (): Key | undefined => {
    const { loaded, account } = underLock(acting, one);
    const intent = account && confirming(account);
    if (!intent) return undefined;
    effectsComing(acting);
    commit(acting.host, loaded, runNow(acting), { decision: { ...NOTHING, intents: [intent] } });
    return intent.key;
  });
  if (wanted !== undefined && wanted !== 'busy') deliver(acting, wanted as Key);
}

const BACK = 'autopay-back:';

function confirming(account: Account): Intent | undefined {
  const { lease, book, run } = account;
  const rows = rowsOfLease(book.outbox ?? [], lease.id);
  if (rows.some((row) => row.key.startsWith(BACK) && run.now - row.createdAt < AGAIN_MS)) return undefined;
  const name = key(`${BACK}${lease.id}:${run.now.toString(36)}`);
  const subscription = autopayLinks(account).find((link) => link.platform === 'paypal');
  if (subscription && rows.some((row) => isBegun(row, 'subscribe')))
    return asking(account, name, 'paypal', 'agreed', 'Look whether autopay was agreed to');
  const setup = subscription ? undefined : setupOpen(account);
  if (setup) return asking(account, name, setup.channel, 'adopt', 'Begin autopay', adoptTakes(setup));
  return undefined;
}

const isBegun = (row: OutboxRow, kind: string): boolean => isAwaited(row) && row.kind === kind && row.state === 'sent';

const asking = (
  account: Account,
  name: Key,
  platform: string,
  kind: string,
  subject: string,
  more: object = {},
): Intent =>
  residentIntent(account, {
    key: name,
    channel: platform,
    kind,
    subject,
    payload: { ...leaseOffer(account, 'rent', platform), ...more },
    waits: false,
  });
