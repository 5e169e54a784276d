/** Lease IDs for exports that have none: made of property and unit, so that the same lease gets the same ID again. */

/** `Maple Court` as `maple-court`: letters and digits of any script, accents dropped. */
export function slug(text: string): string {
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
}

export interface Named {
  /** An ID that the file gives; '' when it gives none. */
  readonly given: string;
  readonly property: string;
  readonly unit: string;
  readonly residents: string;
}

/**
 * One ID per lease, in order. Several leases of one unit are told apart by their residents, whatever the order of rows;
 * a number is the last resort. Given IDs are kept as they are.
 */
export function leaseIds(leases: readonly Named[]): string[] {
  const base = leases.map((lease) => lease.given || [slug(lease.property), slug(lease.unit)].filter(Boolean).join('-'));
  const used = new Set(leases.map((lease) => lease.given).filter((given) => given !== ''));
  const shared = counts(base);
  const named = leases.map((lease, index) => {
    if (lease.given !== '') return lease.given;
    const alone = shared.get(base[index]!) === 1 && !used.has(base[index]!);
    return alone ? base[index]! : [base[index], slug(lease.residents)].filter(Boolean).join('-');
  });
  return named.map((name, index) => {
    if (leases[index]!.given !== '') return name;
    let id = name || 'lease';
    for (let number = 2; used.has(id); number++) id = `${name || 'lease'}-${number}`;
    used.add(id);
    return id;
  });
}

function counts(texts: readonly string[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const text of texts) all.set(text, (all.get(text) ?? 0) + 1);
  return all;
}
