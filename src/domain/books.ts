/**
 * Books kept elsewhere: what an accounting system is told of a charge, of money on it, and of credit on it. Each wish is the
 * whole state as it ought to be there, never a change: sent twice, or a later one first, it comes to the same.
 */
import { digestOf } from './audit';
import type { Cents, Currency, Day, Key, LeaseId } from './values';

/** Who is billed. */
export interface BookCustomer {
  readonly leaseId: LeaseId;
  /** Its id in these books, from its `customer` row on the Links tab; left out where there is none. */
  readonly id?: string;
  /** Unique among the customers of these books: residents and lease id. */
  readonly name: string;
  readonly residents: string;
  readonly email?: string;
  readonly phone?: string;
  readonly property: string;
  readonly unit: string;
}

/** A charge of ours as an invoice: payload of the effect `invoice`. */
export interface InvoiceWish {
  /** `RL-8K2M4N7QPZ`: the invoice's number there, and how it is found again. */
  readonly number: string;
  readonly customer: BookCustomer;
  readonly currency: Currency;
  readonly amountCents: Cents;
  /** When it was charged, and when it falls due. */
  readonly day: Day;
  readonly due: Day;
  /** rent, late fee, parking, ... */
  readonly type: string;
  readonly description: string;
  /** The charge was entered in error: the invoice is voided. One that has payments cannot be. */
  readonly gone: boolean;
}

/** Money of one receipt on one charge: payload of the effect `payment`. */
export interface PaymentWish {
  /** `RP-…`: in the payment's reference there. */
  readonly number: string;
  readonly customer: BookCustomer;
  readonly currency: Currency;
  readonly amountCents: Cents;
  /** The day on which the payer set it going. */
  readonly day: Day;
  /** The number of the invoice it pays. */
  readonly invoice: string;
  /** Where it was seen: stripe, manual, ... and its id there. */
  readonly source: string;
  readonly reference: string;
  /** It came back, was refunded, or lies on another charge now: the payment is taken out and the invoice reopens. */
  readonly gone: boolean;
}

/** A waiver, concession or adjustment on one charge: payload of the effect `credit`. */
export interface CreditWish {
  /** `RC-…`: the credit note's number there. */
  readonly number: string;
  readonly customer: BookCustomer;
  readonly currency: Currency;
  readonly amountCents: Cents;
  readonly day: Day;
  readonly invoice: string;
  readonly reason: string;
  readonly gone: boolean;
}

// Crockford's alphabet: no letter that is taken for a digit.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten letters of a digest: fifty bits, the same for the same cause in whatever books. */
function shortName(cause: string): string {
  const hex = digestOf(cause);
  let letters = '';
  for (let at = 0; at < 10; at++) {
    const bits = Number.parseInt(hex.slice(Math.floor((at * 5) / 4), Math.floor((at * 5) / 4) + 2), 16);
    const shift = 3 - ((at * 5) % 4);
    letters += LETTERS.charAt((bits >> shift) & 31);
  }
  return letters;
}

/** The number of a charge's invoice, at most 21 characters: QuickBooks takes no longer one. */
export const invoiceNumber = (charge: Key): string => `RL-${shortName(charge)}`;
export const paymentNumber = (receipt: Key, charge: Key): string => `RP-${shortName(`${receipt} ${charge}`)}`;
export const creditNumber = (credit: Key, charge: Key): string => `RC-${shortName(`${credit} ${charge}`)}`;

/** A number that we gave: an invoice, payment or credit there that bears one is ours. */
export const OUR_NUMBER = /\bR[LPC]-[0-9A-HJKMNP-TV-Z]{10}\b/;
