/** What Dataverse keeps itself: totals of invoices from their lines, invoice numbers, full names, ends of tasks. */
import { nextNumber } from '../kit/reply';
import { invalid } from './errors';
import { type Desk, DOLLAR, moment, type Row } from './state';
import type { Table } from './tables';

const amount = (row: Row, name: string): number => Number(row.values[name] ?? 0);
const cents = (value: number): number => Math.round(value * 100) / 100;
const sum = (rows: readonly Row[], of: (row: Row) => number): number =>
  cents(rows.reduce((total, row) => total + of(row), 0));

/** The price errors that a line can have: no quantity, no price. */
const pricingError = (line: Row): number => {
  if (line.values.quantity == null) return 4;
  return line.values.priceperunit == null ? 5 : 0;
};

function keepLine(line: Row): void {
  const base = cents(amount(line, 'quantity') * amount(line, 'priceperunit'));
  Object.assign(line.values, {
    invoicedetailname: line.values.productname ?? line.values.productdescription ?? null,
    pricingerrorcode: pricingError(line),
    baseamount: base,
    extendedamount: cents(base - amount(line, 'manualdiscountamount') + amount(line, 'tax')),
  });
}

/** The sums of an invoice, from its lines. */
export function keepTotals(desk: Desk, invoice: Row): void {
  const lines = desk.state.rows.invoicedetail!.filter((line) => line.values.invoiceid === invoice.id);
  const net = sum(lines, (line) => amount(line, 'baseamount') - amount(line, 'manualdiscountamount'));
  const percent = cents((net * amount(invoice, 'discountpercentage')) / 100);
  const discount = cents(percent + amount(invoice, 'discountamount'));
  const tax = sum(lines, (line) => amount(line, 'tax'));
  Object.assign(invoice.values, {
    totallineitemamount: net,
    totallineitemdiscountamount: sum(lines, (line) => amount(line, 'manualdiscountamount')),
    totaldiscountamount: discount,
    totalamountlessfreight: cents(net - discount),
    totaltax: tax,
    totalamount: cents(net - discount + amount(invoice, 'freightamount') + tax),
  });
}

const invoiceNumber = (desk: Desk): string =>
  `INV-${String(999 + nextNumber(desk.state, 'invoice number')).padStart(5, '0')}-RL`;

function checkLine(line: Row): void {
  if (line.values.isproductoverridden !== true)
    throw invalid('An existing product needs a product and a unit; a write-in product has isproductoverridden set.');
  if (line.values.productdescription == null && line.values.productname == null)
    throw invalid('The product description of a write-in product is missing.');
}

/** After a write, before it is seen: fills what is computed. */
export function keep(desk: Desk, table: Table, row: Row): void {
  const { values } = row;
  switch (table.name) {
    case 'contact': {
      const names = [values.firstname, values.middlename, values.lastname];
      values.fullname = names.filter((each) => each != null && each !== '').join(' ') || null;
      return;
    }
    case 'task':
      if (values.statecode === 0) values.actualend = null;
      else values.actualend ??= moment(desk.nowMs);
      return;
    case 'invoice':
      values.invoicenumber ??= invoiceNumber(desk);
      values.transactioncurrencyid ??= DOLLAR;
      values.ispricelocked ??= false;
      values.exchangerate = 1;
      keepTotals(desk, row);
      return;
    case 'invoicedetail':
      checkLine(row);
      values.transactioncurrencyid ??= DOLLAR;
      keepLine(row);
      return;
  }
}
