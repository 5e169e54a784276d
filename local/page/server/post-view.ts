/** What people received and what ran: the mailbox, the Slack channel, the executions. */

import { zoneOf } from '../../cli/advance';
import { failureText } from '../../cli/api';
import { timeText } from '../../cli/words';
import { headersOf, parsePart, splitMessage, textOf } from '../../host/mime';
import type { HostState, MailMessage, TriggerKind } from '../../host/state';
import type { Message, SlackState } from '../../vendors/slack';
import type { World } from '../../world';
import type { ChatView, ExecutionView, MailInfo, MailView } from '../types';
import type { Polls } from './polls';

function infoOf(world: World, message: MailMessage): MailInfo {
  const { id, from, to, subject, date } = message;
  return { id, from, to, subject, at: timeText(date, zoneOf(world)) };
}

/** The newest first. */
export function mailList(world: World, filter: string): MailInfo[] {
  const wanted = filter.trim().toLowerCase();
  return world.mailbox
    .filter(({ to, from, subject }) => `${to}\n${from}\n${subject}`.toLowerCase().includes(wanted))
    .map((message) => infoOf(world, message))
    .reverse();
}

export const findMail = (world: World, id: string): MailMessage | undefined =>
  world.mailbox.find((message) => message.id === id);

/** The HTML part as it was sent; undefined when there is none. */
export const htmlOf = (message: MailMessage): string | undefined => textOf(parsePart(message.raw), 'text/html');

export function mailView(world: World, message: MailMessage): MailView {
  const whole = parsePart(message.raw);
  const headers = headersOf(splitMessage(message.raw).head).map(({ name, value }) => [name, value] as const);
  const thread = world.mailbox.filter((each) => each.threadId === message.threadId).length;
  return {
    ...infoOf(world, message),
    text: textOf(whole, 'text/plain') ?? '',
    hasHtml: htmlOf(message) !== undefined,
    headers,
    thread,
  };
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
