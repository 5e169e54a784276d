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
  const read = act.header === 'Email' ? mailCell(lease, act.to.trim()) : phoneCell(act.to.trim());
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

const WORD: Readonly<Record<ContactHeader, string>> = { Email: 'mail address', Phone: 'phone' };
const CONSENT = 'Texts go there as well: whoever has that phone must have agreed to them.';

export const contactCell = ({ emails, phone }: Lease, header: ContactHeader): string =>
  header === 'Email' ? emails.join(', ') : phone;

type Cell = { readonly text: string } | { readonly reason: string };

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
