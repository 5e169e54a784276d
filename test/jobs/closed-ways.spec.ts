/** Ways that are closed: who said STOP, whose mailbox is gone, who was corrected; what goes another way, and what nobody gets. */
import { reportSendgridSpam, sendgridInbox, sendgridMailbox, unsubscribeAtSendgrid } from '../../local/vendors/people';
import { textBack, textsOn, turnPhone } from '../../local/vendors/twilio/people';
import { POOL } from '../../local/vendors/twilio/state';
import { askApi, bookOf, leapTo, leaseOf, MINUTE, smallWorld, standAt, tabOf, typeInto, type World } from '../worlds';
import {
  click,
  connectTo,
  effect,
  effects,
  mornings,
  newYork,
  paysByCheque,
  poll,
  sendgridState,
  texted,
  twilioState,
} from './carriers-world';

const FIRST = '2026-12-01';
const TINA = '+14155550142';
const UMA = '+14155550143';
const VIC = '+14155550144';

const eve = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    leases: [
      leaseOf('M-1'),
      leaseOf('M-2', { Email: 'ada@example.com, bo@example.com' }),
      leaseOf('T-1', texted(TINA)),
      leaseOf('S-1', texted(UMA, { 'Notify by': 'sms, else email' })),
      leaseOf('S-2', texted(VIC, { 'Notify by': 'email, else sms' })),
    ],
    settings: { 'Mail by': 'sendgrid', 'Texts by': 'twilio' },
  });
  connectTo(world, 'sendgrid', 'twilio');
  leapTo(world, newYork('2026-11-30', '20:00'));
  return world;
})();

/** December is decided; its messages wait for eight o'clock. */
const night = (() => {
  const world = eve.clone();
  for (const time of ['00:20', '00:40'] as const) leapTo(world, newYork(FIRST, time));
  return world;
})();

const dueToday = (way: string, lease: string) => `${way}:due-today:${lease}:2026-12`;
const states = (world: World, ...keys: readonly string[]) => keys.map((key) => effect(world, key)?.state);
const mails = (world: World, address: string) =>
  sendgridInbox(sendgridState(world), address, world.now).filter(
    ({ acceptedMs }) => acceptedMs > newYork(FIRST, '00:00'),
  );
const texts = (world: World, phone: string) =>
  textsOn(twilioState(world), phone, world.now).filter(
    ({ atMs, body }) => atMs > newYork(FIRST, '00:00') && body.startsWith('Elm House'),
  );
const contact = (world: World, address: string) => tabOf(world, 'Contacts').find((row) => row.Address === address);
const problems = (world: World) => (bookOf(world).problems ?? []).join('\n');
/** Carriers take their time, and are asked at every poll. */
function untilNoon(world: World): World {
  mornings(world, FIRST);
  for (const time of ['10:00', '11:00', '12:00'] as const) leapTo(world, newYork(FIRST, time));
  return world;
}

describe('a resident who answers STOP', () => {
  it('gets no text that was wanted before, and none after', () => {
    const world = night.clone();
    textBack(twilioState(world), TINA, 'STOP', newYork(FIRST, '07:58'), POOL[0]);
    untilNoon(world);
    expect(effect(world, dueToday('sms', 'T-1'))).toMatchObject({
      state: 'cancelled',
      fault: expect.stringMatching(/opted out/),
    });
    expect(contact(world, TINA)).toMatchObject({ State: 'opted out', By: 'twilio', Detail: 'STOP' });
    mornings(world, '2026-12-02', '2026-12-07');
    expect(texts(world, TINA)).toEqual([]);
    expect(
      effects(world)
        .filter((row) => row.lease === 'T-1' && row.channel === 'twilio' && row.state === 'sent')
        .map((row) => row.kind),
    ).toEqual(['before-due']);
    expect(tabOf(world, 'Log').filter((row) => row.Kind === 'not sent' && row['Lease ID'] === 'T-1')).not.toEqual([]);
  });

  it.each(['tick', 'deliver'])('is heard by a run of the %s too, just before anything leaves', (job) => {
    const world = night.clone();
    standAt(world, newYork(FIRST, '08:05'));
    textBack(twilioState(world), TINA, 'STOP', world.now - MINUTE, POOL[0]);
    if (job === 'tick') world.run('tick', [], { trigger: 'time' });
    else askApi(world, 'deliver');
    expect(states(world, dueToday('sms', 'T-1'), dueToday('email', 'M-1'))).toEqual(['cancelled', 'sent']);
    expect(texts(world, TINA)).toEqual([]);
  });

  it('is written to by the way that stands by, where there is one', () => {
    const world = night.clone();
    textBack(twilioState(world), UMA, 'STOP', newYork(FIRST, '07:58'), POOL[0]);
    untilNoon(world);
    expect(states(world, dueToday('sms', 'S-1'), dueToday('email', 'S-1'))).toEqual(['cancelled', 'sent']);
    expect([texts(world, UMA).length, mails(world, 's-1@example.com').length]).toEqual([0, 1]);
  });

  it('gets texts again after START, which no person can say for them', () => {
    const world = night.clone();
    textBack(twilioState(world), TINA, 'STOP', newYork(FIRST, '07:58'), POOL[0]);
    untilNoon(world);
    expect(() => click(world, 'setContact', { kind: 'sms', address: TINA, as: 'good' })).toThrow(/Only the resident/);
    textBack(twilioState(world), TINA, 'START', world.now, POOL[0]);
    leapTo(world, newYork(FIRST, '13:00'));
    expect(contact(world, TINA)?.State).toBe('opted in');
    mornings(world, '2026-12-07');
    expect(texts(world, TINA)).toHaveLength(1);
  });
});

describe('mail that is not wanted', () => {
  it.each([
    ['unsubscribes', unsubscribeAtSendgrid, 'opted out'],
    ['calls it spam', reportSendgridSpam, 'complained'],
  ])('does not go on to one who %s', (_, act, state) => {
    const world = untilNoon(night.clone());
    act(sendgridState(world), 'm-1@example.com', world.now);
    leapTo(world, newYork(FIRST, '13:00'));
    expect(contact(world, 'm-1@example.com')?.State).toBe(state);
    mornings(world, '2026-12-07');
    expect(mails(world, 'm-1@example.com')).toHaveLength(1);
    expect(problems(world)).not.toMatch(/m-1@/);
  });

  it('goes to one of two residents when the other has unsubscribed since it was wanted', () => {
    const world = night.clone();
    unsubscribeAtSendgrid(sendgridState(world), 'bo@example.com', newYork(FIRST, '07:57'));
    untilNoon(world);
    expect([mails(world, 'ada@example.com').length, mails(world, 'bo@example.com').length]).toEqual([1, 0]);
    expect(effect(world, dueToday('email', 'M-2'))).toMatchObject({ state: 'sent', to: 'ada@example.com' });
  });
});

describe('an address that is corrected before a message leaves', () => {
  it('is the one that it goes to, by mail', () => {
    const world = night.clone();
    typeInto(world, 'Leases', 'M-1', 'Email', 'right@example.com');
    untilNoon(world);
    expect([mails(world, 'right@example.com').length, mails(world, 'm-1@example.com').length]).toEqual([1, 0]);
  });

  it('is the one that it goes to, by text', () => {
    const world = night.clone();
    typeInto(world, 'Leases', 'T-1', 'Phone', '+1 415 555 0149');
    untilNoon(world);
    expect([texts(world, '+14155550149').length, texts(world, TINA).length]).toEqual([1, 0]);
  });
});

describe('a mailbox that is gone', () => {
  const bounced = (() => {
    const world = night.clone();
    sendgridMailbox(sendgridState(world), 'm-1@example.com', 'gone', world.now);
    sendgridMailbox(sendgridState(world), 's-2@example.com', 'gone', world.now);
    return untilNoon(world);
  })();

  it('is known on the Contacts tab, and a problem beside its lease until somebody corrects it', () => {
    expect(contact(bounced, 'm-1@example.com')).toMatchObject({ Kind: 'email', State: 'bounced', By: 'sendgrid' });
    expect(problems(bounced)).toMatch(/Nothing arrives at m-1@example\.com: sendgrid says so/);
    const row = tabOf(bounced, 'Outbox').find((each) => each.Key === dueToday('email', 'M-1'));
    expect([row?.State, row?.Delivery?.split(' ')[0]]).toEqual(['sent', 'bounced']);
  });

  it('is a task for a person where nothing else reaches the resident', () => {
    const tasks = (lease: string) =>
      tabOf(bounced, 'Tasks')
        .filter((row) => row['Lease ID'] === lease)
        .map((row) => row.Key);
    expect(tasks('M-1')).toEqual(['task:unreached:due-today:M-1:2026-12']);
    expect(tasks('S-2')).toEqual([]);
  });

  it('is followed by a text where texts stand by, once', () => {
    expect(
      effects(bounced)
        .filter((row) => row.lease === 'S-2' && row.kind === 'due-today')
        .map((row) => [row.channel, row.state]),
    ).toEqual([
      ['sendgrid', 'sent'],
      ['twilio', 'sent'],
    ]);
    expect(texts(bounced, VIC)).toHaveLength(1);
  });

  it('gets no further mail, until a person tries it again', () => {
    const world = bounced.clone();
    mornings(world, '2026-12-07');
    expect(effects(world).filter((row) => row.lease === 'M-1' && row.kind === 'late')).toEqual([]);
    sendgridMailbox(sendgridState(world), 'm-1@example.com', 'open', world.now);
    click(world, 'setContact', { kind: 'email', address: 'm-1@example.com', as: 'good' });
    expect(problems(world)).not.toMatch(/m-1@/);
    expect(contact(world, 'm-1@example.com')).toMatchObject({ State: 'good', By: 'owner@example.com' });
    sendgridState(world).accounts.global.lists.bounces = [];
    mornings(world, '2026-12-14');
    expect(mails(world, 'm-1@example.com').length).toBeGreaterThan(0);
    expect(contact(world, 'm-1@example.com')?.State).toBe('good');
  });
});

describe('a text that is refused', () => {
  it('is followed by mail at once where mail stands by', () => {
    const world = night.clone();
    turnPhone(twilioState(world), UMA, 'landline', world.now);
    poll(standAt(world, newYork(FIRST, '08:05')));
    expect(states(world, dueToday('sms', 'S-1'), dueToday('email', 'S-1'))).toEqual(['failed', 'sent']);
    expect(mails(world, 's-1@example.com')).toHaveLength(1);
    expect(contact(world, UMA)?.State).toBe('bounced');
  });

  it('is a task where nothing stands by', () => {
    const world = night.clone();
    turnPhone(twilioState(world), TINA, 'landline', world.now);
    untilNoon(world);
    expect(
      tabOf(world, 'Tasks')
        .filter((row) => row['Lease ID'] === 'T-1')
        .map((row) => row.Key),
    ).toEqual(['task:unreached:due-today:T-1:2026-12']);
  });
});

describe('a text that does not arrive', () => {
  it('is followed by mail after the news of it, once, and by nothing when the rent has come meanwhile', () => {
    const world = night.clone();
    turnPhone(twilioState(world), UMA, 'gone', world.now);
    const paid = world.clone();
    untilNoon(world);
    expect(states(world, dueToday('sms', 'S-1'), dueToday('email', 'S-1'))).toEqual(['sent', 'sent']);
    expect(mails(world, 's-1@example.com')).toHaveLength(1);
    expect(contact(world, UMA)?.State).toBe('bounced');
    poll(standAt(paid, newYork(FIRST, '08:05')));
    paysByCheque(paid, 'S-1', '1000.00');
    untilNoon(paid);
    expect(states(paid, dueToday('sms', 'S-1'))).toEqual(['sent']);
    expect(mails(paid, 's-1@example.com').map(({ categories }) => categories.includes('due-today'))).not.toContain(
      true,
    );
  });
});

describe('texts', () => {
  it('leave by day only: what is wanted in the evening comes in the morning', () => {
    const world = untilNoon(night.clone());
    for (const time of ['20:30', '20:52', '20:55', '21:30', '23:59'] as const) {
      leapTo(world, newYork(FIRST, time));
      paysByCheque(world, 'T-1', `1${time.replace(/\D/g, '').slice(1)}.00`);
    }
    for (const time of ['03:00', '07:55', '08:15', '09:00'] as const) leapTo(world, newYork('2026-12-02', time));
    const hours = Object.values(twilioState(world).messages)
      .filter(({ direction, sentMs }) => direction === 'outbound-api' && sentMs !== null)
      .map(({ sentMs }) => new Date((sentMs ?? 0) - 5 * 3_600_000).getUTCHours());
    expect(hours.length).toBeGreaterThan(6);
    expect(hours.filter((hour) => hour < 8 || hour >= 21)).toEqual([]);
    expect(texts(world, TINA)).toHaveLength(6);
  });
});
