/** The effect `payment`: money of one receipt on one invoice, put there, changed or taken out until it is as wished. */
import type { PaymentWish } from '../../domain/books';
import { least, plus, sum, toNumber, ZERO } from '../../domain/money';
import type { Cents } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { HttpReply } from '../../ports';
import { type Account, asked, askedAll, type Effect, type EffectContext, type Flow } from '../connector';
import { paymentWish } from '../wishes';
import { isVoided, literal, query, rowsOf, twice, written } from './api';
import { checkCurrency, currencyRef } from './customers';
import { findInvoice, standing } from './invoice';
import { NOTHING, refOf } from './sales';

/** The invoice leaves beside it, so it is there a little later; after so many tries nobody waits for it. */
const PATIENCE = 12;
const WAIT_SECONDS = 300;

export const payment: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wish = paymentWish(context.payload);
    return yield* twice(() => (wish.gone ? removed(context, wish) : placed(context, wish)));
  },
};

export const findPayments = (account: Account, number: string) =>
  query(account, `select * from Payment where PaymentRefNum = ${literal(number)}`);

const alive = (rows: readonly Json[]): Json | undefined => rows.find((row) => !isVoided(row));

/** The invoice that money or credit is put on. */
export function invoiceIn(reply: HttpReply | undefined, number: string, attempt: number): Json {
  const found = standing(rowsOf(reply, 'Invoice'));
  if (!found) {
    const kind = attempt < PATIENCE ? 'busy' : 'rejected';
    return fail(kind, `Invoice ${number} is not in QuickBooks yet.`, { retryAfterSeconds: WAIT_SECONDS });
  }
  return isVoided(found)
    ? fail('rejected', `Invoice ${number} is voided in QuickBooks; nothing can be put on it.`)
    : found;
}

function* placed(context: EffectContext, wish: PaymentWish): Flow<string> {
  const { account, key, attempt } = context;
  checkCurrency(account, wish.currency);
  const bank = findBank(account);
  const [payments, bills, banks] = yield* askedAll(
    findPayments(account, wish.number),
    findInvoice(account, wish.invoice),
    ...(bank ? [bank] : []),
  );
  const all = rowsOf(payments, 'Payment');
  const bill = invoiceIn(bills, wish.invoice, attempt);
  const known = alive(all);
  if (known && fits(known, wish, bill)) return refOf(account, 'Payment', known.str('Id'));
  const body = {
    ...(known ? { Id: known.str('Id'), SyncToken: known.str('SyncToken'), sparse: true } : {}),
    CustomerRef: { value: bill.str('CustomerRef.value') },
    TotalAmt: toNumber(wish.amountCents, wish.currency),
    TxnDate: wish.day,
    PaymentRefNum: wish.number,
    PrivateNote: `Rent Ledger: ${maskMemo(`${wish.source} ${wish.reference}`)}, invoice ${wish.invoice}`,
    Line: [lineOn(bill, wish, known)],
    ...(known ? {} : { ...bankIn(account, banks), ...currencyRef(account, wish.currency) }),
  };
  // One that was voided stays voided; what is put there after it is a new one, and not an answer from before.
  const made = yield* written(account, { kind: 'Payment', body, key: `${key} ${all.length}` });
  return refOf(account, 'Payment', made.str('Id'));
}

const linesOn = (payment: Json, invoice: string): readonly Json[] =>
  payment.list('Line').filter((line) => line.items('LinkedTxn').some((one) => one.opt('TxnId') === invoice));

const appliedOn = (payment: Json, wish: PaymentWish, invoice: string): Cents =>
  sum(linesOn(payment, invoice).map((line) => line.decimal('Amount', wish.currency)));

/** What is more than the invoice still takes stays unapplied with the customer: it was paid twice, and a person looks at it. */
function lineOn(bill: Json, wish: PaymentWish, known: Json | undefined) {
  const id = bill.str('Id');
  const open = plus(bill.decimal('Balance', wish.currency), known ? appliedOn(known, wish, id) : ZERO);
  if (open <= 0)
    fail('rejected', `Invoice ${wish.invoice} is paid already in QuickBooks. Look whether it was paid twice.`);
  const Amount = toNumber(least(wish.amountCents, open), wish.currency);
  return { Amount, LinkedTxn: [{ TxnId: id, TxnType: 'Invoice' }] };
}

function fits(known: Json, wish: PaymentWish, bill: Json): boolean {
  const applied = appliedOn(known, wish, bill.str('Id'));
  const isFull = applied === wish.amountCents || (applied > 0 && bill.decimal('Balance', wish.currency) === ZERO);
  return isFull && known.decimal('TotalAmt', wish.currency) === wish.amountCents && known.opt('TxnDate') === wish.day;
}

// ---------------------------------------------------------------- where the money lies

const bankName = (account: Account): string => account.QUICKBOOKS_DEPOSIT_ACCOUNT?.trim() ?? '';

function findBank(account: Account) {
  const name = bankName(account);
  return name === '' || /^\d+$/.test(name)
    ? undefined
    : query(account, `select * from Account where Name = ${literal(name)}`);
}

/** Nothing chosen: Intuit's own Undeposited Funds. */
function bankIn(account: Account, reply: HttpReply | undefined) {
  const name = bankName(account);
  if (name === '') return {};
  const id = /^\d+$/.test(name) ? name : rowsOf(reply, 'Account')[0]?.str('Id');
  if (!id) return fail('rejected', `QuickBooks has no account "${name}". Correct it on the screen Connections.`);
  return { DepositToAccountRef: { value: id } };
}

// ---------------------------------------------------------------- taken out

function* removed(context: EffectContext, wish: PaymentWish): Flow<string> {
  const rows = rowsOf(yield* asked(findPayments(context.account, wish.number)), 'Payment');
  const known = alive(rows) ?? rows[0];
  if (!known) return NOTHING;
  if (!isVoided(known)) yield* voided(context, known);
  return refOf(context.account, 'Payment', known.str('Id'));
}

/** A voided payment keeps its number, by which it stays known as ours; a deleted one would be a stranger in the feed. */
export function* voided({ account, key }: EffectContext, payment: Json): Flow<Json> {
  const body = { Id: payment.str('Id'), SyncToken: payment.str('SyncToken'), sparse: true };
  const params = { operation: 'update', include: 'void' };
  return yield* written(account, { kind: 'Payment', body, key, params });
}
