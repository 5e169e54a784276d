/** The whole book for a person, a program or another ledger: JSON, CSV, and a journal that hledger checks. */

import { DEPOSIT, type Entry, effectCents } from '../domain/book';
import { localDay } from '../domain/calendar';
import { cents, decimal, sum } from '../domain/money';
import { pendingCents, stateOf } from '../domain/run-book';
import { type Currency, problemText } from '../domain/values';
import type { Cell } from '../ports';
import { type App, runNow } from '../run/app';
import { dayOf, textOf } from '../sheet/cells';
import { entryFrom } from '../sheet/journal';
import { schemaCells } from '../sheet/layout';
import { type Loaded, loadBook } from '../sheet/load';
import { rentRollRows, standingToday } from '../sheet/rent-roll';
import { outboxFrom, receiptFrom, taskFrom } from '../sheet/rows';
import { type ColumnKind, LEDGER, LOG, OUTBOX, RECEIPTS, RENT_ROLL, TABS, TASKS, type Tab } from '../sheet/schema';
import { csvText } from './rent-roll';

/** All rows of a tab in the order of its columns, with their sheet rows. */
function allRows(
  app: App,
  loaded: Loaded,
  tab: Tab,
): readonly { readonly row: number; readonly cells: readonly Cell[] }[] {
  const layout = loaded.layouts.get(tab.title);
  if (!layout) return [];
  const rows = (app.host.workbook.read([`'${tab.title}'!A1:AZ`])[0] ?? []).slice(1);
  return rows
    .map((row, index) => ({ row: index + 2, cells: schemaCells(layout, row) }))
    .filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''));
}

export const entriesOf = (app: App, loaded: Loaded): readonly Entry[] =>
  allRows(app, loaded, LEDGER).flatMap(({ cells }) => entryFrom(cells) ?? []);

/** Amounts are decimal strings; entry amounts are their effect on the balance, so that they add up to it. */
export function exportBook(app: App) {
  const loaded = loadBook(app.host);
  const { book } = loaded;
  const run = runNow(app);
  const leases = book.leases.map((lease) => {
    const property = book.properties.get(lease.property);
    const currency = property?.currency ?? book.settings.currency;
    const today = localDay(run.now, property?.zone ?? book.settings.zone);
    const state = stateOf(book, lease.id);
    const standing = property
      ? standingToday(book, lease, property, today)
      : { word: 'paid', daysLate: 0, unpaidCents: cents(0) };
    return {
      id: lease.id,
      property: lease.property,
      unit: lease.unit,
      residents: lease.residents,
      currency,
      balance: decimal(state.balanceCents, currency),
      standing: standing.word,
      daysLate: standing.daysLate,
      unpaid: decimal(standing.unpaidCents, currency),
      pending: decimal(pendingCents(book, lease.id), currency),
      prepaid: decimal(sum(state.unspent.map((each) => each.leftCents)), currency),
      depositHeld: decimal(state.depositHeldCents, currency),
      today,
    };
  });
  const money = (amount: Entry, value = effectCents(amount)) => decimal(value, amount.currency);
  return {
    clock: new Date(run.now).toISOString(),
    asOf: localDay(run.now, book.settings.zone),
    leases,
    entries: entriesOf(app, loaded).map((entry) => ({ ...exportedEntry(entry), amount: money(entry) })),
    receipts: allRows(app, loaded, RECEIPTS).flatMap(({ cells, row }) => {
      const receipt = receiptFrom(cells, row);
      if (!receipt) return [];
      const amount = (value: typeof receipt.amountCents) => decimal(value, receipt.currency);
      return [
        {
          key: receipt.key,
          id: receipt.externalId,
          source: receipt.source,
          lease: receipt.lease ?? null,
          amount: amount(receipt.amountCents),
          currency: receipt.currency,
          state: receipt.state,
          initiated: new Date(receipt.initiatedAt).toISOString(),
          payer: receipt.payer || receipt.payerEmail,
          memo: receipt.memo,
          matched: receipt.matched,
          reversed: amount(receipt.reversedCents),
          fee: amount(receipt.feeCents),
          allocations: receipt.items.map((item) => ({
            charge: item.charge,
            amount: amount(item.amountCents),
            type: item.type,
            due: item.due,
          })),
          reversals: receipt.reversals.map((each) => ({
            key: each.key,
            state: each.state,
            amount: amount(each.amountCents),
          })),
        },
      ];
    }),
    outbox: allRows(app, loaded, OUTBOX).flatMap(({ cells, row }) => {
      const effect = outboxFrom(cells, row);
      return effect
        ? [
            {
              key: effect.key,
              channel: effect.channel,
              kind: effect.kind,
              property: effect.property ?? null,
              lease: effect.lease ?? null,
              to: effect.to,
              subject: effect.subject,
              state: effect.state,
              notBefore: new Date(effect.notBefore).toISOString(),
              attempts: effect.attempts,
              reference: effect.vendorRef,
              fault: effect.fault,
            },
          ]
        : [];
    }),
    tasks: allRows(app, loaded, TASKS).flatMap(({ cells, row }) => {
      const task = taskFrom(cells, row);
      return task
        ? [
            {
              key: task.key,
              property: task.property ?? null,
              lease: task.lease ?? null,
              task: task.title,
              detail: task.detail,
              owner: task.owner,
              due: task.due,
              state: task.state,
              outcome: task.outcome,
            },
          ]
        : [];
    }),
    log: allRows(app, loaded, LOG).map(({ cells }) =>
      Object.fromEntries(LOG.columns.map((column, index) => [camel(column.header), cells[index] ?? ''])),
    ),
    problems: book.problems.map(problemText),
  };
}

const camel = (header: string): string =>
  header.toLowerCase().replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());

function exportedEntry(entry: Entry) {
  const items =
    'items' in entry
      ? entry.items.map((item) => ({
          charge: item.charge,
          amount: decimal(item.amountCents, entry.currency),
          type: item.type,
          due: item.due,
        }))
      : [];
  return {
    key: entry.key,
    day: entry.day,
    property: entry.property,
    lease: entry.lease,
    kind: entry.kind,
    type:
      'type' in entry
        ? entry.type
        : entry.kind === 'reversal'
          ? entry.reason
          : entry.kind === 'rung' || entry.kind === 'release'
            ? entry.rung
            : '',
    currency: entry.currency,
    due: 'due' in entry ? entry.due : null,
    from: 'from' in entry ? (entry.from ?? null) : 'was' in entry ? entry.was : null,
    until: 'until' in entry ? (entry.until ?? null) : null,
    about: 'about' in entry ? (entry.about ?? null) : 'receipt' in entry ? entry.receipt : null,
    allocations: items,
    why: entry.why,
    by: entry.by,
    postedAt: new Date(entry.postedAt).toISOString(),
  };
}

const TEXT = new Set(['text', 'iso', 'list']);

/** A day as people read it, and as the import takes it back; a Sheet counts days from 1899. */
const exportText = (kind: ColumnKind | undefined, cell: Cell): string =>
  (kind === 'day' && typeof cell === 'number' ? dayOf(cell) : undefined) ?? textOf(cell);

/** One file per visible tab. Text that begins like a formula is defused; numbers stay numbers. */
export function exportCsv(app: App): { readonly files: readonly { readonly name: string; readonly text: string }[] } {
  const loaded = loadBook(app.host);
  const files = TABS.filter((tab) => !tab.hidden && loaded.layouts.has(tab.title)).map((tab) => {
    const rows =
      tab === RENT_ROLL ? rentRollRows(loaded.book, runNow(app)) : allRows(app, loaded, tab).map(({ cells }) => cells);
    const headers = tab.columns.map((column) => column.header);
    const texts = tab.columns.flatMap((column) => (TEXT.has(column.kind) ? [column.header] : []));
    return {
      name: `${tab.title.toLowerCase().replace(/ /g, '-')}.csv`,
      text: csvText(
        headers,
        rows.map((row) => row.map((cell, at) => exportText(tab.columns[at]?.kind, cell))),
        texts,
      ),
    };
  });
  return { files };
}

// ---------------------------------------------------------------- hledger

/** Account names may hold spaces, but neither a colon, nor two spaces in a row, nor a leading bracket or semicolon. */
const account = (...parts: readonly string[]): string =>
  parts
    .map(
      (part) =>
        part
          .replace(/[:;()[\]"|*!]/g, '-')
          .replace(/\s+/g, ' ')
          .trim() || 'none',
    )
    .join(':');

interface Posting {
  readonly account: string;
  readonly amountCents: number;
}

/**
 * A double-entry journal: what a lease owes is `assets:receivable:PROPERTY:LEASE`, deposits are a liability. Journal entries
 * that move no money between accounts (allocations, rungs) are left out.
 */
export function exportHledger(app: App): { readonly text: string } {
  const loaded = loadBook(app.host);
  const entries = entriesOf(app, loaded);
  const currencies = [...new Set(entries.map((entry) => entry.currency))];
  const credits = new Map(entries.flatMap((entry) => (entry.kind === 'credit' ? [[entry.key, entry] as const] : [])));
  const posted = entries.map((entry) => ({ entry, postings: postingsOf(entry, credits) }));
  const transactions = posted.flatMap(({ entry, postings }) =>
    postings.length === 0 ? [] : [transactionText(entry, postings)],
  );
  const accounts = [...new Set(posted.flatMap(({ postings }) => postings.map((each) => each.account)))].sort();
  const commodities = currencies.map((currency) => `commodity ${sample(currency)} ${currency}`);
  return {
    text: [
      `; Rent Ledger, ${new Date(runNow(app).now).toISOString()}`,
      `${commodities.join('\n')}\n`,
      `${accounts.map((name) => `account ${name}`).join('\n')}\n`,
      transactions.join('\n'),
    ].join('\n'),
  };
}

/** A sample amount that shows a currency's decimals; hledger wants the point also where there are none. */
function sample(currency: Currency): string {
  const text = decimal(cents(100_000), currency);
  return text.includes('.') ? text : `${text}.`;
}

function transactionText(entry: Entry, postings: readonly Posting[]): string {
  const memo = `${entry.key} | ${entry.why}`.replace(/[\r\n;]+/g, ' ').slice(0, 300);
  const lines = postings.map(
    (posting) => `    ${posting.account}  ${decimal(cents(posting.amountCents), entry.currency)} ${entry.currency}`,
  );
  return `${entry.day} ${memo}\n${lines.join('\n')}\n`;
}

type Credit = Entry & { readonly kind: 'credit' };

/** What bears a credit: an expense; a deposit that is applied was taken as income when it was withheld. */
const bearerOf = (credit: Credit): string =>
  credit.type === 'deposit applied'
    ? account('income', 'deposit withheld', credit.property)
    : account('expenses', credit.type, credit.property);

function postingsOf(entry: Entry, credits: ReadonlyMap<string, Credit>): readonly Posting[] {
  const owes = account('assets', 'receivable', entry.property, entry.lease);
  const bank = account('assets', 'bank', entry.property);
  const held = account('liabilities', 'deposits', entry.property, entry.lease);
  const pair = (debit: string, credit: string, amount: number): readonly Posting[] =>
    amount === 0
      ? []
      : [
          { account: debit, amountCents: amount },
          { account: credit, amountCents: -amount },
        ];
  switch (entry.kind) {
    case 'charge':
      return pair(
        owes,
        entry.type === DEPOSIT ? held : account('income', entry.type, entry.property),
        entry.amountCents,
      );
    case 'receipt':
    case 'reinstatement':
      return pair(bank, owes, entry.amountCents);
    case 'reversal': {
      const credit = credits.get(entry.receipt);
      return pair(owes, credit ? bearerOf(credit) : bank, entry.amountCents);
    }
    case 'credit':
      return pair(bearerOf(entry), owes, entry.amountCents);
    case 'deposit': {
      const kept = account('income', 'deposit withheld', entry.property);
      if (entry.type === 'opening' || entry.type === 'refund undone') return pair(bank, held, entry.amountCents);
      if (entry.type === 'withholding undone') return pair(kept, held, entry.amountCents);
      return pair(held, entry.type === 'refunded' ? bank : kept, entry.amountCents);
    }
    default:
      return [];
  }
}
