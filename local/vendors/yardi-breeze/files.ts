/**
 * What staff do with files in Breeze: reports that they export as CSV, and a template that they fill and import. No column list is
 * public: these are the names that operators start from, and whoever reads them goes by header.
 */
import Papa from 'papaparse';
import { addLine, balanceOf, type GatewayState, type Line, type Tenant } from '../gateway/state';
import type { LoadReport } from '../sandbox';

export type Report = 'rent roll' | 'receipt register' | 'tenant ledger';
type Row = Readonly<Record<string, string>>;

/** As reports print it: `1,250.00`, and `(25.00)` for less than nothing. */
function printed(cents: number): string {
  const [whole = '', part = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
  const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
  return cents < 0 ? `(${grouped})` : grouped;
}

const usDay = (day: string | undefined): string =>
  day === undefined ? '' : day.replace(/^(\d+)-(\d+)-(\d+)$/, '$2/$3/$1');
const usMonth = (month: string): string => month.replace(/^(\d+)-(\d+)$/, '$2/$1');

const rolled = (state: GatewayState, tenant: Tenant): Row => ({
  Property: tenant.property,
  Unit: tenant.unit,
  'Tenant Code': tenant.code,
  'First Name': tenant.firstName,
  'Last Name': tenant.lastName,
  Email: tenant.email ?? '',
  Phone: tenant.phone ?? '',
  Rent: printed(tenant.rentCents),
  'Lease From': usDay(tenant.leaseFrom),
  'Lease To': usDay(tenant.leaseTo),
  'Move In': usDay(tenant.moveIn),
  'Move Out': usDay(tenant.moveOut),
  Balance: printed(balanceOf(state, tenant.code)),
});

function registered(tenant: Tenant, line: Line): Row {
  return {
    Property: tenant.property,
    Unit: tenant.unit,
    'Tenant Code': tenant.code,
    Date: usDay(line.day),
    'Post Month': usMonth(line.postMonth),
    Control: line.id,
    Reference: line.reference ?? '',
    Amount: printed(line.cents),
    Notes: line.text ?? '',
  };
}

function ledgered(tenant: Tenant, line: Line): Row {
  const isCharge = line.kind === 'charge';
  return {
    'Tenant Code': tenant.code,
    Date: usDay(line.day),
    Control: line.id,
    Description: line.text ?? '',
    'Charge Code': line.code ?? '',
    Charges: isCharge ? printed(line.cents) : '',
    Payments: isCharge ? '' : printed(line.cents),
    Reference: line.reference ?? '',
  };
}

/** The file that a report gives, with the lines that stand posted. */
export function exportFromBreeze(state: GatewayState, report: Report): string {
  const of = (tenant: Tenant) => state.lines.filter((line) => line.tenant === tenant.code && line.status !== 'pending');
  const rows = state.tenants.flatMap((tenant): Row[] => {
    if (report === 'rent roll') return [rolled(state, tenant)];
    if (report === 'tenant ledger') return of(tenant).map((line) => ledgered(tenant, line));
    return of(tenant)
      .filter(({ kind }) => kind === 'payment')
      .map((line) => registered(tenant, line));
  });
  return Papa.unparse([...rows], { newline: '\r\n' });
}

/** The customer's template, which an import has to match to the column. */
export const TEMPLATE = [
  'TransactionType',
  'Property',
  'Unit',
  'TenantCode',
  'Date',
  'PostMonth',
  'Reference',
  'Amount',
  'ChargeCode',
  'AccountCode',
  'Notes',
];

/** Staff import a file of charges and receipts. A row that does not fit is refused, and the others come in. */
export function importIntoBreeze(state: GatewayState, csv: string, template: readonly string[] = TEMPLATE): LoadReport {
  const { data, meta } = Papa.parse<Row>(csv, { header: true, skipEmptyLines: true });
  if (meta.fields?.join() !== template.join())
    return { loaded: 0, refused: [{ index: -1, reason: `The columns have to be ${template.join()}.` }] };
  const refused: { index: number; reason: string }[] = [];
  data.forEach((row, index) => {
    const reason = take(state, row);
    if (reason) refused.push({ index, reason });
  });
  return { loaded: data.length - refused.length, refused };
}

/** Why a row does not fit; undefined when it came in. */
function take(state: GatewayState, row: Row): string | undefined {
  const kind = { Charge: 'charge', Receipt: 'payment' }[row.TransactionType ?? ''] as Line['kind'] | undefined;
  if (!kind) return `The type ${row.TransactionType} is not known.`;
  const tenant = state.tenants.find((one) => one.code === row.TenantCode);
  if (tenant?.property !== row.Property || tenant?.unit !== row.Unit)
    return `The tenant ${row.TenantCode} is not in unit ${row.Unit} of ${row.Property}.`;
  const [, month, date, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(row.Date ?? '') ?? [];
  if (!year || !/^(0[1-9]|1[0-2])\/\d{4}$/.test(row.PostMonth ?? '')) return 'The date is not MM/DD/YYYY.';
  if (!/^-?\d+\.\d{2}$/.test(row.Amount ?? '') || Number(row.Amount) === 0)
    return `The amount ${row.Amount} is not valid.`;
  if (kind === 'charge' && !state.setUp.codes.includes(row.ChargeCode ?? ''))
    return `The charge code ${row.ChargeCode} is not known.`;
  addLine(state, {
    ...{ kind, tenant: tenant!.code, cents: Math.round(Number(row.Amount) * 100) },
    day: `${year}-${month}-${date}`,
    postMonth: row.PostMonth!.replace(/^(\d+)\/(\d+)$/, '$2-$1'),
    code: kind === 'charge' ? row.ChargeCode! : null,
    reference: row.Reference || null,
    text: row.Notes || null,
  });
  return undefined;
}
