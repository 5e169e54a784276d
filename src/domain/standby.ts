/** What follows when a leg of a message does not arrive: the way that stands by, and a task once nothing has reached the resident. */

import { type Account, openAccount } from './account';
import { isLost } from './arrival';
import type { Intent, OutboxRow, Task } from './book';
import { addDays } from './calendar';
import type { Way } from './contacts';
import { legKey, legsOf, messageName, wayOf } from './legs';
import { askedOn } from './plans';
import { reachOf, wishIn } from './reach';
import { leaseById, type Run, type RunBook } from './run-book';
import { unpaidOn } from './standing';
import { key } from './values';
import { firstOfKey, legTo } from './wishes';

export interface Followed {
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
}

const NOTHING: Followed = { intents: [], tasks: [] };

/** What follows from rows that have come to an end: one message is followed once. `outbox` holds them as they are now. */
export function followAll(
  book: RunBook,
  run: Run,
  outbox: readonly OutboxRow[],
  ended: readonly OutboxRow[],
): Followed {
  const each = ended.map((row) => followLost(book, run, outbox, row));
  return {
    intents: firstOfKey(each.flatMap(({ intents }) => intents)),
    tasks: firstOfKey(each.flatMap(({ tasks }) => tasks)),
  };
}

/**
 * After a leg was lost: one effect for the way that stands by, once for each message whatever happens to it; and where no leg is left
 * that may still arrive, one task for a person. Nothing once what it asks for was paid. `outbox` holds the row as it is now.
 */
export function followLost(book: RunBook, run: Run, outbox: readonly OutboxRow[], row: OutboxRow): Followed {
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  const isOver = isLost(row) || row.state === 'cancelled';
  if (!lease || !property || wayOf(row) === undefined || !isOver) return NOTHING;
  const account = openAccount(book, run, lease, property);
  if (isPaid(account, row)) return NOTHING;
  const legs = legsOf(outbox, row);
  const standby = isLost(row) ? standbyOf(account, row) : undefined;
  if (standby && !legs.some((leg) => leg.key === legKey(standby, messageName(row)))) {
    const { template, language: _, standby: __, ...payload } = row.payload;
    const letter = { ...row, name: messageName(row), template: String(template ?? row.kind), payload };
    return { intents: [legTo(account, letter, standby)], tasks: [] };
  }
  const reachedNobody = legs.some(isLost) && legs.every((leg) => isLost(leg) || isShut(account, leg));
  return reachedNobody ? { intents: [], tasks: [unreached(account, row, legs)] } : NOTHING;
}

/**
 * After a leg's way was closed before it left: it goes the way that stands by, where that is open. A way that a person has closed is
 * nothing to be told of, unless another leg was lost.
 */
export function followShut(book: RunBook, run: Run, outbox: readonly OutboxRow[], row: OutboxRow): Followed {
  const as = (state: OutboxRow['state']): Followed => {
    const then = { ...row, state };
    return followLost(
      book,
      run,
      outbox.map((each) => (each.key === row.key ? then : each)),
      then,
    );
  };
  const { intents } = as('failed');
  return intents.length > 0 ? { intents, tasks: [] } : as('cancelled');
}

/** Nothing is owed any more of what the message is about. */
const isPaid = ({ state, today }: Account, { because }: OutboxRow): boolean =>
  because.rule === 'unpaid' &&
  !askedOn(state, unpaidOn(state, today), today).some((charge) => because.charges.includes(charge.key));

/** The way that stands by, if it is open now: the resident may have opted out since. */
function standbyOf(account: Account, { payload }: OutboxRow): Way | undefined {
  const way = payload.standby === 'email' || payload.standby === 'sms' ? payload.standby : undefined;
  return way && isOpen(account, way, payload) ? way : undefined;
}

function isOpen({ book, lease }: Account, way: Way, payload: OutboxRow['payload']): boolean {
  const { ways, standby } = reachOf(book, lease, wishIn(payload));
  return ways.includes(way) || standby === way;
}

/** It was let be because its way was closed before it left. */
function isShut(account: Account, leg: OutboxRow): boolean {
  const way = wayOf(leg);
  return leg.state === 'cancelled' && way !== undefined && !isOpen(account, way, leg.payload);
}

const unreached = ({ lease, property, today }: Account, row: OutboxRow, legs: readonly OutboxRow[]): Task => ({
  key: key(`task:unreached:${messageName(row)}`),
  lease: lease.id,
  property: property.name,
  owner: property.managerEmail,
  due: addDays(today, 1),
  title: 'Reach the resident another way: a message did not arrive',
  detail:
    `${lease.residents}, ${property.name} ${lease.unit}: "${row.kind}" by ${legs.map(told).join(', and by ')}`.slice(
      0,
      900,
    ),
});

const told = (leg: OutboxRow): string =>
  `${wayOf(leg)} to ${leg.to}: ${leg.delivery?.detail || leg.fault || leg.delivery?.state}`;
