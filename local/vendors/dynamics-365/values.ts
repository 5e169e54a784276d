/** Reads the body of a write: each member must be a column that the table has, with a value of its kind. */
import { boundRow } from './address';
import { badPayload, refused } from './errors';
import { mustHave } from './gate';
import { columnIn, columnsIn, type Desk, isGuid, moment, type Scalar } from './state';
import { type Column, isLookup, navigation, type Table } from './tables';

const notOf = (table: Table, name: string) =>
  badPayload(
    table.set,
    `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table.name}'. ---> ` +
      `Microsoft.OData.ODataException: The property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.${table.name}'. ` +
      'Make sure to only use property names that are defined by the type.',
  );

const undeclared = (table: Table, name: string) =>
  badPayload(
    table.set,
    `An undeclared property '${name}' which only has property annotations in the payload but no property value was found ` +
      'in the payload. In OData, only declared navigation properties and declared named streams can be represented as ' +
      'properties without values.',
  );

const EDM: Readonly<Record<string, string>> = {
  Integer: 'Edm.Int32',
  Decimal: 'Edm.Decimal',
  Money: 'Edm.Decimal',
  Boolean: 'Edm.Boolean',
  DateOnly: 'Edm.Date',
  DateTime: 'Edm.DateTimeOffset',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  Uniqueidentifier: 'Edm.Guid',
};

const FITS: Readonly<Record<string, (value: Scalar) => boolean>> = {
  'Edm.Int32': (value) => Number.isSafeInteger(value),
  'Edm.Decimal': (value) => typeof value === 'number' && Number.isFinite(value),
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Date': (value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  'Edm.DateTimeOffset': (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  'Edm.Guid': (value) => typeof value === 'string' && isGuid(value),
  'Edm.String': (value) => typeof value === 'string',
};

function checkOption(table: Table, column: Column, value: number): void {
  if (!column.options || column.options.some((each) => each.value === value)) return;
  const accepted = column.options.map((each) => each.value).join();
  throw refused(
    400,
    '0x8004431a',
    `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the ` +
      `valid range. Accepted Values: ${accepted}`,
  );
}

/** The value as it is kept. */
function checked(table: Table, column: Column, value: unknown): Scalar {
  if (value === null) return null;
  const type = EDM[column.kind] ?? 'Edm.String';
  const given = value as Scalar;
  if (typeof value === 'object' || !FITS[type]!(given))
    throw badPayload(table.set, `Cannot convert the literal '${String(value)}' to the expected type '${type}'.`);
  if (typeof given === 'string' && column.max !== undefined && given.length > column.max)
    throw refused(
      400,
      '0x80044331',
      `A validation error occurred.  The length of the '${column.name}' attribute of the '${table.name}' entity exceeded ` +
        `the maximum allowed length of '${column.max}'.`,
    );
  if (typeof given === 'number') checkOption(table, column, given);
  if (column.kind === 'Money') return Math.round((given as number) * 100) / 100;
  return type === 'Edm.DateTimeOffset' ? moment(Date.parse(given as string)) : given;
}

export interface Read {
  readonly values: Record<string, Scalar>;
  /** The id that the body gives to a new row. */
  readonly id?: string;
}

function bound(desk: Desk, table: Table, name: string, value: unknown, refs: ReadonlyMap<string, string>) {
  const found = navigation(columnsIn(desk.state, table), name);
  if (!found) throw undeclared(table, name);
  if (value === null) return { name: found.column.name, id: null };
  mustHave(desk, 'Append', table);
  mustHave(desk, 'AppendTo', found.to);
  return { name: found.column.name, id: boundRow(desk, value, found.to, refs).id };
}

export function readBody(desk: Desk, table: Table, body: unknown, refs: ReadonlyMap<string, string>): Read {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badPayload(table.set, 'An object was expected.');
  const values: Record<string, Scalar> = {};
  let id: string | undefined;
  for (const [member, value] of Object.entries(body)) {
    if (member.startsWith('@odata.')) continue;
    const [name = '', annotation] = member.split('@');
    if (
      annotation === 'odata.bind' ||
      (annotation === undefined && value === null && !columnIn(desk.state, table, name))
    ) {
      if (annotation === undefined && !navigation(columnsIn(desk.state, table), name)) throw notOf(table, name);
      const link = bound(desk, table, name, value, refs);
      values[link.name] = link.id;
      continue;
    }
    if (/^_\w+_value$/.test(name))
      throw refused(
        400,
        '0x80048d19',
        'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
      );
    const column = annotation === undefined ? columnIn(desk.state, table, name) : undefined;
    if (!column || isLookup(column)) throw notOf(table, member);
    const kept = checked(table, column, value);
    if (column.name === table.id) id = String(kept).toLowerCase();
    else if (!column.computed) values[column.name] = kept;
  }
  return id === undefined ? { values } : { values, id };
}
