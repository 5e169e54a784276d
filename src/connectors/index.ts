/** The connectors there are: a literal list, so that nothing registers itself. */
import type { Connector } from './connector';
import { plaid } from './plaid';
import { slack } from './slack';
import { stripe } from './stripe';

export const connectors: readonly Connector[] = [stripe, plaid, slack];

/** By the vendor's own name; undefined for a name that a newer version wrote. */
export const connectorOf = (id: string): Connector | undefined => connectors.find((each) => each.id === id);
