/** The literal list of sandboxes. */
import { paypal } from './paypal';
import type { Sandbox } from './sandbox';
import { slack } from './slack';
import { stripe } from './stripe';
import { xero } from './xero';

/** State is the sandbox's own business: whoever holds the list hands back what `start` gave. */
export const sandboxes: readonly Sandbox[] = [stripe as Sandbox, paypal as Sandbox, xero as Sandbox, slack as Sandbox];

/** The sandbox that answers for a host, such as `api.stripe.com`. */
export function sandboxFor(host: string): Sandbox | undefined {
  return sandboxes.find((one) => one.hosts.includes(host));
}
