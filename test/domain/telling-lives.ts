/** Months of leases by chance: days come, payments come, fail, go back and are fought over, fees are waived. */
import fc from 'fast-check';
import type { PaymentSeen } from '../../src/domain/book';
import { addDays } from '../../src/domain/calendar';
import { stateIn } from './small-world';
import { type Ear, enter, leaseIn, pay, until } from './telling-world';

const WORDS = [
  'settled',
  'pending',
  'failed',
  'returned',
  'refunded',
  'disputed',
  'won',
  'lost',
  'waive',
  'nothing',
] as const;

interface Step {
  readonly days: number;
  readonly word: (typeof WORDS)[number];
  readonly cents: number;
  /** Which of the leases, and which of their payments. */
  readonly which: number;
}

export type Life = readonly Step[];

export const lives: fc.Arbitrary<Life> = fc.array(
  fc.record<Step>({
    days: fc.integer({ min: 0, max: 9 }),
    word: fc.oneof(
      { weight: 1, arbitrary: fc.constant('settled' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
    ),
    cents: fc.constantFrom(5_000, 40_000, 100_000, 105_000, 210_000),
    which: fc.nat(5),
  }),
  { minLength: 1, maxLength: 14 },
);

/** Each step lets some days come; then something happens. */
export function lived(ear: Ear, life: Life): Ear {
  until(ear, '2026-12-01');
  life.forEach((step, index) => {
    until(ear, addDays(ear.world.today, step.days));
    happens(ear, step, index);
  });
  return ear;
}

function happens(ear: Ear, { word, cents, which }: Step, index: number): void {
  const { leases, payments } = ear.world;
  const lease = leases[which % leases.length]?.id ?? leaseIn(ear).id;
  const known = [...payments.values()].filter((each) => each.state === 'settled');
  const chosen = known[which % Math.max(1, known.length)];
  if (word === 'waive') waiveOne(ear, lease, index);
  else if (word === 'settled' || word === 'pending' || word === 'failed')
    pay(ear, `stripe:p${index} ${lease} ${Math.floor(cents / 100)}.00 ${word}`);
  else if (word !== 'nothing' && chosen) pay(ear, `${chosen.key} ${nextWord(chosen, word)}`);
}

/** A payment goes back once, and only an open dispute is won or lost. */
function nextWord({ reversals }: PaymentSeen, word: string): string {
  const isEnd = word === 'won' || word === 'lost';
  const isOpen = reversals.some(({ reason, state }) => reason === 'disputed' && state === 'open');
  if (isOpen) return isEnd ? word : 'won';
  return reversals.length > 0 || isEnd ? 'settled' : word;
}

function waiveOne(ear: Ear, id: string, index: number): void {
  const lease = leaseIn(ear, id);
  const fee = stateIn(ear.world, lease.id).charges.find((each) => each.type === 'late fee' && each.openCents > 0);
  if (!fee) return;
  const { key: charge, openCents: amountCents, due, type, totalCents: ofCents } = fee;
  const items = [{ charge, amountCents, due, type, ofCents }];
  enter(ear, lease, `waive:${index}`, { kind: 'credit', type: 'waiver', about: charge, amountCents, items });
}
