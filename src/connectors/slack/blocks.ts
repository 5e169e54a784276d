/** What our messages look like in Slack: blocks with all text escaped. Units and amounts only: a channel is read by many. */
import { decimal } from '../../domain/money';
import type { RentEvent } from '../../domain/status';
import type { Json } from '../../http/json';
import { slackLink, slackText, TEXT_LIMIT } from './text';

export type Block = Readonly<Record<string, unknown>>;

export interface Content {
  /** The line of the notification, and what screen readers read. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

const SECTION = 3000;
const HEADER = 150;
const FIELDS_PER_SECTION = 10;
const FIGURES = 20;
/** Of all blocks together Slack takes about 13,200 characters: 20 figures, a title and so much are less. */
const LINES = 8500;

/** Verbatim: what a person wrote must neither mention anybody nor become a link. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });

/** Text and blocks, of which the first carries the mark by which the message is found again. */
function content(text: string, mark: string, [first, ...rest]: readonly [Block, ...Block[]]): Content {
  return { text: slackText(text, TEXT_LIMIT), blocks: [{ ...first, block_id: mark }, ...rest] };
}

/** Words and a sign for each, so that neither colour nor picture alone says it. */
function headline({ type, unit, lease, rung }: RentEvent): string {
  const place = unit === '' ? `Lease ${lease}` : `Unit ${unit}`;
  switch (type) {
    case 'lease.late':
      return `⚠️ ${place} is late`;
    case 'lease.escalated':
      return `🔺 ${place}: ${rung === '' ? 'next step' : rung}`;
    case 'lease.resolved':
      return `✅ ${place} is settled`;
    case 'payment.received':
      return `💵 ${place}: payment received`;
    case 'payment.failed':
      return `❌ ${place}: payment failed`;
    case 'payment.returned':
      return `↩️ ${place}: payment returned`;
  }
}

/** The message of one lease: its parent while something is open, and the same message once it is settled. */
export function statusContent(event: RentEvent, payload: Json, mark: string): Content {
  const { type, currency, amountCents, balanceCents, standing, daysLate, rung, property, lease } = event;
  const money = (cents: typeof amountCents) => `${decimal(cents, currency)} ${currency}`;
  const isResolved = type === 'lease.resolved';
  const fields: readonly (readonly [string, string])[] = [
    ...(isResolved ? [] : [[type.startsWith('payment.') ? 'Payment' : 'Unpaid', money(amountCents)] as const]),
    ['Balance', money(balanceCents)],
    ...(daysLate > 0 ? [['Days late', String(daysLate)] as const] : []),
    ['Standing', standing],
    ...(rung !== '' && type !== 'lease.escalated' ? [['Step', rung] as const] : []),
  ];
  const text = payload.str('text');
  const link = slackLink(payload.opt('link') ?? '', 'Open the ledger');
  const place = slackText(`${property}, lease ${lease}`, 500);
  return content(text, mark, [
    section(`*${slackText(headline(event), HEADER)}*\n${place}`),
    { type: 'section', fields: fields.map(field) },
    {
      type: 'context',
      elements: [slackText(text, 2000), ...(link === undefined ? [] : [link])].map(mrkdwn),
    },
  ]);
}

const field = ([label, value]: readonly [string, string]) =>
  mrkdwn(`*${slackText(label, 60)}*\n${slackText(value, 120)}`);

/** One text and nothing else. */
export const plainContent = (payload: Json, mark: string): Content => {
  const text = payload.str('text');
  if (text.trim() === '') return payload.at('text').wrong('a text');
  return content(text, mark, [section(slackText(text, SECTION))]);
};

/** The day's numbers, and a line for each thing that a person should look at. */
export function digestContent(payload: Json, mark: string): Content {
  const text = payload.str('text');
  const figures = payload
    .list('figures')
    .slice(0, FIGURES)
    .map((each) => field([each.str('label'), each.str('value')]));
  const groups: Block[] = [];
  for (let at = 0; at < figures.length; at += FIELDS_PER_SECTION)
    groups.push({ type: 'section', fields: figures.slice(at, at + FIELDS_PER_SECTION) });
  const title: Block = { type: 'header', text: { type: 'plain_text', text: slackText(text, HEADER), emoji: true } };
  return content(text, mark, [
    title,
    ...groups,
    ...lineSections(payload.items('lines').map(({ value }) => String(value))),
  ]);
}

/** Lines as sections within their limits; how many found no room is said. */
function lineSections(lines: readonly string[]): readonly Block[] {
  const bullets = lines.map((line) => `• ${slackText(line, 500)}`);
  const texts: string[] = [];
  let [length, shown] = [0, 0];
  for (const bullet of bullets) {
    if (length + bullet.length > LINES) break;
    const last = texts.at(-1);
    if (last === undefined || last.length + bullet.length + 1 > SECTION) texts.push(bullet);
    else texts[texts.length - 1] = `${last}\n${bullet}`;
    length += bullet.length + 1;
    shown++;
  }
  const left = bullets.length - shown;
  return [...texts, ...(left > 0 ? [`… and ${left} more`] : [])].map(section);
}
