/** How a resident is reached, changed on the Leases tab: by a person, or as somebody has corrected it in a CRM. */
import { parseAddress } from '../addresses';
import type { Lease } from '../book';
import { e164 } from '../phone';
import {
  type Acting,
  type ActOf,
  type ActResult,
  type ContactHeader,
  type ContactWrite,
  type Refused,
  refuse,
} from './act';

export function changeContact({ account }: Acting, act: ActOf<'contact'>): ActResult | Refused {
  const { lease } = account;
  if (hasProblem(account, act.header))
    return refuse(
      `The ${act.header} cell of ${lease.id} holds something that cannot be read: correct it on the Leases tab.`,
    );
  const read = READ[act.header](lease, act.to.trim());
  if ('reason' in read) return refuse(read.reason);
  const before = contactCell(lease, act.header);
  if (read.text === before) return refuse(`The ${WORD[act.header]} of ${lease.id} is so already.`);
  const people: readonly ContactWrite[] = [{ header: act.header, before, after: read.text }];
  const what = `the ${WORD[act.header]} of ${lease.id} ${read.text ? `to ${read.text}` : 'out of its row'}`;
  return {
    title: `${read.text ? 'Change' : 'Take'} ${what}`,
    told: `${read.text ? 'Changed' : 'Took'} ${what}`,
    people,
    warnings: act.header === 'Phone' && lease.smsConsent ? [CONSENT] : [],
  };
}

/** What cannot be read would be lost with the rest of the cell. */
const hasProblem = ({ book, lease }: Acting['account'], header: ContactHeader): boolean =>
  book.problems.some(
    ({ tab, row, column, read }) => !read && tab === 'Leases' && row === lease.row && column === header,
  );

const WORD: Readonly<Record<ContactHeader, string>> = {
  Email: 'mail address',
  Phone: 'phone',
  'Notify by': 'way of messages',
  Language: 'language',
  'SMS consent': 'consent to text messages',
};
const CONSENT = 'Texts go there as well: whoever has that phone must have agreed to them.';

const CELLS: Readonly<Record<ContactHeader, (lease: Lease) => string>> = {
  Email: ({ emails }) => emails.join(', '),
  Phone: ({ phone }) => phone,
  'Notify by': ({ notifyBy }) => notifyBy,
  Language: ({ language }) => language,
  'SMS consent': ({ smsConsent }) => smsConsent,
};

export const contactCell = (lease: Lease, header: ContactHeader): string => CELLS[header](lease);

type Cell = { readonly text: string } | { readonly reason: string };

const READ: Readonly<Record<ContactHeader, (lease: Lease, to: string) => Cell>> = {
  Email: (lease, to) => mailCell(lease, to),
  Phone: (_, to) => phoneCell(to),
  'Notify by': (_, to) => choiceCell(to, NOTIFY_WAYS),
  Language: (_, to) => choiceCell(to, LANGUAGES),
  'SMS consent': (_, to) => ({ text: to.slice(0, CONSENT_MOST) }),
};

export const NOTIFY_WAYS = ['email', 'sms', 'both', 'email, else sms', 'sms, else email', 'none'] as const;
export const LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
const CONSENT_MOST = 200;

const choiceCell = (to: string, choices: readonly string[]): Cell =>
  choices.includes(to) ? { text: to } : { reason: `Choose one of: ${choices.join('; ')}.` };

/** The first address is the one that is changed; those of roommates stay. */
function mailCell({ emails: [, ...others] }: Lease, to: string): Cell {
  if (to === '') return { text: others.join(', ') };
  const read = parseAddress(to);
  if ('reason' in read) return read;
  return { text: [read.address, ...others.filter((each) => each !== read.address)].join(', ') };
}

function phoneCell(to: string): Cell {
  const read = to === '' ? { number: '' } : e164(to);
  return 'reason' in read ? read : { text: read.number };
}
