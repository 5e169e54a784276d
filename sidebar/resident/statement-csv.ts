/** A statement as a file for spreadsheets: plain decimals and ISO days, headers in the reader's language, nothing that computes. */

import { csvText } from '../../src/api/rent-roll/csv';
import type { ResidentPages } from '../../src/api/resident/pages';
import { decimal } from '../../src/domain/money';
import { lineWords, readerOf } from './reader';

const BOM = '\ufeff';

export const statementCsv: ResidentPages['statementCsv'] = (view) => {
  const reader = readerOf(view);
  const { statement } = reader.words;
  const money = (amount: typeof view.openingCents) => decimal(amount, view.currency);
  const headers = [statement.date, statement.what, statement.amount, `${statement.balance} (${view.currency})`];
  const rows = [
    [view.from, statement.opening(view.from), '', money(view.openingCents)],
    ...view.lines.map((line) => [line.day, lineWords(reader, line), money(line.amountCents), money(line.balanceCents)]),
    [view.until, statement.closing(view.until), '', money(view.closingCents)],
  ];
  return {
    name: `statement-${view.from}-${view.until}.csv`,
    text: `${BOM}${csvText(headers, rows, [statement.what])}\r\n`,
  };
};
