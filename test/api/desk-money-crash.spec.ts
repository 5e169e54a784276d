/** Every change of the money screens killed at service call 1, 2, 3, …: clicked again, the world is the uninterrupted one. */
import { canonOf, differences } from '../jobs/canon';
import { askApi, callApi, intentOf, leapTo, leaseOf, loadStripe, MINUTE, smallWorld, type World } from '../worlds';

const LIST = ['L-1,1000.00,check,77,2026-12-02', 'L-2,20.00,cash', 'L-9,1.00,cash'].join('\n');

function world(): World {
  const made = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1'), leaseOf('L-2')],
    settings: { 'Quiet hours': 'none', Reminders: 'on' },
  });
  loadStripe(made, [intentOf('pi_Who', '', 150_000, '2026-12-01T16:00:00Z', { receipt_email: 'aunt@example.net' })]);
  leapTo(made, '2026-12-02T15:00:00Z');
  return made;
}
const base = world();

const receipt = 'stripe:pi_Who';
const { version } = askApi<{ items: readonly { version: string }[] }>(base.clone(), 'queue').items[0] as {
  version: string;
};
const { digest } = askApi<{ digest: string }>(base.clone(), 'previewMany', [{ text: LIST }]);
const parts = [
  { lease: 'L-1', amount: '1000.00' },
  { lease: 'L-2', amount: '500.00' },
];

const ACTS: readonly (readonly [string, string, object])[] = [
  ['a match that remembers', 'reconcile', { receipt, as: { kind: 'match', lease: 'L-1', remember: true, version } }],
  ['a split', 'reconcile', { receipt, as: { kind: 'split', parts, version } }],
  ['not rent', 'reconcile', { receipt, as: { kind: 'not rent', reason: 'a gift', version } }],
  ['ask later', 'reconcile', { receipt, as: { kind: 'later', question: 'Whose is it?', version } }],
  ['one payment', 'recordOne', { lease: 'L-1', amount: '10.00', method: 'cash', reference: '' }],
  ['a list of payments', 'recordMany', { text: LIST, digest }],
];

describe.each(ACTS)('%s', (_name, call, args) => {
  const click = (at: World) => callApi(at, call, [{ request: 'k1', ...args }]);
  const settled = (at: World) => {
    const from = base.state.nowMs;
    for (const minutes of [12, 62, 75]) leapTo(at, from + minutes * MINUTE);
    return canonOf(at);
  };

  it('comes to the same end wherever it is killed, and the second click hears what became of the first', () => {
    const whole = base.clone();
    const done = click(whole);
    expect(done).toMatchObject({ ok: true, value: { done: true } });
    const reference = settled(whole);
    expect(reference.verify).toEqual([]);
    let kills = 0;
    for (let at = 1; ; at++) {
      const killed = base.clone();
      killed.faults.killAt(at, 'after', 'api');
      if (click(killed).run.ok) break;
      kills++;
      const again = click(killed);
      const told = (answer: typeof again) => answer.value as { says: string; keys: readonly string[]; undo?: string };
      expect([at, told(again).says, told(again).keys, told(again).undo]).toEqual([
        at,
        told(done).says,
        told(done).keys,
        told(done).undo,
      ]);
      expect([at, ...differences(settled(killed), reference)]).toEqual([at]);
    }
    expect(kills).toBeGreaterThan(5);
  });
});
