/** What a processor is asked to do for a lease besides a single charge: a pay link, a subscription, a saved method, an invoice. */

import { type Account, upcomingRent } from './account';
import type { Frequency, Intent } from './book';
import { invoiceNumber } from './books';
import type { Link } from './matching';
import { decimal, sum } from './money';
import { rowsOfLease } from './run-book';
import { demandedOn } from './standing';
import { type Cents, type Currency, type Day, type Key, key, type LeaseId } from './values';
import { sendFrom, URGENCY } from './wishes';

/** What a document says of a lease, and who signs it. */
export interface LeaseTerms {
  /** Everybody on the lease with the mail address in the same place; '' where there are fewer addresses than names. */
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly start: Day;
  readonly end: Day | '';
  readonly rentCents: Cents;
  readonly depositCents: Cents;
  /** Date of the month, or weekday, on which rent falls due. */
  readonly dueDay: number;
  readonly address: string;
  readonly manager: string;
}

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
  /** The envelope that is out for signature. */
  readonly document?: string;
  /** What the manager wrote with it. */
  readonly note?: string;
  /** For documents. */
  readonly terms?: LeaseTerms;
  /** The number of the charge's invoice, where it is about one charge. */
  readonly number?: string;
  /** The charges that are open now, where it is about them. */
  readonly charges?: readonly Key[];
}

/** For platforms that make documents. */
export const termsFor = ({ lease, property }: Account): LeaseTerms => ({
  people: peopleOf(lease),
  start: lease.start,
  end: lease.end ?? '',
  rentCents: lease.rentCents,
  depositCents: lease.depositCents,
  dueDay: lease.dueDay,
  address: property.address,
  manager: property.managerEmail,
});

const peopleOf = ({ residents, emails }: Account['lease']): LeaseTerms['people'] =>
  residents
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name, at) => ({ name, email: emails[at] ?? '' }));

/** The payload for a lease: what is open now, or the rent of its next period; of `none` the amount is that rent too. */
export function leaseOffer(account: Account, amount: 'open balance' | 'rent' | 'none', platform: string): LeaseOffer {
  const { lease, property, book, state, today } = account;
  const next = upcomingRent(account);
  const open = sum(demandedOn(state, today).map((charge) => charge.openCents));
  const amountCents = amount === 'open balance' ? open : (next?.amountCents ?? lease.rentCents);
  const links = rowsOfLease(book.links, lease.id).filter((link) => link.platform === platform);
  const linked = (kind: Link['kind']) => links.find((link) => link.kind === kind)?.externalId;
  const [customer, autopay, document] = [linked('customer'), linked('autopay'), linked('document')];
  const [email] = lease.emails;
  const oldest = demandedOn(state, today)[0];
  return {
    leaseId: lease.id,
    amountCents,
    currency: property.currency,
    description: `Rent, ${property.name} ${lease.unit}`.trim(),
    property: property.name,
    unit: lease.unit,
    name: lease.residents || lease.id,
    frequency: lease.frequency,
    due: (amount === 'open balance' ? oldest?.due : next?.due) ?? today,
    successUrl: book.settings.payReturnTo,
    ...(document ? { document } : {}),
    ...(email ? { email } : {}),
    ...(lease.phone ? { phone: lease.phone } : {}),
    ...(lease.end ? { end: lease.end } : {}),
    ...(customer ? { customer } : {}),
    ...(autopay ? { autopay } : {}),
    ...(amount === 'open balance' && oldest
      ? { number: invoiceNumber(oldest.key), charges: demandedOn(state, today).map((charge) => charge.key) }
      : {}),
  };
}

/** The address of a page in an effect's reference, which may stand after the vendor's id. */
export const pageIn = (ref: string): string => /https:\/\/\S+$/.exec(ref)?.[0] ?? '';

/** Plaid moves dollars by debit only, so it makes pages for these alone; the others take all currencies. */
export const PAGES_IN: Readonly<Record<string, readonly string[]>> = { plaid: ['GBP', 'EUR'] };

/** Whether the platform that makes pay links can make one in the currency of the lease. */
export const canLinkIn = ({ book, property }: Pick<Account, 'book' | 'property'>): boolean =>
  PAGES_IN[book.settings.payLinksBy]?.includes(property.currency) ?? true;

/** Square's links cannot be closed again and its invoices can: an invoice that is shown and not mailed is its page. */
export const pageKindAt = (platform: string): 'invoice' | 'payLink' => (platform === 'square' ? 'invoice' : 'payLink');

/** Square would charge a saved method, and cancel the other invoices under the number of a charge. */
function shownAt(platform: string, offer: LeaseOffer): LeaseOffer {
  if (platform !== 'square') return offer;
  const { autopay: _autopay, number: _number, ...rest } = offer;
  return rest;
}

/** A page at the processor to pay what is unpaid; made just before the message that carries its address. */
export function payLinkFor(account: Account, name: string, amountCents: Cents, returnTo: string): Intent {
  const { lease, property, book, run, state, today } = account;
  const platform = book.settings.payLinksBy;
  const offer = leaseOffer(account, 'open balance', platform);
  return {
    key: key(`paylink:${name}`),
    channel: platform,
    kind: pageKindAt(platform),
    lease: lease.id,
    property: property.name,
    to: offer.customer ?? offer.email ?? '',
    subject: `Pay link for ${decimal(amountCents, property.currency)} ${property.currency}`,
    payload: {
      ...shownAt(platform, offer),
      amountCents,
      successUrl: returnTo,
      ...(platform === 'square' ? { shown: true } : {}),
    },
    notBefore: sendFrom(run.now, property.zone, book.settings),
    waitsForRelease: false,
    because: { rule: 'unpaid', charges: demandedOn(state, today).map((charge) => charge.key) },
    urgency: URGENCY.collect,
  };
}

/** What a manager asks a platform for on a lease's screen. It is no message to the resident, so quiet hours do not hold it. */
export function offerIntent(
  account: Account,
  asked: { readonly request: string; readonly platform: string; readonly kind: string; readonly title: string },
  offer: LeaseOffer,
): Intent {
  const { lease, property, run } = account;
  return {
    key: key(`offer:${asked.platform}:${asked.kind}:${lease.id}:${asked.request}`),
    channel: asked.platform,
    kind: asked.kind,
    lease: lease.id,
    property: property.name,
    to: offer.email ?? lease.id,
    subject: asked.title,
    payload: { ...offer },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.collect,
  };
}
