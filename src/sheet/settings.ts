/** The Settings tab as values; a setting that cannot be read keeps its safe default and becomes a problem. */
import type { FeePolicy } from '../domain/book';
import { isZone, parseDay } from '../domain/calendar';
import { FEE_EXAMPLES, parseFee, parseGrace } from '../domain/fee-words';
import { parseAmount, ZERO } from '../domain/money';
import { yesOrNo } from '../domain/pay-terms';
import type { Settings } from '../domain/run-book';
import type { Currency, Day, Problem, Zone } from '../domain/values';
import type { Cell } from '../ports';
import { dayOf, isBlank, textOf } from './cells';
import { type Defaults, NO_FEES } from './fee-cells';
import { type Layout, reader } from './layout';

export interface ReadSettings {
  readonly settings: Settings;
  readonly defaults: Defaults;
  readonly problems: readonly Problem[];
  readonly value: (name: string) => string;
}

/** Reads the tab; names are matched without regard to case. */
export function readSettings(layout: Layout, cells: readonly (readonly Cell[])[]): ReadSettings {
  const problems: Problem[] = [...layout.problems];
  const values = new Map<string, { cell: Cell; row: number }>();
  cells.forEach((line, index) => {
    const cell = reader(layout, line);
    if (!isBlank(cell('Setting')))
      values.set(textOf(cell('Setting')).toLowerCase(), { cell: cell('Value'), row: index + 2 });
  });
  const value = (name: string) => textOf(values.get(name.toLowerCase())?.cell);
  const bad = (name: string, what: string, fix: string) => {
    const row = values.get(name.toLowerCase())?.row;
    problems.push({ tab: layout.tab.title, ...(row === undefined ? {} : { row }), column: name, what, fix });
  };
  const zoneText = value('Time zone') || 'Etc/UTC';
  if (!isZone(zoneText))
    bad('Time zone', `"${zoneText}" is not a time zone; UTC is used.`, 'Write one such as America/New_York.');
  const code = value('Currency').toUpperCase() || 'USD';
  if (!/^[A-Z]{3}$/.test(code))
    bad('Currency', `"${code}" is not a currency; USD is used.`, 'Write a code such as USD.');
  const opens = dayOf(values.get('books open on')?.cell) ?? parseDay(value('Books open on'));
  if (!opens)
    bad(
      'Books open on',
      `"${value('Books open on')}" is not a date; nothing is charged until it is.`,
      'Write the first day of the books, such as 2026-12-01.',
    );
  const [quietFromHour, quietUntilHour] = quietHours(value('Quiet hours'), bad);
  const settings: Settings = {
    booksOpenOn: opens ?? ('9999-12-31' as Day),
    zone: (isZone(zoneText) ? zoneText : 'Etc/UTC') as Zone,
    currency: (/^[A-Z]{3}$/.test(code) ? code : 'USD') as Currency,
    reminders: /^(on|yes|true)$/i.test(value('Reminders')),
    quietFromHour,
    quietUntilHour,
    senderName: value('Sender name'),
    digestTo: value('Digest to'),
    digestLanguage: value('Digest language').toLowerCase() || 'en',
    failureAlerts: !/^(off|no|false)$/i.test(value('Failure alerts')),
    payLinks: /^(on|yes|true)$/i.test(value('Pay links')) && /^https:\/\//.test(value('Pay link returns to')),
    payReturnTo: value('Pay link returns to'),
    autopayDaysBefore: daysBefore(value('Autopay days before'), bad),
    payLinksBy: value('Pay links by').toLowerCase() || 'stripe',
    partialPayments: yesOrNo(value('Partial payments')) ?? true,
    minimumPart: minimumPart(value('Minimum part'), bad),
    howToPay: value('How to pay').slice(0, HOW_TO_PAY_MAX),
    matchByEvidence: !/^(off|no|false)$/i.test(value('Match by evidence')),
    approvalLimit: limitOf(value('Approval limit'), bad),
    paused: /^(yes|on|true)$/i.test(value('Pause everything')),
    mailBy: carrier(value('Mail by'), MAIL_BY, 'Mail by', bad) || 'gmail',
    textsBy: carrier(value('Texts by'), TEXTS_BY, 'Texts by', bad),
    textPrice: priceOf(value('Text price'), bad),
    receipts: receiptsFor(value('Receipts'), bad),
    handOverHours: hoursOf(value('Hand over hours'), bad),
    promiseDays: promiseDaysOf(value('Promise days'), bad),
    pageLinkDays: linkDays(value('Account link days'), bad),
  };
  const types = listOf(value('Allocation order'));
  const fees = (currency: Currency) => companyFees(value, currency, bad);
  // Read once here so that a bad word is a problem even where no property needs it.
  fees(settings.currency);
  const quiet = new Map<string, FeePolicy>();
  const cached = (currency: Currency): FeePolicy => {
    const known = quiet.get(currency) ?? companyFees(value, currency, () => undefined);
    quiet.set(currency, known);
    return known;
  };
  return {
    settings,
    defaults: {
      zone: settings.zone,
      currency: settings.currency,
      types,
      allocation: value('Allocation'),
      fees: cached,
    },
    problems,
    value,
  };
}

/** Above it a second person approves; the same number in every currency, since it is a matter of trust and not of money. */
function limitOf(text: string, bad: Bad): string {
  if (text === '' || parseAmount(text, 'USD' as Currency) !== undefined) return text;
  bad(
    'Approval limit',
    `"${text}" is not an amount; everything waits for a second person.`,
    'Write a number such as 500, or leave it empty.',
  );
  return '0';
}

const HOW_TO_PAY_MAX = 1000;
const MINIMUM_PART = '10.00';

/** The same number in every currency; of a currency without cents its whole units. */
function minimumPart(text: string, bad: Bad): string {
  const known = parseAmount(text, 'USD' as Currency);
  if (text === '') return MINIMUM_PART;
  if (known !== undefined && known >= 0) return text;
  bad('Minimum part', `"${text}" is not an amount; ${MINIMUM_PART} is used.`, 'Write a number such as 25.');
  return MINIMUM_PART;
}

/** Ten days at most: a rent that is not charged yet may still change. */
const DAYS_BEFORE_MAX = 10;

function daysBefore(text: string, bad: Bad): number {
  if (text === '') return 0;
  if (/^\d{1,2}$/.test(text) && Number(text) <= DAYS_BEFORE_MAX) return Number(text);
  bad(
    'Autopay days before',
    `"${text}" is not a number of days; saved methods are charged on the due date.`,
    `Write a whole number from 0 to ${DAYS_BEFORE_MAX}.`,
  );
  return 0;
}

const MAIL_BY: readonly string[] = ['gmail', 'sendgrid', 'mailgun'];
const TEXTS_BY: readonly string[] = ['twilio'];

/** A carrier that is not known sends nothing by a way that nobody chose: mail goes by Gmail, text messages not at all. */
function carrier(text: string, known: readonly string[], name: string, bad: Bad): string {
  const word = text.toLowerCase();
  const isMail = known.includes('gmail');
  // There is always something that carries mail: who wants none to leave turns reminders off.
  if (word === '' || (!isMail && /^(no|none|off)$/.test(word))) return '';
  if (known.includes(word)) return word;
  const instead = isMail ? 'mail goes by gmail' : 'no text message is sent';
  bad(name, `"${text}" is not known; ${instead}.`, `Write one of: ${known.join(', ')}.`);
  return '';
}

/** `0.0083 USD`; '' where nobody has said. */
function priceOf(text: string, bad: Bad): string {
  const match = /^(\d+(?:\.\d{1,6})?)\s*([A-Za-z]{3})$/.exec(text);
  if (match) return `${match[1]} ${match[2]?.toUpperCase()}`;
  if (text !== '') bad('Text price', `"${text}" is not a price.`, 'Write it like 0.0083 USD, or leave it empty.');
  return '';
}

function receiptsFor(text: string, bad: Bad): 'all' | 'platforms' | 'none' {
  const word = text.toLowerCase();
  if (word === '' || word === 'platforms' || word === 'all' || word === 'none') return word === '' ? 'all' : word;
  bad('Receipts', `"${text}" is not known; every payment gets one.`, 'Write all, platforms or none.');
  return 'all';
}

const HOURS_MAX = 24;

function hoursOf(text: string, bad: Bad): number {
  if (text === '') return 0;
  if (/^\d{1,2}$/.test(text) && Number(text) <= HOURS_MAX) return Number(text);
  bad('Hand over hours', `"${text}" is not a number of hours; nothing is handed over early.`, 'Write 0 to 24.');
  return 0;
}

const PROMISE_DAYS = 10;
const PROMISE_DAYS_MAX = 60;

/** Empty is the default, as in a tab from before residents could promise. */
function promiseDaysOf(text: string, bad: Bad): number {
  if (text === '') return PROMISE_DAYS;
  if (/^\d{1,2}$/.test(text) && Number(text) <= PROMISE_DAYS_MAX) return Number(text);
  bad(
    'Promise days',
    `"${text}" is not a number of days; no promise is taken.`,
    `Write a whole number from 0 to ${PROMISE_DAYS_MAX}; 0 takes none.`,
  );
  return 0;
}

const LINK_DAYS = 30;
const LINK_DAYS_MAX = 90;

function linkDays(text: string, bad: Bad): number {
  if (text === '') return LINK_DAYS;
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= LINK_DAYS_MAX) return Number(text);
  bad(
    'Account link days',
    `"${text}" is not a number of days; links are good for ${LINK_DAYS}.`,
    `Write 1 to ${LINK_DAYS_MAX}.`,
  );
  return LINK_DAYS;
}

type Bad = (name: string, what: string, fix: string) => void;

const listOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function quietHours(text: string, bad: Bad): readonly [number, number] {
  if (/^(none|off|no)$/i.test(text)) return [0, 0];
  const match = /^(\d{1,2})(?::00)?\s*[-–to]+\s*(\d{1,2})(?::00)?$/.exec(text);
  const [from, until] = [Number(match?.[1]), Number(match?.[2])];
  if (match && from < 24 && until < 24) return [from, until];
  if (text !== '')
    bad(
      'Quiet hours',
      `"${text}" cannot be read; 21:00-08:00 is used.`,
      'Write full hours such as 21:00-08:00, or none.',
    );
  return [21, 8];
}

/** Setup writes the rule without its days: until somebody gives a number, no grace is agreed and nothing is wrong. */
function companyGrace(rule: string, days: string): ReturnType<typeof parseGrace> {
  if (days === '' && /^n full days$/i.test(rule)) return { value: NO_FEES.grace };
  return parseGrace(rule, days);
}

function companyFees(value: (name: string) => string, currency: Currency, bad: Bad): FeePolicy {
  const fee = (name: string) => {
    const parsed = parseFee(value(name), currency);
    if (parsed === undefined)
      bad(name, `"${value(name)}" is not a fee that can be read.`, `Write it like ${FEE_EXAMPLES}.`);
    return parsed === 'none' ? undefined : parsed;
  };
  const amount = (name: string) => {
    if (value(name) === '') return ZERO;
    const parsed = parseAmount(value(name), currency);
    if (parsed === undefined || parsed < 0)
      bad(name, `"${value(name)}" is not an amount.`, 'Write a number such as 50.00.');
    return parsed !== undefined && parsed >= 0 ? parsed : ZERO;
  };
  const grace = companyGrace(value('Grace rule'), value('Grace days'));
  if (!('value' in grace)) bad('Grace rule', grace.reason, grace.fix);
  const [late, cap] = [fee('Late fee'), fee('Late fee cap')];
  const appliesTo = listOf(value('Late fee applies to'));
  return {
    ...NO_FEES,
    ...(late ? { late } : {}),
    ...(cap ? { cap } : {}),
    grace: 'value' in grace ? grace.value : NO_FEES.grace,
    minimumCents: amount('Minimum balance'),
    returnedCents: amount('Returned payment fee'),
    appliesTo: appliesTo.length > 0 ? appliesTo : NO_FEES.appliesTo,
  };
}
