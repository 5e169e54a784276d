/** How a lease's standing reads in the Rent Roll: an icon, then a word, then a tone, so that colour is never alone. */
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
  'due today': { icon: '●', word: 'Due today', tone: 'due' },
  late: { icon: '▲', word: 'Late', tone: 'late' },
  processing: { icon: '⏳', word: 'Processing', tone: 'processing' },
  hold: { icon: '⏸', word: 'Hold', tone: 'resting' },
  plan: { icon: '🤝', word: 'Plan', tone: 'agreed' },
  disputed: { icon: '⚑', word: 'Disputed', tone: 'agreed' },
  notice: { icon: '⚖', word: 'Notice', tone: 'late' },
  'not due': { icon: '–', word: 'Not due', tone: 'resting' },
} as const satisfies Readonly<Record<string, StatusLook>>;

export type StatusName = keyof typeof STATUS_LOOKS;

/**
 * The Status cell of a lease: `✓ Paid`, `▲ Late 6 days`. Days late are whole days from the oldest unpaid due date and
 * are said only where they are the point (`late`).
 */
export function statusText(standing: StatusName, daysLate: number): string {
  const { icon, word } = STATUS_LOOKS[standing];
  if (standing !== 'late' || daysLate < 1) return `${icon} ${word}`;
  return `${icon} ${word} ${daysLate} ${daysLate === 1 ? 'day' : 'days'}`;
}
