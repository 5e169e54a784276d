/** What can be done to a lease's account: its words, the fields it asks for, its common reasons, and when it is possible. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { Act, ActKind } from '../../../src/api/desk/override';
import type { EffectLine } from '../../../src/api/desk/told';

export type FieldName =
  | 'charge'
  | 'amount'
  | 'part'
  | 'total'
  | 'rent'
  | 'type'
  | 'due'
  | 'newDue'
  | 'until'
  | 'from'
  | 'end'
  | 'effect'
  | 'receipt'
  | 'because'
  | 'parts'
  | 'pause'
  | 'deposit'
  | 'contact'
  | 'plan';

export interface Kind {
  readonly kind: ActKind;
  readonly group: 'Charges' | 'Money' | 'Lease' | 'Messages';
  /** On its button in the list, and as the title of its form. */
  readonly name: string;
  readonly note: string;
  readonly fields: readonly FieldName[];
  readonly reasons: readonly string[];
  /** Why there is nothing to do it to; undefined where it can be done. */
  readonly not: (view: LeaseView) => string | undefined;
}

/** Notices that wait for a person. */
export const waitingNotices = ({ notices }: LeaseView): readonly EffectLine[] =>
  notices.sent.filter((each) => each.state === 'waiting for release');

const always = () => undefined;
const openCharge = ({ open }: LeaseView) => (open.length === 0 ? 'No charge is open.' : undefined);
const receipt = ({ receipts }: LeaseView) => (receipts.length === 0 ? 'No payment has come in.' : undefined);

const kind = <Name extends ActKind>(
  name: Name,
  of: Omit<Kind, 'kind' | 'reasons' | 'not'> & { reasons: string; not?: Kind['not'] },
): Kind => ({ ...of, kind: name, reasons: of.reasons.split('; '), not: of.not ?? always });

const LIST: { readonly [Name in ActKind]: Kind } = {
  waive: kind('waive', {
    group: 'Charges',
    name: 'Waive a fee or charge',
    note: 'Gives it up, in full or in part',
    fields: ['charge', 'part'],
    reasons: 'First time late; Bank delay; Agreed with the resident; Our mistake; Hardship',
    not: openCharge,
  }),
  adjust: kind('adjust', {
    group: 'Charges',
    name: 'Correct an amount',
    note: 'Makes a charge come to another total',
    fields: ['charge', 'total'],
    reasons: 'Wrong amount charged; Meter reading corrected; Agreed with the resident',
    not: openCharge,
  }),
  due: kind('due', {
    group: 'Charges',
    name: 'Change a due date',
    note: 'An open charge falls due on another day',
    fields: ['charge', 'newDue'],
    reasons: 'Agreed with the resident; Paid by a benefit office; Holiday; Our mistake',
    not: openCharge,
  }),
  charge: kind('charge', {
    group: 'Charges',
    name: 'Charge something once',
    note: 'A repair, a key, utilities',
    fields: ['type', 'amount', 'due'],
    reasons: 'Damage repaired; Lost key; Utilities; Agreed with the resident',
  }),
  credit: kind('credit', {
    group: 'Money',
    name: 'Give a credit',
    note: 'Lowers what is owed, or what comes next',
    fields: ['amount'],
    reasons: 'Goodwill; Repair done by the resident; Heating or water failed; Referral',
  }),
  reverse: kind('reverse', {
    group: 'Money',
    name: 'Take a payment back',
    note: 'It bounced, or it was entered in error',
    fields: ['receipt', 'because'],
    reasons: 'Returned by the bank; Entered twice; Entered for the wrong lease',
    not: receipt,
  }),
  reallocate: kind('reallocate', {
    group: 'Money',
    name: 'Move a payment to other charges',
    note: 'The amount stays, what it pays changes',
    fields: ['receipt', 'parts'],
    reasons: 'The resident said what it is for; Correction; By law rent comes first',
    not: receipt,
  }),
  deposit: kind('deposit', {
    group: 'Money',
    name: 'Settle the deposit',
    note: 'Refund it, withhold it, or apply it to the debt',
    fields: ['deposit', 'amount'],
    reasons: 'Moved out, nothing damaged; Damage beyond wear; Unpaid rent at the end',
    not: ({ depositHeld }) => (depositHeld.cents > 0 ? undefined : 'No deposit is held.'),
  }),
  hold: kind('hold', {
    group: 'Lease',
    name: 'Hold reminders and fees',
    note: 'They rest until a day',
    fields: ['until'],
    reasons: 'Payment promised; In hospital; Repair outstanding; Talking about a plan',
  }),
  rent: kind('rent', {
    group: 'Lease',
    name: 'Change the rent from a day',
    note: 'A raise or a cut',
    fields: ['rent', 'from'],
    reasons: 'Yearly raise, notice given; New lease term; Rent cut agreed; Ordered by a court or board',
  }),
  'move out': kind('move out', {
    group: 'Lease',
    name: 'Enter a move-out',
    note: 'The last day lived in',
    fields: ['end'],
    reasons: 'Notice of the resident; Notice of the landlord; Agreed end; Left without notice',
  }),
  contact: kind('contact', {
    group: 'Lease',
    name: 'Change mail or phone',
    note: 'How the resident is reached',
    fields: ['contact'],
    reasons: 'Told by the resident; The old one does not work; Typing mistake',
  }),
  renew: kind('renew', {
    group: 'Lease',
    name: 'Renew for another term',
    note: 'As long as the last one',
    fields: [],
    reasons: 'Signed for another term; Renewal clause of the lease',
    not: ({ end }) => (end === undefined ? 'It runs from month to month.' : undefined),
  }),
  pause: kind('pause', {
    group: 'Lease',
    name: 'Begin or end a dispute',
    note: 'Reminders and fees of the charge rest meanwhile',
    fields: ['pause'],
    reasons: 'Charge disputed; Dispute settled; Plan kept and done; Plan broken',
  }),
  'plan propose': kind('plan propose', {
    group: 'Lease',
    name: 'Propose a payment plan',
    note: 'Dated instalments, which the resident accepts',
    fields: ['plan'],
    reasons: 'Asked by the resident; Hardship; Instead of a notice',
    not: ({ open, plan }) =>
      plan?.state === 'proposed' || plan?.state === 'running'
        ? `A plan ${plan.state === 'running' ? 'runs' : 'is proposed'} already.`
        : open.length === 0
          ? 'No charge is open.'
          : undefined,
  }),
  'plan withdraw': kind('plan withdraw', {
    group: 'Lease',
    name: 'Withdraw the payment plan',
    note: 'The resident can accept it no more',
    fields: [],
    reasons: 'Other terms are agreed; Paid meanwhile; Our mistake',
    not: ({ plan }) => (plan?.state === 'proposed' ? undefined : 'No plan waits for an answer.'),
  }),
  'plan end': kind('plan end', {
    group: 'Lease',
    name: 'End the payment plan',
    note: 'Reminders and fees go on where they stood',
    fields: [],
    reasons: 'Agreed with the resident; Other terms are agreed; The resident moves out',
    not: ({ plan }) => (plan?.state === 'running' ? undefined : 'No plan runs.'),
  }),
  release: kind('release', {
    group: 'Messages',
    name: 'Release a notice',
    note: 'Lets a notice go that waits for a person',
    fields: ['effect'],
    reasons: 'Checked against lease and law; Resident was called first',
    not: (view) => (waitingNotices(view).length === 0 ? 'No notice waits.' : undefined),
  }),
};

export const KINDS: readonly Kind[] = Object.values(LIST);
export const GROUPS = ['Charges', 'Money', 'Lease', 'Messages'] as const;

export const kindOf = (name: string | undefined): Kind | undefined =>
  name !== undefined && Object.hasOwn(LIST, name) ? LIST[name as Act['kind']] : undefined;
