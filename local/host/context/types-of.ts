/** How Google names the types of wrong arguments in its error texts. */
import { signatureError } from './bridge';

/** Java's name of a value's type, as the texts print it. */
export function typeName(value: unknown): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'Boolean';
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return typeof value[0] === 'number' ? 'number[]' : 'Object[]';
  if (value instanceof Date) return 'Date';
  return '(class)';
}

/** The error for these arguments of that method. */
export function mismatch(args: readonly unknown[], method: string): Error {
  return signatureError(args.map(typeName), method);
}

/** Throws Google's text unless every argument passes its test. */
export function requireArgs(
  method: string,
  args: readonly unknown[],
  ...tests: readonly ((value: unknown) => boolean)[]
): void {
  if (args.length === tests.length && tests.every((test, index) => test(args[index]))) return;
  throw mismatch(args, method);
}

export const isString = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
/** Google turns numbers and booleans into text where it wants text. */
export const isTextLike = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
export const isBytes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && (value.length === 0 || typeof value[0] === 'number');
