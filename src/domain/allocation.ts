/** Which open charges a sum of money pays. Positive money fills positive charges only; what is left stays unspent. */
import { type AllocationRule, type ChargeType, type Item, LATE_FEE, type OpenCharge, RENT } from './book';
import { cents, least, minus } from './money';
import type { Cents } from './values';

export interface Allocated {
  readonly items: readonly Item[];
  /** Money that found no open charge: a prepayment. */
  readonly leftCents: Cents;
}

/**
 * Orders of payment that a law prescribes; types that it does not name come after, oldest first.
 * US-OR: ORS 90.220(9), rent of prior periods, current rent, utilities, late charges, other fees.
 * US-WA: RCW 59.18.283(1), rent before anything else.
 */
const STATUTES: Readonly<Record<'US-OR' | 'US-WA', readonly ChargeType[]>> = {
  'US-OR': [RENT, 'utilities', LATE_FEE],
  'US-WA': [RENT],
};

/** Charges in the order in which a rule pays them. Ties on the due date keep the order given, which is posting order. */
export function inOrder(rule: AllocationRule, charges: readonly OpenCharge[]): readonly OpenCharge[] {
  const open = charges.filter((charge) => charge.openCents > 0);
  const types = rule.kind === 'types' ? rule.types : rule.kind === 'statute' ? STATUTES[rule.statute] : [];
  const rank = (charge: OpenCharge) => {
    const at = types.indexOf(charge.type);
    return at < 0 ? types.length : at;
  };
  return open.sort((a, b) => rank(a) - rank(b) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** Spreads money over open charges by a rule. */
export function allocate(rule: AllocationRule, charges: readonly OpenCharge[], amount: Cents): Allocated {
  const items: Item[] = [];
  let left = amount;
  for (const charge of inOrder(rule, charges)) {
    if (left <= 0) break;
    const part = least(left, charge.openCents);
    items.push(itemOf(charge, part));
    left = minus(left, part);
  }
  return { items, leftCents: left };
}

/** Money put where a person says; undefined with the reason when it does not fit. */
export function allocateAsDirected(
  charges: readonly OpenCharge[],
  amount: Cents,
  wanted: readonly { readonly charge: string; readonly amountCents: Cents }[],
): Allocated | { readonly reason: string } {
  const items: Item[] = [];
  let left = amount;
  for (const want of wanted) {
    const charge = charges.find((each) => each.key === want.charge);
    if (!charge) return { reason: `There is no open charge ${want.charge}.` };
    const already = items.filter((item) => item.charge === charge.key).reduce((all, item) => all + item.amountCents, 0);
    if (want.amountCents <= 0) return { reason: `The amount for ${want.charge} must be more than nothing.` };
    if (already + want.amountCents > charge.openCents) return { reason: `${want.charge} has less open than that.` };
    if (want.amountCents > left) return { reason: 'That is more than the money at hand.' };
    items.push(itemOf(charge, want.amountCents));
    left = minus(left, want.amountCents);
  }
  return { items, leftCents: left };
}

export const itemOf = (charge: OpenCharge, amount: Cents): Item => ({
  charge: charge.key,
  amountCents: amount,
  due: charge.due,
  type: charge.type,
  ofCents: charge.totalCents,
});

/** The order in which money is taken back from charges when a receipt is reversed: last put, first taken. */
export function takeBack(
  items: readonly Item[],
  amount: Cents,
): { readonly items: readonly Item[]; readonly leftCents: Cents } {
  const taken: Item[] = [];
  let left = amount;
  for (let i = items.length - 1; i >= 0 && left > 0; i--) {
    const item = items[i];
    if (!item || item.amountCents <= 0) continue;
    const part = least(left, item.amountCents);
    taken.push({ ...item, amountCents: part });
    left = cents(left - part);
  }
  return { items: taken, leftCents: left };
}
