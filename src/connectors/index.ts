/** The connectors there are: a literal list, so that nothing registers itself. */
import type { Connector } from './connector';
import { paypal } from './paypal';
import { slack } from './slack';
import { stripe } from './stripe';
import { xero } from './xero';

export const connectors: readonly Connector[] = [stripe, paypal, xero, slack];

/** By the vendor's own name; undefined for a name that a newer version wrote. */
export const connectorOf = (id: string): Connector | undefined => connectors.find((each) => each.id === id);
