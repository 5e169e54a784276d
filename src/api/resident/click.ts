/** A click on the page: whose it is in the Log, and the one name under which it acts once. */
import type { Account } from '../../domain/account';
import { digestOf } from '../../domain/audit';
import { masked } from '../../domain/masked';
import { type Person, peopleOn } from '../../domain/shares';
import type { App } from '../../run/app';
import type { OneLease, PageLink } from './lease';

/** `resident m…@example.com`: the Log and the Ledger never hold a whole address or a link. */
export const residentName = ({ link }: Pick<OneLease, 'link'>): string =>
  `resident ${masked(link.address) || 'by the page'}`;

const LONGEST_ID = 200;

/** The id of a click on the page: another link never meets it, whatever is posted. */
export const clickIdOf = ({ link }: Pick<OneLease, 'link'>, request: string): string =>
  `page-${digestOf(`${link.id}:${request.slice(0, LONGEST_ID)}`).slice(0, 24)}`;

/** The same execution in the resident's name, under a run of its own for each request. */
export const asResident = (app: App, one: Pick<OneLease, 'link'>, request: string): App => ({
  ...app,
  run: { ...app.run, id: `page-${request}`, by: residentName(one) },
});

/** Who of several people the link was made for; undefined where there is one only, or nobody can tell. */
export function payerOf({ address }: PageLink, { lease }: Pick<Account, 'lease'>): Person | undefined {
  const people = peopleOn(lease);
  if (people.length < 2) return undefined;
  return people.find(({ email }) => email !== '' && email.toLowerCase() === address.toLowerCase());
}
