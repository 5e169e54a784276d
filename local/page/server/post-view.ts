/** What people received and what ran: mail of all carriers, the Slack channel, the executions. */

import { zoneOf } from '../../cli/advance';
import { failureText } from '../../cli/api';
import { timeText } from '../../cli/words';
import { headersOf, parsePart, splitMessage, textOf } from '../../host/mime';
import type { HostState, MailMessage, TriggerKind } from '../../host/state';
import type { Message, SlackState } from '../../vendors/slack';
import type { World } from '../../world';
import type { ChatView, ExecutionView, MailInfo, MailView } from '../types';
import { type Carried, carriedMails } from './carried';
import type { Polls } from './polls';

/** A mail of any carrier, as the list and the page of one mail need it. */
interface Post {
  readonly info: MailInfo;
  readonly atMs: number;
  readonly text: string;
  readonly html?: string;
  readonly headers: MailView['headers'];
  readonly thread: number;
}

function byGmail(world: World, message: MailMessage): Post {
  const { id, from, to, subject, date, raw, threadId } = message;
  const whole = parsePart(raw);
  const html = textOf(whole, 'text/html');
  return {
    info: { id, from, to, subject, at: timeText(date, zoneOf(world)), by: 'Gmail', state: '' },
    atMs: date,
    text: textOf(whole, 'text/plain') ?? '',
    ...(html === undefined ? {} : { html }),
    headers: headersOf(splitMessage(raw).head).map(({ name, value }) => [name, value] as const),
    thread: world.mailbox.filter((each) => each.threadId === threadId).length,
  };
}

const byCarrier = (world: World, { id, from, to, subject, atMs, by, state, ...rest }: Carried): Post => ({
  info: { id, from, to, subject, at: timeText(atMs, zoneOf(world)), by, state },
  atMs,
  thread: 1,
  ...rest,
});

const infoOf = (world: World, { id, from, to, subject, date }: MailMessage): MailInfo => ({
  ...{ id, from, to, subject },
  at: timeText(date, zoneOf(world)),
  by: 'Gmail',
  state: '',
});

/** Of all carriers, the newest first. */
export function mailList(world: World, filter: string): MailInfo[] {
  const wanted = filter.trim().toLowerCase();
  const own = world.mailbox.map((message) => ({ atMs: message.date, info: infoOf(world, message) }));
  const others = carriedMails(world).map((mail) => byCarrier(world, mail));
  return [...own, ...others]
    .filter(({ info: { to, from, subject, by } }) => `${to}\n${from}\n${subject}\n${by}`.toLowerCase().includes(wanted))
    .map((each, at) => ({ ...each, at }))
    .sort((a, b) => b.atMs - a.atMs || b.at - a.at)
    .map(({ info }) => info);
}

function findPost(world: World, id: string): Post | undefined {
  const own = world.mailbox.find((message) => message.id === id);
  if (own) return byGmail(world, own);
  const carried = carriedMails(world).find((mail) => mail.id === id);
  return carried && byCarrier(world, carried);
}

/** The HTML part as it was sent; undefined when there is none, or no such message. */
export const htmlOf = (world: World, id: string): string | undefined => findPost(world, id)?.html;

export function mailView(world: World, id: string): MailView | undefined {
  const post = findPost(world, id);
  if (!post) return undefined;
  const { info, text, html, headers, thread } = post;
  return { ...info, text, hasHtml: html !== undefined, headers, thread };
}

/** Every text of a Block Kit block, in order. */
function blockTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(blockTexts);
  if (typeof value !== 'object' || value === null) return [];
  const { text, ...rest } = value as Record<string, unknown>;
  if (typeof text === 'string') return [text];
  return [...blockTexts(text), ...Object.values(rest).flatMap(blockTexts)];
}

/** A book that an earlier version wrote has messages without threads and changes. */
function notesOf({ threadTs, isBroadcast, editedAt }: Message): string[] {
  const place = isBroadcast ? 'in a thread and the channel' : 'in a thread';
  return [...(threadTs ? [place] : []), ...(editedAt ? ['changed'] : [])];
}

/** The newest first. */
export function chatList(world: World): ChatView[] {
  const { messages, channels } = world.vendorState<SlackState>('slack');
  const nameOf = (id: string) => channels.find((channel) => channel.id === id)?.name ?? id;
  return messages
    .map((message) => ({
      channel: `#${nameOf(message.channel)}`,
      at: timeText(message.at, zoneOf(world)),
      by: message.via === 'person' ? (message.user ?? '') : 'Rent Ledger',
      notes: notesOf(message),
      text: message.text,
      blocks: blockTexts(message.blocks),
    }))
    .reverse();
}

const TRIGGERS: Readonly<Record<TriggerKind, string>> = {
  time: 'clock',
  edit: 'edit',
  open: 'file opened',
  install: 'installed',
  web: 'web app',
  sidebar: 'sidebar',
  card: 'card',
  custom: 'custom function',
};

function outcomeOf(record: HostState['executions'][number]): string {
  if (record.ok) return 'done';
  return `${record.killed ? 'ended from outside' : 'failed'}: ${failureText(record)}`;
}

/** The newest first. */
export function executionList(world: World, polls: Polls): ExecutionView[] {
  return world.executions
    .map((record) => ({
      handler: record.handler,
      ...polls.of(record),
      trigger: record.trigger === undefined ? 'by hand' : TRIGGERS[record.trigger],
      user: record.user,
      at: timeText(record.startMs, zoneOf(world)),
      ok: record.ok,
      outcome: outcomeOf(record),
      calls: record.totalCalls,
      seconds: record.modelMs / 1000,
      log: record.log,
    }))
    .reverse();
}
