/** Messages of the app in its channels: a thread for each lease, the day's numbers, and one line where that is enough. */

import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { type AccountAct, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { eventTold, refOf } from '../told';
import { codeOf, reads, writes } from './api';
import { type Content, digestContent, plainContent, statusContent } from './blocks';
import { channelOf, joining } from './channels';

/** A row that waits longer than this for its repeat is sent again without being found. */
const LOOK_BACK_MS = 7 * 86_400_000;
const PAGE = 200;
const MAX_PAGES = 25;

const told = ({ payload }: EffectContext): Json => new Json(payload, 'payload');
const markOf = ({ key }: EffectContext): string => `rl-${refOf(key)}`;

/** Where a message stands: the reference of what was posted. */
interface Place {
  readonly channel: string;
  readonly ts: string;
}

const refFor = ({ channel, ts }: Place): string => `${channel} ${ts}`;

function placeIn({ after = '' }: EffectContext): Place {
  const [, channel = '', ts = ''] = /^([CG][A-Z0-9]+) (\d+\.\d+)(?: |$)/.exec(after) ?? [];
  return ts === '' ? fail('malformed', 'The Slack message that this belongs to is not known.') : { channel, ts };
}

// ---------------------------------------------------------------- posting, once

/**
 * Posts it, or finds what an earlier try has posted. Slack takes no key, but keeps the name that we give to a block, and shows it to
 * whoever reads the channel: so a repeat looks for that name first.
 */
function* posted(context: EffectContext, channel: string, said: Content, more: object = {}): Flow<string> {
  const before = context.attempt > 1 ? yield* found(channel, markOf(context), context.now) : undefined;
  if (before !== undefined) return refFor({ channel, ts: before });
  // Links to a ledger must not unfurl into a preview for the whole channel.
  const quiet = { unfurl_links: false, unfurl_media: false };
  const message = writes('chat.postMessage', { channel, ...contentParams(said), ...quiet, ...more });
  const answer = bodyOf(yield* joining(channel, () => asked(message)), 'chat.postMessage');
  return refFor({ channel: answer.str('channel'), ts: answer.str('ts') });
}

const contentParams = ({ text, blocks }: Content) => ({ text, blocks: JSON.stringify(blocks), parse: 'none' });

/** The message with this mark, looked for from the newest one back. */
function* found(channel: string, mark: string, now: Instant): Flow<string | undefined> {
  const oldest = String(Math.floor((now - LOOK_BACK_MS) / 1000));
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = reads('conversations.history', { channel, oldest, limit: PAGE, cursor });
    const answer = bodyOf(yield* joining(channel, () => asked(request)), 'conversations.history');
    const message = answer
      .list('messages')
      .find((each) => each.items('blocks').some((block) => block.word('block_id') === mark));
    if (message) return message.str('ts');
    cursor = answer.opt('response_metadata.next_cursor');
    if (cursor === undefined) return undefined;
  }
  return fail('rejected', 'The Slack channel is too busy to see whether this message is in it already.');
}

/** A message of its own, in the channel that the payload names or the connection's. */
const posts = (contentOf: (context: EffectContext) => Content): Effect => ({
  once: 'lookup',
  *run(context) {
    const channel = yield* channelOf(told(context).opt('channel'), context.account);
    return yield* posted(context, channel, contentOf(context));
  },
});

const statusOf = (context: EffectContext): Content => {
  const payload = told(context);
  return statusContent(eventTold(payload.at('event').value as EffectContext['payload']), payload, markOf(context));
};

/** `{ channel, event, text, link? }`: the message of one lease, under which everything else about it hangs. */
export const thread = posts(statusOf);

/** `{ channel, figures, lines, text }`: the day's numbers. */
export const digest = posts((context) => digestContent(told(context), markOf(context)));

/** `{ channel, text }`: one line. */
export const notice = posts((context) => plainContent(told(context), markOf(context)));

/** `{ channel? }`: proves that a channel can be posted to. */
export const test = posts((context) =>
  plainContent(new Json({ text: 'Rent Ledger can post here: this is a test.' }, 'test'), markOf(context)),
);

export const testAct: AccountAct = {
  kind: 'test',
  title: 'Send a test message',
  says: 'Posts one line to a channel, and joins it first where that is needed.',
  asks: {
    name: 'channel',
    label: 'Channel',
    help: '#rent-alerts, or its id; left empty, the channel of the connection',
    optional: true,
  },
};

// ---------------------------------------------------------------- about a message

/**
 * `{ after, text }`: a reply in the thread of a lease. It stands in the channel too: people who do not follow the thread would not
 * see it, and a channel's history, in which a repeat looks for it, has no other replies.
 */
export const reply: Effect = {
  once: 'lookup',
  *run(context) {
    const { channel, ts } = placeIn(context);
    const said = plainContent(told(context), markOf(context));
    try {
      return yield* posted(context, channel, said, { thread_ts: ts, reply_broadcast: true });
    } catch (error) {
      // Somebody has deleted the message that it answers; the news stays news.
      if (codeOf(error) !== 'thread_not_found') throw error;
    }
    return yield* posted(context, channel, said);
  },
};

/** `{ after, event, text, link? }`: the message of a lease says how it stands now. */
export const update: Effect = {
  once: 'natural-id',
  *run(context) {
    const place = placeIn(context);
    const changed = { ...place, ...contentParams(statusOf(context)) };
    try {
      yield* asked(writes('chat.update', changed));
    } catch (error) {
      // Somebody has deleted it, and that holds: there is nothing that could be out of date.
      if (codeOf(error) !== 'message_not_found') throw error;
    }
    return refFor(place);
  },
};
