/** What paying, autopay and roommates show on the page of a lease. */
import type { App } from '../../run/app';
import { autopayView } from './autopay-view';
import { payable } from './connected';
import type { OneLease } from './lease';
import { payView } from './pay-view';
import { sharesOf } from './shares-view';
import type { AutopayView, PayView, ShareView } from './view';

/** One read of the owner's properties, and no other service. */
export function payPieces(
  app: App,
  one: OneLease,
): { readonly pay: PayView; readonly autopay: AutopayView; readonly people: readonly ShareView[] } {
  const found = payable(app, app.host.userStore.all());
  return { pay: payView(one, found.processors), autopay: autopayView(one, found), people: sharesOf(one) };
}
