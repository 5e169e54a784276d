/** Slack's app: a message for each lease that becomes late, what follows in its thread, and the message itself kept true. */
import type { Intent, Lease, OutboxRow, Property } from './book';
import { lateAbout, type Turn } from './events';
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
  const intents: Intent[] = [];
  for (const event of events) {
    if (event.type === 'payment.received' && !isLate(scene)) continue;
    intents.push(...postsFor(scene, event, intents));
  }
  return intents;
}

const isLate = ({ book, before }: Scene): boolean => lateAbout(book, before) !== undefined;

/** The thread of a debt: one for each charge that the lease was late with. */
const threadKey = (lease: Lease, about: string): Key => key(`slack:thread:${lease.id}:${about}`);

function postsFor(scene: Scene, event: RentEvent, wanted: readonly Intent[]): readonly Intent[] {
  const thread = threadOf(scene, event);
  if (thread === undefined) return event.type === 'payment.received' ? [] : [notice(scene, event)];
  const isThere = [...rowsOfLease(scene.book.outbox ?? [], scene.lease.id), ...wanted].some(
    (row) => row.key === thread,
  );
  if (!isThere)
    return event.type === 'lease.late' || event.type === 'lease.escalated' ? [opened(scene, event, thread)] : [];
  return [answered(scene, event, thread), kept(scene, event, thread)];
}

function threadOf({ book, lease, before, after }: Scene, event: RentEvent): Key | undefined {
  const about = lateAbout(book, after) ?? lateAbout(book, before);
  return about === undefined || (event.type === 'payment.failed' && lateAbout(book, before) === undefined)
    ? undefined
    : threadKey(lease, about);
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

const opened = (scene: Scene, event: RentEvent, thread: Key): Intent =>
  post(scene, thread, 'thread', textOf(scene, event), { event });
const answered = (scene: Scene, event: RentEvent, thread: Key): Intent =>
  post(scene, `slack:reply:${event.id}`, 'reply', textOf(scene, event), { after: thread });
const kept = (scene: Scene, event: RentEvent, thread: Key): Intent =>
  post(scene, `slack:update:${event.id}`, 'update', textOf(scene, event), { after: thread, event });
const notice = (scene: Scene, event: RentEvent): Intent =>
  post(scene, `slack:notice:${event.id}`, 'notice', textOf(scene, event), {});

/** Units and amounts only, no names: a channel is read by many. */
function textOf({ property, lease }: Scene, event: RentEvent): string {
  const money = (amount: RentEvent['amountCents']) => `${decimal(amount, event.currency)} ${event.currency}`;
  const place = `${property.name} ${lease.unit || lease.id}`;
  switch (event.type) {
    case 'payment.received':
      return `${place}: ${money(event.amountCents)} received, balance ${money(event.balanceCents)}.`;
    case 'payment.failed':
      return `${place}: a payment of ${money(event.amountCents)} failed.`;
    case 'payment.returned':
      return `${place}: ${money(event.amountCents)} went back to the payer, balance ${money(event.balanceCents)}.`;
    case 'lease.resolved':
      return `${place}: paid. Nothing that fell due is unpaid.`;
    default:
      return `${place}: ${days(event.daysLate)} late, ${money(event.amountCents)} unpaid (${event.rung}).`;
  }
}

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** Of several states of one thread's message that wait, only the newest is told; the payload names the thread. */
export const updateName = (row: Pick<OutboxRow, 'channel' | 'kind' | 'payload'>): string | undefined =>
  row.channel === 'slack' && row.kind === 'update' ? `slack:update:${String(row.payload.after)}` : undefined;
