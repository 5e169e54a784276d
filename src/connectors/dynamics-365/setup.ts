/** What the environment has and lacks: the test call, the lists to choose from, one real row for the mapping's screen. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, type AccountSeen, asked, type Choice, type Flow } from '../connector';
import type { SampleOf, SampleRow } from '../mirror';
import { get, keyColumn, listOf, originIn, quoted } from './api';
import { batched, read, rowIn } from './batch';
import { mapped, plain, typesText, USABLE, unfit } from './columns';

const CONTACT = "EntityDefinitions(LogicalName='contact')";
const COLUMNS = 'Attributes($select=LogicalName,AttributeType,DisplayName,IsValidForUpdate)';
const KEYS = 'Keys($select=KeyAttributes,EntityKeyIndexStatus)';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly isWritable: boolean;
}

function columnsIn(definition: Json): readonly Column[] {
  return definition.list('Attributes').map((one) => {
    const name = one.str('LogicalName');
    const type = one.str('AttributeType');
    const isWritable = one.at('IsValidForUpdate').value === true;
    return { name, type, label: one.word('DisplayName.UserLocalizedLabel.Label') ?? name, isWritable };
  });
}

/** What an alternate key on the column of our key lacks; undefined where it is good. */
function keyTrouble(definition: Json, column: string): string | undefined {
  const key = definition.list('Keys').find((one) => {
    const { value } = one.at('KeyAttributes');
    return Array.isArray(value) && value.length === 1 && value[0] === column;
  });
  if (!key) return `no alternate key on ${column}`;
  const status = key.str('EntityKeyIndexStatus');
  return status === 'Active' ? undefined : `the index of the alternate key on ${column} is ${status}`;
}

/** All of it in one request: who calls, what contacts have, whether there are invoices. */
export function* seen(account: Account): Flow<AccountSeen> {
  const items = [
    read('WhoAmI'),
    read(`${CONTACT}?$select=LogicalName,ChangeTrackingEnabled&$expand=${COLUMNS},${KEYS}`),
    read("EntityDefinitions(LogicalName='invoice')?$select=LogicalName"),
  ];
  const [who, contact, invoice] = (yield* batched(
    account,
    items.map((op) => [op]),
  )).map(([only]) => only);
  const definition = rowIn(contact);
  if (!rowIn(who) || !definition) return fail('malformed', 'Dynamics 365 does not tell what a contact is.');
  const table = bodyOf(definition, 'contact');
  const types = new Map(columnsIn(table).map(({ name, type }) => [name, type]));
  const used = mapped(account).map(({ column }) => column);
  const lacks = [
    types.has(keyColumn(account))
      ? keyTrouble(table, keyColumn(account))
      : `contacts have no column ${keyColumn(account)}`,
    ...unfit(account, types),
    table.at('ChangeTrackingEnabled').value === true ? undefined : 'changes of contacts are not tracked',
    rowIn(invoice) ? undefined : 'no invoices: Dynamics 365 Sales is not installed',
  ];
  const host = originIn(account).replace('https://', '');
  return {
    name: [host, ...lacks.filter((each) => each !== undefined)].join('; '),
    mode: 'live',
    found: { COLUMN_TYPES: typesText(new Map([...types].filter(([name]) => used.includes(name)))) },
  };
}

/** Columns of contacts that could hold a value of ours. */
export function* fieldChoices(account: Account): Flow<readonly Choice[]> {
  const [answer] = yield* batched(account, [[read(`${CONTACT}?$select=LogicalName&$expand=${COLUMNS}`)]]);
  const definition = rowIn(answer?.[0]) ?? fail('malformed', 'Dynamics 365 does not tell what a contact is.');
  const choices = columnsIn(bodyOf(definition, 'contact')).map(({ name, type, label, isWritable }): Choice => {
    const isGood = isWritable && USABLE.includes(type);
    return { id: name, name: `${label} (${name})`, note: isGood ? type : `${type}, cannot be used` };
  });
  return [...choices.sort((a, b) => (a.name < b.name ? -1 : 1)), { id: 'none', name: 'None', note: 'not written' }];
}

/** Price lists that an invoice can have. */
export function* priceListChoices(account: Account): Flow<readonly Choice[]> {
  const query = { select: 'name', filter: 'statecode eq 0' };
  const rows = bodyOf(yield* asked(get(account, listOf('pricelevels', query))), 'price lists').list('value');
  return rows.map((row) => ({ id: row.str('pricelevelid'), name: row.str('name') }));
}

/** The contact of that lease; any that has our key, or any at all, where none is asked for. */
export function* sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  const key = keyColumn(account);
  const filter = of ? `${key} eq ${quoted(of.leaseId)}` : `${key} ne null`;
  const [some, any, defined] = (yield* batched(account, [
    [read(`${listOf('contacts', { filter })}&$top=1`)],
    [read('contacts?$top=1')],
    [read(`${CONTACT}?$select=LogicalName&$expand=${COLUMNS}`)],
  ])).map(([only]) => only);
  const [definition, wanted, other] = [rowIn(defined), rowIn(some), of ? undefined : rowIn(any)];
  const rows = [wanted, other].flatMap((reply) => (reply ? bodyOf(reply, 'contacts').list('value') : []));
  const [row] = rows;
  if (!row || !definition) return undefined;
  const fields = columnsIn(bodyOf(definition, 'contact'))
    .filter(({ type, isWritable }) => isWritable && USABLE.includes(type))
    .map(({ name, label }) => ({ field: name, label, value: plain(row.at(name).value) }));
  return { id: row.str('contactid'), name: row.opt('fullname') ?? '', fields };
}
