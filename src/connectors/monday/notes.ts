/** Updates below the lease's item: payments, and tasks where no board of tasks is chosen. Each is found again by a mark in its text. */

import { decimal } from '../../domain/money';
import type { ReceiptNote, TaskNote } from '../../domain/status';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { joined } from '../seen';
import { receiptTold, refOf, taskMark } from '../told';
import { batched, type Change } from './batch';
import { boardOf, type Looked, lookedUp } from './board';
import { columnOf } from './columns';
import { isBad, rowsOf, settled } from './rows';

/** What is to stand below the item of a lease. */
export interface Note {
  readonly leaseId: string;
  readonly mark: string;
  readonly lines: readonly string[];
  /** It is written only where it stands already: a task that is closed and was never told. */
  readonly onlyIfThere?: boolean;
  /** It is changed where it stands in other words. */
  readonly changes?: boolean;
}

/** Updates of an item that are looked through for a mark. */
const UPDATES = 100;
const NONE = 'none';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const bodyOf = ({ lines, mark }: Note): string =>
  [...lines.filter((line) => line !== ''), mark].map(escaped).join('<br>');

interface Row {
  readonly changes: readonly Change[];
  readonly ref: string;
}

function rowOf(looked: Looked, note: Note): Row {
  const items = looked.found.get(note.leaseId) ?? [];
  const all = items.flatMap(({ item }) => item.items('updates'));
  const known = all.find((update) => update.word('body')?.includes(note.mark));
  const body = bodyOf(note);
  if (known) {
    const isSame = !note.changes || known.word('body') === body;
    return { changes: isSame ? [] : [edited(known.str('id'), body)], ref: known.str('id') };
  }
  if (note.onlyIfThere) return { changes: [], ref: NONE };
  const [first] = items;
  // The row is told in the same run, or in the next.
  if (!first) return fail('busy', 'The board has no row for this lease yet.');
  return { changes: [created(first.id, body)], ref: '' };
}

const created = (item: string, body: string): Change => ({
  ...{ field: 'create_update', args: { item_id: ['ID!', item], body: ['String!', body] }, gives: 'id' },
});

const edited = (id: string, body: string): Change => ({
  ...{ field: 'edit_update', args: { id: ['ID!', id], body: ['String!', body] }, gives: 'id' },
});

/** Writes each note once, whatever is repeated. */
export function* noted(account: Account, notes: readonly (Note | Fault)[]): Flow<readonly (string | Fault)[]> {
  const keys = notes.flatMap((note) => (isBad(note) ? [] : [note.leaseId]));
  if (keys.length === 0) return notes.filter(isBad);
  const looked = yield* lookedUp({
    ...{ board: boardOf(account), column: columnOf(account, 'LEASE'), keys },
    gives: `updates(limit: ${UPDATES}) { id body }`,
  });
  const rows = rowsOf(notes, (note) => (isBad(note) ? note : rowOf(looked, note)));
  return yield* settled(rows, ({ ref }, [done]) => (done as Json | undefined)?.str('id') ?? ref);
}

// ---------------------------------------------------------------- payments

const PAYMENT_WORDS: Readonly<Record<string, string>> = {
  settled: 'Payment received',
  returned: 'Payment returned',
  disputed: 'Payment disputed',
  'dispute won': 'Dispute of a payment won',
  'dispute lost': 'Dispute of a payment lost',
  refunded: 'Payment refunded',
  'partly refunded': 'Payment refunded in part',
  'taken back': 'Payment taken back',
};

function paymentNote({ payload, key }: EffectContext): Note {
  const told: ReceiptNote = receiptTold(payload);
  const words = PAYMENT_WORDS[told.state];
  if (words === undefined) return fail('malformed', `A receipt is "${told.state}", which no note has words for.`);
  const amount = (cents: ReceiptNote['amountCents']) => `${decimal(cents, told.currency)} ${told.currency}`;
  return {
    leaseId: told.leaseId,
    mark: `RL-${refOf(key)}`,
    lines: [
      `${words}: ${amount(told.amountCents)}, ${told.day}`,
      told.reversedCents > 0 ? `Gone back: ${amount(told.reversedCents)}` : '',
      joined([told.source, told.reference]),
      told.allocated.length > 0 ? `Pays ${told.allocated.join('; ')}` : '',
      `Balance: ${amount(told.balanceCents)}`,
    ],
  };
}

export const wantsNotes = ({ MONDAY_PAYMENTS: how = '' }: Account): boolean => how !== NONE;

function* tellPayments(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  return wantsNotes(account) ? yield* noted(account, rowsOf(contexts, paymentNote)) : contexts.map(() => NONE);
}

export const receipt: Effect = batched('lookup', tellPayments);

// ---------------------------------------------------------------- tasks

export const taskNote = (told: TaskNote): Note => ({
  leaseId: told.leaseId,
  mark: taskMark(told),
  lines: [
    told.state === 'open' ? `To do by ${told.due}: ${told.title}` : `Done: ${told.title}`,
    told.detail,
    told.owner === '' ? '' : `For ${told.owner}`,
    told.outcome,
  ],
  onlyIfThere: told.state === 'closed',
  changes: true,
});
