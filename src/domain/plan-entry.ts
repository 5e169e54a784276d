/** A payment plan as the journal has it: its terms, its steps, and what a lease's state keeps of it. */
import type { Cents, Day, Key } from './values';

/** What happens to a plan. `resumed`: money that had finished it went back, or a person took back what had closed it. */
export type PlanStep =
  | 'proposed'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'missed'
  | 'defaulted'
  | 'finished'
  | 'ended'
  | 'resumed';

export interface Instalment {
  readonly due: Day;
  readonly amountCents: Cents;
}

/** What is agreed. It never changes: other terms are another plan, so that a plan's key names one version of them. */
export interface PlanTerms {
  /** In the order of their days, no day twice; together they are the whole of the plan. */
  readonly instalments: readonly Instalment[];
  /** Late fees on what the plan covers rest while it runs. */
  readonly feesPaused: boolean;
  /** So many days after its day an unpaid instalment is missed. */
  readonly graceDays: number;
  /** So many instalments may be missed; one more and the plan is broken. */
  readonly missedAllowed: number;
  readonly agreed: 'on the page' | 'by signature';
  /** For the resident to read; may be empty. */
  readonly note: string;
}

/** What a plan covers of a charge: what was open of it when the plan was proposed. */
export interface PlanPart {
  readonly charge: Key;
  readonly amountCents: Cents;
}

export type PlanState = 'proposed' | 'running' | 'declined' | 'withdrawn' | 'broken' | 'finished' | 'ended';

/** The plan that a lease has, or the last one that it had. */
export interface Plan {
  readonly key: Key;
  readonly state: PlanState;
  readonly proposedOn: Day;
  readonly acceptedOn?: Day;
  /** Declined, withdrawn, broken, finished or ended. */
  readonly closedOn?: Day;
  readonly terms: PlanTerms;
  readonly parts: readonly PlanPart[];
  /** Credits that lay on what it covers before it was proposed: later ones lower the last instalments. */
  readonly creditedCents: Cents;
  /** Days of the instalments that were missed, those paid afterwards included. */
  readonly missed: readonly Day[];
  /** Rows of the journal about it, its first one included: the next one is named by it. */
  readonly steps: number;
}

/** Days on which late fees on a charge rest: from one on, and before the other. */
export interface FeeRest {
  readonly from: Day;
  readonly until?: Day;
}
