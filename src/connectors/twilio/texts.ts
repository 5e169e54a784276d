/**
 * Texts that leave. Twilio knows no idempotency key and nothing by which a message could be found but its phone, so a
 * repeat looks for the same words to the same phone first.
 */
import { e164 } from '../../domain/phone';
import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { fail, faultOf } from '../../http/faults';
import { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import type { Schedule } from '../messages';
import { DAY_MS, MINUTE_MS } from '../seen';
import { LONG_PAGE, messageOf, messages, momentOf, pageOf, sendForm } from './api';
import { chosenSender, isService } from './senders';
import { refused } from './states';

/** The same words to the same phone within a day say nothing new: they are the text whose answer was lost. */
const WINDOW_MS = DAY_MS;
const MAX_PAGES = 5;
/** A message waits in Twilio's queue for ten hours at most. */
const LONGEST_SECONDS = 36_000;

interface Wish {
  readonly to: string;
  readonly words: string;
  readonly until?: Instant;
}

/** Letters and digits: what smart encoding leaves alone, whatever it makes of the signs between them. */
const core = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');

/** A trial account has this put before each text. */
const TRIAL = core('Sent from your Twilio trial account - ');

/** A text to this phone of the last day that has these words, or those of an earlier try. */
function* earlier({ account, now, tried = [] }: EffectContext, { to, words }: Wish): Flow<string | undefined> {
  const rows = yield* everyPage<Json, string>((next) => messages(account, { to }, next, LONG_PAGE), pageOf, MAX_PAGES);
  const wanted = [words, ...tried].map(core);
  const isOurs = (row: Json): boolean =>
    row.str('direction') === 'outbound-api' &&
    row.str('status') !== 'canceled' &&
    momentOf(row, 'date_created') >= now - WINDOW_MS &&
    wanted.some((each) => [each, `${TRIAL}${each}`].includes(core(row.opt('body') ?? '')));
  return rows.find(isOurs)?.str('sid');
}

function fieldsOf({ account, now, sendAt }: EffectContext, { to, words, until }: Wish) {
  const sender = chosenSender(account);
  if (sendAt !== undefined && sender.kind === 'number')
    return fail('rejected', 'Twilio holds a text for later only where a messaging service sends it.');
  return {
    To: to,
    ...(sender.kind === 'service' ? { MessagingServiceSid: sender.sid } : { From: sender.number }),
    Body: words,
    SmartEncoded: true,
    ...(until === undefined ? {} : { ValidityPeriod: validity(until, sendAt ?? now) }),
    ...(sendAt === undefined ? {} : { ScheduleType: 'fixed', SendAt: utcSeconds(sendAt) }),
  };
}

/** Seconds that it may wait for its turn. */
function validity(until: Instant, from: Instant): number {
  const seconds = Math.floor((until - from) / 1000);
  if (seconds < 1) return fail('busy', 'It is too late for a text today.', { retryAfterSeconds: 3600 });
  return Math.min(LONGEST_SECONDS, seconds);
}

function* sent(context: EffectContext, wish: Wish): Flow<string> {
  const fields = fieldsOf(context, wish);
  const there = context.attempt > 1 ? yield* earlier(context, wish) : undefined;
  if (there !== undefined) return there;
  return bodyOf(yield* asked(sendForm(context.account, fields)), 'message').str('sid');
}

// ---------------------------------------------------------------- for later

/** Twilio's pages say five minutes, or fifteen. */
const LEAST_MS = 15 * MINUTE_MS;
const MOST_MS = 7 * DAY_MS;

const CANNOT_BE_CANCELED = '30409';

export const schedule: Schedule = {
  leastMs: LEAST_MS,
  mostMs: MOST_MS,
  may: isService,
  *cancel(ref, { account }) {
    try {
      yield* asked(sendForm(account, { Status: 'canceled' }, ref));
      return 'cancelled';
    } catch (error) {
      if (faultOf(error).code !== CANNOT_BE_CANCELED) throw error;
    }
    // It has left, or it was cancelled before and the answer was lost.
    const now = bodyOf(yield* asked(messageOf(account, ref)), 'message');
    return now.str('status') === 'canceled' ? 'cancelled' : 'left';
  },
};

// ---------------------------------------------------------------- the effects

export const text: Effect = {
  once: 'lookup',
  carries: 'text',
  followed: true,
  refused,
  schedule,
  *run(context) {
    const { message } = context;
    if (message?.kind !== 'text') return fail('malformed', 'There is no text to be sent.');
    const { to, text: words, until } = message;
    return yield* sent(context, { to, words, ...(until === undefined ? {} : { until }) });
  },
};

const TEST_WORDS = 'Rent Ledger can text here: this is a test.';

/** A test that the owner asks for. */
export const testText: Effect = {
  once: 'lookup',
  followed: true,
  *run(context) {
    const to = e164(new Json(context.payload, 'payload').str('to'));
    if ('reason' in to) return fail('rejected', to.reason);
    return yield* sent(context, { to: to.number, words: TEST_WORDS });
  },
};
