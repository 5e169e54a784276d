/** How each mail ended, by SendGrid's logs: one search for mails that left together, then the events of those that moved. */
import { bodyOf } from '../../http/body';
import { replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import type { Flow, Lost } from '../connector';
import type { Delivered, DeliveryContext, DeliveryState, OpenMessage } from '../messages';
import { DAY_MS, HOUR_MS, MINUTE_MS, readRows } from '../seen';
import { LOG_DAYS, LOG_ROWS, quoted, readLog, searchLogs, takenIn } from './api';
import { MARK } from './mail';

const AT_ONCE = 20;
/** Mails with a longer pause between them are searched for apart. */
const PAUSE_MS = 2 * HOUR_MS;
/** A run notes when a mail left some minutes after it did. */
const BEFORE_MS = 20 * MINUTE_MS;
const AFTER_MS = 5 * MINUTE_MS;
/** Without logs only the suppression lists tell: by then a host has refused or taken it. */
const SILENT_MS = 4 * DAY_MS;

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
  const { account, now, open } = context;
  const keptMs = account.LOGS === 'no' ? SILENT_MS : LOG_DAYS * DAY_MS;
  const isOld = ({ sentAt }: OpenMessage) => sentAt <= now - keptMs;
  const silent = open
    .filter(isOld)
    .map((each): Delivered => ({ ...about(each), state: 'unknown', at: now, detail: SILENT }));
  if (account.LOGS === 'no') return { delivered: silent, faults: [] };
  const rows = yield* rowsFor(
    context,
    open.filter((each) => !isOld(each)),
  );
  const { delivered, faults } = yield* moved(context, rows);
  return { delivered: [...silent, ...delivered], faults };
}

const SILENT = 'SendGrid has told nothing of this mail, and will not any more.';

const refIn = ({ ref }: OpenMessage): string => ref.split(' ')[0] ?? '';
const about = (message: OpenMessage) => ({
  ref: refIn(message),
  ...(message.to === '' ? {} : { address: message.to }),
});

// ---------------------------------------------------------------- finding them

type Group = readonly OpenMessage[];

interface Row {
  readonly ref: string;
  readonly id: string;
  readonly to: string;
  readonly row: Json;
}

function* rowsFor(context: DeliveryContext, open: readonly OpenMessage[]): Flow<readonly Row[]> {
  const found: Row[] = [];
  const crowded: OpenMessage[] = [];
  const groups = groupsOf(open);
  for (const [group, rows] of yield* searched(context, groups, () => [])) {
    if (rows.length < LOG_ROWS) found.push(...ours(group, rows));
    else crowded.push(...group);
  }
  // There are no further pages: each is asked for by its own address.
  const alone = crowded.map((each) => [each]);
  for (const [group, rows] of yield* searched(context, alone, toOf)) found.push(...ours(group, rows));
  return found;
}

const toOf = ([message]: Group): readonly string[] => {
  const [to = ''] = (message?.to ?? '').split(/[,;\s]+/);
  return to === '' ? [] : [`to_email = ${quoted(to)}`];
};

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

function* searched({ account }: DeliveryContext, groups: readonly Group[], more: (group: Group) => readonly string[]) {
  const request = (group: Group) =>
    searchLogs(account, [
      ...more(group),
      `categories IN (${quoted(MARK)})`,
      takenIn('>=', (group[0]?.sentAt ?? 0) - BEFORE_MS),
      takenIn('<=', lastOf(group) + AFTER_MS),
    ]);
  const answers = yield* askEach(groups, request, AT_ONCE);
  return answers.map(([group, outcome]) => {
    return [group, bodyOf(replyOf(outcome), 'logs').list('messages')] as const;
  });
}

/** The logs have a row for each recipient, whose id begins with that of the mail. */
function ours(group: Group, rows: readonly Json[]): readonly Row[] {
  const refs = group.map(refIn).filter((ref) => ref !== '');
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
