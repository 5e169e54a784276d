/** What can be paid on the resident's page, or why nothing can. */
import { pageIn } from '../../domain/collect';
import { amountOf, pageOpenFor } from '../../domain/pay-pages';
import {
  closedByNotice,
  dueCents,
  howToPay,
  leastPart,
  partsFor,
  processorOf,
  wholeCents,
} from '../../domain/pay-terms';
import { payerOf } from './click';
import type { Connected } from './connected';
import type { OneLease } from './lease';
import type { PayView } from './view';

export function payView(
  { account, link }: Pick<OneLease, 'account' | 'link'>,
  connected: readonly Connected[],
): PayView {
  const { book, property, run } = account;
  const words = howToPay(account);
  const whole = wholeCents(account);
  const not = (why: Extract<PayView, { can: 'not' }>['why']): PayView => ({ can: 'not', why, words });
  if (whole === 0) return not(dueCents(account) > 0 ? 'processing' : 'nothing owed');
  if (closedByNotice(account)) return not('notice');
  const processor = processorOf(account, connected);
  if (!processor) return not('no platform');
  if (processor.down || book.settings.paused) return not('down');
  const { parts, why } = partsFor(account);
  const open = pageOpenFor(account, payerOf(link, account), run.now);
  return {
    can: 'pay',
    by: processor.title,
    wholeCents: whole,
    parts,
    ...(why ? { why } : {}),
    leastCents: leastPart(book.settings, property.currency, whole),
    ...(open ? { open: { url: pageIn(open.vendorRef), amountCents: amountOf(open) } } : {}),
    words,
  };
}
