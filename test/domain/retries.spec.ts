/** When a failed autopay charge is tried again: by the code, at most so often, and always with an end. */
import fc from 'fast-check';
import { addDays, day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { type Attempt, codeIn, type Next, nextAttempt, type Rail } from '../../src/domain/retries';

const FIRST = day('2026-12-01');
const RENT = cents(100_000);

const attempt = (number: number, after: number, more: Partial<Attempt> = {}): Attempt => ({
  number,
  day: addDays(FIRST, after),
  rail: 'card',
  amountCents: RENT,
  outcome: 'failed',
  failure: 'card_declined/insufficient_funds: Your card has insufficient funds.',
  ...more,
});
const failed = (failure: string, rail: Rail = 'card'): Attempt => attempt(1, 0, { failure, rail });

/** Days after the first attempt on which further ones are made while each fails in the same way at once, and how it ends. */
function lived(first: Attempt): { readonly days: readonly number[]; readonly end: Next } {
  const attempts = [first];
  const days: number[] = [];
  for (let after = 0; after < 400; after++) {
    const next = nextAttempt(attempts, addDays(FIRST, after), RENT);
    if (next.do === 'end' || next.do === 'nothing') return { days, end: next };
    if (next.do === 'wait') continue;
    days.push(after);
    attempts.push({ ...first, number: next.number, day: addDays(FIRST, after) });
  }
  throw new Error('it does not end');
}

describe('a failed charge is tried again', () => {
  it.each<[Rail, string, readonly number[]]>([
    ['card', 'card_declined/insufficient_funds: Your card has insufficient funds.', [3, 7]],
    ['card', 'Your card was declined. (insufficient_funds)', [3, 7]],
    ['card', 'processing_error: An error occurred.', [1, 3]],
    ['card', 'Your card was declined. (generic_decline)', [3]],
    ['card', 'card_declined/do_not_honor: no reason given', [3]],
    ['card', 'expired_card: Your card has expired.', []],
    ['card', 'card_declined/lost_card: Your card was declined.', []],
    ['card', 'card_declined/stolen_card: Your card was declined.', []],
    ['card', 'The card needs the cardholder to authenticate the payment. (authentication_required)', []],
    ['card', 'card_declined/revocation_of_authorization: x', []],
    ['ach', 'insufficient_funds: The account lacks the funds.', [7, 14]],
    ['ach', 'R01: insufficient funds', [7, 14]],
    ['ach', 'R09: uncollected funds', [7, 14]],
    ['ach', 'account_closed: The bank account is closed.', []],
    ['ach', 'debit_not_authorized: Debits are not authorized.', []],
    ['ach', 'R10: customer advises not authorized', []],
    ['ach', 'no_account: No such bank account was found.', []],
    ['ach', 'Plaid declined the debit (NSF: likely to result in a return). Nothing was collected.', [3, 7]],
    ['ach', 'Plaid declined the debit (RISK). Nothing was collected.', []],
    ['ach', 'The resident must link the bank again before it can be debited (ITEM_LOGIN_REQUIRED).', []],
    ['ach', 'Plaid declined the debit (SOMETHING_NEW). Nothing was collected.', []],
  ])('%s, "%s": on days %j after the first', (rail, failure, days) => {
    const life = lived(failed(failure, rail));
    expect(life.days).toEqual(days);
    expect(life.end).toMatchObject({ do: 'end', sure: true });
  });

  it('never where nobody can say whether it was collected', () => {
    for (const failure of ['', 'No answer from api.stripe.com: timeout Tried 5 times.', 'card_declined: x'])
      expect(nextAttempt([failed(failure)], addDays(FIRST, 30), RENT)).toMatchObject({ do: 'end', sure: false });
  });

  it('the strictest of several codes decides', () => {
    expect(codeIn('card', 'lost_card after insufficient_funds')).toBe('lost_card');
    expect(codeIn('ach', 'toString constructor __proto__')).toBeUndefined();
  });

  it.each(['under way', 'closed'] as const)('never while or after the last one is %s', (outcome) => {
    const next = nextAttempt([attempt(1, 0), attempt(2, 3, { outcome })], addDays(FIRST, 20), RENT);
    expect(next.do).toBe(outcome === 'closed' ? 'nothing' : 'wait');
  });

  it('never when an earlier one turns out to be under way still', () => {
    const attempts = [attempt(1, 0, { outcome: 'under way' }), attempt(2, 3)];
    expect(nextAttempt(attempts, addDays(FIRST, 20), RENT)).toEqual({ do: 'wait' });
  });

  it('not when nothing is owed', () => {
    expect(nextAttempt([attempt(1, 0)], addDays(FIRST, 3), cents(0))).toEqual({ do: 'nothing' });
  });

  it('a late run tries once, and goes on from there', () => {
    const late = addDays(FIRST, 9);
    expect(nextAttempt([attempt(1, 0)], late, RENT)).toEqual({ do: 'again', number: 2 });
    expect(nextAttempt([attempt(1, 0), attempt(2, 9)], late, RENT)).toEqual({ do: 'wait' });
    expect(nextAttempt([attempt(1, 0), attempt(2, 9)], addDays(FIRST, 10), RENT)).toEqual({ do: 'again', number: 3 });
  });

  it.each<[Rail, number, number]>([
    ['card', 30, 31],
    ['ach', 180, 181],
  ])('%s: on day %i, and no more on day %i', (rail, last, after) => {
    const first = failed('insufficient_funds', rail);
    expect(nextAttempt([first], addDays(FIRST, last), RENT)).toEqual({ do: 'again', number: 2 });
    expect(nextAttempt([first], addDays(FIRST, after), RENT)).toMatchObject({ do: 'end', sure: true });
  });

  it('a bank debit for the same amount only, a card for what is left', () => {
    const on = addDays(FIRST, 14);
    const less = cents(40_000);
    expect(nextAttempt([failed('insufficient_funds', 'ach')], on, less)).toMatchObject({ do: 'end', sure: true });
    expect(nextAttempt([failed('insufficient_funds', 'card')], on, less)).toEqual({ do: 'again', number: 2 });
  });
});

describe('whatever happens', () => {
  const failure = fc.oneof(
    fc.constantFrom('insufficient_funds', 'processing_error', 'do_not_honor', 'lost_card', 'R01', 'R09', 'R10', ''),
    fc.string(),
  );
  const step = fc.record({
    failure,
    rail: fc.constantFrom<Rail>('card', 'ach'),
    outcome: fc.constantFrom<Attempt['outcome']>('failed', 'failed', 'failed', 'closed'),
    underWayDays: fc.nat(12),
    open: fc.constantFrom(RENT, RENT, RENT, cents(1)),
  });
  const gap = fc.integer({ min: 1, max: 60 });

  it('it ends after at most three attempts, one at a time, and stays ended', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 5 }), fc.array(gap, { minLength: 300 }), (steps, gaps) => {
        const made: { at: number; step: (typeof steps)[number] }[] = [
          { at: 0, step: steps[0] as (typeof steps)[number] },
        ];
        let after = 0;
        for (const days of gaps) {
          const seen = made.map(({ at, step: how }, index): Attempt => {
            const outcome = after - at < how.underWayDays ? 'under way' : how.outcome;
            return attempt(index + 1, at, { failure: how.failure, rail: how.rail, outcome });
          });
          const open = made[made.length - 1]?.step.open ?? RENT;
          const next = nextAttempt(seen, addDays(FIRST, after), open);
          if (next.do === 'again') {
            expect(seen.every((each) => each.outcome === 'failed')).toBe(true);
            expect(next.number).toBe(seen.length + 1);
            made.push({ at: after, step: steps[made.length] as (typeof steps)[number] });
          } else if (next.do !== 'wait') {
            expect(nextAttempt(seen, addDays(FIRST, after + days), open).do).toBe(next.do);
            return made.length <= 3;
          }
          after += days;
        }
        return false;
      }),
    );
  });

  it('a bank account is debited at most three times within 180 days, and only after R01 or R09', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 3 }), (why, after, number) => {
        const attempts = Array.from({ length: number }, (_, index) =>
          attempt(index + 1, index * 7, { rail: 'ach', failure: why }),
        );
        const next = nextAttempt(attempts, addDays(FIRST, after), RENT);
        if (next.do !== 'again') return true;
        return next.number <= 3 && after <= 180 && /insufficient_funds|R01|R09|NSF/i.test(why);
      }),
    );
  });
});
