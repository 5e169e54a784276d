/** An act before it is done: before and after, and everything else that would change with it. Nothing is written. */
import type { Account } from '../../../domain/account';
import type { Act } from '../../../domain/acts/act';
import { type Outlook, outlookOf } from '../../../domain/acts/outlook';
import { chargeText, dayText, moneyText } from '../../../domain/acts/words';
import { type Entry, effectCents, type Lease, type OpenCharge, type Property } from '../../../domain/book';
import { addDays, monthKey } from '../../../domain/calendar';
import { rateOn } from '../../../domain/charges';
import { cents, decimal, sum, ZERO } from '../../../domain/money';
import { type RunBook, rowsOfLease, termsOf } from '../../../domain/run-book';
import { standingWords } from '../../../domain/standing';
import type { Key } from '../../../domain/values';
import { noLongerWanted } from '../../../domain/wanted';
import { closable } from '../../../domain/wishes';
import type { App } from '../../../run/app';
import type { Loaded } from '../../../sheet/load';
import { entryLinesAfter } from '../lines';
import type { Preview } from '../override';
import type { Refusal } from '../told';
import { approvalFor } from './approval';
import { accepted, planChanges, planFacts } from './plan-preview';
import { versionOf } from './version';
import { type Worked, workOn } from './work';

export type Changed = Preview['changes'][number];

/** One lease before and after. */
export interface Side {
  readonly account: Account;
  readonly book: RunBook;
  readonly lease: Lease;
  /** The lease's next days as they would come if nobody did anything more. */
  readonly outlook: Outlook;
}

export function previewOf(app: App, loaded: Loaded, act: Act): Preview | Refusal {
  const worked = workOn(app, loaded, act);
  return 'refused' in worked ? worked : previewFrom(app, loaded, act, worked);
}

export function previewFrom(app: App, loaded: Loaded, act: Act, worked: Worked): Preview {
  const { before, account, result } = worked;
  const [was, is] = sidesOf(loaded, worked);
  const { needed, alone } = approvalFor(app, loaded, account, result);
  const amount = mustType(loaded, worked, needed !== undefined);
  return {
    title: result.title,
    changes: [
      ...changesBetween(was, is),
      ...(act.kind === 'plan propose'
        ? planChanges(was, sideOf(loaded, accepted({ ...worked.account, book: worked.book })))
        : []),
      ...rowChanges(loaded, worked),
    ],
    entries: entryLinesAfter(account.entries, before.state.balanceCents),
    also: alsoBetween(loaded, was, is),
    warnings: [...(result.warnings ?? []), ...(alone ? [alone] : [])],
    ...(needed ? { approval: needed } : {}),
    ...(amount ? { typeAmount: amount } : {}),
    ...(result.fixed ? { fixed: result.fixed } : {}),
    version: versionOf(loaded, before, act),
  };
}

export const sidesOf = (
  loaded: Loaded,
  { before, account, book, lease }: Pick<Worked, 'before' | 'account' | 'book' | 'lease'>,
): readonly [Side, Side] => [sideOf(loaded, before), sideOf(loaded, { ...account, book, lease })];

function sideOf(loaded: Loaded, account: Account): Side {
  const { book, run, lease, property, state, today } = account;
  const outlook = outlookOf(book, run, lease, property, state, today, nextRunDay(loaded, property, today));
  return { account, book, lease, outlook };
}

const nextRunDay = (loaded: Loaded, property: Property, today: Account['today']) =>
  (loaded.marks.days.get(property.name) ?? '') >= today ? addDays(today, 1) : today;

/** The amount that must be typed: above the limit, or where the act reaches back into a month that is closed. */
export function mustType(loaded: Loaded, { account, result }: Worked, approval: boolean): string | undefined {
  const { amountCents, touches } = result;
  if (amountCents === undefined) return undefined;
  const closed = touches !== undefined && monthKey(touches) < loaded.marks.closedMonth;
  return approval || closed ? decimal(amountCents, account.property.currency) : undefined;
}

// ---------------------------------------------------------------- before and after

export function changesBetween(was: Side, is: Side): readonly Changed[] {
  const names = chargeNames([...was.account.state.charges, ...is.account.state.charges]);
  const [before, after] = [factsOf(was, names), factsOf(is, names)];
  return Object.keys({ ...before, ...after }).flatMap((what) => {
    const [then, now] = [before[what] ?? 'none', after[what] ?? 'none'];
    return then === now ? [] : [{ what, before: then, after: now }];
  });
}

/** `rent, due Dec 1, 2026`, as it fell due before; of two such charges both with their keys. */
function chargeNames(charges: readonly OpenCharge[]): ReadonlyMap<Key, string> {
  const first = new Map<Key, OpenCharge>();
  for (const charge of charges) if (!first.has(charge.key)) first.set(charge.key, charge);
  const texts = [...first.values()].map(chargeText);
  const twice = (text: string) => texts.indexOf(text) !== texts.lastIndexOf(text);
  return new Map(
    [...first.values()].map((charge) => {
      const text = chargeText(charge);
      return [charge.key, twice(text) ? `${text} (${charge.key})` : text];
    }),
  );
}

/** What people look at, in their order. */
function factsOf({ account, book, lease, outlook }: Side, names: ReadonlyMap<Key, string>) {
  const { state, today } = account;
  const money = (amount: Parameters<typeof moneyText>[1]) => moneyText(account, amount);
  const charges = state.charges.flatMap((charge): readonly (readonly [string, string])[] => {
    const name = names.get(charge.key) ?? charge.key;
    return [
      [`Open of ${name}`, money(charge.openCents)],
      [`Due day of ${name}`, dayText(charge.due)],
    ];
  });
  const { standing, rung } = outlook;
  const facts: Record<string, string> = {
    Balance: money(state.balanceCents),
    Standing: standingWords(standing),
    'Days late': String(standing.daysLate),
    'Due and unpaid': money(standing.unpaidCents),
    'Money ahead': money(sum(state.unspent.map((each) => each.leftCents))),
    'Deposit held': money(state.depositHeldCents),
    Email: lease.emails.join(', ') || 'none',
    Phone: lease.phone || 'none',
    'Hold until': lease.holdUntil ? dayText(lease.holdUntil) : 'none',
    End: lease.end ? dayText(lease.end) : 'none',
    Rent: money(rateOn(termsOf(book, lease), 'rent', today, lease.rentCents)),
    ...planFacts(account),
    'Next rung': rung ? `${rung.rung} on ${dayText(rung.on)}` : 'none',
    ...Object.fromEntries(charges),
  };
  return facts;
}

/** What an act changes beside the account. */
function rowChanges(loaded: Loaded, { before, account, result }: Worked): readonly Changed[] {
  const receipts = (result.receipts ?? []).map((row) => {
    const then = account.book.receipts.find((each) => each.key === row.key);
    return { what: `Payment ${row.externalId}`, before: then?.state ?? 'settled', after: row.state };
  });
  const effects = (result.outbox ?? []).map((row) => {
    const then = loaded.outbox.find((each) => each.key === row.key);
    return { what: `Message "${row.kind}"`, before: then?.state ?? '', after: row.state };
  });
  const terms = (result.people ?? []).flatMap((write) => {
    if (!('term' in write)) return [];
    const now = rateOn(termsOf(before.book, before.lease), 'rent', write.term.from, before.lease.rentCents);
    return [
      {
        what: `Rent from ${dayText(write.term.from)}`,
        before: moneyText(before, now),
        after: moneyText(before, write.term.amountCents),
      },
    ];
  });
  return [...receipts, ...effects, ...terms];
}

// ---------------------------------------------------------------- everything else

/** One sentence for each: rows besides the first, messages that are no longer wanted, tasks that close, what the next run does. */
export function alsoBetween(loaded: Loaded, was: Side, is: Side): readonly string[] {
  const follows = is.account.entries.slice(1).flatMap((entry) => followText(is.account, entry));
  return [...follows, ...messagesOff(loaded, was, is), ...tasksOff(was, is), ...nextRunDiffers(was, is)];
}

/** What follows of itself from the first row: fees, money that is spent again. */
function followText(account: Account, entry: Entry): readonly string[] {
  const amount = effectCents(entry);
  if (amount === 0) return entry.kind === 'allocation' ? [entry.why] : [];
  const type = 'type' in entry ? entry.type : entry.kind;
  const verb = amount > 0 ? 'is charged' : 'is taken back';
  return [`${moneyText(account, cents(Math.abs(amount)))} of ${type} ${verb}: ${entry.why}`];
}

function messagesOff(loaded: Loaded, was: Side, is: Side): readonly string[] {
  const { run } = is.account;
  return rowsOfLease(loaded.outbox, is.lease.id)
    .filter((row) => row.state === 'ready' || row.state === 'waiting for release')
    .flatMap((row) => {
      const why = noLongerWanted(is.book, run, row);
      if (!why || noLongerWanted(was.book, run, row)) return [];
      const what = row.channel === 'gmail' ? `The message "${row.kind}" to ${row.to}` : row.subject || row.kind;
      return [`${what} does not leave: ${why}`];
    });
}

function tasksOff(was: Side, is: Side): readonly string[] {
  const titles = new Map(is.book.tasks.map((task) => [task.key, task.title]));
  const before = new Set(closable(was.account, was.book.tasks).map((task) => task.key));
  return closable(is.account, is.book.tasks)
    .filter((task) => !before.has(task.key))
    .map((task) => `The task "${titles.get(task.key) ?? task.key}" closes.`);
}

/** What the next run posts because of the act, and what it no longer posts. */
function nextRunDiffers(was: Side, is: Side): readonly string[] {
  const [before, after] = [was.outlook.next, is.outlook.next];
  const name = (entry: Entry) => `${entry.key} ${effectCents(entry)}`;
  const only = (mine: readonly Entry[], others: readonly Entry[]) => {
    const known = new Set(others.map(name));
    return mine.filter((entry) => !known.has(name(entry)));
  };
  return [
    ...only(after, before).flatMap((entry) => runText(is.account, entry, 'posts')),
    ...only(before, after).flatMap((entry) => runText(was.account, entry, 'no longer posts')),
  ];
}

function runText(account: Account, entry: Entry, verb: string): readonly string[] {
  if (entry.kind === 'rung') return [];
  const amount = effectCents(entry);
  const type = 'type' in entry && entry.type !== entry.kind ? ` (${entry.type})` : '';
  const sized = amount === ZERO ? '' : ` of ${moneyText(account, cents(Math.abs(amount)))}`;
  return [`The next run ${verb} a ${entry.kind}${sized}${type}: ${entry.why}`];
}
