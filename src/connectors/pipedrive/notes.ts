/** Receipts as notes at a deal: what came, why it belongs to the lease and what it pays, one note for each state of it. */
import { decimal } from '../../domain/money';
import type { ReceiptNote } from '../../domain/status';
import type { Key } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { everyPage } from '../../http/paging';
import type { Account, Effect, Flow } from '../connector';
import { receiptTold, refOf } from '../told';
import { dataOf, get, send } from './api';
import { type Deal, dealFor, notYet } from './deals';
import { html } from './html';

export const receipt: Effect = {
  once: 'lookup',
  *run({ account, payload, now, key, attempt }) {
    const told = receiptTold(payload);
    const deal = (yield* dealFor(account, told, now)) ?? notYet(told.leaseId);
    // Nothing can be there at the first try, and looking costs twice as much as writing.
    const there = attempt > 1 ? yield* noteAt(account, deal, key) : undefined;
    if (there !== undefined) return String(there);
    const body = { content: contentOf(told, key), deal_id: deal.id };
    return String((yield* dataOf(send('POST', account, 'v1/notes', body), 'note')).int('id'));
  },
};

/** It stands in the note where people see it: what is hidden in HTML is taken out there. */
const markOf = (key: Key): string => `RL-note-${refOf(key)}`;

interface NoteRow {
  readonly id: number;
  readonly content: string;
}

/** Notes are of v1, whose pages are numbered. */
function* noteAt(account: Account, { id }: Deal, key: Key): Flow<number | undefined> {
  const rows = yield* everyPage<NoteRow, number>(
    (start = 0) => get(account, 'v1/notes', { deal_id: id, sort: 'add_time DESC', start, limit: 500 }),
    (reply) => {
      const body = bodyOf(reply, 'notes');
      const pagination = body.at('additional_data.pagination');
      const next = pagination.at('more_items_in_collection').value === true ? pagination.int('next_start') : undefined;
      const items = body.items('data').map((row) => ({ id: row.int('id'), content: row.opt('content') ?? '' }));
      return { items, ...(next === undefined ? {} : { next }) };
    },
    20,
  );
  return rows.find(({ content }) => content.includes(markOf(key)))?.id;
}

function contentOf(told: ReceiptNote, key: Key): string {
  const money = (amount: ReceiptNote['amountCents']): string => `${decimal(amount, told.currency)} ${told.currency}`;
  const reversed = told.reversedCents > 0 ? `, of which ${money(told.reversedCents)} went back` : '';
  const reference = told.reference === '' ? '' : `, ${told.reference}`;
  return html([
    `Payment of ${money(told.amountCents)} on ${told.day}: ${told.state}${reversed}`,
    `Seen at ${told.source}${reference}`,
    told.matched === '' ? '' : `Belongs to lease ${told.leaseId}: ${told.matched}`,
    told.allocated.length === 0 ? '' : `Pays: ${told.allocated.join('; ')}`,
    `Balance then: ${money(told.balanceCents)}`,
    markOf(key),
  ]);
}
