/** What every page of a lease begins with: whose it is, and in which language and forms it is told. */

import { baseLanguage, languageTag } from '../../domain/dates';
import { peopleOf } from '../../domain/names';
import type { Currency, Instant } from '../../domain/values';
import type { OneLease } from './lease';
import type { PageHead, PageLanguage } from './view';

/** What the reader of the sheet adds to one lease. */
export interface Told {
  /** When the platforms were last read to their end; left out where none is connected. */
  readonly asOf?: Instant;
  readonly stale: boolean;
  /** Chosen on the page; left out, the language is that of the lease. */
  readonly lang?: PageLanguage;
}

const LANGUAGES: readonly string[] = ['en', 'es', 'fr', 'de'];

export const isPageLanguage = (text: string): text is PageLanguage => LANGUAGES.includes(text);

export function pageLanguage(text: string): PageLanguage {
  const base = baseLanguage(text);
  return isPageLanguage(base) ? base : 'en';
}

/** Regions by currency, where the language of the lease names none. Currencies of many countries are left to the language. */
const REGIONS: Readonly<Record<PageLanguage, Readonly<Record<string, string>>>> = {
  en: { USD: 'US', GBP: 'GB', CAD: 'CA', AUD: 'AU', NZD: 'NZ', EUR: 'IE', ZAR: 'ZA', INR: 'IN', SGD: 'SG' },
  es: { USD: 'US', EUR: 'ES', MXN: 'MX', ARS: 'AR', COP: 'CO', CLP: 'CL', PEN: 'PE' },
  fr: { EUR: 'FR', CAD: 'CA', CHF: 'CH' },
  de: { EUR: 'DE', CHF: 'CH' },
};

/** `en-GB`: by the lease's own tag where it speaks this language and names a region, else by the currency. */
export function tagFor(language: PageLanguage, ofLease: string, currency: Currency): string {
  const own = languageTag(ofLease);
  if (baseLanguage(own) === language && own.includes('-')) return own;
  const region = REGIONS[language][currency];
  return region ? `${language}-${region}` : language;
}

export function headOf({ link, account }: OneLease, told: Told): PageHead {
  const { lease, property, book, today } = account;
  const language = told.lang ?? pageLanguage(lease.language);
  return {
    language,
    tag: tagFor(language, lease.language, property.currency),
    currency: property.currency,
    zone: property.zone,
    today,
    property: {
      name: property.name,
      address: property.address,
      managerName: book.settings.senderName || property.name,
      managerEmail: property.managerEmail,
    },
    unit: lease.unit,
    names: nameFor(link.address, lease.emails, lease.residents),
  };
}

/** People and their addresses stand in the same order; where they do not pair, all are greeted. */
function nameFor(address: string, emails: readonly string[], residents: string): string {
  const people = peopleOf(residents);
  const at = emails.findIndex((email) => email.toLowerCase() === address.toLowerCase());
  return (people.length === emails.length ? people[at] : undefined) ?? residents;
}
