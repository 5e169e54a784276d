/** Phone numbers as people write them, and as networks want them: E.164, a plus and at most 15 digits. */

/** What stands between the digits, and marks that come along when a number is pasted. */
const BETWEEN = /[\s().·/\u2010-\u2015\u2212-]+/g;
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `+15125550123`, or why it cannot be called. */
export type Phone = { readonly number: string } | { readonly reason: string };

export function e164(text: string): Phone {
  // Full-width digits and signs become plain ones.
  const written = text.normalize('NFKC').replace(UNSEEN, '').trim();
  if (written === '') return { reason: 'The phone number is empty.' };
  if (/[\p{L}#*;,]/u.test(written))
    return { reason: 'Write the phone number alone: digits without words or an extension.' };
  // A zero in brackets after the country code is dialled within the country only.
  const digits = written
    .replace(/^((?:\+|00)\d{1,3}\s*)\(0\)/, '$1')
    .replace(BETWEEN, '')
    .replace(/^00/, '+');
  if (!digits.startsWith('+')) return { reason: 'The country code is missing. Write it like +1 512 555 0123.' };
  if (!/^\+\d+$/.test(digits)) return { reason: 'The phone number has a sign that is no digit.' };
  return countryOf(digits);
}

function countryOf(number: string): Phone {
  if (number.startsWith('+0')) return { reason: 'No country code begins with 0.' };
  if (number.length < 9) return { reason: 'The phone number is too short.' };
  if (number.length > 16) return { reason: 'The phone number is too long.' };
  // The North American plan: ten digits, and neither the area nor the exchange begins with 0 or 1.
  if (number.startsWith('+1') && !/^\+1[2-9]\d{2}[2-9]\d{6}$/.test(number))
    return { reason: 'This is no number of the United States or Canada: after +1 there are ten digits.' };
  return { number };
}
