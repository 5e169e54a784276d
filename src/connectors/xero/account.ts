/** What a test call finds at Xero: the organisation that was agreed to, and whether its accounts are those that we write to. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, type AccountSeen, asked, askedAll, type Flow } from '../connector';
import { connectionsRequest, currencyAt, get, itemsOf } from './api';

export function* test(account: Account): Flow<AccountSeen> {
  const tenant = chosen(bodyOf(yield* asked(connectionsRequest), 'connections'), account.XERO_ORGANISATION);
  const found = { TENANT_ID: tenant };
  const [organisations, charts] = yield* askedAll(get(found, '/Organisation'), get(found, '/Accounts'));
  const [organisation] = itemsOf(organisations, 'Organisations');
  if (!organisation) return fail('malformed', 'Xero tells nothing of the organisation.');
  const accounts = itemsOf(charts, 'Accounts');
  known(accounts, account.XERO_INCOME_ACCOUNT, (each) => each.str('Type') !== 'BANK');
  known(accounts, account.XERO_BANK_ACCOUNT, takesPayments);
  return {
    name: organisation.str('Name'),
    mode: organisation.bool('IsDemoCompany') ? 'sandbox' : 'live',
    found: { ...found, BASE_CURRENCY: currencyAt(organisation, 'BaseCurrency') },
  };
}

/** One sign-in may reach several organisations: never take one by chance. */
function chosen(connections: Json, wanted: string | undefined): string {
  const all = (Array.isArray(connections.value) ? connections.value : connections.wrong('a list')).map((_, at) =>
    connections.at(String(at)),
  );
  const organisations = all.filter((each) => each.str('tenantType') === 'ORGANISATION');
  const same = (name: string) => name.trim().toLowerCase() === wanted?.trim().toLowerCase();
  const fitting = wanted ? organisations.filter((each) => same(each.str('tenantName'))) : organisations;
  const [first, second] = fitting;
  if (first && !second) return first.str('tenantId');
  if (organisations.length === 0) return fail('auth', 'This sign-in reaches no Xero organisation. Sign in again.');
  const names = organisations.map((each) => each.str('tenantName')).join(', ');
  return fail(
    'rejected',
    `Xero knows these organisations: ${names}. Enter the name of one of them under Organisation.`,
  );
}

const takesPayments = (account: Json): boolean =>
  account.str('Type') === 'BANK' || account.at('EnablePaymentsToAccount').value === true;

/** A wrong code is told now, and not when the first rent is due. */
function known(accounts: readonly Json[], wanted: string | undefined, fits: (account: Json) => boolean): void {
  const text = wanted?.trim();
  if (!text) return;
  const found = accounts.find((each) => each.opt('Code') === text || each.str('AccountID') === text.toLowerCase());
  if (!found || !fits(found))
    fail('rejected', `Xero has no account with the code "${text}" that can be used for this.`);
}
