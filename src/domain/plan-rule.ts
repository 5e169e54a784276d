/** What a resident agrees to with a plan, in words of their language: when an instalment is missed, and what comes of it. */
import type { PlanTerms } from './book';
import { baseLanguage, daysWords, shortDay } from './dates';
import { moneyText } from './fee-words';
import { RULE_WORDS, type RuleWords } from './templates/plans/rule';
import type { Currency } from './values';

const wordsIn = (language: string): RuleWords => RULE_WORDS[baseLanguage(language)] ?? RULE_WORDS.en;

type Rule = Pick<PlanTerms, 'graceDays' | 'missedAllowed'>;

/** When an instalment is missed, and with which one the plan ends. */
export function missedRule({ graceDays, missedAllowed }: Rule, language: string): string {
  const words = wordsIn(language);
  const missed = graceDays === 0 ? words.missedOn : words.missedAfter(daysWords(graceDays, language));
  return `${missed} ${missedAllowed === 0 ? words.endsAtFirst : words.endsAfter(missedAllowed)}`;
}

/** The terms as they stand in the document for signature: its instalments, the rule, the fees, and the note to the resident. */
export function termsWords(terms: PlanTerms, currency: Currency, language: string): string {
  const words = wordsIn(language);
  const dated = terms.instalments.map(({ amountCents, due }) =>
    words.dated(moneyText(amountCents, currency), shortDay(due, language)),
  );
  const fees = terms.feesPaused ? words.feesRest : words.feesGoOn;
  return [`${dated.join('; ')}.`, fees, missedRule(terms, language), terms.note]
    .filter((part) => part !== '')
    .join(' ');
}

/** Why its document is voided, for those who were asked to sign it. */
export const closedWords = (why: 'withdrawn' | 'declined', language: string): string => wordsIn(language)[why];
