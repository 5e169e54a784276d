/** Credit notes and their allocations: made first, allocated in a second call, voided only when nothing is allocated. */

import { jsonReply } from '../kit/reply';
import { amount, listOf, text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { dayOf } from './dates';
import { contactIn, currencyIn, DOCUMENT, HAS_MONEY, linesIn, NOT_MODIFIABLE, openDay } from './documents';
import { invalid, notFound } from './errors';
import { byIdOrNumber, settle } from './invoices';
import { type ListRules, list } from './lists';
import { allocationShape, creditShape, type Shape } from './shapes';
import { type CreditNote, dueOf, newId, remainingOf, type Status, type Tenant } from './state';
import { type Desk, date, envelope, type Given, guid, itemsIn, optional, writeEach } from './writes';

const RULE = optional({ ...DOCUMENT, CreditNoteID: guid, CreditNoteNumber: text({ max: 255 }) });
const ALLOCATION = optional({
  Invoice: optional({ InvoiceID: guid, InvoiceNumber: text(), LineItems: listOf(optional({}), { max: 0 }) }),
  Amount: amount(2),
  Date: date,
});

const LIST: ListRules<CreditNote> = {
  takes: ['page', 'pageSize', 'unitdp'],
  fields: {
    Type: (note) => note.type,
    Status: (note) => note.status,
    CreditNoteNumber: (note) => note.number,
    Reference: (note) => note.reference,
    Date: (note) => note.day,
  },
  updatedMs: (note) => note.updatedMs,
};

export function listCredits(desk: Desk): SandboxReply {
  const found = list(desk.request, desk.tenant.creditNotes, LIST);
  const whole = found.pagination !== undefined;
  return envelope(desk, 'CreditNotes', {
    ...found,
    items: found.items.map((note) => creditShape(desk.tenant, note, whole)),
  });
}

const noteOf = (tenant: Tenant, id: string | undefined): CreditNote => {
  const found = tenant.creditNotes.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
};

export const getCredit = (desk: Desk): SandboxReply =>
  envelope(desk, 'CreditNotes', { items: [creditShape(desk.tenant, noteOf(desk.tenant, desk.ids[0]))] });

export const makeCredits = (desk: Desk): SandboxReply =>
  writeEach(desk, 'CreditNotes', itemsIn(desk, 'CreditNotes', RULE), (given) => make(desk, given));

function make(desk: Desk, given: Given): Shape {
  const { tenant, nowMs } = desk;
  const status = (given.Status ?? 'DRAFT') as Status;
  if (!['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(status)) throw invalid('Credit note status is not valid');
  if (given.Type !== 'ACCRECCREDIT' && given.Type !== 'ACCPAYCREDIT') throw invalid('Credit note type is not valid');
  const number = String(given.CreditNoteNumber ?? '');
  const isTaken = tenant.creditNotes.some((one) => one.number === number && one.status !== 'DELETED');
  if (number !== '' && isTaken) throw invalid('Credit Note # must be unique.');
  const note: CreditNote = {
    id: newId(desk.state, 'cred'),
    type: given.Type,
    number,
    contact: contactIn(tenant, given.Contact).id,
    reference: String(given.Reference ?? ''),
    currency: currencyIn(tenant, given.CurrencyCode),
    day: openDay(tenant, given.Date, dayOf(nowMs)),
    lines: linesIn(tenant, given.LineItems, status === 'AUTHORISED'),
    amountTypes: String(given.LineAmountTypes ?? 'Exclusive'),
    status,
    allocations: [],
    updatedMs: nowMs,
  };
  tenant.creditNotes.push(note);
  return creditShape(tenant, note);
}

const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
};

/** Only date, reference and status of an approved one may change; one that is allocated in full counts as paid. */
export function changeCredit(desk: Desk): SandboxReply {
  const note = noteOf(desk.tenant, desk.ids[0]);
  return writeEach(desk, 'CreditNotes', itemsIn(desk, 'CreditNotes', RULE), (given) => {
    const status = (given.Status ?? note.status) as Status;
    if (note.allocations.length > 0) throw invalid(`Credit note ${NOT_MODIFIABLE}`, HAS_MONEY);
    if (!FOLLOWS[note.status]?.includes(status)) throw invalid(`Document ${NOT_MODIFIABLE}`);
    const isApproved = note.status === 'AUTHORISED';
    if (isApproved && (given.LineItems || given.Contact)) throw invalid(`Document ${NOT_MODIFIABLE}`);
    openDay(desk.tenant, undefined, note.day);
    const lines = given.LineItems ? linesIn(desk.tenant, given.LineItems, status === 'AUTHORISED') : note.lines;
    const day = given.Date === undefined ? note.day : openDay(desk.tenant, given.Date, note.day);
    const reference = (given.Reference as string | undefined) ?? note.reference;
    Object.assign(note, { status, lines, day, reference, updatedMs: desk.nowMs });
    return creditShape(desk.tenant, note);
  });
}

export function allocate(desk: Desk): SandboxReply {
  const note = noteOf(desk.tenant, desk.ids[0]);
  return writeEach(desk, 'Allocations', itemsIn(desk, 'Allocations', ALLOCATION), (given) => {
    const { InvoiceID, InvoiceNumber } = (given.Invoice ?? {}) as Given;
    const invoice = byIdOrNumber(desk.tenant, String(InvoiceID ?? InvoiceNumber ?? ''));
    const cents = Math.round(((given.Amount as number | undefined) ?? 0) * 100);
    if (!invoice) throw invalid('The invoice to allocate to could not be found');
    if (note.status !== 'AUTHORISED') throw invalid('Credit Note must be authorised and have credit left to allocate');
    if (invoice.status === 'PAID') throw invalid('The invoice you are trying to allocate to has already been paid off');
    if (invoice.status !== 'AUTHORISED' || invoice.contact !== note.contact || invoice.currency !== note.currency)
      throw invalid('Credit Note cannot be allocated to an incorrect invoice');
    if (cents <= 0 || cents > remainingOf(note) || cents > dueOf(invoice))
      throw invalid('Credit Note cannot be allocated as amount is greater than amount outstanding');
    const made = {
      id: newId(desk.state, 'allo'),
      invoice: invoice.id,
      cents,
      day: openDay(desk.tenant, given.Date, dayOf(desk.nowMs)),
    };
    note.allocations.push(made);
    note.status = remainingOf(note) === 0 ? 'PAID' : 'AUTHORISED';
    invoice.creditedCents += cents;
    settle(invoice);
    note.updatedMs = desk.nowMs;
    invoice.updatedMs = desk.nowMs;
    return allocationShape(note, made);
  });
}

/** The invoice is owed again, and the credit note has credit left again. */
export function removeAllocation(desk: Desk): SandboxReply {
  const note = noteOf(desk.tenant, desk.ids[0]);
  const gone = note.allocations.find((each) => each.id === desk.ids[1]);
  const invoice = gone && byIdOrNumber(desk.tenant, gone.invoice);
  if (!gone || !invoice) throw notFound();
  note.allocations = note.allocations.filter((each) => each !== gone);
  if (note.status === 'PAID') note.status = 'AUTHORISED';
  invoice.creditedCents -= gone.cents;
  settle(invoice);
  note.updatedMs = desk.nowMs;
  invoice.updatedMs = desk.nowMs;
  return jsonReply(200, { AllocationID: gone.id, IsDeleted: true, Amount: gone.cents / 100 });
}
