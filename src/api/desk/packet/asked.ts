/** What the residents of a lease asked for, where the workbook has a tab of requests; its columns are found by their headers. */
import { localDay } from '../../../domain/calendar';
import type { PartRow } from '../../../domain/packet/parts';
import type { Cell } from '../../../ports';
import type { App } from '../../../run/app';
import { instantFrom, textOf } from '../../../sheet/cells';
import type { Loaded } from '../../../sheet/load';
import type { Place } from '../../account';

const TITLE = 'Requests';

/** Day, matter, about, reason, by, answer, key; none where there is no such tab. */
export function askedOf(app: App, { sheetIds }: Loaded, { lease, property }: Place): readonly PartRow[] {
  if (!sheetIds.has(TITLE)) return [];
  const [[headers = [], ...rows] = []] = app.host.workbook.read([`'${TITLE}'!A1:AZ`]);
  const cellOf = (row: readonly Cell[]) => (header: string) => textOf(row[headers.indexOf(header)]);
  return rows.flatMap((row): PartRow[] => {
    const cell = cellOf(row);
    const at = instantFrom(cell('At'));
    if (cell('Lease ID') !== lease.id || at === undefined) return [];
    const until = cell('Until') ? ` until ${cell('Until')}` : '';
    const words = [cell('Text'), cell('File')].filter((each) => each !== '').join('\n');
    const answered = [cell('Answered by'), cell('Answered at')].filter((each) => each !== '').join(', ');
    const answer = `${cell('Answer')}${answered ? ` (${answered})` : ''}`;
    const matter = `${cell('Kind')}${until}: ${cell('State')}`;
    return [[localDay(at, property.zone), matter, cell('About'), words, cell('By'), answer, cell('Key')]];
  });
}
