/** The realm's own sense of time and chance: the world's clock and seed instead of the machine's. */

type Now = () => number;

/** `Date` without arguments, `Date()` and `Date.now` read the world's clock; every Date is still of one class. */
function virtualDate(now: Now): DateConstructor {
  const Real = Date;
  function VirtualDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new Real(now()).toString();
    const given = args.length === 0 ? [now()] : args;
    return Reflect.construct(Real, given, new.target);
  }
  const made = VirtualDate as unknown as DateConstructor;
  Object.defineProperties(made, {
    name: { value: 'Date' },
    length: { value: 7 },
    prototype: { value: Real.prototype, writable: false },
    now: { value: () => now(), writable: true, configurable: true },
    parse: { value: Real.parse, writable: true, configurable: true },
    UTC: { value: Real.UTC, writable: true, configurable: true },
  });
  Object.defineProperty(Real.prototype, 'constructor', { value: made, writable: true, configurable: true });
  return made;
}

/** `Intl.DateTimeFormat` without a date formats the present, so it needs the clock too. */
function virtualFormats(now: Now): void {
  const { prototype } = Intl.DateTimeFormat;
  const formatter = Object.getOwnPropertyDescriptor(prototype, 'format');
  const parts = prototype.formatToParts;
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format = formatter?.get?.call(this) as (date: Date | number) => string;
      return (date?: Date | number) => format(date ?? now());
    },
  });
  Object.defineProperty(prototype, 'formatToParts', {
    configurable: true,
    writable: true,
    value(this: Intl.DateTimeFormat, date?: Date | number) {
      return parts.call(this, date ?? now());
    },
  });
}

/** A small generator (mulberry32): the same seed gives the same run. */
function seededRandom(): { readonly random: () => number; readonly reseed: (seed: number) => void } {
  let state = 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const reseed = (seed: number) => {
    state = seed >>> 0;
  };
  return { random, reseed };
}

/** Makes the realm follow the world; gives the function that starts chance anew from a seed. */
export function installClock(realm: Record<string, unknown>, now: Now): (seed: number) => void {
  Object.defineProperty(realm, 'Date', { value: virtualDate(now), writable: true, configurable: true });
  virtualFormats(now);
  const { random, reseed } = seededRandom();
  Math.random = random;
  return reseed;
}
