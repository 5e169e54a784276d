/** What a new workbook starts with: settings, the escalation ladder, message templates and the hidden state. */

import { builtInTemplates } from '../domain/templates';
import type { Currency, Day, Zone } from '../domain/values';
import { SCHEMA_VERSION, type Tab } from './schema';

export interface SetupOptions {
  /** The first day whose rents the ledger charges. */
  readonly booksOpenOn: Day;
  readonly zone: Zone;
  readonly currency: Currency;
  /** The file's locale such as `en_US`; it decides the order in which days are shown. */
  readonly locale: string;
  /** E-mail of the person who sets up and whose triggers run; '' when unknown. */
  readonly owner: string;
  /** Answers of the setup dialog that replace a setting's default, by the setting's name. */
  readonly settings?: Readonly<Record<string, string>>;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

const setting = (name: string, value: string, meaning: string): Setting => ({ name, value, meaning });

const ALLOCATION_ORDER =
  'rent, utilities, parking, pet, storage, insurance, other, damage, returned payment fee, late fee, legal';

/** Every setting with its default and what it means, in the order of the Settings tab. */
export function defaultSettings(options: SetupOptions): Setting[] {
  const settings = [
    ...fileSettings(options),
    ...messageSettings(options),
    ...deskSettings(),
    ...feeSettings(),
    ...moneySettings(),
  ];
  return settings.map((each) => ({ ...each, value: options.settings?.[each.name] ?? each.value }));
}

function fileSettings(options: SetupOptions): Setting[] {
  return [
    setting(
      'Books open on',
      options.booksOpenOn,
      'The first day of your books, year-month-day. Rents due before it are not charged here.',
    ),
    setting('Time zone', options.zone, 'Used where a property names none. Days begin and end by this clock.'),
    setting('Currency', options.currency, 'Used where a property names none, such as USD.'),
  ];
}

function messageSettings(options: SetupOptions): Setting[] {
  return [
    setting(
      'Reminders',
      'off',
      'on: residents get reminders as the Ladder tab says. off: nothing is sent to residents.',
    ),
    setting(
      'Receipts',
      'all',
      'For which payments residents get a receipt: all (some laws ask for one for cash), platforms (not for what you record by ' +
        'hand), none.',
    ),
    setting('Quiet hours', '21:00-08:00', "No message leaves in these hours of the property's clock."),
    setting('Sender name', '', 'The name that residents see as sender. Empty: the name of the property.'),
    setting('Pause everything', 'no', 'yes: no message and nothing else leaves; the ledger goes on. no: as usual.'),
    setting('Mail by', 'gmail', 'What carries mail: gmail, or sendgrid or mailgun once one of them is connected.'),
    setting('Texts by', '', 'What carries text messages: twilio, once it is connected. Empty: none is sent.'),
    setting(
      'Text price',
      '',
      'What one segment of a text message costs, such as 0.0083 USD, for the forecast of a run. Empty: unknown.',
    ),
    setting(
      'Hand over hours',
      '0',
      'So many hours ahead a platform that can hold a message gets what waits for the morning, 0 to 24. 0: never.',
    ),
    setting(
      'Promise days',
      '10',
      'A resident may promise on their page to pay so many days ahead, and reminders rest until then. 0: no promises.',
    ),
    setting(
      'Account link days',
      '30',
      "For how many days the link to a resident's own page is good, from the message that carries it: 1 to 90.",
    ),
    setting('Digest to', options.owner, 'Who gets the daily summary: addresses separated by commas. Empty: nobody.'),
    setting('Digest language', 'en', 'Of the daily summary and of failure alerts: en, es, fr, de.'),
    setting(
      'Failure alerts',
      'on',
      'on: what fails is told to the owner and to "Digest to" by mail, and in Slack, once a day for each cause. off: it only ' +
        'stands under Today and Connections.',
    ),
  ];
}

function deskSettings(): Setting[] {
  return [
    setting(
      'Managers',
      '',
      'Who may act besides the owner: addresses separated by commas. ann@example.com (Elm House; Oak Court) may act on those only.',
    ),
    setting('Viewers', '', 'Who may look. Empty: everybody who can open this file. Written like Managers.'),
    setting(
      'Approval limit',
      '',
      'Waivers, credits, charges and reversals above this amount wait until a second person approves. Empty: no limit.',
    ),
  ];
}

function feeSettings(): Setting[] {
  const unless = 'Used where a property says nothing.';
  return [
    setting('Late fee', '', `In words, such as 50.00 or 5% of rent. Empty: no late fee. ${unless}`),
    setting('Late fee cap', '', `The most that late fees on one charge may come to, in the same words. ${unless}`),
    setting('Grace days', '', `The number of days that the grace rule speaks of. ${unless}`),
    setting(
      'Grace rule',
      'N full days',
      `N full days: that many days after the due date are free. due + N: the fee may come N days after it. ${unless}`,
    ),
    setting('Minimum balance', '', `No late fee while less than this is unpaid. ${unless}`),
    setting('Returned payment fee', '', `Charged when the bank returns a payment. Empty: none. ${unless}`),
    setting('Late fee applies to', 'rent', 'Which charges may carry a late fee, separated by commas. Fees never do.'),
  ];
}

function moneySettings(): Setting[] {
  return [
    setting('Allocation', 'oldest first', 'Which charge money pays first: oldest first, by type, Oregon, Washington.'),
    setting('Allocation order', ALLOCATION_ORDER, 'The order used by "by type", and among charges due the same day.'),
    setting('Pay links', 'no', 'yes: messages hold a link to pay, once a payment platform is connected. no: none.'),
    setting(
      'Pay link returns to',
      '',
      'The https page that a resident sees after paying, such as your own site. Pay links need it.',
    ),
    setting(
      'Autopay days before',
      '0',
      'So many days before the due date the saved card or bank account is charged, 0 to 10.',
    ),
    setting('Pay links by', 'stripe', 'The platform that makes the links: stripe, paypal, square or plaid.'),
    setting(
      'Partial payments',
      'yes',
      "yes: on the resident's page a part of what is owed may be paid, where the lease says nothing. no: the whole only.",
    ),
    setting('Minimum part', '10', 'The least that such a part may be.'),
    setting('How to pay', '', 'Other ways to pay, in your own words, for the page of residents.'),
    setting(
      'Match by evidence',
      'yes',
      'yes: a payment that names no lease is posted when all evidence speaks for one, and its amount is open there to the ' +
        'cent. no: it waits for a person.',
    ),
  ];
}

/** A rung in the order of the Ladder tab: name, days, counted from, channel, template, task, release. */
type Rung = readonly [string, number, 'due' | 'first fee', string, string, string, 'yes' | 'no'];

const RUNGS: readonly Rung[] = [
  ['before-due', -3, 'due', 'resident', 'before-due', '', 'no'],
  ['due-today', 0, 'due', 'resident', 'due-today', '', 'no'],
  ['late', 0, 'first fee', 'resident', 'late', '', 'no'],
  ['late-second', 7, 'first fee', 'resident', 'late-second', 'Call the resident', 'no'],
  ['final-notice', 14, 'first fee', 'resident', 'final-notice', 'Review and release the final notice', 'yes'],
];

/** A row by its headers, so that a column added to the schema cannot shift a default. */
function byHeader(tab: Tab, cells: Readonly<Record<string, string | number>>): (string | number)[] {
  return tab.columns.map((column) => cells[column.header] ?? '');
}

/** The first rows of a tab that setup creates, in the order of its columns; none for most tabs. */
export function defaultRows(tab: Tab, options: SetupOptions): (string | number)[][] {
  switch (tab.title) {
    case 'Settings':
      return defaultSettings(options).map(({ name, value, meaning }) =>
        byHeader(tab, { Setting: name, Value: value, 'What it means': meaning }),
      );
    case 'Ladder':
      return RUNGS.map(([name, days, from, channel, template, task, release]) =>
        byHeader(tab, {
          Rung: name,
          Days: days,
          'Counted from': from,
          Channel: channel,
          Template: template,
          Task: task,
          Release: release,
        }),
      );
    case 'Templates':
      return builtInTemplates().map(({ key, language, subject, body, sms = '' }) =>
        byHeader(tab, { Template: key, Language: language, Subject: subject, Body: body, SMS: sms }),
      );
    case 'State':
      return [
        byHeader(tab, { Name: 'schema version', Value: String(SCHEMA_VERSION) }),
        byHeader(tab, { Name: 'owner', Value: options.owner }),
      ];
    default:
      return [];
  }
}
