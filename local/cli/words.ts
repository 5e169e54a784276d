/** Plain sentences and aligned columns for people at a terminal. */

/** `1 lease`, `3 leases`, `2 replies`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Rows of cells as lines, every column as wide as its widest cell; numbers stand at the right. */
export function aligned(rows: readonly (readonly (string | number)[])[], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, String(cell).length);
  }
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      typeof cell === 'number' ? String(cell).padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** At most `most` lines of a list, and how many more there are. */
export function firstOf(lines: readonly string[], most: number, what: string): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `  and ${count(lines.length - most, `more ${what}`)}`];
}

/** `2026-11-09 23:59`: what the wall clock of the zone shows at that instant. */
export function timeText(instantMs: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(instantMs);
}

/** The same with the zone's name. */
export const clockText = (instantMs: number, zone: string): string => `${timeText(instantMs, zone)} ${zone}`;
