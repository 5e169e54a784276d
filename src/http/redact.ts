/** The one place where secrets and account numbers are taken out of text before it is kept or shown. */
import { maskAccountNumbers } from './numbers';

/** Messages of faults, notes and logs are never longer than this. */
export const MESSAGE_LENGTH = 300;
/** Memos are the payer's words; more than this matches no lease and fills no cell. */
export const MEMO_LENGTH = 500;
// Longer text is cut before the patterns run, so that a hostile body costs no time.
const SCANNED_LENGTH = 8_000;

const HIDDEN = '[redacted]';

/** Names whose value is a secret, in JSON, headers and forms. */
const NAMES = 'api[_-]?key|(?:access|refresh|id|auth)[_-]?token|token|(?:client[_-]?)?secret|password|passwd|pwd';

/** Order matters: whole URLs and headers first, then single tokens, then named values. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // The token of a resident's page, alone or in an address.
  [/\brl_[\w-]{20,}/g, `rl_${HIDDEN}`],
  [/\bhooks\.slack(?:-gov)?\.com\/[^\s"'<>]*/gi, `hooks.slack.com/${HIDDEN}`],
  [/\b(https?:\/\/)[^\s/@"'<>]+@/gi, `$1${HIDDEN}@`],
  [
    /(authorization|x-api-key|api-key)(["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|token)\s+)?[^\s"',;}]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(bearer)\s+[\w.~+/=:|-]{4,}/gi, `$1 ${HIDDEN}`],
  // "basic rent" is English: only what looks like base64 of user:password counts.
  [/\b(basic)\s+(?=[\w+/=-]*[\d+/=A-Z])[A-Za-z0-9+/=_-]{6,}/gi, `$1 ${HIDDEN}`],
  [/\?[\w.~%[\]-]+=[^\s"'<>]*/g, `?${HIDDEN}`],
  [/(https?:\/\/[^\s?#"'<>]+)[?#](?!\[redacted\])[^\s"'<>]*/gi, `$1?${HIDDEN}`],
  [/\b(?:sk|rk|pk)_(?:live|test)_[\w*]+/g, `key_${HIDDEN}`],
  [/\b(?:sk|rk|whsec|ghp|gho|shpat|pat)_[\w+/=-]{6,}/g, `key_${HIDDEN}`],
  [/\b((?:pi|seti|cs)_\w*?)_secret_\w+/g, `$1_secret_${HIDDEN}`],
  [/\bxox[a-z](?:\.xox[a-z])?-[\w.-]+/gi, `xox-${HIDDEN}`],
  [/\b(?:EAAA|sq0[a-z]{3}-)[\w-]{16,}/g, `square_${HIDDEN}`],
  [/\bxapp-[\w-]+/gi, `xapp-${HIDDEN}`],
  [/\b(access|public|link)-(?:sandbox|production)-[\w-]+/g, `$1-${HIDDEN}`],
  [/\bA21AA[\w-]{6,}/g, `A21AA${HIDDEN}`],
  [/\bAIza[\w-]{10,}/g, `AIza${HIDDEN}`],
  [/\b1000\.[\da-f]{32}\.[\da-f]{32}\b/g, `1000.${HIDDEN}`],
  [/\bya29\.[\w.-]+/g, `ya29.${HIDDEN}`],
  [/\bSG\.[\w-]{8,}\.[\w-]{8,}/g, `SG.${HIDDEN}`],
  [/\bAB11[\w-]{12,}/g, `AB11${HIDDEN}`],
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, `jwt ${HIDDEN}`],
  [new RegExp(`\\b((?:${NAMES})["']?\\s*[:=]\\s*["']?)[^\\s"'&,;}]+`, 'gi'), `$1${HIDDEN}`],
];

/** A message fit for logs, cells and people: no secret, no account number, one line, at most 300 characters. */
export function redact(text: string): string {
  let clean = oneLine(text);
  for (const [pattern, instead] of SECRETS) clean = clean.replace(pattern, instead);
  return cut(maskAccountNumbers(clean), MESSAGE_LENGTH);
}

/**
 * A payer's memo fit to be kept: card numbers, IBANs, bank details and social security numbers become their kind and
 * last
 * four digits, API keys vanish; ordinary words and invoice numbers stay. At most 500 characters.
 */
export function maskMemo(text: string): string {
  const clean = oneLine(text).replace(/\b(?:sk|rk|whsec)_[\w+/=-]{6,}/g, `key_${HIDDEN}`);
  return cut(maskAccountNumbers(clean), MEMO_LENGTH);
}

function oneLine(text: string): string {
  const short = text.length <= SCANNED_LENGTH ? text : text.slice(0, SCANNED_LENGTH).replace(/\S*$/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return short.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

/** Cuts without leaving half a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
