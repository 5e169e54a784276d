/** Slack's app: a message for each lease that becomes late, what follows in its thread, and the message itself kept true. */
import type { Entry, Intent, OutboxRow, Property } from './book';
import { lateDebts, type Turn } from './events';
import { decimal } from './money';
import { type Run, rowsOfLease } from './run-book';
import type { RentEvent } from './status';
import { type Key, key } from './values';
import { URGENCY } from './wishes';

interface Scene extends Turn {
  readonly run: Run;
  readonly property: Property;
}

/** Nothing where the property names no channel of the app. */
export function slackTurn(scene: Scene, events: readonly RentEvent[]): readonly Intent[] {
  if (scene.property.slackChannel === undefined) return [];
  const { book, before, after, today } = scene;
  const wasLate = lateDebts(book, before, today).length > 0;
  const isLate = lateDebts(book, after, today).length > 0;
  const intents: Intent[] = [];
  for (const event of events) {
    if (event.type === 'payment.received' && !wasLate && !isWon(scene, event)) continue;
    const thread = wasLate || isLate ? threadOf(scene, intents) : undefined;
    intents.push(...postsFor(scene, event, event.type === 'lease.late' && !wasLate ? undefined : thread));
  }
  const thread = wasLate || isLate ? threadOf(scene, intents) : undefined;
  return [...intents, ...scene.entries.filter(isLostDispute).map((entry) => lostDispute(scene, entry, thread))];
}

/** The lease's newest thread: one for each time that it is late, however many debts that comes to. */
function threadOf({ book, lease }: Scene, wanted: readonly Intent[]): Key | undefined {
  const known = rowsOfLease(book.outbox ?? [], lease.id).filter(
    ({ state }) => state !== 'failed' && state !== 'cancelled',
  );
  const threads = [...known, ...wanted].filter((each) => each.channel === 'slack' && each.kind === 'thread');
  return threads[threads.length - 1]?.key;
}

function postsFor(scene: Scene, event: RentEvent, thread: Key | undefined): readonly Intent[] {
  if (thread !== undefined) return [answered(scene, event, thread), kept(scene, event, thread)];
  return [
    event.type === 'lease.late' || event.type === 'lease.escalated' ? opened(scene, event) : notice(scene, event),
  ];
}

const post = (
  { lease, property, run }: Scene,
  name: string,
  kind: string,
  text: string,
  payload: Readonly<Record<string, unknown>>,
): Intent => ({
  key: key(name),
  channel: 'slack',
  kind,
  lease: lease.id,
  property: property.name,
  to: property.slackChannel ?? '',
  subject: text.slice(0, 120),
  payload: { channel: property.slackChannel, text, ...payload },
  notBefore: run.now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: URGENCY.alert,
});

const opened = (scene: Scene, event: RentEvent): Intent =>
  post(scene, `slack:thread:${event.id}`, 'thread', textOf(scene, event), { event });
const answered = (scene: Scene, event: RentEvent, thread: Key): Intent =>
  post(scene, `slack:reply:${event.id}`, 'reply', textOf(scene, event), { after: thread });
const kept = (scene: Scene, event: RentEvent, thread: Key): Intent =>
  post(scene, `slack:update:${event.id}`, 'update', textOf(scene, event), { after: thread, event });
const notice = (scene: Scene, event: RentEvent): Intent =>
  post(scene, `slack:notice:${event.id}`, 'notice', textOf(scene, event), {});

// ---------------------------------------------------------------- disputes

/** Money that counts again is told whether or not the lease was late: that it had gone was told too. */
const isWon = ({ entries }: Scene, { id }: RentEvent): boolean =>
  entries.some((entry) => entry.kind === 'reinstatement' && id === `payment.received:${entry.key}`);

const isLostDispute = (entry: Entry): boolean => entry.kind === 'reversal' && entry.reason === 'dispute lost';

/** No money moves then, so no event tells it. */
function lostDispute(scene: Scene, entry: Entry, thread: Key | undefined): Intent {
  const text = `${placeOf(scene)}: a dispute over a payment was decided for the payer.`;
  return thread === undefined
    ? post(scene, `slack:notice:${entry.key}`, 'notice', text, {})
    : post(scene, `slack:reply:${entry.key}`, 'reply', text, { after: thread });
}

// ---------------------------------------------------------------- words

const placeOf = ({ property, lease }: Scene): string => `${property.name} ${lease.unit || lease.id}`;

/** Units and amounts only, no names: a channel is read by many. */
function textOf(scene: Scene, event: RentEvent): string {
  const money = (amount: RentEvent['amountCents']) => `${decimal(amount, event.currency)} ${event.currency}`;
  const place = placeOf(scene);
  switch (event.type) {
    case 'payment.received':
      return isWon(scene, event)
        ? `${place}: ${money(event.amountCents)} count again, balance ${money(event.balanceCents)}.`
        : `${place}: ${money(event.amountCents)} received, balance ${money(event.balanceCents)}.`;
    case 'payment.failed':
      return `${place}: a payment of ${money(event.amountCents)} failed.`;
    case 'payment.returned':
      return `${place}: ${money(event.amountCents)} went back to the payer, balance ${money(event.balanceCents)}.`;
    case 'lease.resolved':
      return event.balanceCents > 0
        ? `${place}: what was late is paid, balance ${money(event.balanceCents)}.`
        : `${place}: paid. Nothing that fell due is unpaid.`;
    default:
      return `${place}: ${days(event.daysLate)} late, ${money(event.amountCents)} unpaid (${event.rung}).`;
  }
}

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** Of several states of one thread's message that wait, only the newest is told; the payload names the thread. */
export const updateName = (row: Pick<OutboxRow, 'channel' | 'kind' | 'payload'>): string | undefined =>
  row.channel === 'slack' && row.kind === 'update' ? `slack:update:${String(row.payload.after)}` : undefined;
