/** Every tab and column of the workbook, in order: the one place that says what stands where, and what it means. */
import { fieldsNote } from '../domain/message-fields';

/** How a column's cells are read and shown. `day` and `money` are typed cells on people's tabs; the add-on's own days are ISO text. */
export type ColumnKind = 'text' | 'money' | 'day' | 'iso' | 'int' | 'list' | 'percent';

export interface Column {
  readonly header: string;
  readonly kind: ColumnKind;
  /** The header's note: what to write here, or what it shows. */
  readonly note: string;
  /** Dropdown values; people may be warned, never stopped, when they type another. */
  readonly choices?: readonly string[];
  readonly width?: number;
  /** A people's column that may be missing without a problem. */
  readonly optional?: boolean;
}

export interface Tab {
  readonly title: string;
  readonly owner: 'people' | 'add-on';
  readonly hidden?: boolean;
  /** Rows the journal kind of tab only grows by. */
  readonly appendOnly?: boolean;
  readonly columns: readonly Column[];
  /** Columns that a person may add; they are read where they stand, and never made by Set up. */
  readonly mayHave?: readonly Column[];
}

const col = (header: string, kind: ColumnKind, note: string, more: Partial<Column> = {}): Column => ({
  header,
  kind,
  note,
  ...more,
});

const FEE_COLUMNS: readonly Column[] = [
  col('Grace days', 'int', 'How many days the grace rule speaks of, e.g. 5.'),
  col(
    'Grace rule',
    'text',
    '"due + N": the fee may come N days after the due date. "N full days": N days after the due date are free.',
    {
      choices: ['due + N', 'N full days'],
    },
  ),
  col(
    'Late fee',
    'text',
    'In words: 50.00, 5% of rent, 5% of balance, 10.00 a day, greater of 20.00 and 5% of rent. Empty: no late fee.',
  ),
  col('Late fee cap', 'text', 'The most that late fees on one charge may come to, in the same words.'),
  col('Minimum balance', 'money', 'No late fee while less than this is unpaid.'),
  col('Returned payment fee', 'money', 'Charged when a payment is returned by the bank.'),
];

export const LEASES: Tab = {
  title: 'Leases',
  owner: 'people',
  mayHave: [
    // The fee terms of one lease, over those of its property.
    ...FEE_COLUMNS,
    col(
      'Moved out',
      'text',
      'Roommates who leave before the others: address and day, such as ana@example.com 2026-11-30. From that day on their ' +
        'link shows nothing.',
    ),
  ],
  columns: [
    col(
      'Lease ID',
      'text',
      'Your own short name for the lease, used nowhere else. It is part of every reference: never change it later.',
    ),
    col('Property', 'text', 'As written on the Properties tab.'),
    col('Unit', 'text', 'The unit as people call it: 4B, Garden.'),
    col('Residents', 'text', 'Names, separated by commas.', { width: 180 }),
    col('Email', 'text', 'One or more addresses, separated by commas.', { width: 200 }),
    col('Phone', 'text', 'With country code.'),
    col('Rent', 'money', 'Rent for one period. A change from a later day goes on the Terms tab.'),
    col('Frequency', 'text', 'How often rent falls due. Empty means monthly.', {
      choices: ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'],
    }),
    col(
      'Due day',
      'text',
      'Date of the month (1-31; short months use their last day), or a weekday for weekly rents. Empty means 1.',
    ),
    col('Start', 'day', 'First day of the lease. A first part-period is due that day.'),
    col('End', 'day', 'The last day lived in. Empty: month to month.'),
    col('Deposit', 'money', 'Security deposit agreed. It is held as a liability, apart from rent.'),
    col('Proration', 'text', 'How a part-period is counted. Empty means actual days.', {
      choices: ['actual days', '30-day', '365-day'],
    }),
    col(
      'Allocation',
      'text',
      'Which charge money pays first: oldest first, by type, Oregon, Washington, or a list such as rent, parking, late fee.',
      {
        choices: ['oldest first', 'by type', 'Oregon', 'Washington'],
      },
    ),
    col(
      'Notify by',
      'text',
      'How this resident is told. "email, else sms" takes the second way when the first one fails. "none" sends nothing.',
      { choices: ['email', 'sms', 'both', 'email, else sms', 'sms, else email', 'none'] },
    ),
    col('Language', 'text', 'Language of messages: en, es, fr, de.', { choices: ['en', 'es', 'fr', 'de'] }),
    col('Hold until', 'day', 'Reminders, fees and escalation rest up to and including this day.'),
    col('Notes', 'text', 'Yours. The add-on never reads it.', { width: 220 }),
    col(
      'SMS consent',
      'text',
      'When and how the resident agreed to text messages, such as "lease, clause 12, 2026-10-01". Empty or "no": none is sent.',
      { optional: true, width: 160 },
    ),
    col(
      'Signed',
      'text',
      'The day on which the lease was signed. "awaiting": it is out for signature, and nothing is charged until it is signed.',
      { optional: true },
    ),
    col(
      'Partial payments',
      'text',
      "Whether a part of what is owed may be paid on the resident's page. Empty: as the Settings tab says.",
      { optional: true, choices: ['yes', 'no'] },
    ),
    col(
      'Shares',
      'text',
      'How several people share the rent among themselves: Ana 60%, Ben 40%, or amounts. The debt stays joint. Empty: equal parts.',
      { optional: true },
    ),
  ],
};

export const PROPERTIES: Tab = {
  title: 'Properties',
  owner: 'people',
  columns: [
    col('Property', 'text', 'The name that leases refer to.', { width: 160 }),
    col('Address', 'text', 'Postal address; it stands at the foot of every message.', { width: 220 }),
    col('Time zone', 'text', 'Such as America/New_York. Days begin and end by this clock.', { width: 150 }),
    col('Currency', 'text', 'Such as USD, CAD, GBP.'),
    col(
      'Jurisdiction',
      'text',
      'Where the law of late fees comes from: US-TX, CA-ON, UK-ENG. Empty: the add-on asks before it charges a fee.',
    ),
    ...FEE_COLUMNS,
    col(
      'Fee terms confirmed',
      'text',
      'Who confirmed these fee terms and when. Any text counts; "no" or empty does not.',
    ),
    col('Manager email', 'text', 'Gets the digest and is the reply address of messages.', { width: 200 }),
    col(
      'Slack webhook',
      'text',
      'Write "yes" once the webhook is stored under Connections. The secret address itself never goes into a cell.',
    ),
    col(
      'Books',
      'text',
      'Which connected books are kept in step with this property: quickbooks, xero, zoho-books, freshbooks, dynamics-365, ' +
        'yardi-breeze, appfolio, rentmanager; "none" for none. Empty: all that are connected, and of a property system those ' +
        'leases that are linked to it.',
      { optional: true },
    ),
    col('Mail by', 'text', 'What carries mail about this property. Empty: as the Settings tab says.', {
      optional: true,
      choices: ['gmail', 'sendgrid', 'mailgun'],
    }),
    col(
      'Slack channel',
      'text',
      'The id of the channel in which the Slack app posts about this property, such as C0123456789: choose it under Connections.',
      { optional: true },
    ),
    col('Pay by', 'text', 'The platform on which residents of this property pay. Empty: as the Settings tab says.', {
      optional: true,
      choices: ['stripe', 'paypal', 'square', 'plaid'],
    }),
    col(
      'Pay during notice',
      'text',
      'What residents may pay on their page while a notice runs. Empty: as the jurisdiction has it, mostly the whole only.',
      { optional: true, choices: ['any', 'full only', 'none'] },
    ),
    col('How to pay', 'text', 'Other ways to pay, in your own words. Empty: as the Settings tab says.', {
      optional: true,
      width: 220,
    }),
  ],
};

export const TERMS: Tab = {
  title: 'Terms',
  owner: 'people',
  columns: [
    col('Lease ID', 'text', 'As on the Leases tab.'),
    col(
      'Type',
      'text',
      '"rent" changes the rent from a day. Anything else adds a line: parking, utilities, pet. "credit" lowers the debt once.',
      {
        choices: ['rent', 'parking', 'utilities', 'pet', 'storage', 'other', 'credit'],
      },
    ),
    col('Amount', 'money', 'Per rent period, or once.'),
    col('From', 'day', 'The first day it holds; a one-off falls due this day.'),
    col('Until', 'day', 'The last day it holds. Empty: until the lease ends.'),
    col('Every', 'text', '"period": with every rent period. "once": a single charge or credit.', {
      choices: ['period', 'once'],
    }),
    col('Memo', 'text', 'What it is for; residents see it.', { width: 220 }),
  ],
};

export const LINKS: Tab = {
  title: 'Links',
  owner: 'people',
  columns: [
    col('Lease ID', 'text', 'As on the Leases tab.'),
    col('Platform', 'text', 'Such as stripe.'),
    col(
      'Kind',
      'text',
      'customer: payments of this customer belong to the lease. autopay: the saved payment method to charge on the due ' +
        'day. payer: a remembered payer. document: an envelope that is out for signature.',
      {
        choices: ['customer', 'autopay', 'payer', 'document'],
      },
    ),
    col(
      'External ID',
      'text',
      'The id at the platform: cus_123; pm_123 for a card, us_bank_account pm_123 for a bank account; or a payer e-mail.',
      { width: 220 },
    ),
    col('Note', 'text', 'Yours.', { width: 220 }),
  ],
};

export const LADDER: Tab = {
  title: 'Ladder',
  owner: 'people',
  columns: [
    col('Rung', 'text', 'A short name, unique on this tab.'),
    col('Days', 'int', 'Days from the date in the next column: -3 is three days before.'),
    col(
      'Counted from',
      'text',
      "due: the charge's due date. first fee: the first day on which a fee may be charged (end of grace). " +
        'signed: the day on which the lease was signed.',
      {
        choices: ['due', 'first fee', 'signed'],
      },
    ),
    col('Minimum balance', 'money', 'Only while at least this much is unpaid.'),
    col('Minimum unpaid', 'int', 'Only while at least this many charges are unpaid.'),
    col('Every', 'int', 'Repeat after this many days. Empty: once.'),
    col('Times', 'int', 'At most this many times. Empty with Every: without end.'),
    col(
      'Channel',
      'text',
      'How it is sent. "resident": as Notify by on the Leases tab says. "task" sends nothing to the resident.',
      { choices: ['resident', 'email', 'sms', 'both', 'task'] },
    ),
    col('Template', 'text', 'A name on the Templates tab.'),
    col('Task', 'text', 'A task for the manager, if any: what to do.', { width: 240 }),
    col('Release', 'text', '"yes": it waits until a named person lets it go.', { choices: ['yes', 'no'] }),
  ],
};

export const TEMPLATES: Tab = {
  title: 'Templates',
  owner: 'people',
  columns: [
    col('Template', 'text', 'Name that the Ladder and the add-on use.'),
    col('Language', 'text', 'en, es, fr, de.'),
    col('Subject', 'text', 'At most 60 characters read well on a phone.', { width: 260 }),
    col('Body', 'text', `Plain text with fields such as {{balance_due}}. ${fieldsNote()}`, { width: 520 }),
    col(
      'SMS',
      'text',
      'The same as a text message, with the same fields. How to opt out is put at its end by itself. Empty: the built-in words.',
      { optional: true, width: 300 },
    ),
  ],
};

export const SETTINGS: Tab = {
  title: 'Settings',
  owner: 'people',
  columns: [
    col('Setting', 'text', 'The name of the setting.', { width: 200 }),
    col('Value', 'text', 'What you choose.', { width: 180 }),
    col('What it means', 'text', 'For people.', { width: 460 }),
  ],
};

export const RENT_ROLL: Tab = {
  title: 'Rent Roll',
  owner: 'add-on',
  columns: [
    col('Lease ID', 'text', 'From the Leases tab.'),
    col('Property', 'text', ''),
    col('Unit', 'text', ''),
    col('Residents', 'text', '', { width: 180 }),
    col('Status', 'text', 'Where the lease stands, in words.', { width: 150 }),
    col('Balance', 'money', 'What is owed now; a negative number is money ahead.'),
    col('Currency', 'text', ''),
    col('Days late', 'int', 'From the oldest unpaid due date.'),
    col('Next due', 'iso', 'The next date on which rent falls due.'),
    col('Rent', 'money', 'Rent of the current period.'),
    col('Processing', 'money', 'Payments under way that have not settled.'),
    col('Ahead', 'money', 'Money received and not yet needed.'),
    col('Deposit held', 'money', 'A liability, not part of the balance.'),
    col('0-30', 'money', 'Unpaid for up to 30 days.'),
    col('31-60', 'money', ''),
    col('61-90', 'money', ''),
    col('90+', 'money', ''),
    col('Last rung', 'text', 'The last reminder or task of the ladder.', { width: 140 }),
    col('Problem', 'text', 'What keeps this row from being worked on, and what to do.', { width: 320 }),
  ],
};

export const LEDGER: Tab = {
  title: 'Ledger',
  owner: 'add-on',
  appendOnly: true,
  columns: [
    col('Key', 'text', 'Identity: the same cause always has the same key.', { width: 220 }),
    col('Posted', 'iso', 'When the row was written (UTC).', { width: 150 }),
    col('Day', 'iso', 'The day on which it counts.'),
    col('Property', 'text', ''),
    col('Lease ID', 'text', ''),
    col(
      'Kind',
      'text',
      'charge, receipt, credit, reversal, reinstatement, allocation, due, deposit, rung, release, pause.',
    ),
    col('Type', 'text', ''),
    col('Amount', 'money', 'Effect on the balance: charges are positive, money received negative.'),
    col('Currency', 'text', ''),
    col('Due', 'iso', ''),
    col('From', 'iso', 'First day of the rent period; on a row of kind due, the day it fell due before.'),
    col('Until', 'iso', "The day after the rent period's last; on a promise, its last day."),
    col(
      'Rate',
      'money',
      'What the whole period costs where no dated change says otherwise; a part-period is a share of it.',
    ),
    col('About', 'text', 'The receipt or charge that this row is about.', { width: 180 }),
    col('Allocated', 'text', 'Which charges it pays or reopens.', { width: 260 }),
    col('Why', 'text', 'The arithmetic or the reason.', { width: 320 }),
    col('By', 'text', ''),
  ],
};

export const RECEIPTS: Tab = {
  title: 'Receipts',
  owner: 'add-on',
  columns: [
    col('Key', 'text', '', { width: 180 }),
    col('Source', 'text', 'Where the payment was seen.'),
    col('External ID', 'text', 'The id at the source.', { width: 160 }),
    col('Lease ID', 'text', 'Empty while it waits for a person.'),
    col('Amount', 'money', ''),
    col('Currency', 'text', ''),
    col(
      'State',
      'text',
      'pending, settled, failed, returned, disputed, dispute won, dispute lost, refunded, partly refunded, not rent, split ' +
        '(its parts are rows of their own), taken back (recorded in error).',
    ),
    col('Initiated', 'iso', 'When the payer set it going (UTC); lateness is judged by this.', { width: 150 }),
    col('Payer', 'text', '', { width: 180 }),
    col('Payer email', 'text', '', { width: 180 }),
    col('Customer', 'text', "The payer's id at the source."),
    col('Reference', 'text', 'The lease id that the payment carries.'),
    col('Memo', 'text', '', { width: 180 }),
    col('Matched', 'text', 'Why it belongs to this lease, or why it waits.', { width: 260 }),
    col('Allocated', 'text', 'Which charges its money pays now.', { width: 260 }),
    col('Reversed', 'money', 'Returned, disputed or refunded in all.'),
    col('Fee', 'money', 'What the processor kept.'),
    col('Reversals', 'text', 'Ids at the source.', { width: 160 }),
    col('Seen', 'iso', 'When it was first seen (UTC).', { width: 150 }),
    col('Failure', 'text', "Why it failed, in its source's code and words.", { optional: true, width: 220 }),
  ],
};

export const TASKS: Tab = {
  title: 'Tasks',
  owner: 'add-on',
  columns: [
    col('Key', 'text', '', { width: 180 }),
    col('Property', 'text', ''),
    col('Lease ID', 'text', ''),
    col('Task', 'text', 'What to do.', { width: 260 }),
    col('Detail', 'text', '', { width: 320 }),
    col('Owner', 'text', '', { width: 180 }),
    col('Due', 'iso', ''),
    col('State', 'text', 'open, done, closed by payment.'),
    col('Outcome', 'text', '', { width: 220 }),
  ],
};

export const OUTBOX: Tab = {
  title: 'Outbox',
  owner: 'add-on',
  columns: [
    col('Key', 'text', '', { width: 220 }),
    col('Created', 'iso', '', { width: 150 }),
    col('Channel', 'text', ''),
    col('Kind', 'text', ''),
    col('Property', 'text', ''),
    col('Lease ID', 'text', ''),
    col('To', 'text', '', { width: 200 }),
    col('Subject', 'text', '', { width: 260 }),
    col(
      'State',
      'text',
      'waiting for release, ready, sending, scheduled (its platform holds it), sent, failed, cancelled, unsure.',
    ),
    col('Not before', 'iso', '', { width: 150 }),
    col('Attempts', 'int', ''),
    col('Reference', 'text', 'The id at the platform.', { width: 160 }),
    col('Fault', 'text', 'What went wrong and what to do.', { width: 260 }),
    col('Because', 'text', 'The rule that wanted it, asked again before it leaves.', { width: 200 }),
    col('Urgency', 'int', 'Smaller leaves first.'),
    col('Payload', 'text', '', { width: 200 }),
    col('Updated', 'iso', '', { width: 150 }),
    col('Delivery', 'text', 'What its platform told of it after it was sent, and when.', {
      optional: true,
      width: 220,
    }),
  ],
};

/** Mail addresses and phone numbers of which something is known: an opt-out, a bounce. */
export const CONTACTS: Tab = {
  title: 'Contacts',
  owner: 'add-on',
  columns: [
    col('Address', 'text', 'A mail address, or a phone number with country code.', { width: 220 }),
    col('Kind', 'text', 'email or sms.'),
    col('State', 'text', 'good, opted in, opted out, bounced, blocked, complained.', { width: 120 }),
    col('Since', 'iso', '', { width: 150 }),
    col('By', 'text', 'The platform that told it, or the person who decided it.', { width: 160 }),
    col('Detail', 'text', '', { width: 320 }),
  ],
};

/** What residents ask for on their page, and what became of it. */
export const REQUESTS: Tab = {
  title: 'Requests',
  owner: 'add-on',
  columns: [
    col('Key', 'text', '', { width: 180 }),
    col('At', 'iso', 'When it was asked for (UTC).', { width: 150 }),
    col('Property', 'text', ''),
    col('Lease ID', 'text', ''),
    col('By', 'text', 'The address that the page was made for.', { width: 180 }),
    col('Kind', 'text', 'dispute, promise, plan.'),
    col('About', 'text', 'The charge that is disputed, or the oldest that was owed.', { width: 180 }),
    col('Text', 'text', 'In the words of the resident.', { width: 320 }),
    col('File', 'text', 'Where the resident has put a file: look at it with care.', { width: 200 }),
    col('Until', 'iso', 'Of a promise: its last day.'),
    col('State', 'text', 'open, accepted, refused, withdrawn, kept, broken.', { width: 110 }),
    col('Answer', 'text', 'It stands on the page of the resident.', { width: 320 }),
    col('Answered by', 'text', '', { width: 160 }),
    col('Answered at', 'iso', '', { width: 150 }),
  ],
};

/** Links to a resident's own page: one row for each lease and address. */
export const RESIDENT_PAGES: Tab = {
  title: 'Resident pages',
  owner: 'add-on',
  columns: [
    col('Link', 'text', 'A random name. Alone it opens nothing: the address in a message bears a seal as well.', {
      width: 240,
    }),
    col('Lease ID', 'text', ''),
    col('Address', 'text', 'Whom the link is for.', { width: 220 }),
    col('Version', 'int', 'Counted up, it makes every link that was sent before worthless.'),
    col(
      'State',
      'text',
      'live; revoked by a person; over, where the address is no longer on the lease, the person has moved out or the lease is settled.',
    ),
    col('Made', 'iso', '', { width: 150 }),
    col('Sent', 'iso', 'When a message last carried the link.', { width: 150 }),
    col(
      'Opened',
      'text',
      'How often the page was asked for, and when last. Mail scanners and previews ask too: it does not say that anybody has read it.',
      { width: 200 },
    ),
    col('Until', 'iso', 'The last day of the page, once the lease has ended.'),
  ],
};

export const LOG: Tab = {
  title: 'Log',
  owner: 'add-on',
  appendOnly: true,
  columns: [
    col('Number', 'int', 'Counts up without a gap.'),
    col('At', 'iso', 'UTC.', { width: 150 }),
    col('Who', 'text', '', { width: 160 }),
    col('Run', 'text', 'The run or click it belongs to.'),
    col('Lease ID', 'text', ''),
    col('Kind', 'text', ''),
    col('What', 'text', '', { width: 360 }),
    col('Before', 'text', '', { width: 180 }),
    col('After', 'text', '', { width: 180 }),
    col('Key', 'text', 'The row it reports.', { width: 200 }),
    col('Row digest', 'text', 'SHA-256 of the ledger row it reports.', { width: 120 }),
    col('Digest', 'text', 'SHA-256 over this row and the digest of the row before.', { width: 120 }),
  ],
};

export const CONNECTIONS: Tab = {
  title: 'Connections',
  owner: 'add-on',
  columns: [
    col('Platform', 'text', ''),
    col('State', 'text', 'not connected, connected, needs sign-in, busy, failing, paused.', { width: 120 }),
    col('Account', 'text', 'Which account, with test or live marked.', { width: 180 }),
    col('Last success', 'iso', '', { width: 150 }),
    col('Last fault', 'text', '', { width: 320 }),
    col('Calls today', 'int', ''),
    col('Cursor', 'text', 'Where reading goes on.', { width: 240 }),
    col('Updated', 'iso', '', { width: 150 }),
    col('Mode', 'text', 'live or sandbox: whether real money moves there.', { optional: true }),
    col('Books from', 'iso', 'Charges due from this day on are mirrored into these books.', { optional: true }),
    col(
      'Is told',
      'text',
      'What it is told of the ledger: standing, receipt, event, task, of which leases, and how long figures wait.',
      {
        optional: true,
        width: 180,
      },
    ),
  ],
};

export const DASHBOARD: Tab = {
  title: 'Dashboard',
  owner: 'add-on',
  columns: [
    col('Figures', 'text', 'A row for each currency. The charts draw the currency that most leases have.', {
      width: 190,
    }),
    col('Collected this month', 'money', 'Of the charges that fall due this month, deposits left out.', { width: 150 }),
    col('Of what is due', 'percent', 'Collected, of what falls due this month and is charged.', { width: 115 }),
    col('Outstanding', 'money', 'Due and unpaid, of any month.', { width: 115 }),
    col('Late residents', 'int', 'Leases on which a late fee may come or has come.', { width: 115 }),
    col('Processing', 'money', 'Payments under way; neither paid nor late.', { width: 115 }),
    col('To handle', 'int', 'What only a person can settle; listed below the charts.', { width: 115 }),
    col('Numbers of the charts', 'text', 'What the charts on the left draw, as text.', { width: 190 }),
  ],
};

export const OPENINGS: Tab = {
  title: 'Openings',
  owner: 'add-on',
  hidden: true,
  columns: [
    col('Lease ID', 'text', ''),
    col('Open items', 'text', "The lease's open items at the last close, as data.", { width: 600 }),
  ],
};

/** Beside each row of Resident pages: where the entries of its lease stand, so that a page need not look through the Ledger. */
export const PAGE_ROWS: Tab = {
  title: 'Page rows',
  owner: 'add-on',
  hidden: true,
  columns: [
    col('Link', 'text', '', { width: 240 }),
    col('As of', 'text', 'First rows of the open ends of Ledger and Receipts, for which the lists were made.'),
    col('Ledger rows', 'text', 'Of the last months before the close.', { width: 300 }),
    col('Receipt rows', 'text', '', { width: 300 }),
    col('Older', 'text', 'yes: there are rows before those.'),
  ],
};

export const STATE: Tab = {
  title: 'State',
  owner: 'add-on',
  hidden: true,
  columns: [col('Name', 'text', '', { width: 200 }), col('Value', 'text', '', { width: 400 })],
};

/** In the order in which they stand in the workbook. */
export const TABS: readonly Tab[] = [
  RENT_ROLL,
  DASHBOARD,
  LEASES,
  PROPERTIES,
  TERMS,
  LINKS,
  LADDER,
  TEMPLATES,
  SETTINGS,
  RECEIPTS,
  TASKS,
  LEDGER,
  OUTBOX,
  CONTACTS,
  REQUESTS,
  RESIDENT_PAGES,
  LOG,
  CONNECTIONS,
  OPENINGS,
  PAGE_ROWS,
  STATE,
];

/** Counted up with every change of the add-on's own tabs that needs a migration. */
export const SCHEMA_VERSION = 1;
