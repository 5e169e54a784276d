/** An act is previewed, applied once as it was seen, or put before a second person. */
import { REASON_MOST } from '../../../domain/acts/perform';
import { moneyText } from '../../../domain/acts/words';
import type { OutboxRow } from '../../../domain/book';
import { parseAmount, ZERO } from '../../../domain/money';
import { NOTHING, type RunBook } from '../../../domain/run-book';
import { logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import { maySee } from '../../../run/person';
import { type Loaded, loadBook } from '../../../sheet/load';
import { actReader } from '../../act-args';
import { readArgs } from '../../args';
import type { Calls } from '../contract';
import { actOnce, type Done, type Told } from '../once';
import type { Act, Applied } from '../override';
import type { Refusal } from '../told';
import { approvalFor, approvalIntent, isApproval, personAtKeys, type Waiting } from './approval';
import { mustType, previewOf } from './preview';
import { changedSince, versionOf } from './version';
import { changesOf, type Worked, workOn } from './work';

export const preview = (app: App, { act }: Calls['preview']['args']): Calls['preview']['value'] =>
  previewOf(app, loadBook(app.host), act);

type Applying = Calls['apply']['args'];

export function apply(app: App, args: Applying): Applied | Refusal {
  return actOnce(app, args.request, (acting, loaded) => {
    const worked = workOn(acting, loaded, args.act);
    if ('refused' in worked) return worked;
    const changed = changedSince(
      worked.before.lease.id,
      args.before.version,
      versionOf(loaded, worked.before, args.act),
    );
    if (changed) return attempted(acting, worked, changed);
    const { needed } = approvalFor(acting, loaded, worked.account, worked.result);
    const untyped = typedWrong(loaded, worked, needed !== undefined, args.typed);
    if (untyped) return { refused: untyped };
    return needed ? asked(acting, worked, args) : done(acting, worked, args.act.reason);
  });
}

/** The same without a preview, for callers that have none; above the limit it is refused. */
export function applyUnseen(app: App, loaded: Loaded, act: Act): (Done & { readonly worked: Worked }) | Told {
  const worked = workOn(app, loaded, act);
  if ('refused' in worked) return worked;
  if (approvalFor(app, loaded, worked.account, worked.result).needed)
    return { refused: 'It is above the approval limit: do it in the sidebar, where a second person can approve it.' };
  return { ...done(app, worked, act.reason), worked };
}

const attempted = (app: App, { result, before }: Worked, refused: string): Told => ({
  refused,
  attempt: logLine(runNow(app), 'refused', `${result.title}: ${refused}`, { lease: before.lease.id }),
});

function typedWrong(loaded: Loaded, worked: Worked, approval: boolean, typed: string | undefined): string | undefined {
  const wanted = mustType(loaded, worked, approval);
  if (wanted === undefined) return undefined;
  const { currency } = worked.account.property;
  if (typed !== undefined && parseAmount(typed, currency) === parseAmount(wanted, currency)) return undefined;
  return `Type the amount ${wanted} to confirm it.`;
}

export function done(app: App, worked: Worked, reason: string): Done {
  const { account, result } = worked;
  return {
    changes: changesOf(app, worked, reason),
    applied: {
      done: true,
      says: `${result.told}.`,
      keys: account.entries.map((entry) => entry.key),
      ...(result.fixed ? {} : { undo: app.run.id }),
      balance: { cents: account.state.balanceCents, currency: account.property.currency },
    },
    book: viewedBook(worked),
  };
}

/** For the views of the same commit, which folds the entries itself. */
const viewedBook = ({ book, before }: Worked): RunBook => ({ ...book, states: before.book.states });

function asked(app: App, { before, result }: Worked, { act, request }: Applying): Done {
  const intent = approvalIntent(app, before, act, result, request);
  const log = logLine(
    runNow(app),
    'approval',
    `${personAtKeys(app)} asks for approval: ${result.title}: ${act.reason}`,
    {
      lease: before.lease.id,
      key: intent.key,
    },
  );
  const applied = { done: true as const, says: `${result.title}: it waits for a second person.`, keys: [] };
  return {
    changes: { decision: { ...NOTHING, intents: [intent] }, log: [log] },
    applied: {
      ...applied,
      waits: true,
      balance: { cents: before.state.balanceCents, currency: before.property.currency },
    },
  };
}

// ---------------------------------------------------------------- the second person

/** What waits in a row; undefined when somebody has written in it. */
export function waitingIn(row: OutboxRow): Waiting | undefined {
  const { act, by, amountCents } = row.payload;
  try {
    const read = readArgs(actReader(), act);
    return typeof by === 'string' && Number.isSafeInteger(amountCents)
      ? { act: read, by: by.toLowerCase(), amountCents: amountCents as Waiting['amountCents'] }
      : undefined;
  } catch {
    return undefined;
  }
}

type Deciding = Calls['decideApproval']['args'];

/** A second person approves, and it is done at once; or refuses. Whoever asked may only take it back. */
export function decideApproval(app: App, args: Deciding): Applied | Refusal {
  return actOnce(app, args.request, (acting, loaded) => {
    const row = loaded.outbox.find((each) => each.key === args.effect && isApproval(each));
    if (!row || !maySee(acting.person, row.property ?? '')) return { refused: `There is no request ${args.effect}.` };
    if (row.state !== 'waiting for release') return { refused: `It is decided already: ${row.fault || row.state}` };
    const waiting = waitingIn(row);
    if (!args.approve) return turnedDown(acting, row, waiting?.by, args.reason);
    if (!waiting) return { refused: 'The request in the Outbox was edited. Refuse it and ask again.' };
    if (waiting.by === personAtKeys(acting))
      return { refused: 'You asked for it yourself: somebody else must approve it.' };
    return approved(acting, loaded, row, waiting, args.reason);
  });
}

function approved(app: App, loaded: Loaded, row: OutboxRow, waiting: Waiting, remark: string): Done | Told {
  const by = personAtKeys(app);
  const words = remark.trim() === '' ? '' : `: ${remark.trim().slice(0, 150)}`;
  const eyes = ` (asked by ${waiting.by}, approved by ${by}${words})`;
  const reason = `${waiting.act.reason.slice(0, REASON_MOST - eyes.length)}${eyes}`;
  const worked = workOn(app, loaded, { ...waiting.act, reason });
  if ('refused' in worked) return worked;
  const { account, result } = worked;
  if ((result.amountCents ?? ZERO) !== waiting.amountCents) {
    const [now, then] = [result.amountCents ?? ZERO, waiting.amountCents].map((amount) => moneyText(account, amount));
    return { refused: `It was asked for with ${then} and would now come to ${now}. Refuse it and ask again.` };
  }
  const decided = settled(app, row, 'sent', `Approved by ${by}.`);
  const { changes, ...rest } = done(app, worked, reason);
  const outbox = [...(changes.outbox ?? []), decided];
  return { ...rest, changes: { ...changes, outbox, log: [...(changes.log ?? []), decisionLine(app, decided)] } };
}

function turnedDown(app: App, row: OutboxRow, by: string | undefined, reason: string): Done | Told {
  if (!reason.trim()) return { refused: 'Say why it is refused.' };
  const me = personAtKeys(app);
  const decided = settled(app, row, 'cancelled', `${by === me ? 'Taken back' : 'Refused'} by ${me}: ${reason.trim()}`);
  const says = `${by === me ? 'Took back' : 'Refused'}: ${row.subject}.`;
  return {
    changes: { outbox: [decided], log: [decisionLine(app, decided)] },
    applied: { done: true, says, keys: [] },
  };
}

const settled = (app: App, row: OutboxRow, state: OutboxRow['state'], fault: string): OutboxRow => ({
  ...row,
  state,
  fault,
  updatedAt: runNow(app).now,
});

const decisionLine = (app: App, row: OutboxRow) =>
  logLine(runNow(app), 'approval', `${row.subject}: ${row.fault}`, {
    ...(row.lease ? { lease: row.lease } : {}),
    before: 'waiting for release',
    after: row.state,
    key: row.key,
  });
