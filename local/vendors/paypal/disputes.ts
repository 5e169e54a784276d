/** Disputes: listed without the payment that they are about, read whole one by one. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import type { Call } from './billing';
import { badQuery, notFound, refuse } from './errors';
import { apiOf, disputeBody, disputeSummary, link } from './shapes';
import { find } from './state';

export function listDisputes({ state, query }: Call): SandboxReply {
  const filters = ['start_time', 'disputed_transaction_id', 'dispute_state'].filter((name) => query[name]);
  if (filters.length > 1) {
    refuse('INVALID_REQUEST', [
      { issue: 'INVALID_PARAMETER_VALUE', description: 'These filters exclude each other.', field: filters[1] ?? '' },
    ]);
  }
  const after = query.update_time_after ? Date.parse(query.update_time_after) : 0;
  const before = query.update_time_before ? Date.parse(query.update_time_before) : Number.POSITIVE_INFINITY;
  const all = Object.values(state.disputes)
    .filter((each) => !query.disputed_transaction_id || each.txn === query.disputed_transaction_id)
    .filter((each) => each.updatedMs >= after && each.updatedMs <= before)
    .sort((a, b) => b.updatedMs - a.updatedMs || (a.id < b.id ? 1 : -1));
  const size = Number(query.page_size ?? 10);
  const at = query.next_page_token ? offsetIn(query.next_page_token) : 0;
  const items = all.slice(at, at + size);
  const path = `${apiOf(state)}/v1/customer/disputes`;
  const links = [link(path, 'first')];
  if (at + size < all.length) {
    const next = new URLSearchParams({ ...query, next_page_token: Buffer.from(`at:${at + size}`).toString('base64') });
    links.push(link(`${path}?${next.toString()}`, 'next'));
  }
  const found = items.map((each) => disputeSummary(state, each));
  return jsonReply(200, { ...(found.length > 0 ? { items: found } : {}), links });
}

function offsetIn(token: string): number {
  const [, at] = /^at:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  return at === undefined ? badQuery('next_page_token', 'The page token is invalid.') : Number(at);
}

export const getDispute = ({ state, id }: Call): SandboxReply => {
  const dispute = find(state.disputes, id);
  return dispute ? jsonReply(200, disputeBody(state, dispute)) : notFound();
};
