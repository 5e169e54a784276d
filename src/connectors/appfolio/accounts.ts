/** The ledger accounts of AppFolio: which one a charge of ours goes to. */
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, Choice, CredentialField, Flow } from '../connector';
import { list } from './api';
import { plain } from './households';

export interface GlAccount {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly type: string;
}

const HELP = 'AppFolio > Accounting > GL Accounts. Its number or name';

/** Lines of the mapping's screen. */
export const ACCOUNT_FIELDS: readonly CredentialField[] = [
  { name: 'MAP_RENT', label: 'Rent', help: `${HELP}; left empty it is the account called Rent` },
  { name: 'MAP_LATE_FEE', label: 'Late fees', help: `${HELP}; left empty it is the one called Late Fee or Late Fees` },
  {
    name: 'MAP_OTHER',
    label: 'Other charges',
    help: `${HELP}; left empty it is one called as the charge, else rent's`,
  },
].map((field) => ({ ...field, secret: false, optional: true, pick: 'accounts', maps: 'Accounts' }));

/** The chart of accounts is had whole, without a filter. */
export function* accountsOf(): Flow<readonly GlAccount[]> {
  return (yield* list('gl_accounts', {})).map(read);
}

const read = (row: Json): GlAccount => ({
  id: row.str('Id'),
  number: row.opt('Number') ?? '',
  name: row.opt('AccountName') ?? row.opt('Name') ?? '',
  type: row.opt('AccountType') ?? row.opt('Type') ?? '',
});

export function* accountChoices(): Flow<readonly Choice[]> {
  return (yield* accountsOf()).map(({ id, number, name, type }) => ({
    id: number || id,
    name: `${number} ${name}`.trim(),
    ...(/income/i.test(type) ? {} : { note: type === '' ? 'of no type' : type }),
  }));
}

const called = (accounts: readonly GlAccount[], wanted: string): GlAccount | undefined => {
  const words = plain(wanted);
  return accounts.find(
    ({ id, number, name }) =>
      id === wanted || number === wanted.trim() || plain(name) === words || plain(`${number} ${name}`) === words,
  );
};

/** The account for charges of that type: rent, late fee, parking, … Throws where there is none. */
export function accountFor(accounts: readonly GlAccount[], type: string, account: Account): GlAccount {
  const { MAP_RENT: rent = '', MAP_LATE_FEE: fee = '', MAP_OTHER: other = '' } = account;
  if (type === 'late fee') return chosen(accounts, fee, ['Late Fee', 'Late Fees']);
  if (type === 'rent') return chosen(accounts, rent, ['Rent']);
  const named = called(accounts, type);
  if (other === '' && named) return named;
  return other === '' ? chosen(accounts, rent, ['Rent']) : chosen(accounts, other, []);
}

function chosen(accounts: readonly GlAccount[], wanted: string, usual: readonly string[]): GlAccount {
  const names = wanted === '' ? usual : [wanted];
  const found = names.map((name) => called(accounts, name)).find((each) => each !== undefined);
  return (
    found ?? fail('rejected', `AppFolio has no GL account called ${names[0]}. Choose one under Connections, Accounts.`)
  );
}
