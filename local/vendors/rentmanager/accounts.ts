/** A tenant's account in Rent Manager: what pays what, oldest charge first, and what is open. Amounts are in cents here. */
import { inLocation, type RentmanagerState, type Row } from './state';

export const cents = (amount: unknown): number => Math.round(Number(amount) * 100);
export const amountOf = (units: number): number => units / 100;

export interface Allocation {
  readonly source: Row;
  readonly isCredit: boolean;
  readonly charge: Row;
  readonly units: number;
}

export interface Account {
  readonly charges: readonly Row[];
  readonly payments: readonly Row[];
  readonly credits: readonly Row[];
  readonly allocations: readonly Allocation[];
}

const oldestFirst = (a: Row, b: Row): number =>
  String(a.TransactionDate).localeCompare(String(b.TransactionDate)) || Number(a.ID) - Number(b.ID);

/** Accounts of one location, each read once. */
export class Accounts {
  private readonly known = new Map<unknown, Account>();
  private readonly rows: Readonly<Record<'Charges' | 'Payments' | 'Credits', Map<unknown, Row[]>>>;

  constructor(state: RentmanagerState, location: number) {
    const byAccount = (table: 'Charges' | 'Payments' | 'Credits') => {
      const found = new Map<unknown, Row[]>();
      for (const row of inLocation(state, table, location))
        found.set(row.AccountID, [...(found.get(row.AccountID) ?? []), row]);
      for (const rows of found.values()) rows.sort(oldestFirst);
      return found;
    };
    this.rows = { Charges: byAccount('Charges'), Payments: byAccount('Payments'), Credits: byAccount('Credits') };
  }

  of(tenant: unknown): Account {
    const known = this.known.get(tenant);
    if (known) return known;
    const charges = this.rows.Charges.get(tenant) ?? [];
    const payments = this.rows.Payments.get(tenant) ?? [];
    const credits = this.rows.Credits.get(tenant) ?? [];
    const account = { charges, payments, credits, allocations: allocated(charges, payments, credits) };
    this.known.set(tenant, account);
    return account;
  }

  /** What is unpaid of the charges. */
  openUnits(tenant: unknown): number {
    const { charges, allocations } = this.of(tenant);
    return sum(charges.map(({ Amount }) => cents(Amount))) - sum(allocations.map(({ units }) => units));
  }

  /** Charges less payments and credits: below zero where something was paid ahead. */
  balanceUnits(tenant: unknown): number {
    const { charges, payments, credits } = this.of(tenant);
    const good = [...payments.filter((row) => row.ReversalDate === null), ...credits];
    return sum(charges.map(({ Amount }) => cents(Amount))) - sum(good.map(({ Amount }) => cents(Amount)));
  }
}

const sum = (units: readonly number[]): number => units.reduce((total, one) => total + one, 0);

interface Wanted {
  readonly ChargeID: number;
  readonly Amount: number;
}

/** What a payment was told to pay comes first; the rest goes to the oldest charges. */
function allocated(charges: readonly Row[], payments: readonly Row[], credits: readonly Row[]): Allocation[] {
  const open = new Map(charges.map((charge) => [charge.ID, cents(charge.Amount)]));
  const left = new Map<Row, number>();
  const found: Allocation[] = [];
  const sources = [...payments.filter((row) => row.ReversalDate === null), ...credits];
  const take = (source: Row, charge: Row, most: number): void => {
    const units = Math.min(most, left.get(source) ?? 0, open.get(charge.ID) ?? 0);
    if (units <= 0) return;
    left.set(source, (left.get(source) ?? 0) - units);
    open.set(charge.ID, (open.get(charge.ID) ?? 0) - units);
    found.push({ source, isCredit: source.CreditID !== undefined, charge, units });
  };
  for (const source of sources) left.set(source, cents(source.Amount));
  for (const source of sources)
    for (const { ChargeID, Amount } of (source.$wanted ?? []) as Wanted[]) {
      const charge = charges.find((one) => one.ID === ChargeID);
      if (charge) take(source, charge, cents(Amount));
    }
  for (const source of [...sources].sort(oldestFirst))
    for (const charge of charges) take(source, charge, Number.POSITIVE_INFINITY);
  return found;
}
