/** Rent Manager's clock: rows carry the server's local time without a zone, filters may carry one. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** `2026-12-02T10:00:00` */
export function dayAt(zone: string, ms: number): string {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** A date as a text that sorts, in the server's own time; undefined when it is none. */
export function sortable(zone: string, text: string): string | undefined {
  const [, day, time = '00:00', seconds = '00', part = '', offset] = DATE.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T${time}:${seconds}Z`))) return undefined;
  if (new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return undefined;
  const thousandths = part.padEnd(3, '0').slice(0, 3);
  if (offset === undefined) return `${day}T${time}:${seconds}.${thousandths}`;
  return `${dayAt(zone, Date.parse(`${day}T${time}:${seconds}${offset}`))}.${thousandths}`;
}

/** A day as rows carry it. */
export const midnight = (day: string): string => `${day}T00:00:00`;
