/** Recurring invoices of the sandbox: they bill by themselves as days pass. */
import { badValue, forbidden, noSuch } from './errors';
import { createInvoice, type Given, linesOf } from './invoices';
import { type Desk, dayAt, money, newId, type Recurring } from './state';

export const recurringOf = (desk: Desk, id: string): Recurring => {
  const found = desk.books.recurring[id];
  if (!found) throw noSuch('Recurring invoice');
  return found;
};

/** A line's total within it, or a rate and quantity within it or beside the lines. */
function linesIn(desk: Desk, given: Given) {
  const { item_id: item = '', name, description = '' } = given;
  const lines = ((given.line_items ?? []) as Given[]).map((line) => {
    const quantity = line.quantity ?? given.quantity ?? 1;
    const rate = line.rate ?? (line.item_total === undefined ? given.rate : money(line.item_total / quantity));
    return {
      item_id: line.item_id ?? item,
      name: line.name ?? name,
      description: line.description ?? description,
      rate,
      quantity,
    };
  });
  if (lines.length === 0 || lines.some(({ rate }) => typeof rate !== 'number')) throw badValue('line_items');
  return linesOf(desk, { line_items: lines });
}

function common(desk: Desk, given: Given) {
  if (!desk.books.contacts[given.customer_id]) throw noSuch('Customer');
  const times = given.repeat_every ?? 1;
  if (times < 1) throw badValue('repeat_every');
  return {
    name: given.recurrence_name,
    customer: given.customer_id,
    every: given.recurrence_frequency,
    times,
    lines: linesIn(desk, given),
  };
}

function unused({ books }: Desk, name: string, own?: string): void {
  const other = Object.values(books.recurring).find((each) => each.name === name && each.id !== own);
  if (other) throw forbidden(1071, `A recurring invoice "${name}" already exists.`);
}

export function createRecurring(desk: Desk, given: Given): Recurring {
  unused(desk, given.recurrence_name);
  const start = given.start_date ?? dayAt(desk.nowMs);
  const recurring: Recurring = {
    id: newId(desk.state),
    ...common(desk, given),
    reference: given.reference_number ?? '',
    start,
    end: given.end_date ?? '',
    status: 'active',
    next: start,
    lastSent: '',
    createdMs: desk.nowMs,
  };
  if (recurring.end !== '' && recurring.end < start) throw badValue('end_date');
  desk.books.recurring[recurring.id] = recurring;
  return recurring;
}

export function updateRecurring(desk: Desk, id: string, given: Given): Recurring {
  const before = recurringOf(desk, id);
  unused(desk, given.recurrence_name, id);
  const { reference_number: reference = before.reference, end_date: end = before.end } = given;
  const after = { ...before, ...common(desk, given), reference, end };
  desk.books.recurring[id] = after;
  return after;
}

export function change(desk: Desk, id: string, status: Recurring['status']): void {
  const recurring = recurringOf(desk, id);
  if (recurring.status === status) throw forbidden(1072, `The recurring invoice is ${status} already.`);
  recurring.status = status;
  if (status === 'stopped') return;
  // What fell into the pause is not billed.
  while (recurring.next < dayAt(desk.nowMs)) recurring.next = following(recurring);
}

function following({ next, every, times, start }: Recurring): string {
  const at = new Date(`${next}T00:00:00Z`);
  if (every === 'weeks') return new Date(at.getTime() + times * 7 * 86_400_000).toISOString().slice(0, 10);
  const month = at.getUTCMonth() + times;
  const last = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const date = Math.min(Number(start.slice(8)), last);
  return new Date(Date.UTC(at.getUTCFullYear(), month, date)).toISOString().slice(0, 10);
}

/** Bills what fell due up to today. */
export function letPass(desk: Desk): void {
  for (const recurring of Object.values(desk.books.recurring)) {
    while (recurring.status === 'active' && recurring.next <= dayAt(desk.nowMs)) {
      if (recurring.end !== '' && recurring.next > recurring.end) break;
      const { customer, reference, lines, next } = recurring;
      const given = {
        customer_id: customer,
        reference_number: reference,
        date: next,
        due_date: next,
        line_items: lines,
      };
      const invoice = createInvoice(desk, given, {});
      invoice.phase = 'open';
      invoice.recurring = recurring.id;
      recurring.lastSent = next;
      recurring.next = following(recurring);
    }
  }
}

export const recurringRow = (desk: Desk, recurring: Recurring): Given => ({
  recurring_invoice_id: recurring.id,
  recurrence_name: recurring.name,
  customer_name: desk.books.contacts[recurring.customer]?.name ?? '',
  customer_id: recurring.customer,
  currency_code: desk.organization.currency_code,
  start_date: recurring.start,
  end_date: recurring.end,
  last_sent_date: recurring.lastSent,
  next_invoice_date: recurring.next,
});

export const wholeRecurring = (desk: Desk, recurring: Recurring): Given => ({
  ...recurringRow(desk, recurring),
  reference_number: recurring.reference,
  line_items: recurring.lines.map(({ line_item_id, name, quantity, rate }) => ({
    ...{ line_item_id, name, quantity },
    item_total: money(rate * quantity),
  })),
});

export function listRecurring(desk: Desk, query: Record<string, string>): Given[] {
  const { recurrence_name: name, customer_id: customer, status } = query;
  if (status !== undefined && !['active', 'stopped', 'expired'].includes(status)) throw badValue('status');
  return Object.values(desk.books.recurring)
    .filter((each) => name === undefined || each.name === name)
    .filter((each) => customer === undefined || each.customer === customer)
    .filter((each) => status === undefined || each.status === status)
    .map((each) => recurringRow(desk, each));
}
