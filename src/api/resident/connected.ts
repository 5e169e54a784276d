/** The processors that are connected, as the resident's page asks of them; read from the owner's properties alone. */
import { PAGES_IN } from '../../domain/collect';
import { PAY_BY, type Processor } from '../../domain/pay-terms';
import type { LeaseId } from '../../domain/values';
import { askedAgain, failuresOf } from '../../jobs/feed-memory';
import { type App, accountOf, connectorOf, credentialsOf } from '../../run/app';
import type { Kept } from '../../run/told';
import { waitingBanks } from '../bank-links';

export interface Connected extends Processor {
  /** Its own pages on which a resident agrees to pay by themselves: in these currencies; left out where it has none. */
  readonly agreesIn?: 'all' | readonly string[];
}

/** What the pieces of the page need to know besides the lease. */
export interface Payable {
  readonly processors: readonly Connected[];
  /** Pages to link a bank that wait for their end. */
  readonly banks: readonly { readonly platform: string; readonly lease: LeaseId; readonly url: string }[];
}

/** So many failures in a row, and not asked again before a time: it is down. */
const FAILURES = 3;

/** `kept` is all the owner's properties. */
export function payable(app: App, kept: Kept): Payable {
  const processors = PAY_BY.flatMap((id): Connected[] => {
    const connector = connectorOf(app, id);
    if (!connector || credentialsOf(app, connector, kept) === undefined) return [];
    const account = accountOf(app, connector, kept);
    const isDown = failuresOf(kept, id) >= FAILURES && askedAgain(kept, id) > app.host.clock.now();
    const currencies = id === 'square' && account.CURRENCY ? [account.CURRENCY] : PAGES_IN[id];
    const agreesIn = id === 'square' ? undefined : (connector.banks?.collects(account) ?? ('all' as const));
    return [
      {
        id,
        title: connector.title,
        ...(currencies ? { currencies } : {}),
        ...(agreesIn ? { agreesIn } : {}),
        ...(isDown ? { down: true as const } : {}),
      },
    ];
  });
  return { processors, banks: waitingBanks(app, kept) };
}
