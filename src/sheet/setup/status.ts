/** How a lease's standing reads in the Rent Roll: an icon, then a word, then a tone, so that colour is never alone. */
import type { StandingWord } from '../../domain/standing';
import type { ToneName } from './colours';

interface StatusLook {
  readonly icon: string;
  readonly word: string;
  readonly tone: ToneName;
}

/** Every standing that the Rent Roll can show. Icons are unique: the colour rules look at the icon alone. */
export const STATUS_LOOKS = {
  paid: { icon: '✓', word: 'Paid', tone: 'good' },
  partial: { icon: '◐', word: 'Partial', tone: 'due' },
  grace: { icon: '◔', word: 'Grace', tone: 'due' },
  due: { icon: '●', word: 'Due today', tone: 'due' },
  late: { icon: '▲', word: 'Late', tone: 'late' },
  processing: { icon: '↻', word: 'Processing', tone: 'processing' },
  hold: { icon: '‖', word: 'Hold', tone: 'resting' },
  plan: { icon: '⇄', word: 'Plan', tone: 'agreed' },
  disputed: { icon: '⚑', word: 'Disputed', tone: 'agreed' },
  notice: { icon: '⚖', word: 'Notice', tone: 'late' },
} as const satisfies Readonly<Record<StandingWord, StatusLook>>;

/**
 * The Status cell of a lease: `✓ Paid`, `▲ Late 6 days`. Days late are whole days from the oldest unpaid due date and
 * are said only where they are the point (`late`).
 */
export function statusText(standing: StandingWord, daysLate: number): string {
  const { icon, word } = STATUS_LOOKS[standing];
  if (standing !== 'late' || daysLate < 1) return `${icon} ${word}`;
  return `${icon} ${word} ${daysLate} ${daysLate === 1 ? 'day' : 'days'}`;
}
