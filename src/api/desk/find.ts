/** Leases by what people call them: id, unit, residents, property, address of mail. */
import type { Lease } from '../../domain/book';
import type { App } from '../../run/app';
import { loadBook } from '../../sheet/load';
import { scopeOf } from './scope';

const FOUND_MAX = 8;

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(/[\s,]+/)
    .filter((word) => word !== '');

/** Every word must stand somewhere; an id or a unit that is the word itself comes first, then beginnings. */
function rank(lease: Lease, words: readonly string[]): number | undefined {
  const exact = [lease.id, lease.unit].map(plain);
  const names = wordsOf([lease.id, lease.unit, lease.residents, lease.property, ...lease.emails].join(' '));
  let points = 0;
  for (const word of words) {
    if (exact.includes(word)) points += 4;
    else if (names.some((name) => name.startsWith(word))) points += 2;
    else if (names.some((name) => name.includes(word))) points += 1;
    else return undefined;
  }
  return points;
}

/** At most eight, the best first; nothing for nothing. */
export function findLeases(app: App, { text }: { readonly text: string }) {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const { book } = loadBook(app.host);
  const scope = scopeOf(app, book);
  return book.leases
    .filter((lease) => scope.property(lease.property))
    .flatMap((lease) => {
      const points = rank(lease, words);
      return points === undefined ? [] : [{ lease, points }];
    })
    .sort((a, b) => b.points - a.points)
    .slice(0, FOUND_MAX)
    .map(({ lease }) => ({ lease: lease.id, label: labelOf(lease) }));
}

const labelOf = ({ id, unit, residents, property }: Lease): string =>
  [id, residents, `${property} ${unit}`.trim()].filter((part) => part !== '').join(' · ');
