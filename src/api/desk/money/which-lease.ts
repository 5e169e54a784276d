/** Which lease a row of a list means: by its id, by property and unit, by a unit or a resident that only one lease has. */
import { nameTokens, peopleOf } from '../../../domain/names';
import { unitName } from '../../../domain/unit-text';
import type { Place } from '../../account';
import type { RawRow } from './list';

type Found = Place | { readonly reason: string };

const NONE = 'Write the lease id as it stands on the Leases tab, or property and unit.';

/** Finds leases for the rows of one list; the indexes are made once. */
export function leaseFinder(places: readonly Place[]): (row: RawRow) => Found {
  const byId = new Map(places.map((place) => [place.lease.id.toLowerCase(), place]));
  const byUnit = grouped(places, ({ lease }) => [unitName(lease.unit)]);
  const byPerson = grouped(places, ({ lease }) => peopleOf(lease.residents).map(personKey));
  const ofUnit = (text: string) => (text === '' ? [] : (byUnit.get(unitName(text)) ?? []));
  const ofPerson = (text: string) => (text === '' ? [] : (byPerson.get(personKey(text)) ?? []));
  return (row) => {
    const known = byId.get(row.lease.toLowerCase());
    if (known) return known;
    const inProperty = (all: readonly Place[]) =>
      row.property === ''
        ? all
        : all.filter(({ property }) => property.name.toLowerCase() === row.property.toLowerCase());
    const ways = [
      inProperty(ofUnit(row.unit)),
      inProperty(ofUnit(row.lease)),
      inProperty(ofPerson(row.resident)),
      inProperty(ofPerson(row.lease)),
    ];
    const said = [row.lease, row.property, row.unit, row.resident].filter((text) => text !== '').join(' ');
    return onlyOne(ways, said);
  };
}

function onlyOne(ways: readonly (readonly Place[])[], said: string): Found {
  const single = ways.find((found) => found.length === 1)?.[0];
  if (single) return single;
  const several = ways.find((found) => found.length > 1);
  if (said === '') return { reason: `The row names no lease. ${NONE}` };
  if (!several) return { reason: `No lease fits "${said.slice(0, 60)}". ${NONE}` };
  const ids = several.slice(0, 4).map(({ lease }) => lease.id);
  return { reason: `Several leases fit "${said.slice(0, 60)}" (${ids.join(', ')}). Write the lease id.` };
}

const personKey = (name: string): string => [...nameTokens(name)].sort().join(' ');

function grouped(places: readonly Place[], names: (place: Place) => readonly string[]): Map<string, readonly Place[]> {
  const groups = new Map<string, Place[]>();
  for (const place of places)
    for (const name of new Set(names(place))) {
      const group = groups.get(name);
      if (name === '') continue;
      if (group) group.push(place);
      else groups.set(name, [place]);
    }
  return groups;
}
