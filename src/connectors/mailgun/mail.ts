/**
 * Mail through Mailgun. Many letters leave in one call: the text of each lies in the variables of its recipient, and
 * everybody sees only their own. Mailgun knows no idempotency key, so before a repeat its events are asked for the
 * letter's ref.
 */
import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, faultOf, isFault, type Outcome } from '../../http/faults';
import { Json } from '../../http/json';
import { outcomesOf } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { DAY_MS } from '../seen';
import { refOf } from '../told';
import { get, OUR_TAG } from './api';
import { call, groupsOf, type Letter, MAX_RECIPIENTS } from './letters';

/** Events of that age are kept on every plan. */
const KEPT_MS = 3 * DAY_MS;
/** An event may reach the feed half an hour late, and the outbox has waited ten minutes of that before it asks. */
const LATE_SECONDS = 1200;

export const mail: Effect = {
  once: 'lookup',
  carries: 'mail',
  followed: true,
  *run(context) {
    return yield* sendOne(context, letterOf(context));
  },
  batch: {
    most: MAX_RECIPIENTS,
    // A repeat is looked for first, by itself.
    together: ({ attempt, message }) =>
      attempt > 1 || message?.kind !== 'mail'
        ? undefined
        : JSON.stringify([message.topic, message.fromName, message.replyTo]),
    run: sendMany,
  },
};

/** Payload `{ address }`: proves that mail arrives, and from whom. */
export const test: Effect = {
  once: 'lookup',
  followed: true,
  *run(context) {
    const address = new Json(context.payload, 'payload').str('address').trim();
    const words = 'Rent Ledger can send here: this is a test.';
    const shared = { kind: 'mail', fromName: '', replyTo: '', to: [address], topic: 'test' } as const;
    const letter = { ...shared, subject: words, text: words, html: `<p>${words}</p>` };
    return yield* sendOne(context, { ref: refOf(context.key), mail: letter });
  },
};

function letterOf({ key, message }: EffectContext): Letter {
  if (message?.kind !== 'mail') throw new Error('Rent Ledger bug: mail without a message');
  return { ref: refOf(key), mail: message };
}

/** Our ref, and Mailgun's id for whoever looks there. */
const told = ({ ref }: Letter, messageId: string): string => `${ref} ${messageId}`;

const idIn = (reply: HttpReply): string => bodyOf(reply, 'message').str('id').replace(/^<|>$/g, '');

// ---------------------------------------------------------------- one, and its repeat

/** By turns a repeat only looks, and looks and then sends: what was taken a moment ago may not show yet. */
function* sendOne({ account, attempt, now }: EffectContext, letter: Letter): Flow<string> {
  if (attempt > 1) {
    const found = yield* taken(account, letter, now);
    if (found !== undefined) return found;
    const said = 'Mailgun does not show yet whether it has this message; it is asked again before anything is sent.';
    if (attempt % 2 === 0) return fail('busy', said, { retryAfterSeconds: LATE_SECONDS });
  }
  return told(letter, idIn(yield* asked(call(account, [letter]))));
}

/** What Mailgun has of a letter, newest first: every event of it bears our ref. */
function* taken(account: Account, letter: Letter, now: Instant): Flow<string | undefined> {
  const query = {
    begin: Math.ceil(now / 1000),
    end: Math.floor((now - KEPT_MS) / 1000),
    ascending: 'no',
    limit: 300,
    recipient: quoted(letter.mail.to[0] ?? ''),
    tags: OUR_TAG,
  };
  const events = bodyOf(yield* asked(get(account, ['events'], query)), 'events').list('items');
  const ours = events.find((event) => event.word('user-variables.ref') === letter.ref);
  return ours && told(letter, ours.str('message.headers.message-id'));
}

/** In a filter some signs mean more than themselves, unless the whole is quoted. */
const quoted = (address: string): string =>
  /^\w[\w.+@-]*$/.test(address) ? address : `"${address.replace(/"/g, '')}"`;

// ---------------------------------------------------------------- many

type Came = string | Fault;

/** As few calls as hold them. One that was refused has sent nothing: its letters go one by one, and one fails. */
function* sendMany(contexts: readonly EffectContext[]): Flow<readonly Came[]> {
  const letters = contexts.map(letterOf);
  const account = contexts[0]?.account ?? {};
  const came: Came[] = [];
  const calls = function* (groups: readonly (readonly number[])[]): Flow<readonly Outcome[]> {
    return yield* outcomesOf(groups.map((group) => call(account, lettersAt(letters, group))));
  };
  const groups = groupsOf(letters);
  const outcomes = yield* calls(groups);
  const refused = groups.filter((group, at) => group.length > 1 && isRefused(outcomes[at]));
  const alone = refused.flat().map((at) => [at]);
  const repeated = alone.length > 0 ? yield* calls(alone) : [];
  const settle = (all: readonly (readonly number[])[], results: readonly Outcome[]) => {
    all.forEach((group, index) => {
      for (const at of group) came[at] = cameOf(results[index] as Outcome, letters[at] as Letter);
    });
  };
  settle(groups, outcomes);
  settle(alone, repeated);
  return came;
}

const lettersAt = (letters: readonly Letter[], places: readonly number[]): readonly Letter[] =>
  places.flatMap((at) => letters[at] ?? []);

const isRefused = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && isFault(outcome) && outcome.fault === 'rejected' && outcome.status !== 402;

function cameOf(outcome: Outcome, letter: Letter): Came {
  if (isFault(outcome)) return outcome;
  try {
    return told(letter, idIn(outcome));
  } catch (error) {
    return faultOf(error);
  }
}
