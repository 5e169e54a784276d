/** What follows when a leg of a message does not arrive: the way that stands by, and a task once nothing has reached the resident. */
import { openAccount } from './account';
import type { Intent, OutboxRow, Task } from './book';
import { addDays } from './calendar';
import type { Way } from './contacts';
import { legKey, legsOf, messageName, wayOf } from './legs';
import { leaseById, type Run, type RunBook } from './run-book';
import { key } from './values';
import { legTo } from './wishes';

export interface Followed {
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
}

const NOTHING: Followed = { intents: [], tasks: [] };

/** Words of delivery news after which a leg has not reached anybody. */
const LOST: readonly string[] = ['failed', 'bounced', 'blocked', 'opted out'];

/** It was not sent, or its platform says that it did not arrive. */
export const isLost = (row: Pick<OutboxRow, 'state' | 'delivery'>): boolean =>
  row.state === 'failed' || (row.state === 'sent' && row.delivery !== undefined && LOST.includes(row.delivery.state));

/**
 * After a leg was lost: one effect for the way that stands by, once for each message whatever happens to it; and where no leg is left
 * that may still arrive, one task for a person. `outbox` holds the row as it is now.
 */
export function followLost(book: RunBook, run: Run, outbox: readonly OutboxRow[], row: OutboxRow): Followed {
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property || wayOf(row) === undefined || !isLost(row)) return NOTHING;
  const account = openAccount(book, run, lease, property);
  const legs = legsOf(outbox, row);
  const standby = standbyOf(row);
  if (standby && !legs.some((leg) => leg.key === legKey(standby, messageName(row)))) {
    const { template, language: _, standby: __, ...payload } = row.payload;
    const letter = { ...row, name: messageName(row), template: String(template ?? row.kind), payload };
    return { intents: [legTo(account, letter, standby)], tasks: [] };
  }
  if (!legs.every(isLost)) return NOTHING;
  return {
    intents: [],
    tasks: [
      {
        key: key(`task:unreached:${messageName(row)}`),
        lease: lease.id,
        property: property.name,
        owner: property.managerEmail,
        due: addDays(account.today, 1),
        title: 'Reach the resident another way: a message did not arrive',
        detail:
          `${lease.residents}, ${property.name} ${lease.unit}: "${row.kind}" by ${legs.map(told).join(', and by ')}`.slice(
            0,
            900,
          ),
      },
    ],
  };
}

const told = (leg: OutboxRow): string =>
  `${wayOf(leg)} to ${leg.to}: ${leg.delivery?.detail || leg.fault || leg.delivery?.state}`;

function standbyOf({ payload }: OutboxRow): Way | undefined {
  return payload.standby === 'email' || payload.standby === 'sms' ? payload.standby : undefined;
}
