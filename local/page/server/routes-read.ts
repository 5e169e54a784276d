/** The page's addresses that only read: state, windows of tabs, charts, messages, executions, and pages for frames. */
import type { Context, Hono } from 'hono';
import { chartViews } from './chart-view';
import type { Desk } from './desk';
import { FRAME_POLICY, framed } from './frame';
import { leap } from './jump';
import { chatList, executionList, htmlOf, mailList, mailView } from './post-view';
import { whole } from './request';
import { valuesOf } from './rows-view';
import { pageOf } from './shown';
import { pageState } from './state-view';
import { readView, tabView } from './tab-view';
import { phoneList, textsOf } from './texts';
import { servedHere } from './web-app';

const gone = (context: Context, what: string) => context.json({ error: `There is no such ${what} any more.` }, 404);

function sheetOf(desk: Desk, context: Context) {
  const sheet = desk.world.workbook.state.find(whole(context.req.param('id'), -1));
  return sheet === undefined || sheet.properties.hidden === true ? undefined : sheet;
}

const sign = (text: string | undefined): -1 | 0 | 1 => (text === '1' ? 1 : text === '-1' ? -1 : 0);

function addTabs(app: Hono, desk: Desk): void {
  app.get('/api/tab/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    const { offset, limit, view } = context.req.query();
    const window = { offset: whole(offset, 0), limit: whole(limit, 100), view: readView(view) };
    return context.json(tabView(desk.world.workbook.state, sheet, window, desk.revision));
  });
  app.get('/api/values/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    const { column, view } = context.req.query();
    return context.json(valuesOf(desk.world.workbook.state, sheet, readView(view), whole(column, 0)));
  });
  app.get('/api/jump/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    const { place, column, down, right, view } = context.req.query();
    const from = { place: whole(place, 0), column: whole(column, 0), down: sign(down), right: sign(right) };
    return context.json(leap(desk.world.workbook.state, sheet, readView(view), from));
  });
  app.get('/api/charts/:id', (context) => {
    const sheet = sheetOf(desk, context);
    if (sheet === undefined) return gone(context, 'tab');
    return context.json(chartViews(desk.world.workbook.state, sheet));
  });
}

function addPosts(app: Hono, desk: Desk): void {
  app.get('/api/mail', (context) => context.json(mailList(desk.world, context.req.query('filter') ?? '')));
  app.get('/api/mail/:id', (context) => {
    const message = mailView(desk.world, context.req.param('id'));
    return message === undefined ? gone(context, 'message') : context.json(message);
  });
  app.get('/api/texts', (context) => context.json(phoneList(desk.world)));
  app.get('/api/texts/:phone', (context) => context.json(textsOf(desk.world, context.req.param('phone'))));
  app.get('/api/chats', (context) => context.json(chatList(desk.world)));
  app.get('/api/executions', (context) => context.json(executionList(desk.world, desk.polls)));
}

const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** HTML that is not ours, each for a frame that may do what it must and no more. */
function addFrames(app: Hono, desk: Desk, bridge: string): void {
  app.get('/mail/:id', (context) => {
    const html = htmlOf(desk.world, context.req.param('id'));
    if (html === undefined) return context.text('This message has no HTML part.', 404);
    // What a mail leads to opens beside it; the resident's page is the one that this computer serves.
    const opening = html.replace(/<head>/i, '<head><base target="_blank">');
    return context.html(servedHere(desk.world, opening), 200, { 'content-security-policy': MAIL_POLICY });
  });
  app.get('/frame/:where', (context) => {
    const where = context.req.param('where') === 'dialog' ? 'dialog' : 'sidebar';
    const html = pageOf(desk.world, where);
    if (html === undefined) return context.text('The script has opened nothing here.', 404);
    const page = framed(html, bridge, `http://${context.req.header('host')}`);
    return context.html(page, 200, { 'content-security-policy': FRAME_POLICY });
  });
}

export function addReads(app: Hono, desk: Desk, bridge: string): void {
  app.get('/api/state', (context) => context.json(pageState(desk)));
  addTabs(app, desk);
  addPosts(app, desk);
  addFrames(app, desk, bridge);
}
