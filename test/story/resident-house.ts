/** The house of a resident's story: one lease, Stripe and PayPal connected, and what she and the manager do there, in one world. */
import type { PaypalState } from '../../local/vendors/paypal/state';
import { approvePaypalOrder, payCheckout } from '../../local/vendors/people';
import type { StripeState } from '../../local/vendors/stripe/state';
import type { LeaseView } from '../../src/api/desk/lease';
import type { Act } from '../../src/api/desk/override';
import { applied, call, MEG } from '../api/desk-acts-world';
import { connectPaypal } from '../jobs/autopay-world';
import { ELM, leapTo, leaseOf, MINUTE, type Row, smallWorld } from '../worlds';
import { type Clicked, click, newsOf, openPage, sectionOf } from './resident-life';

export const FEE = 'fee:rent:L-1:2026-11';
export const HER = 'resident l…@example.com';

export const WHY = 'I paid on the fifth, my bank shows it.';
export const NO = 'The bank shows it on the seventh.';
export const WISH = 'I lost some hours, could I pay in three parts?';

export const world = smallWorld({
  on: '2026-10-28',
  properties: [{ ...ELM, 'Pay by': 'stripe' }],
  leases: [leaseOf('L-1', { Start: '2026-11-01' })],
  settings: { 'Quiet hours': 'none', Reminders: 'on', Managers: MEG },
});
connectPaypal(world);

export const news = newsOf(world);
news();
export const nothing = { mails: [], ledger: [], log: [] };

/** The words of these sections of her page, as it is now. */
export const page = (...sections: readonly string[]): readonly string[] => {
  const html = openPage(world);
  return sections.map((id) => sectionOf(html, id));
};

/** All that she has sent. */
export const clicks: Clicked[] = [];

export function clicked(act: string, typed: Row = {}, hidden: Row = {}): Clicked {
  const done = click(world, openPage(world), act, typed, hidden);
  clicks.push(done);
  return done;
}

/** She pays on Stripe's own page; gives what that says. */
export const payAtStripe = ({ url }: Clicked, method: string): string =>
  payCheckout(world.vendorState<StripeState>('stripe'), /cs_test_\w+/.exec(url)?.[0] ?? '', method, world.now);

/** She agrees on PayPal's own page. */
export const approveAtPaypal = ({ url }: Clicked): void =>
  approvePaypalOrder(world.vendorState<PaypalState>('paypal'), /token=(\w+)/.exec(url)?.[1] ?? '', world.now);

/** She is led back to her page, and the minutes of one poll pass. */
export function comesBack(minutes = 2): void {
  openPage(world, { view: 'paid' });
  world.advanceTo(world.now + minutes * MINUTE);
}

export const aWhile = (): void => leapTo(world, world.now + 20 * MINUTE);

const PLAN: Act = {
  kind: 'plan propose',
  lease: 'L-1',
  reason: 'agreed on the phone',
  charges: ['rent:L-1:2026-11', FEE],
  instalments: [
    { due: '2026-11-16', amount: '350.00' },
    { due: '2026-11-20', amount: '350.00' },
    { due: '2026-11-27', amount: '350.00' },
  ],
  feesPaused: true,
  graceDays: 2,
  missedAllowed: 0,
  agreed: 'on the page',
  note: 'Thank you for asking early.',
};

/** The manager sees the plan's preview and proposes it. */
export const propose = (): void => void applied(world, 'propose-00001', PLAN, { user: MEG });

/** The manager refuses what the resident asks for, as it stands first on the lease's screen. */
export function managerRefuses(): void {
  const about = call<LeaseView>(world, 'lease', { lease: 'L-1' }, MEG).requests[0]?.key ?? '';
  call(world, 'answerRequest', { request: 'answer-000001', about, as: 'refused', answer: NO }, MEG);
}

/** The figures of the file of a period, line by line. */
export function fileOf(period: Row): { readonly amounts: readonly number[]; readonly balances: readonly string[] } {
  const [, ...lines] = openPage(world, { show: 'csv', ...period })
    .trim()
    .split(/\r?\n/);
  const figures = lines.map((line) => line.split(',').slice(-2));
  return {
    amounts: figures.flatMap(([amount]) => (amount === '""' ? [] : [Number(amount)])),
    balances: figures.map(([, balance = '']) => balance),
  };
}
