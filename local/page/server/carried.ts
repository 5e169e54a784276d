/** Mail that SendGrid and Mailgun have taken, in one shape, with what has become of it by now. */
import { zoneOf } from '../../cli/advance';
import { timeText } from '../../cli/words';
import { settle } from '../../vendors/mailgun/delivery';
import type { MailgunState } from '../../vendors/mailgun/state';
import { passTime } from '../../vendors/sendgrid/clock';
import { statusOf } from '../../vendors/sendgrid/events';
import type { Message, SendgridState } from '../../vendors/sendgrid/state';
import type { World } from '../../world';

export interface Carried {
  readonly id: string;
  readonly by: 'SendGrid' | 'Mailgun';
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly atMs: number;
  /** `delivered`, `waits until 2026-12-13 08:00`. */
  readonly state: string;
  readonly text: string;
  readonly html?: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** The account as it stands now. A look must change nothing, so time passes in a copy; undefined where nobody has used it. */
export function accountNow<State>(world: World, id: string, pass: (state: State, nowMs: number) => void) {
  const kept = world.state.vendors[id];
  if (kept === undefined) return undefined;
  const state = structuredClone(kept) as State;
  pass(state, world.now);
  return state;
}

/** Both carriers, in no order. */
export const carriedMails = (world: World): readonly Carried[] => [...bySendgrid(world), ...byMailgun(world)];

/** How many there are: the same without a copy. */
export function carriedCount({ state: { vendors } }: World): number {
  const sendgrid = vendors.sendgrid as SendgridState | undefined;
  const mailgun = vendors.mailgun as MailgunState | undefined;
  const accounts = Object.values(sendgrid?.accounts ?? {});
  return accounts.reduce((all, { messages }) => all + messages.length, mailgun?.mails.length ?? 0);
}

// ---------------------------------------------------------------- SendGrid

function bySendgrid(world: World): readonly Carried[] {
  const state = accountNow<SendgridState>(world, 'sendgrid', passTime);
  return Object.values(state?.accounts ?? {}).flatMap(({ messages }) => messages.map((each) => sent(world, each)));
}

function sent(world: World, message: Message): Carried {
  const { sg_message_id: id, from, to, subject, content, headers, categories, acceptedMs } = message;
  const partOf = (type: string) => content.find((part) => part.type === type)?.value;
  const html = partOf('text/html');
  return {
    id: `sendgrid ${id}`,
    by: 'SendGrid',
    from,
    to,
    subject,
    atMs: acceptedMs,
    state: stateOf(world, message),
    text: partOf('text/plain') ?? '',
    ...(html === undefined ? {} : { html }),
    headers: [
      ['X-Message-Id', id],
      ['From', from],
      ['To', to],
      ['Subject', subject],
      ...Object.entries(headers),
      ['Categories', categories.join(', ')],
    ],
  };
}

function stateOf(world: World, message: Message): string {
  if (!message.isDone && message.dueMs > world.now) return waits(world, message.dueMs);
  const { status, reason } = statusOf(message);
  return status === 'delivered' || reason === undefined ? status : `${status}: ${reason}`;
}

const waits = (world: World, untilMs: number): string => `waits until ${timeText(untilMs, zoneOf(world))}`;

// ---------------------------------------------------------------- Mailgun

function byMailgun(world: World): readonly Carried[] {
  const state = accountNow<MailgunState>(world, 'mailgun', settle);
  return (state?.mails ?? []).map((mail, at) => ({
    id: `mailgun ${at} ${mail.messageId}`,
    by: 'Mailgun',
    from: mail.from,
    to: mail.recipient,
    subject: mail.subject,
    atMs: mail.deliveredMs ?? mail.dueMs,
    state: queued(world, mail),
    text: mail.text,
    ...(mail.html === '' ? {} : { html: mail.html }),
    headers: [
      ['Message-Id', mail.messageId],
      ['From', mail.from],
      ['To', mail.to],
      ['Subject', mail.subject],
      ...Object.entries(mail.headers),
      ['Tags', mail.tags.join(', ')],
    ],
  }));
}

function queued(world: World, { state, dueMs, isTest }: MailgunState['mails'][number]): string {
  const told = state === 'queued' && dueMs > world.now ? waits(world, dueMs) : state;
  return isTest ? `${told}, in test mode` : told;
}
