/** The effect `credit`: a credit memo with our number, put on its invoice by a payment of nothing, as QuickBooks itself does it. */
import type { CreditWish } from '../../domain/books';
import { least, toNumber } from '../../domain/money';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { asked, askedAll, type Effect, type EffectContext, type Flow } from '../connector';
import { creditWish } from '../wishes';
import { isVoided, literal, query, rowsOf, twice, written } from './api';
import { checkCurrency, currencyRef, findItem, itemFor } from './customers';
import { findInvoice } from './invoice';
import { findPayments, invoiceIn, voided } from './payment';
import { itemIn, NOTHING, refOf, saleLine } from './sales';

/** Taken off, changed and put on again is the longest way there is. */
const MOST_STEPS = 6;

export const credit: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wish = creditWish(context.payload);
    return yield* twice(() => until(context, wish));
  },
};

/** Looks, does the one next thing, and looks again until nothing is left to do. */
function* until(context: EffectContext, wish: CreditWish): Flow<string> {
  const { account } = context;
  checkCurrency(account, wish.currency);
  for (let step = 0; step < MOST_STEPS; step++) {
    const [memos, payments, bills] = yield* askedAll(
      query(account, `select * from CreditMemo where DocNumber = ${literal(wish.number)}`),
      findPayments(account, wish.number),
      ...(wish.gone ? [] : [findInvoice(account, wish.invoice)]),
    );
    const [memo] = rowsOf(memos, 'CreditMemo');
    const links = rowsOf(payments, 'Payment');
    const link = links.find((row) => !isVoided(row) && row.list('Line').length > 0);
    const done = wish.gone
      ? yield* takenBack(context, memo, link)
      : yield* given(context, wish, {
          memo,
          link,
          links: links.length,
          bill: invoiceIn(bills, wish.invoice, context.attempt),
        });
    if (done !== undefined) return done;
  }
  return fail('busy', `Credit ${wish.number} does not come to rest in QuickBooks; it is looked at again later.`);
}

interface Seen {
  readonly memo: Json | undefined;
  readonly link: Json | undefined;
  /** Payments of nothing there ever were, voided ones too. */
  readonly links: number;
  readonly bill: Json;
}

function* given(context: EffectContext, wish: CreditWish, { memo, link, links, bill }: Seen): Flow<string | undefined> {
  const { account, key } = context;
  if (!memo) {
    yield* made(context, wish, bill);
    return undefined;
  }
  const done = refOf(account, 'CreditMemo', memo.str('Id'));
  if (memo.decimal('TotalAmt', wish.currency) !== wish.amountCents) {
    if (link) yield* voided(context, link);
    else yield* resized(context, wish, memo);
    return undefined;
  }
  const left = memo.decimal('RemainingCredit', wish.currency);
  const put = least(left, bill.decimal('Balance', wish.currency));
  // Nothing is left, be it that QuickBooks puts credit on invoices by itself; or the invoice takes no more.
  if (put <= 0) return done;
  const Amount = toNumber(put, wish.currency);
  const on = (row: Json, TxnType: string) => ({ Amount, LinkedTxn: [{ TxnId: row.str('Id'), TxnType }] });
  const body = {
    CustomerRef: { value: bill.str('CustomerRef.value') },
    TotalAmt: 0,
    TxnDate: wish.day,
    PaymentRefNum: wish.number,
    PrivateNote: `Rent Ledger: credit ${wish.number} on invoice ${wish.invoice}`,
    Line: [on(bill, 'Invoice'), on(memo, 'CreditMemo')],
    ...currencyRef(account, wish.currency),
  };
  yield* written(account, { kind: 'Payment', body, key: `${key} ${links}` });
  return done;
}

function* made(context: EffectContext, wish: CreditWish, bill: Json): Flow<Json> {
  const { account, key } = context;
  const item = itemIn(bill) ?? (yield* itemFor(context, yield* asked(findItem(account))));
  const body = {
    CustomerRef: { value: bill.str('CustomerRef.value') },
    DocNumber: wish.number,
    TxnDate: wish.day,
    ...saleLine(account, wish, wish.reason, item),
    PrivateNote: `Rent Ledger: credit on invoice ${wish.invoice}, lease ${wish.customer.leaseId}`,
    ...currencyRef(account, wish.currency),
  };
  return yield* written(account, { kind: 'CreditMemo', body, key });
}

function* resized({ account, key }: EffectContext, wish: CreditWish, memo: Json): Flow<Json> {
  const head = { Id: memo.str('Id'), SyncToken: memo.str('SyncToken'), sparse: true };
  const body = { ...head, ...saleLine(account, wish, wish.reason, itemIn(memo) ?? '') };
  return yield* written(account, { kind: 'CreditMemo', body, key });
}

/** Off the invoice first. A credit memo cannot be voided, so it is deleted. */
function* takenBack(context: EffectContext, memo: Json | undefined, link: Json | undefined): Flow<string | undefined> {
  const { account, key } = context;
  if (link) {
    yield* voided(context, link);
    return undefined;
  }
  if (!memo) return NOTHING;
  const body = { Id: memo.str('Id'), SyncToken: memo.str('SyncToken') };
  yield* written(account, { kind: 'CreditMemo', body, key, params: { operation: 'delete' } });
  return refOf(account, 'CreditMemo', memo.str('Id'));
}
