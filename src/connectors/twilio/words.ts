/** What a resident's answer says about further texts. Twilio acts on single words only; people write more. */

/** Alone in a text they block or unblock the sender at Twilio. */
const STOP = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'optout', 'revoke']);
const START = new Set(['start', 'yes', 'unstop']);
/** The same word alone in the other languages of our messages; Twilio does not know these and blocks nothing. */
const STOP_ELSEWHERE = new Set([
  ...['alto', 'parar', 'pare', 'baja', 'detener', 'cancelar'],
  ...['arret', 'arreter', 'arretez', 'desabonner', 'desinscrire'],
  ...['stopp', 'abmelden', 'aufhoren', 'abbestellen'],
]);

/** Consent may be taken back in any reasonable words (47 CFR 64.1200): these leave no doubt. */
const PLAIN_WORDS: readonly RegExp[] = [
  /^(?:please )?(?:stop|unsubscribe)(?: please| thanks| thank you| now| it| this| all)?$/,
  /\b(?:stop|quit|no more) (?:all |the |these |your |sending |me )*(?:texts?|texting|messages?|messaging|sms)\b/,
  /\bstop (?:sending|contacting|texting|messaging)\b/,
  /\b(?:do not|dont|never) (?:text|message|contact) (?:me|us|this)\b/,
  /\b(?:unsubscribe|remove) (?:me|us|this number|my number)\b/,
  /\btake (?:me|us|this number|my number) off\b/,
  /\bopt(?: me| us)? out\b/,
];

/** Small letters without accents, digits and single blanks. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Undefined for a text about something else. */
export function wishOf(text: string): 'opted out' | 'opted in' | undefined {
  const words = plain(text);
  if (STOP.has(words) || STOP_ELSEWHERE.has(words) || PLAIN_WORDS.some((pattern) => pattern.test(words)))
    return 'opted out';
  return START.has(words) ? 'opted in' : undefined;
}
