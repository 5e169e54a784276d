/** The night of a first of December in which messages lie at platforms that hold them until eight. */
import { sendgridBatchesFor, sendgridInbox } from '../../local/vendors/people';
import { textsOn } from '../../local/vendors/twilio/people';
import { ELM, leapTo, leaseOf, MINUTE, smallWorld, twisted, type World } from '../worlds';
import { connectTo, newYork, OAK, oakLease, sendgridState, texted, twilioState } from './carriers-world';

export const TINA = '+14155550142';
export const MAIL = 'email:due-today:E-1:2026-12';
export const TEXT = 'sms:due-today:T-1:2026-12';
export const FIRST = '2026-12-01';

export const line = twisted();

/** The last evening of November, before anything of December is decided. */
export const eve = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    properties: [ELM, OAK],
    leases: [leaseOf('E-1'), leaseOf('T-1', texted(TINA)), oakLease('O-1')],
    settings: { 'Mail by': 'sendgrid', 'Texts by': 'twilio', 'Hand over hours': '12' },
    vendors: line.vendors,
  });
  connectTo(world, 'sendgrid', 'mailgun', 'twilio');
  leapTo(world, newYork('2026-11-30', '20:00'));
  leapTo(world, newYork('2026-11-30', '23:00'));
  return world;
})();

/** Past midnight: December is decided, and what waits for the morning lies at its platforms. */
export const night = (() => {
  const world = eve.clone();
  for (const time of ['00:20', '00:40'] as const) leapTo(world, newYork(FIRST, time));
  return world;
})();

/** What has come in December: November's reminder of the rent to come is no matter here. */
export const textsTo = (world: World) =>
  textsOn(twilioState(world), TINA, world.now).filter(({ atMs }) => atMs > newYork(FIRST, '00:00'));
export const mailsTo = (world: World) =>
  sendgridInbox(sendgridState(world), 'e-1@example.com', world.now).filter(
    ({ acceptedMs }) => acceptedMs > newYork(FIRST, '00:00'),
  );
export const heldTexts = (world: World) =>
  Object.values(twilioState(world).messages)
    .filter((each) => each.to === TINA && each.status === 'scheduled')
    .map(({ body }) => body);
/** Batches that wait and would leave: SendGrid keeps what is cancelled until its moment. */
export function heldMails(world: World): readonly string[] {
  const { holds } = sendgridState(world).accounts.global;
  return sendgridBatchesFor(sendgridState(world), 'e-1@example.com').filter(
    (batch) => !holds.some((hold) => hold.batch_id === batch),
  );
}

/** Half an hour and more, as the clock has it. */
export function until(world: World, ...times: readonly string[]): World {
  for (const time of times) leapTo(world, newYork(FIRST, time));
  return world;
}

export const hourInNewYork = (ms: number) => new Date(ms - 5 * 60 * MINUTE).getUTCHours();
