/** The Plaid sandbox: a strict client that answers as sandbox.plaid.com and production.plaid.com do for version 2020-09-14. */
import { answering, jsonReply } from './kit/reply';
import type { Rule } from './kit/strict';
import { object, text } from './kit/strict';
import * as entries from './plaid/entries';
import { complained, refusal } from './plaid/errors';
import { admitted, type Body } from './plaid/gate';
import * as items from './plaid/items';
import * as link from './plaid/link';
import * as payments from './plaid/payments';
import * as refunds from './plaid/refunds';
import { freshState, type PlaidState } from './plaid/state';
import * as rules from './plaid/transfer-rules';
import * as transfers from './plaid/transfers';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { PlaidState } from './plaid/state';

interface Route {
  readonly rule: Rule;
  run(state: PlaidState, body: Body, nowMs: number, environment: string): object;
}

const fired = object({ access_token: text(), webhook_code: text(), 'webhook_type?': text() });

const ROUTES: Readonly<Record<string, Route>> = {
  '/link/token/create': { rule: link.createRule, run: link.createLink },
  '/link/token/get': { rule: link.getRule, run: link.getLink },
  '/item/public_token/exchange': { rule: items.exchangeRule, run: items.exchange },
  '/item/get': { rule: items.itemRule, run: items.getItem },
  '/item/remove': { rule: items.removeRule, run: items.removeItem },
  '/accounts/get': { rule: items.accountsRule, run: items.accounts },
  '/transactions/sync': { rule: entries.syncRule, run: entries.sync },
  '/transfer/authorization/create': { rule: rules.authorizeRule, run: transfers.authorize },
  '/transfer/create': { rule: rules.createRule, run: transfers.createTransfer },
  '/transfer/get': { rule: rules.getRule, run: transfers.getTransfer },
  '/transfer/list': { rule: rules.listRule, run: transfers.listTransfers },
  '/transfer/cancel': { rule: rules.cancelRule, run: transfers.cancelTransfer },
  '/transfer/refund/create': { rule: rules.refundRule, run: refunds.createRefund },
  '/transfer/refund/get': { rule: rules.refundGetRule, run: refunds.getRefund },
  '/transfer/event/sync': { rule: rules.eventsRule, run: transfers.syncEvents },
  '/payment_initiation/recipient/create': { rule: payments.recipientRule, run: payments.createRecipient },
  '/payment_initiation/recipient/get': { rule: payments.recipientGetRule, run: payments.getRecipient },
  '/payment_initiation/recipient/list': { rule: payments.recipientsRule, run: payments.listRecipients },
  '/payment_initiation/payment/create': { rule: payments.paymentRule, run: payments.createPayment },
  '/payment_initiation/payment/get': { rule: payments.paymentGetRule, run: payments.getPayment },
  '/payment_initiation/payment/list': { rule: payments.paymentsRule, run: payments.listPayments },
  '/sandbox/public_token/create': { rule: items.publicTokenRule, run: items.createPublicToken },
  '/sandbox/item/reset_login': { rule: items.itemRule, run: items.resetLogin },
  '/sandbox/item/fire_webhook': { rule: fired, run: () => ({ webhook_fired: true }) },
  '/sandbox/transfer/simulate': { rule: rules.simulateRule, run: transfers.simulate },
  '/sandbox/payment/simulate': { rule: payments.simulateRule, run: payments.simulatePayment },
};

function handle(state: PlaidState, request: SandboxRequest, nowMs: number): SandboxReply {
  return answering(() => {
    const route = ROUTES[new URL(request.url).pathname];
    if (!route) throw refusal('INVALID_REQUEST', 'NOT_FOUND', 'the requested resource could not be found', 404);
    const { body, environment } = admitted(state, request);
    const complaint = route.rule(withoutNulls(body), '');
    if (complaint) throw complained(complaint);
    state.serials.request = (state.serials.request ?? 0) + 1;
    const answer = route.run(state, withoutNulls(body), nowMs, environment);
    return jsonReply(200, { ...answer, request_id: `req${String(state.serials.request).padStart(12, '0')}` });
  });
}

/** A member that is null is as good as left out. */
const withoutNulls = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

export const plaid: Sandbox<PlaidState> = {
  id: 'plaid',
  title: 'Plaid',
  hosts: ['sandbox.plaid.com', 'production.plaid.com'],
  start: freshState,
  handle,
};
