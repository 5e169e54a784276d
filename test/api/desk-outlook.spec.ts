/** What messages will use before they leave, and the pause that holds them all: mails, parts of texts, and their cost to the cent. */
import * as fc from 'fast-check';
import type { Outlook, Preparation } from '../../src/api/desk/setup';
import { costOf } from '../../src/api/desk/setup/outlook';
import type { Today } from '../../src/api/desk/today';
import { segmentsOf } from '../../src/domain/sms';
import { acted, toldHouse } from '../message-worlds';
import { answerAs, askApi, bookOf, HOUR, leapTo, leaseOf, slackTexts, smallWorld, tabOf, type World } from '../worlds';

describe('what texts cost', () => {
  const price = fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.stringMatching(/^\d{0,6}$/), fc.constantFrom('USD', 'CAD', 'EUR'))
    .map(([whole, decimals, currency]) => ({ whole, decimals, currency }));

  it('is the price of each part, added up without loss and rounded up to the cent once', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 1_000_000 }), ({ whole, decimals, currency }, segments) => {
        const text = `${whole}${decimals ? `.${decimals}` : ''} ${currency}`;
        const micros = (BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0'))) * BigInt(segments);
        const cents = (micros + 9_999n) / 10_000n;
        expect(costOf(segments, text)).toBe(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')} ${currency}`);
      }),
    );
  });

  it('is told for no part, no price, and a price that cannot be read by saying nothing', () => {
    for (const text of ['', '0.0083', 'USD', '0.0083 usd', '-1 USD', '1.1234567 USD']) {
      expect(costOf(3, text)).toBeUndefined();
    }
    expect(costOf(0, '0.0083 USD')).toBeUndefined();
  });

  it.each([
    [1, '0.0083 USD', '0.01 USD'],
    [121, '0.0083 USD', '1.01 USD'],
    [3, '0.05 EUR', '0.15 EUR'],
    [1000, '0 USD', '0.00 USD'],
  ])('is for %d parts at %s %s', (segments, text, cost) => {
    expect(costOf(segments, text)).toBe(cost);
  });
});

const dry = (world: World, args: object, user = world.owner): Preparation =>
  answerAs(world, user, 'dryRun', args).value as Preparation;
const countOf = ({ mails }: Outlook, by: string): number => mails.find((each) => each.by === by)?.count ?? 0;

describe('the outlook of a dry run', () => {
  const house = toldHouse();

  it('counts the mails of each carrier, and the parts of all texts', () => {
    const told = dry(house.clone(), { days: 7 });
    const messages = told.days.flatMap((each) => each.messages);
    const texts = messages.filter(({ way }) => way === 'sms');
    expect(texts.length).toBeGreaterThan(0);
    expect(told.outlook.texts).toBe(texts.length);
    expect(told.outlook.segments).toBe(texts.reduce((all, { text }) => all + segmentsOf(text).segments, 0));
    expect(told.outlook.cost).toBe(costOf(told.outlook.segments, '0.0083 USD'));
    const mails = messages.filter(({ way, to }) => way === 'email' && to.includes('@'));
    expect(countOf(told.outlook, 'SendGrid')).toBe(mails.length);
    for (const text of texts) expect(text.segments).toBe(segmentsOf(text.text).segments);
  });

  it('comes true: so many parts are then billed, and so many mails leave', () => {
    const world = house.clone();
    const { outlook } = dry(world, { days: 7, asItIs: true });
    const before = bookOf(world).outbox.length;
    for (let at = world.now; at < Date.parse('2026-12-15T04:00:00Z'); at += 3 * HOUR) leapTo(world, at + 3 * HOUR);
    const sent = bookOf(world)
      .outbox.slice(before)
      .filter(({ state }) => state === 'sent');
    expect(sent.filter(({ key }) => key.startsWith('sms:'))).toHaveLength(outlook.texts);
    expect(sent.filter(({ channel, lease }) => channel === 'sendgrid' && lease !== null)).toHaveLength(
      countOf(outlook, 'SendGrid'),
    );
  });

  it('tells the quota of the owner’s own account to the owner alone', () => {
    const world = smallWorld({
      on: '2026-12-01',
      leases: [leaseOf('L-1'), leaseOf('L-2', { Email: 'a@example.com, b@example.com' })],
      settings: { Reminders: 'on', 'Quiet hours': 'none', Managers: 'meg@example.com' },
    });
    const mails = { by: 'Gmail', count: 3 };
    expect(dry(world, { days: 1 }).outlook.mails).toEqual([{ ...mails, left: 100, perDay: 100 }]);
    expect(dry(world, { days: 1 }, 'meg@example.com').outlook.mails).toEqual([mails]);
    expect(dry(world, { days: 1 }).outlook).toMatchObject({ texts: 0, segments: 0 });
    expect(dry(world, { days: 1 }).outlook.cost).toBeUndefined();
  });

  it('counts what lies in the Outbox already, as long as it is wanted', () => {
    const world = smallWorld({
      on: '2026-12-01',
      leases: [leaseOf('L-1'), leaseOf('L-2')],
      settings: { Reminders: 'on', 'Quiet hours': '18:00-17:00' },
    });
    leapTo(world, '2026-12-01T15:15:00Z');
    const waiting = dry(world, { days: 1, asItIs: true });
    expect(waiting).toMatchObject({ waiting: 2, outlook: { mails: [{ by: 'Gmail', count: 2 }] } });
    acted(world, 'recordOne', { lease: 'L-2', amount: '1000.00', method: 'check', reference: '7' });
    acted(world, 'startRun', { job: 'poll' });
    const paid = dry(world, { days: 1, asItIs: true });
    // The reminder of L-2 has fallen away, and its receipt has come instead.
    expect(paid).toMatchObject({ waiting: 2, outlook: { mails: [{ by: 'Gmail', count: 2 }] } });
    expect(dry(world, { days: 1, asItIs: true }, 'nobody@example.com')).toBeUndefined();
  });

  it('asks about reminders as they are, or as if they were on', () => {
    const world = smallWorld({ on: '2026-12-01', settings: { Reminders: 'off' } });
    expect(dry(world, { days: 1 }).outlook.mails).toMatchObject([{ count: 1 }]);
    expect(dry(world, { days: 1, asItIs: true }).outlook.mails).toEqual([]);
  });
});

describe('pausing everything', () => {
  const late = (): World =>
    smallWorld({ on: '2026-12-01', settings: { Reminders: 'on', 'Quiet hours': 'none', Managers: 'meg@example.com' } });

  it('holds what would leave, while rent is charged and payments are posted', () => {
    const world = late();
    expect(acted(world, 'pauseAll', { paused: true }).says).toMatch(/^Everything is paused: nothing leaves/);
    leapTo(world, '2026-12-08T15:00:00Z');
    expect(world.mailbox.filter(({ to }) => to === 'l-1@example.com')).toEqual([]);
    expect(slackTexts(world)).toEqual([]);
    expect(bookOf(world).leases[0]?.balance).toBe('1050.00');
    expect(askApi<Today>(world, 'today').paused).toBe(true);
  });

  it('lets go what is still wanted when it goes on, and nothing that was paid meanwhile', () => {
    const world = late();
    acted(world, 'pauseAll', { paused: true });
    leapTo(world, '2026-12-01T15:15:00Z');
    acted(world, 'recordOne', { lease: 'L-1', amount: '1000.00', method: 'check', reference: '7' });
    expect(acted(world, 'pauseAll', { paused: false }).says).toMatch(/^It goes on/);
    leapTo(world, world.now + 2 * HOUR);
    const subjects = world.mailbox.filter(({ to }) => to === 'l-1@example.com').map(({ subject }) => subject);
    expect(subjects).toEqual([expect.stringMatching(/received|receipt/i)]);
    expect(askApi<Today>(world, 'today').paused).toBe(false);
  });

  it('is written into Settings and told in the Log, once for a request that comes twice', () => {
    const world = late();
    const request = { request: 'pause-all-once-0001', paused: true };
    askApi(world, 'pauseAll', [request]);
    const lines = bookOf(world).log.length;
    askApi(world, 'pauseAll', [request]);
    expect(bookOf(world).log).toHaveLength(lines);
    expect(tabOf(world, 'Settings').find((row) => row.Setting === 'Pause everything')?.Value).toBe('yes');
  });

  it('is for managers, and not for who may only look', () => {
    const world = late();
    expect(answerAs(world, 'meg@example.com', 'pauseAll', { request: 'pause-all-meg-0001', paused: true }).ok).toBe(
      true,
    );
    expect(answerAs(world, 'vera@example.com', 'pauseAll', { request: 'pause-all-vera-0001', paused: false }).ok).toBe(
      false,
    );
  });
});
