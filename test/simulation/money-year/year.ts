/** Lives the year: people and banks act, platforms fail, runs are killed; then it is quiet and everything must agree. */
import { dayAfter, daysFrom, morningOf } from '../../../local/cli/days';
import { STORY_ZONE } from '../../../local/story/chapter';
import type { World } from '../../../local/world';
import { Chance } from '../days';
import { TROUBLES } from '../troubles';
import { bookkeepers, freshbooksDebitsClear, freshbooksPosts } from './bookkeepers';
import { fixes, manager, reconciles } from './manager';
import { paypalDisputeEnds, paypalPeople } from './paypal';
import { plaidConsentRenewed, plaidDebitsMove, plaidPeople } from './plaid';
import { type Actor, Scene } from './scene';
import { squareDisputeEnds, squarePeople } from './square';
import { stripeDisputeEnds, stripePeople } from './stripe';
import { chapters, FIRST, LAST, openYear } from './world';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PEOPLE: readonly Actor[] = [
  ...stripePeople,
  ...paypalPeople,
  ...squarePeople,
  ...plaidPeople,
  ...bookkeepers,
  manager,
];

export interface Lived {
  readonly world: World;
  readonly done: Readonly<Record<string, number>>;
  /** Runs that died or failed, by handler and what they said. */
  readonly fell: Readonly<Record<string, number>>;
  /** What a run told that must not be: a bug of its own, or a broken ledger. */
  readonly trouble: readonly string[];
}

/** The first of each month and some days after it. */
function daysOf(chance: Chance): readonly string[] {
  const days: string[] = [];
  for (let at = 1; at <= daysFrom(FIRST, LAST); at++) {
    const day = dayAfter(FIRST, at);
    const date = Number(day.slice(8));
    if (date === 1 || chance.is(date < 12 ? 0.17 : 0.07)) days.push(day);
  }
  return days;
}

/** Some platforms fail now and then for some days, and some runs will die. */
function troubles({ world: { faults }, chance }: Scene): void {
  if (chance.is(0.4)) faults.clear();
  for (const { platform } of chapters)
    if (chance.is(0.12))
      faults.atVendor({ vendor: platform, ...chance.of(TROUBLES), when: { rate: chance.of([0.1, 0.3, 0.6, 1]) } });
  if (chance.is(0.4))
    faults.killAt(
      chance.whole(2, chance.of([15, 60])),
      chance.of(['before', 'after']),
      chance.of(['poll', 'tick', 'resume', 'api', 'api']),
    );
}

class Year {
  readonly fell: Record<string, number> = {};
  readonly trouble: string[] = [];

  constructor(readonly scene: Scene) {}

  /** A moment comes, and every trigger that fell due until then fires once. */
  leap(atMs: number): void {
    const { world } = this.scene;
    world.state.nowMs = Math.max(world.state.nowMs, atMs);
    world.advanceTo(world.state.nowMs + MINUTE_MS, {
      onRun: (result, { handler }) => {
        const told = (result.value as { trouble?: string } | undefined)?.trouble;
        if (told !== undefined) this.trouble.push(`${this.scene.day} ${handler}: ${told}`);
        if (result.killed) this.fell[`${handler} killed`] = (this.fell[`${handler} killed`] ?? 0) + 1;
        else if (!result.ok) this.trouble.push(`${this.scene.day} ${handler}: ${result.error?.message}`);
      },
    });
  }

  day(day: string, acts: () => void): void {
    this.scene.day = day;
    const morningMs = morningOf(day, STORY_ZONE);
    this.leap(morningMs);
    acts();
    this.leap(morningMs + 8 * HOUR_MS);
  }
}

/** Everything that was under way comes to its end. */
function settle(scene: Scene): void {
  scene.askAgain();
  scene.signInAgain(chapters);
  for (const ends of [stripeDisputeEnds, paypalDisputeEnds, squareDisputeEnds])
    for (let at = 0; at < 5; at++) ends(scene);
  for (const act of [plaidConsentRenewed, plaidDebitsMove, freshbooksDebitsClear, freshbooksPosts]) act(scene);
}

const QUIET_DAYS = 7;

export function liveYear(seed: number): Lived {
  const world = openYear(seed);
  const chance = new Chance(seed);
  const scene = new Scene(world, chance, FIRST);
  const year = new Year(scene);
  freshbooksPosts(scene);
  for (const day of daysOf(chance)) {
    troubles(scene);
    year.day(day, () => {
      scene.askAgain();
      if (chance.is(0.5)) scene.signInAgain(chapters);
      for (const person of PEOPLE) person(scene);
    });
  }
  world.faults.clear();
  for (let at = 1; at <= QUIET_DAYS; at++)
    year.day(dayAfter(LAST, at), () => {
      if (at < QUIET_DAYS - 2) settle(scene);
      if (at > 1 && at < QUIET_DAYS) fixes(scene);
      if (at < QUIET_DAYS) reconciles(scene);
    });
  return { world, done: scene.done, fell: year.fell, trouble: year.trouble };
}
