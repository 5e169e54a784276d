/** What the API may write into Rent Manager: charges, payments and credits, in arrays that are saved whole or not at all. */
import { jsonReply } from '../kit/reply';
import { amount, type Complaint, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { cents } from './accounts';
import { sortable } from './dates';
import { failure, invalid, missing } from './errors';
import { bodyOf } from './gate';
import { parametersOf } from './lists';
import { type Desk, insert, keyOf, type Row, rowById, touch } from './state';
import { View } from './views';

export type Written = 'Charges' | 'Payments' | 'Credits';
type Members = Readonly<Record<string, unknown>>;

const date: Rule = (value, at) =>
  typeof value === 'string' && sortable('UTC', value) !== undefined
    ? undefined
    : ({ at, what: 'invalid', wanted: 'a date' } satisfies Complaint);

const MONEY: Readonly<Record<string, Rule>> = {
  'ID?': whole,
  AccountID: whole,
  'AccountType?': oneOf('Customer'),
  Amount: amount(2),
  TransactionDate: date,
  'Reference?': text({ max: 50 }),
  'Comment?': text({ max: 255 }),
};

const RULES: Readonly<Record<Written, Rule>> = {
  Charges: object({ ...MONEY, 'ChargeID?': whole, PropertyID: whole, 'UnitID?': whole, ChargeTypeID: whole }),
  Payments: object({
    ...MONEY,
    'PaymentID?': whole,
    'PrepayPropertyID?': whole,
    'PrepayUnitID?': whole,
    'Allocations?': listOf(object({ ChargeID: whole, Amount: amount(2) })),
  }),
  Credits: object({ ...MONEY, 'CreditID?': whole, 'PropertyID?': whole, 'UnitID?': whole, ChargeTypeID: whole }),
};

interface Save {
  readonly isHardCloseIgnored: boolean;
}

/** `IgnoreHardClose,true;Other,false` */
function optionsIn(text: string | null): Save {
  const options = new Map<string, string>();
  for (const part of (text ?? '').split(';').filter((each) => each !== '')) {
    const [, option = '', value = ''] = /^(\w+),(true|false)$/i.exec(part) ?? [];
    if (option !== 'IgnoreHardClose') throw invalid('saveOptions', `The value '${part}' is not valid for saveOptions.`);
    options.set(option, value.toLowerCase());
  }
  return { isHardCloseIgnored: options.get('IgnoreHardClose') === 'true' };
}

export function save(desk: Desk, table: Written, request: SandboxRequest, url: URL): SandboxReply {
  const query = parametersOf(url, ['saveoptions']);
  const options = optionsIn(query.get('saveoptions'));
  const body = bodyOf(request);
  if (!Array.isArray(body)) throw invalid('models', 'An array of models is expected.');
  const complaint = listOf(RULES[table], { min: 1 })(body, 'models');
  if (complaint) throw invalid(complaint.at, `${complaint.what}: ${complaint.wanted}`);
  const models = body as readonly Members[];
  for (const model of models) check(desk, table, model, options);
  const rows = models.map((model) => saved(desk, table, model));
  if (desk.state.answersPosts === 'nothing') return { status: 200, headers: {}, body: '' };
  const view = new View(desk);
  return jsonReply(
    200,
    rows.map((row) => view.shown(table, row, new Map())),
  );
}

function existing(desk: Desk, table: Written, model: Members): Row | undefined {
  const id = model[keyOf(table)];
  if (id === undefined) return undefined;
  const row = rowById(desk.state, table, desk.location, id);
  if (!row) throw missing(table, String(id));
  return row;
}

function check(desk: Desk, table: Written, model: Members, options: Save): void {
  const row = existing(desk, table, model);
  const { state, location } = desk;
  if (!rowById(state, 'Tenants', location, model.AccountID))
    throw failure(400, `The account ${model.AccountID} is not valid.`, 'AccountID: no such customer.');
  if (cents(model.Amount) <= 0) throw failure(400, 'The amount must be greater than zero.');
  for (const each of [model, ...(row ? [row] : [])]) checkClosed(desk, each, options);
  if (table !== 'Payments') checkPlace(desk, model);
  if (table === 'Payments') checkAllocations(desk, model);
  if (table === 'Payments' && row?.ReversalDate) throw failure(400, 'A reversed payment cannot be changed.');
}

function checkClosed({ state, location }: Desk, model: Members, { isHardCloseIgnored }: Save): void {
  const closed = state.closedThrough[location];
  if (closed === undefined || isHardCloseIgnored || String(model.TransactionDate).slice(0, 10) > closed) return;
  throw failure(500, `The accounting period is closed through ${closed}.`, 'HardCloseException');
}

function checkPlace({ state, location }: Desk, model: Members): void {
  if (model.PropertyID !== undefined && !rowById(state, 'Properties', location, model.PropertyID))
    throw failure(400, `The property ${model.PropertyID} is not valid.`);
  const unit = rowById(state, 'Units', location, model.UnitID);
  if (model.UnitID !== undefined && unit?.PropertyID !== model.PropertyID)
    throw failure(400, `The unit ${model.UnitID} does not belong to the property ${model.PropertyID}.`);
  const kind = rowById(state, 'ChargeTypes', location, model.ChargeTypeID);
  if (kind?.IsActive !== true) throw failure(400, `The charge type ${model.ChargeTypeID} is not valid.`);
}

function checkAllocations({ state, location }: Desk, model: Members): void {
  const wanted = (model.Allocations ?? []) as readonly { ChargeID: number; Amount: number }[];
  const total = wanted.reduce((sum, { Amount }) => sum + cents(Amount), 0);
  if (total > cents(model.Amount)) throw failure(400, 'More is allocated than the amount of the payment.');
  for (const { ChargeID } of wanted)
    if (rowById(state, 'Charges', location, ChargeID)?.AccountID !== model.AccountID)
      throw failure(400, `The charge ${ChargeID} is not of this account.`);
}

const TYPES = { Charges: 'Charge', Payments: 'Payment', Credits: 'Credit' } as const;

function saved(desk: Desk, table: Written, model: Members): Row {
  const { state, location, nowMs, user } = desk;
  const fields = kept(desk, table, model);
  const row = existing(desk, table, model);
  if (row) return touch(state, row, fields, nowMs, user.id);
  const blank = { Reference: null, Comment: null, UnitID: null };
  const payment = { ReversalDate: null, ReversalType: null, PrepayPropertyID: null, PrepayUnitID: null };
  const whole = {
    ...blank,
    ...(table === 'Payments' ? payment : {}),
    ...fields,
    AccountType: 'Customer',
    TransactionType: TYPES[table],
  };
  return insert(state, table, location, nowMs, whole, user.id);
}

/** What of a model is kept: the reference of a payment or a credit not always. */
function kept({ state }: Desk, table: Written, model: Members): Members {
  const { Allocations, Reference, ...fields } = model;
  const reference = table === 'Charges' || state.takesPaymentReference ? Reference : undefined;
  return {
    ...fields,
    ...(typeof model.TransactionDate === 'string'
      ? { TransactionDate: `${model.TransactionDate.slice(0, 10)}T00:00:00` }
      : {}),
    ...(reference === undefined ? {} : { Reference: reference }),
    ...(Allocations === undefined ? {} : { $wanted: Allocations }),
  };
}

/** Deletes a line; a reversed payment stays. */
export function remove(desk: Desk, table: Written, row: Row): SandboxReply {
  checkClosed(desk, row, { isHardCloseIgnored: false });
  if (table === 'Payments' && row.ReversalDate !== null) throw failure(409, 'A reversed payment cannot be deleted.');
  const rows = desk.state.tables[table];
  rows.splice(rows.indexOf(row), 1);
  return { status: 200, headers: {}, body: '' };
}
