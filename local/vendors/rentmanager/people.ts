/** What people do in Rent Manager itself: the office with tenants, money and set-up, and the administrator with the API user. */
import { amountOf } from './accounts';
import { dayAt, midnight } from './dates';
import { addLine, addRent, addUnit, type Hand, kindOf, moveIn, placeOf, seedPortfolio } from './seed';
import {
  type ApiUser,
  inLocation,
  insert,
  type RentmanagerState,
  type Row,
  rowById,
  type TableName,
  touch,
} from './state';

export { addLine, addUnit, moveIn, seedPortfolio };

function rowIn(state: RentmanagerState, table: TableName, id: unknown, hand: Hand): Row {
  const found = rowById(state, table, placeOf(hand), id);
  if (!found) throw new Error(`Rent Manager has no ${table} ${String(id)}.`);
  return found;
}

const dayOf = (state: RentmanagerState, hand: Hand): string => dayAt(state.zone, hand.nowMs).slice(0, 10);

export interface ContactChange {
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** The desk changes the mail address, the phone or the name of a tenant's first contact. */
export function changeContact(state: RentmanagerState, tenant: number, change: ContactChange, hand: Hand): void {
  const contact = inLocation(state, 'Contacts', placeOf(hand)).find(
    (row) => row.ParentID === tenant && row.ParentType === 'Tenant' && row.IsPrimary,
  );
  if (!contact) throw new Error(`The tenant ${tenant} has no contact.`);
  const { email, phone, firstName, lastName } = change;
  const names = {
    ...(firstName === undefined ? {} : { FirstName: firstName }),
    ...(lastName === undefined ? {} : { LastName: lastName }),
  };
  touch(state, contact, { ...names, ...(email === undefined ? {} : { Email: email }) }, hand.nowMs);
  if (phone !== undefined) changePhone(state, contact, phone, hand);
  // The tenant's own stamp moves with those of its contacts.
  touch(state, rowIn(state, 'Tenants', tenant, hand), names, hand.nowMs);
}

function changePhone(state: RentmanagerState, contact: Row, PhoneNumber: string, hand: Hand): void {
  const known = inLocation(state, 'PhoneNumbers', placeOf(hand)).find((row) => row.ParentID === contact.ContactID);
  if (known) {
    known.PhoneNumber = PhoneNumber;
    return;
  }
  const parent = { ParentID: contact.ContactID, ParentType: 'Contact', PhoneNumberTypeID: 3, IsPrimary: true };
  insert(state, 'PhoneNumbers', placeOf(hand), hand.nowMs, { ...parent, PhoneNumber });
}

/** A second adult is put on the household. */
export function addContact(state: RentmanagerState, tenant: number, person: ContactChange, hand: Hand): void {
  const { firstName, lastName, email, phone } = person;
  const parent = { ParentID: tenant, ParentType: 'Tenant', IsPrimary: false };
  const names = { FirstName: firstName ?? null, LastName: lastName ?? null, Email: email ?? null };
  const contact = insert(state, 'Contacts', placeOf(hand), hand.nowMs, { ...parent, ...names });
  if (phone !== undefined) changePhone(state, contact, phone, hand);
  touch(state, rowIn(state, 'Tenants', tenant, hand), {}, hand.nowMs);
}

/** A clerk types over a line of ours: its amount, its day, or what is written in it. */
export function typeOverLine(
  state: RentmanagerState,
  table: 'Charges' | 'Payments' | 'Credits',
  id: number,
  fields: { readonly Amount?: number; readonly TransactionDate?: string; readonly Comment?: string },
  hand: Hand,
): void {
  touch(state, rowIn(state, table, id, hand), fields, hand.nowMs);
}

/** A tenant gives notice, or has left: the day of moving out. */
export function moveOut(state: RentmanagerState, tenant: number, day: string, hand: Hand): void {
  const lease = inLocation(state, 'Leases', placeOf(hand)).find((row) => row.TenantID === tenant);
  if (!lease) throw new Error(`The tenant ${tenant} has no lease.`);
  touch(state, lease, { MoveOutDate: midnight(day) }, hand.nowMs);
  touch(state, rowIn(state, 'Tenants', tenant, hand), {}, hand.nowMs);
}

/** A new rent from a day on: the old one ends the day before. */
export function changeRent(
  state: RentmanagerState,
  tenant: number,
  { cents, from }: { readonly cents: number; readonly from: string },
  hand: Hand,
): void {
  const rent = inLocation(state, 'RecurringCharges', placeOf(hand)).find(
    (row) => row.EntityKeyID === tenant && row.ToDate === null,
  );
  if (!rent) throw new Error(`The tenant ${tenant} has no rent.`);
  const before = new Date(Date.parse(`${from}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  touch(state, rent, { ToDate: midnight(before) }, hand.nowMs);
  const where = { unit: Number(rent.UnitID), property: Number(rent.PropertyID) };
  addRent(state, { tenant, ...where, cents, from: midnight(from) }, hand);
}

/** The office posts the recurring charges of a day, as it does once a month. Gives the numbers of the charges. */
export function postRecurring(state: RentmanagerState, day: string, hand: Hand): number[] {
  const at = midnight(day);
  return inLocation(state, 'RecurringCharges', placeOf(hand))
    .filter((row) => String(row.FromDate) <= at && (row.ToDate === null || at <= String(row.ToDate)))
    .map((row) =>
      addLine(
        state,
        {
          kind: 'charge',
          tenant: String(row.EntityKeyID),
          cents: Math.round(Number(row.Amount) * 100),
          day,
          code: String(row.ChargeTypeID),
          text: 'Rent',
        },
        hand,
      ),
    );
}

/** The office records a payment, or a resident pays in the tenant's web access. Gives its number. */
export const recordPayment = (
  state: RentmanagerState,
  payment: { readonly tenant: number; readonly cents: number; readonly day: string; readonly reference?: string },
  hand: Hand,
): number => addLine(state, { ...payment, kind: 'payment', tenant: String(payment.tenant) }, hand);

/** Somebody corrects an amount or a day of a payment. */
export function correctPayment(
  state: RentmanagerState,
  id: number,
  { cents, day }: { readonly cents?: number; readonly day?: string },
  hand: Hand,
): void {
  const fields = {
    ...(cents === undefined ? {} : { Amount: amountOf(cents) }),
    ...(day === undefined ? {} : { TransactionDate: midnight(day) }),
  };
  touch(state, rowIn(state, 'Payments', id, hand), fields, hand.nowMs);
}

/**
 * The bank returns a payment, or somebody voids it, on `day` (today when left out). Whether the payment's own stamp moves is not
 * known, so it does not.
 */
export function reversePayment(
  state: RentmanagerState,
  id: number,
  { type = 'NSF', reason, day }: { readonly type?: string; readonly reason?: string; readonly day?: string },
  hand: Hand,
): void {
  const payment = rowIn(state, 'Payments', id, hand);
  const ReversalDate = midnight(day ?? dayOf(state, hand));
  Object.assign(payment, { ReversalDate, ReversalType: type });
  const { AccountID } = payment;
  const what = { PaymentID: id, AccountID, ReversalDate, ReversalType: type, ReversalReason: reason ?? null };
  insert(state, 'PaymentReversals', placeOf(hand), hand.nowMs, what);
}

/** Somebody deletes a payment or a charge that was a mistake: nothing is left of it. */
export function deleteLine(state: RentmanagerState, table: 'Charges' | 'Payments', id: number, hand: Hand): void {
  const row = rowIn(state, table, id, hand);
  state.tables[table].splice(state.tables[table].indexOf(row), 1);
}

/** The office gives a credit. */
export function giveCredit(
  state: RentmanagerState,
  credit: { readonly tenant: number; readonly cents: number; readonly day: string; readonly text?: string },
  hand: Hand,
): number {
  const location = placeOf(hand);
  const tenant = rowIn(state, 'Tenants', credit.tenant, hand);
  const fields = {
    ...{ AccountID: credit.tenant, AccountType: 'Customer', TransactionType: 'Credit', Reference: null, UnitID: null },
    Amount: amountOf(credit.cents),
    TransactionDate: midnight(credit.day),
    Comment: credit.text ?? null,
    PropertyID: tenant.PropertyID,
    ChargeTypeID: kindOf(state, location),
  };
  return Number(insert(state, 'Credits', location, hand.nowMs, fields).ID);
}

/** A unit or a property gets another name. */
export function rename(
  state: RentmanagerState,
  table: 'Units' | 'Properties' | 'ChargeTypes',
  id: number,
  Name: string,
  hand: Hand,
): void {
  touch(state, rowIn(state, table, id, hand), { Name }, hand.nowMs);
}

/** A charge type is no longer used. */
export function retireChargeType(state: RentmanagerState, id: number, hand: Hand): void {
  touch(state, rowIn(state, 'ChargeTypes', id, hand), { IsActive: false }, hand.nowMs);
}

/** The bookkeeper closes the books through a day; nothing of before can be written then. */
export function closeBooks(state: RentmanagerState, through: string, hand: Hand): void {
  state.closedThrough[placeOf(hand)] = through;
}

const userIn = (state: RentmanagerState, name: string): ApiUser => {
  const found = state.users.find((one) => one.name === name);
  if (!found) throw new Error(`Rent Manager has no user ${name}.`);
  return found;
};

/** The administrator gives the API user another password. */
export function changePassword(state: RentmanagerState, name: string, password: string): void {
  userIn(state, name).password = password;
}

/** The administrator takes the privilege to view or to save something. */
export function takePrivilege(state: RentmanagerState, name: string, resource: string, act: 'read' | 'write'): void {
  const user = userIn(state, name);
  if (act === 'read') user.reads = user.reads.filter((each) => each !== resource);
  else user.writes = user.writes.filter((each) => each !== resource);
}

/** All who are logged in are logged out, as the server does when it restarts. */
export function endSessions(state: RentmanagerState): void {
  state.tokens = {};
}

/** Some other program logs in with the same user, so often that nobody else can. */
export function logInElsewhere(state: RentmanagerState, name: string, hand: Hand): void {
  const { id } = userIn(state, name);
  for (let at = 0; at < state.logInsAtOnce; at++)
    state.tokens[`elsewhere-${id}-${at}`] = {
      user: id,
      location: placeOf(hand),
      untilMs: hand.nowMs + state.tokenSeconds * 1000,
    };
}

/** The company's server is one of those that give saved models back, that answer 204, or that keep no reference of a payment. */
export function serverIs(
  state: RentmanagerState,
  habits: Partial<Pick<RentmanagerState, 'answersPosts' | 'emptyStatus' | 'takesPaymentReference' | 'callsPerMinute'>>,
): void {
  Object.assign(state, habits);
}
