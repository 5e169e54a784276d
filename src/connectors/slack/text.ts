/** Text as Slack takes it: its three control characters escaped, and cut to the limit of the place where it stands. */

/** Characters; Slack counts what is sent, escapes included. */
export const TEXT_LIMIT = 4000;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `&`, `<` and `>` are Slack's only control characters; the text is cut so that no escape and no emoji is split. */
export function slackText(text: string, limit: number): string {
  const pieces = [...text].map((character) => ESCAPES[character] ?? character);
  if (pieces.reduce((length, piece) => length + piece.length, 0) <= limit) return pieces.join('');
  let out = '';
  for (const piece of pieces) {
    if (out.length + piece.length > limit - 1) break;
    out += piece;
  }
  return `${out}…`;
}

/** A link with words; undefined for an address that is none, or that would break out of it. */
export const slackLink = (url: string, words: string): string | undefined =>
  /^https:\/\/[^\s<>|]{1,2000}$/.test(url) ? `<${url.replace(/&/g, '&amp;')}|${slackText(words, 100)}>` : undefined;
