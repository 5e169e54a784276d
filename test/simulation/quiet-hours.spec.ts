/** A mail that should have left in the evening, and whose run died, does not leave at night. */

import { bookOf, intentOf, loadStripe, smallWorld, type World } from '../worlds';
import { wallClock } from './days';
import { mailsOf } from './mail-checks';

const ZONE = 'America/New_York';
/** Fifty minutes past eight in the evening, half past nine, and nine in the morning in New York. */
const [EVENING, NIGHT, MORNING] = ['2026-12-02T01:50:00Z', '2026-12-02T02:30:00Z', '2026-12-02T14:00:00Z'];
const RECEIPT = 'email:receipt:stripe:pi_Evening';

let evening: World;

beforeAll(() => {
  evening = smallWorld({ on: '2026-12-01' });
  evening.run('tick', [], { trigger: 'time' });
  evening.run('poll', [], { trigger: 'time' });
  evening.state.nowMs = Date.parse(EVENING);
  loadStripe(evening, [intentOf('pi_Evening', 'L-1', 100_000, '2026-12-02T01:45:00Z')]);
}, 30_000);

/** The world after a poll in the evening that died at one service call, one at night, and one in the morning. */
function afterKill(call: number): World {
  const world = evening.clone();
  world.faults.killAt(call, 'before', 'poll');
  world.run('poll', [], { trigger: 'time' });
  for (const at of [NIGHT, MORNING]) {
    world.state.nowMs = Math.max(world.now, Date.parse(at));
    world.run('poll', [], { trigger: 'time' });
    world.run('poll', [], { trigger: 'time' });
  }
  return world;
}

it('wherever the evening run is killed, the receipt leaves by nine in the evening or after eight in the morning', () => {
  const calls = evening.clone().run('poll', [], { trigger: 'time' }).totalCalls;
  const hours = new Set<number>();
  for (let call = 1; call <= calls; call++) {
    const world = afterKill(call);
    const sent = mailsOf(world).filter((mail) => mail.key === RECEIPT);
    for (const mail of sent) hours.add(wallClock(mail.atMs, ZONE).hour);
    const row = bookOf(world).outbox.find((each) => each.key === RECEIPT);
    // At the one call that sends, nobody can know whether it left, and a person decides.
    expect({ call, times: sent.length, state: row?.state }).toEqual(
      row?.state === 'unsure' ? { call, times: sent.length, state: 'unsure' } : { call, times: 1, state: 'sent' },
    );
  }
  expect([...hours].filter((hour) => hour >= 21 || hour < 8)).toEqual([]);
  expect([...hours].sort((a, b) => a - b)).toEqual([9, 20]);
}, 60_000);
