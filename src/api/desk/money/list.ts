/** A pasted or exported list of payments as raw rows: headers in any order by their names, or the usual order without any. */
import { once } from '../../../domain/once';
import { problemText } from '../../../domain/values';
import { bare } from '../../import-headers';
import { readRecords } from '../../rent-roll/csv';

const FACTS = ['lease', 'property', 'unit', 'resident', 'amount', 'method', 'reference', 'date', 'memo'] as const;
type Fact = (typeof FACTS)[number];

/** What a row says, fact by fact; '' where it says nothing. */
export type RawRow = Readonly<Record<Fact, string>> & {
  /** Line of the text, from 1. */
  readonly row: number;
};

/** Names of headers, bare (see {@link bare}). */
const NAMES: Readonly<Record<Fact, string>> = {
  lease: 'lease leaseid leasenumber leaseno leaseref account',
  property: 'property propertyname building',
  unit: 'unit unitnumber unitno apt apartment flat',
  resident: 'resident residents residentname tenant tenants tenantname name payer paidby receivedfrom from',
  amount: 'amount paid payment amountpaid paymentamount amountreceived total received',
  method: 'method type paymentmethod paymenttype how tender',
  reference: 'reference ref refno refnumber number no check checkno checknumber check# cheque chequeno chequenumber',
  date: 'date day on paidon datepaid paymentdate receiveddate datereceived receivedon',
  memo: 'memo note notes description comment comments',
};

/** Without headers: the lease, unit or resident first. */
const USUAL: readonly Fact[] = ['lease', 'amount', 'method', 'reference', 'date', 'memo'];

const byName = once(
  () => new Map(FACTS.flatMap((fact) => NAMES[fact].split(' ').map((name) => [bare(name), fact] as const))),
);

const factsOf = (record: readonly string[]): readonly (Fact | undefined)[] =>
  record.map((text) => byName().get(bare(text)));

const isHeader = (record: readonly string[]): boolean => {
  const facts = factsOf(record);
  return facts.includes('amount') && facts.filter((fact) => fact !== undefined).length >= 2;
};

const headerScore = (record: readonly string[]): number => factsOf(record).filter((fact) => fact !== undefined).length;

/** The rows of a list; a reason where the text is no list at all. Empty lines are passed over. */
export function readList(text: string): { readonly rows: readonly RawRow[] } | { readonly reason: string } {
  // Pasted cells are parted by TABs, and an amount such as 1,200.00 must not part them once more.
  const read = readRecords(text, headerScore, text.includes('\t') ? ['\t'] : undefined);
  if ('problem' in read) return { reason: problemText(read.problem) };
  const { records } = read;
  const begins = records.findIndex(isHeader);
  const order = begins < 0 ? USUAL : factsOf(records[begins] ?? []);
  const rows = records
    .map((record, index) => ({ record, row: index + 1 }))
    .slice(begins + 1)
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, row }) => rawRow(order, record, row));
  return { rows };
}

/** The first column of a name counts. */
function rawRow(order: readonly (Fact | undefined)[], record: readonly string[], row: number): RawRow {
  const text = (fact: Fact) => (record[order.indexOf(fact)] ?? '').trim();
  return {
    row,
    lease: text('lease'),
    property: text('property'),
    unit: text('unit'),
    resident: text('resident'),
    amount: text('amount'),
    method: text('method'),
    reference: text('reference'),
    date: text('date'),
    memo: text('memo'),
  };
}
