/** What a person saw of a lease when they decided: a few digits for each part, so that a change can be named. */
import type { Account } from '../../../domain/account';
import type { Act } from '../../../domain/acts/act';
import { digestOf } from '../../../domain/audit';
import { termsOf } from '../../../domain/run-book';
import type { Loaded } from '../../../sheet/load';
import { openingText } from '../../../sheet/openings';

const PARTS = [
  'its ledger',
  'its row on the Leases tab or the terms of its property',
  'its rows on the Terms tab',
  'its payments',
  'the message',
  'the day',
];
const DIGITS = 10;

/** Everything about the lease that its acts are judged by. Rows may move about on their tabs. */
export function versionOf(loaded: Loaded, account: Account, act?: Act): string {
  const { lease, property, book } = account;
  const effect = act?.kind === 'release' ? loaded.outbox.find((row) => row.key === act.effect) : undefined;
  const receipts = book.receipts.filter((row) => row.lease === lease.id);
  const parts: readonly unknown[] = [
    openingText(account.state),
    [
      { ...lease, row: 0 },
      { ...property, row: 0 },
    ],
    termsOf(book, lease).map((term) => ({ ...term, row: 0 })),
    receipts.map((row) => [row.key, row.state, row.amountCents, row.reversedCents]),
    effect ? [effect.state, effect.payload] : '',
    account.today,
  ];
  return parts.map((part) => digestOf(JSON.stringify(part)).slice(0, DIGITS)).join('.');
}

/** Undefined while it is what the person saw, else what has changed, in words. */
export function changedSince(lease: string, seen: string, now: string): string | undefined {
  if (seen === now) return undefined;
  const parts = seen.split('.');
  const changed = now
    .split('.')
    .flatMap((part, index) => (part === parts[index] ? [] : (PARTS[index % PARTS.length] ?? [])));
  const named = [...new Set(changed)].join(', ');
  return `${lease} has changed since you looked: ${named}. Look at what it would do now, and decide again.`;
}
