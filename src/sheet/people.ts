/** People's tabs as values: what can be read runs, what cannot is a problem beside its row. */
import { parseAddressList } from '../domain/addresses';
import type { AllocationRule, Frequency, Lease, Property, Proration, Term } from '../domain/book';
import { isZone, weekday } from '../domain/calendar';
import type { Rung } from '../domain/ladder';
import { lawOf } from '../domain/law';
import type { Link } from '../domain/matching';
import { cents, ZERO } from '../domain/money';
import type { Template } from '../domain/templates';
import { type Cents, type Currency, type Day, leaseId, type Problem, propertyName } from '../domain/values';
import type { Cell } from '../ports';
import { dayOf, intOf, isBlank, moneyOf, textOf } from './cells';
import { type Defaults, feePolicy } from './fee-cells';
import { type Layout, type RowReader, reader } from './layout';

/** Collects the problems of one row; each names tab, row, column, the value and the fix. */
export interface RowProblems {
  (column: string, what: string, fix: string): void;
  readonly list: Problem[];
}

function problemsOf(tab: string, row: number, list: Problem[]): RowProblems {
  const add = (column: string, what: string, fix: string) => {
    list.push({ tab, row, column, what, fix });
  };
  return Object.assign(add, { list });
}

export interface Read<T> {
  readonly rows: readonly T[];
  readonly problems: readonly Problem[];
}

/** Reads the rows under the header; blank rows are skipped, a row that cannot be used gives only problems. */
export function readRows<T>(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  read: (cell: RowReader, row: number, problem: RowProblems) => T | undefined,
): Read<T> {
  const rows: T[] = [];
  const problems: Problem[] = [...layout.problems];
  cells.forEach((line, index) => {
    const cell = reader(layout, line);
    if (layout.tab.columns.every((column) => isBlank(cell(column.header)))) return;
    const row = index + 2;
    const value = read(cell, row, problemsOf(layout.tab.title, row, problems));
    if (value !== undefined) rows.push(value);
  });
  return { rows, problems };
}

// ---------------------------------------------------------------- Leases

const FREQUENCIES: Readonly<Record<string, Frequency>> = {
  '': 'monthly',
  monthly: 'monthly',
  month: 'monthly',
  weekly: 'weekly',
  week: 'weekly',
  fortnightly: 'fortnightly',
  biweekly: 'fortnightly',
  'bi-weekly': 'fortnightly',
  'every two weeks': 'fortnightly',
  quarterly: 'quarterly',
  quarter: 'quarterly',
  yearly: 'yearly',
  annually: 'yearly',
  annual: 'yearly',
  year: 'yearly',
};
const PRORATIONS: Readonly<Record<string, Proration>> = {
  '': 'actual days',
  'actual days': 'actual days',
  actual: 'actual days',
  '30-day': '30-day',
  '30 day': '30-day',
  '30': '30-day',
  '30 days': '30-day',
  bankers: '30-day',
  '365-day': '365-day',
  '365 day': '365-day',
  '365': '365-day',
  '365 days': '365-day',
};
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const LEASE_ID = /^[\p{L}\p{N}][\p{L}\p{N} ._/#-]{0,59}$/u;

export interface LeaseContext {
  readonly properties: ReadonlyMap<string, Property>;
  readonly defaults: Defaults;
}

/** Leases that can run. A doubled id stops every row that has it, before anything is charged. */
export function readLeases(layout: Layout, cells: readonly (readonly Cell[])[], context: LeaseContext): Read<Lease> {
  const { rows, problems } = readRows(layout, cells, (cell, row, problem) =>
    leaseOf(layout, cell, row, problem, context),
  );
  const seen = new Map<string, Lease[]>();
  for (const lease of rows) seen.set(lease.id.toLowerCase(), [...(seen.get(lease.id.toLowerCase()) ?? []), lease]);
  const doubled = [...seen.values()].filter((same) => same.length > 1).flat();
  const more = doubled.map(
    (lease): Problem => ({
      tab: layout.tab.title,
      row: lease.row,
      column: 'Lease ID',
      what: `"${lease.id}" stands in more than one row; none of them runs.`,
      fix: 'Give every lease its own id.',
    }),
  );
  return { rows: rows.filter((lease) => !doubled.includes(lease)), problems: [...problems, ...more] };
}

function leaseOf(
  layout: Layout,
  cell: RowReader,
  row: number,
  problem: RowProblems,
  { properties, defaults }: LeaseContext,
): Lease | undefined {
  const before = problem.list.length;
  const id = textOf(cell('Lease ID'));
  if (!LEASE_ID.test(id))
    problem(
      'Lease ID',
      id === '' ? 'The id is empty.' : `"${id.slice(0, 40)}" is not a usable id.`,
      'Use letters, digits, spaces and - _ . / #, at most 60.',
    );
  const property = properties.get(textOf(cell('Property')).toLowerCase());
  if (!property)
    problem(
      'Property',
      `"${textOf(cell('Property'))}" is not on the Properties tab, or its row has a problem.`,
      'Add it there, or write its name as it stands there.',
    );
  const currency = property?.currency ?? defaults.currency;
  const rentCents = amountOf(cell, 'Rent', currency, problem);
  const frequency = choice(cell, 'Frequency', FREQUENCIES, problem);
  const start = dateOfCell(cell, 'Start', problem, true);
  const end = dateOfCell(cell, 'End', problem, false);
  const dueDay = frequency && start ? dueDayOf(cell, frequency, start, problem) : undefined;
  const proration = choice(cell, 'Proration', PRORATIONS, problem);
  const allocation = allocationOf(textOf(cell('Allocation')), property?.jurisdiction ?? '', defaults);
  const depositCents = isBlank(cell('Deposit')) ? ZERO : amountOf(cell, 'Deposit', currency, problem);
  const holdUntil = dateOfCell(cell, 'Hold until', problem, false);
  if (start && end && end < start)
    problem('End', `The end ${end} lies before the start ${start}.`, 'End is the last day lived in.');
  const fees = property ? feePolicy(layout, cell, problem, property.fees, currency, defaults) : undefined;
  const hard = problem.list.length > before;
  const emails = emailsOf(cell, problem);
  if (
    hard ||
    !property ||
    rentCents === undefined ||
    !frequency ||
    !start ||
    dueDay === undefined ||
    !proration ||
    !fees ||
    depositCents === undefined
  )
    return undefined;
  return {
    row,
    id: leaseId(id),
    property: property.name,
    unit: textOf(cell('Unit')),
    residents: textOf(cell('Residents')),
    emails,
    phone: textOf(cell('Phone')),
    rentCents,
    frequency,
    dueDay,
    start,
    ...(end ? { end } : {}),
    depositCents,
    proration,
    allocation,
    notifyBy: notifyOf(cell, problem),
    language: textOf(cell('Language')).toLowerCase() || 'en',
    ...(holdUntil ? { holdUntil } : {}),
    fees,
  };
}

function amountOf(cell: RowReader, column: string, currency: Currency, problem: RowProblems): Cents | undefined {
  const amount = moneyOf(cell(column), currency);
  if (amount === undefined || amount < 0) {
    problem(
      column,
      isBlank(cell(column))
        ? 'The amount is empty.'
        : `"${textOf(cell(column)).slice(0, 40)}" is not an amount in ${currency}.`,
      'Type a number such as 1200.00.',
    );
    return undefined;
  }
  return amount;
}

function dateOfCell(cell: RowReader, column: string, problem: RowProblems, needed: boolean): Day | undefined {
  const value = cell(column);
  if (isBlank(value)) {
    if (needed) problem(column, 'The date is empty.', 'Type a date such as 2026-12-01.');
    return undefined;
  }
  const day = dayOf(value);
  if (!day)
    problem(column, `"${textOf(value).slice(0, 40)}" is not a date that exists.`, 'Type a date such as 2026-12-01.');
  return day;
}

function choice<T>(
  cell: RowReader,
  column: string,
  words: Readonly<Record<string, T>>,
  problem: RowProblems,
): T | undefined {
  const text = textOf(cell(column)).toLowerCase();
  const value = Object.keys(words).includes(text) ? words[text] : undefined;
  if (value === undefined)
    problem(
      column,
      `"${textOf(cell(column)).slice(0, 40)}" is not one of the choices.`,
      `Choose ${[...new Set(Object.values(words))].join(', ')}.`,
    );
  return value;
}

function dueDayOf(cell: RowReader, frequency: Frequency, start: Day, problem: RowProblems): number | undefined {
  const text = textOf(cell('Due day')).toLowerCase();
  const weekly = frequency === 'weekly' || frequency === 'fortnightly';
  const limit = weekly ? 7 : 31;
  if (text === '') return weekly ? weekday(start) : 1;
  const named = weekly && text.length >= 3 ? WEEKDAYS.findIndex((name) => name.startsWith(text)) : -1;
  if (named >= 0) return named + 1;
  const number = intOf(text.replace(/(st|nd|rd|th)$/, ''));
  if (number !== undefined && number >= 1 && number <= limit) return number;
  problem(
    'Due day',
    `"${text.slice(0, 40)}" is not a due day.`,
    weekly ? 'Write a weekday such as Monday, or 1 (Monday) to 7.' : 'Write a date of the month from 1 to 31.',
  );
  return undefined;
}

/** Words of the Allocation column. Empty: the statute of the jurisdiction where there is one, else the company's setting. */
export function allocationOf(
  text: string,
  jurisdiction: string,
  defaults: Pick<Defaults, 'types' | 'allocation'>,
): AllocationRule {
  const words = text.trim().toLowerCase();
  const state = jurisdiction.toUpperCase();
  if (words === '' && (state === 'US-OR' || state.startsWith('US-WA')))
    return { kind: 'statute', statute: state === 'US-OR' ? 'US-OR' : 'US-WA' };
  if (words === '')
    return defaults.allocation === ''
      ? { kind: 'oldest' }
      : allocationOf(defaults.allocation, '', { ...defaults, allocation: '' });
  if (/^oldest( due)?( first)?$/.test(words)) return { kind: 'oldest' };
  if (/^(oregon|us-or|or)$/.test(words)) return { kind: 'statute', statute: 'US-OR' };
  if (/^(washington|us-wa|wa|rent first)$/.test(words)) return { kind: 'statute', statute: 'US-WA' };
  const list = words
    .replace(/^by (charge )?type:?/, '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return { kind: 'types', types: list.length > 0 ? list : defaults.types };
}

function emailsOf(cell: RowReader, problem: RowProblems): readonly string[] {
  const text = textOf(cell('Email'));
  if (text === '') return [];
  const { addresses, reasons } = parseAddressList(text);
  for (const reason of reasons)
    problem('Email', reason, 'Correct the address; charges run meanwhile, mail to it does not.');
  return addresses;
}

function notifyOf(cell: RowReader, problem: RowProblems): Lease['notifyBy'] {
  const text = textOf(cell('Notify by')).toLowerCase();
  if (text === '' || text === 'email' || text === 'mail' || text === 'e-mail') return 'email';
  if (text === 'none' || text === 'no') return 'none';
  problem(
    'Notify by',
    `"${text.slice(0, 40)}" is not a way that is connected; nothing is sent to this resident.`,
    'Choose email or none.',
  );
  return 'none';
}

// ---------------------------------------------------------------- Properties

/** Properties by name in lower case. */
export function readProperties(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  defaults: Defaults,
): { readonly byName: ReadonlyMap<string, Property>; readonly problems: readonly Problem[] } {
  const { rows, problems } = readRows(layout, cells, (cell, row, problem) =>
    propertyOf(layout, cell, row, problem, defaults),
  );
  const byName = new Map<string, Property>();
  const more: Problem[] = [];
  for (const property of rows) {
    if (byName.has(property.name.toLowerCase()))
      more.push({
        tab: layout.tab.title,
        row: property.row,
        column: 'Property',
        what: `"${property.name}" stands in more than one row; the first one is used.`,
        fix: 'Give every property its own name.',
      });
    else byName.set(property.name.toLowerCase(), property);
  }
  return { byName, problems: [...problems, ...more] };
}

function propertyOf(
  layout: Layout,
  cell: RowReader,
  row: number,
  problem: RowProblems,
  defaults: Defaults,
): Property | undefined {
  const before = problem.list.length;
  const name = textOf(cell('Property'));
  if (name === '') problem('Property', 'The name is empty.', 'Write the name that leases refer to.');
  const zoneText = textOf(cell('Time zone')) || defaults.zone;
  if (!isZone(zoneText))
    problem('Time zone', `"${zoneText.slice(0, 40)}" is not a time zone.`, 'Write one such as America/New_York.');
  const code = (textOf(cell('Currency')) || defaults.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(code))
    problem('Currency', `"${code.slice(0, 40)}" is not a currency.`, 'Write a code such as USD.');
  const currency = code as Currency;
  const jurisdiction = textOf(cell('Jurisdiction')).toUpperCase();
  const fees = /^[A-Z]{3}$/.test(code)
    ? feePolicy(layout, cell, problem, defaults.fees(currency), currency, defaults)
    : undefined;
  const webhook = textOf(cell('Slack webhook'));
  if (problem.list.length > before || !isZone(zoneText) || !fees) return undefined;
  if (jurisdiction !== '' && !lawOf(jurisdiction))
    problem(
      'Jurisdiction',
      `No late-fee rule is on file for "${jurisdiction.slice(0, 20)}".`,
      'Check the code (US-TX, CA-ON, UK-ENG), or confirm the fee terms: they are then charged as you wrote them.',
    );
  if (/hooks\.slack\.com/.test(webhook))
    problem(
      'Slack webhook',
      'A webhook address is a secret and must not stand in a cell.',
      'It is moved out of the cell at the next run of the owner.',
    );
  return {
    row,
    name: propertyName(name),
    address: textOf(cell('Address')),
    zone: zoneText,
    currency,
    jurisdiction,
    fees,
    managerEmail: textOf(cell('Manager email')),
    slack: webhook !== '' && webhook.toLowerCase() !== 'no',
    ...(/hooks\.slack\.com/.test(webhook) ? { webhookInCell: webhook } : {}),
  };
}

// ---------------------------------------------------------------- Terms, Links, Ladder, Templates

export function readTerms(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  leases: ReadonlyMap<string, Lease>,
  currencyFor: (lease: Lease) => Currency,
): Read<Term> {
  return readRows(layout, cells, (cell, row, problem) => {
    const before = problem.list.length;
    const lease = leases.get(textOf(cell('Lease ID')).toLowerCase());
    if (!lease) {
      problem(
        'Lease ID',
        `"${textOf(cell('Lease ID')).slice(0, 40)}" is no lease that runs.`,
        'Write an id as it stands on the Leases tab, or mend that row.',
      );
      return undefined;
    }
    const type = textOf(cell('Type')).toLowerCase();
    if (type === '')
      problem('Type', 'The type is empty.', 'Write rent, parking, utilities, credit or a word of your own.');
    if (/[;=|()]/.test(type))
      problem('Type', `"${type.slice(0, 40)}" has a sign that is not allowed.`, 'Use letters, digits and spaces.');
    const amountCents = amountOf(cell, 'Amount', currencyFor(lease), problem);
    const from = dateOfCell(cell, 'From', problem, true);
    const until = dateOfCell(cell, 'Until', problem, false);
    const every = choice(cell, 'Every', { '': 'period', period: 'period', once: 'once' } as const, problem);
    if (problem.list.length > before || amountCents === undefined || !from || !every) return undefined;
    return {
      row,
      lease: lease.id,
      type,
      amountCents,
      from,
      ...(until ? { until } : {}),
      every,
      memo: textOf(cell('Memo')),
    };
  });
}

export function readLinks(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  leases: ReadonlyMap<string, Lease>,
): Read<Link> {
  return readRows(layout, cells, (cell, row, problem) => {
    const lease = leases.get(textOf(cell('Lease ID')).toLowerCase());
    const kind = (['customer', 'autopay', 'payer'] as const).find(
      (each) => each === textOf(cell('Kind')).toLowerCase(),
    );
    if (!lease)
      problem(
        'Lease ID',
        `"${textOf(cell('Lease ID')).slice(0, 40)}" is no lease that runs.`,
        'Write an id as it stands on the Leases tab, or mend that row.',
      );
    if (!kind)
      problem(
        'Kind',
        `"${textOf(cell('Kind')).slice(0, 40)}" is not a kind of link.`,
        'Choose customer, autopay or payer.',
      );
    const externalId = textOf(cell('External ID'));
    if (externalId === '') problem('External ID', 'The id is empty.', 'Write the id at the platform.');
    return lease && kind && externalId
      ? { row, lease: lease.id, platform: textOf(cell('Platform')).toLowerCase(), kind, externalId }
      : undefined;
  });
}

export function readLadder(layout: Layout, cells: readonly (readonly Cell[])[], currency: Currency): Read<Rung> {
  const seen = new Set<string>();
  return readRows(layout, cells, (cell, _row, problem) => {
    const before = problem.list.length;
    const name = textOf(cell('Rung'));
    if (name === '' || /[;|:]/.test(name))
      problem('Rung', `"${name}" is not a usable name.`, 'Use letters, digits and dashes.');
    if (seen.has(name)) problem('Rung', `"${name}" stands twice.`, 'Give every rung its own name.');
    const days = intOf(cell('Days'));
    if (days === undefined)
      problem(
        'Days',
        `"${textOf(cell('Days'))}" is not a number of days.`,
        'Write a whole number; -3 is three days before.',
      );
    const number = (column: string): number => {
      if (isBlank(cell(column))) return 0;
      const value = intOf(cell(column));
      if (value === undefined || value < 0)
        problem(column, `"${textOf(cell(column))}" is not a whole number.`, 'Write a whole number or leave it empty.');
      return value ?? 0;
    };
    const minimumCents = isBlank(cell('Minimum balance'))
      ? cents(0)
      : amountOf(cell, 'Minimum balance', currency, problem);
    const [minimumUnpaid, everyDays, timesMax] = [number('Minimum unpaid'), number('Every'), number('Times')];
    const from = choice(cell, 'Counted from', { '': 'due', due: 'due', 'first fee': 'first fee' } as const, problem);
    const channel = choice(cell, 'Channel', { '': 'email', email: 'email', task: 'task' } as const, problem);
    if (problem.list.length > before || days === undefined || minimumCents === undefined || !from || !channel)
      return undefined;
    seen.add(name);
    return {
      name,
      days,
      from,
      minimumCents,
      minimumUnpaid,
      everyDays,
      timesMax,
      channel,
      template: textOf(cell('Template')) || name,
      task: textOf(cell('Task')),
      release: textOf(cell('Release')).toLowerCase() === 'yes',
    };
  });
}

export function readTemplates(layout: Layout, cells: readonly (readonly Cell[])[]): Read<Template> {
  return readRows(layout, cells, (cell) => {
    const key = textOf(cell('Template'));
    return key === ''
      ? undefined
      : {
          key,
          language: textOf(cell('Language')).toLowerCase() || 'en',
          subject: textOf(cell('Subject')),
          body: String(cell('Body')),
        };
  });
}
