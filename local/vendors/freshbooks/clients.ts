/** Clients: whoever is billed. */
import { object, type Rule, text, whole } from '../kit/strict';
import { invalid, newError } from './errors';
import { between, equals, type ListRules, like } from './lists';
import { type Desk, eastern, newId, type Row, utc } from './state';

const TEXTS = [
  ...['fname', 'lname', 'email', 'organization', 'note', 'language', 'currency_code', 'username', 'vat_name'],
  ...['vat_number', 'mob_phone', 'home_phone', 'bus_phone', 'fax', 'company_industry', 'company_size'],
  ...['p_street', 'p_street2', 'p_city', 'p_province', 'p_country', 'p_code'],
  ...['s_street', 's_street2', 's_city', 's_province', 's_country', 's_code'],
];

const orNull =
  (rule: Rule): Rule =>
  (value, at) =>
    value === null ? undefined : rule(value, at);

const MEMBERS = object({
  ...Object.fromEntries(TEXTS.map((name) => [`${name}?`, orNull(text({ max: name === 'note' ? 10_000 : 255 }))])),
  'vis_state?': whole,
});

export const CLIENTS: ListRules = {
  one: 'client',
  many: 'clients',
  searches: {
    email: equals('email'),
    note_like: like('note'),
    organization_like: like('organization'),
    fname_like: like('fname'),
    lname_like: like('lname'),
    ...between('updated'),
  },
  sorts: ['updated', 'organization'],
};

function check(members: Readonly<Record<string, unknown>>): void {
  const complaint = MEMBERS(members, '');
  if (complaint) throw invalid('client', complaint.at, members[complaint.at], `Wanted: ${complaint.wanted}.`);
}

export function createClient({ state, account, nowMs }: Desk, members: Readonly<Record<string, unknown>>): Row {
  check(members);
  if (!['fname', 'lname', 'email', 'organization'].some((name) => members[name])) {
    const message = 'At least one field among fname, lname, email and organization is required.';
    throw newError(422, { errno: 7012, object: 'client', message });
  }
  const blank = Object.fromEntries(TEXTS.map((name) => [name, '']));
  const client: Row = {
    ...blank,
    language: 'en',
    currency_code: 'USD',
    ...members,
    id: newId(state, 'client'),
    account,
    vis_state: 0,
    signup_date: utc(nowMs),
    updated: eastern(nowMs),
  };
  state.clients.push(client);
  return client;
}

export function updateClient(desk: Desk, client: Row, members: Readonly<Record<string, unknown>>): Row {
  check(members);
  // One phase only: what stands beside the visible state is thrown away.
  Object.assign(client, 'vis_state' in members ? { vis_state: members.vis_state } : members);
  client.updated = eastern(desk.nowMs);
  return client;
}

/** Ids of clients are texts, elsewhere the same ids are numbers. */
export function shownClient({ account, ...row }: Row): Record<string, unknown> {
  return { ...row, id: String(row.id), userid: String(row.id), accounting_systemid: account, role: 'client' };
}
