/**
 * A customer's JSON gateway before a property system: a service that no vendor describes, so that its paths, names, formats and habits
 * are data. A platform gives its defaults ({@link GatewayDefaults}) and takes the capabilities it wants; where it has another profile
 * besides, it chooses by what the owner entered.
 */

import type { Fault } from '../http/types';
import type { HttpReply, HttpRequest } from '../ports';
import type {
  Account,
  AccountSeen,
  BooksAudit,
  Choice,
  CredentialField,
  Credentials,
  Effect,
  EffectContext,
  Flow,
  ReceiptFeed,
} from './connector';
import { booksOf } from './gateway/books';
import { receiptsOf } from './gateway/feed';
import { gatewayFields } from './gateway/fields';
import { rosterOf } from './gateway/homes';
import { isPosting, postingOf, rehearsed } from './gateway/posts';
import { type GatewayDefaults, profileOf } from './gateway/profile';
import { fieldChoices, sampleOf, testOf } from './gateway/sample';
import { gatewayFault, ownHosts, sign } from './gateway/wire';
import type { SampleOf, SampleRow } from './mirror';
import type { RosterReading } from './roster';

export type { GatewayDefaults } from './gateway/profile';

/** The members have the shapes of those of a {@link Connector}. */
export interface Gateway {
  /** Optional all of them, the mapping's lines included. */
  readonly fields: readonly CredentialField[];
  ownHosts(credentials: Credentials): readonly string[];
  sign(request: HttpRequest, credentials: Credentials): HttpRequest;
  fault(reply: HttpReply): Fault | undefined;
  test(account: Account): Flow<AccountSeen>;
  readonly receipts: ReceiptFeed;
  readonly effects: Readonly<Record<'invoice' | 'payment' | 'credit', Effect>>;
  readonly books: BooksAudit;
  readonly roster: RosterReading;
  sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined>;
  /** For `lists`, under the name from which the mapping's lines pick. */
  readonly lists: { readonly fields: (account: Account) => Flow<readonly Choice[]> };
  rehearse(kind: string, context: EffectContext): readonly HttpRequest[];
}

export function gateway(defaults: GatewayDefaults): Gateway {
  const at = (account: Account) => profileOf(defaults, account);
  const of = ({ account }: { readonly account: Account }) => at(account);
  return {
    fields: gatewayFields(defaults),
    ownHosts,
    sign: (request, credentials) => sign(defaults, request, credentials),
    fault: gatewayFault,
    *test(account) {
      return yield* testOf(at(account));
    },
    receipts: receiptsOf(of),
    effects: { invoice: postingOf('invoice', of), payment: postingOf('payment', of), credit: postingOf('credit', of) },
    books: booksOf(of),
    *roster(account) {
      return yield* rosterOf(at(account));
    },
    *sample(which, account) {
      return yield* sampleOf(at(account), which);
    },
    lists: {
      *fields(account) {
        return yield* fieldChoices(at(account));
      },
    },
    rehearse: (kind, context) => (isPosting(kind) ? [rehearsed(of(context), kind, context)] : []),
  };
}
