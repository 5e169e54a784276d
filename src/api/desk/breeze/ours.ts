/** Lines of a file that bear numbers of ours, held against the ledger: each of its lines answers for one of theirs. */

import type { ExportedLine } from '../../../connectors/yardi-breeze/csv/read';
import { dayText } from '../../../domain/acts/words';
import { moneyText } from '../../../domain/fee-words';
import { sum } from '../../../domain/money';
import type { BreezeRow } from './files';
import type { LedgerLine } from './lines';
import type { Whose } from './whose';

export interface OursCompared {
  readonly agree: number;
  readonly rows: readonly BreezeRow[];
  /** Lines of the ledger that the file has, as it ought to or otherwise. */
  readonly seen: ReadonlySet<LedgerLine>;
}

export const labelOf = ({ property, unit }: Pick<LedgerLine, 'property' | 'unit'>): string =>
  `${property} ${unit}`.trim();

export function compareOurs(
  lines: readonly ExportedLine[],
  ledger: readonly LedgerLine[],
  whose: (line: ExportedLine) => Whose,
): OursCompared {
  const byNumber = new Map<string, LedgerLine[]>();
  for (const line of ledger) byNumber.set(line.number, [...(byNumber.get(line.number) ?? []), line]);
  const seen = new Set<LedgerLine>();
  const take = (line: ExportedLine, fits: (ours: LedgerLine) => boolean): LedgerLine | undefined => {
    const found = (byNumber.get(line.ours ?? '') ?? []).find((ours) => !seen.has(ours) && fits(ours));
    if (found) seen.add(found);
    return found;
  };
  // What agrees is taken out first, so that a line that differs does not stand for one that agrees.
  const exact = lines.map((line) =>
    take(line, ({ amountCents, day }) => amountCents === line.amountCents && day === line.day),
  );
  let agree = 0;
  const rows = lines.flatMap((line, index): readonly BreezeRow[] => {
    const ours = exact[index] ?? take(line, (each) => each.amountCents === line.amountCents) ?? take(line, () => true);
    const says = ours ? difference(line, ours, whose(line)) : goneText(line, byNumber);
    if (says === '') agree++;
    return says === '' ? [] : [rowOf(line, ours, says)];
  });
  return { agree, rows, seen };
}

function goneText({ ours = '' }: ExportedLine, byNumber: ReadonlyMap<string, readonly LedgerLine[]>): string {
  return byNumber.has(ours)
    ? 'The file has this number more often than the ledger: it may be there twice.'
    : 'The ledger has no line with this number, or it is of a property that is not yours to see.';
}

/** '' where there is none. */
function difference(line: ExportedLine, ours: LedgerLine, whose: Whose): string {
  const says: string[] = [];
  if (line.amountCents !== ours.amountCents) says.push(`${moneyText(ours.amountCents, ours.currency)} here.`);
  if (line.day !== ours.day) says.push(`Its day is ${dayText(ours.day)} here.`);
  if ('lease' in whose && whose.lease.id !== ours.lease)
    says.push(`It is of lease ${ours.lease} here, and of ${whose.lease.id} there.`);
  return says.join(' ');
}

const rowOf = (line: ExportedLine, ours: LedgerLine | undefined, says: string): BreezeRow => ({
  kind: 'differs',
  line: line.line,
  ...(ours ? { lease: ours.lease, amount: { cents: line.amountCents, currency: ours.currency } } : {}),
  label: ours ? labelOf(ours) : labelOf(line) || line.tenant,
  on: line.day,
  reference: line.reference,
  says,
});

/** Money here that a file ought to have. What came and went back is nothing on either side. */
export function notThere(lines: readonly LedgerLine[]): readonly BreezeRow[] {
  const left = new Map<string, readonly LedgerLine[]>();
  for (const line of lines) left.set(line.number, [...(left.get(line.number) ?? []), line]);
  return [...left.values()]
    .filter((same) => sum(same.map(({ amountCents }) => amountCents)) !== 0)
    .flat()
    .map((line) => ({
      kind: 'not there',
      lease: line.lease,
      label: labelOf(line),
      amount: { cents: line.amountCents, currency: line.currency },
      on: line.day,
      reference: line.reference,
      says: 'The file does not have it.',
    }));
}
