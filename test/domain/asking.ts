/** A resident of a small world who disputes lines and promises to pay, by the decisions of the page, with the laws held throughout. */
import { type Account, openAccount } from '../../src/domain/account';
import { instantOf } from '../../src/domain/calendar';
import { beginDispute, endDispute } from '../../src/domain/disputes';
import { beginPromise, promisable, promiseClosed } from '../../src/domain/promises';
import { disputeClosed, type RequestRow } from '../../src/domain/requests';
import { type Day, key, leaseId } from '../../src/domain/values';
import { bookOf, commitEntry, fault, keep, type World } from './small-world';

export function accountIn(world: World, id: string): Account {
  const lease = world.leases.find((each) => each.id === id) ?? fault(`no lease ${id}`);
  const now = instantOf(world.today, 15, 0, world.property.zone);
  return openAccount(bookOf(world), { id: `page-${now}`, by: 'resident', now }, lease, world.property);
}

function rowOf(world: World, account: Account, row: Pick<RequestRow, 'kind' | 'about'> & { until?: Day }): RequestRow {
  return {
    row: world.requests.length + 2,
    key: key(`request:${world.requests.length + 1}`),
    at: account.run.now,
    property: account.property.name,
    lease: account.lease.id,
    by: 'l1@example.com',
    text: 'I paid that in cash.',
    file: '',
    ...row,
    state: 'open',
    answer: '',
    answeredBy: '',
  };
}

function commit(world: World, account: Account, row: RequestRow): void {
  for (const entry of account.entries) commitEntry(world, entry);
  keep(world, row);
}

/** The request, or why it is not taken. */
export function disputes(world: World, id: string, charge: string): RequestRow | string {
  const account = accountIn(world, id);
  const closed = disputeClosed(mine(world, id), account.state, charge);
  if (closed) return closed;
  const row = rowOf(world, account, { kind: 'dispute', about: charge });
  beginDispute(account, row);
  commit(world, account, row);
  return row;
}

export function answers(world: World, row: RequestRow, as: RequestRow['state'], daysCount = false): void {
  const account = accountIn(world, row.lease);
  endDispute(account, row, as, daysCount);
  commit(world, account, { ...row, state: as, answeredAt: account.run.now });
}

export function promises(world: World, id: string, until: Day): RequestRow | string {
  const account = accountIn(world, id);
  const closed = promiseClosed(account, mine(world, id));
  if (closed) return closed;
  const row = rowOf(world, account, { kind: 'promise', about: promisable(account)[0]?.key ?? '', until });
  beginPromise(account, row);
  commit(world, account, row);
  return row;
}

export const mine = (world: World, id: string): readonly RequestRow[] =>
  world.requests.filter((row) => row.lease === leaseId(id));
