/** Change data capture of the QuickBooks sandbox: what changed since a moment, deletions included. */
import { refuse } from './refuse';
import { all, type Kind, type QuickbooksState, stamp } from './state';

const KINDS: readonly Kind[] = [
  'Account',
  'CreditMemo',
  'Customer',
  'Deposit',
  'Invoice',
  'Item',
  'Payment',
  'PaymentMethod',
];
const LOOK_BACK_MS = 30 * 86_400_000;
/** Not one object more is told, and nothing says that there were more. */
const MOST = 1000;

export function changesSince(state: QuickbooksState, params: URLSearchParams, nowMs: number): Record<string, unknown> {
  const names = (params.get('entities') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const kinds = names.map((name) => KINDS.find((kind) => kind.toLowerCase() === name));
  const since = Date.parse(params.get('changedSince') ?? '');
  if (kinds.length === 0 || kinds.some((kind) => !kind))
    return refuse('4001', `Invalid entity list: ${names.join(',')}`);
  if (Number.isNaN(since)) return refuse('4001', 'Invalid changedSince');
  if (since < nowMs - LOOK_BACK_MS) return refuse('4001', 'changedSince must be within the past 30 days');
  let left = MOST;
  const QueryResponse = (kinds as Kind[]).map((kind) => {
    const changed = all(state, kind).filter((one) => Date.parse(one.MetaData.LastUpdatedTime) >= since);
    const gone = state.gone
      .filter((one) => one.kind === kind && one.atMs >= since)
      .map(({ id, atMs }) => ({
        status: 'Deleted',
        domain: 'QBO',
        Id: id,
        MetaData: { LastUpdatedTime: stamp(atMs) },
      }));
    const told = [...changed, ...gone].slice(0, left);
    left -= told.length;
    return told.length === 0 ? {} : { [kind]: told, startPosition: 1, maxResults: told.length };
  });
  return { CDCResponse: [{ QueryResponse }] };
}
