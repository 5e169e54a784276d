/** Values that are made when first asked for: every trigger loads the whole script, and most need little of it. */

/** The value of `make`, made at the first call and then kept. */
export function once<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}
