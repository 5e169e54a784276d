/** Readers for arguments from outside: wrong ones are refused with their name before anything runs. */
import * as v from 'valibot';

export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}

export type Reader<T> = v.GenericSchema<unknown, T>;

const TEXT_MAX = 5_000_000;

export const text = v.pipe(v.string(), v.maxLength(TEXT_MAX));
/** A decimal as people write it; the ledger reads it in the lease's currency. */
export const amount = v.pipe(v.string(), v.maxLength(40));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/, 'a date such as 2026-12-01'));
/** Made by the page for one click; it becomes part of keys. */
export const requestId = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/, 'an id of letters, digits and dashes'));
export const flag = v.boolean();
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const oneOf = <const T extends string>(...words: readonly T[]) => v.picklist(words);
export const optional = <T>(reader: Reader<T>): Reader<T | undefined> => v.optional(reader) as Reader<T | undefined>;
/** A choice of many, such as rows that were ticked. */
export const texts = v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(20_000));
export const parts = v.pipe(v.array(v.strictObject({ charge: text, amount })), v.maxLength(100));

/** Exactly these fields; with `rest`, any further ones of that kind. */
export function record<T extends Record<string, Reader<unknown>>>(
  fields: T,
): Reader<{ [K in keyof T]: v.InferOutput<T[K]> }>;
export function record(fields: Record<string, never>, rest: Reader<string>): Reader<Record<string, string>>;
export function record(fields: Record<string, Reader<unknown>>, rest?: Reader<unknown>): Reader<unknown> {
  return (rest ? v.objectWithRest(fields, rest) : v.strictObject(fields)) as Reader<unknown>;
}

/** Throws {@link BadArguments} naming the first field that is wrong. */
export function readArgs<T>(reader: Reader<T>, args: unknown): T {
  const result = v.safeParse(reader, args);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue ? v.getDotPath(issue) : undefined;
  throw new BadArguments(
    `${path ? `"${path}" is wrong` : 'The arguments are wrong'}: ${String(issue?.message ?? 'not understood').slice(0, 160)}.`,
  );
}
