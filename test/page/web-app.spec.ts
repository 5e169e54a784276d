/** The script's web app on this computer: a mail's link opens the resident's page here, its forms work, and nobody else's host is served. */
import { Hono } from 'hono';
import { htmlOf } from '../../local/page/server/post-view';
import { addWebApp, servedHere } from '../../local/page/server/web-app';
import { housed } from '../resident-worlds';
import { clearDesks, deskOf } from './desk';

describe('the web app on this computer', () => {
  afterAll(clearDesks);
  const world = housed();
  const desk = deskOf(world);
  const app = new Hono();
  addWebApp(app, desk, { host: '127.0.0.1:8700', token: 't' });
  const ask = (path: string, init: RequestInit = {}, host = '127.0.0.1:8700') =>
    app.request(`http://127.0.0.1:8700${path}`, { ...init, headers: { host, ...init.headers } });
  const mail = world.mailbox.filter((each) => each.to === 'l-1@example.com').pop();
  const href =
    /href="(\/exec\?page=rl_[\w-]+)"/.exec(servedHere(world, htmlOf(world, mail?.id ?? '') ?? ''))?.[1] ?? '';

  it('opens the page that a mail leads to, with its own addresses in it', async () => {
    const reply = await ask(href);
    const body = await reply.text();
    expect(body).toContain('Resident L-1');
    expect(body).not.toContain(world.webAppUrl);
    expect(body).toContain('/exec?page=');
    expect(reply.headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  it('takes a form, and gives a file by its name', async () => {
    const form = new URLSearchParams({ act: 'newLink', address: 'l-1@example.com', request: 'x'.repeat(36) });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await ask('/exec', { method: 'POST', body: form.toString(), headers: type });
    expect(await sent.text()).toContain('a new link is on its way');
    const file = await ask(`${href}&show=csv`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w. -]+\.csv"$/);
  });

  it('is served under the name of this machine only', async () => {
    expect((await ask(href, {}, 'evil.example')).status).toBe(403);
  });
});
