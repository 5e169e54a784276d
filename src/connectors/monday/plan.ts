/** What a plan of Monday.com bears in a day, and how the mirror is told and read so that it fits. */
import type { Account } from '../connector';

interface Plan {
  readonly perDay: number;
  /** Minutes that figures alone wait, so that many leases are told in one call. */
  readonly figures: number;
  /** Minutes from one reading of people's changes to the next. */
  readonly reads: number;
}

const SMALLEST: Plan = { perDay: 200, figures: 240, reads: 480 };

const PLANS: Readonly<Record<string, Plan>> = {
  basic: { perDay: 1000, figures: 60, reads: 60 },
  standard: { perDay: 1000, figures: 60, reads: 60 },
  pro: { perDay: 10_000, figures: 0, reads: 0 },
  enterprise: { perDay: 25_000, figures: 0, reads: 0 },
};

/** A trial, a free account, and a plan of which nobody has told us: what the smallest one bears does no harm. */
const planOf = ({ PLAN = '' }: Account): Plan => PLANS[PLAN] ?? SMALLEST;

export const perDay = (account: Account): number => planOf(account).perDay;
export const figuresEveryMinutes = (account: Account): number => planOf(account).figures;
export const everyMinutes = (account: Account): number => planOf(account).reads;
