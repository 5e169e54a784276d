/** What a processor is asked to do for a lease besides a single charge: a pay link, a subscription, a saved method, an invoice. */
import type { Frequency } from './book';
import type { Cents, Currency, Day, LeaseId } from './values';

/** The payload of every effect that is offered for a lease; each processor takes from it what it needs. */
export interface LeaseOffer {
  readonly leaseId: LeaseId;
  readonly amountCents: Cents;
  readonly currency: Currency;
  /** Property and unit, and what is paid for. */
  readonly description: string;
  readonly property: string;
  readonly unit: string;
  /** The residents' names. */
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly frequency: Frequency;
  /** The next date on which rent falls due: recurring payments begin with it. */
  readonly due: Day;
  readonly end?: Day;
  /** Where the processor's page leads back to. */
  readonly successUrl: string;
  /** The lease's ids at this processor, from the Links tab. */
  readonly customer?: string;
  readonly autopay?: string;
  /** The number of the charge's invoice, where it is about one charge. */
  readonly number?: string;
}
