/** Rows of the Resident pages tab, out and back. */
import type { PageRow, PageState } from '../domain/pages';
import { type Day, leaseId } from '../domain/values';
import type { Cell } from '../ports';
import { instantFrom, intOf, isoOf, textOf } from './cells';

const STATES: readonly PageState[] = ['live', 'revoked', 'over'];

export const pageCells = (page: PageRow): Cell[] => [
  page.id,
  page.lease,
  page.address,
  page.version,
  page.state,
  isoOf(page.made),
  page.sent === undefined ? '' : isoOf(page.sent),
  openedText(page),
  page.until ?? '',
];

/** `3 times, last 2026-12-02T15:00:00Z` */
export const openedText = ({ opened, openedAt }: Pick<PageRow, 'opened' | 'openedAt'>): string =>
  opened === 0 || openedAt === undefined ? '' : `${opened} ${opened === 1 ? 'time' : 'times'}, last ${isoOf(openedAt)}`;

/** Undefined when the cells are no page that this add-on wrote. */
export function pageFrom(cells: readonly Cell[], row: number): PageRow | undefined {
  const [id, lease, address, version, state, made, sent, opened, until] = cells;
  const known = STATES.find((each) => each === textOf(state));
  const [madeAt, sentAt, number] = [instantFrom(made), instantFrom(sent), intOf(version)];
  if (!/^[0-9a-f]{32}$/.test(textOf(id)) || textOf(lease) === '' || textOf(address) === '') return undefined;
  if (!known || !madeAt || number === undefined || number < 1) return undefined;
  const [, times = '0', last = ''] = /^(\d+) times?, last (\S+)$/.exec(textOf(opened)) ?? [];
  const openedAt = instantFrom(last);
  return {
    row,
    id: textOf(id),
    lease: leaseId(textOf(lease)),
    address: textOf(address),
    version: number,
    state: known,
    made: madeAt,
    ...(sentAt ? { sent: sentAt } : {}),
    opened: Number(times),
    ...(openedAt ? { openedAt } : {}),
    ...(textOf(until) ? { until: textOf(until) as Day } : {}),
  };
}
