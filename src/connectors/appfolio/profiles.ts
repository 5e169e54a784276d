/** Two ways to AppFolio: its own APIs, or a JSON gateway of the customer's before it, which is where `/v1/payments` may be. */
import type { Account, BooksAudit, Effect, EffectContext, ReceiptFeed } from '../connector';
import { type GatewayDefaults, gateway } from '../gateway';
import { HOUSEHOLD } from '../gateway/profile';

/** What most operators of such a gateway would start from: no vendor describes one. */
const DEFAULTS: GatewayDefaults = {
  id: 'appfolio',
  title: 'AppFolio',
  auth: 'basic',
  paths: { charge: '/v1/charges', payment: '/v1/payments' },
  charge: {
    lease: 'occupancyId',
    code: 'glAccountId',
    amount: 'amount',
    date: 'chargedOn',
    text: 'description',
    reference: 'reference',
  },
  payment: {
    lease: 'occupancyId',
    amount: 'amount',
    date: 'receivedOn',
    method: 'paymentMethod',
    reference: 'reference',
    text: 'memo',
  },
  answer: { id: 'id', status: 'status', balance: 'amountOpen', reverses: 'reversedId' },
  tenant: {
    id: 'id',
    lease: 'occupancyId',
    property: 'propertyId',
    unit: 'unitId',
    ...HOUSEHOLD,
  },
  ask: { from: 'from', to: 'to', reference: 'reference', page: 'page' },
  list: { lines: 'data', tenants: 'data', next: 'next_page_path', nextIs: 'path' },
  ids: 'text',
  codes: 'rent=4100, late fee=4150',
  key: 'lease',
};

export const door = gateway(DEFAULTS);

export const PROFILES = ['appfolio', 'gateway'] as const;
export const isGateway = ({ APPFOLIO_PROFILE: profile }: Account): boolean => profile === PROFILES[1];

/** An effect of whichever profile the account has. */
export function either(own: Effect, through: Effect): Effect {
  const of = ({ account }: Pick<EffectContext, 'account'>): Effect => (isGateway(account) ? through : own);
  return {
    once: own.once,
    onceFor: (account) => of({ account }).once,
    run: (context) => of(context).run(context),
    batch: {
      most: Math.min(own.batch?.most ?? through.batch?.most ?? 1, through.batch?.most ?? 1),
      together: (context) => of(context).batch?.together(context),
      *run(contexts) {
        const [first] = contexts;
        const batch = first && of(first).batch;
        return batch ? yield* batch.run(contexts) : [];
      },
    },
  };
}

export const eitherFeed = (own: ReceiptFeed, through: ReceiptFeed): ReceiptFeed => ({
  pull: (state, context) => (isGateway(context.account) ? through : own).pull(state, context),
  everyMinutes: (account) => (isGateway(account) ? through : own).everyMinutes?.(account),
});

export const eitherBooks = (own: BooksAudit, through: BooksAudit): BooksAudit => ({
  items: (context) => (isGateway(context.account) ? through : own).items(context),
  takes: (account) => (isGateway(account) ? through : own).takes?.(account) ?? ['invoice', 'payment', 'credit'],
});
