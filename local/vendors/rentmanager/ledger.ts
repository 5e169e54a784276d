/** Rent Manager's ledger of one tenant: charges, payments, credits and reversals in one list, by day. */
import { type Desk, inLocation, type Row, rowById } from './state';

const KINDS = { Charges: 'Charge', Payments: 'Payment', Credits: 'Credit' } as const;

/** Rows of the model Transactions. A reversal stands on its own day and bears the number of its payment. */
export function transactionsOf({ state, location }: Desk, tenant: Row): Row[] {
  const mine = (row: Row) => row.AccountID === tenant.TenantID;
  const AccountName = `${tenant.FirstName} ${tenant.LastName}`.trim();
  const described = (row: Row): unknown =>
    rowById(state, 'ChargeTypes', location, row.ChargeTypeID)?.Description ?? row.Comment ?? null;
  const moved = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((table) =>
    inLocation(state, table, location)
      .filter(mine)
      .map((row): Row => ({ ...row, AccountName, TransactionType: KINDS[table], Description: described(row) })),
  );
  const reversed = inLocation(state, 'PaymentReversals', location)
    .filter(mine)
    .flatMap((reversal): Row[] => {
      const payment = rowById(state, 'Payments', location, reversal.PaymentID);
      if (!payment) return [];
      const { ReversalDate, ReversalReason, CreateDate, CreateUserID } = reversal;
      const stamps = { CreateDate, CreateUserID, UpdateDate: CreateDate, UpdateUserID: CreateUserID };
      const over = { TransactionType: 'PaymentReversal', TransactionDate: ReversalDate, Description: ReversalReason };
      return [{ ...payment, ...stamps, ...over, AccountName }];
    });
  return [...moved, ...reversed].sort(
    (a, b) => String(a.TransactionDate).localeCompare(String(b.TransactionDate)) || Number(a.ID) - Number(b.ID),
  );
}
