/** A payment plan is proposed, withdrawn or ended by a manager. */
import { type Account, entryBase, post } from '../account';
import { itemOf } from '../allocation';
import type { Instalment, OpenCharge, PlanTerms } from '../book';
import { addDays, parseDay } from '../calendar';
import { offerIntent } from '../collect';
import { parseAmount, plus, sum, ZERO } from '../money';
import { stepPosted } from '../plan-day';
import { planDocument } from '../plan-document';
import { planLetters } from '../plan-letters';
import { DOCUMENT_GONE, voidOf } from '../plan-void';
import { livePlan, planTotal, runningPlan } from '../plans';
import { type Cents, type Day, key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { dayText, moneyText, notDay } from './words';

const INSTALMENTS_MOST = 36;
/** A guard against a mistyped year. */
const DAYS_MOST = 3 * 366;
const GRACE_MOST = 30;
const NOTE_MOST = 300;

type Propose = ActOf<'plan propose'>;

export function proposePlan({ account }: Acting, act: Propose): ActResult | Refused {
  const live = livePlan(account.state);
  if (live) return refuse(`A plan is ${live.state} already: withdraw or end it first.`);
  if (account.state.pauses.some((pause) => pause.type === 'plan'))
    return refuse('A pause for a plan runs on this lease: end it first, for a plan with instalments takes its place.');
  const charges = chargesOf(account, act);
  if ('refused' in charges) return charges;
  const terms = termsOf(account, act, sum(charges.map((charge) => charge.openCents)));
  if ('refused' in terms) return terms;
  post(account, {
    ...entryBase(account),
    kind: 'plan',
    type: 'proposed',
    key: key(`plan:${account.lease.id}`),
    items: charges.map((charge) => itemOf(charge, charge.openCents)),
    terms,
    day: account.today,
    why: act.reason,
  });
  return proposed(account, terms, charges);
}

function chargesOf({ state, lease }: Account, { charges }: Propose): readonly OpenCharge[] | Refused {
  const names = new Set(charges);
  const found = state.charges.filter((charge) => names.has(charge.key) && charge.openCents > 0);
  if (names.size === 0) return refuse('Choose what the plan covers: at least one open charge.');
  if (found.length < names.size) return refuse(`Not all of these charges are open on ${lease.id}: look at them again.`);
  return found;
}

function termsOf(account: Account, act: Propose, totalCents: Cents): PlanTerms | Refused {
  const instalments = instalmentsOf(account, act);
  if ('refused' in instalments) return instalments;
  const together = sum(instalments.map((each) => each.amountCents));
  if (together !== totalCents) {
    const [has, owes] = [moneyText(account, together), moneyText(account, totalCents)];
    return refuse(`The instalments come to ${has}, and what the plan covers to ${owes}: they must be the same.`);
  }
  const whole = (value: number, most: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= most;
  if (!whole(act.graceDays, GRACE_MOST)) return refuse(`Days of grace are a whole number from 0 to ${GRACE_MOST}.`);
  if (!whole(act.missedAllowed, instalments.length - 1))
    return refuse('How many may be missed is a whole number, and less than there are instalments.');
  const note = act.note.replace(/\s+/g, ' ').trim();
  if (note.length > NOTE_MOST) return refuse(`Keep the note to the resident to ${NOTE_MOST} letters.`);
  const { feesPaused, graceDays, missedAllowed, agreed } = act;
  return { instalments, feesPaused, graceDays, missedAllowed, agreed, note };
}

function instalmentsOf(account: Account, { instalments }: Propose): readonly Instalment[] | Refused {
  if (instalments.length === 0 || instalments.length > INSTALMENTS_MOST)
    return refuse(`A plan has 1 to ${INSTALMENTS_MOST} instalments.`);
  const read: Instalment[] = [];
  let last: Day = addDays(account.today, -1);
  for (const { due, amount } of instalments) {
    const on = parseDay(due);
    const amountCents = parseAmount(amount, account.property.currency);
    if (!on) return refuse(notDay(due));
    if (amountCents === undefined || amountCents <= 0)
      return refuse('Each instalment must be an amount above nothing, such as 250.00.');
    if (on <= last) return refuse('Each instalment falls due after the one before it, and none before today.');
    if (on > addDays(account.today, DAYS_MOST)) return refuse('The last instalment must lie within three years.');
    read.push({ due: on, amountCents });
    last = on;
  }
  return read;
}

function proposed(account: Account, terms: PlanTerms, charges: readonly OpenCharge[]): ActResult {
  const { plan } = account.state;
  if (!plan) return refusedPlan();
  const total = planTotal(plan);
  const count = terms.instalments.length;
  const what = `a payment plan for ${moneyText(account, total)} in ${count} ${count === 1 ? 'instalment' : 'instalments'}`;
  const signed = terms.agreed === 'by signature';
  return {
    title: `Propose ${what}`,
    told: `Proposed ${what}`,
    amountCents: total,
    warnings: warningsOf(account, terms, charges),
    intents: signed
      ? [offerIntent(account, DOCUMENT(plan.key), planDocument(account, plan))]
      : planLetters(account, 'plan-offered', plan.key, plan.key),
  };
}

const refusedPlan = (): never => {
  throw new Error('a proposal that was posted is not in the state');
};

/** The row of the Outbox names the plan, so that what comes of the document finds it. */
const DOCUMENT = (plan: string) => ({
  request: plan,
  platform: 'docusign',
  kind: 'plan',
  title: 'Payment plan for signature',
});

function warningsOf(account: Account, terms: PlanTerms, charges: readonly OpenCharge[]): readonly string[] {
  const { lease } = account;
  const covered = new Set<string>(charges.map((charge) => charge.key));
  const left = account.state.charges.filter(
    (charge) => charge.openCents > 0 && charge.due <= account.today && !covered.has(charge.key),
  );
  const leftCents = left.reduce<Cents>((all, charge) => plus(all, charge.openCents), ZERO);
  const statute = lease.allocation.kind === 'statute';
  return [
    ...(leftCents > 0 ? [`${moneyText(account, leftCents)} that is due lies outside it, and goes on as ever.`] : []),
    ...(terms.feesPaused || !lease.fees.late ? [] : ['Late fees on what it covers go on while it runs.']),
    ...(statute
      ? ['A statute orders how this lease’s money is put on charges: it may go to the plan before new rent.']
      : []),
    ...(lease.end && (terms.instalments[terms.instalments.length - 1]?.due ?? '') > lease.end
      ? [`Its last instalment falls due after the lease ends on ${dayText(lease.end)}.`]
      : []),
  ];
}

export function withdrawPlan({ account }: Acting, act: ActOf<'plan withdraw'>): ActResult | Refused {
  const { plan } = account.state;
  if (plan?.state !== 'proposed') return refuse('There is no plan that waits for an answer.');
  stepPosted(account, 'withdrawn', act.reason);
  const what = `the payment plan for ${moneyText(account, planTotal(plan))}`;
  const intents = voidOf(account, plan, 'withdrawn');
  return {
    title: `Withdraw ${what}`,
    told: `Withdrew ${what}`,
    warnings:
      intents.length > 0 ? ['Its document is voided at DocuSign: those who were asked to sign are told so.'] : [],
    ...(plan.terms.agreed === 'by signature' ? { fixed: DOCUMENT_GONE } : {}),
    intents,
  };
}

export function endPlan({ account }: Acting, act: ActOf<'plan end'>): ActResult | Refused {
  const plan = runningPlan(account.state);
  if (!plan) return refuse('No plan runs that could end.');
  const step = stepPosted(account, 'ended', act.reason);
  const what = `the payment plan for ${moneyText(account, planTotal(plan))}`;
  return {
    title: `End ${what}`,
    told: `Ended ${what}`,
    warnings: ['The ladder goes on where it stood, from tomorrow on, and late fees count again.'],
    intents: planLetters(account, 'plan-ended', plan.key, key(account.click ? `${step}:${account.click}` : step)),
  };
}
