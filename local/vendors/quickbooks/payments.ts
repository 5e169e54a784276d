/** Payments of the QuickBooks sandbox: money on invoices, credit put on them, and what may no longer be undone. */
import { openOf, settleLinked, settlePayment } from './balances';
import { current, homeCurrency, isVoided, merged, target, zero } from './checks';
import { refuse } from './refuse';
import { fieldsOf, isWritable } from './rules';
import { add, all, dayAt, type Entity, type Line, type QuickbooksState, remove, touch } from './state';

type Body = Readonly<Record<string, unknown>>;

const round = (value: number): number => Math.round(value * 100) / 100;

/** What is more than an invoice still takes is left unapplied without a word; `own` is what the payment already has there. */
function linesOf(state: QuickbooksState, given: unknown, customer: Entity, own: readonly Line[]): Line[] {
  return ((given ?? []) as Line[]).flatMap((line) => {
    const [link] = line.LinkedTxn ?? [];
    if (link?.TxnType !== 'Invoice' && link?.TxnType !== 'CreditMemo')
      return refuse('2170', `Invalid Enumeration : TxnType ${link?.TxnType}`, 'Line.LinkedTxn.TxnType');
    const linked = target(state, link.TxnType, { value: link.TxnId }, 'Line.LinkedTxn.TxnId');
    if (linked.CustomerRef?.value !== customer.Id)
      return refuse('6000', 'Business Validation Error: The linked transaction belongs to another customer.');
    if (isVoided(linked)) return refuse('6000', 'Business Validation Error: The linked transaction is voided.');
    const had = own.find((one) => one.LinkedTxn?.[0]?.TxnId === link.TxnId)?.Amount ?? 0;
    const Amount = Math.min(line.Amount, round(openOf(state, link.TxnType, linked) + had));
    return Amount > 0 ? [{ Amount, LinkedTxn: [{ TxnId: link.TxnId, TxnType: link.TxnType }] }] : [];
  });
}

function checked(payment: Pick<Entity, 'TotalAmt' | 'Line'>): void {
  const part = (type: string) =>
    (payment.Line ?? []).reduce((total, line) => total + (line.LinkedTxn?.[0]?.TxnType === type ? line.Amount : 0), 0);
  if (round(part('Invoice') - part('CreditMemo')) > (payment.TotalAmt ?? 0))
    refuse('6000', 'Business Validation Error: The amount received is less than what is applied.');
}

function references(state: QuickbooksState, fields: Body): void {
  homeCurrency(fields);
  if (fields.PaymentMethodRef) target(state, 'PaymentMethod', fields.PaymentMethodRef, 'PaymentMethodRef');
  if (!fields.DepositToAccountRef) return;
  const account = target(state, 'Account', fields.DepositToAccountRef, 'DepositToAccountRef');
  if (account.AccountType !== 'Bank' && account.AccountType !== 'Other Current Asset')
    refuse('6000', 'Business Validation Error: Select a bank or other current asset account.');
}

export function createPayment(state: QuickbooksState, body: Body, nowMs: number): Entity {
  const fields = fieldsOf('Payment', body);
  const customer = target(state, 'Customer', fields.CustomerRef, 'CustomerRef');
  if (typeof fields.TotalAmt !== 'number')
    return refuse('2020', 'Required parameter TotalAmt is missing in the request', 'TotalAmt');
  if (fields.TotalAmt < 0) return refuse('6000', 'Business Validation Error: The amount must be zero or more.');
  references(state, fields);
  const Line = linesOf(state, fields.Line, customer, []);
  checked({ TotalAmt: fields.TotalAmt, Line });
  const entity = add(
    state,
    'Payment',
    {
      DepositToAccountRef: { value: '2' },
      ProcessPayment: false,
      TxnDate: dayAt(nowMs),
      CurrencyRef: { value: 'USD', name: 'United States Dollar' },
      ...fields,
      CustomerRef: { value: customer.Id, name: customer.DisplayName },
      Line,
    },
    nowMs,
  );
  settlePayment(entity);
  settleLinked(state, Line, nowMs);
  return entity;
}

export function updatePayment(state: QuickbooksState, body: Body, nowMs: number): Entity {
  const entity = current(state, 'Payment', body);
  if (isVoided(entity)) return refuse('6000', 'Business Validation Error: A voided transaction cannot be changed.');
  const fields = fieldsOf('Payment', body);
  references(state, fields);
  const sparse = body.sparse === true;
  const customer = target(
    state,
    'Customer',
    sparse ? (fields.CustomerRef ?? entity.CustomerRef) : fields.CustomerRef,
    'CustomerRef',
  );
  const before = entity.Line ?? [];
  if (fields.Line || !sparse) fields.Line = linesOf(state, fields.Line, customer, before);
  const Line = (fields.Line ?? before) as Line[];
  checked({ TotalAmt: (fields.TotalAmt as number | undefined) ?? (entity.TotalAmt as number), Line });
  const { TotalAmt, TxnDate } = entity;
  merged(entity, fields, sparse, (name) => isWritable('Payment', name));
  entity.TotalAmt ??= TotalAmt;
  entity.TxnDate ??= TxnDate;
  entity.CustomerRef = { value: customer.Id, name: String(customer.DisplayName) };
  settlePayment(entity);
  touch(entity, nowMs);
  settleLinked(state, [...before, ...Line], nowMs);
  return entity;
}

/** Money that was banked stays until its deposit is taken apart. */
function notDeposited(state: QuickbooksState, payment: Entity): void {
  const inDeposit = all(state, 'Deposit').some((deposit) =>
    deposit.Line?.some((line) => line.LinkedTxn?.some((one) => one.TxnId === payment.Id && one.TxnType === 'Payment')),
  );
  if (inDeposit)
    refuse('6000', 'Business Validation Error: The transaction has been deposited. Remove it from the deposit first.');
}

export function voidPayment(state: QuickbooksState, body: Body, nowMs: number): Entity {
  const entity = current(state, 'Payment', body);
  if (body.sparse !== true) return refuse('2020', 'Required parameter sparse is missing in the request', 'sparse');
  fieldsOf('Payment', body);
  if (isVoided(entity)) return entity;
  notDeposited(state, entity);
  const before = entity.Line;
  zero(entity);
  entity.Line = [];
  settlePayment(entity);
  touch(entity, nowMs);
  settleLinked(state, before, nowMs);
  return entity;
}

export function deletePayment(state: QuickbooksState, body: Body, nowMs: number): string {
  const entity = current(state, 'Payment', body);
  notDeposited(state, entity);
  const before = entity.Line;
  remove(state, 'Payment', entity.Id, nowMs);
  settleLinked(state, before, nowMs);
  return entity.Id;
}
