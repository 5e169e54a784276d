/** An override as it is being typed: what its form begins with, what is still missing, and the act it becomes. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { Act } from '../../../src/api/desk/override';
import { addDays, parseDay } from '../../../src/domain/calendar';
import { decimal, parseAmount, sum } from '../../../src/domain/money';
import type { Cents, Currency } from '../../../src/domain/values';
import type { Params } from '../../route';
import { type FieldName, type Kind, waitingNotices } from './kinds';
import { type PlanDraft, planFault, proposalOf, startPlan } from './plan-draft';

export interface Part {
  readonly charge: string;
  readonly amount: string;
}

/** Every field of every form as the person has it; a form shows its own only. */
export interface Draft {
  readonly charge: string;
  readonly amount: string;
  readonly type: string;
  readonly due: string;
  readonly until: string;
  /** Ends a hold that stands. */
  readonly release: boolean;
  readonly from: string;
  readonly end: string;
  readonly effect: string;
  readonly receipt: string;
  readonly because: 'returned' | 'entered in error';
  /** Empty: as the lease's rule says. */
  readonly parts: readonly Part[];
  readonly pauseType: 'plan' | 'dispute';
  readonly begins: boolean;
  readonly depositAction: 'refunded' | 'withheld' | 'applied';
  readonly contactHeader: 'Email' | 'Phone';
  readonly contact: string;
  readonly plan: PlanDraft;
}

const text = (amount: { readonly cents: Cents; readonly currency: Currency }) => decimal(amount.cents, amount.currency);

/** Late fees are what is waived most; otherwise the charge that is longest open. */
function firstCharge({ open }: LeaseView, { kind }: Kind): string {
  const fee = kind === 'waive' ? open.find((each) => each.type.includes('fee')) : undefined;
  return (fee ?? open[0])?.key ?? '';
}

/** The amount that most people would type, by what the form is for. */
export function amountFor(view: LeaseView, kind: Kind, charge: string): string {
  const found = view.open.find((each) => each.key === charge);
  if (kind.fields.includes('part')) return found ? text(found.open) : '';
  if (kind.fields.includes('total')) return found ? text(found.total) : '';
  if (kind.fields.includes('rent')) return text(view.rent);
  return kind.fields.includes('deposit') ? text(view.depositHeld) : '';
}

export function startDraft(view: LeaseView, kind: Kind, params: Params): Draft {
  const charge = view.open.some(({ key }) => key === params.charge) ? (params.charge ?? '') : firstCharge(view, kind);
  return {
    charge,
    amount: amountFor(view, kind, charge),
    type: '',
    due: kind.kind === 'due' ? (view.open.find(({ key }) => key === charge)?.due ?? '') : view.asOf,
    until: view.hold ?? addDays(view.asOf, 7),
    release: false,
    from: view.nextDue?.day ?? view.asOf,
    end: view.end ?? '',
    effect: params.effect ?? waitingNotices(view)[0]?.key ?? '',
    receipt: params.receipt ?? view.receipts[0]?.key ?? '',
    because: 'returned',
    parts: [],
    pauseType: view.pauses.some(({ type }) => type === 'plan') ? 'plan' : 'dispute',
    begins: !view.pauses.some((each) => each.type === 'plan' || each.charge === charge),
    depositAction: 'refunded',
    contactHeader: 'Email',
    contact: view.contacts.emails[0] ?? '',
    plan: startPlan(view),
  };
}

/** What is put into parts, of what there is. */
export const partsSum = (parts: readonly Part[], currency: Currency): Cents =>
  sum(parts.map(({ amount }) => parseAmount(amount, currency) ?? (0 as Cents)));

export type Faults = Partial<Readonly<Record<FieldName, string>>>;

const AMOUNT = 'Type an amount such as 50.00.';
const DAY = 'Choose the day.';

const isAmount = (amount: string, currency: Currency) => {
  const read = parseAmount(amount, currency);
  return read !== undefined && read > 0;
};

/** What the person must still do, by field; the script checks all of it again. */
export function faultsOf(draft: Draft, kind: Kind, view: LeaseView): Faults {
  const { currency } = view.rent;
  const money = isAmount(draft.amount, currency) ? undefined : AMOUNT;
  const day = (value: string) => (parseDay(value) ? undefined : DAY);
  const checks: Readonly<Record<FieldName, () => string | undefined>> = {
    charge: () => (draft.charge === '' ? 'Choose the charge.' : undefined),
    amount: () => money,
    part: () => money,
    total: () => (parseAmount(draft.amount, currency) === undefined ? AMOUNT : undefined),
    rent: () => money,
    type: () => (draft.type.trim() === '' ? 'Say what it is for.' : undefined),
    due: () => day(draft.due),
    newDue: () => day(draft.due),
    until: () => (draft.release ? undefined : day(draft.until)),
    from: () => day(draft.from),
    end: () => day(draft.end),
    effect: () => (draft.effect === '' ? 'Choose the notice.' : undefined),
    receipt: () => (draft.receipt === '' ? 'Choose the payment.' : undefined),
    because: () => undefined,
    parts: () => partsFault(draft.parts, currency),
    pause: () => (draft.pauseType === 'dispute' && draft.charge === '' ? 'Choose the charge.' : undefined),
    deposit: () => undefined,
    // Empty takes it out.
    contact: () => undefined,
    plan: () => planFault(view, draft.plan),
  };
  const found = kind.fields.flatMap((field) => {
    const fault = checks[field]();
    return fault === undefined ? [] : [[field, fault] as const];
  });
  return Object.fromEntries(found);
}

function partsFault(parts: readonly Part[], currency: Currency): string | undefined {
  if (parts.length === 0) return undefined;
  if (parts.some(({ charge }) => charge === '')) return 'Choose a charge for each part.';
  return parts.every(({ amount }) => isAmount(amount, currency)) ? undefined : AMOUNT;
}

/** The act, once no field is at fault. */
export function actOf(draft: Draft, kind: Kind, view: LeaseView, reason: string): Act {
  const on = { lease: view.line.lease, reason };
  const amount = draft.amount.trim();
  switch (kind.kind) {
    case 'waive': {
      const whole = amountFor(view, kind, draft.charge);
      const part = parseAmount(amount, view.rent.currency) === parseAmount(whole, view.rent.currency) ? {} : { amount };
      return { ...on, kind: 'waive', charge: draft.charge, ...part };
    }
    case 'credit':
      return { ...on, kind: 'credit', amount };
    case 'adjust':
      return { ...on, kind: 'adjust', charge: draft.charge, to: amount };
    case 'charge':
      return { ...on, kind: 'charge', type: draft.type.trim(), amount, due: draft.due };
    case 'due':
      return { ...on, kind: 'due', charge: draft.charge, to: draft.due };
    case 'hold':
      return { ...on, kind: 'hold', until: draft.release ? '' : draft.until };
    case 'rent':
      return { ...on, kind: 'rent', amount, from: draft.from };
    case 'move out':
      return { ...on, kind: 'move out', end: draft.end };
    case 'renew':
      return { ...on, kind: 'renew' };
    case 'release':
      return { ...on, kind: 'release', effect: draft.effect };
    case 'reverse':
      return { ...on, kind: 'reverse', receipt: draft.receipt, because: draft.because };
    case 'reallocate':
      return { ...on, kind: 'reallocate', receipt: draft.receipt, parts: draft.parts };
    case 'pause': {
      const charge = draft.pauseType === 'dispute' ? { charge: draft.charge } : {};
      return { ...on, kind: 'pause', type: draft.pauseType, begins: draft.begins, ...charge };
    }
    case 'contact':
      return { ...on, kind: 'contact', header: draft.contactHeader, to: draft.contact.trim() };
    case 'plan propose':
      return proposalOf(view, draft.plan, on);
    case 'plan withdraw':
    case 'plan end':
      return { ...on, kind: kind.kind };
    case 'deposit':
      return { ...on, kind: 'deposit', action: draft.depositAction, amount };
  }
}
