/** The script's web app as a resident's browser meets it: the same pages, with the address that this computer serves them at. */
import type { Hono } from 'hono';
import type { WebReply } from '../../host/web-app';
import type { World } from '../../world';
import type { Desk } from './desk';
import { type Door, isOwnHost } from './guard';

const PATH = '/exec';

/** Addresses of the script's web app as addresses of this server. */
export const servedHere = (world: World, html: string): string =>
  world.webAppUrl === '' ? html : html.replaceAll(world.webAppUrl, PATH);

/** Styles of its own, forms to itself, links to pages elsewhere; no script, as on the real page's reading side. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function answered(world: World, reply: WebReply): Response {
  const headers: Record<string, string> = {
    'content-type': reply.contentType,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
  if (!reply.isPage)
    headers['content-disposition'] = `attachment; filename="${(reply.file ?? 'file').replace(/[^\w. -]/g, '')}"`;
  return new Response(reply.isPage ? servedHere(world, reply.body) : reply.body, { status: reply.status, headers });
}

const parametersOf = (url: URL): Record<string, string[]> =>
  Object.fromEntries([...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]));

/** Anybody who has the address may ask, as at Google: it stands outside the door of the desk's own pages. */
export function addWebApp(app: Hono, desk: Desk, door: Door): void {
  app.get(PATH, async (context) => {
    if (!isOwnHost(context.req.header('host'), door)) return context.text('This address is not served here.', 403);
    const parameters = parametersOf(new URL(context.req.url));
    return answered(desk.world, await desk.act('A page', () => desk.world.doGet(parameters)));
  });
  app.post(PATH, async (context) => {
    if (!isOwnHost(context.req.header('host'), door)) return context.text('This address is not served here.', 403);
    const parameters = parametersOf(new URL(context.req.url));
    const type = context.req.header('content-type') ?? 'application/x-www-form-urlencoded';
    const body = await context.req.text();
    return answered(desk.world, await desk.act('A form', () => desk.world.doPost({ parameters, body, type })));
  });
}
