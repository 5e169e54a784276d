/** Leases and properties as values: what can be read runs, what cannot is a problem beside its row. */
import { parseAddressList } from '../domain/addresses';
import type { AllocationRule, Frequency, Lease, Property, Proration } from '../domain/book';
import { isZone, weekday } from '../domain/calendar';
import { lawOf } from '../domain/law';
import { ZERO } from '../domain/money';
import { type Currency, type Day, leaseId, type Problem, propertyName } from '../domain/values';
import type { Cell } from '../ports';
import { dayOf, intOf, isBlank, textOf } from './cells';
import { type Defaults, feePolicy } from './fee-cells';
import type { Layout, RowReader } from './layout';
import { movedOutOf } from './moved-out';
import { leasePaying, propertyPaying } from './pay-cells';
import { amountOf, choice, dateOfCell, type Read, type RowProblems, readRows } from './row-reader';

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
    smsConsent: consentOf(cell),
    ...signedOf(cell, problem),
    language: textOf(cell('Language')).toLowerCase() || 'en',
    ...(holdUntil ? { holdUntil } : {}),
    ...movedOutOf(cell, problem),
    fees,
    ...leasePaying(cell, problem, { residents: textOf(cell('Residents')), emails, rentCents }, currency),
  };
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

const NOTIFY: Readonly<Record<string, Lease['notifyBy']>> = {
  '': 'email',
  email: 'email',
  mail: 'email',
  'e-mail': 'email',
  sms: 'sms',
  text: 'sms',
  both: 'both',
  'email and sms': 'both',
  'email, else sms': 'email, else sms',
  'sms, else email': 'sms, else email',
  none: 'none',
  no: 'none',
};

function notifyOf(cell: RowReader, problem: RowProblems): Lease['notifyBy'] {
  const text = textOf(cell('Notify by')).toLowerCase().replace(/\s+/g, ' ');
  const known = NOTIFY[text];
  if (known) return known;
  problem(
    'Notify by',
    `"${text.slice(0, 40)}" is not a way that is connected; nothing is sent to this resident.`,
    'Choose email, sms, both, "email, else sms", "sms, else email" or none.',
  );
  return 'none';
}

/** "no" and an empty cell are no consent; any other words are. */
function consentOf(cell: RowReader): string {
  const text = textOf(cell('SMS consent'));
  return /^(no|none|never|-)?$/i.test(text) ? '' : text.slice(0, 200);
}

/** Empty: nobody waits for a signature. A word that is neither a day nor "awaiting" stops nothing. */
function signedOf(cell: RowReader, problem: RowProblems): Pick<Lease, 'awaitsSignature' | 'signedOn'> {
  const text = textOf(cell('Signed'));
  if (text === '') return {};
  if (/^awaiting/i.test(text)) return { awaitsSignature: true };
  const day = dayOf(cell('Signed'));
  if (day) return { signedOn: day };
  problem('Signed', `"${text.slice(0, 40)}" is not a day.`, 'Write the day as year-month-day, or "awaiting".');
  return {};
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

const BOOKS: readonly string[] = [
  'quickbooks',
  'xero',
  'zoho-books',
  'freshbooks',
  'dynamics-365',
  'yardi-breeze',
  'appfolio',
  'rentmanager',
];
const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

/** `QuickBooks, Xero` as platform names; undefined for all that are connected. A word that names none of them keeps none. */
function booksOf(text: string): readonly string[] | undefined {
  const words = text
    .split(/[,;]/)
    .map(plainName)
    .filter((word) => word !== '' && word !== 'all');
  if (words.length === 0) return undefined;
  return BOOKS.filter((name) => words.some((word) => word.startsWith(plainName(name).replace('books', ''))));
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
  const channel = slackChannelOf(cell, problem);
  const mailBy = mailByOf(cell, problem);
  const books = booksOf(textOf(cell('Books')));
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
  if (books?.length === 0 && !/^none$/i.test(textOf(cell('Books'))))
    problem(
      'Books',
      `"${textOf(cell('Books')).slice(0, 40)}" names no books.`,
      `Write one of ${BOOKS.join(', ')}, or none.`,
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
    ...(books === undefined ? {} : { books }),
    ...(mailBy ? { mailBy } : {}),
    ...propertyPaying(cell, problem),
    slack: webhook !== '' && webhook.toLowerCase() !== 'no',
    ...(channel ? { slackChannel: channel } : {}),
    ...(/hooks\.slack\.com/.test(webhook) ? { webhookInCell: webhook } : {}),
  };
}

const CARRIERS = ['gmail', 'sendgrid', 'mailgun'];

function mailByOf(cell: RowReader, problem: RowProblems): string | undefined {
  const word = textOf(cell('Mail by')).toLowerCase();
  if (word === '' || CARRIERS.includes(word)) return word || undefined;
  problem(
    'Mail by',
    `"${word.slice(0, 40)}" carries no mail; it goes as Settings say.`,
    `Write ${CARRIERS.join(', ')}.`,
  );
  return undefined;
}

/** Slack's ids of channels, or a name: a name can change, an id does not. */
function slackChannelOf(cell: RowReader, problem: RowProblems): string | undefined {
  const text = textOf(cell('Slack channel'));
  if (text === '' || /^no(ne)?$/i.test(text)) return undefined;
  const id = /^(?:[CGD][A-Z0-9]{6,}|#[\p{Ll}\p{N}_-]{1,80})$/u.exec(text)?.[0];
  if (!id)
    problem(
      'Slack channel',
      `"${text.slice(0, 40)}" is not the id of a channel; nothing is posted there.`,
      'Choose the channel on the Slack card under Connections, which writes its id here.',
    );
  return id;
}
