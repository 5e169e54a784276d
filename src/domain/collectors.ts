/** Who collects the rent of a lease: the processor that its `autopay` row on the Links tab names, and what it takes for one charge. */
import type { Account } from './account';
import type { OpenCharge, OutboxRow } from './book';
import { invoiceNumber } from './books';
import type { Link } from './matching';
import { decimal, sum } from './money';
import type { Rail } from './retries';
import { rowsOfLease } from './run-book';
import type { Key } from './values';

/** Processors that collect from what a resident has saved or agreed to. PayPal does so by itself: nothing is sent for a charge. */
export const COLLECTORS = ['stripe', 'plaid', 'square', 'paypal'] as const;
export type Collector = (typeof COLLECTORS)[number];

/** The effect by which each collects a charge. */
const KINDS = { stripe: 'charge', plaid: 'transfer', square: 'invoice' } as const;
type Charging = keyof typeof KINDS;

/** What one charge is collected with. */
export interface Method {
  readonly platform: Charging;
  readonly kind: (typeof KINDS)[Charging];
  readonly to: string;
  /** The processor tries again by itself, and for as long as it likes: no second attempt is ours. */
  readonly triesItself: boolean;
  /** What its effect takes beside amount, currency and lease. */
  readonly takes: (charges: readonly OpenCharge[], of: Key, presented: number) => Readonly<Record<string, unknown>>;
}

export const AUTOPAY = 'autopay:';

/** An effect that collects a charge by itself, whichever processor it goes to. */
export const isAutopay = (row: Pick<OutboxRow, 'key' | 'kind'>): boolean =>
  row.key.startsWith(AUTOPAY) && Object.values<string>(KINDS).includes(row.kind);

/** Its failures are those of cards or of bank debits; one of Square is Square's own business. */
export const railOf = ({ channel, payload }: Pick<OutboxRow, 'channel' | 'payload'>): Rail =>
  channel === 'plaid' || payload.methodType === 'us_bank_account' ? 'ach' : 'card';

/** The `autopay` rows of a lease at processors, in the order of the tab. Books that bill by themselves collect nothing. */
export const autopayLinks = ({ book, lease }: Pick<Account, 'book' | 'lease'>): readonly Link[] =>
  rowsOfLease(book.links, lease.id).filter(
    (link) => link.kind === 'autopay' && COLLECTORS.some((each) => each === link.platform),
  );

/**
 * One processor only: a lease with a PayPal subscription is left to PayPal, and of several others the row that was added last
 * decides. Undefined where nothing can be charged.
 */
export function methodOf(account: Account): Method | undefined {
  const links = autopayLinks(account);
  if (links.some((link) => link.platform === 'paypal')) return undefined;
  return links
    .map((link) => methodBy(account, link))
    .filter((method) => method !== undefined)
    .pop();
}

function methodBy(account: Account, { platform, externalId }: Link): Method | undefined {
  const { book, lease, property } = account;
  const customer = rowsOfLease(book.links, lease.id).find(
    (link) => link.platform === platform && link.kind === 'customer',
  )?.externalId;
  switch (platform) {
    case 'stripe':
      return customer ? byStripe(customer, externalId) : undefined;
    case 'plaid':
      // A linked bank is debited by ACH, which moves dollars only.
      return property.currency === 'USD' ? byPlaid(account, externalId) : undefined;
    default:
      return bySquare(account, externalId, customer);
  }
}

function byStripe(customer: string, externalId: string): Method {
  return {
    platform: 'stripe',
    kind: KINDS.stripe,
    to: customer,
    triesItself: false,
    takes: (charges) => ({
      description: charges
        .map((charge) => charge.key)
        .join(', ')
        .slice(0, 300),
      customer,
      ...savedMethod(externalId),
    }),
  };
}

/** A link holds `pm_123`, or `us_bank_account pm_123` for a bank account: the id alone does not tell which it is. */
function savedMethod(externalId: string) {
  const [first = '', second] = externalId.trim().split(/[\s:]+/);
  const bank = /bank/i.test(externalId);
  return { paymentMethod: second ?? first, methodType: bank ? 'us_bank_account' : 'card' };
}

/** A debit that the bank has returned is named as what it is when it is presented again. */
function byPlaid({ lease }: Account, autopay: string): Method {
  const [email] = lease.emails;
  return {
    platform: 'plaid',
    kind: KINDS.plaid,
    to: lease.residents || lease.id,
    triesItself: false,
    takes: (_, __, presented) => ({
      description: 'Rent',
      name: lease.residents || lease.id,
      ...(email ? { email } : {}),
      autopay,
      ...(presented > 0 ? { retry: presented } : {}),
    }),
  };
}

/** Square mails the invoice at once and charges the saved card on its due date. */
function bySquare({ lease, property, today }: Account, autopay: string, customer: string | undefined): Method {
  const [email] = lease.emails;
  return {
    platform: 'square',
    kind: KINDS.square,
    to: email ?? lease.id,
    triesItself: true,
    takes: (charges, of) => ({
      description: `Rent, ${property.name} ${lease.unit}`.trim(),
      name: lease.residents || lease.id,
      ...(email ? { email } : {}),
      ...(customer ? { customer } : {}),
      autopay,
      number: invoiceNumber(of),
      due: charges.map((charge) => charge.due).sort()[0] ?? today,
    }),
  };
}

/** `Autopay 1000.00 USD, attempt 2` */
export function subjectOf({ property }: Account, charges: readonly OpenCharge[], attempt: number): string {
  const amount = decimal(sum(charges.map((charge) => charge.openCents)), property.currency);
  return `Autopay ${amount} ${property.currency}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}
