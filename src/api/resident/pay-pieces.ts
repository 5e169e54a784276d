/** What paying, autopay and roommates show on the page of a lease. */
import type { App } from '../../run/app';
import type { Kept } from '../../run/told';
import { autopayView } from './autopay-view';
import { payable } from './connected';
import type { OneLease } from './lease';
import { payView } from './pay-view';
import { sharesOf } from './shares-view';
import type { AutopayView, PayView, ShareView } from './view';

/** `kept` is all of the owner's properties: no other service is asked. */
export function payPieces(
  app: App,
  one: OneLease,
  kept: Kept,
): { readonly pay: PayView; readonly autopay: AutopayView; readonly people: readonly ShareView[] } {
  const found = payable(app, kept);
  return { pay: payView(one, found.processors), autopay: autopayView(one, found), people: sharesOf(one) };
}
