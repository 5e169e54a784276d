/** What a resident asks for on the page: a line disputed, a promise to pay, a payment plan. */
import type { Account } from '../../domain/account';
import { addDays, parseDay } from '../../domain/calendar';
import { beginDispute, endDispute } from '../../domain/disputes';
import { isSafeLink } from '../../domain/messages';
import { parseAmount } from '../../domain/money';
import { livePlan } from '../../domain/plans';
import { beginPromise, promisable, promiseClosed } from '../../domain/promises';
import {
  DISPUTES_MOST,
  disputeClosed,
  FILE_MOST,
  isOpenRequest,
  planWish,
  type RequestRow,
  TEXT_LEAST,
  TEXT_MOST,
} from '../../domain/requests';
import { demandedOn } from '../../domain/standing';
import { key } from '../../domain/values';
import { decisionOf } from '../../domain/wishes';
import { runNow } from '../../run/app';
import { effectsComing } from '../../sheet/outbox-hint';
import type { Fields, Outcome, ResidentAct } from './act';
import { clickIdOf } from './click';
import type { OneLease } from './lease';
import { preferences } from './preference-acts';
import { alertOf, requestTask } from './request-news';
import { askOnce, no, type Scene, type Wanted } from './request-once';

/** Text of a form as one may keep it: line breaks stay, other control characters and marks that turn the direction of text go. */
const textOf = (fields: Fields, name: string): string =>
  (fields[name] ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();

const lettersIn = (text: string): number => [...text].length;

const isText = (text: string): boolean => lettersIn(text) >= TEXT_LEAST && lettersIn(text) <= TEXT_MOST;
const badText: Outcome = {
  done: false,
  says: 'textLength',
  with: { least: String(TEXT_LEAST), most: String(TEXT_MOST) },
};

type Asked = Pick<RequestRow, 'kind' | 'about' | 'text'> & Partial<Pick<RequestRow, 'file' | 'until'>>;

function rowOf({ app, account }: Scene, one: OneLease, request: string, asked: Asked): RequestRow {
  return {
    row: 0,
    key: key(`request:${clickIdOf(one, request)}`),
    at: runNow(app).now,
    property: account.property.name,
    lease: account.lease.id,
    by: one.link.address,
    file: '',
    ...asked,
    state: 'open',
    answer: '',
    answeredBy: '',
  };
}

/** The row with what it posts to the account, a task for the manager and a line in Slack. */
function told(scene: Scene, row: RequestRow, words: string): Wanted {
  const { account, app, loaded } = scene;
  const decision = decisionOf(loaded.book, runNow(app), [account], [], []);
  const alert = alertOf(account, row);
  if (alert) effectsComing(app);
  return {
    changes: {
      decision: {
        ...decision,
        intents: [...decision.intents, ...(alert ? [alert] : [])],
        tasks: [...decision.tasks, ...requestTask(account, row)],
      },
      requests: [row],
      views: true,
    },
    told: words,
  };
}

// ---------------------------------------------------------------- disputes

const WHY_NO_DISPUTE = {
  'no line': 'disputeNoLine',
  'disputed already': 'disputeAlready',
  twice: 'disputeTwice',
  'too many': 'disputeTooMany',
} as const;

const dispute: ResidentAct = (app, one, request, fields) => {
  const [charge, text, file] = [textOf(fields, 'charge'), textOf(fields, 'text'), textOf(fields, 'file')];
  if (!isText(text)) return badText;
  if (file !== '' && (file.length > FILE_MOST || !isSafeLink(file)))
    return { done: false, says: 'fileLink', with: { most: String(FILE_MOST) } };
  return askOnce(app, one, request, { says: 'disputeMade' }, (scene) => {
    const closed = disputeClosed(scene.rows, scene.account.state, charge);
    if (closed) return no(WHY_NO_DISPUTE[closed], { most: String(DISPUTES_MOST) });
    const row = rowOf(scene, one, request, { kind: 'dispute', about: charge, text, file });
    beginDispute(scene.account, row);
    return told(scene, row, `${scene.account.lease.id}: ${charge} is disputed.`);
  });
};

const disputeWithdraw: ResidentAct = (app, one, request, fields) =>
  askOnce(app, one, request, { says: 'disputeWithdrawn' }, (scene) => {
    const { account, rows } = scene;
    const row = rows.find((each) => each.kind === 'dispute' && each.key === fields.dispute);
    if (!row) return no('disputeNoLine', {});
    if (!isOpenRequest(row)) return no('disputeOver');
    // Nobody gains days by a dispute that they take back themselves.
    endDispute(account, row, 'The resident has withdrawn it.', true);
    const gone: RequestRow = { ...row, state: 'withdrawn', answeredAt: runNow(scene.app).now };
    const { tasks, ...changes } = closing(scene, row, 'The resident has withdrawn it.');
    return {
      changes: { ...changes, tasks, requests: [gone], views: true },
      told: `${account.lease.id}: the dispute of ${row.about} is withdrawn.`,
    };
  });

/** What ends with a request: its task, and what its end posts. */
function closing({ app, account, loaded }: Scene, row: RequestRow, outcome: string) {
  const name = requestTask(account, row)[0]?.key;
  const task = loaded.book.tasks.find((each) => each.key === name && each.state === 'open');
  return {
    decision: decisionOf(loaded.book, runNow(app), [account], [], []),
    tasks: task ? [{ ...task, state: 'done' as const, outcome }] : [],
  };
}

// ---------------------------------------------------------------- promises

const WHY_NO_PROMISE = {
  off: 'promiseOff',
  'nothing owed': 'promiseNothing',
  'promised already': 'promiseAlready',
  'broken before': 'promiseBroken',
} as const;

const promise: ResidentAct = (app, one, request, fields) => {
  const until = parseDay(textOf(fields, 'until'));
  const text = textOf(fields, 'text');
  if (!until) return { done: false, says: 'promiseDay', with: daysOf(one.account) };
  if (lettersIn(text) > TEXT_MOST) return badText;
  return askOnce(app, one, request, { says: 'promiseMade', with: { until } }, (scene) => {
    const { account, rows } = scene;
    const closed = promiseClosed(account, rows);
    if (closed) return no(WHY_NO_PROMISE[closed]);
    const [first, last] = [account.today, addDays(account.today, account.book.settings.promiseDays)];
    if (until < first || until > last) return no('promiseDay', daysOf(account));
    const about = promisable(account)[0]?.key ?? '';
    const row = rowOf(scene, one, request, { kind: 'promise', about, text, until });
    beginPromise(account, row);
    return told(scene, row, `${account.lease.id}: the resident promises to pay by ${until}.`);
  });
};

const daysOf = ({ today, book }: Account): Readonly<Record<string, string>> => ({
  from: today,
  until: addDays(today, Math.max(0, book.settings.promiseDays)),
});

// ---------------------------------------------------------------- a plan

const planAsk: ResidentAct = (app, one, request, fields) => {
  const text = textOf(fields, 'text');
  if (!isText(text)) return badText;
  const { currency } = one.account.property;
  const typed = textOf(fields, 'perMonth');
  const perMonth = typed === '' ? undefined : parseAmount(typed, currency);
  if (typed !== '' && (perMonth === undefined || perMonth <= 0)) return { done: false, says: 'planAmount' };
  return askOnce(app, one, request, { says: 'planAsked' }, (scene) => {
    const { account, rows } = scene;
    if (demandedOn(account.state, account.today).length === 0) return no('planNothing');
    if (livePlan(account.state) || account.state.pauses.some(({ type }) => type === 'plan')) return no('planRuns');
    if (rows.some((row) => row.kind === 'plan' && isOpenRequest(row))) return no('planAlready');
    const wish = perMonth === undefined ? text : planWish(text, { cents: perMonth, currency });
    const row = rowOf(scene, one, request, { kind: 'plan', about: '', text: wish });
    return told(scene, row, `${account.lease.id}: the resident asks for a payment plan.`);
  });
};

export const ACTS: Readonly<Record<string, ResidentAct>> = {
  dispute,
  disputeWithdraw,
  promise,
  planAsk,
  preferences,
};
