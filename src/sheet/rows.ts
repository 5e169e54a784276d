/** Rows of the add-on's own tabs other than the Ledger: receipts, outbox, tasks, log. */

import { CHAIN_START, chainText, digestOf } from '../domain/audit';
import type {
  Because,
  DeliveryNews,
  EffectState,
  LogLine,
  OutboxRow,
  PaymentReversal,
  ReceiptRow,
  ReceiptState,
  TaskRow,
} from '../domain/book';
import { CONTACT_STATES, type ContactRow } from '../domain/contacts';
import { cents, decimal, fromNumber, parseAmount } from '../domain/money';
import { currency as currencyOf, type Day, key, leaseId, propertyName } from '../domain/values';
import type { Cell } from '../ports';
import { instantFrom, intOf, isoOf, moneyCell, textOf } from './cells';
import { itemsFrom, itemsText } from './journal';

const RECEIPT_STATES: readonly ReceiptState[] = [
  'pending',
  'settled',
  'failed',
  'returned',
  'disputed',
  'dispute won',
  'dispute lost',
  'refunded',
  'partly refunded',
  'not rent',
  'split',
  'taken back',
];

export function receiptCells(row: ReceiptRow): Cell[] {
  const reversals = row.reversals
    .map((each) => `${each.key} ${each.state} ${decimal(each.amountCents, row.currency)}`)
    .join('; ');
  return [
    row.key,
    row.source,
    row.externalId,
    row.lease ?? '',
    moneyCell(row.amountCents, row.currency),
    row.currency,
    row.state,
    isoOf(row.initiatedAt),
    row.payer,
    row.payerEmail,
    row.customer,
    row.leaseRef,
    row.memo,
    row.matched,
    itemsText(row.items, row.currency),
    moneyCell(row.reversedCents, row.currency),
    moneyCell(row.feeCents, row.currency),
    reversals,
    isoOf(row.seenAt),
    row.failure ?? '',
  ];
}

/** Undefined when the cells are no receipt that this add-on wrote; the caller makes it a problem. */
export function receiptFrom(cells: readonly Cell[], row: number): ReceiptRow | undefined {
  const [
    id,
    source,
    externalId,
    lease,
    amount,
    code,
    state,
    initiated,
    payer,
    payerEmail,
    customer,
    reference,
    memo,
    matched,
    allocated,
    reversed,
    fee,
    reversals,
    seen,
    failure,
  ] = cells;
  const currency = currencyOf(textOf(code));
  const money = (cell: Cell | undefined) =>
    typeof cell === 'number' ? fromNumber(cell, currency) : textOf(cell) === '' ? cents(0) : undefined;
  const [amountCents, reversedCents, feeCents] = [money(amount), money(reversed), money(fee)];
  const [initiatedAt, seenAt] = [instantFrom(initiated), instantFrom(seen)];
  const items = itemsFrom(textOf(allocated), currency);
  const known = RECEIPT_STATES.find((each) => each === textOf(state));
  if (
    amountCents === undefined ||
    reversedCents === undefined ||
    feeCents === undefined ||
    !initiatedAt ||
    !seenAt ||
    !items ||
    !known
  )
    return undefined;
  return {
    row,
    key: key(textOf(id)),
    source: textOf(source),
    externalId: textOf(externalId),
    ...(textOf(lease) ? { lease: leaseId(textOf(lease)) } : {}),
    amountCents,
    currency,
    state: known,
    initiatedAt,
    payer: textOf(payer),
    payerEmail: textOf(payerEmail),
    customer: textOf(customer),
    leaseRef: textOf(reference),
    memo: String(memo ?? ''),
    ...(textOf(failure) ? { failure: textOf(failure) } : {}),
    matched: textOf(matched),
    items,
    reversedCents,
    feeCents,
    reversals: reversalsFrom(textOf(reversals), currency),
    seenAt,
  };
}

function reversalsFrom(text: string, currency: ReceiptRow['currency']): ReceiptRow['reversals'] {
  return text
    .split('; ')
    .map((part) => /^(.+) (open|won|lost|final) (\S+)$/.exec(part))
    .flatMap((match) =>
      match
        ? [
            {
              key: key(match[1] ?? ''),
              state: match[2] as PaymentReversal['state'],
              amountCents: parseAmount(match[3] ?? '', currency) ?? cents(0),
            },
          ]
        : [],
    );
}

const EFFECT_STATES: readonly EffectState[] = [
  'waiting for release',
  'ready',
  'sending',
  'scheduled',
  'sent',
  'failed',
  'cancelled',
  'unsure',
];

export function outboxCells(row: OutboxRow): Cell[] {
  return [
    row.key,
    isoOf(row.createdAt),
    row.channel,
    row.kind,
    row.property ?? '',
    row.lease ?? '',
    row.to,
    row.subject,
    row.state,
    isoOf(row.notBefore),
    row.attempts,
    row.vendorRef,
    row.fault,
    JSON.stringify(row.because),
    row.urgency,
    JSON.stringify(row.payload),
    isoOf(row.updatedAt),
    deliveryText(row.delivery),
  ];
}

export function outboxFrom(cells: readonly Cell[], row: number): OutboxRow | undefined {
  const [
    id,
    created,
    channel,
    kind,
    property,
    lease,
    to,
    subject,
    state,
    notBefore,
    attempts,
    reference,
    fault,
    because,
    urgency,
    payload,
    updated,
    delivery,
  ] = cells;
  const known = EFFECT_STATES.find((each) => each === textOf(state));
  const [createdAt, from, updatedAt] = [instantFrom(created), instantFrom(notBefore), instantFrom(updated)];
  const [rule, content] = [jsonOf(because), jsonOf(payload)];
  if (!known || !createdAt || !from || !updatedAt || !rule || !content) return undefined;
  const news = deliveryFrom(textOf(delivery));
  return {
    row,
    key: key(textOf(id)),
    createdAt,
    channel: textOf(channel),
    kind: textOf(kind),
    ...(textOf(property) ? { property: propertyName(textOf(property)) } : {}),
    ...(textOf(lease) ? { lease: leaseId(textOf(lease)) } : {}),
    to: textOf(to),
    subject: String(subject ?? ''),
    state: known,
    notBefore: from,
    attempts: intOf(attempts) ?? 0,
    vendorRef: textOf(reference),
    fault: String(fault ?? ''),
    because: rule as Because,
    urgency: intOf(urgency) ?? 9,
    payload: content,
    updatedAt,
    ...(news ? { delivery: news } : {}),
  };
}

/** `bounced 2026-12-01T09:00:00Z: 550 no such user` */
const deliveryText = (news: DeliveryNews | undefined): string =>
  news ? `${news.state} ${isoOf(news.at)}${news.detail ? `: ${news.detail}` : ''}` : '';

function deliveryFrom(text: string): DeliveryNews | undefined {
  const match = /^([a-z ]+) (\d{4}-\S+?)(?:: (.*))?$/s.exec(text);
  const at = instantFrom(match?.[2]);
  return match?.[1] && at ? { state: match[1], at, detail: match[3] ?? '' } : undefined;
}

export const contactCells = (row: ContactRow): Cell[] => [
  row.address,
  row.kind,
  row.state,
  isoOf(row.since),
  row.by,
  row.detail,
];

/** Undefined for a row that this add-on did not write. */
export function contactFrom(cells: readonly Cell[], row: number): ContactRow | undefined {
  const [address, kind, state, since, by, detail] = cells;
  const known = CONTACT_STATES.find((each) => each === textOf(state));
  const [way, at] = [textOf(kind), instantFrom(since)];
  if (!known || !at || textOf(address) === '' || (way !== 'email' && way !== 'sms')) return undefined;
  return {
    row,
    address: textOf(address),
    kind: way,
    state: known,
    since: at,
    by: textOf(by),
    detail: String(detail ?? ''),
  };
}

function jsonOf(cell: Cell | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(textOf(cell));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

export const taskCells = (row: TaskRow): Cell[] => [
  row.key,
  row.property ?? '',
  row.lease ?? '',
  row.title,
  row.detail,
  row.owner,
  row.due,
  row.state,
  row.outcome,
];

export function taskFrom(cells: readonly Cell[], row: number): TaskRow | undefined {
  const [id, property, lease, title, detail, owner, due, state, outcome] = cells.map(textOf);
  if (!id) return undefined;
  const known = state === 'done' || state === 'closed by payment' ? state : 'open';
  return {
    row,
    key: key(id),
    ...(property ? { property: propertyName(property) } : {}),
    ...(lease ? { lease: leaseId(lease) } : {}),
    title: title ?? '',
    detail: detail ?? '',
    owner: owner ?? '',
    due: due as Day,
    state: known,
    outcome: outcome ?? '',
  };
}

/** Cells of a log row but for its digest. */
export const logCells = (line: LogLine, number: number): Cell[] => [
  number,
  isoOf(line.at),
  line.by,
  line.run,
  line.lease ?? '',
  line.kind,
  line.what,
  line.before,
  line.after,
  line.key ?? '',
  line.rowDigest ?? '',
];

/** Chains lines onto a log that has `count` rows and ends with digest `head`. */
export function chained(
  lines: readonly LogLine[],
  count: number,
  head: string,
): { readonly rows: readonly Cell[][]; readonly head: string } {
  let previous = head || CHAIN_START;
  const rows = lines.map((line, index) => {
    const cells = logCells(line, count + index + 1);
    previous = digestOf(chainText(previous, cells));
    return [...cells, previous];
  });
  return { rows, head: previous };
}
