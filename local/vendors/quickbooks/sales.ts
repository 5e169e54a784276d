/** Invoices and credit memos of the QuickBooks sandbox. */
import { letGo, settle, usesOf } from './balances';
import { current, freeNumber, homeCurrency, isVoided, merged, target, zero } from './checks';
import { refuse } from './refuse';
import { fieldsOf, isWritable } from './rules';
import { add, dayAt, type Entity, type Line, type QuickbooksState, remove, touch } from './state';

export type Sale = 'Invoice' | 'CreditMemo';
type Body = Readonly<Record<string, unknown>>;

export interface Options {
  readonly duplicates: boolean;
  readonly nowMs: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Lines as Intuit keeps them: numbered, with the name of the item, and a subtotal at the end. */
function linesOf(state: QuickbooksState, given: unknown): Line[] {
  const lines = ((given ?? []) as Line[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  const sold = lines.filter((line) => line.DetailType === 'SalesItemLineDetail');
  if (sold.length === 0) return refuse('2020', 'Required parameter Line is missing in the request', 'Line');
  const kept = lines.map((line, index) => ({ ...line, Id: String(index + 1), LineNum: index + 1 }) as Line);
  for (const line of kept) if (line.DetailType === 'SalesItemLineDetail') checkSold(state, line);
  const Amount = round(sold.reduce((total, line) => total + line.Amount, 0));
  return [...kept, { DetailType: 'SubTotalLineDetail', Amount, SubTotalLineDetail: {} } as Line];
}

function checkSold(state: QuickbooksState, line: Line): void {
  if (line.Amount === undefined)
    refuse('2020', 'Required parameter Line.Amount is missing in the request', 'Line.Amount');
  const detail = line.SalesItemLineDetail;
  const item = target(state, 'Item', detail?.ItemRef, 'Line.SalesItemLineDetail.ItemRef');
  const { Qty, UnitPrice } = (detail ?? {}) as { Qty?: number; UnitPrice?: number };
  if (Qty !== undefined && UnitPrice !== undefined && round(Qty * UnitPrice) !== line.Amount)
    refuse('6070', `Amount calculation incorrect in the request. Amount:${line.Amount}`);
  line.SalesItemLineDetail = { TaxCodeRef: { value: 'NON' }, ...detail, ItemRef: { value: item.Id, name: item.Name } };
}

const totalOf = (lines: readonly Line[]): number => lines[lines.length - 1]?.Amount ?? 0;

export function createSale(state: QuickbooksState, kind: Sale, body: Body, { duplicates, nowMs }: Options): Entity {
  const fields = fieldsOf(kind, body);
  const customer = target(state, 'Customer', fields.CustomerRef, 'CustomerRef');
  const Line = linesOf(state, fields.Line);
  homeCurrency(fields);
  if (!duplicates) freeNumber(state, kind, fields.DocNumber, undefined);
  const TxnDate = fields.TxnDate ?? dayAt(nowMs);
  const entity = add(
    state,
    kind,
    {
      EmailStatus: 'NotSet',
      PrintStatus: 'NeedToPrint',
      TxnTaxDetail: { TotalTax: 0 },
      ...fields,
      TxnDate,
      ...(kind === 'Invoice' ? { DueDate: fields.DueDate ?? TxnDate } : {}),
      CustomerRef: { value: customer.Id, name: customer.DisplayName },
      Line,
      TotalAmt: totalOf(Line),
    },
    nowMs,
  );
  entity.DocNumber ??= String(1000 + Number(entity.Id));
  settle(state, kind, entity.Id, nowMs, true);
  return entity;
}

export function updateSale(state: QuickbooksState, kind: Sale, body: Body, { duplicates, nowMs }: Options): Entity {
  const entity = current(state, kind, body);
  const fields = fieldsOf(kind, body);
  homeCurrency(fields);
  if (fields.CustomerRef) target(state, 'Customer', fields.CustomerRef, 'CustomerRef');
  if (!duplicates) freeNumber(state, kind, fields.DocNumber, entity.Id);
  const sparse = body.sparse === true;
  if (!sparse) target(state, 'Customer', fields.CustomerRef, 'CustomerRef');
  if (fields.Line || !sparse) fields.Line = linesOf(state, fields.Line);
  const keep = { TxnDate: entity.TxnDate, DocNumber: entity.DocNumber, DueDate: entity.DueDate };
  merged(entity, fields, sparse, (name) => isWritable(kind, name));
  for (const [name, value] of Object.entries(keep)) entity[name] ??= value;
  if (fields.Line) entity.TotalAmt = totalOf(fields.Line as Line[]);
  letGo(state, kind, entity.Id, nowMs);
  touch(entity, nowMs);
  settle(state, kind, entity.Id, nowMs, true);
  return entity;
}

export function voidSale(state: QuickbooksState, kind: Sale, body: Body, nowMs: number): Entity {
  if (kind === 'CreditMemo') return refuse('500', 'Operation void is not supported for CreditMemo.');
  const entity = current(state, kind, body);
  fieldsOf(kind, body);
  if (isVoided(entity)) return entity;
  if (usesOf(state, kind, entity.Id).length > 0)
    return refuse('6000', 'Business Validation Error: You cannot void this transaction: a payment is linked to it.');
  zero(entity);
  entity.Line = (entity.Line ?? []).map((line) => ({ ...line, Amount: 0 }));
  touch(entity, nowMs);
  settle(state, kind, entity.Id, nowMs, true);
  return entity;
}

export function deleteSale(state: QuickbooksState, kind: Sale, body: Body, nowMs: number): string {
  const entity = current(state, kind, body);
  entity.TotalAmt = 0;
  letGo(state, kind, entity.Id, nowMs);
  remove(state, kind, entity.Id, nowMs);
  return entity.Id;
}
