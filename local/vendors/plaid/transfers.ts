/** ACH transfers: judged, made, moved along by the network, cancelled, refunded, and told as events. */
import { notFound, refusal } from './errors';
import { type Body, itemOf, needsProduct } from './gate';
import {
  type Authorization,
  iso,
  type PlaidState,
  type Refund,
  type Transfer,
  type TransferEvent,
  uuid,
} from './state';

const KEY_MS = 48 * 3_600_000;
const AUTHORIZED_MS = 3_600_000;
const ACH_DESCRIPTION = 10;
const LIMIT = 1_000_000;

export function authorize(state: PlaidState, body: Body, nowMs: number): object {
  needsProduct(state, 'transfer');
  const item = itemOf(state, body.access_token);
  const account = item.accounts.find((each) => each.account_id === body.account_id);
  if (!account) throw refusal('INVALID_INPUT', 'INVALID_ACCOUNT_ID', 'account_id is not an account of this item');
  if (body.type === 'debit' && !['ccd', 'tel', 'web'].includes(String(body.ach_class))) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'ach_class must be ccd, tel or web for debits');
  }
  if (Number(body.amount) <= 0) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'amount must be greater than 0');
  const key = body.idempotency_key as string | undefined;
  const print = JSON.stringify(body);
  const known = key === undefined ? undefined : state.keys[key];
  if (known && nowMs - known.atMs < KEY_MS) {
    if (known.print !== print) {
      throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'idempotency_key was used with other parameters');
    }
    return { authorization: authorizationView(state.authorizations[known.authorization]!) };
  }
  const [decision, rationale] = judged(item.loginRequired, Number(body.amount), account.balance);
  const authorization: Authorization = {
    id: uuid(state, 'authorization'),
    createdMs: nowMs,
    decision,
    rationale,
    proposed: {
      account_id: account.account_id,
      type: String(body.type),
      network: String(body.network),
      amount: String(body.amount),
      ach_class: (body.ach_class as string | undefined) ?? null,
      user: body.user as Record<string, unknown>,
    },
    item_id: item.item_id,
    transfer: null,
  };
  state.authorizations[authorization.id] = authorization;
  if (key !== undefined && decision !== 'user_action_required') {
    state.keys[key] = { authorization: authorization.id, atMs: nowMs, print };
  }
  return { authorization: authorizationView(authorization) };
}

function judged(
  login: boolean,
  amount: number,
  balance: number,
): [Authorization['decision'], Authorization['rationale']] {
  if (login)
    return ['user_action_required', { code: 'ITEM_LOGIN_REQUIRED', description: 'Login required for the item.' }];
  if (amount > LIMIT) return ['declined', { code: 'TRANSFER_LIMIT_REACHED', description: 'Transfer limit reached.' }];
  if (amount > balance) return ['declined', { code: 'NSF', description: 'Transaction likely to result in a return.' }];
  return ['approved', null];
}

const userView = (user: Readonly<Record<string, unknown>>): object => ({
  legal_name: user.legal_name,
  phone_number: user.phone_number ?? null,
  email_address: user.email_address ?? null,
  address: null,
});

const FUNDING = '8945fedc-e703-463d-86b1-dc0607b55460';

function authorizationView({ id, createdMs, decision, rationale, proposed }: Authorization): object {
  const { ach_class, user, ...plain } = proposed;
  return {
    id,
    created: iso(createdMs),
    decision,
    decision_rationale: rationale,
    guarantee_decision: null,
    guarantee_decision_rationale: null,
    payment_risk: null,
    proposed_transfer: {
      ...plain,
      ...(ach_class === null ? {} : { ach_class }),
      user: userView(user),
      funding_account_id: FUNDING,
      origination_account_id: '',
      iso_currency_code: 'USD',
      originator_client_id: null,
      credit_funds_source: null,
    },
  };
}

/** An authorization makes one transfer, however often it is sent. */
export function createTransfer(state: PlaidState, body: Body, nowMs: number): object {
  const item = itemOf(state, body.access_token);
  const authorization = state.authorizations[String(body.authorization_id)];
  if (!authorization || authorization.item_id !== item.item_id) throw notFound('authorization');
  if (authorization.transfer) return { transfer: transferView(state.transfers[authorization.transfer]!) };
  if (authorization.decision !== 'approved') {
    throw refusal('TRANSFER_ERROR', 'TRANSFER_NOT_AUTHORIZED', 'the authorization was not approved');
  }
  if (nowMs - authorization.createdMs > AUTHORIZED_MS) {
    throw refusal('TRANSFER_ERROR', 'TRANSFER_AUTHORIZATION_EXPIRED', 'the authorization has expired');
  }
  const { proposed } = authorization;
  const isAch = proposed.network.endsWith('ach');
  if (isAch && String(body.description).length > ACH_DESCRIPTION) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'description must be at most 10 characters for ACH');
  }
  if (body.account_id !== proposed.account_id || (body.amount !== undefined && body.amount !== proposed.amount)) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'account_id and amount must be those of the authorization');
  }
  const transfer = keepTransfer(
    state,
    {
      authorization_id: authorization.id,
      ...proposed,
      description: String(body.description),
      metadata: (body.metadata as Record<string, string> | undefined) ?? null,
    },
    nowMs,
  );
  authorization.transfer = transfer.id;
  return { transfer: transferView(transfer) };
}

type NewTransfer = Omit<Transfer, 'id' | 'created' | 'refunds' | 'status' | 'failure_reason'>;

export function keepTransfer(state: PlaidState, given: NewTransfer, nowMs: number): Transfer {
  const transfer: Transfer = {
    ...given,
    id: uuid(state, 'transfer'),
    created: iso(nowMs),
    refunds: [],
    status: 'pending',
    failure_reason: null,
  };
  state.transfers[transfer.id] = transfer;
  tell(state, transfer, 'pending', nowMs);
  return transfer;
}

const day = (at: string, days: number): string => iso(Date.parse(at) + days * 86_400_000).slice(0, 10);

export const refundView = (refund: Refund): object => ({ ...refund, failure_reason: null });

function transferView(transfer: Transfer): object {
  const { ach_class, user, refunds, ...plain } = transfer;
  return {
    ...plain,
    ...(ach_class === null ? {} : { ach_class }),
    user: userView(user),
    refunds: refunds.map(refundView),
    cancellable: transfer.status === 'pending',
    funding_account_id: FUNDING,
    guarantee_decision: null,
    guarantee_decision_rationale: null,
    origination_account_id: '',
    iso_currency_code: 'USD',
    standard_return_window: day(transfer.created, 3),
    unauthorized_return_window: day(transfer.created, 61),
    expected_settlement_date: day(transfer.created, 1),
    originator_client_id: null,
    recurring_transfer_id: null,
    credit_funds_source: null,
  };
}

export function getTransfer(state: PlaidState, body: Body): object {
  if ((body.transfer_id === undefined) === (body.authorization_id === undefined)) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'exactly one of transfer_id and authorization_id must be set');
  }
  const id = body.transfer_id ?? state.authorizations[String(body.authorization_id)]?.transfer;
  return { transfer: transferView(transferIn(state, String(id))) };
}

export function transferIn(state: PlaidState, id: string): Transfer {
  const transfer = state.transfers[id];
  if (!transfer) throw notFound('transfer');
  return transfer;
}

/** Newest first. */
export function listTransfers(state: PlaidState, body: Body): object {
  needsProduct(state, 'transfer');
  const { start_date, end_date, count = 25, offset = 0 } = body as Record<string, never>;
  if (count < 1 || count > 25) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'count must be between 1 and 25');
  if (offset < 0) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'offset must not be negative');
  const [from, until] = [Date.parse(start_date ?? '1970-01-01'), Date.parse(end_date ?? '2999-01-01')];
  const all = Object.values(state.transfers).filter(({ created }) => {
    const at = Date.parse(created);
    return at >= from && at <= until;
  });
  return {
    transfers: all
      .reverse()
      .slice(offset, offset + count)
      .map(transferView),
  };
}

export function cancelTransfer(state: PlaidState, body: Body, nowMs: number): object {
  moveTransfer(state, String(body.transfer_id), 'cancelled', null, nowMs);
  return {};
}

/** What may follow; everything else is refused. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  pending: ['posted', 'failed', 'cancelled'],
  posted: ['settled', 'returned'],
  settled: ['funds_available', 'returned'],
  funds_available: ['returned'],
};

export function moveTransfer(
  state: PlaidState,
  id: string,
  to: string,
  failure: Transfer['failure_reason'],
  nowMs: number,
): Transfer {
  const transfer = transferIn(state, id);
  if (!NEXT[transfer.status]?.includes(to)) {
    const code = to === 'cancelled' ? 'TRANSFER_NOT_CANCELLABLE' : 'TRANSFER_INVALID_EVENT';
    throw refusal('TRANSFER_ERROR', code, `a transfer that is ${transfer.status} cannot become ${to}`);
  }
  transfer.status = to;
  if (to === 'failed' || to === 'returned') {
    transfer.failure_reason = failure ?? {
      failure_code: 'R01',
      ach_return_code: 'R01',
      description: 'Insufficient Funds',
    };
  }
  if (to === 'posted') take(state, transfer, cents(transfer.amount));
  if (to === 'returned') take(state, transfer, -cents(transfer.amount));
  tell(state, transfer, to, nowMs);
  return transfer;
}

/** The resident's account, as far as it is linked here. */
function take(state: PlaidState, { account_id }: Transfer, amountCents: number): void {
  const accounts = Object.values(state.items).flatMap((item) => item.accounts);
  const account = accounts.find((each) => each.account_id === account_id);
  if (account) account.balance = (Math.round(account.balance * 100) - amountCents) / 100;
}

export const cents = (amount: string): number => Number(amount.replace('.', ''));

export function tell(
  state: PlaidState,
  transfer: Transfer,
  type: string,
  nowMs: number,
  refund: string | null = null,
): void {
  const event: TransferEvent = {
    event_id: state.events.length + 1,
    timestamp: iso(nowMs),
    event_type: type,
    transfer_id: transfer.id,
    account_id: transfer.account_id,
    transfer_type: transfer.type,
    transfer_amount: transfer.amount,
    failure_reason: transfer.failure_reason,
    refund_id: refund,
  };
  state.events.push(event);
}

export function syncEvents(state: PlaidState, body: Body): object {
  needsProduct(state, 'transfer');
  const [after, count] = [body.after_id as number, (body.count as number | undefined) ?? 100];
  if (after < 0) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'after_id must not be negative');
  if (count < 1 || count > 500) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'count must be between 1 and 500');
  if (after > state.events.length) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'after_id is not the id of an event of this client');
  }
  const page = state.events.slice(after, after + count);
  return { transfer_events: page.map(eventView), has_more: after + count < state.events.length };
}

const eventView = (event: TransferEvent): object => ({
  ...event,
  funding_account_id: FUNDING,
  origination_account_id: '',
  originator_client_id: null,
  sweep_id: null,
  sweep_amount: null,
});

export function simulate(state: PlaidState, body: Body, nowMs: number, environment: string): object {
  if (environment !== 'sandbox') throw refusal('SANDBOX_ERROR', 'SANDBOX_ONLY', 'this endpoint is only in the sandbox');
  const given = body.failure_reason as Partial<NonNullable<Transfer['failure_reason']>> | undefined;
  const failure = given && {
    failure_code: given.failure_code ?? null,
    ach_return_code: given.ach_return_code ?? null,
    description: given.description ?? '',
  };
  moveTransfer(state, String(body.transfer_id), String(body.event_type), failure ?? null, nowMs);
  return {};
}
