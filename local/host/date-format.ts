/** Java's SimpleDateFormat, as far as `Utilities.formatDate` and `parseDate` are used: letters, quotes and zones. */
import { GoogleError } from './errors';
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, offsetMs, type WallTime, wallTime } from './zone';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

interface Piece {
  /** A pattern letter, or '' for literal text. */
  readonly letter: string;
  readonly width: number;
  readonly text: string;
}

/** Splits a pattern into runs of letters and literals; `''` is a quote, `'...'` literal text. */
function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const matcher = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
  for (const match of pattern.matchAll(matcher)) {
    const [whole, quoted, letter] = match;
    if (letter !== undefined) pieces.push({ letter, width: whole.length, text: '' });
    else if (quoted === undefined) pieces.push({ letter: '', width: 0, text: whole });
    else pieces.push({ letter: '', width: 0, text: quoted === '' ? "'" : quoted.replaceAll("''", "'") });
  }
  return pieces;
}

/** Java knows `GMT+2` and `GMT-05:00` beside the names of the zone database. */
function zoneOf(name: string): string {
  const offset = /^(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (offset === null) return name;
  return `${offset[1]}${offset[2]?.padStart(2, '0')}:${offset[3] ?? '00'}`;
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

function offsetText(offset: number, colon: string): string {
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset) / MINUTE_MS;
  return `${sign}${pad(Math.floor(minutes / 60), 2)}${colon}${pad(minutes % 60, 2)}`;
}

function isoOffset(offset: number, width: number): string {
  if (offset === 0) return 'Z';
  if (width === 1) return offsetText(offset, '').slice(0, 3);
  return offsetText(offset, width === 2 ? '' : ':');
}

function zoneName(zone: string, ms: number, width: number): string {
  const style = width >= 4 ? 'long' : 'short';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style }).formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

function dayOfYear(wall: WallTime): number {
  return (Date.UTC(wall.year, wall.month - 1, wall.day) - Date.UTC(wall.year, 0, 1)) / DAY_MS + 1;
}

function weekDay(wall: WallTime): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
}

function yearText(year: number, width: number): string {
  return width === 2 ? pad(year % 100, 2) : pad(year, width);
}

function monthText(month: number, width: number): string {
  if (width <= 2) return pad(month, width);
  const name = MONTHS[month - 1] ?? '';
  return width === 3 ? name.slice(0, 3) : name;
}

function dayName(wall: WallTime, width: number): string {
  const name = DAYS[weekDay(wall)] ?? '';
  return width < 4 ? name.slice(0, 3) : name;
}

const WRITERS: Readonly<Record<string, (wall: WallTime, width: number, ms: number, zone: string) => string>> = {
  G: (wall) => (wall.year > 0 ? 'AD' : 'BC'),
  y: (wall, width) => yearText(wall.year, width),
  Y: (wall, width) => yearText(wall.year, width),
  M: (wall, width) => monthText(wall.month, width),
  L: (wall, width) => monthText(wall.month, width),
  d: (wall, width) => pad(wall.day, width),
  D: (wall, width) => pad(dayOfYear(wall), width),
  E: dayName,
  u: (wall, width) => pad(weekDay(wall) === 0 ? 7 : weekDay(wall), width),
  a: (wall) => (wall.hour < 12 ? 'AM' : 'PM'),
  H: (wall, width) => pad(wall.hour, width),
  k: (wall, width) => pad(wall.hour === 0 ? 24 : wall.hour, width),
  K: (wall, width) => pad(wall.hour % 12, width),
  h: (wall, width) => pad(wall.hour % 12 === 0 ? 12 : wall.hour % 12, width),
  m: (wall, width) => pad(wall.minute, width),
  s: (wall, width) => pad(wall.second, width),
  S: (wall, width) => pad(wall.millisecond, width),
  z: (_wall, width, ms, zone) => zoneName(zone, ms, width),
  Z: (_wall, _width, ms, zone) => offsetText(offsetMs(zone, ms), ''),
  X: (_wall, width, ms, zone) => isoOffset(offsetMs(zone, ms), width),
};

/** The instant as text. Throws Google's error for a letter that SimpleDateFormat does not know. */
export function formatDate(ms: number, zoneText: string, pattern: string): string {
  if (!Number.isFinite(ms)) throw new GoogleError('Invalid argument: date. Should be of type: Date');
  const zone = zoneOf(zoneText);
  const wall = wallTime(zone, ms);
  return piecesOf(pattern)
    .map(({ letter, width, text }) => {
      if (letter === '') return text;
      const write = WRITERS[letter];
      if (write === undefined) throw new GoogleError(`Invalid argument: format. Illegal pattern character '${letter}'`);
      return write(wall, width, ms, zone);
    })
    .join('');
}

const READ_BY: Readonly<Record<string, string>> = {
  a: '[AaPp][Mm]',
  E: '[A-Za-z]+',
  Z: '[+-]\\d{4}',
  X: 'Z|[+-]\\d{2}(?::?\\d{2})?',
  z: '[A-Za-z/_+:0-9-]+',
};

function readerOf(pieces: readonly Piece[]): RegExp {
  const body = pieces.map(({ letter, width, text }, index) => {
    if (letter === '') return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (letter === 'M' && width > 2) return '([A-Za-z]+)';
    const special = READ_BY[letter];
    if (special !== undefined) return `(${special})`;
    // Digits that touch digits are read by width, as Java does.
    return pieces[index + 1]?.letter ? `(\\d{${width}})` : '(\\d+)';
  });
  return new RegExp(`^${body.join('')}`);
}

function offsetOf(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const size = Number(match[2]) * HOUR_MS + Number(match[3] ?? 0) * MINUTE_MS;
  return match[1] === '-' ? -size : size;
}

function unparseable(text: string): GoogleError {
  return new GoogleError(`Unparseable date: "${text}"`);
}

/** Milliseconds since 1970 of a text in the pattern; Java reads leniently, so 32 January is 1 February. */
export function parseDate(text: string, zoneText: string, pattern: string): number {
  const pieces = piecesOf(pattern);
  const match = readerOf(pieces).exec(text);
  if (match === null) throw unparseable(text);
  const letters = pieces.filter((piece) => piece.letter !== '');
  const field: Record<string, string> = {};
  letters.forEach(({ letter }, index) => {
    field[letter] = match[index + 1] ?? '';
  });
  const number = (letter: string, otherwise: number) => (field[letter] ? Number(field[letter]) : otherwise);
  const yearWidth = letters.find((piece) => piece.letter === 'y')?.width ?? 4;
  const year = number('y', 1970) + (yearWidth === 2 && (field.y ?? '').length === 2 ? 2000 : 0);
  const month = monthOf(field.M ?? '1');
  if (month === 0) throw unparseable(text);
  const half = /^p/i.test(field.a ?? '') ? 12 : 0;
  const hour = field.h === undefined ? number('H', number('k', 0) % 24) : (number('h', 0) % 12) + half;
  const wall = Date.UTC(year, month - 1, number('d', 1), hour, number('m', 0), number('s', 0), number('S', 0));
  const offset = field.Z ?? field.X;
  return offset === undefined ? instantOf(zoneOf(zoneText), wall) : wall - offsetOf(offset);
}

/** 1 to 12, or 0 for a name that is no month. */
function monthOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;
}
