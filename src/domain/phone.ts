/** Phone numbers as carriers take them: E.164, a plus sign, the country code and at most 15 digits. */

export type Phone = { readonly number: string } | { readonly reason: string };

const DIGITS = /^\d{8,15}$/;

/** Blanks, dots, dashes, slashes and brackets go; a leading 00 is a plus sign. Without a country code it is not guessed. */
export function e164(text: string): Phone {
  const bare = text.trim().replace(/[\s().\-/\u00a0\u2010-\u2015]/g, '');
  if (bare === '') return { reason: 'There is no phone number.' };
  const number = bare.replace(/^00/, '+');
  if (!number.startsWith('+'))
    return { reason: `"${text.trim().slice(0, 30)}" has no country code. Write it like +1 512 555 0123.` };
  if (!DIGITS.test(number.slice(1)) || number[1] === '0')
    return { reason: `"${text.trim().slice(0, 30)}" is not a phone number. Write it like +1 512 555 0123.` };
  return { number };
}
