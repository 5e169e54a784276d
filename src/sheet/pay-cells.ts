/** The columns that say how residents pay on their page; what cannot be read leaves what is safe. */
import type { Lease } from '../domain/book';
import { noticeWord, PAY_BY, yesOrNo } from '../domain/pay-terms';
import type { LeasePaying, PropertyPaying } from '../domain/paying';
import { sharesIn } from '../domain/shares';
import type { Currency } from '../domain/values';
import { textOf } from './cells';
import type { RowReader } from './layout';
import type { RowProblems } from './row-reader';

const HOW_TO_PAY_MAX = 1000;

/** What cannot be read leaves the lease as Settings and equal parts have it. */
export function leasePaying(
  cell: RowReader,
  problem: RowProblems,
  lease: Pick<Lease, 'residents' | 'emails' | 'rentCents'>,
  currency: Currency,
): LeasePaying {
  const [word, shared] = [textOf(cell('Partial payments')), textOf(cell('Shares'))];
  const parts = yesOrNo(word);
  if (word !== '' && parts === undefined)
    problem('Partial payments', `"${word.slice(0, 40)}" is neither yes nor no; Settings decide.`, 'Write yes or no.');
  const shares = shared === '' ? undefined : sharesIn(shared, lease, currency);
  if (shares && 'what' in shares) problem('Shares', shares.what, shares.fix);
  return {
    ...(parts === undefined ? {} : { partialPayments: parts }),
    ...(shares && !('what' in shares) ? { shares } : {}),
  };
}

/** A word that is not known takes the safe way: no processor that nobody chose, and the whole only. */
export function propertyPaying(cell: RowReader, problem: RowProblems): PropertyPaying {
  const [by, during] = [textOf(cell('Pay by')).toLowerCase(), textOf(cell('Pay during notice'))];
  const how = textOf(cell('How to pay'));
  const rule = during === '' ? undefined : noticeWord(during);
  if (by !== '' && !PAY_BY.some((known) => known === by))
    problem(
      'Pay by',
      `"${by.slice(0, 40)}" makes no pages to pay on; nothing can be paid there.`,
      `Write ${PAY_BY.join(', ')}, or leave it empty.`,
    );
  if (during !== '' && !rule)
    problem(
      'Pay during notice',
      `"${during.slice(0, 40)}" is not known; the whole only is taken.`,
      'Write any, full only or none.',
    );
  return {
    ...(by === '' ? {} : { payBy: by }),
    ...(during === '' ? {} : { payDuringNotice: rule ?? 'full only' }),
    ...(how === '' ? {} : { howToPay: how.slice(0, HOW_TO_PAY_MAX) }),
  };
}
