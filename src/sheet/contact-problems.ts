/** Addresses on the Leases tab of which a platform says that they are bad: a problem beside the lease, until somebody corrects them. */
import type { Lease } from '../domain/book';
import { type ContactRow, type ContactState, contactOf, type Way } from '../domain/contacts';
import { e164 } from '../domain/phone';
import type { Problem } from '../domain/values';
import { CONTACTS, LEASES } from './schema';

const COLUMNS: Readonly<Record<Way, string>> = { email: 'Email', sms: 'Phone' };

const ONES: readonly ContactState[] = ['bounced', 'blocked'];

/** None for an opt-out: that is the resident's word and nothing to correct. */
export function contactProblems(leases: readonly Lease[], contacts: readonly ContactRow[]): readonly Problem[] {
  if (!contacts.some((row) => ONES.includes(row.state))) return [];
  return leases.flatMap((lease) => {
    const phone = e164(lease.phone);
    return [
      ...lease.emails.flatMap((address) => problemOf(lease, contacts, 'email', address)),
      ...('number' in phone ? problemOf(lease, contacts, 'sms', phone.number) : []),
    ];
  });
}

function problemOf(lease: Lease, contacts: readonly ContactRow[], kind: Way, address: string): readonly Problem[] {
  const row = contactOf(contacts, kind, address);
  if (!row || !ONES.includes(row.state)) return [];
  const said = `${row.by} says so${row.detail ? ` (${row.detail.slice(0, 120)})` : ''}`;
  const told =
    row.state === 'bounced'
      ? {
          what: `Nothing arrives at ${address}: ${said}.`,
          fix: `Correct it here. If it is right, write "good" beside it on the ${CONTACTS.title} tab, and it is tried again.`,
        }
      : {
          what: `${address} takes nothing from us for now: ${said}.`,
          fix: `Ask the resident to let it through. Then write "good" beside it on the ${CONTACTS.title} tab, and it is tried again.`,
        };
  return [{ tab: LEASES.title, row: lease.row, column: COLUMNS[kind], ...told, read: true }];
}
