/** What messages say that are leaving right now, noted beside them: after a kill a text is looked for in the words that it had. */
import type { Key } from '../domain/values';
import type { App } from '../run/app';
import type { Kept } from '../run/told';
import { isTry, type Try } from './tries';

const NAME = 'said:';
/** One property takes 9 KB, and all of an owner's together 500 KB. */
const PROPERTY_BYTES = 8500;
const ALL_BYTES = 200_000;

type Said = readonly [Key, Try];

/** In UTF-8. */
const bytesOf = (text: string): number => encodeURIComponent(text).replace(/%../g, '.').length;

function packed(said: readonly Said[]): readonly string[] {
  const parts: Said[][] = [];
  let [inPart, inAll] = [PROPERTY_BYTES, 0];
  for (const one of said) {
    const bytes = bytesOf(JSON.stringify(one)) + 1;
    if (bytes > PROPERTY_BYTES || inAll + bytes > ALL_BYTES) continue;
    if (inPart + bytes > PROPERTY_BYTES) {
      parts.push([]);
      inPart = 2;
    }
    parts[parts.length - 1]?.push(one);
    inPart += bytes;
    inAll += bytes;
  }
  return parts.map((part) => JSON.stringify(part));
}

/** Before they leave, all in one call. What a former run has noted is of no more use: its rows have been looked at. */
export function noteSaid(app: App, own: Kept, said: readonly Said[]): void {
  const before = Object.keys(own).filter((name) => name.startsWith(NAME));
  const now = packed(said).map((text, at) => [`${NAME}${at}`, text] as const);
  app.host.userStore.setAll({ ...Object.fromEntries(before.map((name) => [name, ''])), ...Object.fromEntries(now) });
}

/** By effect; what is not as it was written here is nothing. */
export function saidBefore(own: Kept): ReadonlyMap<Key, Try> {
  const texts = Object.entries(own).flatMap(([name, text]) => (name.startsWith(NAME) ? [text] : []));
  return new Map(texts.flatMap(saidIn));
}

function saidIn(text: string): readonly Said[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((one): one is Said => Array.isArray(one) && isTry(one[1])) : [];
  } catch {
    return [];
  }
}
