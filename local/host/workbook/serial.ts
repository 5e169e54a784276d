/** Serial dates: days since 1899-12-30, the fraction being the time of day; and their civil parts. */

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);

export interface CivilTime {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** The serial number of a civil day; undefined when there is no such day. */
export function serialDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return Math.round((date.getTime() - EPOCH_MS) / DAY_MS);
}

/** The civil time of a serial number, to the millisecond. */
export function civilTime(serial: number): CivilTime {
  const date = new Date(EPOCH_MS + Math.round(serial * DAY_MS));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
    weekday: date.getUTCDay(),
  };
}

/** The wall-clock time of an instant in a zone, as a serial number. */
export function serialOfInstant(epochMs: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(epochMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second) + (((epochMs % 1000) + 1000) % 1000);
  return (wallMs - EPOCH_MS) / DAY_MS;
}

/** The instant (epoch ms) of a serial wall-clock time in a zone; a time that a clock change skips moves forward. */
export function instantOfSerial(serial: number, zone: string): number {
  const wallMs = EPOCH_MS + Math.round(serial * DAY_MS);
  const offset = (ms: number) => Math.round((serialOfInstant(ms, zone) * DAY_MS + EPOCH_MS - ms) / 1000) * 1000;
  const guess = wallMs - offset(wallMs);
  const second = wallMs - offset(guess);
  return offset(second) === offset(guess) ? second : Math.max(guess, second);
}
