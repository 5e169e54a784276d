/** The page's addresses that act: the clock, jobs, switches, and a person's hands, menu and sidebar. */
import type { Hono } from 'hono';
import { zoneOf } from '../../cli/advance';
import { dayAt, daysFrom, readDay } from '../../cli/days';
import { UsageError } from '../../cli/errors';
import { JOBS } from '../../cli/verbs/jobs';
import { requireFuture } from '../../cli/verbs/until';
import type { GivenAnswer } from '../grid-types';
import type { Desk } from './desk';
import { enter } from './hands';
import { type Body, bodyOf, personIn, textIn, whole } from './request';
import { callScript, openFile, runMenu } from './script';
import { answerAs } from './texts';

/** A year at a time is the most that one click may ask for. */
const MAX_DAYS = 366;

/** `{ days: 7 }` or `{ to: '2026-11-30' }` as a day that is not past. */
function targetDay(desk: Desk, { days, to }: Body): string {
  const { now } = desk.world;
  const zone = zoneOf(desk.world);
  const day = typeof to === 'string' ? readDay(to, 'The day') : desk.dayIn(whole(String(days), 1));
  requireFuture(now, zone, day);
  if (daysFrom(dayAt(now, zone), day) > MAX_DAYS) throw new UsageError(`Choose a day within ${MAX_DAYS} days.`);
  return day;
}

function addClock(app: Hono, desk: Desk): void {
  app.post('/api/advance', async (context) => context.json(await desk.advance(targetDay(desk, await bodyOf(context)))));
  app.post('/api/back', async (context) => {
    const { atMs } = await bodyOf(context);
    return context.json(await desk.goBack(Number(atMs)));
  });
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

const isRows = (value: unknown): value is string[][] =>
  Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === 'string'));

function typedIn({ text, rows }: Body): string | string[][] {
  if (typeof text === 'string') return text;
  if (isRows(rows)) return rows;
  throw new UsageError('The request has nothing to type or paste.');
}

function addHands(app: Hono, desk: Desk): void {
  app.post('/api/enter', async (context) => {
    const body = await bodyOf(context);
    const entry = {
      sheet: textIn(body, 'sheet'),
      a1: textIn(body, 'a1'),
      user: personIn(desk, body),
      typed: typedIn(body),
      isConfirmed: body.isConfirmed === true,
    };
    return context.json(enter(desk, entry));
  });
  app.post('/api/select', async (context) => {
    const body = await bodyOf(context);
    desk.world.select(textIn(body, 'sheet'), textIn(body, 'a1'), personIn(desk, body));
    return context.json({ ok: true });
  });
}

/** What people do with their phones. */
function addPhones(app: Hono, desk: Desk): void {
  app.post('/api/text', async (context) => {
    const body = await bodyOf(context);
    desk.change(() => answerAs(desk.world, textIn(body, 'phone'), textIn(body, 'text')));
    return context.json({ ok: true });
  });
}

const isAnswer = (value: unknown): value is GivenAnswer =>
  typeof value === 'object' && value !== null && typeof (value as GivenAnswer).button === 'string';

function addScript(app: Hono, desk: Desk): void {
  app.post('/api/open', async (context) => context.json(openFile(desk, personIn(desk, await bodyOf(context)))));
  app.post('/api/menu', async (context) => {
    const body = await bodyOf(context);
    const answers = Array.isArray(body.answers) ? body.answers.filter(isAnswer) : [];
    return context.json(runMenu(desk, textIn(body, 'function'), answers, personIn(desk, body)));
  });
  app.post('/api/script', async (context) => {
    const body = await bodyOf(context);
    const args = Array.isArray(body.args) ? body.args : [];
    return context.json(callScript(desk, textIn(body, 'function'), args, personIn(desk, body)));
  });
}

export function addActions(app: Hono, desk: Desk): void {
  addClock(app, desk);
  addHands(app, desk);
  addScript(app, desk);
  addPhones(app, desk);
}
