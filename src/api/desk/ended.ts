/** How an effect ended that a person has just asked for and waits to see. */
import type { OutboxRow } from '../../domain/book';
import type { Refusal } from './told';

/**
 * Why it came to nothing, or undefined while nothing is known against it. One that failed is over; one of which nobody knows may have
 * happened, and the same request must not do it twice.
 */
export function cameToNothing(row: OutboxRow | undefined): Refusal | undefined {
  if (row?.state === 'failed') return { refused: row.fault, over: true };
  return row?.state === 'unsure' ? { refused: row.fault } : undefined;
}
