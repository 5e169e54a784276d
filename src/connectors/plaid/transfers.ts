/** ACH transfers of Plaid: read in batches, and told as payments with their returns and refunds. */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { currency, type Instant, key } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, inWaves } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { HttpRequest } from '../../ports';
import type { Account, Flow, Lost } from '../connector';
import { DAY_MS, joined, named, noonOf, readRows, refunded, type Seen } from '../seen';
import { fromAscii, read } from './api';

/** `settled` may still come back; `funds_available` is the end of a good debit. Neither is `pending` any more. */
const STATES: Readonly<Record<string, PaymentState | 'returned'>> = {
  pending: 'pending',
  posted: 'pending',
  settled: 'settled',
  funds_available: 'settled',
  failed: 'failed',
  cancelled: 'failed',
  returned: 'returned',
};

/** A refund takes its money from the balance at once; one that failed or came back gives it back. */
const REFUND_TAKES: Readonly<Record<string, boolean>> = {
  pending: true,
  posted: true,
  settled: true,
  cancelled: false,
  failed: false,
  returned: false,
};

const IS_DEBIT: Readonly<Record<string, boolean>> = { debit: true, credit: false };

/**
 * Undefined for money that we send. Throws a `malformed` fault that names an unknown status.
 * @param heardAt when Plaid last told of it: the transfer itself does not say when it came back.
 */
export function transferOf(transfer: Json, heardAt: Instant): PaymentSeen | undefined {
  if (!transfer.oneOf('type', IS_DEBIT)) return undefined;
  const id = transfer.str('id');
  const state = transfer.oneOf('status', STATES);
  const money = currency(transfer.str('iso_currency_code'));
  const amountCents = transfer.decimal('amount', money);
  const back: readonly PaymentReversal[] =
    state === 'returned'
      ? [
          {
            key: key(`plaid:${id}:returned`),
            reason: 'returned',
            state: 'final',
            amountCents,
            at: heardAt,
            detail: failureOf(transfer),
          },
        ]
      : [];
  const lease = transfer.opt('metadata.lease_id');
  const settledOn = 'expected_settlement_date';
  return {
    ...named('plaid', id),
    amountCents,
    currency: money,
    state: state === 'returned' ? 'settled' : state,
    initiatedAt: transfer.isoInstant('created'),
    settledAt: state === 'settled' && transfer.has(settledOn) ? noonOf(transfer.day(settledOn)) : undefined,
    leaseRef: lease && fromAscii(lease),
    customer: transfer.opt('account_id'),
    payerName: transfer.opt('user.legal_name'),
    payerEmail: transfer.opt('user.email_address'),
    memo: maskMemo(transfer.str('description')),
    failure: state === 'failed' ? failureOf(transfer) : undefined,
    reversals: [...back, ...transfer.list('refunds').flatMap((refund) => refundOf(refund, transfer))],
  };
}

/** `R01: Insufficient funds`, or that it was cancelled. */
function failureOf(transfer: Json): string {
  const code = transfer.opt('failure_reason.failure_code') ?? transfer.opt('failure_reason.ach_return_code');
  return maskMemo(joined([code, transfer.opt('failure_reason.description')], ': ') || transfer.str('status'));
}

function refundOf(refund: Json, transfer: Json): readonly PaymentReversal[] {
  if (!refund.oneOf('status', REFUND_TAKES)) return [];
  const amountCents = refund.decimal('amount', currency(transfer.str('iso_currency_code')));
  const detail = `refund ${refund.str('status')}`;
  return [refunded(`plaid:${refund.str('id')}`, amountCents, refund.isoInstant('created'), detail)];
}

// ---------------------------------------------------------------- reading many

/** The largest page of a list of transfers. */
const LIST = 25;
/** Fewer than this are cheaper to read one by one. */
const WORTH_A_LIST = 4;
const WAVE = 10;
const MAX_LISTS = 60;
/** Debits settle within days, so those that were heard of now were made not long before. */
const EARLIER_MS = 9 * DAY_MS;

/** Transfers by id, with the moment at which each was last heard of. */
export type Heard = ReadonlyMap<string, Instant>;

/** Reads the transfers: rent is debited in bursts, so lists by time of creation come first and single reads after. */
export function* readTransfers(account: Account, heard: Heard): Flow<Seen> {
  const found = heard.size < WORTH_A_LIST ? new Map<string, Json>() : yield* listed(account, heard);
  const rest = [...heard.keys()].filter((id) => !found.has(id));
  const outcomes = yield* askEach(rest, (id) => read(account, '/transfer/get', { transfer_id: id }), WAVE);
  const lost: Lost[] = [];
  for (const [about, outcome] of outcomes) {
    if (isFault(outcome)) lost.push({ about, fault: outcome });
    else found.set(about, bodyOf(outcome, about).at('transfer'));
  }
  const told = readRows(
    heard,
    ([id]) => id,
    ([id, heardAt]) => {
      const transfer = found.get(id);
      return transfer && transferOf(transfer, heardAt);
    },
  );
  return { payments: told.found, faults: [...lost, ...told.faults] };
}

/** One page of the transfers made between two moments. */
const listRequest = (account: Account, fromMs: number, untilMs: number, offset: number): HttpRequest =>
  read(account, '/transfer/list', {
    start_date: utcSeconds(fromMs),
    end_date: utcSeconds(untilMs),
    count: LIST,
    offset,
  });

/** Pages of a list until all that are looked for were met, the list ends, or single reads would be cheaper. */
function* listed(account: Account, heard: Heard): Flow<Map<string, Json>> {
  const found = new Map<string, Json>();
  const times = [...heard.values()];
  const [from, until] = [Math.min(...times) - EARLIER_MS, Math.max(...times) + 1000];
  const most = Math.min(MAX_LISTS, Math.ceil(heard.size / 2));
  for (let page = 0, wave = Math.ceil(heard.size / LIST) + 1; page < most && found.size < heard.size; wave = WAVE) {
    const count = Math.min(wave, WAVE, most - page);
    const requests = Array.from({ length: count }, (_, at) => listRequest(account, from, until, (page + at) * LIST));
    const outcomes = yield* inWaves(requests, WAVE);
    const lists = outcomes.map((outcome) => (isFault(outcome) ? [] : transfersIn(bodyOf(outcome, 'transfers'))));
    for (const transfer of lists.flat()) if (heard.has(transfer.str('id'))) found.set(transfer.str('id'), transfer);
    if (lists.some((list) => list.length < LIST)) break;
    page += count;
  }
  return found;
}

/** Each is named by its own id, so that a fault says which it concerns. */
export const transfersIn = (body: Json): readonly Json[] =>
  body.list('transfers').map((each) => each.as(each.str('id')));
