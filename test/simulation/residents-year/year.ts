/** Lives the residents' year: they act on their pages, managers answer, banks move money, platforms fail, runs die; then it is quiet. */
import { dayAfter, daysFrom, morningOf } from '../../../local/cli/days';
import { stage } from '../../jobs/autopay-world';
import { Chance } from '../days';
import { paypalDisputeEnds } from '../money-year/paypal';
import { Scene } from '../money-year/scene';
import { squareDisputeEnds } from '../money-year/square';
import { stripeDisputeEnds } from '../money-year/stripe';
import { TROUBLES } from '../troubles';
import { desk, outbox } from './desk';
import { Diary, unharmed } from './diary';
import { atTheEnd } from './end';
import { CONNECTIONS, FIRST, LAST, openHouse, ZONE } from './house';
import { midnight } from './laws';
import { banks } from './processors';
import { residents, sendAgain } from './residents';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const QUIET_DAYS = 8;

const HANDLERS = ['poll', 'tick', 'resume', 'api', 'doPost', 'doPost', 'doPost', 'doGet'] as const;

/** Some platforms fail for some days, some runs will die, and some calls of Google fail, mails among them. */
function troubles({ scene: { world, chance } }: Diary): void {
  const { faults } = world;
  if (chance.is(0.5)) faults.clear();
  for (const { platform } of [...CONNECTIONS, { platform: 'slack' }])
    if (chance.is(0.07))
      faults.atVendor({ vendor: platform, ...chance.of(TROUBLES), when: { rate: chance.of([0.1, 0.3, 0.6, 1]) } });
  const side = () => chance.of(['before', 'after'] as const);
  for (let at = 0; at < 2; at++)
    if (chance.is(0.5)) faults.killAt(chance.whole(2, chance.of([15, 40])), side(), chance.of(HANDLERS));
  if (chance.is(0.15))
    faults.atCall({ what: 'error', call: chance.whole(2, 40), side: side(), handler: chance.of(['poll', 'tick']) });
}

const GOOGLES = /timed out while accessing/;

/** A moment comes, and every trigger that fell due until then fires once. */
function leap(diary: Diary, atMs: number): void {
  const { world } = diary.scene;
  world.state.nowMs = Math.max(world.state.nowMs, atMs);
  world.advanceTo(world.state.nowMs + MINUTE_MS, {
    onRun: (result, { handler }) => {
      const told = (result.value as { trouble?: string } | undefined)?.trouble;
      if (told !== undefined) diary.say(`${handler}: ${told}`);
      if (result.killed) diary.scene.did(`${handler} killed`);
      else if (!result.ok && !GOOGLES.test(result.error?.message ?? ''))
        diary.say(`${handler}: ${result.error?.message}`);
      else if (!result.ok) diary.scene.did(`${handler} broken off by Google`);
    },
  });
}

function settle(diary: Diary): void {
  sendAgain(diary, true);
  diary.scene.signInAgain(CONNECTIONS);
  for (const ends of [stripeDisputeEnds, paypalDisputeEnds, squareDisputeEnds])
    for (let at = 0; at < 5; at++) ends(diary.scene);
  banks(diary, true);
  outbox(diary);
}

export interface Lived {
  readonly diary: Diary;
  /** The laws that were broken, with the day on which it was found. */
  readonly faults: readonly string[];
}

/** Ends on the first day on which a law is broken. */
export function liveResidents(seed: number, last = LAST): Lived {
  const world = openHouse(seed, stage);
  const chance = new Chance(seed);
  const diary = new Diary(new Scene(world, chance, FIRST));
  let mails = 0;
  for (let at = 1; at <= daysFrom(FIRST, last) + QUIET_DAYS; at++) {
    const day = dayAfter(FIRST, at);
    const isQuiet = day > last;
    const morningMs = morningOf(day, ZONE);
    diary.scene.day = day;
    if (isQuiet) world.faults.clear();
    else troubles(diary);
    leap(diary, morningMs - 8.5 * HOUR_MS);
    const faults = unharmed(world, () => midnight(diary, mails));
    if (faults.length > 0) return { diary, faults: faults.map((fault) => `${day}: ${fault}`) };
    mails = world.mailbox.length;
    // People do not wait for a run, and no run waits for them.
    world.state.nowMs = Math.max(world.now, morningMs);
    if (isQuiet) settle(diary);
    else {
      if (chance.is(0.5)) diary.scene.signInAgain(CONNECTIONS);
      banks(diary);
      residents(diary);
      desk(diary);
    }
    leap(diary, morningMs + 6 * HOUR_MS);
  }
  return { diary, faults: [...midnight(diary, mails), ...atTheEnd(diary)] };
}
