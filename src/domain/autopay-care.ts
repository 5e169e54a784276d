/** What an agreement to pay by itself needs besides charges: a method taken up, a rent changed, an end. */
import { type Account, upcomingRent } from './account';
import { ADOPT_DAYS, adoptTakes, setupAwaited, waitingToday } from './autopay-ended';
import type { Intent, OutboxRow } from './book';
import { daysBetween, localDay } from './calendar';
import { leaseOffer } from './collect';
import { autopayLinks } from './collectors';
import { isTooMuch } from './pages-settled';
import { rowsOfLease } from './run-book';
import { type Day, type Key, key } from './values';
import { URGENCY } from './wishes';

/** What the day of a lease wants of the processors that have an agreement with its residents. */
export const careFor = (account: Account): readonly Intent[] =>
  [adopting(account), revising(account), ending(account), ...endingAgain(account)].filter(
    (intent) => intent !== undefined,
  );

// ---------------------------------------------------------------- Stripe and Square: what the resident saved

/**
 * Once a day after the page was made, until the method is there: what a resident saves neither tells anybody. A person who has taken the
 * row off the Links tab since then wants no autopay, nor does who has closed the page.
 */
function adopting(account: Account): Intent | undefined {
  const { lease, property, today } = account;
  const setup = setupAwaited(account);
  if (!setup || autopayLinks(account).length > 0) return undefined;
  const age = daysBetween(localDay(setup.updatedAt, property.zone), today);
  const offer = leaseOffer(account, 'rent', setup.channel);
  if (age > ADOPT_DAYS || (setup.channel === 'stripe' && offer.customer === undefined)) return undefined;
  return asking(account, setup.channel, 'adopt', key(`adopt:${lease.id}:${today}`), 'Begin autopay', {
    ...offer,
    ...adoptTakes(setup),
  });
}

// ---------------------------------------------------------------- PayPal: the rent, and the end

const subscriptionOf = (account: Account): string | undefined =>
  autopayLinks(account)
    .filter((link) => link.platform === 'paypal')
    .pop()?.externalId;

/** Once for each change of what the next period costs. */
function revising(account: Account): Intent | undefined {
  const { lease } = account;
  const next = subscriptionOf(account) === undefined ? undefined : upcomingRent(account);
  if (!next || !hasChanged(account, next.amountCents, next.due)) return undefined;
  const known = rowsOfLease(account.book.outbox ?? [], lease.id).find(
    (row) => row.key === `revise:${lease.id}:${next.due}`,
  );
  const again = known && known.payload.amountCents !== next.amountCents ? `:${next.amountCents}` : '';
  const name = key(`revise:${lease.id}:${next.due}${again}`);
  return asking(account, 'paypal', 'revise', name, 'Change the PayPal subscription', {
    ...leaseOffer(account, 'rent', 'paypal'),
  });
}

/** By what PayPal was told last; where that is not known, by a change of the rent that begins with the next period. */
function hasChanged({ book, lease, today }: Account, amountCents: number, due: Day): boolean {
  const told = rowsOfLease(book.outbox ?? [], lease.id)
    .filter((row) => row.channel === 'paypal' && (row.kind === 'subscribe' || row.kind === 'revise'))
    .filter((row) => row.state !== 'failed' && row.state !== 'cancelled')
    .pop();
  if (told) return told.payload.amountCents !== amountCents;
  return (book.terms.get(lease.id) ?? []).some((term) => term.type === 'rent' && term.from > today && term.from <= due);
}

/** Once for each subscription, on the last day of the lease: PayPal would go on with the next cycle. */
function ending(account: Account): Intent | undefined {
  const id = subscriptionOf(account);
  if (id === undefined || !isOver(account)) return undefined;
  const name = key(`unsubscribe:${account.lease.id}:${id}`);
  return asking(account, 'paypal', 'unsubscribe', name, 'End the PayPal subscription', {
    ...leaseOffer(account, 'rent', 'paypal'),
    reason: 'The lease has ended',
  });
}

/** PayPal cannot cancel what nobody has agreed to, so an old page may still be agreed to after the end. */
const endingAgain = (account: Account): readonly Intent[] =>
  waitingToday(account).map(([name, id]) =>
    asking(account, 'paypal', 'unsubscribe', name, 'End the PayPal subscription, should it have been agreed to late', {
      ...leaseOffer(account, 'rent', 'paypal'),
      autopay: id,
      reason: 'Agreed to after its end',
    }),
  );

/** Rent that falls due on the last day is collected by PayPal on that day. */
const isOver = ({ lease, state, today }: Account): boolean =>
  lease.end !== undefined && lease.end <= today && !state.charges.some((charge) => charge.due === today);

// ---------------------------------------------------------------- asked again before it leaves

/** Why such a wish is not wanted any more; undefined while it is, and for all that is no such wish. */
export function isCareOver(account: Account, row: OutboxRow): string | undefined {
  const [what] = row.key.split(':');
  const isGone = subscriptionOf(account) !== row.payload.autopay;
  switch (what) {
    case 'adopt':
    case 'autopay-back':
      return row.kind === 'adopt' ? isAdoptOver(account, row) : undefined;
    case 'revise':
      return isGone || upcomingRent(account)?.amountCents !== row.payload.amountCents
        ? 'The rent or the subscription is another by now.'
        : undefined;
    case 'unsubscribe':
      return isGone || !isOver(account) ? 'The lease goes on, or the subscription is another by now.' : undefined;
    case 'take-back':
      return isTooMuch(account, row) ? undefined : 'It is owed again.';
    default:
      return undefined;
  }
}

function isAdoptOver(account: Account, { channel }: OutboxRow): string | undefined {
  if (autopayLinks(account).length > 0) return 'Autopay has begun in the meantime.';
  return setupAwaited(account, channel) ? undefined : 'The resident has ended it in the meantime.';
}

function asking(
  account: Account,
  platform: string,
  kind: string,
  name: Key,
  subject: string,
  payload: Intent['payload'],
): Intent {
  const { lease, property, run } = account;
  return {
    key: name,
    channel: platform,
    kind,
    lease: lease.id,
    property: property.name,
    to: lease.emails[0] ?? lease.id,
    subject,
    payload,
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.collect,
  };
}
