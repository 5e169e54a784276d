/** Which lease a payment belongs to: our own reference, a linked customer, then the payer's mail; a doubt waits for a person. */
import type { PaymentSeen } from './book';
import type { Key, LeaseId } from './values';

/** A row of the Links tab that the add-on understands. */
export interface Link {
  readonly row: number;
  readonly lease: LeaseId;
  readonly platform: string;
  readonly kind: 'customer' | 'autopay' | 'payer' | 'document';
  readonly externalId: string;
  /** A person's own words, or which receipt it was remembered with. */
  readonly note?: string;
}

export interface MatchIndex {
  readonly leases: ReadonlyMap<string, LeaseId>;
  readonly byCustomer: ReadonlyMap<string, readonly LeaseId[]>;
  readonly byMail: ReadonlyMap<string, readonly LeaseId[]>;
}

export type Match =
  /** `charge`: the payment names it, and it is paid first. */
  | { readonly lease: LeaseId; readonly reason: string; readonly charge?: Key }
  | { readonly lease?: undefined; readonly reason: string };

const mailKey = (mail: string) => mail.trim().toLowerCase();

/** Built once for a run; `leases` gives each lease with its residents' addresses. */
export function matchIndex(
  leases: readonly { readonly id: LeaseId; readonly emails: readonly string[] }[],
  links: readonly Link[],
): MatchIndex {
  const byCustomer = new Map<string, LeaseId[]>();
  const byMail = new Map<string, LeaseId[]>();
  const add = (map: Map<string, LeaseId[]>, name: string, lease: LeaseId) => {
    const known = map.get(name);
    if (!known) map.set(name, [lease]);
    else if (!known.includes(lease)) known.push(lease);
  };
  for (const lease of leases) for (const mail of lease.emails) add(byMail, mailKey(mail), lease.id);
  for (const link of links) {
    if (link.kind === 'customer') add(byCustomer, `${link.platform}:${link.externalId}`, link.lease);
    if (link.kind === 'payer') add(byMail, mailKey(link.externalId), link.lease);
  }
  return { leases: new Map(leases.map((lease) => [lease.id.toLowerCase(), lease.id])), byCustomer, byMail };
}

/** What can be asked besides the index, when nothing before it has spoken. */
export interface Further {
  billedAs(invoice: string): { readonly lease: LeaseId; readonly charge: Key } | undefined;
  byEvidence(payment: PaymentSeen): Match | undefined;
}

const NOBODY: Further = { billedAs: () => undefined, byEvidence: () => undefined };

/**
 * The first that speaks decides: our own reference, our invoice, a linked customer, a remembered payer, and last all evidence
 * together. What names several leases, or none that exists, waits for a person.
 */
export function matchPayment(index: MatchIndex, payment: PaymentSeen, further: Further = NOBODY): Match {
  const reference = payment.leaseRef?.trim();
  if (reference) {
    const lease = index.leases.get(reference.toLowerCase());
    const named = lease && payment.invoice ? further.billedAs(payment.invoice) : undefined;
    const charge = named?.lease === lease ? named?.charge : undefined;
    if (lease) return { lease, reason: `reference ${lease}`, ...(charge ? { charge } : {}) };
    return {
      reason: `Its reference names lease "${reference}", which is not on the Leases tab. Correct the lease id there, or match it by hand.`,
    };
  }
  const billed = payment.invoice ? further.billedAs(payment.invoice) : undefined;
  if (billed) return { ...billed, reason: `invoice ${payment.invoice}` };
  const customers = payment.customer ? index.byCustomer.get(`${payment.source}:${payment.customer}`) : undefined;
  if (customers) return single(customers, `customer ${payment.customer}`, `Customer ${payment.customer} is linked to`);
  const mails = payment.payerEmail ? index.byMail.get(mailKey(payment.payerEmail)) : undefined;
  if (mails) return single(mails, `payer ${payment.payerEmail}`, `${payment.payerEmail} is the address of`);
  const evident = further.byEvidence(payment);
  if (evident) return evident;
  return {
    reason:
      'No lease reference, no linked customer and no known payer address. Match it by hand, and link the customer on the Links tab.',
  };
}

function single(leases: readonly LeaseId[], reason: string, several: string): Match {
  const [lease] = leases;
  if (lease && leases.length === 1) return { lease, reason };
  return { reason: `${several} several leases (${leases.join(', ')}). Match it by hand.` };
}
