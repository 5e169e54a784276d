/** Requests of residents at the desk: shown where they wait and on their lease, and answered once, in words that the resident reads. */
import type { Account } from '../../domain/account';
import { localDay } from '../../domain/calendar';
import { endDispute } from '../../domain/disputes';
import { endPromise, stateOfPromise } from '../../domain/promises';
import type { RequestRow } from '../../domain/requests';
import { rowsOfLease } from '../../domain/run-book';
import type { Day } from '../../domain/values';
import { decisionOf, lettersTo, URGENCY } from '../../domain/wishes';
import { type App, runNow } from '../../run/app';
import type { Loaded } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { accountOf } from '../account';
import { taskOfRequest } from '../resident/request-news';
import { personAtKeys } from './act/approval';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import type { Money, Refusal } from './told';
import { moneyOf } from './words';

export interface RequestLine {
  readonly key: string;
  readonly kind: RequestRow['kind'];
  readonly lease: string;
  readonly on: Day;
  /** The address that the page was made for. */
  readonly by: string;
  readonly text: string;
  /** An https address that the resident gave; '' for none. */
  readonly file: string;
  readonly until?: Day;
  readonly state: RequestRow['state'];
  readonly answer: string;
  readonly answeredBy: string;
  readonly answeredOn?: Day;
  /** Of a dispute: the line, as far as it is still known. */
  readonly charge?: { readonly key: string; readonly type: string; readonly due: Day; readonly open: Money };
}

/** Newest first. */
export const requestLines = (account: Account): readonly RequestLine[] =>
  [...rowsOfLease(account.book.requests ?? [], account.lease.id)]
    .sort((a, b) => b.at - a.at)
    .map((row) => requestLine(account, row));

export function requestLine(account: Account, row: RequestRow): RequestLine {
  const { zone, currency } = account.property;
  const charge = row.kind === 'dispute' ? account.state.charges.find((each) => each.key === row.about) : undefined;
  return {
    key: row.key,
    kind: row.kind,
    lease: row.lease,
    on: localDay(row.at, zone),
    by: row.by,
    text: row.text,
    file: row.file,
    ...(row.until ? { until: row.until } : {}),
    state: row.kind === 'promise' ? stateOfPromise(account, row) : row.state,
    answer: row.answer,
    answeredBy: row.answeredBy,
    ...(row.answeredAt === undefined ? {} : { answeredOn: localDay(row.answeredAt, zone) }),
    ...(charge
      ? { charge: { key: charge.key, type: charge.type, due: charge.due, open: moneyOf(charge.openCents, currency) } }
      : {}),
  };
}

// ---------------------------------------------------------------- the answer

export interface Answering {
  readonly request: string;
  /** Key of the resident's request. */
  readonly about: string;
  readonly as: 'accepted' | 'refused';
  /** What the resident reads. */
  readonly answer: string;
  /** Of a dispute that is refused: fees and reminders stand as if the line had never been disputed. */
  readonly daysCount?: boolean | undefined;
}

const ANSWER_LEAST = 3;
const ANSWER_MOST = 500;

export function answerRequest(app: App, args: Answering): Applied | Refusal {
  return actOnce(app, args.request, (acting, loaded): Done | Refusal => {
    const row = (loaded.book.requests ?? []).find((each) => each.key === args.about);
    const account = row && accountOf(loaded, acting, row.lease);
    if (!row || !account) return { refused: `There is no request ${args.about.slice(0, 80)}.` };
    const refused = notNow(account, row, args);
    return refused === undefined ? answered(acting, loaded, account, row, args) : { refused };
  });
}

function notNow(account: Account, row: RequestRow, { as, answer }: Answering): string | undefined {
  const now = row.kind === 'promise' ? stateOfPromise(account, row) : row.state;
  if (now !== 'open') return `It is ${now} already${row.answer ? `: ${row.answer}` : '.'}`;
  if (row.kind === 'promise' && as === 'accepted') return 'A promise needs no answer: it is kept or broken by itself.';
  const letters = answer.trim().length;
  if (letters < ANSWER_LEAST || letters > ANSWER_MOST)
    return `Write an answer of ${ANSWER_LEAST} to ${ANSWER_MOST} letters: the resident reads it.`;
  return undefined;
}

function answered(app: App, loaded: Loaded, account: Account, row: RequestRow, args: Answering): Done {
  const { as, answer, daysCount = false } = args;
  const run = runNow(app);
  const who = personAtKeys(app);
  const next: RequestRow = { ...row, state: as, answer: answer.trim(), answeredBy: who, answeredAt: run.now };
  const why = `${as === 'accepted' ? 'Accepted' : 'Refused'} by ${who}: ${next.answer}`;
  if (row.kind === 'dispute') endDispute(account, row, why, as === 'refused' && daysCount);
  if (row.kind === 'promise') endPromise(account, row.key, why);
  const decision = decisionOf(loaded.book, run, [account], [], []);
  const letters = answerLetters(account, next);
  if (letters.length > 0) effectsComing(app);
  const task = loaded.book.tasks.find((each) => each.key === taskOfRequest(row.key) && each.state === 'open');
  return {
    changes: {
      decision: { ...decision, intents: [...decision.intents, ...letters] },
      requests: [next],
      ...(task ? { tasks: [{ ...task, state: 'done' as const, outcome: why.slice(0, 500) }] } : {}),
      views: true,
    },
    applied: {
      done: true,
      says: `${SAYS[row.kind]} of ${row.lease} is ${as}${letters.length > 0 ? ', and the resident is told' : ''}.`,
      keys: account.entries.map((entry) => entry.key),
      balance: moneyOf(account.state.balanceCents, account.property.currency),
    },
  };
}

const SAYS: Readonly<Record<RequestRow['kind'], string>> = {
  dispute: 'The dispute',
  promise: 'The promise',
  plan: 'The wish for a plan',
};

const answerLetters = (account: Account, row: RequestRow) =>
  lettersTo(account, {
    name: `request-answered:${row.key}`,
    template: 'request-answered',
    because: { rule: 'always' },
    urgency: URGENCY.receipt,
    payload: {
      request: {
        about: row.kind === 'dispute' ? row.about : '',
        on: localDay(row.at, account.property.zone),
        agreed: row.state === 'accepted',
        answer: row.answer,
      },
    },
  });
