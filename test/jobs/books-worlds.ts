/** Worlds whose books are kept in QuickBooks and Xero too, and what stands in those books. */
import { chapter as quickbooks } from '../../local/story/money/quickbooks';
import { chapter as xero } from '../../local/story/money/xero';
import { stageOf } from '../../local/story/stage';
import type { QuickbooksState } from '../../local/vendors/quickbooks';
import type { Sandbox } from '../../local/vendors/sandbox';
import type { XeroState } from '../../local/vendors/xero';
import { dueOf, totalOf } from '../../local/vendors/xero/state';
import { askApi, bookOf, ELM, leapTo, leaseOf, MINUTE, type Row, smallWorld, tabOf, type World } from '../worlds';

export const BOOKS = ['quickbooks', 'xero'] as const;

/** The first of December at nine: both are connected, and the rents of that day are there. */
export function withBooks(vendors: readonly Sandbox[], properties: readonly Row[] = [ELM]): World {
  const leases = [leaseOf('L-1'), leaseOf('L-2')];
  const world = smallWorld({ on: '2026-12-01', leases, settings: { 'Quiet hours': 'none' }, vendors, properties });
  for (const chapter of [quickbooks, xero]) chapter.connect(stageOf(world, chapter.platform, '2026-12-01'));
  leapTo(world, world.now + 2 * MINUTE);
  return world;
}

export const quickbooksOf = (world: World) => world.vendorState<QuickbooksState>('quickbooks');
export const xeroOf = (world: World) => world.vendorState<XeroState>('xero');
export const tenantOf = (world: World) => {
  const [tenant] = xeroOf(world).tenants;
  if (!tenant) throw new Error('Xero has no organisation');
  return tenant;
};

let asked = 0;
/** A click of the owner; throws when it is refused. */
export function click<T = { readonly says: string }>(world: World, name: string, args: object): T {
  const told = askApi<T & { readonly refused?: string }>(world, name, [{ request: `click-${++asked}-books`, ...args }]);
  if (told.refused) throw new Error(`${name}: ${told.refused}`);
  return told;
}

export const record = (world: World, lease: string, amount: string, reference: string) =>
  click(world, 'recordOne', { lease, amount, method: 'check', reference });

export function act(world: World, what: object): void {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = askApi<{ version: string; typeAmount?: string }>(world, 'preview', [{ act: wanted }]);
  click(world, 'apply', { act: wanted, before: { version }, ...(typeAmount ? { typed: typeAmount } : {}) });
}

export const pauseBooks = (world: World, paused: boolean) => {
  for (const platform of BOOKS) click(world, 'pausePlatform', { platform, paused });
};

export const deliverNow = (world: World) => askApi(world, 'deliver');
export const pollNow = (world: World) => world.run('poll', [], { trigger: 'time' });

/** The number of a lease's rent invoice, from the wish in the Outbox. */
export function rentNumber(world: World, lease: string): string {
  const row = bookOf(world).outbox.find((each) => each.kind === 'invoice' && each.lease === lease);
  const number = /RL-[0-9A-Z]{10}/.exec(row?.key ?? '')?.[0];
  if (!number) throw new Error(`no invoice was wanted for ${lease}`);
  return number;
}

export const connectionOf = (world: World, platform: string) =>
  tabOf(world, 'Connections').find(({ Platform }) => Platform === platform);

export interface Kept {
  readonly invoices: readonly string[];
  readonly payments: readonly string[];
  readonly credits: readonly string[];
}

const money = (cents: number): string => (cents / 100).toFixed(2);

/** What QuickBooks holds: `number amount`, and of an invoice what is open; what was voided is gone. */
function quickbooksKept(world: World): Kept {
  const { Invoice, Payment, CreditMemo } = quickbooksOf(world).objects;
  const standing = Object.values(Payment).filter((each) => (each.TotalAmt ?? 0) > 0);
  return {
    invoices: Object.values(Invoice).map(
      (each) => `${each.DocNumber} ${each.TotalAmt?.toFixed(2)}, ${Number(each.Balance).toFixed(2)} open`,
    ),
    payments: standing.map((each) => `${each.PaymentRefNum} ${each.TotalAmt?.toFixed(2)}`),
    credits: Object.values(CreditMemo).map((each) => `${each.DocNumber} ${each.TotalAmt?.toFixed(2)}`),
  };
}

function xeroKept(world: World): Kept {
  const { invoices, payments, creditNotes } = tenantOf(world);
  return {
    invoices: invoices.map((each) => `${each.number} ${money(totalOf(each))}, ${money(dueOf(each))} open`),
    payments: payments
      .filter(({ status }) => status === 'AUTHORISED')
      .map((each) => `${each.reference} ${money(each.cents)}`),
    credits: creditNotes.map((each) => `${each.number} ${money(totalOf(each))}`),
  };
}

const sorted = ({ invoices, payments, credits }: Kept): Kept => ({
  invoices: [...invoices].sort(),
  payments: [...payments].sort(),
  credits: [...credits].sort(),
});

export const kept = (world: World): Readonly<Record<(typeof BOOKS)[number], Kept>> => ({
  quickbooks: sorted(quickbooksKept(world)),
  xero: sorted(xeroKept(world)),
});

export const waitingIn = (world: World) => bookOf(world).outbox.filter(({ state }) => state === 'ready');
