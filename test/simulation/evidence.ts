/** What the checks look at: the exported book, lease by lease, and the payment platform's own account. */
import { askApi } from '../../local/cli/api';
import type { StripeObject, StripeState } from '../../local/vendors/stripe/state';
import { type DayText, wallClock } from './days';
import type { ModelLease, ModelProperty } from './model';
import type { Lived } from './simulation';

export interface EntryJson {
  readonly key: string;
  readonly day: DayText;
  readonly lease: string;
  readonly kind: string;
  readonly type: string;
  readonly due: DayText | null;
  readonly from: DayText | null;
  readonly until: DayText | null;
  readonly about: string | null;
  readonly amount: string;
  readonly postedAt: string;
}

export interface BookJson {
  readonly leases: readonly { readonly id: string; readonly balance: string; readonly pending: string }[];
  readonly entries: readonly EntryJson[];
  readonly receipts: readonly {
    readonly key: string;
    readonly id: string;
    readonly lease: string | null;
    readonly state: string;
  }[];
  readonly outbox: readonly {
    readonly key: string;
    readonly state: string;
    readonly notBefore: string;
    readonly fault: string;
  }[];
  readonly tasks: readonly { readonly key: string }[];
  readonly problems: readonly string[];
}

/** One lease with everything that was written about it. */
export interface Case {
  readonly lived: Lived;
  readonly lease: ModelLease;
  readonly property: ModelProperty;
  readonly entries: readonly EntryJson[];
  readonly today: DayText;
  readonly book: BookJson;
}

export const readBook = ({ world }: Lived): BookJson => askApi<BookJson>(world, 'exportBook');

export const minor = (text: string, currency: string): number =>
  Math.round(Number(text) * (currency === 'JPY' ? 1 : 100));
export const total = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);

export function casesOf(lived: Lived, book: BookJson): Case[] {
  const { plan, past, world } = lived;
  return plan.leases.map((planned) => {
    const property = plan.properties.find((each) => each.name === planned.property) as ModelProperty;
    const end = past.ends.get(planned.id) ?? planned.end;
    const lease = end === undefined ? planned : { ...planned, end };
    const entries = book.entries.filter((entry) => entry.lease === lease.id);
    return { lived, lease, property, entries, book, today: wallClock(world.now, property.zone).day };
  });
}

export const moneyOf = ({ property }: Case, entry: EntryJson): number => minor(entry.amount, property.currency);

/** The rent that stood in the cell when a period's charge was written; what stands there now for one still to come. */
export function cellAt({ lived, lease, entries }: Case): (from: DayText) => number {
  const edits = lived.past.rents.filter((edit) => edit.lease === lease.id);
  return (from) => {
    const posted = entries.find(
      (entry) => entry.kind === 'charge' && entry.type === 'rent' && entry.about === null && entry.from === from,
    );
    const atMs = posted === undefined ? Number.POSITIVE_INFINITY : Date.parse(posted.postedAt);
    return edits.filter((edit) => edit.atMs <= atMs).at(-1)?.rentCents ?? lease.rentCents;
  };
}

export interface Truth {
  readonly id: string;
  readonly lease: string | undefined;
  readonly atMs: number;
  readonly status: 'settled' | 'pending' | 'failed' | 'nothing';
  readonly amountCents: number;
  readonly reversals: readonly { readonly atMs: number; readonly amountCents: number; readonly takes: boolean }[];
}

/** The platform's own view of every payment, read from its account and not from our books. */
export function truthOf({ world, plan }: Lived): Truth[] {
  const { objects } = world.vendorState<StripeState>('stripe');
  const all = (kind: string): StripeObject[] => Object.values(objects[kind] ?? {});
  const owner = new Map(plan.leases.map((lease) => [lease.email, lease.id]));
  const customers = new Map(plan.links.map((link) => [link.id, link.lease]));
  return all('payment_intent').map((intent) => {
    const charge = objects.charge?.[String(intent.latest_charge)];
    const lease =
      intent.metadata?.lease_id ?? customers.get(String(intent.customer)) ?? owner.get(String(intent.receipt_email));
    const refunds = all('refund').filter(
      (each) => each.payment_intent === intent.id && !['failed', 'canceled'].includes(String(each.status)),
    );
    const disputes = all('dispute').filter((each) => each.payment_intent === intent.id);
    return {
      id: intent.id,
      lease,
      atMs: Number(charge?.created ?? intent.created) * 1000,
      status: statusOf(intent),
      amountCents: Number(intent.amount),
      reversals: [...refunds, ...disputes].map((each) => ({
        atMs: each.created * 1000,
        amountCents: Number(each.amount),
        takes: each.status !== 'won',
      })),
    };
  });
}

export function statusOf(intent: StripeObject): Truth['status'] {
  if (intent.status === 'succeeded') return 'settled';
  if (intent.status === 'processing') return 'pending';
  return intent.last_payment_error || intent.status === 'canceled' ? 'failed' : 'nothing';
}
