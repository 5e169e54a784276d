/** An event as it is posted: the words of docs/azure/events.schema.json, with nobody's name in it. */
import { decimal } from '../../domain/money';
import type { RentEvent } from '../../domain/status';

/** The version of the schema. */
const VERSION = 1;

/** What has no value is left out: a trigger that checks its schema takes null for no text. */
export const bodyFor = (event: RentEvent): Readonly<Record<string, unknown>> => ({
  version: VERSION,
  id: event.id,
  type: event.type,
  at: new Date(event.at).toISOString(),
  property: event.property,
  lease: event.lease,
  unit: event.unit,
  currency: event.currency,
  amount: decimal(event.amountCents, event.currency),
  balance: decimal(event.balanceCents, event.currency),
  standing: event.standing,
  daysLate: event.daysLate,
  ...(event.rung === '' ? {} : { rung: event.rung }),
  ...(event.ref === '' ? {} : { ref: event.ref }),
});
