/** Texts and the hours in which nobody is texted: whatever keeps one until the evening, it comes in the morning. */
import { intentOf, leapTo, loadStripe, standAt, typeInto, type World } from '../worlds';
import { effect, effects, newYork, paysByCheque, poll, twilioState } from './carriers-world';
import { eve, FIRST, hourInNewYork, night, textsTo, until } from './hand-over-world';

/** A card that is refused: Slack hears of it at once. */
const failing = (id: string, at: number) =>
  intentOf(id, 'E-1', 100_000, at, {
    status: 'requires_payment_method',
    last_payment_error: { type: 'card_error', code: 'card_declined', message: 'No funds.' },
  });

describe('the hours in which nobody is texted', () => {
  /** A receipt by text is wanted in the evening. */
  const evening = (time: string): World => {
    const world = until(night.clone(), '09:00', '09:20', '19:00', '20:00');
    standAt(world, newYork(FIRST, time));
    paysByCheque(world, 'T-1', '1000.00');
    return world;
  };
  const receipts = (world: World) => textsTo(world).filter(({ body }) => /received|thank/i.test(body));

  it('begin for a text that a platform has asked to wait for: it is not handed over for the night', () => {
    const world = evening('20:20');
    world.faults.atVendor({ vendor: 'api.twilio.com', what: 'busy', retryAfterSeconds: 3600, when: 'once' });
    const key = effects(world).find((row) => row.channel === 'twilio' && row.kind === 'receipt')?.key ?? '';
    world.faults.clear();
    // The news are read before: only what is sent is asked to wait.
    world.faults.atVendor({ vendor: 'twilio', what: 'busy', retryAfterSeconds: 3600, when: 'always' });
    poll(standAt(world, newYork(FIRST, '20:21')));
    world.faults.clear();
    expect(effect(world, key)).toMatchObject({ state: 'ready' });
    for (const time of ['20:35', '20:50', '21:10', '21:40', '23:00']) until(world, time);
    expect(receipts(world)).toEqual([]);
    for (const { createdMs, sentMs } of Object.values(twilioState(world).messages))
      expect([createdMs !== null, sentMs === null || hourInNewYork(sentMs) >= 8]).toEqual([true, true]);
    for (const at of ['07:50', '08:10', '08:40']) leapTo(world, newYork('2026-12-02', at));
    expect(receipts(world).map(({ atMs }) => hourInNewYork(atMs))).toEqual([8]);
  });

  it('are kept from texts that would be claimed by day and leave by night', () => {
    const world = evening('20:57');
    poll(standAt(world, newYork(FIRST, '20:58')));
    expect(receipts(world)).toEqual([]);
    leapTo(world, newYork('2026-12-02', '08:10'));
    expect(receipts(world).map(({ atMs }) => hourInNewYork(atMs))).toEqual([8]);
  });

  it('are not broken by a message that was claimed too late to be held', () => {
    const world = eve.clone();
    typeInto(world, 'Settings', 'Hand over hours', 'Value', '0');
    until(world, '00:20', '00:40', '07:30');
    typeInto(world, 'Settings', 'Hand over hours', 'Value', '12');
    // Early enough for Twilio, unless what leaves before it takes its time.
    world.faults.atVendor({ vendor: 'slack', what: 'slow', delayMs: 50_000, when: 'always' });
    loadStripe(world, [failing('pi_Bad', newYork(FIRST, '07:41'))]);
    poll(standAt(world, newYork(FIRST, '07:44') + 30_000));
    world.faults.clear();
    expect(world.now).toBeGreaterThan(newYork(FIRST, '07:45'));
    expect(textsTo(world)).toEqual([]);
    until(world, '07:55', '08:10', '09:00');
    expect(textsTo(world).map(({ atMs }) => hourInNewYork(atMs))).toEqual([8]);
  });
});
