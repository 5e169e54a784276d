/** Deposits of processors on the landlord's bank account: many payments less fees, which the ledger has received one by one already. */
import type { PaymentSeen } from './book';
import { daysBetween, localDay } from './calendar';
import { type Cents, type Currency, type Day, zone } from './values';

export interface KnownPayout {
  /** The processor's name for people. */
  readonly by: string;
  readonly amountCents: Cents;
  readonly currency: Currency;
  readonly day: Day;
}

export interface PayoutFacts {
  readonly known: readonly KnownPayout[];
  /** Names of the processors whose payments are read: a deposit that names another may well be rent. */
  readonly processors: readonly string[];
}

/** Sources whose entries are those of a bank account. */
const BANK_FEEDS: readonly string[] = ['plaid'];
/** A payout arrives so many days before or after the day that was announced. */
const DAYS = 3;
/** Entries of a bank tell days; they stand at noon in Greenwich. */
const UTC = zone('Etc/UTC');

/** Why an entry of the bank is taken for a payout; undefined where nothing says so. */
export function payoutReason(payment: PaymentSeen, facts: PayoutFacts): string | undefined {
  const isEntry = BANK_FEEDS.includes(payment.source) && !payment.leaseRef && payment.amountCents > 0;
  const by = isEntry ? (byAmount(payment, facts.known) ?? byName(payment, facts.processors)) : undefined;
  return by && `It looks like a payout of ${by}: its payments are in the ledger already. Mark it not rent.`;
}

function byAmount(payment: PaymentSeen, known: readonly KnownPayout[]): string | undefined {
  const on = localDay(payment.initiatedAt, UTC);
  return known.find(
    ({ amountCents, currency, day }) =>
      amountCents === payment.amountCents && currency === payment.currency && Math.abs(daysBetween(day, on)) <= DAYS,
  )?.by;
}

/** `STRIPE TRANSFER`, `PayPal Inc`, or the processor as the payer; a street named Square is neither. */
function byName({ payerName = '', memo = '' }: PaymentSeen, processors: readonly string[]): string | undefined {
  return processors.find((name) => {
    const word = name.toLowerCase().replace(/[^a-z0-9 ]/g, '');
    const moves = new RegExp(`\\b${word}[ ,]+(transfer|payout|inc|payments?|des:transfer)\\b`);
    const isPayer = payerName.trim().toLowerCase() === word;
    return word !== '' && (isPayer || [payerName, memo].some((text) => moves.test(text.toLowerCase())));
  });
}
