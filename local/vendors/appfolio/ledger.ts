/** What an occupancy owes: charges and receipts in one row of days, the oldest charge paid first. */
import type { AppfolioState, Charge, Occupancy, Receipt } from './state';

export interface Entry {
  readonly id: string;
  readonly number: number;
  readonly kind: 'Charge' | 'Receipt' | 'Reversal';
  readonly occupancyId: string;
  readonly on: string;
  readonly description: string;
  /** Raises what is owed, or lowers it. */
  readonly cents: number;
  readonly tenantId: string | null;
  readonly updatedMs: number;
}

const ofCharge = (charge: Charge): Entry => ({
  id: charge.id,
  number: charge.number,
  kind: 'Charge',
  occupancyId: charge.occupancyId,
  on: charge.chargedOn,
  description: charge.description,
  cents: charge.cents,
  tenantId: null,
  updatedMs: charge.updatedMs,
});

const ofReceipt = (receipt: Receipt): Entry => ({
  id: receipt.id,
  number: receipt.number,
  kind: receipt.reverses === null ? 'Receipt' : 'Reversal',
  occupancyId: receipt.occupancyId,
  on: receipt.receivedOn,
  description: receipt.remarks,
  cents: -receipt.cents,
  tenantId: receipt.tenantId,
  updatedMs: receipt.updatedMs,
});

/** All entries, oldest day first. */
export function entriesOf(state: AppfolioState, occupancyId?: string): Entry[] {
  const all = [...state.charges.map(ofCharge), ...state.receipts.map(ofReceipt)];
  const own = occupancyId === undefined ? all : all.filter((entry) => entry.occupancyId === occupancyId);
  return own.sort((a, b) => (a.on === b.on ? a.number - b.number : a.on < b.on ? -1 : 1));
}

/** What is still open of each charge up to that day, oldest first; what was paid ahead is in none. */
export function openCharges(
  state: AppfolioState,
  occupancy: Occupancy,
  until: string,
): (Charge & { openCents: number })[] {
  const charges = state.charges
    .filter((charge) => charge.occupancyId === occupancy.id && charge.chargedOn <= until)
    .sort((a, b) => (a.chargedOn === b.chargedOn ? a.number - b.number : a.chargedOn < b.chargedOn ? -1 : 1));
  let paid = state.receipts
    .filter((receipt) => receipt.occupancyId === occupancy.id && receipt.receivedOn <= until)
    .reduce((sum, receipt) => sum + receipt.cents, 0);
  const open = charges.map((charge) => {
    const taken = Math.min(Math.max(paid, 0), charge.cents);
    paid -= taken;
    return { ...charge, openCents: charge.cents - taken };
  });
  return open.filter((charge) => charge.openCents > 0);
}

export interface Ageing {
  readonly to30: number;
  readonly to60: number;
  readonly to90: number;
  readonly older: number;
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Open charges by their age in days: up to 30, 60, 90, and beyond. */
export function ageing(state: AppfolioState, occupancy: Occupancy, today: string): Ageing {
  const aged = { to30: 0, to60: 0, to90: 0, older: 0 };
  for (const { chargedOn, openCents } of openCharges(state, occupancy, today)) {
    const days = daysBetween(chargedOn, today);
    aged[days <= 30 ? 'to30' : days <= 60 ? 'to60' : days <= 90 ? 'to90' : 'older'] += openCents;
  }
  return aged;
}

export const owedCents = ({ to30, to60, to90, older }: Ageing): number => to30 + to60 + to90 + older;

/** Receipts that the bank returned. */
export const returnsOf = (state: AppfolioState, occupancy: Occupancy): number =>
  state.receipts.filter((receipt) => receipt.occupancyId === occupancy.id && receipt.reverses !== null).length;

/** Late fees charged, which is how AppFolio counts how often somebody was late. */
export function latenessOf(state: AppfolioState, occupancy: Occupancy): number {
  const fee = state.glAccounts.find(({ name }) => name === 'Late Fee')?.id;
  return state.charges.filter((charge) => charge.occupancyId === occupancy.id && charge.glAccountId === fee).length;
}
