/** How each mail ended, by SendGrid's logs: one search for mails that left together, then the events of those that moved. */
import { bodyOf } from '../../http/body';
import { replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import type { Flow, Lost } from '../connector';
import type { Delivered, DeliveryContext, DeliveryState, OpenMessage } from '../messages';
import { HOUR_MS, MINUTE_MS, readRows } from '../seen';
import { LOG_ROWS, quoted, readLog, searchLogs, takenIn } from './api';
import { MARK } from './mail';

const AT_ONCE = 20;
/** Mails with a longer pause between them are searched for apart. */
const PAUSE_MS = 2 * HOUR_MS;
/** A run notes when a mail left some minutes after it did. */
const BEFORE_MS = 20 * MINUTE_MS;
const AFTER_MS = 5 * MINUTE_MS;
/** A mail that was held is noted as sent when it has left, and has its place in the logs from when it was taken in. */
const HELD_MS = 73 * HOUR_MS;

interface Ends {
  readonly delivered: readonly Delivered[];
  readonly faults: readonly Lost[];
}

/** SendGrid's word for a mail. `undefined` is one that has not moved yet. */
const STATES: Readonly<Record<string, DeliveryState | undefined>> = {
  processed: undefined,
  deferred: 'sent',
  delivered: 'delivered',
  dropped: 'failed',
  bounced: 'bounced',
  blocked: 'blocked',
};

/** Which event tells of that state. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  sent: ['deferred'],
  delivered: ['delivered'],
  failed: ['dropped', 'cancel_drop'],
  bounced: ['bounce'],
  blocked: ['bounce'],
};

export function* endsOf(context: DeliveryContext): Flow<Ends> {
  // The test call has found that the key may not read logs: the suppression lists tell what they can.
  if (context.account.LOGS === 'no') return { delivered: [], faults: [] };
  return yield* moved(context, yield* rowsFor(context));
}

const refIn = ({ ref }: OpenMessage): string => ref.split(' ')[0] ?? '';

// ---------------------------------------------------------------- finding them

type Group = readonly OpenMessage[];

interface Row {
  readonly ref: string;
  readonly id: string;
  readonly to: string;
  readonly row: Json;
}

interface Search {
  readonly of: Group;
  readonly conditions: readonly string[];
}

/** A search for mails that left together; then one for each address of those that were not among what it gave. */
function* rowsFor(context: DeliveryContext): Flow<readonly Row[]> {
  const open = context.open.filter((each) => refIn(each) !== '');
  const found: Row[] = [];
  // There are no further pages: of a full one it is not known what is missing.
  for (const [group, rows] of yield* searched(context, groupsOf(open).map(bySending)))
    if (rows.length < LOG_ROWS) found.push(...ours(group, rows));
  const refs = new Set(found.map(({ ref }) => ref));
  const missed = open.filter((each) => !refs.has(refIn(each)));
  for (const [group, rows] of yield* searched(context, missed.flatMap(byAddress))) found.push(...ours(group, rows));
  return found;
}

const within = (group: Group, beforeMs: number): readonly string[] => [
  `categories IN (${quoted(MARK)})`,
  takenIn('>=', (group[0]?.sentAt ?? 0) - beforeMs),
  takenIn('<=', lastOf(group) + AFTER_MS),
];

const bySending = (group: Group): Search => ({ of: group, conditions: within(group, BEFORE_MS) });

const byAddress = (message: OpenMessage): readonly Search[] =>
  message.to
    .split(/[,;\s]+/)
    .filter((address) => address !== '')
    .map((address) => ({
      of: [message],
      conditions: [`to_email = ${quoted(address)}`, ...within([message], HELD_MS)],
    }));

function groupsOf(open: readonly OpenMessage[]): readonly Group[] {
  const groups: OpenMessage[][] = [];
  for (const message of [...open].sort((a, b) => a.sentAt - b.sentAt)) {
    const group = groups[groups.length - 1];
    if (group && message.sentAt - lastOf(group) < PAUSE_MS) group.push(message);
    else groups.push([message]);
  }
  return groups;
}

const lastOf = (group: Group): number => group[group.length - 1]?.sentAt ?? 0;

function* searched({ account }: DeliveryContext, searches: readonly Search[]) {
  const answers = yield* askEach(searches, ({ conditions }) => searchLogs(account, conditions), AT_ONCE);
  return answers.map(([{ of }, outcome]) => [of, bodyOf(replyOf(outcome), 'logs').list('messages')] as const);
}

/** The logs have a row for each recipient, whose id begins with that of the mail. */
function ours(group: Group, rows: readonly Json[]): readonly Row[] {
  const refs = group.map(refIn);
  return rows.flatMap((row) => {
    const id = row.str('sg_message_id');
    const ref = refs.find((each) => id.startsWith(`${each}.`) || id === each);
    return ref === undefined ? [] : [{ ref, id, to: row.str('to_email'), row: row.as(`message ${id}`) }];
  });
}

// ---------------------------------------------------------------- what they came to

function* moved({ account }: DeliveryContext, rows: readonly Row[]): Flow<Ends> {
  const changed = rows.filter(({ row }) => row.word('status') !== 'processed');
  const answers = yield* askEach(changed, ({ id }) => readLog(account, id), AT_ONCE);
  const { found, faults } = readRows(
    answers,
    ([{ id }]) => `message ${id}`,
    ([row, outcome]) => endIn(row, bodyOf(replyOf(outcome), `message ${row.id}`)),
  );
  return { delivered: found, faults };
}

function endIn({ ref, to }: Row, whole: Json): Delivered | undefined {
  const state = whole.oneOf('status', STATES);
  if (state === undefined) return undefined;
  const names = EVENTS[state] ?? [];
  const [event] = whole
    .list('events')
    .filter((each) => names.includes(each.word('event') ?? ''))
    .slice(-1);
  if (!event) return whole.at('events').wrong(`a list with ${names.join(' or ')}`);
  const detail = state === 'delivered' ? '' : (event.opt('reason') ?? event.opt('response') ?? '');
  return { ref, address: to, state, at: event.unixSeconds('timestamp'), detail };
}
