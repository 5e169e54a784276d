/** Creates, changes and deletes rows as Dataverse does: keys stay unique, what depends on a row follows it. */
import type { Key } from './address';
import { invalid, refused } from './errors';
import { mustHave } from './gate';
import { keep, keepTotals } from './invoices';
import { type Desk, guid, type Row, type Scalar, statusOf } from './state';
import { checkBirth, checkLineOpen, checkOpen, pairAfter } from './states';
import type { Table } from './tables';
import type { Read } from './values';

function touch(desk: Desk, row: Row): void {
  desk.state.version += 1;
  row.version = desk.state.version;
  row.modifiedMs = desk.nowMs;
  row.modifiedBy = desk.user;
}

const textOf = (row: Row, columns: readonly string[]): string | undefined =>
  columns.some((name) => row.values[name] == null)
    ? undefined
    : columns.map((name) => String(row.values[name]).toLowerCase()).join('\n');

function checkKeys(desk: Desk, table: Table, row: Row): void {
  for (const key of desk.state.tables[table.name]!.keys) {
    const own = textOf(row, key.columns);
    if (own === undefined || statusOf(key, desk.nowMs) !== 'Active') continue;
    if (desk.state.rows[table.name]!.some((other) => other !== row && textOf(other, key.columns) === own))
      throw refused(
        412,
        '0x80060892',
        `A record that has the attribute values ${key.columns.join()} already exists. The entity key ${key.name} requires ` +
          'that this set of attributes contains unique values. Select unique values and try again.',
      );
  }
}

function checkRequired(table: Table, row: Row): void {
  for (const column of table.columns)
    if (column.required && row.values[column.name] == null)
      throw invalid(
        column.kind === 'Customer'
          ? 'You should specify a parent contact or account.'
          : `Attribute '${column.name}' of entity '${table.name}' cannot be set to NULL.`,
      );
}

const invoiceOf = (desk: Desk, line: Row): Row | undefined =>
  desk.state.rows.invoice!.find((each) => each.id === line.values.invoiceid);

/** An invoice is another one once a line of it is. */
function follow(desk: Desk, table: Table, row: Row): void {
  const invoice = table.name === 'invoicedetail' ? invoiceOf(desk, row) : undefined;
  if (!invoice) return;
  keepTotals(desk, invoice);
  touch(desk, invoice);
}

function settle(desk: Desk, table: Table, row: Row): void {
  checkRequired(table, row);
  if (table.name === 'invoicedetail') checkLineOpen(invoiceOf(desk, row));
  checkKeys(desk, table, row);
  keep(desk, table, row);
  touch(desk, row);
  follow(desk, table, row);
}

export function createRow(desk: Desk, table: Table, { values, id }: Read, key?: Key): Row {
  mustHave(desk, 'Create', table);
  if (table.fixed) throw refused(405, '', `The method 'Create' is not supported here for ${table.name}.`);
  checkBirth(table, values);
  const rows = desk.state.rows[table.name]!;
  const own = key?.id ?? id ?? guid(desk.state, table.name);
  if (rows.some((row) => row.id === own)) throw refused(412, '0x80040237', 'Cannot insert duplicate key.');
  const row: Row = {
    id: own,
    version: 0,
    createdMs: desk.nowMs,
    modifiedMs: desk.nowMs,
    modifiedBy: desk.user,
    // What the body says of a key wins over what the address says.
    values: { ...key?.columns, ...values, ...pairAfter(table, {}, values) },
  };
  // It is there before its invoice is added up; what is refused is taken out again.
  rows.push(row);
  try {
    settle(desk, table, row);
  } catch (error) {
    rows.pop();
    throw error;
  }
  return row;
}

export function updateRow(desk: Desk, table: Table, row: Row, { values, id }: Read, key?: Key): void {
  mustHave(desk, 'Write', table);
  if (table.fixed) throw refused(405, '', `The method 'Update' is not supported here for ${table.name}.`);
  if (id !== undefined && id !== row.id) throw invalid(`The id of a ${table.name} cannot be changed.`);
  const given: Record<string, Scalar> = { ...values };
  // A row that is named by its key keeps the key.
  for (const name of Object.keys(key?.columns ?? {})) delete given[name];
  checkOpen(table, row, given);
  if (table.name === 'invoicedetail') checkLineOpen(invoiceOf(desk, row));
  const before = structuredClone(row);
  const invoice = table.name === 'invoicedetail' ? invoiceOf(desk, row) : undefined;
  try {
    Object.assign(row.values, given, pairAfter(table, before.values, given));
    settle(desk, table, row);
  } catch (error) {
    Object.assign(row, before);
    throw error;
  }
  // A line that went to another invoice has left its own.
  if (invoice && invoice.id !== row.values.invoiceid) follow(desk, table, before);
}

/** Deletes a row. What names it keeps its id: what becomes of that is set for each relationship, and differs between environments. */
export function deleteRow(desk: Desk, table: Table, row: Row): void {
  mustHave(desk, 'Delete', table);
  if (table.name === 'invoicedetail') checkLineOpen(invoiceOf(desk, row));
  const rows = desk.state.rows[table.name]!;
  rows.splice(rows.indexOf(row), 1);
  desk.state.version += 1;
  desk.state.deletions.push({ table: table.name, id: row.id, version: desk.state.version, atMs: desk.nowMs });
  follow(desk, table, row);
}
