/**
 * Yardi: charges and payments of the ledger posted, payments recorded there read back, leases taken over. Breeze has no public
 * interface: its customers go through a JSON gateway of their own, through Voyager's licensed SOAP interface, or through files
 * (yardi-breeze/csv). No limit is published: both are asked a little at a time.
 */
import type { HttpReply, HttpRequest } from '../ports';
import type { Account, Connector, Effect } from './connector';
import { gateway } from './gateway';
import { books } from './yardi-breeze/audit';
import { credit, invoice, payment, rehearsed } from './yardi-breeze/posts';
import { BREEZE, FIELDS, PROFILES } from './yardi-breeze/profiles';
import { EVERY_MINUTES, pull } from './yardi-breeze/receipts';
import { rosterOf } from './yardi-breeze/residents';
import { propertiesOf } from './yardi-breeze/rows';
import { sampleOf } from './yardi-breeze/sample';
import * as soap from './yardi-breeze/soap';

const breeze = gateway(BREEZE);

const isVoyager = ({ YARDI_PROFILE: profile }: Account): boolean => profile === PROFILES[1];

/** An effect of the profile that the account has. */
const either = (here: Effect, there: Effect): Effect => ({
  once: 'lookup',
  onceFor: (account) => (isVoyager(account) ? (there.onceFor?.(account) ?? there.once) : here.once),
  run: (context) => (isVoyager(context.account) ? there : here).run(context),
  batch: {
    most: Math.min(here.batch?.most ?? 1, there.batch?.most ?? 20),
    together: (context) => (isVoyager(context.account) ? there : here).batch?.together(context),
    *run(contexts) {
      const [first] = contexts;
      const { batch } = first && isVoyager(first.account) ? there : here;
      if (!batch) throw new Error('Rent Ledger bug: a batch of effects that go alone');
      return yield* batch.run(contexts);
    },
  },
});

export const yardiBreeze: Connector = {
  id: 'yardi-breeze',
  title: 'Yardi Breeze',
  group: 'Property systems',
  hosts: [],
  ownHosts: (credentials) => (isVoyager(credentials) ? soap.ownHosts(credentials) : breeze.ownHosts(credentials)),
  credentials: FIELDS,
  limits: { concurrency: 4, perMinute: 100 },
  sign: (request: HttpRequest, credentials) =>
    isVoyager(credentials) ? soap.sign(request, credentials) : breeze.sign(request, credentials),
  fault: (reply: HttpReply) => (/^\s*</.test(reply.body) ? soap.voyagerFault(reply) : breeze.fault(reply)),
  *test(account) {
    if (!isVoyager(account)) return yield* breeze.test(account);
    const names = (yield* propertiesOf(account)).map(({ name }) => name);
    return { name: `Voyager: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`, mode: 'live' };
  },
  receipts: {
    pull: (state, context) =>
      isVoyager(context.account) ? pull(state, context) : breeze.receipts.pull(state, context),
    everyMinutes: () => EVERY_MINUTES,
  },
  effects: {
    invoice: either(breeze.effects.invoice, invoice),
    payment: either(breeze.effects.payment, payment),
    credit: either(breeze.effects.credit, credit),
  },
  books: {
    takes: (account) =>
      (isVoyager(account) ? books : breeze.books).takes?.(account) ?? ['invoice', 'payment', 'credit'],
    *items(context) {
      return yield* isVoyager(context.account) ? books.items(context) : breeze.books.items(context);
    },
  },
  roster: (account, today) => (isVoyager(account) ? rosterOf(account, today) : breeze.roster(account, today)),
  sample: (of, account) => (isVoyager(account) ? sampleOf(of, account) : breeze.sample(of, account)),
  lists: breeze.lists,
  rehearse: (kind, context) => (isVoyager(context.account) ? rehearsed(kind, context) : breeze.rehearse(kind, context)),
  reads: [
    'Payments that were typed or received in Yardi, and those that were reversed',
    'Leases, tenants and units, to take them over',
    'Charges and payments of ours, to look for them and to compare',
  ],
  writes: [
    'Charges and payments of the ledger, under our own numbers',
    'Payments that went back: as lines below nothing where the gateway takes them, as reversals in Voyager',
  ],
};
