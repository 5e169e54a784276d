/** Text as HTML, which notes and activities at Pipedrive are kept in. */

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A paragraph for each part that is not empty. */
export const html = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `<p>${escaped(part).replace(/\n/g, '<br>')}</p>`)
    .join('');
