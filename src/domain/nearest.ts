/** The known name that a person most likely meant. */

/** Letters that were left out, put in, changed or swapped with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const put = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(isSwap ? Math.min(put, (beforeLast[j - 2] as number) + 1) : put);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}

/** Two slips of the hand, or three letters in ten; never so many that nothing of the name is left. */
const slips = (name: string): number => Math.min(Math.max(2, Math.floor(name.length * 0.3)), name.length - 1);

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
const letters = (text: string): string => plain(text).replace(/[^a-z]/g, '');

/** The nearest of some names, the first of those that are equally near; undefined where none is near enough. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const same = names.find((name) => letters(name) === letters(text));
  if (same !== undefined) return same;
  const wanted = plain(text);
  const near = names
    .filter((name) => Math.abs(name.length - wanted.length) <= slips(name))
    .map((name) => ({ name, edits: editDistance(wanted, plain(name)) }))
    .filter(({ name, edits }) => edits <= slips(name));
  return near.reduce<(typeof near)[number] | undefined>(
    (best, each) => (best && best.edits <= each.edits ? best : each),
    undefined,
  )?.name;
}
