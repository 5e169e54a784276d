/** Whether money that a saved method did not give is asked for again, and when: by the bank's own code, and never for ever. */
import { addDays, daysBetween } from './calendar';
import type { Cents, Day } from './values';

export type Rail = 'card' | 'ach';

/** One try to collect the same charges. */
export interface Attempt {
  /** 1 is the first. */
  readonly number: number;
  readonly day: Day;
  readonly rail: Rail;
  readonly amountCents: Cents;
  /** `closed` is paid, taken back by a person or the bank after it was paid, or never sent. */
  readonly outcome: 'under way' | 'failed' | 'closed';
  /** Code and words of its source, such as `card_declined/insufficient_funds: …`. */
  readonly failure: string;
}

export type Next =
  | { readonly do: 'nothing' }
  /** An attempt is under way, or the day has not come. */
  | { readonly do: 'wait' }
  | { readonly do: 'again'; readonly number: number }
  /** `sure`: it is known that nothing was collected. */
  | { readonly do: 'end'; readonly why: string; readonly sure: boolean };

/** Days after the first attempt on which it is made again: one for each time, none for a failure that stays. */
type Schedule = readonly number[];

const NEVER: readonly number[] = [];
/** The bank or the network had a bad hour. */
const SOON: Schedule = [1, 3];
/** Money may come: a payday, or a limit that begins anew. */
const FUNDS: Schedule = [3, 7];
/** The bank gives no reason: one more time, as Stripe advises at most. */
const ONCE: Schedule = [3];
/** An ACH debit is known to have failed only after about four banking days, so its times lie further apart. */
const REPRESENT: Schedule = [7, 14];

const all = (schedule: Schedule, codes: string): Readonly<Record<string, Schedule>> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, schedule]));

/**
 * Decline codes of cards, as docs.stripe.com/declines/codes lists them. A lost, stolen or expired card, a wrong number, a
 * suspicion of fraud, a revoked permission or a missing authentication does not mend by itself, and card networks fine
 * those who try all the same. A code that is not here is not tried again.
 */
const CARD: Readonly<Record<string, Schedule>> = {
  ...all(FUNDS, 'insufficient_funds card_velocity_exceeded withdrawal_count_limit_exceeded'),
  ...all(SOON, 'processing_error issuer_not_available try_again_later reenter_transaction'),
  ...all(ONCE, 'generic_decline do_not_honor call_issuer no_action_taken approve_with_id'),
  ...all(NEVER, 'expired_card lost_card stolen_card pickup_card restricted_card fraudulent highest_risk_level'),
  ...all(NEVER, 'do_not_try_again revocation_of_authorization revocation_of_all_authorizations stop_payment_order'),
  ...all(NEVER, 'authentication_required requires_action requires_confirmation requires_payment_method canceled'),
  ...all(NEVER, 'incorrect_number invalid_number incorrect_cvc invalid_cvc incorrect_zip incorrect_address'),
  ...all(NEVER, 'invalid_expiry_month invalid_expiry_year invalid_account invalid_amount amount_too_large'),
  ...all(NEVER, 'card_not_supported currency_not_supported duplicate_transaction merchant_blacklist not_permitted'),
  ...all(NEVER, 'new_account_information_available security_violation service_not_allowed transaction_not_allowed'),
  ...all(NEVER, 'incorrect_pin invalid_pin offline_pin_required online_or_offline_pin_required pin_try_exceeded'),
  ...all(NEVER, 'testmode_decline payment_method_not_available'),
};

/**
 * Failures of ACH debits. Stripe says `insufficient_funds` for the return codes R01 and R09
 * (docs.stripe.com/declines/network-codes). Nacha Operating Rules, subsection 2.12.4: an entry that was returned for
 * insufficient or uncollected funds may be reinitiated at most twice, within 180 days of the original entry, for the
 * same amount. A debit that was returned for another reason needs the payer.
 */
const ACH: Readonly<Record<string, Schedule>> = {
  ...all(REPRESENT, 'insufficient_funds r01 r09'),
  // Plaid has asked the bank beforehand: nothing was presented yet.
  ...all(FUNDS, 'nsf'),
  ...all(NEVER, 'risk transfer_limit_reached manually_verified_item migrated_account_item'),
  ...all(NEVER, 'item_login_required payment_profile_login_required'),
  ...all(NEVER, 'account_closed bank_account_closed no_account bank_account_invalid_details bank_account_unusable'),
  ...all(NEVER, 'debit_not_authorized bank_account_restricted bank_ownership_changed invalid_account_number'),
  ...all(NEVER, 'could_not_process generic_could_not_process invalid_currency refer_to_customer'),
  ...all(NEVER, 'r02 r03 r04 r05 r07 r08 r10 r11 r16 r20 r29 r31 r51'),
  ...all(NEVER, 'requires_action requires_confirmation requires_payment_method canceled'),
};

const TABLES: Readonly<Record<Rail, Readonly<Record<string, Schedule>>>> = { card: CARD, ach: ACH };
/** After this many days the first attempt is too old: for ACH by the rule above, for cards by those of the networks. */
const WITHIN_DAYS: Readonly<Record<Rail, number>> = { card: 30, ach: 180 };

/** The code that decides: of several in one text the one that allows the least. */
export function codeIn(rail: Rail, failure: string): string | undefined {
  const table = TABLES[rail];
  const words: readonly string[] = failure.toLowerCase().match(/[a-z]\w*/g) ?? [];
  const known = Object.keys(table).filter((code) => words.includes(code));
  const length = (code: string) => table[code]?.length ?? 0;
  return known.sort((a, b) => length(a) - length(b))[0];
}

/**
 * What becomes of charges that were asked for with these attempts and of which `openCents` is unpaid. A next attempt is
 * made only when each one before it is known to have failed.
 */
export function nextAttempt(attempts: readonly Attempt[], today: Day, openCents: Cents): Next {
  const ordered = [...attempts].sort((a, b) => a.number - b.number);
  const [first, last] = [ordered[0], ordered[ordered.length - 1]];
  if (!first || !last || openCents <= 0) return { do: 'nothing' };
  if (ordered.some((attempt) => attempt.outcome === 'under way')) return { do: 'wait' };
  if (last.outcome === 'closed') return { do: 'nothing' };
  const code = codeIn(last.rail, last.failure);
  if (code === undefined && /nothing was collected/i.test(last.failure))
    return end(`The platform refused it (${last.failure.replace(/\.$/, '')}).`);
  if (code === undefined)
    return end('Whether it was collected is not known. Look at the platform before anything is paid again.', false);
  const schedule = TABLES[last.rail][code] ?? NEVER;
  if (schedule.length === 0) return end(`The bank said "${code}": trying again is of no use.`);
  const after = schedule[last.number - 1];
  if (after === undefined) return end(`It was tried ${last.number} times (${code}).`);
  if (first.number !== 1 || daysBetween(first.day, today) > WITHIN_DAYS[last.rail])
    return end('The first attempt is too long ago to try again.');
  if (last.rail === 'ach' && openCents !== last.amountCents)
    return end('Another amount is owed by now, and a bank debit may be repeated for the same amount only.');
  const isTime = today >= addDays(first.day, after) && today > last.day;
  return isTime ? { do: 'again', number: last.number + 1 } : { do: 'wait' };
}

const end = (why: string, sure = true): Next => ({ do: 'end', why, sure });
