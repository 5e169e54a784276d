/** The wizard's captions and good news: how far a step is, fee terms, the law of a place. Refusals stand where they arise. */
import type { FeePolicy } from '../../../domain/book';
import { feeWords, graceWords } from '../../../domain/fee-words';
import type { Law } from '../../../domain/law';
import { lawWords } from '../../../domain/law';
import type { Currency, Day } from '../../../domain/values';
import type { SetupStep } from '../setup';

export const STEPS: readonly SetupStep[] = ['choose', 'leases', 'facts', 'connect', 'messages', 'dry run'];

/** `1 lease`, `12 leases`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What the steps are told by. */
export interface Facts {
  readonly setUp: boolean;
  readonly leases: number;
  readonly problems: number;
  readonly properties: number;
  readonly complete: number;
  readonly connected: readonly string[];
  readonly reminders: boolean;
  readonly ticked: ReadonlySet<SetupStep>;
}

/** How far a step is, in a few words. */
export function stepTold(step: SetupStep, facts: Facts): string {
  switch (step) {
    case 'choose':
      return facts.setUp ? 'The tabs are made' : 'Use this sheet, or look at the demo first';
    case 'leases': {
      const wrong = facts.problems > 0 ? `, ${counted(facts.problems, 'cell')} to mend` : '';
      return facts.leases > 0 ? `${counted(facts.leases, 'lease')}${wrong}` : `No lease yet${wrong}`;
    }
    case 'facts':
      return facts.properties === 0
        ? 'No property yet'
        : `${facts.complete} of ${counted(facts.properties, 'property', 'properties')} complete`;
    case 'connect':
      return facts.connected.length > 0
        ? facts.connected.join(', ')
        : 'Nothing is connected: payments are typed in or imported';
    case 'messages':
      return facts.reminders || facts.ticked.has(step) ? 'Looked at' : 'Look at each message, and send one to yourself';
    case 'dry run':
      return facts.reminders ? 'Reminders are on' : facts.ticked.has(step) ? 'Looked at' : 'Nothing leaves in it';
  }
}

/** `5 full days: rent due on the 1st can carry a fee from the 7th; late fee 50.00, at most 100.00`. */
export function termsText(fees: FeePolicy, currency: Currency, exampleDue: Day): string {
  const returned = fees.returnedCents > 0 ? `; a returned payment costs ${feeOf(fees.returnedCents, currency)}` : '';
  if (!fees.late) return `No late fee is agreed${returned}`;
  const cap = fees.cap ? `, at most ${feeWords(fees.cap, currency)}` : '';
  return `${graceWords(fees.grace, exampleDue)}; late fee ${feeWords(fees.late, currency)}${cap}${returned}`;
}

const feeOf = (amountCents: FeePolicy['returnedCents'], currency: Currency) =>
  `${feeWords({ kind: 'flat', amountCents }, currency)} ${currency}`;

/** The rule of a place with its source, and how far it was checked. */
export function lawText(law: Law | undefined): string {
  if (!law) return '';
  const trust = law.verified ? 'Verified: its text or an official page was read.' : 'Not verified.';
  const since = law.effective ? ` In force since ${law.effective}.` : '';
  const note = law.note ? ` ${law.note}` : '';
  return `${lawWords(law)} Source: ${law.source}. ${trust}${since}${note}`;
}

/** What came of a click that did what it was to do. */
export const GOOD = {
  stepDone: (step: SetupStep) => `Step "${step}" is done.`,
  same: 'Nothing was different.',
  demoThere: (house: string) => `The demo is there: ${house} with six leases. Nothing can be sent for it.`,
  demoGone: 'The demo is gone.',
  demoKept: (rows: number) =>
    ` What the Ledger holds of it stays, and ${counted(rows, 'new row')} bring it to nothing.`,
  remindersOn: 'Reminders are on: residents are written to.',
  remindersOff: 'Reminders are off: no resident is written to.',
  clockOn: 'The clock runs: every ten minutes and every hour.',
  clockOff: 'The clock is off: nothing runs by itself.',
  linksClosed: 'Every link to a resident’s page that was sent before is worthless now.',
  testSent: (to: string) => `The test was sent to ${to}.`,
  offered: (to: string) => `The ledger is offered to ${to}, who takes it over in the sidebar.`,
  offerBack: 'The offer to hand over is taken back.',
  left: (mail: string, to: string) => `The clock and the keys of ${mail} are removed. ${to} runs this ledger.`,
} as const;
