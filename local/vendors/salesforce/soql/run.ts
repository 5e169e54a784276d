/** Finds what a query asks for: which records, in which order, and how each is told. */
import { refusal } from '../errors';
import { fieldNamed, objectNamed, visibleFields } from '../fields';
import type { Desk, Field, ObjectName, Row, Value } from '../state';
import type { Condition, Literal, Order, Query } from './parse';

/** A field of the object itself, or of the one that a reference leads to. */
export interface Step {
  readonly reference?: Field;
  readonly target: ObjectName;
  readonly field: Field;
}

const OF_TYPE: Readonly<Record<Field['type'], Literal['kind']>> = {
  id: 'text',
  string: 'text',
  textarea: 'text',
  picklist: 'text',
  email: 'text',
  phone: 'text',
  reference: 'text',
  currency: 'number',
  double: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
};

const invalidField = (words: string) => refusal(400, 'INVALID_FIELD', `\n${words}`);

const noColumn = (name: string, entity: string) =>
  invalidField(
    [
      `No such column '${name}' on entity '${entity}'.`,
      "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.",
      'Please reference your WSDL or the describe call for the appropriate names.',
    ].join(' '),
  );

export class Search {
  readonly object: ObjectName;

  constructor(
    readonly desk: Desk,
    readonly query: Query,
  ) {
    const object = objectNamed(query.object);
    if (!object) throw refusal(400, 'INVALID_TYPE', `\nsObject type '${query.object}' is not supported.`);
    this.object = object;
    for (const path of query.paths) this.step(path);
    for (const { path } of query.orders) this.sortable(path);
    if (query.where) this.check(query.where);
    if (query.offset > 2000) throw refusal(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }

  step(path: string): Step {
    const [first = '', second, ...more] = path.split('.');
    if (second === undefined) return { target: this.object, field: this.column(this.object, first) };
    const reference = visibleFields(this.desk, this.object).find(
      ({ relationshipName }) => relationshipName?.toLowerCase() === first.toLowerCase(),
    );
    if (!reference || more.length > 0) throw invalidField(`Didn't understand relationship '${first}' in field path.`);
    const target = reference.referenceTo![0]!;
    return { reference, target, field: this.column(target, second) };
  }

  private column(object: ObjectName, name: string): Field {
    const field = fieldNamed(this.desk, object, name);
    if (!field) throw noColumn(name, object);
    return field;
  }

  private sortable(path: string): Field {
    const { field } = this.step(path);
    if (field.type === 'textarea' && (field.length ?? 0) > 255)
      throw invalidField(`field '${field.name}' can not be sorted in a query call`);
    return field;
  }

  private check(condition: Condition): void {
    if (condition.is === 'test') this.checkTest(condition);
    else for (const inner of condition.is === 'not' ? [condition.of] : condition.of) this.check(inner);
  }

  private checkTest({ path, operator, values }: Extract<Condition, { is: 'test' }>): void {
    const { field } = this.step(path);
    if (field.type === 'textarea' && (field.length ?? 0) > 255)
      throw invalidField(`field '${field.name}' can not be filtered in a query call`);
    if (operator === 'like' && OF_TYPE[field.type] !== 'text')
      throw invalidField(`invalid operator on ${field.type} field`);
    if (field.type === 'id' || field.type === 'reference') checkIds(field.name, values);
    const wanted = OF_TYPE[field.type];
    const wrong = values.find(({ kind }) => kind !== wanted && kind !== 'null');
    if (!wrong) return;
    const quotes = wanted === 'text' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
    const type = field.type === 'datetime' ? 'dateTime' : field.type;
    throw invalidField(`value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`);
  }

  valueOf(row: Row, path: string): Value {
    const { reference, target, field } = this.step(path);
    if (!reference) return row[field.name] ?? null;
    const other = this.desk.org.records[target][String(row[reference.name])];
    return other?.[field.name] ?? null;
  }

  private holds(row: Row, condition: Condition): boolean {
    switch (condition.is) {
      case 'all':
        return condition.of.every((inner) => this.holds(row, inner));
      case 'any':
        return condition.of.some((inner) => this.holds(row, inner));
      case 'not':
        return !this.holds(row, condition.of);
      default: {
        const { path, operator, values } = condition;
        return passes(this.valueOf(row, path), this.step(path).field, operator, values);
      }
    }
  }

  /** The records, in order. Deleted ones only where they are asked for. */
  rows(isAll: boolean): Row[] {
    const { where, orders, limit, offset } = this.query;
    const found = Object.values(this.desk.org.records[this.object])
      .filter((row) => isAll || row.IsDeleted !== true)
      .filter((row) => !where || this.holds(row, where));
    const sorted = orders.length === 0 ? found : [...found].sort((a, b) => this.compare(a, b, orders));
    return sorted.slice(offset, limit === undefined ? undefined : offset + limit);
  }

  private compare(a: Row, b: Row, orders: readonly Order[]): number {
    for (const { path, down, nullsLast } of orders) {
      const [one, two] = [this.valueOf(a, path), this.valueOf(b, path)];
      if (one === null || two === null) {
        if (one !== two) return (one === null) === nullsLast ? 1 : -1;
        continue;
      }
      const difference = typeof one === 'string' ? byText(one, String(two)) : Number(one) - Number(two);
      if (difference !== 0) return down ? -difference : difference;
    }
    return 0;
  }

  /** As it is told: its type and address, then the fields that were asked for. */
  told(row: Row): Record<string, unknown> {
    const { version } = this.desk;
    const attributes = (type: ObjectName, id: Value) => ({
      type,
      url: `/services/data/v${version}.0/sobjects/${type}/${id}`,
    });
    const shown: Record<string, unknown> = { attributes: attributes(this.object, row.Id ?? null) };
    for (const path of this.query.paths) {
      const { reference, target, field } = this.step(path);
      if (!reference) {
        shown[field.name] = row[field.name] ?? null;
        continue;
      }
      const id = row[reference.name] ?? null;
      const name = reference.relationshipName!;
      if (id === null) shown[name] = null;
      else {
        const before = (shown[name] as object | undefined) ?? { attributes: attributes(target, id) };
        shown[name] = { ...before, [field.name]: this.valueOf(row, path) };
      }
    }
    return shown;
  }
}

function checkIds(name: string, values: readonly Literal[]): void {
  const bad = values.find(({ kind, value }) => kind === 'text' && !/^(\w{15}|\w{18})$/.test(value));
  if (bad) throw refusal(400, 'INVALID_QUERY_FILTER_OPERATOR', `\n${name}: invalid ID field: ${bad.value}`);
}

/** Ids are told apart by their first 15 characters, other texts without regard to case. */
function passes(own: Value, field: Field, operator: string, wanted: readonly Literal[]): boolean {
  const isSame = (one: Literal) => (one.kind === 'null' ? own === null : own !== null && order(own, field, one) === 0);
  switch (operator) {
    case '=':
    case 'in':
      return wanted.some(isSame);
    case '!=':
      return !wanted.some(isSame);
    case 'like':
      return own !== null && likeness(wanted[0]!.value).test(String(own));
    default: {
      const [one] = wanted;
      if (own === null || one!.kind === 'null') return false;
      const difference = order(own, field, one!);
      return operator.startsWith('<')
        ? difference < 0 || (operator === '<=' && difference === 0)
        : difference > 0 || (operator === '>=' && difference === 0);
    }
  }
}

function order(own: string | number | boolean, field: Field, { kind, value }: Literal): number {
  if (kind === 'number') return Number(own) - Number(value);
  if (kind === 'datetime') return Date.parse(String(own)) - Date.parse(value);
  if (kind === 'text' && (field.type === 'id' || field.type === 'reference'))
    return byText(String(own).slice(0, 15), value.slice(0, 15));
  return byText(String(own).toLowerCase(), value.toLowerCase());
}

const byText = (one: string, two: string): number => (one === two ? 0 : one < two ? -1 : 1);

/** `%` stands for any text, `_` for one character. */
const likeness = (pattern: string): RegExp =>
  new RegExp(
    `^${[...pattern]
      .map((each) => (each === '%' ? '.*' : each === '_' ? '.' : each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    'is',
  );
