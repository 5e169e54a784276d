/** Readers of checked JSON bodies: absent fields get the protocol's defaults. */

export type Json = Readonly<Record<string, unknown>>;

/** A nested message; absent or null reads as an empty one. */
export function obj(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function maybeObj(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An integer field; absent reads as 0. */
export function int(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

export function maybeInt(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A deep copy without nulls, because a JSON null is an absent field. */
export function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (part !== null && part !== undefined) out[name] = clean(part);
  }
  return out;
}
