/** A page of the script for a sandboxed frame: its own HTML, with the bridge that stands for Google's. */

/** The frame may run its own script and open what the person clicks; it has no origin and no way to any network. */
export const FRAME_POLICY =
  'sandbox allow-scripts allow-forms allow-popups allow-downloads allow-modals; ' +
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; " +
  "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** A script text that cannot end its own element. */
const inline = (script: string): string => script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

/** `home` is the origin of the page around the frame: the bridge talks to no other. */
export function framed(html: string, bridge: string, home: string): string {
  const script = `<script>window.RENT_LEDGER_HOME=${JSON.stringify(home)};${inline(bridge)}</script>`;
  const head = /<head[^>]*>/i.exec(html);
  if (head !== null) {
    const end = head.index + head[0].length;
    return html.slice(0, end) + script + html.slice(end);
  }
  const type = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  return type + script + html.slice(type.length);
}
