/** The page to pay on that a mail carries: of the platform that Settings names, and made anew where the mail had to wait. */
import { parsePart, textOf } from '../../local/host/mime';
import { bookOf, HOUR, leapTo, MINUTE, mailsOf, type World } from '../worlds';
import { connectPaypal, connectPlaid, connectSquare, eve } from './autopay-world';

const NINE = '2026-12-01T14:05:00Z';

function linking(by: string): World {
  const world = eve({}, { Reminders: 'on', 'Pay links': 'yes', 'Pay links by': by });
  if (by === 'paypal') connectPaypal(world);
  if (by === 'square') connectSquare(world);
  if (by === 'plaid') connectPlaid(world);
  return world;
}

const links = (world: World) =>
  bookOf(world)
    .outbox.filter((row) => row.key.startsWith('paylink:'))
    .map((row) => ({
      key: row.key.replace('paylink:', ''),
      state: row.state,
      page: String(row.reference).split(' ').pop(),
    }));

/** The text of the last mail to the resident, '' where there is none. */
function lastMail(world: World): string {
  const mail = mailsOf(world)
    .filter(({ to }) => to === 'l-1@example.com')
    .at(-1);
  return mail ? (textOf(parsePart(mail.raw), 'text/plain') ?? '') : '';
}

describe('a reminder of unpaid rent', () => {
  it.each([
    ['stripe', 'checkout.stripe.com'],
    ['paypal', 'paypal.com'],
    ['square', 'square'],
  ])('carries the page of %s', (by, host) => {
    const world = linking(by);
    leapTo(world, NINE);
    const [link, ...more] = links(world);
    expect(more).toEqual([]);
    expect(link).toMatchObject({ state: 'sent', page: expect.stringContaining(host) });
    expect(lastMail(world)).toContain(link?.page);
  });

  it('asks Plaid for no page in dollars, which it cannot make', () => {
    const world = linking('plaid');
    leapTo(world, NINE);
    expect(links(world)).toEqual([]);
    expect(lastMail(world)).toMatch(/1,?000\.00/);
  });

  it.each([
    ['paypal', 4, 2],
    ['stripe', 4, 1],
    ['stripe', 26, 2],
    ['square', 26, 1],
  ])('that could not leave for hours carries a page that can be paid on: %s, %i hours later', (by, hours, pages) => {
    const world = linking(by);
    const owner = `user:${world.owner}`;
    const spent = { since: Date.parse(NINE) + (hours - 24) * HOUR - 30 * MINUTE, recipients: 100 };
    Object.assign(world.properties[owner] ?? {}, { 'mail-sent': JSON.stringify(spent) });
    leapTo(world, NINE);
    expect(links(world).map(({ state }) => state)).toEqual(['sent']);
    expect(lastMail(world)).toBe('');
    for (const minutes of [0, 40, 80]) leapTo(world, Date.parse(NINE) + hours * HOUR + minutes * MINUTE);
    const made = links(world);
    expect(made.map(({ state }) => state)).toEqual(Array.from({ length: pages }, () => 'sent'));
    expect(new Set(made.map(({ page }) => page)).size).toBe(pages);
    expect(lastMail(world)).toContain(made.at(-1)?.page);
  });
});
