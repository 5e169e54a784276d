/** A payment that has just arrived at Stripe, and posts about it to the script's web address. */
import { askApi, intentOf, leapTo, loadStripe, MINUTE, smallWorld, stripeObjects, type World } from '../worlds';

export const AT = '2026-12-02T15:00:00Z';

/** A charged lease, polled just now; its payment then arrives at Stripe. */
export const base = (() => {
  const world = smallWorld({ on: '2026-12-01' });
  leapTo(world, AT);
  askApi(world, 'webhookAddress', [{ platform: 'stripe' }]);
  leapTo(world, Date.parse(AT) + 30 * MINUTE);
  loadStripe(world, [intentOf('pi_Dec', 'L-1', 100_000, world.now - 1000)]);
  return world;
})();

export const KEY =
  /key=(\w+)/.exec(askApi<{ query: string }>(base.clone(), 'webhookAddress', [{ platform: 'stripe' }]).query)?.[1] ??
  '';

export function post(
  world: World,
  body: string,
  parameters: Record<string, string> = { platform: 'stripe', key: KEY },
) {
  const before = world.executions.length;
  const { status, body: answer } = world.doPost({ parameters, body, type: 'application/json' });
  const run = world.executions[before];
  if (!run) throw new Error('nothing ran');
  return { status, answer, run };
}

/** The event with which Stripe announces the payment. */
function realEvent(world: World) {
  // The sandbox lets time pass when it is asked.
  const copy = world.clone();
  copy.run('poll', [], { trigger: 'time' });
  const event = stripeObjects(copy, 'event').find((one) => one.type === 'payment_intent.succeeded');
  if (event === undefined) throw new Error('Stripe told nothing');
  return event;
}

export const EVENT = realEvent(base);
export const body = (more: object = {}): string => JSON.stringify({ ...EVENT, ...more });

/** What a post may have changed; how often the clock and its meters were read is of no interest. */
export const traces = (world: World): string =>
  JSON.stringify([world.workbook, world.properties, world.mailbox.length, world.triggers.map((one) => one.handler)]);
