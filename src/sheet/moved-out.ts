/** Roommates who leave before the others: a cell of addresses and days. */
import type { Lease } from '../domain/book';
import { parseDay } from '../domain/calendar';
import { textOf } from './cells';
import type { RowReader } from './layout';
import type { RowProblems } from './row-reader';

/** `ana@example.com 2026-11-30, +15125550123 2026-12-15` */
export function movedOutOf(cell: RowReader, problem: RowProblems): Pick<Lease, 'movedOut'> {
  const parts = textOf(cell('Moved out'))
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const movedOut = parts.flatMap((part) => {
    const [, address = '', on = ''] = /^(.*\S)\s+(\S+)$/.exec(part) ?? [];
    const day = parseDay(on);
    if (address !== '' && day) return [{ address, on: day }];
    problem(
      'Moved out',
      `"${part.slice(0, 60)}" is not an address and a day; that resident's page stays open.`,
      'Write it like ana@example.com 2026-11-30.',
    );
    return [];
  });
  return movedOut.length > 0 ? { movedOut } : {};
}
