/** The terms of a plan as people read them in the Type cell of its first row, and back. */
import type { Entry, Instalment, PlanStep, PlanTerms } from '../domain/book';
import { parseDay } from '../domain/calendar';
import { decimal, parseAmount } from '../domain/money';
import type { Currency, Day, Key } from '../domain/values';

type PlanEntry = Entry & { readonly kind: 'plan' };

const STEPS: readonly PlanStep[] = [
  'accepted',
  'declined',
  'withdrawn',
  'missed',
  'defaulted',
  'finished',
  'ended',
  'resumed',
];

/** `proposed: 250.00 on 2026-12-05, 250.00 on 2026-12-19; late fees rest; 3 days of grace; 0 may be missed; agreed on the page`. */
export const planType = ({ type, terms, currency }: PlanEntry): string =>
  terms ? `${type}: ${termsText(terms, currency)}` : type;

/** The terms in words, each version in words of its own: their digest stands for them in the Log. */
export function termsText(terms: PlanTerms, currency: Currency): string {
  const instalments = terms.instalments.map((each) => `${decimal(each.amountCents, currency)} on ${each.due}`);
  return [
    instalments.join(', '),
    `late fees ${terms.feesPaused ? 'rest' : 'go on'}`,
    `${terms.graceDays} days of grace`,
    `${terms.missedAllowed} may be missed`,
    `agreed ${terms.agreed}`,
    ...(terms.note ? [`note: ${terms.note}`] : []),
  ].join('; ');
}

const [DATED, FEES, AGREED] = ['([^;]+)', 'late fees (rest|go on)', 'agreed (on the page|by signature)'];
const TERMS = new RegExp(
  `^proposed: ${DATED}; ${FEES}; (\\d+) days of grace; (\\d+) may be missed; ${AGREED}(?:; note: (.*))?$`,
  's',
);

interface Read {
  readonly key: Key;
  readonly currency: Currency;
  readonly about?: Key | undefined;
  readonly due: Day | '';
}

/** Undefined for a row that this add-on did not write. */
export function planFrom(
  text: string,
  { about, due, ...base }: Omit<PlanEntry, 'type' | 'terms' | 'about' | 'due'> & Read,
): PlanEntry | undefined {
  const step = STEPS.find((each) => each === text);
  if (step) return about ? { ...base, type: step, about, ...(due ? { due } : {}) } : undefined;
  const terms = termsFrom(text, base.currency);
  return terms && { ...base, type: 'proposed', terms, ...(about ? { about } : {}), ...(due ? { due } : {}) };
}

function termsFrom(text: string, currency: Currency): PlanTerms | undefined {
  const [, dated, fees, grace, missed, agreed, note] = TERMS.exec(text) ?? [];
  const instalments = (dated ?? '').split(', ').map((each) => instalmentFrom(each, currency));
  if (dated === undefined || instalments.some((each) => each === undefined)) return undefined;
  return {
    instalments: instalments as readonly Instalment[],
    feesPaused: fees === 'rest',
    graceDays: Number(grace),
    missedAllowed: Number(missed),
    agreed: agreed === 'by signature' ? 'by signature' : 'on the page',
    note: note ?? '',
  };
}

function instalmentFrom(text: string, currency: Currency): Instalment | undefined {
  const [amount = '', on = ''] = text.split(' on ');
  const [amountCents, due] = [parseAmount(amount, currency), parseDay(on)];
  return amountCents !== undefined && due ? { due, amountCents } : undefined;
}
