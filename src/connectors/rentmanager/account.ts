/** What the connection finds of a Rent Manager company: the location, the privileges, the types of charges, and one real tenant. */
import { bodyOf } from '../../http/body';
import type { Json } from '../../http/json';
import { type Account, type AccountSeen, asked, askedAll, type Choice, type Flow } from '../connector';
import type { SampleField, SampleOf, SampleRow } from '../mirror';
import { joined } from '../seen';
import { all, FIELDS, list, rowsIn } from './api';

/** Types that most companies have, by their name or description. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  RENT_TYPE: /^rent$/i,
  LATE_TYPE: /^late( ?fees?)?$/i,
  NSF_TYPE: /^(nsf|returned payment)( ?fees?)?$/i,
};

/** One row of each list that is read later: a privilege that is missing is named now. */
export function* seen(account: Account): Flow<AccountSeen> {
  const [locations] = yield* askedAll(
    list(account, 'Locations', {}),
    ...['Properties', 'Units', 'Tenants', 'Leases', 'RecurringCharges', 'Charges', 'Payments', 'Credits'].map((path) =>
      list(account, path, {}, 1, 1),
    ),
  );
  const number = Number(account[FIELDS.location]?.trim() || 1);
  const location = rowsIn(locations, 'LocationID').find((row) => row.int('LocationID') === number);
  const types = yield* typesOf(account);
  const found = Object.entries(KNOWN).flatMap(([name, pattern]) => {
    const fitting = types.filter((row) => isActive(row) && namesOf(row).some((each) => pattern.test(each)));
    // Of two that fit the owner chooses.
    return fitting.length === 1 ? [[name, String(fitting[0]?.int('ChargeTypeID'))] as const] : [];
  });
  return {
    name: joined([account[FIELDS.company], location?.opt('FriendlyName') ?? location?.opt('Name')], ': '),
    mode: 'live',
    found: Object.fromEntries(found),
  };
}

const typesOf = (account: Account): Flow<readonly Json[]> => all(account, 'ChargeTypes', {}, 'ChargeTypeID');
const isActive = (row: Json): boolean => row.at('IsActive').value !== false;
const namesOf = (row: Json): readonly string[] => [row.opt('Name') ?? '', row.opt('Description') ?? ''];

export function* chargeTypes(account: Account): Flow<readonly Choice[]> {
  return (yield* typesOf(account)).map((row) => ({
    id: String(row.int('ChargeTypeID')),
    name: joined([row.opt('Name'), row.opt('Description')], ': '),
    ...(isActive(row) ? {} : { note: 'no longer used' }),
  }));
}

// ---------------------------------------------------------------- one real row

/** A tenant as it is there, with the first contact, lease and recurring charge. */
export function* sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  const filters = [/^\d+$/.test(of?.customer ?? '') ? `TenantID,eq,${of?.customer}` : 'Status,eq,Current'];
  const embeds = 'Contacts.PhoneNumbers,Leases.Unit,RecurringCharges.ChargeType,Balance';
  const reply = yield* asked(list(account, 'Tenants', { filters, embeds }, 1, 1));
  const [tenant] = rowsIn(reply, 'TenantID');
  if (!tenant) return undefined;
  const name = joined([tenant.opt('FirstName'), tenant.opt('LastName')]);
  return { id: String(tenant.int('TenantID')), name, fields: fieldsOf(bodyOf(reply, 'answer').at('0').value, '') };
}

/** Every value of an object, of the first item of its lists too: `Leases.Unit.Name`. */
function fieldsOf(value: unknown, path: string): readonly SampleField[] {
  if (Array.isArray(value)) return value.length > 0 ? fieldsOf(value[0], path) : [];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, path === '' ? name : `${path}.${name}`));
  return [{ field: path, label: path, value: value === null || value === undefined ? '' : String(value) }];
}
