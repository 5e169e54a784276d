/**
 * Whose a line of Breeze's is: by the tenant code on the Links tab, by a lease id, or by a resident's name. The wrong account is
 * worse than none.
 */
import type { ExportedLine } from '../../../connectors/yardi-breeze/csv/read';
import type { RunBook } from '../../../domain/run-book';
import { unitName } from '../../../domain/unit-text';
import type { Place } from '../../account';
import type { RawRow } from '../money/list';
import { leaseFinder } from '../money/which-lease';
import { BREEZE } from './lines';

export type Whose = Place | { readonly reason: string };

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const rowOf = (more: Partial<RawRow>): RawRow => ({
  row: 0,
  lease: '',
  property: '',
  unit: '',
  resident: '',
  amount: '',
  method: '',
  reference: '',
  date: '',
  memo: '',
  ...more,
});

export function whoseLines(book: RunBook, places: readonly Place[]): (line: ExportedLine) => Whose {
  const find = leaseFinder(places);
  const byId = new Map(places.map((place) => [place.lease.id.toLowerCase(), place]));
  const codes = new Map<string, Place[]>();
  for (const { platform, kind, externalId, lease } of book.links) {
    const place = byId.get(lease.toLowerCase());
    if (platform !== BREEZE || kind !== 'customer' || !place) continue;
    const code = externalId.trim().toLowerCase();
    codes.set(code, [...(codes.get(code) ?? []), place]);
  }
  return (line) => {
    const code = line.tenant.trim().toLowerCase();
    const coded = codes.get(code) ?? [];
    const [first] = coded;
    if (first && coded.length === 1) return first;
    const inUnit = coded.filter(({ lease }) => unitName(lease.unit) === unitName(line.unit));
    if (inUnit[0] && inUnit.length === 1) return inUnit[0];
    if (first) return { reason: `"${line.tenant}" is the tenant code of several leases on the Links tab.` };
    return byId.get(code) ?? byWords(line, find);
  };
}

function byWords(line: ExportedLine, find: (row: RawRow) => Whose): Whose {
  const { tenant, property, unit } = line;
  const named = find(rowOf({ resident: tenant }));
  if ('lease' in named && fits(line, named)) return named;
  const there = property === '' || unit === '' ? undefined : find(rowOf({ property, unit }));
  const name = tenant.slice(0, 40);
  // Whoever lived there before has the same unit.
  if (there && 'lease' in there) {
    const { id } = there.lease;
    return {
      reason: `Only the unit is that of ${id}. If it is this lease, write "${name}" on the Links tab, as customer of yardi-breeze.`,
    };
  }
  return { reason: `No lease is known as "${name}". Write it on the Links tab, as customer of yardi-breeze.` };
}

/** Two people may have the same name: what the line says of unit and property has to be true besides. */
function fits({ property, unit }: ExportedLine, place: Place): boolean {
  if (unit !== '') return unitName(unit) === unitName(place.lease.unit);
  return property === '' || same(property, place.property.name);
}
