/** Fee terms in words, inherited from the company's settings to the property to the lease: an empty cell takes what stands above. */
import type { FeePolicy, FeeRule } from '../domain/book';
import { FEE_EXAMPLES, parseFee, parseGrace } from '../domain/fee-words';
import { ZERO } from '../domain/money';
import type { Currency, Zone } from '../domain/values';
import { isBlank, moneyOf, textOf } from './cells';
import type { Layout, RowReader } from './layout';
import type { RowProblems } from './row-reader';

export interface Defaults {
  readonly zone: Zone;
  readonly currency: Currency;
  /** Order of charge types for "by type". */
  readonly types: readonly string[];
  readonly allocation: string;
  readonly fees: (currency: Currency) => FeePolicy;
}

export const NO_FEES: FeePolicy = {
  grace: { kind: 'full days', days: 0 },
  minimumCents: ZERO,
  appliesTo: ['rent'],
  returnedCents: ZERO,
  confirmed: false,
};

/** The terms of one row over the terms above it. Columns that a tab lacks (the Leases tab usually does) are empty cells. */
export function feePolicy(
  layout: Layout,
  cell: RowReader,
  problem: RowProblems,
  above: FeePolicy,
  currency: Currency,
  _defaults: Defaults,
): FeePolicy {
  const late = feeCell(cell, 'Late fee', currency, problem, above.late);
  const cap = feeCell(cell, 'Late fee cap', currency, problem, above.cap);
  const minimumCents = amountCell(cell, 'Minimum balance', currency, problem, above.minimumCents);
  const returnedCents = amountCell(cell, 'Returned payment fee', currency, problem, above.returnedCents);
  const said = textOf(cell('Fee terms confirmed')).toLowerCase();
  const confirmed = layout.at.has('Fee terms confirmed')
    ? said !== '' && said !== 'no' && said !== 'false'
    : above.confirmed;
  const { late: _late, cap: _cap, ...rest } = above;
  return {
    ...rest,
    ...(late ? { late } : {}),
    ...(cap ? { cap } : {}),
    grace: graceCells(cell, problem, above),
    minimumCents,
    returnedCents,
    confirmed,
  };
}

function feeCell(
  cell: RowReader,
  column: string,
  currency: Currency,
  problem: RowProblems,
  above: FeeRule | undefined,
): FeeRule | undefined {
  const text = textOf(cell(column));
  if (text === '') return above;
  const fee = parseFee(text, currency);
  if (fee === 'none') return undefined;
  if (!fee) problem(column, `"${text.slice(0, 60)}" is not a fee that can be read.`, `Write it like ${FEE_EXAMPLES}.`);
  return fee;
}

function amountCell(
  cell: RowReader,
  column: string,
  currency: Currency,
  problem: RowProblems,
  above: FeePolicy['minimumCents'],
): FeePolicy['minimumCents'] {
  if (isBlank(cell(column))) return above;
  const amount = moneyOf(cell(column), currency);
  if (amount === undefined || amount < 0)
    problem(
      column,
      `"${textOf(cell(column)).slice(0, 40)}" is not an amount in ${currency}.`,
      'Type a number such as 50.00, or leave it empty.',
    );
  return amount ?? above;
}

function graceCells(cell: RowReader, problem: RowProblems, above: FeePolicy): FeePolicy['grace'] {
  const [rule, days] = [textOf(cell('Grace rule')), textOf(cell('Grace days'))];
  if (rule === '' && days === '') return above.grace;
  const reading = parseGrace(rule, days);
  if ('value' in reading) return reading.value;
  problem('Grace rule', reading.reason, reading.fix);
  return above.grace;
}
