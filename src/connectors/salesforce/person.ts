/** The resident of a lease as a contact: names, mail and phone. */
import type { LeaseStatus, TaskNote } from '../../domain/status';
import type { Account } from '../connector';
import { kept, phoneField } from './mapping';

type Known = Pick<LeaseStatus | TaskNote, 'leaseId' | 'residents' | 'email'> & { readonly phone?: string };

/** A household is one contact: that of the resident who is named first. */
const firstOf = (list: string): string => list.split(/\s*(?:[,;&\n]|\sand\s)\s*/i)[0]?.trim() ?? '';

/** What is empty here is left as it is there. Without a name the contact goes by its lease. */
export function personOf({ leaseId, residents, email, phone = '' }: Known, account: Account): Record<string, string> {
  const words = firstOf(residents).split(/\s+/).filter(Boolean);
  const last = words.pop() ?? leaseId;
  const all = {
    FirstName: kept(words.join(' '), 40),
    LastName: kept(last, 80),
    Email: mailOf(email),
    [phoneField(account)]: kept(firstOf(phone), 40),
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
}

/** The first address, in the form in which addresses are compared. */
export const mailOf = (list: string): string => kept(firstOf(list), 80).toLowerCase();

/** Whether one of the residents has this last name. */
export const hasLastName = ({ residents }: Known, name: string): boolean =>
  ` ${residents.toLowerCase().replace(/[,;&\n]/g, ' ')} `.includes(` ${name.trim().toLowerCase()} `);

/** What a contact that is made has besides: without an account it is its owner's private one. */
export const madeWith = ({ SALESFORCE_ACCOUNT: id = '' }: Account): Record<string, string> =>
  id.trim() === '' ? {} : { AccountId: id.trim() };
