/** A vendor's own page, as far as its stand-in has one: the owner agrees there, and the script's page ends the sign-in. */
import type { Hono } from 'hono';
import { registerOurAddress } from '../../story/sign-in';
import { sandboxFor } from '../../vendors';
import type { Desk } from './desk';
import { type Door, isToken } from './guard';

const PAGE_POLICY =
  "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#eef1f5;color:#1b2733}' +
  'main{max-width:30rem;margin:12vh auto;padding:1.5rem;background:#fff;border:1px solid #cfd7e0;border-radius:8px}' +
  'h1{font-size:1.25rem;margin:0 0 .5rem}a{color:#0b57d0}a.go{display:inline-block;margin:1rem 1rem 0 0;padding:.5rem 1rem;' +
  'border-radius:6px;background:#0b57d0;color:#fff;text-decoration:none}code{overflow-wrap:anywhere}';

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>` +
  `<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;

/** What is asked for, and two ways on; links, because the page may run no script. */
function consentPage(title: string, address: string, token: string): string {
  const asked = new URL(address).searchParams.get('scope') ?? '';
  const way = (answer: string) =>
    escaped(`/vendor/${answer}?url=${encodeURIComponent(address)}&t=${encodeURIComponent(token)}`);
  const scopes = asked === '' ? '' : `<p>It asks for: <code>${escaped(asked)}</code></p>`;
  return page(
    `${title} (stand-in)`,
    `<p>Rent Ledger wants to work with your ${escaped(title)} account. This page stands in for ${escaped(title)} on this ` +
      `computer; nothing leaves it.</p>${scopes}<a class="go" href="${way('agree')}">Allow</a>` +
      `<a href="${way('refuse')}">Do not allow</a>`,
  );
}

/** Where the vendor sends the browser back to, with a code or with a refusal. */
function wayBack(desk: Desk, address: string, agrees: boolean): URL | undefined {
  const sandbox = sandboxFor(new URL(address).host);
  if (!sandbox) return undefined;
  const { world } = desk;
  registerOurAddress(world, sandbox.id);
  if (!agrees) {
    const asked = new URL(address).searchParams;
    const back = new URL(world.webAppUrl);
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('error', 'access_denied');
    return back;
  }
  const request = { method: 'GET', url: address, headers: {}, body: '' };
  const reply = sandbox.handle(world.vendorState(sandbox.id), request, world.now);
  return reply.headers.location === undefined ? undefined : new URL(reply.headers.location);
}

const isAddress = (text: string): boolean => URL.canParse(text) && text.startsWith('https://');

/** The token stands in the address, for a browser follows these as links. */
export function addVendorPages(app: Hono, desk: Desk, door: Door): void {
  app.get('/vendor/:answer?', async (context) => {
    const { url = '', t } = context.req.query();
    const answer = context.req.param('answer') ?? 'ask';
    if (!isToken(t, door.token) || !isAddress(url)) return context.text('There is nothing at this address.', 404);
    const headers = { 'content-security-policy': PAGE_POLICY };
    const sandbox = sandboxFor(new URL(url).host);
    if (!sandbox) {
      const link = `<p>This page is on the internet, not on this computer:</p><p><a href="${escaped(url)}">${escaped(url)}</a></p>`;
      return context.html(page('A page elsewhere', link), 200, headers);
    }
    if (answer === 'ask') return context.html(consentPage(sandbox.title, url, door.token), 200, headers);
    const html = await desk.act('Signing in', () => {
      const back = wayBack(desk, url, answer === 'agree');
      return back && desk.world.doGet(Object.fromEntries(back.searchParams)).body;
    });
    if (html === undefined)
      return context.html(
        page(`${sandbox.title} refused`, '<p>Its stand-in did not accept this request.</p>'),
        200,
        headers,
      );
    return context.html(html, 200, headers);
  });
}
