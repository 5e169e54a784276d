/** The page's server: who may come in, the page itself, what it reads, what it does, and the days as they pass. */
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Refused, UsageError } from '../../cli/errors';
import { type Assets, pageHtml } from './assets';
import { Busy, type Desk } from './desk';
import { type Door, guard } from './guard';
import { addActions } from './routes-act';
import { addReads } from './routes-read';
import { addVendorPages } from './vendor-page';
import { addWebApp } from './web-app';

const KEEP_ALIVE_MS = 15_000;

export const newDoor = (): Door => ({ host: '', token: randomBytes(24).toString('base64url') });

/** Days as they pass, for the progress bar; the stream ends when the page goes away or the server closes. */
function addProgress(app: Hono, desk: Desk): void {
  app.get('/api/progress', (context) =>
    streamSSE(context, async (stream) => {
      const leave = desk.follow((event) => void stream.writeSSE({ data: JSON.stringify(event) }));
      const alive = setInterval(() => void stream.writeSSE({ event: 'alive', data: '' }), KEEP_ALIVE_MS);
      await new Promise<void>((gone) => stream.onAbort(gone));
      clearInterval(alive);
      leave();
    }),
  );
}

function addErrors(app: Hono): void {
  app.notFound((context) => context.json({ error: 'There is nothing at this address.' }, 404));
  app.onError((error, context) => {
    if (error instanceof Busy) return context.json({ error: error.message }, 409);
    if (error instanceof UsageError || error instanceof Refused) return context.json({ error: error.message }, 400);
    return context.json({ error: `The local host failed: ${error.message}` }, 500);
  });
}

function addPage(app: Hono, door: Door, { script, style }: Assets): void {
  app.get('/', (context) => context.html(pageHtml('Rent Ledger', door.token)));
  app.get('/page.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/page.css', (context) => context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

/** The whole app of one world. */
export function pageApp(desk: Desk, door: Door, assets: Assets): Hono {
  const app = new Hono();
  addWebApp(app, desk, door);
  app.use(guard(door));
  addPage(app, door, assets);
  addReads(app, desk, assets.bridge);
  addActions(app, desk);
  addVendorPages(app, desk, door);
  addProgress(app, desk);
  addErrors(app);
  return app;
}
