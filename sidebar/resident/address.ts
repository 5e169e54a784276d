/** The addresses that a page leads to. Nothing stands in them but the token, a language, days, a year or a receipt's short name. */
import type { PageAddress, Shown } from '../../src/api/resident/pages';
import type { PageLanguage } from '../../src/api/resident/view';

/** Fields that each form and link carries along. */
export function carried(at: PageAddress, lang = at.lang): readonly (readonly [string, string])[] {
  const page = at.page === '' ? [] : ([['page', at.page]] as const);
  return lang === undefined ? page : [...page, ['lang', lang]];
}

export function hrefOf(at: PageAddress, shown?: Shown, lang?: PageLanguage): string {
  const fields = [...carried(at, lang ?? at.lang), ...Object.entries(shown ?? {})];
  if (fields.length === 0) return at.url;
  return `${at.url}?${fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Only https, without what could break out of an attribute or an address line. */
export const isSafeHref = (text: string): boolean =>
  /^https:\/\/[A-Za-z0-9.-]+(:\d+)?([/?#][^\s"'<>\\^`{}|\p{C}]*)?$/u.test(text) && text.length <= 2_000;

/** `files.example/a/b`: where a link leads, for people to judge. */
export const hostAndPath = (url: string): string => {
  const bare = url.replace(/^https:\/\//, '').replace(/[?#].*$/, '');
  return bare.length > 60 ? `${bare.slice(0, 59)}…` : bare;
};

/** A plain mail address, which may become a link to write to. */
export const isPlainMail = (text: string): boolean => /^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$/.test(text);
