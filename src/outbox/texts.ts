/** Moments in words for messages. */
import { clockText } from '../domain/calendar';
import type { RunBook } from '../domain/run-book';
import type { Instant, PropertyName } from '../domain/values';

/** `2026-12-06 08:00 (America/New_York)` by the property's clock. */
export function asInstantText(at: Instant, book: RunBook, property: PropertyName | undefined): string {
  const zone = (property && book.properties.get(property)?.zone) ?? book.settings.zone;
  return `${clockText(at, zone)} (${zone})`;
}
