/** The page's addresses: reads of the world, and the few actions that change it. */
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { zoneOf } from '../../cli/advance';
import { dayAt, daysFrom, readDay } from '../../cli/days';
import { Refused, UsageError } from '../../cli/errors';
import { JOBS } from '../../cli/verbs/jobs';
import { requireFuture } from '../../cli/verbs/until';
import { type Assets, pageHtml } from './assets';
import { chartViews } from './chart-view';
import { Busy, type Desk } from './desk';
import { type Door, guard } from './guard';
import { chatList, executionList, findMail, htmlOf, mailList, mailView } from './post-view';
import { tabView } from './tab-view';

/** A year at a time is the most that one click may ask for. */
const MAX_DAYS = 366;
const KEEP_ALIVE_MS = 15_000;

export const newDoor = (): Door => ({ host: '', token: randomBytes(24).toString('base64url') });

function whole(text: string | undefined, fallback: number): number {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number >= 0 ? number : fallback;
}

function sheetOf(desk: Desk, context: Context) {
  const sheet = desk.world.workbook.state.find(whole(context.req.param('id'), -1));
  return sheet === undefined || sheet.properties.hidden === true ? undefined : sheet;
}

function addReads(app: Hono, desk: Desk): void {
  const gone = (context: Context, what: string) => context.json({ error: `There is no such ${what} any more.` }, 404);
  app.get('/api/state', (context) => context.json(desk.state()));
  app.get('/api/tab/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    const { offset, limit, filter = '' } = context.req.query();
    const window = { offset: whole(offset, 0), limit: whole(limit, 100), filter };
    return context.json(tabView(desk.world.workbook.state, sheet, window, desk.revision));
  });
  app.get('/api/charts/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    return context.json(chartViews(desk.world.workbook.state, sheet));
  });
  app.get('/api/mail', (context) => context.json(mailList(desk.world, context.req.query('filter') ?? '')));
  app.get('/api/mail/:id', (context) => {
    const message = findMail(desk.world, context.req.param('id'));
    return message === undefined ? gone(context, 'message') : context.json(mailView(desk.world, message));
  });
  app.get('/api/chats', (context) => context.json(chatList(desk.world)));
  app.get('/api/executions', (context) => context.json(executionList(desk.world)));
}

/** The rendered HTML of a message, for a frame that may do nothing: no script, no form, nothing from elsewhere. */
function addMailFrame(app: Hono, desk: Desk): void {
  app.get('/mail/:id', (context) => {
    const message = findMail(desk.world, context.req.param('id'));
    const html = message === undefined ? undefined : htmlOf(message);
    if (html === undefined) return context.text('This message has no HTML part.', 404);
    const policy =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'self'";
    return context.html(html, 200, { 'content-security-policy': policy });
  });
}

async function bodyOf(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  throw new UsageError('The request holds no JSON object.');
}

/** `{ days: 7 }` or `{ to: '2026-11-30' }` as a day that is not past. */
function targetDay(desk: Desk, { days, to }: Readonly<Record<string, unknown>>): string {
  const { now } = desk.world;
  const zone = zoneOf(desk.world);
  const day = typeof to === 'string' ? readDay(to, 'The day') : desk.dayIn(whole(String(days), 1));
  requireFuture(now, zone, day);
  if (daysFrom(dayAt(now, zone), day) > MAX_DAYS) throw new UsageError(`Choose a day within ${MAX_DAYS} days.`);
  return day;
}

function addActions(app: Hono, desk: Desk): void {
  app.post('/api/advance', async (context) => context.json(await desk.advance(targetDay(desk, await bodyOf(context)))));
  app.post('/api/run', async (context) => {
    const { job } = await bodyOf(context);
    const known = JOBS.find((each) => each === job);
    if (known === undefined) throw new UsageError(`There is no job ${String(job)}.`);
    return context.json(await desk.run(known));
  });
  app.post('/api/switch', async (context) => {
    const { vendor, kind, times } = await bodyOf(context);
    const many = typeof times === 'number' && times > 0 ? whole(String(times), 1) : 'always';
    return context.json({ armed: await desk.toggle(String(vendor), String(kind), many) });
  });
  app.post('/api/stop', (context) => {
    desk.stop();
    return context.json({ ok: true });
  });
}

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

/** The whole app of one world. */
export function pageApp(desk: Desk, door: Door, assets: Assets): Hono {
  const app = new Hono();
  app.use(guard(door));
  app.get('/', (context) => context.html(pageHtml('Rent Ledger', door.token)));
  app.get('/page.js', (context) =>
    context.body(assets.script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/page.css', (context) => context.body(assets.style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  addReads(app, desk);
  addMailFrame(app, desk);
  addActions(app, desk);
  addProgress(app, desk);
  addErrors(app);
  return app;
}
