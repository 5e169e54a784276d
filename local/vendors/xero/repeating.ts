/** Repeating invoices: templates from which Xero itself writes an invoice each time one falls due. */
import { flag, object, oneOf, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { addDays, addMonths, dayIn, dayOf } from './dates';
import { contactIn, currencyIn, DOCUMENT, linesIn, NOT_MODIFIABLE } from './documents';
import { invalid, notFound } from './errors';
import { nextNumber } from './invoices';
import { type ListRules, list } from './lists';
import { repeatingShape, type Shape } from './shapes';
import { type Invoice, newId, type Repeating, type Tenant, type XeroState } from './state';
import { type Desk, date, envelope, type Given, guid, itemsIn, optional, writeEach } from './writes';

const { Date: _, ...TEMPLATE } = DOCUMENT;
const RULE = optional({
  ...TEMPLATE,
  RepeatingInvoiceID: guid,
  ApprovedForSending: flag,
  SendCopy: flag,
  MarkAsSent: flag,
  IncludePDF: flag,
  Schedule: object({
    Period: whole,
    Unit: oneOf('WEEKLY', 'MONTHLY'),
    DueDate: whole,
    DueDateType: oneOf('DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH'),
    'StartDate?': date,
    'NextScheduledDate?': date,
    'EndDate?': date,
  }),
  Status: text(),
});

const LIST: ListRules<Repeating> = {
  takes: [],
  fields: { Status: (one) => one.status, Type: () => 'ACCREC', Reference: (one) => one.reference },
};

/** The day on which the next invoice is dated. */
export function nextDay({ schedule, written }: Repeating): string {
  const { period, unit, start } = schedule;
  return unit === 'WEEKLY' ? addDays(start, 7 * period * written) : addMonths(start, period * written);
}

const shapeOf =
  ({ tenant }: Desk) =>
  (one: Repeating): Shape =>
    repeatingShape(tenant, one, nextDay(one));

/** All of them: this list has no pages and no If-Modified-Since. Deleted ones are left out. */
export function listRepeating(desk: Desk): SandboxReply {
  const live = desk.tenant.repeating.filter(({ status }) => status !== 'DELETED');
  const found = list(desk.request, live, LIST);
  return envelope(desk, 'RepeatingInvoices', { items: found.items.map(shapeOf(desk)) });
}

export function getRepeating(desk: Desk): SandboxReply {
  const found = desk.tenant.repeating.find((one) => one.id === desk.ids[0]);
  if (!found) throw notFound();
  return envelope(desk, 'RepeatingInvoices', { items: [shapeOf(desk)(found)] });
}

export const makeRepeating = (desk: Desk): SandboxReply =>
  writeEach(desk, 'RepeatingInvoices', itemsIn(desk, 'RepeatingInvoices', RULE), (given) => make(desk, given));

function make(desk: Desk, given: Given): Shape {
  const { tenant } = desk;
  const status = (given.Status ?? 'DRAFT') as Repeating['status'];
  if (given.Type !== 'ACCREC') throw invalid('Repeating invoice type is not valid');
  if (status !== 'DRAFT' && status !== 'AUTHORISED') throw invalid('Repeating invoice status is not valid');
  const schedule = given.Schedule as Given | undefined;
  if (!schedule) throw invalid('A schedule must be specified');
  const start = dayIn(schedule.StartDate) ?? dayOf(desk.nowMs);
  const end = dayIn(schedule.EndDate);
  if ((schedule.Period as number) < 1) throw invalid('The period must be at least 1');
  if (end !== undefined && end < start) throw invalid('The end date must not be before the start date');
  const one: Repeating = {
    id: newId(desk.state, 'repe'),
    contact: contactIn(tenant, given.Contact).id,
    reference: String(given.Reference ?? ''),
    currency: currencyIn(tenant, given.CurrencyCode),
    lines: linesIn(tenant, given.LineItems, status === 'AUTHORISED'),
    amountTypes: String(given.LineAmountTypes ?? 'Exclusive'),
    schedule: {
      period: schedule.Period as number,
      unit: schedule.Unit as 'WEEKLY' | 'MONTHLY',
      due: schedule.DueDate as number,
      dueType: schedule.DueDateType as string,
      start,
      ...(end === undefined ? {} : { end }),
    },
    written: 0,
    status,
  };
  tenant.repeating.push(one);
  return shapeOf(desk)(one);
}

const DELETION = optional({ RepeatingInvoiceID: guid, Status: oneOf('DELETED') });

/** All that a template takes is its end. */
export function endRepeating(desk: Desk): SandboxReply {
  const found = desk.tenant.repeating.find((one) => one.id === desk.ids[0]);
  if (!found) throw notFound();
  return writeEach(desk, 'RepeatingInvoices', itemsIn(desk, 'RepeatingInvoices', DELETION), () => {
    if (found.status === 'DELETED') throw invalid(`Repeating invoice ${NOT_MODIFIABLE}`);
    found.status = 'DELETED';
    return shapeOf(desk)(found);
  });
}

/** Time passes: what has fallen due since is written. */
export function writeDue(state: XeroState, tenant: Tenant, nowMs: number): void {
  const today = dayOf(nowMs);
  for (const one of tenant.repeating) {
    for (let day = nextDay(one); one.status === 'AUTHORISED' && day <= today; day = nextDay(one)) {
      if (one.schedule.end !== undefined && day > one.schedule.end) break;
      tenant.invoices.push(writtenFrom(state, one, day));
      one.written++;
    }
  }
}

function writtenFrom(state: XeroState, one: Repeating, day: string): Invoice {
  const { schedule, id, contact, reference, currency, lines, amountTypes } = one;
  return {
    id: newId(state, 'invo'),
    type: 'ACCREC',
    number: nextNumber({ state }),
    contact,
    reference,
    currency,
    day,
    due: schedule.dueType === 'DAYSAFTERBILLDATE' ? addDays(day, schedule.due) : dueInMonth(day, schedule),
    lines: lines.map((each) => ({ ...each })),
    amountTypes,
    status: 'AUTHORISED',
    paidCents: 0,
    creditedCents: 0,
    repeating: id,
    updatedMs: Date.parse(`${day}T00:00:00Z`),
  };
}

function dueInMonth(day: string, { due, dueType }: Repeating['schedule']): string {
  const first = `${day.slice(0, 8)}01`;
  if (dueType === 'DAYSAFTERBILLMONTH') return addDays(addMonths(first, 1), due - 1);
  const month = dueType === 'OFFOLLOWINGMONTH' ? addMonths(first, 1) : first;
  const last = addDays(addMonths(month, 1), -1);
  const wanted = addDays(month, due - 1);
  return wanted > last ? last : wanted;
}
