/** Slack's own markup as pieces that the page can show. */

/** Slack escapes three characters, `*x*` is bold there, and a link is shown by its words. */
export function slackPieces(text: string): readonly { readonly text: string; readonly bold: boolean }[] {
  const plain = text
    .replace(/<https:[^|>]+\|([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return plain
    .split(/(\*[^*\n]+\*)/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^\*[^*\n]+\*$/.test(piece) ? { text: piece.slice(1, -1), bold: true } : { text: piece, bold: false },
    );
}
