/** Small worlds in which jobs are killed while carriers, mirrors and threads are at work: all at once, with few rows of each kind. */
import { breakMailbox } from '../../local/vendors/mailgun/people';
import { ALERTS_CHANNEL } from '../../local/vendors/slack/state';
import { textBack } from '../../local/vendors/twilio/people';
import { POOL } from '../../local/vendors/twilio/state';
import { ELM, intentOf, leapTo, leaseOf, loadStripe, smallWorld, standAt, type World } from '../worlds';
import {
  connectTo,
  mailgunState,
  mornings,
  newYork,
  OAK,
  oakLease,
  paysByCheque,
  texted,
  twilioState,
} from './carriers-world';

export const TINA = '+14155550142';
const LATE = '2026-12-07';

const made = new Map<string, World>();
const once = (name: string, make: () => World): World => {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known.clone();
};

/** A house with SendGrid, texts and a channel of Slack's app, one with Mailgun and the webhook; December is due and unpaid. */
const december = (): World =>
  once('december', () => {
    const world = smallWorld({
      on: '2026-11-25',
      properties: [{ ...ELM, 'Slack channel': ALERTS_CHANNEL }, OAK],
      leases: [leaseOf('E-1'), leaseOf('T-1', texted(TINA)), oakLease('O-1'), oakLease('O-2')],
      settings: { 'Mail by': 'sendgrid', 'Texts by': 'twilio' },
    });
    connectTo(world, 'sendgrid', 'mailgun', 'twilio', 'slack', 'google-sheets', 'azure-logic-apps');
    mornings(world, '2026-11-30', '2026-12-01');
    return world;
  });

/** Something is decided while all keys are away: it waits, and nothing of it has left. */
function keyless(world: World, act: (world: World) => void): World {
  const owner = `user:${world.owner}`;
  const mine = { ...world.properties[owner] };
  world.properties[owner] = Object.fromEntries(Object.entries(mine).filter(([name]) => !name.startsWith('secret:')));
  act(world);
  world.properties[owner] = mine;
  return world;
}

/** The morning on which December is late: a batch of mail, a mail, a text, threads, an alert, a mirror, events, and part of a rent. */
export const lateMorning = (): World =>
  once('late', () =>
    keyless(standAt(december(), newYork(LATE, '09:00')), (world) => {
      world.run('tick', [], { trigger: 'time' });
      paysByCheque(world, 'E-1', '400.00');
    }),
  );

/** Half an hour after all of that has left: a mailbox is gone, somebody has said STOP, and Stripe has money of three leases. */
export const newsOfTheMorning = (): World =>
  once('news', () => {
    const world = lateMorning();
    breakMailbox(mailgunState(world), 'o-2@example.com', 'gone');
    leapTo(world, world.now);
    standAt(world, newYork(LATE, '09:50'));
    textBack(twilioState(world), TINA, 'STOP', world.now, POOL[0]);
    loadStripe(world, [
      intentOf('pi_E', 'E-1', 65_000, world.now - 1000),
      intentOf('pi_T', 'T-1', 20_000, world.now - 1000),
      intentOf('pi_O', 'O-1', 105_000, world.now - 1000),
    ]);
    return world;
  });

/** Mail and texts of two households, which wait for the morning. */
const beforeMidnight = (): World =>
  once('evening', () => {
    const world = smallWorld({
      on: '2026-11-25',
      leases: [leaseOf('E-1'), leaseOf('T-1', texted(TINA))],
      settings: { 'Mail by': 'sendgrid', 'Texts by': 'twilio', 'Hand over hours': '12' },
    });
    connectTo(world, 'sendgrid', 'twilio');
    mornings(world, '2026-11-30');
    return world;
  });

/** Past midnight: two reminders are decided, and none is handed over yet. */
export const decidedAtNight = (): World =>
  once('decided', () =>
    keyless(standAt(beforeMidnight(), newYork('2026-12-01', '00:20')), (world) => {
      world.run('tick', [], { trigger: 'time' });
    }),
  );

/** Past midnight: two reminders lie at their platforms, their rents have come, and the receipts of that are to be handed over. */
export const paidAtNight = (): World =>
  once('night', () => {
    const world = beforeMidnight();
    for (const time of ['00:20', '00:40'] as const) leapTo(world, newYork('2026-12-01', time));
    for (const lease of ['E-1', 'T-1']) paysByCheque(world, lease, '1000.00');
    return standAt(world, newYork('2026-12-01', '00:45'));
  });
