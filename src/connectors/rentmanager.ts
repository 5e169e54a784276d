/**
 * Rent Manager: charges, payments and credit kept in step with a company's accounts, payments that the office enters there, and its
 * leases to be taken over. The Web API (WAPI12) is a paid part of Rent Manager, and its reference is shown to customers only; a
 * company may have a JSON gateway before it instead.
 */
import { isGood } from '../http/faults';
import type { Connector, Effect } from './connector';
import { chargeTypes, sample, seen } from './rentmanager/account';
import { HOSTS, isOwnFault, rentmanagerFault, sign } from './rentmanager/api';
import { books, credit, invoice, payment, rehearse } from './rentmanager/books';
import { pull } from './rentmanager/feed';
import { CREDENTIALS, gate, isGateway } from './rentmanager/profiles';
import { roster } from './rentmanager/roster';
import { oauth } from './rentmanager/sign-in';

/** An effect of the way in that the account has. */
function either(own: Effect, other: Effect): Effect {
  const of = ({ account }: Parameters<Effect['run']>[0]): Effect => (isGateway(account) ? other : own);
  return {
    once: 'lookup',
    run: (context) => of(context).run(context),
    batch: {
      most: Math.min(own.batch?.most ?? 1, other.batch?.most ?? 1),
      together: (context) => of(context).batch?.together(context),
      *run(contexts) {
        const [first] = contexts;
        const { batch } = first ? of(first) : own;
        if (!batch) throw new Error('Rent Ledger bug: a batch of effects that go alone');
        return yield* batch.run(contexts);
      },
    },
  };
}

export const rentmanager: Connector = {
  id: 'rentmanager',
  title: 'Rent Manager',
  group: 'Property systems',
  hosts: [HOSTS],
  ownHosts: (credentials) => (isGateway(credentials) ? gate.ownHosts(credentials) : []),
  credentials: CREDENTIALS,
  oauth,
  limits: { concurrency: 6, perMinute: 240 },
  sign: (request, credentials) =>
    isGateway(credentials) ? gate.sign(request, credentials) : sign(request, credentials),
  fault: (reply) => (!isGood(reply) && isOwnFault(reply) ? rentmanagerFault(reply) : gate.fault(reply)),
  test: (account) => (isGateway(account) ? gate.test(account) : seen(account)),
  receipts: {
    pull: (state, context) => (isGateway(context.account) ? gate.receipts.pull(state, context) : pull(state, context)),
    everyMinutes: (account) => (isGateway(account) ? gate.receipts.everyMinutes?.(account) : undefined),
  },
  effects: {
    invoice: either(invoice, gate.effects.invoice),
    payment: either(payment, gate.effects.payment),
    credit: either(credit, gate.effects.credit),
  },
  books: {
    items: (context) => (isGateway(context.account) ? gate.books.items(context) : books.items(context)),
  },
  roster: (account, today) => (isGateway(account) ? gate.roster(account, today) : roster(account, today)),
  sample: (of, account) => (isGateway(account) ? gate.sample(of, account) : sample(of, account)),
  lists: {
    *chargeTypes(account) {
      return isGateway(account) ? [] : yield* chargeTypes(account);
    },
    *fields(account) {
      return isGateway(account) ? yield* gate.lists.fields(account) : [];
    },
  },
  rehearse: (kind, context) => (isGateway(context.account) ? gate : { rehearse }).rehearse(kind, context),
  reads: [
    'Payments that the office enters there or residents make there, and their reversals',
    'Charges, payments and credits with our numbers, for the nightly comparison',
    'Properties, units, leases, tenants with their contacts, and recurring rent, when you take them over',
  ],
  writes: [
    'A charge on the tenant’s account for each charge here, of the type that you have chosen',
    'Payments that were made elsewhere, and credits for waivers',
    'What was entered in error is deleted there',
  ],
};
