/** Customers and items of the QuickBooks sandbox. */
import { current, freeName, homeCurrency, merged, target } from './checks';
import { refuse } from './refuse';
import { fieldsOf, isWritable } from './rules';
import { add, type Entity, type QuickbooksState, touch } from './state';

type Body = Readonly<Record<string, unknown>>;
export type ListKind = 'Customer' | 'Item';

const FORBIDDEN = /[:\t\n]/;

/** Creates, or changes what has an id. */
export function writeList(state: QuickbooksState, kind: ListKind, body: Body, nowMs: number): Entity {
  const known = body.Id === undefined ? undefined : current(state, kind, body);
  const fields = fieldsOf(kind, body);
  homeCurrency(fields);
  const nameField = kind === 'Customer' ? 'DisplayName' : 'Name';
  const name = fields[nameField] ?? (known && body.sparse === true ? known[nameField] : undefined);
  if (typeof name !== 'string')
    return refuse('2020', `Required parameter ${nameField} is missing in the request`, nameField);
  if (FORBIDDEN.test(name))
    return refuse('6000', `Business Validation Error: ${nameField} holds a sign that is not allowed.`);
  freeName(state, kind, name, known?.Id);
  if (kind === 'Item' && !known) target(state, 'Account', fields.IncomeAccountRef, 'IncomeAccountRef');
  if (!known) return add(state, kind, { Active: true, ...fields, FullyQualifiedName: name }, nowMs);
  merged(known, fields, body.sparse === true, (field) => isWritable(kind, field));
  known.FullyQualifiedName = name;
  touch(known, nowMs);
  return known;
}
