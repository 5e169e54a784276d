/** The properties of contacts: what the account has, what it lacks for us, and making that. */
import { bodyOf } from '../../http/body';
import { fault, isFault, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { outcomesOf } from '../../http/paging';
import { type Account, type AccountSeen, asked, type Choice, type Effect, type Flow } from '../connector';
import { STANDINGS } from '../told';
import { getProperties, KEY, postProperty } from './api';
import { definitions, HOLDS, NONE, placesOf, TAKEN } from './fields';

export interface Known {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly isReadOnly: boolean;
  readonly isUnique: boolean;
  readonly options: readonly string[];
}

export function* knownProperties(): Flow<readonly Known[]> {
  return bodyOf(yield* asked(getProperties()), 'properties')
    .list('results')
    .map(knownIn);
}

const isTrue = (property: Json, path: string): boolean => property.at(path).value === true;

const knownIn = (property: Json): Known => ({
  name: property.str('name'),
  label: property.opt('label') ?? property.str('name'),
  type: property.str('type'),
  isReadOnly: isTrue(property, 'modificationMetadata.readOnlyValue') || isTrue(property, 'calculated'),
  isUnique: isTrue(property, 'hasUniqueValue'),
  options: property.items('options').map((option) => option.str('value')),
});

/** What stands in the way, in words: what can be made, and what a person must put right. */
function lacks(known: readonly Known[], account: Account): { readonly absent: string[]; readonly wrong: string[] } {
  const byName = new Map(known.map((property) => [property.name, property]));
  const absent = definitions(account).flatMap(({ name }) => (byName.has(name) ? [] : [name]));
  const wrong: string[] = [];
  const key = byName.get(KEY);
  if (key && !key.isUnique) wrong.push(`${KEY} does not require unique values`);
  for (const { to, property, label, kind } of placesOf(account)) {
    const found = byName.get(to);
    if (!found && to !== property) wrong.push(`no property "${to}" for ${label}`);
    if (!found) continue;
    if (found.isReadOnly) wrong.push(`${to} is read only`);
    else if (!HOLDS[kind].includes(found.type)) wrong.push(`${to} is a ${found.type}`);
    const missing =
      kind === 'word' && found.type === 'enumeration' ? STANDINGS.filter((word) => !found.options.includes(word)) : [];
    if (missing.length > 0) wrong.push(`${to} lacks the options ${missing.join(', ')}`);
  }
  return { absent, wrong };
}

/** The account, and in its name what it lacks. */
export function* seen(account: Account): Flow<AccountSeen> {
  const { absent, wrong } = lacks(yield* knownProperties(), account);
  const portal = account.HUBSPOT_PORTAL;
  const name = portal ? `HubSpot account ${portal}` : 'HubSpot';
  const missing = absent.length > 0 ? [`${absent.length} properties are still to be made`] : [];
  return { name: [name, ...missing, ...wrong].join('; '), mode: 'live' };
}

const EXISTS = 'PropertiesError.PROPERTY_EXISTS';

/** Makes the properties that are missing; one that somebody has made in the meantime is fine. */
export function* makeProperties(account: Account): Flow<readonly string[]> {
  const { absent, wrong } = lacks(yield* knownProperties(), account);
  const made = definitions(account).filter(({ name }) => absent.includes(name));
  const outcomes = made.length === 0 ? [] : yield* outcomesOf(made.map(postProperty));
  const bad = outcomes.find((outcome) => isFault(outcome) && outcome.code !== EXISTS);
  if (bad && isFault(bad)) return raise(bad);
  if (wrong.length > 0) return raise(fault('rejected', `In HubSpot ${wrong.join('; ')}.`));
  return made.map(({ name }) => name);
}

export const setup: Effect = {
  once: 'natural-id',
  *run({ account }) {
    yield* makeProperties(account);
    return `${definitions(account).length} properties`;
  },
};

/** The account's own properties to choose from. */
export function* properties(): Flow<readonly Choice[]> {
  const known = yield* knownProperties();
  const choices = known
    .filter(({ name }) => !TAKEN.includes(name))
    .map(({ name, label, type, isReadOnly }) => ({
      id: name,
      name: label,
      note: isReadOnly ? `${type}, read only` : type,
    }));
  return [...choices, { id: NONE, name: 'None', note: 'it is not written' }];
}
